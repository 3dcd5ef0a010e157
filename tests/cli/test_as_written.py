"""The first part of the command line stands as it is written, names and JSON keys, so that scripts can rely on it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import MONTHLY, ORDERS, Run, order

# The table of the description: the command, and what stands in its column JSON.
TABLE = [
    (
        "dates order 2024-05-15",
        "sent_on plan delivered_on free_from free_until billing_starts_on first_invoice_on term_starts_on term_ends_on",
    ),
    (
        "dates order 2024-05-15 --plan monthly",
        "sent_on plan delivered_on free_from free_until billing_starts_on first_invoice_on term_starts_on term_ends_on",
    ),
    ("dates reduce 2024-06-10", "applied_on last_day_in_force takes_effect_on deadline"),
    ("dates reduce 2024-06-10 --wish 2024-09-02", "applied_on last_day_in_force takes_effect_on deadline"),
    ("dates cancel 2024-06-10", "applied_on ends_on deadline"),
    ("dates cancel 2024-06-10 --wish 2024-09-02", "applied_on ends_on deadline"),
    ("postal 1350001", "code matches:[{prefecture prefecture_code city town office}]"),
    ("postal 1358559", "code matches:[{prefecture prefecture_code city town office}]"),
    ("clock", "today mode"),
    ("clock set 2024-06-03", "today mode"),
    ("clock advance 2024-06-03", "today mode"),
    (
        "order submit ORDER",
        "po_number total contracts:[{contract_number status sku plan seats amount delivered_on}]",
    ),
    (
        "order submit ORDER --dry-run",
        "po_number total contracts:[{contract_number status sku plan seats amount delivered_on}]",
    ),
    (
        "order submit ORDER --key K",
        "po_number total contracts:[{contract_number status sku plan seats amount delivered_on}]",
    ),
    (
        "subscriptions",
        "[{contract_number customer status sku plan seats amount term_starts_on term_ends_on next_change}]",
    ),
    (
        "subscriptions --status active --as-of 2024-06-01 --search 月額",
        "[{contract_number customer status sku plan seats amount term_starts_on term_ends_on next_change}]",
    ),
    ("change add 81766 2", "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]"),
    (
        "change add 81766 2 --wish 2024-09-01 --dry-run",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change reduce 81766 2",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change reduce 81766 2 --wish 2024-09-01 --dry-run",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change cancel 81766",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change cancel 81766 --wish 2024-09-01 --dry-run",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change withdraw 81767 --dry-run",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "change withdraw 81767",
        "contract_number kind seats takes_effect_on deadline next_invoices:[{issued_on subtotal}]",
    ),
    (
        "invoices",
        "[{number month issued_on subtotal tax total lines:[{contract_number sku seats unit_price amount}]}]",
    ),
    (
        "invoices --month 2024-05",
        "[{number month issued_on subtotal tax total lines:[{contract_number sku seats unit_price amount}]}]",
    ),
    ("invoice 1", "number month issued_on subtotal tax total lines:[{contract_number sku seats unit_price amount}]"),
]

# Without a column JSON: one document all the same.
OTHERS = [
    "catalog",
    "clock show",
    "customers",
    "subscription 81766",
    "waiting",
    "approve 81768",
    "send-back 81768 --reason 電話番号",
    "mail",
    "mail show 1",
]


def shape(document: Any) -> str:
    """The keys of a document as the table writes them; of a list its first entry speaks for all."""
    if isinstance(document, list):
        assert len({shape(one) for one in document}) == 1
        return f"[{{{shape(document[0])}}}]"
    return " ".join(
        f"{key}:{shape(value)}" if isinstance(value, list) and value else key for key, value in document.items()
    )


@pytest.fixture
def lived(stellr: Run, tmp_path: Path) -> Run:
    """Two monthly contracts of five seats since April, a change that waits, one in Manual Provisioning; 2024-06-03."""
    for name in ("PO-1", "PO-2"):
        stellr("order", "submit", order(tmp_path, name, MONTHLY, 5))
    stellr("clock", "advance", "2024-06-03")
    stellr("change", "reduce", "81767", "1")
    stellr("order", "submit", order(tmp_path, "PO-3", MONTHLY, 5))

    def run(*words: str) -> Any:
        return stellr(*(str(ORDERS / "example.json") if word == "ORDER" else word for word in words), "--json")

    return run


@pytest.mark.parametrize(("command", "keys"), TABLE, ids=[command for command, _keys in TABLE])
def test_a_command_answers_with_the_keys_that_are_written(lived: Run, command: str, keys: str) -> None:
    answered = lived(*command.split())
    assert answered.status == 0, answered.err
    assert shape(answered.json) == keys


@pytest.mark.parametrize("command", OTHERS)
def test_a_command_without_keys_of_its_own_answers_with_one_document_and_nothing_else(lived: Run, command: str) -> None:
    answered = lived(*command.split())
    assert (answered.status, answered.err) == (0, "")
    assert json.loads(answered.out)


REFUSED = [
    "clock set 2024-06-02",
    "clock advance 2024-06-02",
    "order submit missing.json",
    "subscription 1",
    "change add 1 1",
    "change add 81768 1",
    "change add 81766 0",
    "change reduce 81766 5",
    "change cancel 81768",
    "change withdraw 81766",
    "approve 81766",
    "send-back 81766 --reason 電話番号",
    "invoice 99",
    "mail show 99",
]
WRONG = [
    "dates order",
    "dates order 2024-02-30",
    "dates order 2024-05-15 --plan weekly",
    "postal",
    "clock set",
    "clock backwards 2024-06-02",
    "subscriptions --status gone",
    "subscriptions --as-of yesterday",
    "subscription",
    "subscription one",
    "change add 81766",
    "change reduce 81766 1 2",
    "change cancel 81766 --wish soon",
    "send-back 81766",
    "invoices --month 2024-13",
    "invoice",
    "nothing",
]


@pytest.mark.parametrize(("command", "status"), [*((one, 1) for one in REFUSED), *((one, 2) for one in WRONG)])
def test_what_is_refused_and_what_is_wrong_usage_can_be_told_apart_by_the_exit_status(
    lived: Run, command: str, status: int
) -> None:
    answered = lived(*command.split())
    assert (answered.status, answered.out) == (status, "")
    assert answered.err
    assert "Traceback" not in answered.err

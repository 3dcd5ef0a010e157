"""`stellr waiting`: what needs action, and by when."""

from pathlib import Path

import pytest

from stellr_tui.desk.cart import Choice
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.orders import OrderForm, create_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.data import data_path
from tests.cli.running import ANNUAL, MONTHLY, Run, choose_policy, order

KEYS = ["kind", "by", "contract_number", "customer", "company", "seats", "takes_effect_on", "reason"]


def test_where_nothing_waits_it_says_so(stellr: Run) -> None:
    assert stellr("waiting", "--json").json == []
    assert "該当するものはありません" in stellr("waiting").err


def test_a_po_waits_for_its_provisioning_until_the_15th(stellr: Run, desk: Desk) -> None:
    by = at_the_command_line(desk)
    with desk.store.writing() as session:
        create_order(session, desk, by, OrderForm(by.person_id, CUSTOMER, po_number="PO-1"), [Choice(ANNUAL, 3)])
    [found] = stellr("waiting", "--json").json
    assert list(found) == KEYS
    assert found == {
        "kind": "send",
        "by": "2024-03-15",
        "contract_number": 81766,
        "customer": CUSTOMER,
        "company": "テスト株式会社",
        "seats": 3,
        "takes_effect_on": "2024-03-20",
        "reason": "",
    }
    stellr("clock", "advance", "2024-03-16")
    [missed] = stellr("waiting", "--json").json
    assert (missed["by"], missed["takes_effect_on"], missed["reason"]) == ("2024-04-15", "2024-04-20", "missed-cutoff")
    shown = stellr("waiting").out
    for words in ("プロビジョニング情報の送信", "締切を過ぎています", "2024-04-20"):
        assert words in shown


def test_an_operators_queue_waits_until_the_delivery_day(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 2))
    assert stellr("waiting", "--json").json == []
    choose_policy(tmp_path, approval='"operator"')
    [found] = stellr("waiting", "--json").json
    assert (found["kind"], found["by"], found["contract_number"]) == ("approve", "2024-03-20", 81766)
    stellr("approve", "81766", "--as", "operator")
    assert stellr("waiting", "--json").json == []


def test_changes_wait_and_can_be_taken_back_until_their_deadline(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 10))
    stellr("clock", "advance", "2024-04-02")
    stellr("change", "reduce", "81766", "5")
    stellr("change", "add", "81766", "1", "--wish", "2024-06-01")
    found = stellr("waiting", "--json").json
    assert [(one["kind"], one["by"], one["takes_effect_on"], one["seats"]) for one in found] == [
        ("reduce", "2024-04-10", "2024-05-01", 5),
        ("add", "2024-06-15", "2024-06-20", 1),
    ]
    stellr("clock", "advance", "2024-04-11")
    assert [(one["kind"], one["by"]) for one in stellr("waiting", "--json").json] == [
        ("add", "2024-06-15"),
        ("reduce", None),
    ]
    stellr("clock", "advance", "2024-06-20")
    assert stellr("waiting", "--json").json == []


@pytest.mark.parametrize(
    ("today", "near"), [("2025-02-08", False), ("2025-02-09", True), ("2025-03-11", True), ("2025-03-12", False)]
)
def test_a_renewal_that_is_near_can_be_stopped_until_20_days_before(
    stellr: Run, tmp_path: Path, today: str, near: bool
) -> None:
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 2))
    stellr("clock", "advance", today)
    found = stellr("waiting", "--json").json
    expected = [("renewal", "2025-03-11", "2025-04-01", 2)] if near else []
    assert [(one["kind"], one["by"], one["takes_effect_on"], one["seats"]) for one in found] == expected


def test_seats_added_later_have_a_renewal_of_their_own(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 2))
    stellr("clock", "advance", "2024-04-02")
    stellr("change", "add", "81766", "3")
    stellr("clock", "advance", "2025-03-11")
    found = stellr("waiting", "--json").json
    assert [(one["by"], one["takes_effect_on"], one["seats"]) for one in found] == [
        ("2025-03-11", "2025-04-01", 2),
        ("2025-04-10", "2025-05-01", 3),
    ]


def test_a_renewal_that_was_stopped_is_not_near(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 2))
    stellr("clock", "advance", "2025-03-11")
    assert stellr("change", "cancel", "81766", "--json").json["takes_effect_on"] == "2025-03-31"
    assert [one["kind"] for one in stellr("waiting", "--json").json] == ["cancel"]
    stellr("clock", "advance", "2025-04-02")
    assert [one["month"] for one in stellr("invoices", "--json").json] == ["2024-04"]


def test_what_cannot_be_billed_waits_with_the_reason_and_stops_nothing_else(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 1))
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 2))
    stellr("clock", "advance", "2025-03-02")
    shipped = data_path("catalog.toml").read_text(encoding="utf-8")
    own = tmp_path / "home" / "stellr-tui" / "catalog.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(shipped.replace(f'"{MONTHLY}"', '"9900991"'), encoding="utf-8")
    stellr("clock", "advance", "2025-04-02")
    [april] = stellr("invoices", "--month", "2025-04", "--json").json
    assert [line["sku"] for line in april["lines"]] == [ANNUAL]
    [found] = stellr("waiting", "--json").json
    assert (found["kind"], found["contract_number"], found["by"]) == ("bill", 81767, "2025-05-01")
    assert found["reason"] == "unknown-product"
    assert f"「{MONTHLY}」はカタログにありません" in stellr("waiting").out
    own.unlink()
    stellr("clock", "advance", "2025-05-02")
    assert stellr("waiting", "--json").json == []
    [may] = stellr("invoices", "--month", "2025-05", "--json").json
    assert [line["amount"] for line in may["lines"]] == [4400, 4400]

"""`stellr invoices` and `stellr invoice`: what was issued, and what will be."""

from pathlib import Path

import pytest

from tests.cli.running import ANNUAL, MONTHLY, Run, contents, order


@pytest.fixture
def billed(stellr: Run, tmp_path: Path) -> None:
    """An annual seat and two monthly ones, invoiced since 2024-04-01; it is 2024-05-02."""
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 1))
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 2))
    stellr("clock", "advance", "2024-05-02")


APRIL = {
    "number": 1,
    "month": "2024-04",
    "issued_on": "2024-04-01",
    "subtotal": 29110,
    "tax": 2911,
    "total": 32021,
    "lines": [
        {"contract_number": 81766, "sku": ANNUAL, "seats": 1, "unit_price": 24710, "amount": 24710},
        {"contract_number": 81767, "sku": MONTHLY, "seats": 2, "unit_price": 2200, "amount": 4400},
    ],
}
MAY = {
    "number": 2,
    "month": "2024-05",
    "issued_on": "2024-05-01",
    "subtotal": 4400,
    "tax": 440,
    "total": 4840,
    "lines": [{"contract_number": 81767, "sku": MONTHLY, "seats": 2, "unit_price": 2200, "amount": 4400}],
}


@pytest.mark.usefixtures("billed")
def test_invoices_are_listed_with_their_lines_the_newest_first(stellr: Run) -> None:
    listed = stellr("invoices", "--json")
    assert listed.json == [MAY, APRIL]
    assert [list(one) for one in listed.json] == [list(MAY), list(APRIL)]
    shown = stellr("invoices").out
    for words in ("2024-04", "¥29,110", "¥2,911", "¥32,021", "2024-05", "¥4,840"):
        assert words in shown


@pytest.mark.usefixtures("billed")
def test_a_month_has_one_invoice_or_none(stellr: Run) -> None:
    assert stellr("invoices", "--month", "2024-04", "--json").json == [APRIL]
    assert stellr("invoices", "--month", "2024-03", "--json").json == []
    none = stellr("invoices", "--month", "2024-06")
    assert (none.status, none.out) == (0, "")
    assert "該当するものはありません" in none.err


@pytest.mark.usefixtures("billed")
def test_one_invoice_is_read_by_its_number(stellr: Run) -> None:
    assert stellr("invoice", "1", "--json").json == APRIL
    shown = stellr("invoice", "1").out
    for words in ("700100", "2024-04-01 ~ 2025-03-31", "PO-A", "PO-M", "¥24,710", "¥2,911 (10%)", "¥32,021"):
        assert words in shown


@pytest.mark.parametrize("number", ["3", "999999999999"])
@pytest.mark.usefixtures("billed")
def test_an_invoice_that_is_not_there_is_refused(stellr: Run, number: str) -> None:
    refused = stellr("invoice", number, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert f"「{number}」" in refused.err


@pytest.mark.usefixtures("billed")
def test_a_month_ahead_is_foreseen_and_comes_to_be(stellr: Run, database: Path) -> None:
    before = contents(database)
    [june] = stellr("invoices", "--foresee", "--json").json
    [april] = stellr("invoices", "--foresee", "--month", "2025-04", "--json").json
    assert contents(database) == before
    assert june == {**MAY, "number": None, "month": "2024-06", "issued_on": "2024-06-01"}
    assert april["subtotal"] == APRIL["subtotal"]
    shown = stellr("invoices", "--foresee").out
    assert "（予測）" in shown
    assert "2024-06-01 ~ 2024-06-30" in shown
    stellr("clock", "advance", "2025-04-02")
    for foreseen in (june, april):
        [issued] = stellr("invoices", "--month", foreseen["month"], "--json").json
        assert {**issued, "number": None} == foreseen


@pytest.mark.parametrize("month", ["2024-05", "2024-04", "2020-01"])
@pytest.mark.usefixtures("billed")
def test_a_month_that_was_worked_through_is_read_and_not_foreseen(stellr: Run, month: str) -> None:
    refused = stellr("invoices", "--foresee", "--month", month, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert f"「{month}」" in refused.err
    assert "2024-05-02" in refused.err


def test_where_nothing_will_be_due_nothing_is_foreseen(stellr: Run) -> None:
    assert stellr("invoices", "--foresee", "--json").json == []
    assert "該当するものはありません" in stellr("invoices", "--foresee").err

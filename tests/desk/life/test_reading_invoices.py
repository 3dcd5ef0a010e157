"""Invoices as they are read: the list in pages, and any month, as issued or as it is foreseen (請求書)."""

from datetime import date

import pytest
from sqlalchemy import event

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoices import InvoiceHead, invoice_heads, invoice_lines, invoice_of_month
from stellr_tui.desk.invoicing import list_invoices
from stellr_tui.rules.findings import Reason
from tests.desk.life.many import add_contracts
from tests.desk.life.steps import change, day, sent
from tests.desk.office import ANNUAL, turn_to
from tests.rules.refusals import refusal_of


def test_the_list_has_each_invoice_once_the_newest_first_without_its_lines(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 10)
    turn_to(desk, "2024-07-02")
    statements: list[str] = []
    listening = (desk.store.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    event.listen(*listening)
    whole = invoice_heads(desk, lucy)
    event.remove(*listening)
    assert not [one for one in statements if "invoice_line.amount" in one]
    assert [one.number for one in whole.rows] == [4, 3, 2, 1]
    assert whole.rows[-1] == InvoiceHead(1, day("2024-04-01"), day("2024-04-01"), 1, 22_000, 10, 2_200, 24_200)
    first = invoice_heads(desk, lucy, limit=3)
    assert first.next == 2
    assert (first.rows + invoice_heads(desk, lucy, before=first.next).rows, whole.next) == (whole.rows, None)
    assert invoice_heads(desk, lucy, before=10**30).rows == ()


def test_the_months_before_and_after_an_invoice_are_named(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 10)
    turn_to(desk, "2024-04-02")
    month = invoice_of_month(desk, lucy, day("2024-04-17"))
    assert (month.month, month.previous, month.following) == (day("2024-04-01"), day("2024-03-01"), day("2024-05-01"))
    assert not month.is_foreseen
    assert month.head == invoice_heads(desk, lucy).rows[0]
    assert invoice_of_month(desk, lucy).month == day("2024-05-01")
    last = invoice_of_month(desk, lucy, day("2029-04-30"))
    assert (last.is_foreseen, last.following) == (True, None)
    assert refusal_of(invoice_of_month, desk, lucy, day("2029-05-01")).reason is Reason.TOO_FAR_AHEAD


def test_a_month_to_come_is_foreseen_and_read_as_issued_once_it_has_come(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 10)
    sent(desk, lucy, "2024-03-11", 3, ANNUAL, po_number="annual")
    turn_to(desk, "2024-04-02")
    change(desk, lucy, contract, Kind.REDUCE, 4)
    foreseen = invoice_of_month(desk, lucy, day("2024-06-01"))
    assert foreseen.is_foreseen and foreseen.head is not None
    assert (foreseen.head.number, foreseen.head.subtotal, foreseen.head.lines) == (None, 6 * 2_200, 1)
    assert not list_invoices(desk, lucy, day("2024-06-01"))
    turn_to(desk, "2024-06-01")
    issued = invoice_of_month(desk, lucy, day("2024-06-01"))
    assert issued.head is not None and issued.head.number is not None
    assert not issued.is_foreseen and not issued.foreseen_lines
    assert invoice_lines(desk, lucy, issued.head.number).rows == foreseen.foreseen_lines
    assert [line.is_sample for line in foreseen.foreseen_lines] == [True]


def test_a_month_without_anything_due_has_no_invoice(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 3, ANNUAL)
    turn_to(desk, "2024-04-02")
    for month, is_foreseen in (("2024-03-01", False), ("2024-05-01", True)):
        found = invoice_of_month(desk, lucy, day(month))
        assert (found.is_foreseen, found.head, found.foreseen_lines) == (is_foreseen, None, ())
    assert invoice_of_month(desk, lucy, date(1900, 1, 1)).head is None


def test_the_lines_of_a_long_invoice_are_read_in_pages(desk: Desk, lucy: SignedIn) -> None:
    add_contracts(desk, lucy, 451)
    turn_to(desk, "2024-04-01")
    seen: list[int] = []
    after = None
    while True:
        page = invoice_lines(desk, lucy, 1, after=after, limit=10**9)
        assert len(page.rows) <= 200
        seen += [one.position for one in page.rows]
        if (after := page.next) is None:
            break
    assert seen == list(range(1, 452))


def test_the_invoices_of_another_account_are_out_of_reach(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-01")
    assert invoice_heads(desk, rival).rows == ()
    assert invoice_of_month(desk, rival, day("2024-04-01")).head is None
    assert invoice_of_month(desk, rival, day("2024-05-01")).head is None
    for number in (1, 0, -1, 2**31, 10**30):
        assert invoice_lines(desk, rival, number).rows == ()


@pytest.mark.parametrize("after", [-(10**30), 10**30])
def test_a_line_beyond_any_column_is_behind_none_or_all(desk: Desk, lucy: SignedIn, after: int) -> None:
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-01")
    assert len(invoice_lines(desk, lucy, 1, after=after).rows) == (1 if after < 0 else 0)

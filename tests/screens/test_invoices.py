"""請求書 of 管理と実績: the list, any month by its name, and one invoice in full."""

from datetime import date

from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import list_invoices
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, turn_to
from tests.screens.clerk import Open

SIZE = (120, 40)


async def test_an_issued_invoice_is_read_in_full_from_the_list(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 3, po_number="PO-[red]7")
    turn_to(desk, "2024-04-02")
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-invoices")
        assert "¥74,130" in clerk.cells("#invoices", "1")
        await clerk.presses("tab", "tab", "enter")
        await clerk.arrives(places.InvoiceOfMonth(date(2024, 4, 1)))
        assert not clerk.one("#foreseen").display
        for words in ("請求書番号1", "2024-04-01", "¥74,130", "¥7,413(10%)", "¥81,543"):
            assert words in clerk.reads("#invoice-facts"), words
        for words in ("81766", "PO-[red]7", "2024-04-01 ~ 2025-03-31", "¥24,710", "¥74,130"):
            assert words in clerk.cells("#invoice-lines", "1"), words
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(81766))
        await clerk.presses("escape", "escape")
        await clerk.until(lambda: clerk.rows("#invoices").has_focus and clerk.rows("#invoices").current == "1")


async def test_a_month_to_come_is_marked_as_foreseen_and_issues_nothing(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy, 10, sku=MONTHLY)
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 4))
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-invoices")
        clerk.rows("#invoices").focus()
        await clerk.presses("ctrl+f")
        await clerk.types("month", "2024/5")
        await clerk.presses("enter")
        await clerk.arrives(places.InvoiceOfMonth(date(2024, 5, 1)))
        assert "予定" in clerk.said("#foreseen") and "2024-05-01" in clerk.said("#foreseen")
        assert "予定(未発行)" in clerk.reads("#invoice-facts")
        assert "¥13,200" in clerk.cells("#invoice-lines", "1")
    assert [one.month for one in list_invoices(desk, lucy)] == [date(2024, 4, 1)]


async def test_what_is_no_month_or_too_far_ahead_is_said_at_the_field(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-invoices")
        for typed, words in (("来月", "YYYY-MM"), ("2099-01", "2029-03")):
            await clerk.types("month", typed)
            await clerk.presses("enter")
            await clerk.refused_at("month", words)
            assert clerk.value("month") == typed


async def test_one_walks_from_month_to_month_as_far_as_anything_is_foreseen(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy, 3)
    turn_to(desk, "2024-04-02")
    async with portal(places.InvoiceOfMonth(), size=SIZE) as clerk:
        assert clerk.said("#foreseen").startswith("2024-05 に請求するものはなく")
        assert not clerk.one("#invoice-lines").display
        await clerk.presses("less_than_sign")
        await clerk.until(lambda: "2024-04" in clerk.reads("#breadcrumb") and not clerk.one("#foreseen").display)
        await clerk.presses("less_than_sign")
        await clerk.until(lambda: clerk.said("#foreseen") == "2024-03 の請求書は発行されていません。")
        await clerk.presses("greater_than_sign")
        await clerk.until(lambda: clerk.rows("#invoice-lines").display and clerk.rows("#invoice-lines").row_count == 1)
    async with portal(places.InvoiceOfMonth(date(2029, 4, 1)), size=SIZE) as clerk:
        await clerk.presses("greater_than_sign")
        await clerk.settles()
        assert "2029-04" in clerk.reads("#breadcrumb")
        assert clerk.one("#following-month").disabled


async def test_without_an_invoice_the_list_says_so(portal: Open) -> None:
    async with portal(places.Results(), size=SIZE) as clerk:
        await clerk.opens_tab("tab-invoices")
        assert clerk.said("#invoices-words") == "請求書はまだ発行されていません。"
        await clerk.presses("tab", "ctrl+o")
        await clerk.arrives(places.InvoiceOfMonth())
        assert clerk.said("#foreseen").startswith("2024-04 に請求するものはなく")

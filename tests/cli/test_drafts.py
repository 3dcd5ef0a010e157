"""`stellr drafts`: orders half entered."""

from stellr_tui.desk.cart import Cart, Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.drafts import save_draft
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import CUSTOMER
from tests.cli.running import ANNUAL, Run

KEYS = ["number", "begun_at", "changed_at", "customer", "company", "po_number", "lines", "total"]


def test_where_nothing_is_half_entered_it_says_so(stellr: Run) -> None:
    assert stellr("drafts", "--json").json == []
    assert "該当するものはありません" in stellr("drafts").err


def test_an_order_half_entered_is_listed_with_all_that_a_script_needs(stellr: Run, desk: Desk) -> None:
    by = at_the_command_line(desk)
    cart = put_in_cart(desk, by, [Choice(ANNUAL, 3)])
    save_draft(desk, by, cart, {"order": {"end_user": str(CUSTOMER), "po_number": "PO-[/x]"}})
    [found] = stellr("drafts", "--json").json
    assert list(found) == KEYS
    assert (found["customer"], found["company"], found["po_number"]) == (CUSTOMER, "テスト株式会社", "PO-[/x]")
    assert (found["lines"], found["total"]) == ([{"sku": ANNUAL, "seats": 3}], 74_130)
    shown = stellr("drafts").out
    assert "PO-[/x]" in shown
    assert "¥74,130" in shown


def test_escapes_that_were_typed_do_nothing_to_the_terminal(stellr: Run, desk: Desk) -> None:
    by = at_the_command_line(desk)
    save_draft(desk, by, Cart(), {"order": {"po_number": "PO\x1b[31m"}, "new-end-user": {"company": "半分\x1b[2J"}})
    shown = stellr("drafts").out
    assert "\x1b" not in shown
    assert "(新規)" in shown

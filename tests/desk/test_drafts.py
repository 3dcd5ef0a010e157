"""Orders half entered: one person's own, several at once, none lost to another session, none in the way."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import update

from stellr_tui.desk.cart import Cart, Choice, put_in_cart, read_cart, take_from_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.drafts import Draft, list_drafts, save_draft, take_up_draft, throw_away_draft
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import place_order
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.catalog import Catalog, Price
from stellr_tui.rules.findings import Reason
from stellr_tui.store.tables import OrderDraft
from tests.desk.office import ANNUAL, MONTHLY, at_once, order_form, turn_to
from tests.rules.refusals import refusal_of

TYPED = {"order": {"end_user": str(CUSTOMER), "po_number": "PO-[/x]", "end_user_order_number": "注文\n7"}}


def a_draft(desk: Desk, by: SignedIn, po_number: str, seats: int = 3) -> Cart:
    """A new draft beside those that are there."""
    typed = {"order": TYPED["order"] | {"po_number": po_number}}
    cart = save_draft(desk, by, Cart(), typed)
    return put_in_cart(desk, by, [Choice(ANNUAL, seats)], cart)


def numbers(desk: Desk, by: SignedIn) -> list[str]:
    return [one.po_number for one in list_drafts(desk, by)]


def test_a_draft_says_for_whom_it_is_what_is_in_it_and_what_it_comes_to(desk: Desk, lucy: SignedIn) -> None:
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, 3), Choice(MONTHLY, 2)])
    save_draft(desk, lucy, cart, TYPED)
    [draft] = list_drafts(desk, lucy)
    assert (draft.customer_number, draft.company, draft.po_number) == (CUSTOMER, "テスト株式会社", "PO-[/x]")
    assert [(one.sku, one.seats) for one in draft.products] == [(ANNUAL, 3), (MONTHLY, 2)]
    assert draft.total == 78_530
    assert take_up_draft(desk, lucy, draft.id).typed == TYPED


def test_a_draft_is_its_persons_own_and_of_one_account(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    cart = a_draft(desk, lucy, "PO-1")
    assert list_drafts(desk, hanako) == ()
    for attempt in (take_up_draft, throw_away_draft):
        assert refusal_of(attempt, desk, hanako, cart.draft).reason is Reason.UNKNOWN_DRAFT
    stolen = save_draft(desk, hanako, cart, {"order": {"po_number": "PO-2"}})
    assert stolen.draft != cart.draft
    assert numbers(desk, lucy) == ["PO-1"]


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**30])
def test_a_draft_beyond_any_column_is_unknown(desk: Desk, lucy: SignedIn, number: int) -> None:
    assert refusal_of(take_up_draft, desk, lucy, number).reason is Reason.UNKNOWN_DRAFT
    assert refusal_of(throw_away_draft, desk, lucy, number).reason is Reason.UNKNOWN_DRAFT


def test_the_draft_changed_last_comes_first(desk: Desk, lucy: SignedIn) -> None:
    first = a_draft(desk, lucy, "PO-1")
    a_draft(desk, lucy, "PO-2")
    assert numbers(desk, lucy) == ["PO-2", "PO-1"]
    later = replace(desk, now=lambda: desk.now().replace(hour=9))
    save_draft(later, lucy, first, {"order": {"po_number": "PO-1b"}})
    assert numbers(desk, lucy) == ["PO-1b", "PO-2"]
    assert list_drafts(desk, lucy)[0].begun_at == desk.now()


def test_two_sessions_that_save_one_draft_leave_both_orders(desk: Desk, lucy: SignedIn) -> None:
    seen = a_draft(desk, lucy, "PO-1")
    here = save_draft(desk, lucy, seen, {"order": {"po_number": "PO-here"}})
    there = save_draft(desk, lucy, seen, {"order": {"po_number": "PO-there"}})
    assert here.draft != there.draft
    assert sorted(numbers(desk, lucy)) == ["PO-here", "PO-there"]
    assert {one.total for one in list_drafts(desk, lucy)} == {74_130}


def test_two_sessions_that_save_one_draft_at_the_same_moment_leave_both_orders(desk: Desk, lucy: SignedIn) -> None:
    for attempt in range(5):
        seen = a_draft(desk, lucy, f"PO-{attempt}")
        carts = at_once(
            *[partial(save_draft, desk, lucy, seen, {"order": {"po_number": f"{name}-{attempt}"}}) for name in "AB"]
        )
        found = {cart.draft for cart in carts if isinstance(cart, Cart)}
        assert len(found) == 2
    assert len(numbers(desk, lucy)) == 10


def test_what_one_session_puts_into_the_cart_is_not_in_the_order_of_the_other(desk: Desk, lucy: SignedIn) -> None:
    seen = a_draft(desk, lucy, "PO-1")
    elsewhere = put_in_cart(desk, lucy, [Choice(MONTHLY, 9)], seen)
    assert read_cart(desk, lucy, seen) == seen
    order = place_order(desk, lucy, order_form(desk, lucy), seen)
    assert [(one.sku, one.seats) for one in order.contracts] == [(ANNUAL, 3)]
    [left] = list_drafts(desk, lucy)
    assert left.id == elsewhere.draft
    assert [(one.sku, one.seats) for one in left.products] == [(ANNUAL, 3), (MONTHLY, 9)]


def test_a_draft_goes_when_its_order_is_placed_and_the_others_stay(desk: Desk, lucy: SignedIn) -> None:
    cart = a_draft(desk, lucy, "PO-1")
    a_draft(desk, lucy, "PO-2")
    place_order(desk, lucy, order_form(desk, lucy), cart)
    assert numbers(desk, lucy) == ["PO-2"]


def test_what_is_typed_on_in_a_draft_that_was_ordered_elsewhere_is_not_lost(desk: Desk, lucy: SignedIn) -> None:
    cart = a_draft(desk, lucy, "PO-1")
    place_order(desk, lucy, order_form(desk, lucy), cart)
    assert read_cart(desk, lucy, cart) == Cart()
    save_draft(desk, lucy, cart, {"order": {"po_number": "PO-1b"}})
    assert numbers(desk, lucy) == ["PO-1b"]


def test_of_nothing_no_draft_is_kept(desk: Desk, lucy: SignedIn) -> None:
    nothing = {"order": {"reseller_contact": "1", "po_number": " ", "end_user": str(CUSTOMER)}, "vendor.x": {}}
    save_draft(desk, lucy, Cart(), nothing)
    assert list_drafts(desk, lucy) == ()
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    take_from_cart(desk, lucy, ANNUAL, cart)
    assert list_drafts(desk, lucy) == ()


def test_what_lies_in_the_cart_is_found_by_the_next_session_and_what_was_set_aside_is_not(
    desk: Desk, lucy: SignedIn
) -> None:
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    assert read_cart(desk, lucy, Cart()).draft == cart.draft
    save_draft(desk, lucy, cart, {}, set_aside=True)
    assert read_cart(desk, lucy, Cart()) == Cart()
    assert [one.total for one in list_drafts(desk, lucy)] == [24_710]


def test_what_has_changed_since_is_said(desk: Desk, lucy: SignedIn) -> None:
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    cart = save_draft(desk, lucy, cart, {"order": {"end_user": "999999", "po_number": "PO-1"}})
    dearer = with_prices(desk, Price(date(2024, 1, 1), 24_710), Price(date(2024, 4, 1), 27_000))
    turn_to(desk, "2024-04-01")
    taken = take_up_draft(dearer, lucy, cart.draft)
    assert [(one.reason, one.given) for one in taken.missing] == [(Reason.UNKNOWN_CUSTOMER, "999999")]
    assert taken.typed == {"order": {"po_number": "PO-1"}}
    gone, price = sorted(taken.cart.changed, key=lambda one: one.reason, reverse=True)
    assert (gone.reason, gone.given) == (
        Reason.PRODUCT_GONE,
        "ポケットーク同時通訳(月額サブスクリプション)【サンプル】",
    )
    assert (price.reason, dict(price.facts)) == (Reason.PRICE_CHANGED, {"before": 24_710, "now": 27_000})
    assert [(line.seats, line.unit_price) for line in taken.cart.lines] == [(1, 27_000)]
    [listed] = list_drafts(dearer, lucy)
    assert (listed.customer_number, listed.total, len(listed.products)) == (None, 27_000, 2)


def with_prices(desk: Desk, *prices: Price) -> Desk:
    """The desk with other prices of the annual product, and without the monthly one."""
    vendors = tuple(
        replace(vendor, products=tuple(replace(one, prices=prices) for one in vendor.products if one.sku == ANNUAL))
        for vendor in desk.catalog.vendors
    )
    return replace(desk, catalog=Catalog(vendors))


@pytest.mark.parametrize(
    ("lines", "typed"),
    [
        ({"sku": 1}, []),
        ([None, 7, "x", {}, {"sku": ANNUAL}, {"sku": ANNUAL, "seats": "many"}], {"order": None, "x": {"y": 7}}),
        ("", "text"),
    ],
)
def test_a_draft_that_cannot_be_read_is_in_nobodys_way(
    desk: Desk, lucy: SignedIn, lines: object, typed: object
) -> None:
    a_draft(desk, lucy, "PO-1")
    with desk.store.writing() as session:
        session.execute(update(OrderDraft).values(lines=lines, typed=typed))
    [draft] = list_drafts(desk, lucy)
    assert isinstance(draft, Draft)
    assert (draft.products, draft.total, draft.company) == ((), 0, "")
    assert take_up_draft(desk, lucy, draft.id).cart.lines == ()
    throw_away_draft(desk, lucy, draft.id)
    assert list_drafts(desk, lucy) == ()


@pytest.mark.parametrize("typed", ["\x00", "\ud800", "a\x1b[31m", "x" * 100_000, "\u202e"])
def test_whatever_was_typed_comes_back_as_it_was_typed(desk: Desk, lucy: SignedIn, typed: str) -> None:
    cart = save_draft(desk, lucy, Cart(), {"order": {"po_number": typed}})
    assert take_up_draft(desk, lucy, cart.draft).typed == {"order": {"po_number": typed}}

"""The cart and saved selections (オーダー①)."""

from dataclasses import replace
from functools import partial

import pytest

from stellr_tui.desk.cart import (
    Cart,
    Choice,
    put_in_cart,
    read_cart,
    save_selection,
    saved_selections,
    take_from_cart,
)
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.reference.catalog import Catalog
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason
from tests.desk.office import ANNUAL, MONTHLY, at_once, everything, turn_to
from tests.rules.refusals import findings_of, refusal_of


def seats_in(cart: Cart) -> dict[str, int]:
    return {line.product.sku: line.seats for line in cart.lines}


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, Reason]]:
    return [(one.field, one.reason) for one in findings]


def without_monthly(desk: Desk) -> Desk:
    """The desk with a catalogue that has lost its monthly product."""
    vendors = tuple(
        replace(vendor, products=tuple(one for one in vendor.products if one.sku != MONTHLY))
        for vendor in desk.catalog.vendors
    )
    return replace(desk, catalog=Catalog(vendors))


def test_a_new_cart_is_empty(desk: Desk, lucy: SignedIn) -> None:
    assert read_cart(desk, lucy) == Cart()
    assert read_cart(desk, lucy).total == 0


@pytest.mark.parametrize(("seats", "amount"), [(1, 24_710), (2, 49_420), (10, 247_100), (9_999, 247_075_290)])
def test_the_amount_follows_the_seats(desk: Desk, lucy: SignedIn, seats: int, amount: int) -> None:
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, seats)])
    (line,) = cart.lines
    assert (line.seats, line.unit_price, line.amount, cart.total) == (seats, 24_710, amount, amount)
    assert line.product.name == "ポケットーク同時通訳(年額サブスクリプション)シリアルコード"
    assert read_cart(desk, lucy) == cart


def test_several_products_and_plans_fit_one_cart(desk: Desk, lucy: SignedIn) -> None:
    cart = put_in_cart(desk, lucy, [Choice(MONTHLY, 3), Choice(ANNUAL, 2)])
    assert [(line.product.plan, line.amount) for line in cart.lines] == [(Plan.MONTHLY, 6_600), (Plan.ANNUAL, 49_420)]
    assert cart.total == 56_020


def test_products_put_in_later_stand_behind(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 3)])
    assert list(seats_in(put_in_cart(desk, lucy, [Choice(ANNUAL, 2)]))) == [MONTHLY, ANNUAL]


def test_the_same_product_put_in_again_takes_the_new_number_and_keeps_its_place(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2), Choice(MONTHLY, 1)])
    cart = put_in_cart(desk, lucy, [Choice(ANNUAL, 5)])
    assert list(seats_in(cart).items()) == [(ANNUAL, 5), (MONTHLY, 1)]


def test_a_product_can_be_removed(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2), Choice(MONTHLY, 1)])
    assert seats_in(take_from_cart(desk, lucy, ANNUAL)) == {MONTHLY: 1}
    assert seats_in(read_cart(desk, lucy)) == {MONTHLY: 1}


@pytest.mark.parametrize("sku", [ANNUAL, "", "no such thing", "\x00", "x" * 500])
def test_removing_what_is_not_there_changes_nothing(desk: Desk, lucy: SignedIn, sku: str) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 1)])
    assert seats_in(take_from_cart(desk, lucy, sku)) == {MONTHLY: 1}


def test_everyone_has_a_cart_of_their_own(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2)])
    put_in_cart(desk, hanako, [Choice(ANNUAL, 7)])
    take_from_cart(desk, hanako, MONTHLY)
    assert seats_in(read_cart(desk, lucy)) == {ANNUAL: 2}
    assert seats_in(take_from_cart(desk, hanako, ANNUAL)) == {}
    assert seats_in(read_cart(desk, lucy)) == {ANNUAL: 2}


@pytest.mark.parametrize("seats", ["５", " 5 ", "05", "5", 5])
def test_seats_are_understood_as_people_type_them(desk: Desk, lucy: SignedIn, seats: str | int) -> None:
    assert seats_in(put_in_cart(desk, lucy, [Choice(ANNUAL, seats)])) == {ANNUAL: 5}


@pytest.mark.parametrize(
    "seats", [0, -1, 10_000, 10**30, "", "0", "-1", "1.5", "１０，０００", "五", "10²", "1e3", "+1"]
)
def test_what_is_no_quantity_is_refused_at_its_line_and_the_cart_stays(
    desk: Desk, lucy: SignedIn, seats: str | int
) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 1)])
    refusal = refusal_of(put_in_cart, desk, lucy, [Choice(MONTHLY, 4), Choice(ANNUAL, seats)])
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_A_QUANTITY, "lines.2.seats", str(seats))
    assert seats_in(read_cart(desk, lucy)) == {MONTHLY: 1}


def test_every_line_that_cannot_be_taken_is_named_at_once(desk: Desk, lucy: SignedIn) -> None:
    findings = findings_of(put_in_cart, desk, lucy, [Choice(ANNUAL, 0), Choice("1234567", 1), Choice(MONTHLY, "x")])
    assert shown(findings) == [
        ("lines.1.seats", Reason.NOT_A_QUANTITY),
        ("lines.2.sku", Reason.UNKNOWN_PRODUCT),
        ("lines.3.seats", Reason.NOT_A_QUANTITY),
    ]
    assert read_cart(desk, lucy) == Cart()


@pytest.mark.parametrize("sku", ["", "6900991", " ", "6900990\x00", "x" * 500, "\ud800"])
def test_an_unknown_product_is_refused_by_its_line(desk: Desk, lucy: SignedIn, sku: str) -> None:
    refusal = refusal_of(put_in_cart, desk, lucy, [Choice(sku, 1)])
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.UNKNOWN_PRODUCT, "lines.1.sku", sku)


def test_nothing_chosen_is_refused(desk: Desk, lucy: SignedIn) -> None:
    assert refusal_of(put_in_cart, desk, lucy, []).reason is Reason.EMPTY_CART
    assert refusal_of(save_selection, desk, lucy, "いつもの", []).reason is Reason.EMPTY_CART


def test_the_same_product_twice_in_one_choice_is_refused(desk: Desk, lucy: SignedIn) -> None:
    twice = [Choice(ANNUAL, 1), Choice(MONTHLY, 1), Choice(ANNUAL, 2)]
    for refusal in (
        refusal_of(put_in_cart, desk, lucy, twice),
        refusal_of(save_selection, desk, lucy, "いつもの", twice),
    ):
        assert (refusal.reason, refusal.field, refusal.given) == (Reason.TWICE_IN_ORDER, "lines.3.sku", ANNUAL)
    assert read_cart(desk, lucy) == Cart()
    assert saved_selections(desk, lucy) == {}


def test_a_product_without_a_price_yet_is_refused(desk: Desk, lucy: SignedIn) -> None:
    turn_to(desk, "2023-12-31")
    refusal = refusal_of(put_in_cart, desk, lucy, [Choice(ANNUAL, 1)])
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NO_PRICE, "lines.1.sku", ANNUAL)
    turn_to(desk, "2024-01-01")
    assert put_in_cart(desk, lucy, [Choice(ANNUAL, 1)]).total == 24_710


def test_what_has_left_the_catalogue_leaves_the_cart(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 1), Choice(ANNUAL, 2)])
    smaller = without_monthly(desk)
    assert seats_in(read_cart(smaller, lucy)) == {ANNUAL: 2}
    assert read_cart(smaller, lucy).total == 49_420


def test_a_selection_is_kept_under_its_name_and_taken_up_again(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    save_selection(desk, lucy, "いつもの[/x]", [Choice(MONTHLY, "３"), Choice(ANNUAL, 2)])
    kept = saved_selections(desk, hanako)
    assert {name: list(choices) for name, choices in kept.items()} == {
        "いつもの[/x]": [Choice(MONTHLY, 3), Choice(ANNUAL, 2)]
    }
    assert list(seats_in(put_in_cart(desk, hanako, kept["いつもの[/x]"])).items()) == [(MONTHLY, 3), (ANNUAL, 2)]
    assert read_cart(desk, lucy) == Cart()
    assert saved_selections(desk, lucy) == kept


def test_a_selection_saved_again_replaces_what_it_held(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    save_selection(desk, lucy, "いつもの", [Choice(MONTHLY, 3), Choice(ANNUAL, 2)])
    save_selection(desk, lucy, "別の", [Choice(MONTHLY, 1)])
    save_selection(desk, hanako, "いつもの", [Choice(ANNUAL, 9)])
    assert saved_selections(desk, lucy)["いつもの"] == (Choice(ANNUAL, 9),)
    assert saved_selections(desk, lucy)["別の"] == (Choice(MONTHLY, 1),)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", Reason.REQUIRED),
        ("   ", Reason.REQUIRED),
        ("x" * 101, Reason.TOO_LONG),
        ("a\x1b[31m", Reason.CONTROL_CHARACTER),
        ("a\u202e", Reason.CONTROL_CHARACTER),
        ("a\x00", Reason.CONTROL_CHARACTER),
    ],
)
def test_what_is_no_name_is_refused_for_a_selection(desk: Desk, lucy: SignedIn, name: str, reason: Reason) -> None:
    before = everything(desk)
    refusal = refusal_of(save_selection, desk, lucy, name, [Choice(ANNUAL, 1)])
    assert (refusal.reason, refusal.field) == (reason, "selection_name")
    assert everything(desk) == before


def test_a_selection_with_a_wrong_quantity_is_not_saved(desk: Desk, lucy: SignedIn) -> None:
    save_selection(desk, lucy, "いつもの", [Choice(ANNUAL, 9)])
    assert refusal_of(save_selection, desk, lucy, "いつもの", [Choice(ANNUAL, 0)]).field == "lines.1.seats"
    assert saved_selections(desk, lucy) == {"いつもの": (Choice(ANNUAL, 9),)}


def test_two_screens_that_fill_one_cart_at_once_both_succeed(desk: Desk, lucy: SignedIn) -> None:
    for seats in range(1, 6):
        answers = at_once(
            partial(put_in_cart, desk, lucy, [Choice(ANNUAL, seats), Choice(MONTHLY, seats)]),
            partial(put_in_cart, desk, lucy, [Choice(MONTHLY, seats + 10), Choice(ANNUAL, seats + 10)]),
        )
        assert all(isinstance(answer, Cart) for answer in answers)
        assert seats_in(read_cart(desk, lucy)) in (
            {ANNUAL: seats, MONTHLY: seats},
            {ANNUAL: seats + 10, MONTHLY: seats + 10},
        )
        for sku in (ANNUAL, MONTHLY):
            take_from_cart(desk, lucy, sku)


def test_two_people_who_save_one_name_at_once_leave_one_selection(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    for name in ("一", "二", "三", "四", "五"):
        answers = at_once(
            partial(save_selection, desk, lucy, name, [Choice(ANNUAL, 1)]),
            partial(save_selection, desk, hanako, name, [Choice(ANNUAL, 2)]),
        )
        assert answers == [None, None]
        assert saved_selections(desk, lucy)[name] in ((Choice(ANNUAL, 1),), (Choice(ANNUAL, 2),))

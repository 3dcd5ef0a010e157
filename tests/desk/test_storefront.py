"""Storefront: what an end user would see, at the selling price, and never the reseller's cost."""

import pytest

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.storefront import read_markup, set_markup, storefront_of
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.money import selling_price
from tests.desk.office import MONTHLY, a_sent_order, an_order, another_end_user, turn_to
from tests.rules.refusals import refusal_of


def test_an_end_user_sees_its_own_contracts_with_seats_and_term(desk: Desk, lucy: SignedIn) -> None:
    set_markup(desk, lucy, "20")
    other = another_end_user(desk, lucy, "隣の会社")
    a_sent_order(desk, lucy, 2)
    a_sent_order(desk, lucy, 3, sku=MONTHLY, customer=other, po_number="other")
    turn_to(desk, "2024-04-02")
    (one,) = storefront_of(desk, lucy, CUSTOMER).rows
    assert (one.contract_number, one.seats) == (81766, 2)
    assert (str(one.term_starts_on), str(one.term_ends_on)) == ("2024-03-21", "2025-03-20")
    assert one.amount == 59_304, "2 x 24,710 and 20 percent"


def test_what_the_reseller_pays_is_nowhere_in_what_is_seen(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 2)
    for markup in ("", "15"):
        set_markup(desk, lucy, markup)
        said = repr(storefront_of(desk, lucy, CUSTOMER))
        assert "49420" not in said
        assert "24710" not in said


def test_without_a_markup_there_is_no_price(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    assert read_markup(desk, lucy) is None
    assert [one.amount for one in storefront_of(desk, lucy, CUSTOMER).rows] == [None]
    set_markup(desk, lucy, "５０")
    assert read_markup(desk, lucy) == 50
    set_markup(desk, lucy, " ")
    assert read_markup(desk, lucy) is None


@pytest.mark.parametrize("typed", ["0", "-5", "1000", "1.5", "abc", "10%"])
def test_a_markup_that_would_show_the_cost_or_is_no_whole_number_is_refused(
    desk: Desk, lucy: SignedIn, typed: str
) -> None:
    set_markup(desk, lucy, "20")
    refusal = refusal_of(set_markup, desk, lucy, typed)
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_A_MARKUP, "markup", typed)
    assert read_markup(desk, lucy) == 20


def test_what_is_not_sent_or_was_sent_back_is_not_seen(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy)
    back = a_sent_order(desk, lucy, po_number="back")
    send_back(desk, lucy, back.contracts[0].number, "不足")
    assert storefront_of(desk, lucy, CUSTOMER).rows == ()


def test_another_account_has_a_markup_of_its_own(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    set_markup(desk, lucy, "20")
    assert read_markup(desk, rival) is None


@pytest.mark.parametrize(("cost", "percent", "price"), [(24_710, 20, 29_652), (1, 1, 2), (3, 33, 4), (0, 50, 0)])
def test_a_selling_price_is_rounded_up_to_the_yen(cost: int, percent: int, price: int) -> None:
    assert selling_price(cost, percent) == price

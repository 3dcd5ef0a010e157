"""What the change wizard says before 送信 is what then happens: invoices, what is lost, which end costs no more."""

from datetime import date

import pytest

from stellr_tui.desk.changes import ChangeForm, Kind, PlannedChange, apply_change, foresee_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import invoices_of
from tests.desk.life.steps import change, day, invoices, priced, sent
from tests.desk.office import ANNUAL, MONTHLY, turn_to

PRICE = 24_710
CHANGES = {
    "more": ChangeForm(Kind.ADD, 4),
    "more, later": ChangeForm(Kind.ADD, 4, date(2024, 11, 25)),
    "fewer": ChangeForm(Kind.REDUCE, 6),
    "fewer, later": ChangeForm(Kind.REDUCE, 11, date(2025, 2, 10)),
    "the end": ChangeForm(Kind.CANCEL),
    "the end, later": ChangeForm(Kind.CANCEL, wish=date(2025, 4, 2)),
}


def a_contract_of_two_lots(desk: Desk, lucy: SignedIn, sku: str) -> int:
    """Ten seats since 3/20 and four since 6/20, two of which go on 9/1; it is 2024-08-02."""
    contract = sent(desk, lucy, "2024-03-11", 10, sku)
    turn_to(desk, "2024-06-03")
    change(desk, lucy, contract, Kind.ADD, 4)
    turn_to(desk, "2024-08-02")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    return contract


def billed_after(desk: Desk, lucy: SignedIn, contract: int, today: date, until: date) -> list[tuple[date, int]]:
    """What the invoices between two days really billed of the contract."""
    turn_to(desk, until.isoformat())
    return [
        (one.issued_on, one.amount)
        for one in invoices_of(desk, lucy, contract)
        if today < one.issued_on <= until and one.amount
    ]


@pytest.mark.parametrize("form", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("sku", [ANNUAL, MONTHLY])
def test_the_next_invoices_are_those_that_are_then_issued_with_the_change(
    desk: Desk, lucy: SignedIn, sku: str, form: ChangeForm
) -> None:
    contract = a_contract_of_two_lots(desk, lucy, sku)
    planned = apply_change(desk, lucy, contract, form)
    assert len(planned.next_invoices) == 3
    foreseen = [(one.issued_on, one.subtotal) for one in planned.next_invoices if one.subtotal]
    last = planned.next_invoices[-1].issued_on
    assert billed_after(desk, lucy, contract, planned.applied_on, last) == foreseen


@pytest.mark.parametrize("form", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("sku", [ANNUAL, MONTHLY])
def test_and_without_the_change_those_that_are_issued_without_it(
    desk: Desk, lucy: SignedIn, sku: str, form: ChangeForm
) -> None:
    contract = a_contract_of_two_lots(desk, lucy, sku)
    planned = foresee_change(desk, lucy, contract, form)
    foreseen = [(one.issued_on, one.without) for one in planned.next_invoices if one.without]
    last = planned.next_invoices[-1].issued_on
    assert billed_after(desk, lucy, contract, planned.applied_on, last) == foreseen


def test_a_raised_price_is_in_the_invoices_that_are_shown(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 10)
    turn_to(desk, "2024-05-02")
    raised = priced(desk, MONTHLY, ("2024-01-01", 2_200), ("2024-07-01", 2_500))
    planned = foresee_change(raised, lucy, contract, ChangeForm(Kind.REDUCE, 3))
    assert [(one.without, one.subtotal) for one in planned.next_invoices] == [
        (22_000, 15_400),
        (25_000, 17_500),
        (25_000, 17_500),
    ]


def lost(planned: PlannedChange) -> tuple[int, date | None]:
    return planned.unrefunded, planned.paid_until


def test_of_a_year_that_ends_early_every_paid_seat_is_lost_to_the_end_of_what_is_paid(
    desk: Desk, lucy: SignedIn
) -> None:
    """Two of ten seats go on 9/1 anyway; the end comes with 8/31 or, for somebody who waits, after that."""
    contract = a_contract_of_two_lots(desk, lucy, ANNUAL)
    at_once = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL))
    assert at_once.takes_effect_on == day("2024-08-31")
    assert lost(at_once) == ((10 + 4) * PRICE, day("2025-06-30"))
    a_month_later = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=day("2024-09-30")))
    assert lost(a_month_later) == ((8 + 4) * PRICE, day("2025-06-30"))
    paid_up = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=day("2025-03-31")))
    assert lost(paid_up) == (4 * PRICE, day("2025-06-30"))
    renewed = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=day("2025-06-30")))
    assert lost(renewed) == (8 * PRICE, day("2026-03-31"))


def test_of_seats_that_go_early_what_they_cost_is_lost_lot_by_lot(desk: Desk, lucy: SignedIn) -> None:
    """Seats go from the lot that is invoiced next: the eight that are left of the first, then those added."""
    contract = a_contract_of_two_lots(desk, lucy, ANNUAL)
    assert lost(foresee_change(desk, lucy, contract, ChangeForm(Kind.REDUCE, 6))) == (6 * PRICE, day("2025-03-31"))
    assert lost(foresee_change(desk, lucy, contract, ChangeForm(Kind.REDUCE, 10))) == (10 * PRICE, day("2025-06-30"))
    at_the_renewal = foresee_change(desk, lucy, contract, ChangeForm(Kind.REDUCE, 6, day("2025-04-01")))
    assert at_the_renewal.takes_effect_on == day("2025-04-01")
    assert lost(at_the_renewal) == (0, None)


@pytest.mark.parametrize("form", [CHANGES["fewer"], CHANGES["the end"]], ids=["fewer", "the end"])
def test_of_a_month_nothing_is_lost_for_it_is_used_to_its_end(desk: Desk, lucy: SignedIn, form: ChangeForm) -> None:
    contract = a_contract_of_two_lots(desk, lucy, MONTHLY)
    assert lost(foresee_change(desk, lucy, contract, form)) == (0, None)


def test_more_seats_lose_nothing(desk: Desk, lucy: SignedIn) -> None:
    contract = a_contract_of_two_lots(desk, lucy, ANNUAL)
    assert lost(foresee_change(desk, lucy, contract, CHANGES["more"])) == (0, None)


@pytest.mark.parametrize("sku", [ANNUAL, MONTHLY])
@pytest.mark.parametrize(
    ("end", "costs_more"), [("earliest", False), ("costs nothing more", False), ("a month later", True)]
)
def test_the_end_that_costs_nothing_more_is_the_last_one_that_does_not(
    desk: Desk, lucy: SignedIn, sku: str, end: str, costs_more: bool
) -> None:
    contract = a_contract_of_two_lots(desk, lucy, sku)
    foreseen = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL))
    paid_up = foreseen.costs_nothing_on
    assert paid_up == (day("2025-03-31") if sku == ANNUAL else day("2024-08-31"))
    wish = {"earliest": None, "costs nothing more": paid_up, "a month later": date(paid_up.year, paid_up.month + 1, 2)}
    before = sum(one.subtotal for one in invoices(desk, lucy))
    applied = apply_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=wish[end]))
    assert applied.costs_nothing_on == paid_up
    turn_to(desk, "2026-12-31")
    assert (sum(one.subtotal for one in invoices(desk, lucy)) > before) is costs_more

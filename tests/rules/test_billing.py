"""What is billed on the 1st (rules 4 and 5), without a database."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.billing import (
    BilledContract,
    BilledLot,
    Line,
    PlannedReduction,
    Tariff,
    bill,
    check_foreseen,
    forecast,
    reduce_lots,
)
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.money import consumption_tax
from tests.rules.refusals import refusal_of

PLANS = st.sampled_from(Plan)


def a_lot(number: int = 1, seats: int = 10, plan: Plan = Plan.MONTHLY, **more: object) -> BilledLot:
    """Ordered on 2024-05-15, delivered on the 20th, first billed on 2024-06-01, for 1,000 yen a seat."""
    lot = BilledLot(number, 1, "sku", plan, seats, 1_000, date(2024, 5, 15), date(2024, 5, 20), date(2024, 6, 1))
    return replace(lot, **more)  # type: ignore[arg-type]  # by keyword


def ten_percent(day: date) -> int:
    return 10


def no_price(sku: str, day: date) -> int:
    raise Refused(Finding(Reason.NO_PRICE, "sku", sku))


FLAT = Tariff(lambda sku, day: 1_100, ten_percent)
MISSING = Tariff(no_price, ten_percent)


def test_nothing_is_billed_before_the_first_1st_after_delivery() -> None:
    lot = a_lot()
    assert bill(lot, date(2024, 5, 31), FLAT) == (lot, ())


@pytest.mark.parametrize(
    ("plan", "last_day", "following"),
    [
        (Plan.MONTHLY, date(2024, 6, 30), date(2024, 7, 1)),
        (Plan.ANNUAL, date(2025, 5, 31), date(2025, 6, 1)),
    ],
)
def test_the_first_invoice_is_for_one_period_at_the_price_of_the_order(
    plan: Plan, last_day: date, following: date
) -> None:
    after, (line,) = bill(a_lot(plan=plan), date(2024, 6, 1), MISSING)
    assert (line.first_day, line.last_day, line.unit_price) == (date(2024, 6, 1), last_day, 1_000)
    assert line.amount == 10_000
    assert after.next_invoice_on == following


def test_a_renewal_has_the_price_in_force_on_its_1st() -> None:
    asked: list[date] = []

    def price_on(sku: str, day: date) -> int:
        asked.append(day)
        return 1_234

    _, (line,) = bill(a_lot(next_invoice_on=date(2024, 7, 1)), date(2024, 7, 1), Tariff(price_on, ten_percent))
    assert line.unit_price == 1_234
    assert asked == [date(2024, 7, 1)]


@pytest.mark.parametrize(("months", "last_day"), [(1, date(2025, 6, 30)), (12, date(2026, 5, 31))])
def test_an_annual_renewal_lasts_as_long_as_the_policy_says(months: int, last_day: date) -> None:
    lot = a_lot(plan=Plan.ANNUAL, next_invoice_on=date(2025, 6, 1))
    _, lines = bill(lot, date(2025, 6, 1), replace(FLAT, renewal_months=months))
    assert [line.last_day for line in lines] == [last_day]


def test_a_missing_price_leaves_the_lot_as_it_was_and_nothing_half_billed() -> None:
    with pytest.raises(Refused):
        bill(a_lot(next_invoice_on=date(2024, 7, 1)), date(2024, 9, 1), MISSING)


def test_a_lot_without_seats_needs_no_price_and_has_no_line() -> None:
    after, lines = bill(a_lot(seats=0, next_invoice_on=date(2024, 7, 1)), date(2024, 8, 1), MISSING)
    assert lines == ()
    assert after.next_invoice_on == date(2024, 9, 1)


def test_missed_periods_are_billed_for_the_seats_of_their_own_1st() -> None:
    lot = a_lot(seats=3, next_invoice_on=date(2024, 7, 1), gone=((date(2024, 8, 1), 2),))
    _, lines = bill(lot, date(2024, 9, 1), FLAT)
    assert [line.seats for line in lines] == [5, 3, 3]


@given(PLANS, st.integers(0, 60), st.integers(1, 40))
def test_the_periods_of_a_lot_have_neither_gap_nor_overlap(plan: Plan, late: int, more: int) -> None:
    """Billed every month or long after: the same lines, one after the other."""
    lot = a_lot(plan=plan)
    until = date(2024 + (late + more) // 12, (late + more) % 12 + 1, 1)
    at_once = bill(lot, until, FLAT)[1]
    lines: list[Line] = []
    day = date(2024, 1, 1)
    while day <= until:
        lot, its = bill(lot, day, FLAT)
        lines.extend(its)
        day = (day + timedelta(days=31)).replace(day=1)
    assert tuple(lines) == at_once
    for one, following in pairwise(lines):
        assert following.first_day == one.last_day + timedelta(days=1)


def test_a_reduction_takes_from_what_is_invoiced_first_and_between_equals_from_the_newest() -> None:
    lots = (
        a_lot(1, 3, next_invoice_on=date(2025, 6, 1)),
        a_lot(2, 3, next_invoice_on=date(2024, 9, 1)),
        a_lot(3, 3, next_invoice_on=date(2024, 9, 1), ordered_on=date(2024, 6, 1)),
    )
    after, taken = reduce_lots(lots, [PlannedReduction(7, 5, date(2024, 8, 1))], date(2024, 8, 1))
    assert [lot.seats for lot in after] == [3, 1, 0]
    assert [(one.change, one.lot, one.seats) for one in taken] == [(7, 3, 3), (7, 2, 2)]


def test_a_reduction_of_another_day_and_seats_that_are_not_delivered_are_left_alone() -> None:
    lots = (a_lot(1, 3), a_lot(2, 3, delivered_on=date(2024, 8, 20), next_invoice_on=date(2024, 9, 1)))
    due = PlannedReduction(1, 2, date(2024, 8, 1))
    assert [lot.seats for lot in reduce_lots(lots, [due], date(2024, 8, 1))[0]] == [1, 3]
    assert reduce_lots(lots, [due], date(2024, 9, 1)) == (lots, ())


def test_a_forecast_ends_with_the_contract_and_counts_what_waits() -> None:
    contract = BilledContract(
        (a_lot(),),
        (PlannedReduction(1, 4, date(2024, 7, 1)), PlannedReduction(2, 1, date(2024, 9, 1))),
        date(2024, 8, 31),
    )
    months = forecast([contract], date(2024, 5, 20), date(2024, 10, 1), FLAT)
    assert [[line.seats for line in lines] for lines in months.values()] == [[10], [6], [6], [], []]


def test_a_forecast_leaves_out_what_has_no_price_and_nothing_else() -> None:
    contracts = [BilledContract((a_lot(1, next_invoice_on=date(2024, 7, 1)), a_lot(2)))]
    months = forecast(contracts, date(2024, 5, 20), date(2024, 6, 1), MISSING)
    assert [line.lot for line in months[date(2024, 6, 1)]] == [2]


def test_an_invoice_is_foreseen_from_the_next_1st_on_and_for_sixty_months() -> None:
    today = date(2024, 5, 31)
    for month in (date(2024, 6, 1), date(2024, 6, 30), date(2029, 5, 1), date(2029, 5, 31)):
        check_foreseen(month, today)
    assert refusal_of(check_foreseen, date(2024, 5, 31), today).reason is Reason.PAST_MONTH
    assert refusal_of(check_foreseen, date(2024, 5, 1), date(2024, 5, 1)).reason is Reason.PAST_MONTH
    assert refusal_of(check_foreseen, date(2029, 6, 1), today) == Finding(
        Reason.TOO_FAR_AHEAD, "month", "2029-06", {"last": "2029-05"}
    )


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_tax_is_whole_and_rounded_down(subtotal: int, percent: int) -> None:
    tax = consumption_tax(subtotal, percent)
    assert type(tax) is int
    assert tax * 100 <= subtotal * percent < (tax + 1) * 100

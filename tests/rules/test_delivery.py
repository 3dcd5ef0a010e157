"""When an order is delivered, what is free, when billing starts (rules 1 and 2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.calendar import (
    Plan,
    cutoff_on,
    missed_cutoff,
    month_end,
    month_start,
    next_month_start,
    order_dates,
)

PLANS = list(Plan)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
ONE_DAY = timedelta(days=1)


def every_day_of(*years: int) -> list[date]:
    return [
        date.fromordinal(n)
        for year in years
        for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]


def walked_to(day: date, day_of_month: int) -> date:
    """The first such day of a month on or after the day, found by walking."""
    while day.day != day_of_month:
        day += ONE_DAY
    return day


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    ("sent", "delivered", "free_from", "free_until", "billed"),
    [
        (date(2024, 5, 15), date(2024, 5, 20), date(2024, 5, 21), date(2024, 5, 31), date(2024, 6, 1)),
        (date(2024, 5, 16), date(2024, 6, 20), date(2024, 6, 21), date(2024, 6, 30), date(2024, 7, 1)),
        (date(2024, 12, 16), date(2025, 1, 20), date(2025, 1, 21), date(2025, 1, 31), date(2025, 2, 1)),
        (date(2024, 2, 15), date(2024, 2, 20), date(2024, 2, 21), date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_the_worked_table_of_deliveries_holds_for_either_plan(
    plan: Plan, sent: date, delivered: date, free_from: date, free_until: date, billed: date
) -> None:
    dates = order_dates(sent, plan)
    assert dates.sent_on == sent
    assert dates.plan is plan
    assert dates.delivered_on == delivered
    assert (dates.free_from, dates.free_until) == (free_from, free_until)
    assert dates.billing_starts_on == billed


def test_the_manuals_order_of_5_15_is_delivered_on_5_20_and_billed_from_6_1() -> None:
    dates = order_dates(date(2024, 5, 15), Plan.MONTHLY)
    assert dates.delivered_on == date(2024, 5, 20)
    assert dates.billing_starts_on == date(2024, 6, 1)


def test_a_po_sent_on_the_16th_is_delivered_on_the_20th_of_the_next_month() -> None:
    assert order_dates(date(2024, 5, 16), Plan.ANNUAL).delivered_on == date(2024, 6, 20)


@pytest.mark.parametrize("month", range(1, 13))
def test_in_every_month_the_15th_still_makes_it_and_the_16th_does_not(month: int) -> None:
    in_time = order_dates(date(2024, month, 15), Plan.ANNUAL)
    too_late = order_dates(date(2024, month, 16), Plan.ANNUAL)
    assert in_time.delivered_on == date(2024, month, 20)
    assert too_late.delivered_on == (date(2024, month + 1, 20) if month < 12 else date(2025, 1, 20))


@pytest.mark.parametrize(
    ("sent", "delivered", "billed"),
    [
        (date(2024, 12, 1), date(2024, 12, 20), date(2025, 1, 1)),
        (date(2024, 12, 15), date(2024, 12, 20), date(2025, 1, 1)),
        (date(2024, 12, 31), date(2025, 1, 20), date(2025, 2, 1)),
        (date(2025, 1, 1), date(2025, 1, 20), date(2025, 2, 1)),
        (date(2024, 1, 31), date(2024, 2, 20), date(2024, 3, 1)),
    ],
)
def test_orders_around_the_end_of_a_year_cross_it_correctly(sent: date, delivered: date, billed: date) -> None:
    dates = order_dates(sent, Plan.ANNUAL)
    assert (dates.delivered_on, dates.billing_starts_on) == (delivered, billed)


@pytest.mark.parametrize(
    ("year", "last"), [(1900, 28), (2000, 29), (2023, 28), (2024, 29), (2028, 29), (2100, 28), (2400, 29)]
)
def test_free_days_of_a_february_end_on_its_true_last_day(year: int, last: int) -> None:
    assert order_dates(date(year, 2, 1), Plan.ANNUAL).free_until == date(year, 2, last)


@pytest.mark.parametrize("sent", [date(2024, 2, 29), date(2024, 1, 30), date(2024, 1, 31), date(2023, 1, 31)])
def test_the_end_of_a_long_month_does_not_skip_over_february(sent: date) -> None:
    following = 3 if sent.month == 2 else 2
    assert order_dates(sent, Plan.ANNUAL).delivered_on == date(sent.year, following, 20)


@pytest.mark.parametrize("plan", PLANS)
def test_the_first_invoice_is_issued_on_the_day_billing_starts(plan: Plan) -> None:
    dates = order_dates(date(2024, 5, 15), plan)
    assert dates.first_invoice_on == dates.billing_starts_on == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("day", "cutoff"),
    [
        (date(2024, 5, 1), date(2024, 5, 15)),
        (date(2024, 5, 15), date(2024, 5, 15)),
        (date(2024, 5, 16), date(2024, 6, 15)),
        (date(2024, 5, 31), date(2024, 6, 15)),
        (date(2024, 12, 16), date(2025, 1, 15)),
    ],
)
def test_the_cutoff_is_the_next_15th_with_the_day_itself_included(day: date, cutoff: date) -> None:
    assert cutoff_on(day) == cutoff
    assert order_dates(day, Plan.ANNUAL).cutoff_on == cutoff


@pytest.mark.parametrize(
    ("created", "sent", "missed"),
    [
        (date(2024, 5, 15), date(2024, 5, 15), None),
        (date(2024, 5, 15), date(2024, 5, 16), date(2024, 5, 15)),
        (date(2024, 5, 1), date(2024, 5, 15), None),
        (date(2024, 5, 1), date(2024, 7, 2), date(2024, 5, 15)),
        (date(2024, 5, 16), date(2024, 5, 16), None),
        (date(2024, 5, 16), date(2024, 6, 15), None),
        (date(2024, 5, 16), date(2024, 6, 16), date(2024, 6, 15)),
        (date(2024, 12, 31), date(2025, 1, 16), date(2025, 1, 15)),
    ],
)
def test_a_po_that_is_sent_after_the_15th_it_was_created_for_has_missed_the_cutoff(
    created: date, sent: date, missed: date | None
) -> None:
    assert missed_cutoff(created, sent) == missed


@given(DAYS, st.integers(0, 400))
def test_the_cutoff_is_missed_exactly_where_the_delivery_becomes_later(created: date, days: int) -> None:
    sent = created + timedelta(days=days)
    hoped_for, real = (order_dates(day, Plan.ANNUAL).delivered_on for day in (created, sent))
    assert (missed_cutoff(created, sent) is not None) is (real > hoped_for)


def test_every_day_of_a_leap_year_and_its_neighbours_is_delivered_as_if_one_had_walked_there() -> None:
    for sent in every_day_of(2023, 2024, 2025):
        dates = order_dates(sent, Plan.MONTHLY)
        delivered = walked_to(walked_to(sent, 15), 20)
        billed = walked_to(delivered, 1)
        assert dates.delivered_on == delivered, sent
        assert dates.billing_starts_on == billed, sent
        assert dates.free_from == delivered + ONE_DAY, sent
        assert dates.free_until == billed - ONE_DAY, sent
        assert dates.first_invoice_on == billed, sent


def test_every_day_of_a_century_year_without_a_leap_day_is_delivered_as_if_one_had_walked_there() -> None:
    for sent in every_day_of(2100):
        delivered = walked_to(walked_to(sent, 15), 20)
        assert order_dates(sent, Plan.ANNUAL).delivered_on == delivered, sent
        assert order_dates(sent, Plan.ANNUAL).billing_starts_on == walked_to(delivered, 1), sent


def test_the_months_edges_are_those_that_walking_finds() -> None:
    for day in every_day_of(2023, 2024):
        following = walked_to(day + ONE_DAY, 1)
        assert month_start(day) == day - timedelta(days=day.day - 1), day
        assert next_month_start(day) == following, day
        assert month_end(day) == following - ONE_DAY, day


@given(DAYS, st.sampled_from(PLANS))
def test_a_delivery_is_always_on_a_20th_and_never_before_the_order(sent: date, plan: Plan) -> None:
    delivered = order_dates(sent, plan).delivered_on
    assert delivered.day == 20
    assert sent < delivered


@given(DAYS, st.sampled_from(PLANS))
def test_a_delivery_is_at_least_five_days_and_at_most_35_days_after_the_order(sent: date, plan: Plan) -> None:
    assert 5 <= (order_dates(sent, plan).delivered_on - sent).days <= 35


@given(DAYS, st.sampled_from(PLANS))
def test_billing_always_starts_on_the_1st_of_the_month_after_delivery(sent: date, plan: Plan) -> None:
    dates = order_dates(sent, plan)
    assert dates.billing_starts_on.day == 1
    assert dates.billing_starts_on > dates.delivered_on
    assert (dates.billing_starts_on - ONE_DAY).month == dates.delivered_on.month


@given(DAYS, st.sampled_from(PLANS))
def test_free_days_are_never_empty_and_fill_the_time_between_delivery_and_billing(sent: date, plan: Plan) -> None:
    dates = order_dates(sent, plan)
    assert dates.free_from == dates.delivered_on + ONE_DAY
    assert dates.free_from <= dates.free_until
    assert dates.free_until + ONE_DAY == dates.billing_starts_on


@given(DAYS, st.sampled_from(PLANS))
def test_the_cutoff_is_the_last_day_with_the_same_delivery(sent: date, plan: Plan) -> None:
    dates = order_dates(sent, plan)
    assert sent <= dates.cutoff_on < dates.delivered_on
    assert order_dates(dates.cutoff_on, plan).delivered_on == dates.delivered_on
    assert order_dates(dates.cutoff_on + ONE_DAY, plan).delivered_on > dates.delivered_on


@given(DAYS, DAYS)
def test_an_order_sent_later_is_never_delivered_earlier(one: date, other: date) -> None:
    first, second = sorted([one, other])
    assert order_dates(first, Plan.ANNUAL).delivered_on <= order_dates(second, Plan.ANNUAL).delivered_on


@given(DAYS)
def test_the_plan_changes_neither_delivery_nor_the_start_of_billing(sent: date) -> None:
    annual, monthly = (order_dates(sent, plan) for plan in (Plan.ANNUAL, Plan.MONTHLY))
    assert (annual.delivered_on, annual.billing_starts_on) == (monthly.delivered_on, monthly.billing_starts_on)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("sent", [date(1900, 1, 1), date(1900, 1, 16), date(2999, 12, 15), date(2999, 12, 31)])
def test_orders_at_the_far_ends_of_the_calendar_have_dates_too(plan: Plan, sent: date) -> None:
    dates = order_dates(sent, plan)
    assert dates.delivered_on.day == 20
    assert dates.term_ends_on > dates.term_starts_on

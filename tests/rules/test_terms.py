"""How long a contract runs and when it is invoiced again (rules 3 and 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.calendar import (
    Plan,
    next_invoice_on,
    order_dates,
    renewal_stop_deadline,
    term_ends_on,
)

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
FIRSTS = DAYS.map(lambda day: day.replace(day=1))
ONE_DAY = timedelta(days=1)


def test_the_annual_contract_of_the_manual_runs_from_3_21_to_3_20() -> None:
    dates = order_dates(date(2024, 3, 15), Plan.ANNUAL)
    assert dates.delivered_on == date(2024, 3, 20)
    assert (dates.term_starts_on, dates.term_ends_on) == (date(2024, 3, 21), date(2025, 3, 20))
    assert term_ends_on(Plan.ANNUAL, date(2024, 3, 20)) == date(2025, 3, 20)


@pytest.mark.parametrize(
    ("sent", "starts", "ends"),
    [
        (date(2024, 2, 15), date(2024, 2, 21), date(2025, 2, 20)),
        (date(2023, 2, 15), date(2023, 2, 21), date(2024, 2, 20)),
        (date(2024, 12, 16), date(2025, 1, 21), date(2026, 1, 20)),
        (date(2024, 12, 15), date(2024, 12, 21), date(2025, 12, 20)),
    ],
)
def test_an_annual_term_lasts_twelve_months_from_the_day_after_delivery(sent: date, starts: date, ends: date) -> None:
    dates = order_dates(sent, Plan.ANNUAL)
    assert (dates.term_starts_on, dates.term_ends_on) == (starts, ends)


@pytest.mark.parametrize(
    ("renewals", "ends"),
    [(0, date(2025, 3, 20)), (1, date(2026, 3, 20)), (2, date(2027, 3, 20)), (10, date(2035, 3, 20))],
)
def test_each_renewal_makes_an_annual_term_twelve_months_longer(renewals: int, ends: date) -> None:
    assert term_ends_on(Plan.ANNUAL, date(2024, 3, 20), renewals=renewals) == ends


def test_a_policy_of_other_renewal_months_changes_the_renewals_but_not_the_first_term() -> None:
    delivered = date(2024, 3, 20)
    assert term_ends_on(Plan.ANNUAL, delivered, renewal_months=6) == date(2025, 3, 20)
    assert term_ends_on(Plan.ANNUAL, delivered, renewals=1, renewal_months=6) == date(2025, 9, 20)
    assert term_ends_on(Plan.ANNUAL, delivered, renewals=2, renewal_months=6) == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("sent", "starts", "ends"),
    [
        (date(2024, 5, 15), date(2024, 5, 21), date(2024, 6, 30)),
        (date(2024, 12, 15), date(2024, 12, 21), date(2025, 1, 31)),
        (date(2024, 1, 15), date(2024, 1, 21), date(2024, 2, 29)),
        (date(2023, 1, 15), date(2023, 1, 21), date(2023, 2, 28)),
    ],
)
def test_before_its_first_invoice_a_monthly_term_ends_with_the_first_month_to_be_invoiced(
    sent: date, starts: date, ends: date
) -> None:
    dates = order_dates(sent, Plan.MONTHLY)
    assert (dates.term_starts_on, dates.term_ends_on) == (starts, ends)
    assert term_ends_on(Plan.MONTHLY, dates.delivered_on) == ends


@pytest.mark.parametrize(
    ("invoiced", "ends"),
    [
        (date(2024, 6, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 7, 31)),
        (date(2024, 12, 1), date(2024, 12, 31)),
        (date(2025, 2, 1), date(2025, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_monthly_term_ends_with_the_latest_month_invoiced(invoiced: date, ends: date) -> None:
    assert term_ends_on(Plan.MONTHLY, date(2024, 5, 20), invoiced_on=invoiced) == ends


def test_the_manuals_monthly_delivery_of_5_20_is_invoiced_on_6_1_and_every_month_from_then() -> None:
    day = order_dates(date(2024, 5, 15), Plan.MONTHLY).first_invoice_on
    days = [day]
    for _ in range(8):
        day = next_invoice_on(Plan.MONTHLY, day)
        days.append(day)
    assert days == [
        *(date(2024, month, 1) for month in range(6, 13)),
        date(2025, 1, 1),
        date(2025, 2, 1),
    ]


def test_an_annual_plan_is_invoiced_again_twelve_months_after_its_invoice() -> None:
    assert next_invoice_on(Plan.ANNUAL, date(2024, 4, 1)) == date(2025, 4, 1)
    assert next_invoice_on(Plan.ANNUAL, date(2024, 2, 1)) == date(2025, 2, 1)


def test_other_renewal_months_move_the_annual_invoice_and_leave_the_monthly_one() -> None:
    assert next_invoice_on(Plan.ANNUAL, date(2024, 9, 1), renewal_months=6) == date(2025, 3, 1)
    assert next_invoice_on(Plan.MONTHLY, date(2024, 9, 1), renewal_months=6) == date(2024, 10, 1)


@pytest.mark.parametrize(
    ("invoice", "deadline"),
    [
        (date(2024, 7, 1), date(2024, 6, 10)),
        (date(2024, 3, 1), date(2024, 2, 9)),
        (date(2023, 3, 1), date(2023, 2, 8)),
        (date(2025, 1, 1), date(2024, 12, 11)),
    ],
)
def test_to_stop_an_invoice_the_contract_must_be_cancelled_20_days_before_the_day_before_it(
    invoice: date, deadline: date
) -> None:
    assert renewal_stop_deadline(invoice) == deadline


@given(DAYS)
def test_an_annual_term_always_begins_after_delivery_and_ends_on_the_20th_a_year_after_it(sent: date) -> None:
    dates = order_dates(sent, Plan.ANNUAL)
    assert dates.term_starts_on == dates.delivered_on + ONE_DAY
    delivered = dates.delivered_on
    assert dates.term_ends_on == date(delivered.year + 1, delivered.month, 20)


@given(DAYS)
def test_a_monthly_term_is_a_day_before_the_second_invoice_until_the_first_is_issued(sent: date) -> None:
    dates = order_dates(sent, Plan.MONTHLY)
    assert dates.term_starts_on == dates.delivered_on + ONE_DAY
    assert dates.term_ends_on + ONE_DAY == next_invoice_on(Plan.MONTHLY, dates.first_invoice_on)


@given(FIRSTS, st.sampled_from(list(Plan)), st.integers(1, 60))
def test_the_next_invoice_is_always_later_and_on_a_1st(invoiced: date, plan: Plan, months: int) -> None:
    following = next_invoice_on(plan, invoiced, renewal_months=months)
    assert following > invoiced
    assert following.day == 1


@given(DAYS, st.integers(0, 30))
def test_a_renewed_term_begins_the_day_after_the_one_before(sent: date, renewals: int) -> None:
    delivered = order_dates(sent, Plan.ANNUAL).delivered_on
    one, following = (term_ends_on(Plan.ANNUAL, delivered, renewals=n) for n in (renewals, renewals + 1))
    assert following == one.replace(year=one.year + 1)


@given(FIRSTS)
def test_the_deadline_that_stops_an_invoice_is_21_days_before_it(invoice: date) -> None:
    assert (invoice - renewal_stop_deadline(invoice)).days == 21

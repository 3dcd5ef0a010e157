"""From when seats are fewer, when a contract ends, and until when one may say so (rules 4 and 8)."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stellr_tui.rules.calendar import cancellation_dates, notice_deadline, reduction_dates
from stellr_tui.rules.policy import ReductionRule

NOTICE, ORDER_CUTOFF = ReductionRule.NOTICE, ReductionRule.ORDER_CUTOFF
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
WISHES = st.none() | DAYS
RULES = st.sampled_from([NOTICE, ORDER_CUTOFF])
ONE_DAY = timedelta(days=1)


def month_ends(first_year: int, last_year: int) -> list[date]:
    """Every last day of a month, by the standard library's own calendar."""
    return [
        date(year, month, calendar.monthrange(year, month)[1])
        for year in range(first_year, last_year + 1)
        for month in range(1, 13)
    ]


def every_day(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


@pytest.mark.parametrize(
    ("applied", "last_day", "fewer_from"),
    [
        (date(2024, 6, 10), date(2024, 6, 30), date(2024, 7, 1)),
        (date(2024, 6, 11), date(2024, 7, 31), date(2024, 8, 1)),
        (date(2024, 2, 9), date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 2, 10), date(2024, 3, 31), date(2024, 4, 1)),
        (date(2023, 2, 8), date(2023, 2, 28), date(2023, 3, 1)),
    ],
)
def test_the_worked_table_of_earliest_ends_holds(applied: date, last_day: date, fewer_from: date) -> None:
    reduction = reduction_dates(applied)
    assert reduction.applied_on == applied
    assert (reduction.last_day_in_force, reduction.takes_effect_on) == (last_day, fewer_from)
    cancellation = cancellation_dates(applied)
    assert cancellation.applied_on == applied
    assert cancellation.ends_on == last_day
    assert reduction.deadline == cancellation.deadline == last_day - timedelta(days=20)


def test_fewer_seats_from_7_1_must_be_applied_for_by_6_10() -> None:
    assert reduction_dates(date(2024, 6, 10)).takes_effect_on == date(2024, 7, 1)
    assert reduction_dates(date(2024, 6, 10)).deadline == date(2024, 6, 10)
    assert reduction_dates(date(2024, 6, 11)).takes_effect_on == date(2024, 8, 1)


def test_a_contract_that_shall_end_with_june_must_be_cancelled_by_6_10() -> None:
    assert cancellation_dates(date(2024, 6, 10)).ends_on == date(2024, 6, 30)
    assert cancellation_dates(date(2024, 6, 10)).deadline == date(2024, 6, 10)
    assert cancellation_dates(date(2024, 6, 11)).ends_on == date(2024, 7, 31)


@pytest.mark.parametrize(
    ("last_day", "deadline"),
    [
        (date(2024, 6, 30), date(2024, 6, 10)),
        (date(2024, 5, 31), date(2024, 5, 11)),
        (date(2024, 2, 29), date(2024, 2, 9)),
        (date(2023, 2, 28), date(2023, 2, 8)),
        (date(2024, 12, 31), date(2024, 12, 11)),
    ],
)
def test_the_notice_is_20_days_before_the_last_day(last_day: date, deadline: date) -> None:
    assert notice_deadline(last_day) == deadline


@pytest.mark.parametrize(
    ("rule", "applied", "fewer_from"),
    [
        # For 6/1 the notice ends on 5/11, so the manual's second example only holds under the other setting.
        (NOTICE, date(2024, 5, 11), date(2024, 6, 1)),
        (NOTICE, date(2024, 5, 12), date(2024, 7, 1)),
        (NOTICE, date(2024, 5, 15), date(2024, 7, 1)),
        (NOTICE, date(2024, 5, 16), date(2024, 7, 1)),
        (ORDER_CUTOFF, date(2024, 5, 1), date(2024, 6, 1)),
        (ORDER_CUTOFF, date(2024, 5, 12), date(2024, 6, 1)),
        (ORDER_CUTOFF, date(2024, 5, 15), date(2024, 6, 1)),
        (ORDER_CUTOFF, date(2024, 5, 16), date(2024, 7, 1)),
        (ORDER_CUTOFF, date(2024, 12, 15), date(2025, 1, 1)),
        (ORDER_CUTOFF, date(2024, 12, 16), date(2025, 2, 1)),
    ],
)
def test_the_manuals_reduction_of_5_15_depends_on_the_setting(
    rule: ReductionRule, applied: date, fewer_from: date
) -> None:
    dates = reduction_dates(applied, rule=rule)
    assert dates.takes_effect_on == fewer_from
    assert dates.last_day_in_force == fewer_from - ONE_DAY


def test_without_a_setting_the_notice_counts() -> None:
    for applied in every_day(date(2024, 1, 1), date(2024, 12, 31)):
        assert reduction_dates(applied) == reduction_dates(applied, None, NOTICE)


def test_under_the_cutoff_setting_the_deadline_is_the_15th_of_the_last_month_with_all_seats() -> None:
    assert reduction_dates(date(2024, 5, 3), rule=ORDER_CUTOFF).deadline == date(2024, 5, 15)
    assert reduction_dates(date(2024, 5, 16), rule=ORDER_CUTOFF).deadline == date(2024, 6, 15)


@pytest.mark.parametrize(
    ("wish", "fewer_from"),
    [
        (None, date(2024, 7, 1)),
        (date(2024, 5, 1), date(2024, 7, 1)),  # long past
        (date(2024, 6, 10), date(2024, 7, 1)),  # today
        (date(2024, 6, 30), date(2024, 7, 1)),  # the day before the earliest
        (date(2024, 7, 1), date(2024, 7, 1)),  # the earliest itself
        (date(2024, 7, 2), date(2024, 8, 1)),
        (date(2024, 7, 15), date(2024, 8, 1)),
        (date(2024, 7, 31), date(2024, 8, 1)),
        (date(2024, 8, 1), date(2024, 8, 1)),
        (date(2024, 12, 2), date(2025, 1, 1)),
        (date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_a_wish_moves_a_reduction_to_the_first_month_start_on_or_after_it(wish: date | None, fewer_from: date) -> None:
    dates = reduction_dates(date(2024, 6, 10), wish)
    assert dates.takes_effect_on == fewer_from
    assert dates.last_day_in_force == fewer_from - ONE_DAY
    assert dates.deadline == fewer_from - timedelta(days=21)


@pytest.mark.parametrize(
    ("wish", "ends"),
    [
        (None, date(2024, 6, 30)),
        (date(2024, 5, 1), date(2024, 6, 30)),  # long past
        (date(2024, 6, 1), date(2024, 6, 30)),
        (date(2024, 6, 30), date(2024, 6, 30)),  # the earliest itself
        (date(2024, 7, 1), date(2024, 7, 31)),
        (date(2024, 7, 15), date(2024, 7, 31)),
        (date(2024, 7, 31), date(2024, 7, 31)),
        (date(2024, 12, 31), date(2024, 12, 31)),
        (date(2025, 2, 10), date(2025, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_a_wish_moves_a_cancellation_to_the_first_month_end_on_or_after_it(wish: date | None, ends: date) -> None:
    dates = cancellation_dates(date(2024, 6, 10), wish)
    assert dates.ends_on == ends
    assert dates.deadline == ends - timedelta(days=20)


def test_a_wish_for_the_1st_that_has_just_become_unreachable_goes_to_the_next_one() -> None:
    assert reduction_dates(date(2024, 6, 11), date(2024, 7, 1)).takes_effect_on == date(2024, 8, 1)
    assert cancellation_dates(date(2024, 6, 11), date(2024, 6, 30)).ends_on == date(2024, 7, 31)


def test_under_the_cutoff_setting_a_wish_moves_a_reduction_too() -> None:
    dates = reduction_dates(date(2024, 5, 15), date(2024, 8, 2), ORDER_CUTOFF)
    assert dates.takes_effect_on == date(2024, 9, 1)
    assert dates.deadline == date(2024, 8, 15)


def test_every_day_of_three_years_finds_the_first_month_end_that_leaves_20_days() -> None:
    ends = month_ends(2023, 2026)
    for applied in every_day(date(2023, 1, 1), date(2025, 12, 31)):
        earliest = next(end for end in ends if (end - applied).days >= 20)
        assert reduction_dates(applied).last_day_in_force == earliest, applied
        assert reduction_dates(applied).takes_effect_on == earliest + ONE_DAY, applied
        assert cancellation_dates(applied).ends_on == earliest, applied


def test_every_day_of_three_years_finds_the_first_1st_whose_eve_has_its_15th_ahead_under_the_cutoff_setting() -> None:
    ends = month_ends(2023, 2026)
    for applied in every_day(date(2023, 1, 1), date(2025, 12, 31)):
        last = next(end for end in ends if end.replace(day=15) >= applied)
        assert reduction_dates(applied, rule=ORDER_CUTOFF).last_day_in_force == last, applied


def test_every_wish_within_a_year_finds_the_next_month_edge() -> None:
    applied = date(2023, 12, 31)
    ends = month_ends(2023, 2025)
    earliest = next(end for end in ends if (end - applied).days >= 20)
    for wish in every_day(date(2023, 12, 1), date(2025, 2, 28)):
        reduced = next(end + ONE_DAY for end in ends if end >= earliest and end + ONE_DAY >= wish)
        ended = next(end for end in ends if end >= earliest and end >= wish)
        assert reduction_dates(applied, wish).takes_effect_on == reduced, wish
        assert cancellation_dates(applied, wish).ends_on == ended, wish


@given(DAYS, WISHES, RULES)
def test_the_last_day_in_force_is_always_a_month_end(applied: date, wish: date | None, rule: ReductionRule) -> None:
    dates = reduction_dates(applied, wish, rule)
    assert (dates.last_day_in_force + ONE_DAY).day == 1
    assert dates.takes_effect_on == dates.last_day_in_force + ONE_DAY
    assert (cancellation_dates(applied, wish).ends_on + ONE_DAY).day == 1


@given(DAYS, WISHES, RULES)
def test_a_deadline_is_never_before_the_application_nor_after_the_last_day(
    applied: date, wish: date | None, rule: ReductionRule
) -> None:
    reduction = reduction_dates(applied, wish, rule)
    assert applied <= reduction.deadline <= reduction.last_day_in_force
    cancellation = cancellation_dates(applied, wish)
    assert applied <= cancellation.deadline <= cancellation.ends_on


@given(DAYS, RULES)
def test_the_deadline_is_the_last_day_that_leads_to_the_same_end(applied: date, rule: ReductionRule) -> None:
    dates = reduction_dates(applied, rule=rule)
    assert reduction_dates(dates.deadline, rule=rule).last_day_in_force == dates.last_day_in_force
    assert reduction_dates(dates.deadline + ONE_DAY, rule=rule).last_day_in_force > dates.last_day_in_force


@given(DAYS, DAYS, WISHES, RULES)
def test_a_later_application_never_ends_anything_earlier(
    one: date, other: date, wish: date | None, rule: ReductionRule
) -> None:
    first, second = sorted([one, other])
    sooner, later = (reduction_dates(day, wish, rule).takes_effect_on for day in (first, second))
    assert sooner <= later
    assert cancellation_dates(first, wish).ends_on <= cancellation_dates(second, wish).ends_on


@given(DAYS, DAYS, RULES)
def test_a_wish_never_makes_it_earlier_than_the_earliest_nor_than_the_wish(
    applied: date, wish: date, rule: ReductionRule
) -> None:
    reduced = reduction_dates(applied, wish, rule).takes_effect_on
    assert reduced >= reduction_dates(applied, rule=rule).takes_effect_on
    assert reduced >= wish
    ended = cancellation_dates(applied, wish).ends_on
    assert ended >= cancellation_dates(applied).ends_on
    assert ended >= wish


@given(DAYS, st.integers(0, 3000), RULES)
def test_a_wish_later_than_the_earliest_is_met_within_a_month(applied: date, days: int, rule: ReductionRule) -> None:
    reduction_wish = reduction_dates(applied, rule=rule).takes_effect_on + timedelta(days=days)
    assume(reduction_wish.year < 3010)
    assert 0 <= (reduction_dates(applied, reduction_wish, rule).takes_effect_on - reduction_wish).days <= 30
    cancellation_wish = cancellation_dates(applied).ends_on + timedelta(days=days)
    assert 0 <= (cancellation_dates(applied, cancellation_wish).ends_on - cancellation_wish).days <= 30


@given(DAYS)
def test_the_cutoff_setting_never_makes_a_reduction_later_than_the_notice_does(applied: date) -> None:
    assert reduction_dates(applied, rule=ORDER_CUTOFF).takes_effect_on <= reduction_dates(applied).takes_effect_on


@pytest.mark.parametrize("rule", [NOTICE, ORDER_CUTOFF])
@pytest.mark.parametrize("wish", [None, date(1900, 1, 1), date(2999, 12, 31)])
@pytest.mark.parametrize("applied", [date(1900, 1, 1), date(1900, 2, 28), date(2999, 12, 12), date(2999, 12, 31)])
def test_changes_at_the_far_ends_of_the_calendar_have_dates_too(
    applied: date, wish: date | None, rule: ReductionRule
) -> None:
    assert reduction_dates(applied, wish, rule).takes_effect_on.day == 1
    assert cancellation_dates(applied, wish).ends_on >= applied

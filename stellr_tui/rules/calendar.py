"""When an order is delivered, when billing starts, how long a contract runs, until when it can be reduced or ended.

All dates are calendar dates in Asia/Tokyo; the rules know neither business days nor holidays.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from stellr_tui.rules.policy import ReductionRule

CUTOFF_DAY = 15
DELIVERY_DAY = 20
NOTICE_DAYS = 20
TERM_MONTHS = 12

# A day is worked for thousands of lots, and only few days are asked for.
_DAYS_KEPT = 1_000


class Plan(StrEnum):
    """契約期間: how long a seat is contracted for and how often it is paid."""

    ANNUAL = "annual"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class OrderDates:
    """What follows from sending an order on a day (納品及び請求ルール).

    cutoff_on is the last day that would have led to the same delivery; the free days run from free_from to
    free_until, both included; term_ends_on is that of the first term.
    """

    sent_on: date
    plan: Plan
    cutoff_on: date
    delivered_on: date
    free_from: date
    free_until: date
    billing_starts_on: date
    first_invoice_on: date
    term_starts_on: date
    term_ends_on: date


@dataclass(frozen=True, slots=True)
class ReductionDates:
    """What follows from applying for fewer seats: the last day with all of them, and the last day to apply for it."""

    applied_on: date
    last_day_in_force: date
    takes_effect_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class CancellationDates:
    """What follows from applying for the end of a contract: its last day, and the last day to apply for that."""

    applied_on: date
    ends_on: date
    deadline: date


def month_start(day: date) -> date:
    """The 1st of the month that the day is in."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month that the day is in."""
    return day + relativedelta(day=31)


@lru_cache(maxsize=_DAYS_KEPT)
def next_month_start(day: date) -> date:
    """The 1st of the following month."""
    return month_start(day) + relativedelta(months=1)


def previous_month_start(day: date) -> date:
    """The 1st of the month before."""
    return month_start(day) + relativedelta(months=-1)


def cutoff_on(day: date) -> date:
    """The next 15th, the day itself included: the last day for the delivery that is still within reach.

    毎月15日までにオーダー分→20日メール納品.
    """
    month = day if day.day <= CUTOFF_DAY else next_month_start(day)
    return month.replace(day=CUTOFF_DAY)


def missed_cutoff(created_on: date, sent_on: date) -> date | None:
    """The 15th that a PO of `created_on` would have made and misses when it is sent on `sent_on`, if it does."""
    cutoff = cutoff_on(created_on)
    return cutoff if sent_on > cutoff else None


def order_dates(sent_on: date, plan: Plan) -> OrderDates:
    """Delivery, free days, billing and first term of an order, or of added seats, sent on a day.

    毎月15日までにオーダー分→20日メール納品→翌月初課金開始; the day of 送信 counts, not that of 発注する.
    """
    cutoff = cutoff_on(sent_on)
    delivered_on = cutoff.replace(day=DELIVERY_DAY)
    free_from = delivered_on + timedelta(days=1)
    billing_starts_on = next_month_start(delivered_on)
    return OrderDates(
        sent_on=sent_on,
        plan=plan,
        cutoff_on=cutoff,
        delivered_on=delivered_on,
        free_from=free_from,
        free_until=month_end(delivered_on),
        billing_starts_on=billing_starts_on,
        first_invoice_on=billing_starts_on,
        term_starts_on=free_from,
        term_ends_on=term_ends_on(plan, delivered_on),
    )


def term_ends_on(
    plan: Plan,
    delivered_on: date,
    *,
    renewals: int = 0,
    renewal_months: int = TERM_MONTHS,
    invoiced_on: date | None = None,
) -> date:
    """The last day of the contract term (column 請求開始/終了).

    Annual: 12 months from the day after delivery (2024/03/21 ~ 2025/03/20), and as many renewals of
    `renewal_months` as have been. Monthly: the end of the latest month invoiced (`invoiced_on` is that
    invoice's day), before the first invoice the end of the first month that will be.
    """
    if plan is Plan.MONTHLY:
        return month_end(invoiced_on or next_month_start(delivered_on))
    months = TERM_MONTHS + renewals * renewal_months
    return delivered_on + timedelta(days=1) + relativedelta(months=months) - timedelta(days=1)


def term_on(
    day: date,
    plan: Plan,
    delivered_on: date,
    *,
    renewal_months: int = TERM_MONTHS,
    invoiced_for: date | None = None,
) -> tuple[date, date]:
    """The contract term as it stands on a day, from the day after delivery to the end of the latest renewal.

    A monthly term ends with the latest month that had been invoiced until then, of which `invoiced_for` is a day.
    """
    first = delivered_on + timedelta(days=1)
    if plan is Plan.MONTHLY:
        return first, term_ends_on(plan, delivered_on, invoiced_on=invoiced_for)
    renewals = 0
    while (last := term_ends_on(plan, delivered_on, renewals=renewals, renewal_months=renewal_months)) < day:
        renewals += 1
    return first, last


@lru_cache(maxsize=_DAYS_KEPT)
def next_invoice_on(plan: Plan, invoiced_on: date, *, renewal_months: int = TERM_MONTHS) -> date:
    """The invoice day after the one of `invoiced_on`: a month later, or at the renewal. Always a 1st.

    The first annual term is of 12 months under every policy; `renewal_months` is for the invoices of renewals.
    """
    return invoiced_on + relativedelta(months=1 if plan is Plan.MONTHLY else renewal_months)


def addition_dates(applied_on: date, plan: Plan, wish: date | None = None) -> OrderDates:
    """What follows from adding seats on a day: the same rules as for an order (追加購入時も同様のルールです).

    A wish that comes later than the earliest delivery moves it to the first 20th on or after the wish. sent_on stays
    the day of the application; cutoff_on is the last day on which this delivery can still be applied for.
    """
    dates = order_dates(applied_on, plan)
    if wish is None or wish <= dates.delivered_on:
        return dates
    month = wish if wish.day <= DELIVERY_DAY else next_month_start(wish)
    return dataclasses.replace(order_dates(month.replace(day=CUTOFF_DAY), plan), sent_on=applied_on)


def paid_until(next_invoice: date) -> date:
    """The last day that is paid for, where the next invoice is issued on `next_invoice`."""
    return next_invoice - timedelta(days=1)


def billed_until(plan: Plan, term_end: date) -> date:
    """The last day that is billed for a term that ends on a day: the end of that month."""
    return term_end if plan is Plan.MONTHLY else month_end(term_end)


def notice_deadline(last_day: date) -> date:
    """The last day to apply so that seats end with `last_day`: 20 days before (20日前が受付期限)."""
    return last_day - timedelta(days=NOTICE_DAYS)


def is_near(deadline: date, today: date, days: int) -> bool:
    """Whether a last day to do something is today or at most so many days ahead."""
    return today <= deadline <= today + timedelta(days=days)


def renewal_stop_deadline(next_invoice: date) -> date:
    """The last day to cancel so that the invoice of `next_invoice` is not issued: L is the day before it."""
    return notice_deadline(next_invoice - timedelta(days=1))


def reduction_dates(
    applied_on: date, wish: date | None = None, rule: ReductionRule = ReductionRule.NOTICE
) -> ReductionDates:
    """From when seats applied for on a day are fewer, at the earliest or as wished for (減数時は20日前が受付期限).

    A wish that comes later than the earliest moves the start to the first 1st on or after it. Under
    `order-cutoff` an application by the 15th takes effect on the next 1st, as the manual's second example has it.
    """
    takes_effect_on = _earliest_last_day(applied_on, rule) + timedelta(days=1)
    if wish is not None:
        takes_effect_on = max(takes_effect_on, wish if wish.day == 1 else next_month_start(wish))
    last_day = takes_effect_on - timedelta(days=1)
    return ReductionDates(applied_on, last_day, takes_effect_on, _deadline(last_day, rule))


def cancellation_dates(applied_on: date, wish: date | None = None) -> CancellationDates:
    """When a contract ends that is cancelled on a day, at the earliest or as wished for (途中解約は20日前が受付期限).

    A wish that comes later than the earliest moves the end to the first month end on or after it.
    """
    ends_on = _earliest_last_day(applied_on, ReductionRule.NOTICE)
    if wish is not None:
        ends_on = max(ends_on, month_end(wish))
    return CancellationDates(applied_on, ends_on, notice_deadline(ends_on))


def _deadline(last_day: date, rule: ReductionRule) -> date:
    if rule is ReductionRule.ORDER_CUTOFF:
        return last_day.replace(day=CUTOFF_DAY)
    return notice_deadline(last_day)


def _earliest_last_day(applied_on: date, rule: ReductionRule) -> date:
    """The first month end whose deadline has not passed on the day of application."""
    last_day = month_end(applied_on)
    while _deadline(last_day, rule) < applied_on:
        last_day = month_end(last_day + timedelta(days=1))
    return last_day

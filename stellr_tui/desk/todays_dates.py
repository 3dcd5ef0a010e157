"""納品及び請求ルール, worked out for today."""

from dataclasses import dataclass

from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.orders import dates_if_sent
from stellr_tui.rules.calendar import (
    CancellationDates,
    OrderDates,
    Plan,
    ReductionDates,
    cancellation_dates,
    reduction_dates,
)
from stellr_tui.rules.policy import ReductionRule


@dataclass(frozen=True, slots=True)
class TodaysDates:
    """What follows from sending an order of each plan today, and from applying today for fewer seats or for the end.

    reduction_rule: how the deadline of the reduction is counted.
    """

    orders: tuple[OrderDates, ...]
    reduction: ReductionDates
    cancellation: CancellationDates
    reduction_rule: ReductionRule


def todays_dates(desk: Desk) -> TodaysDates:
    """The dates for the business date, under the policy, at the earliest."""
    today, rule = read_clock(desk).today, desk.policy.reduction_rule
    return TodaysDates(dates_if_sent(today, Plan), reduction_dates(today, rule=rule), cancellation_dates(today), rule)

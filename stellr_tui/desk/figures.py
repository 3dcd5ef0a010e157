"""Orders and seats over time, month by month, from the order book as it stands (管理と実績)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, extract, func, select
from sqlalchemy.orm import QueryableAttribute, Session

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import permit
from stellr_tui.rules import calendar
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Contract, LotReduction, PurchaseOrder, SeatLot

MONTHS = 24
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month by its 1st, and the day its figures are of: its last day, or today.

    orders: the POs of the month that were not discarded. seats: those in use at the end of that day, which is
    delivered and not at an end.
    """

    month: date
    until: date
    orders: int
    seats: int


def figures_by_month(desk: Desk, by: SignedIn, months: int = MONTHS) -> tuple[MonthFigures, ...]:
    """The figures of this month and at most `months` - 1 before it, the oldest first, from the first order on.

    Nothing where there is no order. Four queries, each with a row for a month and not for a contract.
    """
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        orders = _by_month(session, _orders(by))
        moves = [_by_month(session, query) for query in (_delivered(by, today), _reduced(by, today), _ended(by, today))]
    if not orders:
        return ()
    this_month = _key(today)
    first = max(min(orders), this_month - min(max(months, 1), MOST_MONTHS) + 1)
    # An end is on the last day of a month, so its seats are gone from the following one on.
    delivered, reduced, ended = moves
    gone = {month + 1: seats for month, seats in ended.items()}
    came_before = [month for month in {*delivered, *reduced, *gone} if month < first]
    seats = sum(_moved(month, delivered, reduced, gone) for month in came_before)
    found = []
    for month in range(first, this_month + 1):
        seats += _moved(month, delivered, reduced, gone)
        start = date((month - 1) // 12, (month - 1) % 12 + 1, 1)
        found.append(MonthFigures(start, min(calendar.month_end(start), today), orders.get(month, 0), seats))
    return tuple(found)


def _moved(month: int, delivered: Mapping[int, int], reduced: Mapping[int, int], gone: Mapping[int, int]) -> int:
    return delivered.get(month, 0) - reduced.get(month, 0) - gone.get(month, 0)


def _by_month(session: Session, query: Select[int, int, int]) -> dict[int, int]:
    return {int(year) * 12 + int(month): int(counted) for year, month, counted in session.execute(query)}


def _key(day: date) -> int:
    """A month as a number, which is one more for the next one."""
    return day.year * 12 + day.month


def _orders(by: SignedIn) -> Select[int, int, int]:
    day = PurchaseOrder.created_on
    return (
        select(extract("year", day), extract("month", day), func.count())
        .where(
            PurchaseOrder.account_number == by.account.number,
            PurchaseOrder.contracts.any(Contract.status != Status.DISCARDED),
        )
        .group_by(extract("year", day), extract("month", day))
    )


def _seats(by: SignedIn, day: QueryableAttribute[Any], seats: ColumnElement[int]) -> Select[int, int, int]:
    """Seats of lots that came to be used, by the month of a day."""
    return (
        select(extract("year", day), extract("month", day), func.sum(seats))
        .select_from(SeatLot)
        .join(Contract, Contract.number == SeatLot.contract_number)
        .where(
            Contract.account_number == by.account.number,
            Contract.status.in_((Status.ACTIVE, Status.ENDING, Status.ENDED)),
            Contract.ends_on.is_(None) | (SeatLot.delivered_on <= Contract.ends_on),
        )
        .group_by(extract("year", day), extract("month", day))
    )


def _delivered(by: SignedIn, today: date) -> Select[int, int, int]:
    """What was delivered, with the seats that went later."""
    gone = (
        select(LotReduction.lot_id, func.sum(LotReduction.seats).label("seats"))
        .group_by(LotReduction.lot_id)
        .subquery()
    )
    query = _seats(by, SeatLot.delivered_on, SeatLot.seats + func.coalesce(gone.c.seats, 0))
    return query.outerjoin(gone, gone.c.lot_id == SeatLot.id).where(SeatLot.delivered_on <= today)


def _reduced(by: SignedIn, today: date) -> Select[int, int, int]:
    query = _seats(by, LotReduction.effective_on, LotReduction.__table__.c.seats)
    return query.join(LotReduction, LotReduction.lot_id == SeatLot.id).where(LotReduction.effective_on <= today)


def _ended(by: SignedIn, today: date) -> Select[int, int, int]:
    return _seats(by, Contract.ends_on, SeatLot.__table__.c.seats).where(Contract.ends_on < today)

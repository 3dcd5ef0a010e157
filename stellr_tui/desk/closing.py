"""The business day: what happens by itself on the 20th and on the 1st, once, in order, however often asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from stellr_tui.desk import notices
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.history import record_where
from stellr_tui.desk.invoicing import issue_invoices
from stellr_tui.desk.lots import reduce_what_is_due
from stellr_tui.rules import calendar
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import Approval
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Book, Change, Contract, PurchaseOrder, SeatLot

Watch = Callable[[date, date], bool | None]
"""Is told the day that was just worked and the last one to be; where it says False, that is left for another time."""


@dataclass(slots=True)
class Closed:
    """What happened while days were worked, and through which: how many contracts, changes and invoices.

    A lot counts as parked on every 1st on which it could not be billed.
    """

    through: date
    delivered: int = 0
    added: int = 0
    postponed: int = 0
    reduced: int = 0
    ended: int = 0
    invoices: list[int] = field(default_factory=list)
    parked: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many there were of each kind."""
        return {
            "delivered": self.delivered,
            "added": self.added,
            "postponed": self.postponed,
            "reduced": self.reduced,
            "ended": self.ended,
            "invoices": len(self.invoices),
            "parked": self.parked,
        }


def close_days(desk: Desk, until: date | None = None, watch: Watch | None = None) -> Closed:
    """Work through every day since the last one worked, up to `until` (by default the business date).

    Each working day is one transaction that begins by locking the book, so that several programs may ask at once, and
    that it can be left between any two days. A day that was worked is never worked again.
    """
    goal = until or read_clock(desk).today
    closed = Closed(goal)
    while (day := _next_day(desk, goal)) is not None:
        with desk.store.writing() as session:
            book = session.get_one(Book, 1, with_for_update=True)
            if book.closed_through < day:
                if day != goal or _is_working_day(day):
                    _work(session, desk, day, closed)
                book.closed_through = day
                if book.today is not None and book.today < day:
                    book.today = day
        if watch and watch(day, goal) is False:
            closed.through = day
            break
    return closed


def catch_up(desk: Desk, watch: Watch | None = None) -> Closed | None:
    """Work through the days that have gone by, where the date is the system's; None where it is moved by hand."""
    return None if read_clock(desk).is_training else close_days(desk, None, watch)


def set_clock(desk: Desk, day: date, watch: Watch | None = None) -> Closed:
    """Set the date of a training database: to any day while it holds no order, afterwards only forward.

    Forward, everything happens that happens on the days between. Refused: CLOCK_IS_THE_SYSTEMS, CLOCK_ONLY_FORWARD
    (facts: today).
    """
    with desk.store.writing() as session:
        book = session.get_one(Book, 1, with_for_update=True)
        if book.today is None:
            raise Refused(Finding(Reason.CLOCK_IS_THE_SYSTEMS, "date", day.isoformat()))
        if not session.scalar(select(exists().select_from(PurchaseOrder))):
            book.today = book.closed_through = day
        elif day < book.today:
            raise Refused(Finding(Reason.CLOCK_ONLY_FORWARD, "date", day.isoformat(), {"today": book.today}))
    return close_days(desk, day, watch)


def advance_clock(desk: Desk, day: date, watch: Watch | None = None) -> Closed:
    """Move the date of a training database forward, and only forward, whether it holds an order or not.

    Refused: CLOCK_IS_THE_SYSTEMS, CLOCK_ONLY_FORWARD (facts: earliest or today).
    """
    clock = read_clock(desk)
    if clock.is_training and day < clock.today:
        raise Refused(Finding(Reason.CLOCK_ONLY_FORWARD, "date", day.isoformat(), {"earliest": clock.today}))
    return set_clock(desk, day, watch)


def _next_day(desk: Desk, goal: date) -> date | None:
    """The next day on which something happens, or the goal itself; None once it has been worked."""
    with desk.store.reading() as session:
        through = session.get_one(Book, 1).closed_through
    return next(_days(through, goal), None) if through < goal else None


def _days(through: date, goal: date) -> Iterator[date]:
    day = through + timedelta(days=1)
    while day < goal:
        if _is_working_day(day):
            yield day
        day += timedelta(days=1)
    if day == goal:
        yield goal


def _is_working_day(day: date) -> bool:
    return day.day in (1, calendar.DELIVERY_DAY, calendar.DELIVERY_DAY + 1)


def _work(session: Session, desk: Desk, day: date, closed: Closed) -> None:
    if day.day == calendar.DELIVERY_DAY:
        _deliver(session, desk, day, closed)
    elif day.day == calendar.DELIVERY_DAY + 1:
        _postpone(session, desk, day, closed)
    elif day.day == 1:
        _end(session, desk, day, closed)
        closed.reduced += reduce_what_is_due(session, desk, day)
        issued = issue_invoices(session, desk, day)
        closed.invoices += issued.invoices
        closed.parked += issued.parked
        notices.invoiced(session, desk, issued.invoices, day)


def _deliver(session: Session, desk: Desk, day: date, closed: Closed) -> None:
    """20日メール納品: contracts become active, added seats usable."""
    due: list[ColumnElement[bool]] = [Contract.status == Status.PROVISIONING, Contract.delivered_on <= day]
    if desk.policy.approval is Approval.OPERATOR:
        due.append(Contract.approved_on.is_not(None))
    numbers = list(session.scalars(select(Contract.number).where(*due).order_by(Contract.number)))
    if numbers:
        notices.completed(session, desk, numbers, day)
        record_where(session, desk, due, "delivered", Status.ACTIVE, day)
        session.execute(update(Contract).where(*due).values(status=Status.ACTIVE))
        closed.delivered += len(numbers)
    waiting = [Change.kind == "add", Change.status == "waiting", Change.effective_on <= day]
    added = session.scalars(select(Change.contract_number).where(*waiting)).all()
    if added:
        changed = [Contract.number.in_(select(Change.contract_number).where(*waiting))]
        record_where(session, desk, changed, "added", None, day)
        session.execute(update(Change).where(*waiting).values(status="done"))
        closed.added += len(added)


def _postpone(session: Session, desk: Desk, day: date, closed: Closed) -> None:
    """What an operator has not approved by the end of the 20th is delivered on the next one.

    Also where the policy has changed since: billing must not begin before the delivery.
    """
    due = [Contract.status == Status.PROVISIONING, Contract.delivered_on < day, Contract.approved_on.is_(None)]
    numbers = list(session.scalars(select(Contract.number).where(*due)))
    if not numbers:
        return
    delivered_on = calendar.order_dates(day, Plan.ANNUAL).delivered_on
    record_where(session, desk, due, "postponed", Status.PROVISIONING, day, delivered_on=delivered_on.isoformat())
    for plan in Plan:
        dates = calendar.order_dates(day, plan)
        of_plan = [*due, Contract.plan == plan]
        session.execute(
            update(SeatLot)
            .where(SeatLot.contract_number.in_(select(Contract.number).where(*of_plan)))
            .values(delivered_on=dates.delivered_on, next_invoice_on=dates.first_invoice_on)
        )
        session.execute(update(Contract).where(*of_plan).values(delivered_on=dates.delivered_on))
    closed.postponed += len(numbers)


def _end(session: Session, desk: Desk, day: date, closed: Closed) -> None:
    """The day after L: contracts that were cancelled end, and what was to change after that no longer does."""
    due = [Contract.status == Status.ENDING, Contract.ends_on < day]
    numbers = list(session.scalars(select(Contract.number).where(*due)))
    if not numbers:
        return
    record_where(session, desk, due, "ended", Status.ENDED, day)
    of_contract = [Change.kind == "cancel", Change.status == "waiting", Change.effective_on < day]
    session.execute(update(Change).where(*of_contract).values(status="done"))
    void = [Change.status == "waiting", Change.contract_number.in_(select(Contract.number).where(*due))]
    session.execute(
        update(SeatLot)
        .where(SeatLot.id.in_(select(Change.lot_id).where(Change.lot_id.is_not(None), *void)))
        .values(seats=0, delivered_on=None, next_invoice_on=None)
    )
    session.execute(update(Change).where(*void).values(status="withdrawn", withdrawn_on=day))
    session.execute(update(Contract).where(*due).values(status=Status.ENDED))
    closed.ended += len(numbers)

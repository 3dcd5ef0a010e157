"""Changes of a contract (オーダー⑧): 数量追加, 数量減少, 解約, taking one back; and what each would lead to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from stellr_tui.desk import notices
from stellr_tui.desk.clock import clock_in, held_today
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.history import record
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots import billed_contracts, issued_lines, seats_of
from stellr_tui.desk.people import permit
from stellr_tui.desk.subscriptions import find_contract
from stellr_tui.rules import calendar, fields, money, seats
from stellr_tui.rules.billing import (
    BilledContract,
    BilledLot,
    PlannedReduction,
    forecast,
    last_month_foreseen,
    paid_up_on,
    unrefunded,
)
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.status import Event, Status, after, check_withdrawal
from stellr_tui.store.tables import Change, Contract, EndUser, SeatLot

INVOICES_AHEAD = 3


class Kind(StrEnum):
    """＋数量追加, －数量減少, 解約."""

    ADD = "add"
    REDUCE = "reduce"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """What is applied for: the kind, how many seats (as typed; nothing for 解約), and the day wished for or 最短."""

    kind: Kind
    seats: str | int = ""
    wish: date | None = None


@dataclass(frozen=True, slots=True)
class NextInvoice:
    """What this contract adds to the invoice of a 1st, in yen excluding tax, without the change and with it.

    Only days on which it adds something, with the change or without it.
    """

    issued_on: date
    without: int
    subtotal: int


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change that has been applied for and not taken effect. deadline is the last day to take it back."""

    contract_number: int
    customer_number: int
    company: str
    kind: Kind
    seats: int
    applied_on: date
    takes_effect_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A change and what it leads to.

    takes_effect_on: an addition's delivery, the 1st from which there are fewer seats, the last day of the contract.
    deadline: the last day to apply for just that. next_invoices: the next three that bill this contract.
    unrefunded: what is paid for, or will be by then, of the seats that go, in yen, and paid_until: the last day it is
    paid for. costs_nothing_on: for a cancellation, the last end that is billed no more than the earliest one.
    """

    number: int | None
    contract_number: int
    kind: Kind
    seats: int
    seats_after: int
    applied_on: date
    takes_effect_on: date
    deadline: date
    next_invoices: tuple[NextInvoice, ...] = ()
    unrefunded: int = 0
    paid_until: date | None = None
    costs_nothing_on: date | None = None


def foresee_change(desk: Desk, by: SignedIn, contract_number: int, form: ChangeForm) -> PlannedChange:
    """What a change applied for today would lead to; nothing is stored. Refused as `apply_change`."""
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        return _plan(session, desk, find_contract(session, by, contract_number), form, today)


def apply_change(desk: Desk, by: SignedIn, contract_number: int, form: ChangeForm) -> PlannedChange:
    """送信 of the change wizard.

    Refused: UNKNOWN_CONTRACT, STATUS_FORBIDS, NOT_A_QUANTITY, TOO_FEW_SEATS_LEFT, NO_PRICE for more seats.
    """
    with desk.store.writing() as session:
        permit(session, by)
        today = held_today(session, desk)
        row = find_contract(session, by, contract_number, to_change=True)
        planned = _plan(session, desk, row, form, today)
        change = Change(
            contract_number=row.number,
            kind=planned.kind,
            seats=planned.seats,
            applied_on=planned.applied_on,
            wish=form.wish,
            effective_on=planned.takes_effect_on,
            deadline=planned.deadline,
            status="waiting",
        )
        if planned.kind is Kind.ADD:
            change.lot = _new_lot(desk, row, planned)
        if planned.kind is Kind.CANCEL:
            row.status = after(Status(row.status), Event.CANCEL)
            row.ends_on = planned.takes_effect_on
        session.add(change)
        facts = {"seats": planned.seats, "effective_on": planned.takes_effect_on.isoformat()}
        record(row, desk, by, f"{planned.kind}-applied", planned.applied_on, **facts)
        session.flush()
        notices.changed(session, desk, by, row, change, planned.applied_on)
        return replace(planned, number=change.id)


def foresee_withdrawal(desk: Desk, by: SignedIn, contract_number: int) -> PlannedChange:
    """What taking back the last change today would lead to; nothing is stored. Refused as `withdraw_change`."""
    with desk.store.reading() as session:
        permit(session, by)
        row = find_contract(session, by, contract_number)
        today = clock_in(session, desk).today
        return _withdrawal(session, desk, row, _last_waiting(session, row, today), today)


def withdraw_change(desk: Desk, by: SignedIn, contract_number: int) -> PlannedChange:
    """Take back, of the changes that wait, the last one whose deadline has not passed; that day still counts.

    Once the contract is cancelled that can only be the cancellation, the last thing that was applied for.
    Refused: UNKNOWN_CONTRACT, NOTHING_WAITS, PAST_DEADLINE (facts: deadline).
    """
    with desk.store.writing() as session:
        permit(session, by)
        today = held_today(session, desk)
        row = find_contract(session, by, contract_number, to_change=True)
        change = _last_waiting(session, row, today)
        planned = _withdrawal(session, desk, row, change, today)
        change.status, change.withdrawn_on = "withdrawn", today
        if change.kind == Kind.CANCEL:
            row.status = after(Status(row.status), Event.WITHDRAW_CANCELLATION)
            row.ends_on = None
        if change.lot is not None:
            change.lot.seats, change.lot.delivered_on, change.lot.next_invoice_on = 0, None, None
        kind = "cancellation-withdrawn" if change.kind == Kind.CANCEL else "change-withdrawn"
        facts = {"change": change.kind, "seats": change.seats, "effective_on": change.effective_on.isoformat()}
        record(row, desk, by, kind, today, **facts)
        session.flush()
        notices.changed(session, desk, by, row, change, today)
        return planned


def waiting_changes(
    desk: Desk, by: SignedIn, contract_number: int | None = None, as_of: date | None = None
) -> tuple[WaitingChange, ...]:
    """The changes that wait, of the billing account or of one contract of it; what takes effect first comes first.

    As of a past day, those that waited at its end. Refused: UNKNOWN_CONTRACT.
    """
    query = (
        select(Change, Contract.end_user_number, EndUser.company)
        .join(Contract, Contract.number == Change.contract_number)
        .join(EndUser, EndUser.number == Contract.end_user_number)
        .where(Contract.account_number == by.account.number, *_waits(as_of))
        .order_by(Change.effective_on, Change.id)
    )
    with desk.store.reading() as session:
        permit(session, by)
        if contract_number is not None:
            query = query.where(Change.contract_number == find_contract(session, by, contract_number).number)
        return tuple(
            WaitingChange(
                one.contract_number,
                customer,
                company,
                Kind(one.kind),
                one.seats,
                one.applied_on,
                one.effective_on,
                one.deadline,
            )
            for one, customer, company in session.execute(query)
        )


def _waits(as_of: date | None) -> Sequence[ColumnElement[bool]]:
    if as_of is None:
        return (Change.status == "waiting",)
    return (
        Change.applied_on <= as_of,
        # A contract is still there on its last day; everything else has taken effect on its own.
        (Change.effective_on > as_of) | ((Change.kind == Kind.CANCEL) & (Change.effective_on == as_of)),
        Change.withdrawn_on.is_(None) | (Change.withdrawn_on > as_of),
    )


def _plan(session: Session, desk: Desk, row: Contract, form: ChangeForm, today: date) -> PlannedChange:
    [standing] = billed_contracts(session, Contract.number == row.number) or [BilledContract(())]
    event = {Kind.ADD: Event.ADD, Kind.REDUCE: Event.REDUCE, Kind.CANCEL: Event.CANCEL}[form.kind]
    after(Status(row.status), event)
    match form.kind:
        case Kind.ADD:
            planned, changed = _addition(desk, row, standing, form, today)
        case Kind.REDUCE:
            planned, changed = _reduction(desk, row, standing, form, today)
        case Kind.CANCEL:
            planned, changed = _cancellation(desk, row, standing, form, today)
    planned = replace(planned, next_invoices=_next_invoices(desk, today, standing, changed))
    if form.kind is Kind.ADD:
        return planned
    return _with_what_is_paid(session, desk, planned, standing, changed)


def _with_what_is_paid(
    session: Session, desk: Desk, planned: PlannedChange, standing: BilledContract, changed: BilledContract
) -> PlannedChange:
    """Say of fewer seats, or of an end, what is paid beyond it and not refunded."""
    today = planned.applied_on
    effect = planned.takes_effect_on + timedelta(days=planned.kind is Kind.CANCEL)
    paid = issued_lines(session, planned.contract_number)
    lost = unrefunded(standing, changed, today, effect, desk.tariff, paid)
    return replace(
        planned,
        unrefunded=money.total(line.amount for line in lost),
        paid_until=max((line.last_day for line in lost), default=None),
    )


def _addition(
    desk: Desk, row: Contract, standing: BilledContract, form: ChangeForm, today: date
) -> tuple[PlannedChange, BilledContract]:
    wanted = fields.quantity(form.seats)
    plan = Plan(row.plan)
    dates = calendar.addition_dates(today, plan, form.wish)
    price = desk.price_on(row.sku, today)
    lot = BilledLot(0, row.number, row.sku, plan, wanted, price, today, dates.delivered_on, dates.first_invoice_on)
    planned = PlannedChange(
        None,
        row.number,
        Kind.ADD,
        wanted,
        seats_of(standing.lots) + wanted,
        today,
        dates.delivered_on,
        dates.cutoff_on,
    )
    return planned, replace(standing, lots=(*standing.lots, lot))


def _reduction(
    desk: Desk, row: Contract, standing: BilledContract, form: ChangeForm, today: date
) -> tuple[PlannedChange, BilledContract]:
    wanted = fields.quantity(form.seats)
    there = seats_of(lot for lot in standing.lots if lot.delivered_on <= today)
    pending = sum(one.seats for one in standing.reductions)
    seats.check_reduction(wanted, there, pending, desk.policy.minimum_seats)
    dates = calendar.reduction_dates(today, form.wish, desk.policy.reduction_rule)
    planned = PlannedChange(
        None,
        row.number,
        Kind.REDUCE,
        wanted,
        seats_of(standing.lots) - pending - wanted,
        today,
        dates.takes_effect_on,
        dates.deadline,
    )
    last = max((one.change for one in standing.reductions), default=0)
    reduction = PlannedReduction(last + 1, wanted, dates.takes_effect_on)
    return planned, replace(standing, reductions=(*standing.reductions, reduction))


def _cancellation(
    desk: Desk, row: Contract, standing: BilledContract, form: ChangeForm, today: date
) -> tuple[PlannedChange, BilledContract]:
    dates = calendar.cancellation_dates(today, form.wish)
    earliest = calendar.cancellation_dates(today).ends_on
    planned = PlannedChange(
        None,
        row.number,
        Kind.CANCEL,
        seats_of(standing.lots),
        0,
        today,
        dates.ends_on,
        dates.deadline,
        costs_nothing_on=paid_up_on(standing, today, earliest, desk.tariff),
    )
    return planned, replace(standing, ends_on=dates.ends_on)


def _next_invoices(
    desk: Desk, today: date, standing: BilledContract, changed: BilledContract
) -> tuple[NextInvoice, ...]:
    """The next three invoices that bill this contract, without the change and with it."""
    last = last_month_foreseen(today)
    without, with_it = (forecast([one], today, last, desk.tariff) for one in (standing, changed))
    billed = (
        NextInvoice(
            day,
            money.total(line.amount for line in without[day]),
            money.total(line.amount for line in with_it[day]),
        )
        for day in without
        if without[day] or with_it[day]
    )
    return tuple(islice(billed, INVOICES_AHEAD))


def _new_lot(desk: Desk, row: Contract, planned: PlannedChange) -> SeatLot:
    dates = calendar.order_dates(planned.deadline, Plan(row.plan))
    lot = SeatLot(
        number=max(lot.number for lot in row.lots) + 1,
        seats=planned.seats,
        unit_price=desk.price_on(row.sku, planned.applied_on),
        ordered_on=planned.applied_on,
        delivered_on=dates.delivered_on,
        next_invoice_on=dates.first_invoice_on,
    )
    row.lots.append(lot)
    return lot


def _last_waiting(session: Session, row: Contract, today: date) -> Change:
    """The change that can be taken back. Refused: NOTHING_WAITS, PAST_DEADLINE."""
    waiting = session.scalars(
        select(Change)
        .where(Change.contract_number == row.number, Change.status == "waiting")
        .order_by(Change.id.desc())
    ).all()
    if not waiting:
        raise Refused(Finding(Reason.NOTHING_WAITS, "contract_number", str(row.number)))
    last = waiting[0]
    in_time = (one for one in waiting if today <= one.deadline)
    change = last if last.kind == Kind.CANCEL else next(in_time, last)
    check_withdrawal(today, change.deadline)
    return change


def _withdrawal(session: Session, desk: Desk, row: Contract, change: Change, today: date) -> PlannedChange:
    """What there is once a change that still waits is taken back."""
    [standing] = billed_contracts(session, Contract.number == row.number) or [BilledContract(())]
    left = replace(
        standing,
        lots=tuple(lot for lot in standing.lots if lot.lot != change.lot_id),
        reductions=tuple(one for one in standing.reductions if one.change != change.id),
        ends_on=None,
    )
    return PlannedChange(
        change.id,
        row.number,
        Kind(change.kind),
        change.seats,
        seats_of(left.lots) - sum(one.seats for one in left.reductions),
        change.applied_on,
        change.effective_on,
        change.deadline,
        _next_invoices(desk, today, standing, left),
    )

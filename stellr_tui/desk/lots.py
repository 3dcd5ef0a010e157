"""The seat lots of the book as billing sees them, and the reductions that take seats out of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.history import record_for_each
from stellr_tui.rules.billing import BilledContract, BilledLot, Line, PlannedReduction, reduce_lots
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Change, Contract, InvoiceLine, LotReduction, ParkedLot, SeatLot

RUNNING = (Status.ACTIVE, Status.ENDING)

OWING = Contract.number.in_(select(SeatLot.contract_number).join(ParkedLot, ParkedLot.lot_id == SeatLot.id))
"""Contracts with a lot that could not be billed: they owe that also after their end."""


def billed_lots(session: Session, *which: ColumnElement[bool]) -> dict[int, list[BilledLot]]:
    """The lots that have been sent, of the contracts that are meant, by contract number, in two queries."""
    rows = session.execute(
        select(
            SeatLot.id,
            SeatLot.contract_number,
            Contract.sku,
            Contract.plan,
            SeatLot.seats,
            SeatLot.unit_price,
            SeatLot.ordered_on,
            SeatLot.delivered_on,
            SeatLot.next_invoice_on,
        )
        .join(Contract, Contract.number == SeatLot.contract_number)
        .where(SeatLot.next_invoice_on.is_not(None), *which)
        .order_by(SeatLot.contract_number, SeatLot.number)
    )
    gone = _gone_from_parked(session)
    lots: dict[int, list[BilledLot]] = defaultdict(list)
    for lot, contract, sku, plan, seats, price, ordered_on, delivered_on, next_invoice_on in rows:
        if delivered_on is None or next_invoice_on is None:
            continue
        lots[contract].append(
            BilledLot(
                lot,
                contract,
                sku,
                Plan(plan),
                seats,
                price,
                ordered_on,
                delivered_on,
                next_invoice_on,
                tuple(gone.get(lot, ())),
            )
        )
    return lots


def _gone_from_parked(session: Session) -> dict[int, list[tuple[date, int]]]:
    """What reductions took from the lots that are parked, and when, by lot."""
    rows = session.execute(
        select(LotReduction.lot_id, LotReduction.effective_on, LotReduction.seats).join(
            ParkedLot, ParkedLot.lot_id == LotReduction.lot_id
        )
    )
    gone: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for lot, effective_on, seats in rows:
        gone[lot].append((effective_on, seats))
    return gone


def waiting_reductions(session: Session, *which: ColumnElement[bool]) -> dict[int, list[PlannedReduction]]:
    """The reductions that wait, by contract number, in one query."""
    rows = session.execute(
        select(Change.contract_number, Change.id, Change.seats, Change.effective_on)
        .where(Change.kind == "reduce", Change.status == "waiting", *which)
        .order_by(Change.id)
    )
    reductions: dict[int, list[PlannedReduction]] = defaultdict(list)
    for contract, change, seats, effective_on in rows:
        reductions[contract].append(PlannedReduction(change, seats, effective_on))
    return reductions


def billed_contracts(session: Session, *which: ColumnElement[bool]) -> tuple[BilledContract, ...]:
    """The contracts that are meant, with lots, waiting reductions and last day, in four queries."""
    lots = billed_lots(session, *which)
    chosen = select(Contract.number).where(*which)
    reductions = waiting_reductions(session, Change.contract_number.in_(chosen))
    ends = dict(session.execute(select(Contract.number, Contract.ends_on).where(*which)).all())
    return tuple(
        BilledContract(tuple(those), tuple(reductions.get(number, ())), ends.get(number))
        for number, those in lots.items()
    )


def issued_lines(session: Session, contract_number: int) -> tuple[Line, ...]:
    """The lines that have been invoiced of a contract."""
    rows = session.scalars(select(InvoiceLine).where(InvoiceLine.contract_number == contract_number))
    return tuple(
        Line(one.lot_id, one.contract_number, one.sku, one.seats, one.unit_price, one.first_day, one.last_day)
        for one in rows
    )


def reduce_what_is_due(session: Session, desk: Desk, day: date) -> int:
    """Let the reductions of a 1st take effect, and say how many there were."""
    due = [Change.kind == "reduce", Change.status == "waiting", Change.effective_on == day]
    reductions = waiting_reductions(session, *due)
    if not reductions:
        return 0
    concerned = [Contract.status.in_(RUNNING), Contract.number.in_(select(Change.contract_number).where(*due))]
    lots = billed_lots(session, *concerned)
    taken: list[dict[str, object]] = []
    left: list[dict[str, object]] = []
    for number, those in lots.items():
        after, took = reduce_lots(those, reductions[number], day)
        changed = {one.lot for one in took}
        taken += [{"change_id": one.change, "lot_id": one.lot, "seats": one.seats, "effective_on": day} for one in took]
        left += [{"lot": one.lot, "left": one.seats} for one in after if one.lot in changed]
    if taken:
        session.execute(insert(LotReduction), taken)
        _set_seats(session, left)
    gone = {number: {"seats": sum(one.seats for one in reductions[number])} for number in lots}
    record_for_each(session, desk, concerned, "reduced", day, gone)
    session.execute(update(Change).where(*due).values(status="done"))
    return sum(len(those) for those in reductions.values())


def _set_seats(session: Session, left: list[dict[str, object]]) -> None:
    table = SeatLot.__table__
    session.connection().execute(
        update(SeatLot).where(table.c.id == bindparam("lot")).values(seats=bindparam("left")), left
    )


def seats_of(lots: Iterable[BilledLot]) -> int:
    """How many seats the lots hold together."""
    return sum(lot.seats for lot in lots)

"""The seat lots of a contract as they stood at the end of a day, by its changes and invoices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stellr_tui.desk.standing import Standing
from stellr_tui.rules import calendar
from stellr_tui.rules.billing import BilledLot
from stellr_tui.rules.calendar import Plan
from stellr_tui.store.tables import Change, Contract, Invoice, InvoiceLine, SeatLot


@dataclass(frozen=True, slots=True)
class Lot:
    """The seats of one order or addition, their price in yen and their dates.

    next_invoice_on: the 1st on which it is billed next, or should have been; None where nothing is billed any more.
    """

    number: int
    seats: int
    unit_price: int
    ordered_on: date
    delivered_on: date | None
    next_invoice_on: date | None


def lots_on(session: Session, day: date, contract: Contract, standing: Standing) -> tuple[Lot, ...]:
    """The lots of a contract that were there at the end of a day, given where it stood then."""
    additions = {
        one.lot_id: one
        for one in session.scalars(
            select(Change).where(Change.contract_number == contract.number, Change.kind == "add")
        )
    }
    billed_until = _billed_until(session, day, contract.number)
    return tuple(
        _lot(lot, day, standing, additions.get(lot.id), billed_until.get(lot.id))
        for lot in contract.lots
        if lot.ordered_on <= day
    )


def to_be_billed(contract: Contract, lots: tuple[Lot, ...]) -> Iterator[BilledLot]:
    """Those of the lots that billing still sees."""
    for lot in lots:
        if lot.delivered_on is not None and lot.next_invoice_on is not None:
            yield BilledLot(
                lot.number,
                contract.number,
                contract.sku,
                Plan(contract.plan),
                lot.seats,
                lot.unit_price,
                lot.ordered_on,
                lot.delivered_on,
                lot.next_invoice_on,
            )


def _lot(lot: SeatLot, day: date, standing: Standing, addition: Change | None, billed_until: date | None) -> Lot:
    seats = lot.seats + standing.gone_later.get(lot.id, 0)
    delivered_on = standing.delivered_on
    if addition is not None:
        # What was taken back has lost its seats in the book; until that day it had them.
        is_gone = addition.withdrawn_on is not None and addition.withdrawn_on <= day
        delivered_on = None if is_gone else addition.effective_on
        if addition.withdrawn_on is not None and not is_gone:
            seats = addition.seats
    return Lot(
        lot.number,
        seats,
        lot.unit_price,
        lot.ordered_on,
        delivered_on,
        _next_invoice_on(seats, delivered_on, billed_until, standing.ends_on),
    )


def _next_invoice_on(
    seats: int, delivered_on: date | None, billed_until: date | None, ends_on: date | None
) -> date | None:
    if not seats or delivered_on is None:
        return None
    following = billed_until + timedelta(days=1) if billed_until else calendar.next_month_start(delivered_on)
    return None if ends_on is not None and following > ends_on else following


def _billed_until(session: Session, day: date, contract_number: int) -> dict[int, date]:
    """The last day that had been billed of each lot."""
    rows = session.execute(
        select(InvoiceLine.lot_id, func.max(InvoiceLine.last_day))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.contract_number == contract_number, Invoice.issued_on <= day)
        .group_by(InvoiceLine.lot_id)
    )
    return dict(rows.all())

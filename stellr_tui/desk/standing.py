"""Where contracts stood at the end of a day, by their history and changes alone: a past day never reads otherwise."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stellr_tui.store.tables import Change, ContractEvent, Invoice, InvoiceLine, LotReduction, SeatLot


@dataclass(frozen=True, slots=True)
class NextChange:
    """次の変更: what happens next (`new`), to how many seats and on which day (New 1 Seat 24/03/21)."""

    kind: str
    seats: int
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one contract: its delivery and last day, what happens next, and the seats of its lots that went later.

    invoiced_for is the first day of the latest period that had been invoiced.
    """

    delivered_on: date | None = None
    ends_on: date | None = None
    invoiced_for: date | None = None
    next_change: NextChange | None = None
    gone_later: Mapping[int, int] = field(default_factory=dict)


_TELLING = ("sent", "postponed", "delivered", "sent-back", "cancel-applied", "cancellation-withdrawn")


def standing_on(session: Session, day: date, contracts: Sequence[int]) -> dict[int, Standing]:
    """Where these contracts stood at the end of a day, in four queries; at most a page of them."""
    delivered: dict[int, date | None] = {}
    ends: dict[int, date | None] = {}
    events = session.execute(
        select(ContractEvent.contract_number, ContractEvent.kind, ContractEvent.facts)
        .where(
            ContractEvent.contract_number.in_(contracts),
            ContractEvent.kind.in_(_TELLING),
            ContractEvent.happened_on <= day,
        )
        .order_by(ContractEvent.id)
    )
    for number, kind, facts in events:
        if kind == "sent-back":
            delivered[number] = None
        elif kind == "cancel-applied":
            ends[number] = date.fromisoformat(facts["effective_on"])
        elif kind == "cancellation-withdrawn":
            ends[number] = None
        elif "delivered_on" in facts:
            delivered[number] = date.fromisoformat(facts["delivered_on"])
    changes = _next_changes(session, day, contracts)
    invoiced = _invoiced(session, day, contracts)
    gone = _gone_later(session, day, contracts)
    return {
        number: Standing(
            delivered.get(number), ends.get(number), invoiced.get(number), changes.get(number), gone.get(number, {})
        )
        for number in contracts
    }


def _invoiced(session: Session, day: date, contracts: Sequence[int]) -> dict[int, date]:
    rows = session.execute(
        select(InvoiceLine.contract_number, func.max(InvoiceLine.first_day))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.contract_number.in_(contracts), Invoice.issued_on <= day)
        .group_by(InvoiceLine.contract_number)
    )
    return dict(rows.all())


def _next_changes(session: Session, day: date, contracts: Sequence[int]) -> dict[int, NextChange]:
    rows = session.execute(
        select(Change.contract_number, Change.kind, Change.seats, Change.effective_on)
        .where(
            Change.contract_number.in_(contracts),
            Change.applied_on <= day,
            Change.effective_on > day,
            Change.withdrawn_on.is_(None) | (Change.withdrawn_on > day),
        )
        .order_by(Change.effective_on.desc(), Change.id.desc())
    )
    return {number: NextChange(kind, seats, effective_on) for number, kind, seats, effective_on in rows}


def _gone_later(session: Session, day: date, contracts: Sequence[int]) -> dict[int, dict[int, int]]:
    rows = session.execute(
        select(SeatLot.contract_number, LotReduction.lot_id, LotReduction.seats)
        .join(SeatLot, SeatLot.id == LotReduction.lot_id)
        .where(SeatLot.contract_number.in_(contracts), LotReduction.effective_on > day)
    )
    gone: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, lot, seats in rows:
        gone[number][lot] += seats
    return gone

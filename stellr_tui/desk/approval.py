"""The operator's side: contracts in Manual Provisioning, 承認, and 差戻し with a reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from stellr_tui.desk.clock import held_today
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.history import record
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE
from stellr_tui.desk.people import permit, permit_answer
from stellr_tui.desk.subscriptions import find_contract
from stellr_tui.rules import fields
from stellr_tui.rules.status import Event, Status, after
from stellr_tui.store.tables import Contract


@dataclass(frozen=True, slots=True)
class Queued:
    """A contract that waits for the operator, with its delivery day, and since when it is approved if it is."""

    contract_number: int
    customer_number: int
    company: str
    service: str
    seats: int
    sent_on: date
    delivered_on: date
    approved_on: date | None


def approval_queue(desk: Desk, by: SignedIn, limit: int = MAX_PAGE) -> tuple[Queued, ...]:
    """The contracts in Manual Provisioning, the next delivery first."""
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(
            select(Contract)
            .where(Contract.account_number == by.account.number, Contract.status == Status.PROVISIONING)
            .options(selectinload(Contract.lots), selectinload(Contract.end_user))
            .order_by(Contract.delivered_on, Contract.number)
            .limit(limit)
        ).all()
        return tuple(
            Queued(
                row.number,
                row.end_user_number,
                row.end_user.company,
                row.product_name,
                sum(lot.seats for lot in row.lots),
                row.sent_on,
                row.delivered_on,
                row.approved_on,
            )
            for row in rows
            if row.sent_on is not None and row.delivered_on is not None
        )


def approve(desk: Desk, by: SignedIn, contract_number: int) -> date:
    """承認: the contract becomes active on its delivery day, which is returned; on that day itself at once.

    Refused: OPERATORS_ONLY, UNKNOWN_CONTRACT, STATUS_FORBIDS. Approving twice changes nothing.
    """
    from stellr_tui.desk import notices

    with desk.store.writing() as session:
        permit(session, by)
        permit_answer(session, desk, by, Event.APPROVE)
        today = held_today(session, desk)
        row = find_contract(session, by, contract_number, to_change=True)
        led_to = after(Status(row.status), Event.APPROVE)
        delivered_on = row.delivered_on or today
        if row.approved_on is None:
            row.approved_on = today
            record(row, desk, by, "approved", today, delivered_on=delivered_on.isoformat())
        if delivered_on <= today:
            row.status = led_to
            record(row, desk, by, "delivered", today)
            session.flush()
            notices.completed(session, desk, [row.number], today)
        return delivered_on


def send_back(desk: Desk, by: SignedIn, contract_number: int, reason: str) -> None:
    """差戻し: the reseller has to correct and send again; then the day of the new 送信 counts.

    Refused: OPERATORS_ONLY, UNKNOWN_CONTRACT, STATUS_FORBIDS, and what is no reason (REQUIRED, TOO_LONG,
    CONTROL_CHARACTER).
    """
    why = fields.text(reason, "reason", required=True)
    with desk.store.writing() as session:
        permit(session, by)
        permit_answer(session, desk, by, Event.SEND_BACK)
        today = held_today(session, desk)
        row = find_contract(session, by, contract_number, to_change=True)
        row.status = after(Status(row.status), Event.SEND_BACK)
        row.sent_on = row.delivered_on = row.approved_on = None
        for lot in row.lots:
            lot.delivered_on = lot.next_invoice_on = None
        record(row, desk, by, "sent-back", today, reason=why)
        session.flush()

"""プロビジョニング (オーダー⑥): what the wizard asks for, what sending leads to, and 送信, which completes an order."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from stellr_tui.desk.clock import clock_in, held_today
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.history import record
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import PASSED, Details, Order, dates_if_sent, find_order, order_value
from stellr_tui.desk.people import permit
from stellr_tui.desk.sent_for import settle
from stellr_tui.rules import calendar, fields
from stellr_tui.rules.calendar import OrderDates, Plan
from stellr_tui.rules.findings import Finding, Gathering, Reason
from stellr_tui.rules.policy import Policy, Requirement
from stellr_tui.rules.status import Event, Status, after, needs_action
from stellr_tui.store import tables


@dataclass(frozen=True, slots=True)
class Preview:
    """What follows from sending an order on a day: the dates of each plan in it, and a missed cut-off."""

    sent_on: date
    dates: tuple[OrderDates, ...]
    missed_cutoff: Finding | None


def preview(desk: Desk, by: SignedIn, order_id: int) -> Preview:
    """What follows from sending this order today; with MISSED_CUTOFF if a 15th has passed since it was created."""
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        order = order_value(find_order(session, by, order_id))
    dates = dates_if_sent(today, (one.plan for one in order.contracts))
    missed = calendar.missed_cutoff(order.created_on, today)
    finding = None
    if missed:
        facts = {"created_on": order.created_on, "cutoff_on": missed, "delivered_on": dates[0].delivered_on}
        finding = Finding(Reason.MISSED_CUTOFF, "", today.isoformat(), facts)
    return Preview(today, dates, finding)


def check_details(details: Details, policy: Policy) -> Details:
    """プロビジョニング情報 as it is kept. Refused with every finding of the wizard's first step."""
    gathering = Gathering()
    given_name_needed = policy.given_name is Requirement.REQUIRED
    checked = {
        "given_name": gathering.keep(fields.name, details.given_name, "given_name", required=given_name_needed),
        "family_name": gathering.keep(fields.name, details.family_name, "family_name", required=True),
        "email": gathering.keep(fields.email, details.email, "email"),
        "phone": gathering.keep(fields.phone, details.phone, "phone", check=policy.phone_check),
        "department": gathering.keep(fields.name, details.department, "department"),
    }
    gathering.settle()
    return Details(**{name: value or "" for name, value in checked.items()})


def keep_details(desk: Desk, by: SignedIn, order_id: int, details: Details, passed: int = 0) -> None:
    """次へ and キャンセル of the wizard: what was typed stays with the PO, right or not, and how many steps are passed.

    Refused: UNKNOWN_ORDER.
    """
    with desk.store.writing() as session:
        permit(session, by)
        row = find_order(session, by, order_id, to_change=True)
        if any(needs_action(Status(one.status)) for one in row.contracts):
            row.details = asdict(details) | {PASSED: passed}


def send_provisioning(desk: Desk, by: SignedIn, order_id: int, details: Details) -> Order:
    """送信: the order is complete and counts on today. Pressed twice it is one order: the second changes nothing.

    Refused: what the details lack, UNKNOWN_ORDER, STATUS_FORBIDS for an order that was discarded.
    """
    checked = check_details(details, desk.policy)
    with desk.store.writing() as session:
        permit(session, by)
        today = held_today(session, desk)
        row = find_order(session, by, order_id, to_change=True)
        if any(needs_action(Status(one.status)) or one.status == Status.DISCARDED for one in row.contracts):
            complete(session, desk, by, row, checked, today)
        return order_value(row)


def complete(
    session: Session, desk: Desk, by: SignedIn, row: tables.PurchaseOrder, details: Details, today: date
) -> None:
    """送信 within a transaction that is under way and holds the date: what waits for it goes into Manual Provisioning.

    Of a PO that was sent, only what was sent back waits; the other contracts stay as they are.
    """
    row.details = asdict(details)
    waiting = [one for one in row.contracts if needs_action(Status(one.status))]
    for contract in waiting or row.contracts:
        dates = calendar.order_dates(today, Plan(contract.plan))
        contract.status = after(Status(contract.status), Event.SEND)
        contract.sent_on, contract.delivered_on = today, dates.delivered_on
        settle(contract, row)
        for lot in contract.lots:
            lot.delivered_on, lot.next_invoice_on = dates.delivered_on, dates.first_invoice_on
        record(contract, desk, by, "sent", today, delivered_on=dates.delivered_on.isoformat())
    session.flush()

"""必要なアクション: everything that waits for someone of the billing account, with the last day to do it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from stellr_tui.desk.approval import approval_queue
from stellr_tui.desk.changes import waiting_changes
from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import parked_lots
from stellr_tui.desk.outbox import Letter, mail_in_trouble
from stellr_tui.desk.pages import LARGEST_KEY, MAX_PAGE
from stellr_tui.desk.people import permit
from stellr_tui.desk.renewals import renewals_near
from stellr_tui.rules import calendar
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.rules.policy import Approval
from stellr_tui.rules.status import Status, needs_action
from stellr_tui.store.tables import Contract, ContractEvent, EndUser, PurchaseOrder, SeatLot


class Need(StrEnum):
    """What is to be done, or can still be undone."""

    SEND = "send"
    CORRECT = "correct"
    APPROVE = "approve"
    ADD = "add"
    REDUCE = "reduce"
    CANCEL = "cancel"
    BILL = "bill"
    RENEWAL = "renewal"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that waits.

    by: the last day to do something, and days_left until then; None where that has passed. takes_effect_on: the
    delivery, the change or the invoice that it is about. order_id and po_number: of an order that is to be sent.
    reason: what was typed, finding: what the rules found. A mail that cannot be sent need not be about a contract.
    position: its place among all that waits, from 0.
    """

    need: Need
    by: date | None
    contract_number: int | None = None
    customer_number: int | None = None
    company: str = ""
    seats: int | None = None
    takes_effect_on: date | None = None
    order_id: int | None = None
    po_number: str = ""
    reason: str = ""
    finding: Finding | None = None
    mail: Letter | None = None
    days_left: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Actions:
    """What waits, what has to be done first coming first. counts: how many there are of each kind, shown or not.

    orders: how many POs wait for their provisioning information, and cutoff_on the 15th that they can still make.
    next: behind how many of them further rows are to be asked for; None where these are the last.
    """

    rows: tuple[Action, ...]
    next: int | None
    counts: Mapping[Need, int]
    orders: int
    cutoff_on: date
    days_left: int

    @property
    def total(self) -> int:
        """How many things wait."""
        return sum(self.counts.values())

    @property
    def others(self) -> int:
        """How many of them are not orders to be sent."""
        return self.total - self.counts.get(Need.SEND, 0) - self.counts.get(Need.CORRECT, 0)


def actions_needed(desk: Desk, by: SignedIn, limit: int = MAX_PAGE, after: int = 0) -> Actions:
    """What waits for someone of the billing account: at most `limit` rows behind the first `after`, counted in full."""
    until = after + limit
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        unsent = dict(_count_unsent(session, by))
        orders = session.scalar(select(func.count(Contract.order_id.distinct())).where(*_unsent(by))) or 0
        rows = list(_to_send(session, by, today, until))
    others = [*_approvals(desk, by), *_changes(desk, by, today), *_parked(desk, by, today), *_renewals(desk, by)]
    unsent_mail = mail_in_trouble(desk, by, until)
    rows += [*others, *(Action(Need.MAIL, None, one.contract_number, mail=one) for one in unsent_mail.letters)]
    rows.sort(key=_turn)
    cutoff_on = calendar.cutoff_on(today)
    counts = Counter(unsent) + Counter(one.need for one in others) + Counter({Need.MAIL: unsent_mail.count})
    return Actions(
        rows=tuple(
            replace(one, days_left=(one.by - today).days if one.by else None, position=position)
            for position, one in enumerate(rows[after:until], after)
        ),
        next=until if until < counts.total() else None,
        counts=counts,
        orders=orders,
        cutoff_on=cutoff_on,
        days_left=(cutoff_on - today).days,
    )


def _turn(one: Action) -> tuple[date, bool, int]:
    """What has to be done first comes first; mail has no day and comes last, the newest of it first."""
    return one.by or date.max, one.mail is not None, -one.mail.id if one.mail else one.contract_number or 0


_NEEDS = {Status.PO_CREATED: Need.SEND, Status.SENT_BACK: Need.CORRECT}


def _unsent(by: SignedIn) -> tuple[ColumnElement[bool], ...]:
    waiting = [status for status in Status if needs_action(status)]
    return Contract.account_number == by.account.number, Contract.status.in_(waiting)


def _count_unsent(session: Session, by: SignedIn) -> Iterator[tuple[Need, int]]:
    rows = session.execute(select(Contract.status, func.count()).where(*_unsent(by)).group_by(Contract.status))
    return ((_NEEDS[Status(status)], counted) for status, counted in rows)


def _to_send(session: Session, by: SignedIn, today: date, limit: int) -> Iterator[Action]:
    """Contracts whose provisioning information is still to be sent, those of the oldest order first."""
    seats = select(func.sum(SeatLot.seats)).where(SeatLot.contract_number == Contract.number).scalar_subquery()
    found = session.execute(
        select(
            Contract.number,
            Contract.status,
            Contract.plan,
            Contract.order_id,
            PurchaseOrder.po_number,
            PurchaseOrder.created_on,
            EndUser.number,
            EndUser.company,
            seats,
        )
        .join(PurchaseOrder, PurchaseOrder.id == Contract.order_id)
        .join(EndUser, EndUser.number == Contract.end_user_number)
        .where(*_unsent(by))
        .order_by(Contract.order_id, Contract.number)
        .limit(limit)
    ).all()
    reasons = _reasons(session, by)
    for number, status, plan, order_id, po_number, created_on, customer, company, wanted in found:
        dates = calendar.order_dates(today, Plan(plan))
        missed = calendar.missed_cutoff(created_on, today)
        is_back = Status(status) is Status.SENT_BACK
        yield Action(
            need=_NEEDS[Status(status)],
            by=dates.cutoff_on,
            contract_number=number,
            customer_number=customer,
            company=company,
            seats=wanted,
            takes_effect_on=dates.delivered_on,
            order_id=order_id,
            po_number=po_number,
            reason=reasons.get(number, ""),
            finding=Finding(
                Reason.MISSED_CUTOFF,
                facts={"created_on": created_on, "cutoff_on": missed, "delivered_on": dates.delivered_on},
            )
            if missed and not is_back
            else None,
        )


def _reasons(session: Session, by: SignedIn) -> dict[int, str]:
    """差戻し: what the operator found lacking, by contract number."""
    events = session.execute(
        select(ContractEvent.contract_number, ContractEvent.facts)
        .join(Contract, Contract.number == ContractEvent.contract_number)
        .where(
            Contract.account_number == by.account.number,
            Contract.status == Status.SENT_BACK,
            ContractEvent.kind == "sent-back",
        )
        .order_by(ContractEvent.id)
    )
    return {number: facts["reason"] for number, facts in events}


def _approvals(desk: Desk, by: SignedIn) -> Iterator[Action]:
    if desk.policy.approval is not Approval.OPERATOR:
        return
    for one in approval_queue(desk, by, limit=LARGEST_KEY):
        if one.approved_on is None:
            yield Action(
                need=Need.APPROVE,
                by=one.delivered_on,
                contract_number=one.contract_number,
                customer_number=one.customer_number,
                company=one.company,
                seats=one.seats,
                takes_effect_on=one.delivered_on,
            )


def _changes(desk: Desk, by: SignedIn, today: date) -> Iterator[Action]:
    for one in waiting_changes(desk, by):
        yield Action(
            need=Need(one.kind),
            by=one.deadline if one.deadline >= today else None,
            contract_number=one.contract_number,
            customer_number=one.customer_number,
            company=one.company,
            seats=one.seats,
            takes_effect_on=one.takes_effect_on,
        )


def _parked(desk: Desk, by: SignedIn, today: date) -> Iterator[Action]:
    tried_again_on = calendar.next_month_start(today)
    for one in parked_lots(desk, by):
        yield Action(
            need=Need.BILL,
            by=tried_again_on,
            contract_number=one.contract_number,
            customer_number=one.customer_number,
            company=one.company,
            takes_effect_on=tried_again_on,
            finding=Finding(one.reason, "sku", one.sku, {"day": one.parked_on}),
        )


def _renewals(desk: Desk, by: SignedIn) -> Iterator[Action]:
    for one in renewals_near(desk, by):
        yield Action(
            need=Need.RENEWAL,
            by=one.decide_by,
            contract_number=one.contract_number,
            customer_number=one.customer_number,
            company=one.company,
            seats=one.seats,
            takes_effect_on=one.invoiced_on,
        )

"""Subscriptions: the list of contracts as it is or as it was on a day, and one contract in full (オーダー⑥)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Order, order_value
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind, containing, is_key, literally, words_of
from stellr_tui.desk.people import permit
from stellr_tui.rules import calendar, money
from stellr_tui.rules.calendar import OrderDates, Plan
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import ListTerm
from stellr_tui.rules.status import Status
from stellr_tui.store import tables


@dataclass(frozen=True, slots=True)
class NextChange:
    """次の変更: what happens next (`new`), to how many seats and on which day (New 1 Seat 24/03/21)."""

    kind: str
    seats: int
    on: date


@dataclass(frozen=True, slots=True)
class Subscription:
    """A row of the list of contracts. The amount is 合計価格 in yen, excluding tax, for one period of the plan.

    shown_from and shown_until are what 請求開始/終了 shows under the policy; they and the term are None before 送信.
    """

    contract_number: int
    customer_number: int
    company: str
    sku: str
    service: str
    vendor_code: str
    vendor: str
    plan: Plan
    status: Status
    seats: int
    amount: int
    next_change: NextChange | None
    term_starts_on: date | None
    term_ends_on: date | None
    shown_from: date | None
    shown_until: date | None


@dataclass(frozen=True, slots=True)
class Lot:
    """The seats of one order or addition, their price in yen and their dates."""

    number: int
    seats: int
    unit_price: int
    ordered_on: date
    delivered_on: date | None
    next_invoice_on: date | None


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One line of the history: what, the status it led to, the business date, the moment in UTC, and who."""

    kind: str
    status: Status
    happened_on: date
    happened_at: datetime
    person_name: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubscriptionDetail:
    """One contract in full. `dates` is what its 送信 led to; decide_by is the last day to stop the renewal."""

    subscription: Subscription
    order: Order
    lots: tuple[Lot, ...]
    history: tuple[PastEvent, ...]
    dates: OrderDates | None
    decide_by: date | None


def list_subscriptions(
    desk: Desk,
    by: SignedIn,
    *,
    customer: int | None = None,
    status: Status | None = None,
    searched: str = "",
    as_of: date | None = None,
    after: int | None = None,
    limit: int = PAGE,
) -> Page[Subscription]:
    """Contracts by number, at most 200 a page, as they are or as they were at the end of a past day.

    `searched` stands in the service, the contract or PO number, or what finds the end user. POs that were
    discarded are left out unless their status is asked for.
    """
    size = min(limit, MAX_PAGE)
    query = _query(by, as_of)
    if customer is not None:
        query = query.where(tables.Contract.end_user_number == (customer if is_key(customer) else 0))
    if after is not None:
        query = query.where(tables.Contract.number > behind(after))
    for word in words_of(searched):
        query = query.where(_finds(word))
    status_then = tables.ContractEvent.status if as_of else tables.Contract.status
    query = query.where(status_then == status if status else status_then != Status.DISCARDED)
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.execute(query.limit(size + 1)).all()
        found = tuple(_row(desk, contract, event, as_of) for contract, event in rows[:size])
    return Page(found, found[-1].contract_number if len(rows) > size else None)


def count_subscriptions(desk: Desk, by: SignedIn, customer: int) -> int:
    """合計: how many contracts an end user has, without those discarded."""
    with desk.store.reading() as session:
        permit(session, by)
        return (
            session.scalar(
                select(func.count())
                .select_from(tables.Contract)
                .where(
                    tables.Contract.account_number == by.account.number,
                    tables.Contract.end_user_number == (customer if is_key(customer) else 0),
                    tables.Contract.status != Status.DISCARDED,
                )
            )
            or 0
        )


def subscription(desk: Desk, by: SignedIn, number: int) -> SubscriptionDetail:
    """One contract with its lots, its history and the day to decide something by. Refused: UNKNOWN_CONTRACT."""
    with desk.store.reading() as session:
        permit(session, by)
        row = _find(session, by, number)
        today = clock_in(session, desk).today
        return SubscriptionDetail(
            subscription=_row(desk, row, row.events[-1], None),
            order=order_value(row.order),
            lots=tuple(
                Lot(lot.number, lot.seats, lot.unit_price, lot.ordered_on, lot.delivered_on, lot.next_invoice_on)
                for lot in row.lots
            ),
            history=tuple(
                PastEvent(one.kind, Status(one.status), one.happened_on, one.happened_at, one.person_name, one.facts)
                for one in row.events
            ),
            dates=calendar.order_dates(row.sent_on, Plan(row.plan)) if row.sent_on else None,
            decide_by=_decide_by(row, today, desk.policy.renewal_months),
        )


def _find(session: Session, by: SignedIn, number: int) -> tables.Contract:
    row = session.get(tables.Contract, number) if is_key(number) else None
    if row is None or row.account_number != by.account.number:
        raise Refused(Finding(Reason.UNKNOWN_CONTRACT, "contract_number", str(number)))
    return row


def _query(by: SignedIn, as_of: date | None) -> Select[tables.Contract, tables.ContractEvent]:
    """Contracts with the last event of their history, or the last one until a day."""
    latest = aliased(tables.ContractEvent)
    last_event = select(func.max(latest.id)).where(latest.contract_number == tables.Contract.number)
    if as_of is not None:
        last_event = last_event.where(latest.happened_on <= as_of)
    return (
        select(tables.Contract, tables.ContractEvent)
        .join(tables.ContractEvent, tables.ContractEvent.id == last_event.scalar_subquery())
        .join(tables.EndUser, tables.EndUser.number == tables.Contract.end_user_number)
        .join(tables.PurchaseOrder, tables.PurchaseOrder.id == tables.Contract.order_id)
        .where(tables.Contract.account_number == by.account.number)
        .options(selectinload(tables.Contract.lots), selectinload(tables.Contract.end_user))
        .order_by(tables.Contract.number)
    )


def _finds(word: str) -> ColumnElement[bool]:
    patterns = containing(word)
    # Names and PO numbers stand in the book as they were typed.
    as_typed = {literally(word.lower()), *patterns}
    columns = (
        func.lower(tables.Contract.product_name),
        cast(tables.Contract.number, String),
        func.lower(tables.PurchaseOrder.po_number),
    )
    return or_(
        *(column.like(pattern, escape="\\") for column in columns for pattern in sorted(as_typed)),
        *(tables.EndUser.search_text.like(pattern, escape="\\") for pattern in patterns),
    )


def _row(desk: Desk, row: tables.Contract, event: tables.ContractEvent, as_of: date | None) -> Subscription:
    lots = [lot for lot in row.lots if as_of is None or lot.ordered_on <= as_of]
    seats = sum(lot.seats for lot in lots)
    status = Status(event.status)
    sent = row.sent_on if row.sent_on and (as_of is None or row.sent_on <= as_of) else None
    dates = calendar.order_dates(sent, Plan(row.plan)) if sent else None
    shown: tuple[date | None, date | None] = (None, None)
    change = None
    if dates:
        shown = (dates.term_starts_on, dates.term_ends_on)
        if desk.policy.list_term is ListTerm.BILLING:
            shown = calendar.first_billed_period(dates)
        if status is Status.PROVISIONING:
            change = NextChange("new", seats, dates.term_starts_on)
    return Subscription(
        contract_number=row.number,
        customer_number=row.end_user_number,
        company=row.end_user.company,
        sku=row.sku,
        service=row.product_name,
        vendor_code=row.vendor_code,
        vendor=row.vendor_name,
        plan=Plan(row.plan),
        status=status,
        seats=seats,
        amount=money.total(money.amount(lot.unit_price, lot.seats) for lot in lots),
        next_change=change,
        term_starts_on=dates.term_starts_on if dates else None,
        term_ends_on=dates.term_ends_on if dates else None,
        shown_from=shown[0],
        shown_until=shown[1],
    )


def _decide_by(row: tables.Contract, today: date, renewal_months: int) -> date | None:
    """The last day to stop the next renewal that can still be stopped."""
    if row.sent_on is None:
        return None
    plan = Plan(row.plan)
    invoice = calendar.next_invoice_on(plan, calendar.order_dates(row.sent_on, plan).first_invoice_on)
    while calendar.renewal_stop_deadline(invoice) < today:
        invoice = calendar.next_invoice_on(plan, invoice, renewal_months=renewal_months)
    return calendar.renewal_stop_deadline(invoice)

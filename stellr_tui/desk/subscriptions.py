"""Subscriptions: the list of contracts as it is or as it was on a day, and one contract in full (オーダー⑥)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, TypeVarTuple, Unpack

from sqlalchemy import BigInteger, ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, selectinload

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots_then import Lot, lots_on, to_be_billed
from stellr_tui.desk.orders import Order, order_value
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind, containing, is_key, literally, storable, words_of
from stellr_tui.desk.people import permit
from stellr_tui.desk.sent_for import SentFor, sent_for
from stellr_tui.desk.standing import NextChange, Standing, standing_on
from stellr_tui.rules import calendar, money
from stellr_tui.rules.billing import decide_by
from stellr_tui.rules.calendar import OrderDates, Plan
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import ListTerm
from stellr_tui.rules.status import Status
from stellr_tui.store import tables

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A row of the list of contracts. The amount is 合計価格 in yen, excluding tax, for one period of the plan.

    shown_from and shown_until are what 請求開始/終了 shows under the policy; they and the term are None before 送信.
    is_sample: the catalogue's price of the product is made up, and says so wherever it is shown.
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
    is_sample: bool


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
    """One contract in full. `dates` is what its 送信 led to; decide_by is the last day to stop the renewal.

    past_day: the day at the end of which it stood like this; None where it is as it stands now.
    sent_for: the end user as it was at 送信, None before.
    """

    subscription: Subscription
    order: Order
    lots: tuple[Lot, ...]
    history: tuple[PastEvent, ...]
    dates: OrderDates | None
    decide_by: date | None
    sent_for: SentFor | None
    past_day: date | None = None


class Which(TypedDict, total=False):
    """Which contracts are meant, by what all of them must have.

    `searched` stands in the service, the contract or PO number, or what finds the end user. `as_of` asks for the
    contracts, and for `status`, as they were at the end of that day. POs that were discarded are left out unless
    their status is asked for.
    """

    customer: int | None
    status: Status | None
    plan: Plan | None
    vendor: str | None
    searched: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Totals:
    """合計 of the contracts that are meant on a day: how many, their seats, 合計価格 in yen by plan, excluding tax.

    ended: how many of them have ended; their seats and prices are history, and are not in the sums.
    """

    day: date
    contracts: int
    ended: int
    seats: int
    amounts: Mapping[Plan, int]


def list_subscriptions(
    desk: Desk, by: SignedIn, *, after: int | None = None, limit: int = PAGE, **which: Unpack[Which]
) -> Page[Subscription]:
    """Contracts by number, at most 200 a page, as they are or as they were at the end of a past day."""
    size = min(limit, MAX_PAGE)
    as_of = which.get("as_of")
    query = (
        select(tables.Contract, tables.ContractEvent)
        .where(*_meant(by, which))
        .options(selectinload(tables.Contract.lots), selectinload(tables.Contract.end_user))
        .order_by(tables.Contract.number)
    )
    if after is not None:
        query = query.where(tables.Contract.number > behind(after))
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        # Of a day that is still to come nothing more is known than of today.
        day = min(as_of or today, today)
        rows = session.execute(_joined(query, as_of).limit(size + 1)).all()
        standings = standing_on(session, day, [contract.number for contract, _event in rows[:size]])
        found = tuple(_row(desk, contract, event, day, standings[contract.number]) for contract, event in rows[:size])
    return Page(found, found[-1].contract_number if len(rows) > size else None)


def sum_subscriptions(desk: Desk, by: SignedIn, **which: Unpack[Which]) -> Totals:
    """合計 over all pages of the same list, in one query."""
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        day = min(which.get("as_of") or today, today)
        went_later = (
            select(tables.LotReduction.lot_id, func.sum(tables.LotReduction.seats).label("seats"))
            .where(tables.LotReduction.effective_on > day)
            .group_by(tables.LotReduction.lot_id)
            .subquery()
        )
        seats = tables.SeatLot.seats + func.coalesce(went_later.c.seats, 0)
        has_ended = _status_then(which) == Status.ENDED
        query = (
            select(
                tables.Contract.plan,
                func.count(tables.Contract.number.distinct()),
                func.count(case((has_ended, tables.Contract.number)).distinct()),
                func.sum(case((has_ended, 0), else_=seats)),
                func.sum(case((has_ended, 0), else_=cast(tables.SeatLot.unit_price, BigInteger) * seats)),
            )
            .join(tables.SeatLot, tables.SeatLot.contract_number == tables.Contract.number)
            .outerjoin(went_later, went_later.c.lot_id == tables.SeatLot.id)
            .where(*_meant(by, which), (tables.SeatLot.number == 1) | (tables.SeatLot.delivered_on <= day))
            .group_by(tables.Contract.plan)
            .order_by(tables.Contract.plan)
        )
        rows = session.execute(_joined(query, which.get("as_of"))).all()
    return Totals(
        day=day,
        contracts=sum(contracts for _plan, contracts, *_rest in rows),
        ended=sum(ended for _plan, _contracts, ended, *_rest in rows),
        seats=sum(int(seats) for *_rest, seats, _amount in rows),
        amounts={Plan(plan): int(amount) for plan, contracts, ended, _seats, amount in rows if contracts > ended},
    )


def subscription(desk: Desk, by: SignedIn, number: int, as_of: date | None = None) -> SubscriptionDetail:
    """One contract with its lots, its history and the day to decide something by; as it is or as of a past day.

    Refused: UNKNOWN_CONTRACT, NO_CONTRACT_YET on that day (facts: day, created_on).
    """
    with desk.store.reading() as session:
        permit(session, by)
        row = find_contract(session, by, number)
        today = clock_in(session, desk).today
        day = min(as_of or today, today)
        events = [one for one in row.events if one.happened_on <= day]
        if not events:
            facts = {"day": day, "created_on": row.events[0].happened_on}
            raise Refused(Finding(Reason.NO_CONTRACT_YET, "contract_number", str(number), facts))
        standing = standing_on(session, day, [row.number])[row.number]
        lots = lots_on(session, day, row, standing)
        found = _row(desk, row, events[-1], day, standing)
        return SubscriptionDetail(
            subscription=found,
            order=order_value(row.order),
            lots=lots,
            history=tuple(
                PastEvent(one.kind, Status(one.status), one.happened_on, one.happened_at, one.person_name, one.facts)
                for one in events
            ),
            dates=_dates(events, standing, found.plan),
            decide_by=_decide_by(desk, row, found.status, lots, day),
            past_day=day if day < today else None,
            sent_for=sent_for(row) if standing.delivered_on is not None else None,
        )


def find_contract(session: Session, by: SignedIn, number: int, *, to_change: bool = False) -> tables.Contract:
    """The row of a contract of this billing account; one that is to be changed is locked. Refused: UNKNOWN_CONTRACT."""
    lock = True if to_change else None
    row = session.get(tables.Contract, number, with_for_update=lock) if is_key(number) else None
    if row is None or row.account_number != by.account.number:
        raise Refused(Finding(Reason.UNKNOWN_CONTRACT, "contract_number", str(number)))
    return row


def _joined(query: Select[*Columns], as_of: date | None) -> Select[*Columns]:
    """With what a contract is looked for by: the last event of its history, or the last one until a day."""
    latest = aliased(tables.ContractEvent)
    last_event = select(func.max(latest.id)).where(latest.contract_number == tables.Contract.number)
    if as_of is not None:
        last_event = last_event.where(latest.happened_on <= as_of)
    return (
        query.join(tables.ContractEvent, tables.ContractEvent.id == last_event.scalar_subquery())
        .join(tables.EndUser, tables.EndUser.number == tables.Contract.end_user_number)
        .join(tables.PurchaseOrder, tables.PurchaseOrder.id == tables.Contract.order_id)
    )


def _meant(by: SignedIn, which: Which) -> list[ColumnElement[bool]]:
    """Which contracts are meant, of a query that is `_joined`."""
    meant = [tables.Contract.account_number == by.account.number]
    customer, status, plan = which.get("customer"), which.get("status"), which.get("plan")
    if customer is not None:
        meant.append(tables.Contract.end_user_number == (customer if is_key(customer) else 0))
    if plan is not None:
        meant.append(tables.Contract.plan == plan)
    if (vendor := which.get("vendor")) is not None:
        meant.append(tables.Contract.vendor_code == storable(vendor))
    meant += [_finds(word) for word in words_of(which.get("searched", ""))]
    status_then = _status_then(which)
    meant.append(status_then == status if status else status_then != Status.DISCARDED)
    return meant


def _status_then(which: Which) -> InstrumentedAttribute[str]:
    return tables.ContractEvent.status if which.get("as_of") else tables.Contract.status


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


def _row(desk: Desk, row: tables.Contract, event: tables.ContractEvent, day: date, standing: Standing) -> Subscription:
    """The row as it stood at the end of a day, by what the history says until then."""
    plan = Plan(row.plan)
    seats = {lot.id: lot.seats + standing.gone_later.get(lot.id, 0) for lot in row.lots if _counts(lot, day)}
    term: tuple[date | None, date | None] = (None, None)
    shown = term
    change = standing.next_change
    status = Status(event.status)
    if standing.delivered_on is not None:
        first, last = calendar.term_on(
            day,
            plan,
            standing.delivered_on,
            renewal_months=desk.policy.renewal_months,
            invoiced_for=standing.invoiced_for,
        )
        term = shown = (first, standing.ends_on or last)
        if desk.policy.list_term is ListTerm.BILLING:
            starts_on = calendar.next_month_start(standing.delivered_on)
            shown = (starts_on, standing.ends_on or calendar.billed_until(plan, last))
        if status is Status.PROVISIONING:
            change = NextChange("new", sum(seats.values()), first)
    return Subscription(
        contract_number=row.number,
        customer_number=row.end_user_number,
        company=row.end_user.company,
        sku=row.sku,
        service=row.product_name,
        vendor_code=row.vendor_code,
        vendor=row.vendor_name,
        plan=plan,
        status=status,
        seats=sum(seats.values()),
        amount=money.total(money.amount(lot.unit_price, seats.get(lot.id, 0)) for lot in row.lots),
        next_change=change,
        term_starts_on=term[0],
        term_ends_on=term[1],
        shown_from=shown[0],
        shown_until=shown[1],
        is_sample=desk.catalog.is_sample(row.sku),
    )


def _counts(lot: tables.SeatLot, day: date) -> bool:
    """The seats of the order count from the PO on, added ones from their delivery."""
    return lot.number == 1 or (lot.delivered_on is not None and lot.delivered_on <= day)


def _dates(events: Sequence[tables.ContractEvent], standing: Standing, plan: Plan) -> OrderDates | None:
    """What 送信 led to; a delivery that was put off for want of approval is on its later day."""
    sent_on = next((one.happened_on for one in reversed(events) if one.kind == "sent"), None)
    if sent_on is None or standing.delivered_on is None:
        return None
    cutoff = standing.delivered_on.replace(day=calendar.CUTOFF_DAY)
    return replace(calendar.order_dates(cutoff, plan), sent_on=sent_on)


def _decide_by(desk: Desk, row: tables.Contract, status: Status, lots: tuple[Lot, ...], day: date) -> date | None:
    """The last day to stop the next renewal that can still be stopped; None once nothing is to be decided any more."""
    if status not in (Status.PROVISIONING, Status.ACTIVE):
        return None
    return decide_by(to_be_billed(row, lots), day, desk.policy.renewal_months)

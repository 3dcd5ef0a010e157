"""Invoices: issued on the 1st for that month, one for each billing account, numbered without gaps, never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots import OWING, RUNNING, billed_contracts, billed_lots
from stellr_tui.desk.pages import is_key
from stellr_tui.desk.people import permit
from stellr_tui.desk.subscriptions import find_contract
from stellr_tui.rules import money
from stellr_tui.rules.billing import Line, bill, check_foreseen, forecast
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.store.engine import take_number
from stellr_tui.store.tables import Contract, EndUser, Invoice, InvoiceLine, ParkedLot, PurchaseOrder, SeatLot


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One line of an invoice, with the numbers of the order it stands on. Yen, excluding tax."""

    contract_number: int
    sku: str
    product_name: str
    po_number: str
    end_user_order_number: str
    first_day: date
    last_day: date
    seats: int
    unit_price: int
    amount: int


@dataclass(frozen=True, slots=True)
class IssuedInvoice:
    """請求書. The number is None for one that is only foreseen. Whole yen; month is the 1st it is issued for."""

    number: int | None
    account_number: str
    month: date
    issued_on: date
    subtotal: int
    tax_percent: int
    tax: int
    total: int
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What a 1st brought: the ids of the invoices, and how many lots could not be billed."""

    invoices: tuple[int, ...]
    parked: int


@dataclass(frozen=True, slots=True)
class Parked:
    """必要なアクション: a lot that waits to be billed, since when, and why."""

    contract_number: int
    sku: str
    parked_on: date
    reason: Reason
    customer_number: int
    company: str


@dataclass(frozen=True, slots=True)
class ContractInvoice:
    """What an invoice bills of one contract: the invoice's number and day, and the lines of that contract."""

    number: int
    issued_on: date
    lines: tuple[BilledLine, ...]

    @property
    def amount(self) -> int:
        """The contract's part in yen, excluding tax."""
        return money.total(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Sold:
    """What an invoice line says of a contract."""

    account_number: str
    product_name: str
    po_number: str
    end_user_order_number: str


def issue_invoices(session: Session, desk: Desk, day: date) -> Issued:
    """Issue what is due on a 1st: one invoice for each billing account with a line for each lot that is due.

    A lot that cannot be billed is parked with the reason and does not stop the others; it is tried again on the
    next 1st. No lines, no invoice. The number of statements does not depend on the number of contracts.
    """
    due = billed_lots(session, Contract.status.in_(RUNNING) | OWING, SeatLot.next_invoice_on <= day)
    owing = (Contract.ends_on < day, OWING)
    ended = dict(session.execute(select(Contract.number, Contract.ends_on).where(*owing)).all())
    lots = [lot for those in due.values() for lot in those]
    lines: list[Line] = []
    following: dict[int, date] = {}
    parked: dict[int, ParkedLot] = {}
    for lot in lots:
        try:
            billed, its = bill(lot, day, desk.tariff, ended.get(lot.contract))
        except Refused as refused:
            reason = refused.findings[0].reason
            parked[lot.lot] = ParkedLot(lot_id=lot.lot, parked_on=day, reason=reason, sku=lot.sku)
            continue
        lines.extend(its)
        following[lot.lot] = billed.next_invoice_on
    _move_on(session, following)
    _park(session, following.keys(), parked)
    return Issued(_store(session, desk, day, lines), len(parked))


def list_invoices(desk: Desk, by: SignedIn, month: date | None = None) -> tuple[IssuedInvoice, ...]:
    """The invoices of the billing account, the newest first, or the one of a month (any day of it)."""
    query = (
        select(Invoice)
        .where(Invoice.account_number == by.account.number)
        .options(selectinload(Invoice.lines))
        .order_by(Invoice.number.desc())
    )
    if month is not None:
        query = query.where(Invoice.month == month.replace(day=1))
    with desk.store.reading() as session:
        permit(session, by)
        return tuple(_value(row) for row in session.scalars(query))


def read_invoice(desk: Desk, by: SignedIn, number: int) -> IssuedInvoice:
    """One invoice of the billing account by its number. Refused: UNKNOWN_INVOICE."""
    with desk.store.reading() as session:
        permit(session, by)
        row = None
        if is_key(number):
            row = session.scalar(
                select(Invoice).where(Invoice.account_number == by.account.number, Invoice.number == number)
            )
        if row is None:
            raise Refused(Finding(Reason.UNKNOWN_INVOICE, "invoice", str(number)))
        return _value(row)


def invoices_of(
    desk: Desk, by: SignedIn, contract_number: int, as_of: date | None = None
) -> tuple[ContractInvoice, ...]:
    """What the invoices bill of one contract, the oldest first; as of a past day, those issued until then.

    Refused: UNKNOWN_CONTRACT.
    """
    with desk.store.reading() as session:
        permit(session, by)
        contract = find_contract(session, by, contract_number).number
        until = () if as_of is None else (Invoice.issued_on <= as_of,)
        invoices = session.scalars(
            select(Invoice)
            .where(
                *until, Invoice.id.in_(select(InvoiceLine.invoice_id).where(InvoiceLine.contract_number == contract))
            )
            .options(selectinload(Invoice.lines.and_(InvoiceLine.contract_number == contract)))
            .order_by(Invoice.number)
        )
        return tuple(ContractInvoice(one.number, one.issued_on, tuple(map(billed_line, one.lines))) for one in invoices)


def foresee_invoice(desk: Desk, by: SignedIn, month: date) -> IssuedInvoice | None:
    """What the run of a future 1st will issue if nothing else is applied for; None if nothing is due then.

    month: any day of it. A month that has been worked through is not foreseen but read: then Refused (PAST_MONTH),
    as is one that lies too far ahead (TOO_FAR_AHEAD).
    """
    day = month.replace(day=1)
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        check_foreseen(day, today)
        of_account = (Contract.account_number == by.account.number, Contract.status.in_(_FORESEEN) | OWING)
        contracts = billed_contracts(session, *of_account)
        lines = forecast(contracts, today, day, desk.tariff)[day]
        sold = _sold(session, {line.contract for line in lines})
    if not lines:
        return None
    return _foreseen(desk, by.account.number, day, lines, sold)


def parked_lots(desk: Desk, by: SignedIn) -> tuple[Parked, ...]:
    """What could not be billed, and why."""
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.execute(
            select(
                SeatLot.contract_number,
                ParkedLot.sku,
                ParkedLot.parked_on,
                ParkedLot.reason,
                EndUser.number,
                EndUser.company,
            )
            .join(SeatLot, SeatLot.id == ParkedLot.lot_id)
            .join(Contract, Contract.number == SeatLot.contract_number)
            .join(EndUser, EndUser.number == Contract.end_user_number)
            .where(Contract.account_number == by.account.number)
            .order_by(ParkedLot.parked_on, ParkedLot.lot_id)
        )
        return tuple(
            Parked(number, sku, day, Reason(reason), customer, company)
            for number, sku, day, reason, customer, company in rows
        )


# What is not yet delivered will be by then.
_FORESEEN = ("provisioning", *RUNNING)


def _move_on(session: Session, following: Mapping[int, date]) -> None:
    if following:
        table = SeatLot.__table__
        statement = update(SeatLot).where(table.c.id == bindparam("lot"))
        session.connection().execute(
            statement.values(next_invoice_on=bindparam("following")),
            [{"lot": lot, "following": on} for lot, on in following.items()],
        )


def _park(session: Session, billed: AbstractSet[int], parked: Mapping[int, ParkedLot]) -> None:
    """What has been billed is parked no longer; what could not be billed again keeps its first day."""
    waiting = {row.lot_id: row for row in session.scalars(select(ParkedLot))}
    if mended := waiting.keys() & billed:
        table = ParkedLot.__table__
        # Of lots there can be more than a statement may name: one statement, and its values lot by lot.
        statement = delete(ParkedLot).where(table.c.lot_id == bindparam("lot"))
        session.connection().execute(statement, [{"lot": lot} for lot in sorted(mended)])
    for lot, row in parked.items():
        if lot in waiting:
            waiting[lot].reason = row.reason
        else:
            session.add(row)
    session.flush()


def _store(session: Session, desk: Desk, day: date, lines: Sequence[Line]) -> tuple[int, ...]:
    sold = _sold(session, {line.contract for line in lines})
    by_account: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_account[sold[line.contract].account_number].append(line)
    issued: list[int] = []
    rows: list[dict[str, object]] = []
    for account in sorted(by_account):
        its = by_account[account]
        foreseen = _foreseen(desk, account, day, its, sold)
        row = Invoice(
            account_number=account,
            number=take_number(session, f"invoice {account}"),
            month=day,
            issued_on=day,
            subtotal=foreseen.subtotal,
            tax_percent=foreseen.tax_percent,
            tax=foreseen.tax,
            total=foreseen.total,
            line_count=len(its),
        )
        session.add(row)
        session.flush()
        issued.append(row.id)
        rows += [
            {
                "invoice_id": row.id,
                "position": position,
                "lot_id": line.lot,
                "contract_number": line.contract,
                "sku": line.sku,
                "product_name": sold[line.contract].product_name,
                "po_number": sold[line.contract].po_number,
                "end_user_order_number": sold[line.contract].end_user_order_number,
                "first_day": line.first_day,
                "last_day": line.last_day,
                "seats": line.seats,
                "unit_price": line.unit_price,
                "amount": line.amount,
            }
            for position, line in enumerate(its, 1)
        ]
    if rows:
        session.connection().execute(insert(InvoiceLine), rows)
    return tuple(issued)


def _foreseen(desk: Desk, account: str, day: date, lines: Sequence[Line], sold: Mapping[int, _Sold]) -> IssuedInvoice:
    """An invoice of these lines: its sum, and the tax once on it, rounded down."""
    subtotal = money.total(line.amount for line in lines)
    percent = desk.policy.tax_percent_on(day)
    tax = money.consumption_tax(subtotal, percent)
    return IssuedInvoice(
        number=None,
        account_number=account,
        month=day,
        issued_on=day,
        subtotal=subtotal,
        tax_percent=percent,
        tax=tax,
        total=subtotal + tax,
        lines=tuple(
            BilledLine(
                line.contract,
                line.sku,
                sold[line.contract].product_name,
                sold[line.contract].po_number,
                sold[line.contract].end_user_order_number,
                line.first_day,
                line.last_day,
                line.seats,
                line.unit_price,
                line.amount,
            )
            for line in lines
        ),
    )


def _sold(session: Session, contracts: Iterable[int]) -> dict[int, _Sold]:
    """What was sold, by contract number, in one query: those that are billed on a day are too many to be named."""
    wanted = set(contracts)
    rows = session.execute(
        select(
            Contract.number,
            Contract.account_number,
            Contract.product_name,
            PurchaseOrder.po_number,
            PurchaseOrder.end_user_order_number,
        )
        .join(PurchaseOrder, PurchaseOrder.id == Contract.order_id)
        .where(Contract.sent_on.is_not(None))
    )
    return {number: _Sold(*rest) for number, *rest in rows if number in wanted}


def _value(row: Invoice) -> IssuedInvoice:
    return IssuedInvoice(
        number=row.number,
        account_number=row.account_number,
        month=row.month,
        issued_on=row.issued_on,
        subtotal=row.subtotal,
        tax_percent=row.tax_percent,
        tax=row.tax,
        total=row.total,
        lines=tuple(map(billed_line, row.lines)),
    )


def billed_line(row: InvoiceLine) -> BilledLine:
    """The row as a plain value."""
    return BilledLine(
        row.contract_number,
        row.sku,
        row.product_name,
        row.po_number,
        row.end_user_order_number,
        row.first_day,
        row.last_day,
        row.seats,
        row.unit_price,
        row.amount,
    )

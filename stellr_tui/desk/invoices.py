"""Invoices to be read: the list a page at a time, and the invoice of any month, issued or still to come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import BilledLine, IssuedInvoice, billed_line, foresee_invoice
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind, is_key
from stellr_tui.desk.people import permit
from stellr_tui.rules import calendar
from stellr_tui.rules.billing import last_month_foreseen
from stellr_tui.store.tables import Invoice, InvoiceLine


@dataclass(frozen=True, slots=True)
class InvoiceHead:
    """An invoice without its lines. The number is None for one that is only foreseen. Whole yen."""

    number: int | None
    month: date
    issued_on: date
    lines: int
    subtotal: int
    tax_percent: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line with its place on the invoice, from 1. is_sample: its price is made up, and says so."""

    position: int
    line: BilledLine
    is_sample: bool


@dataclass(frozen=True, slots=True)
class MonthOfInvoices:
    """What a month brings or brought: its invoice, if one is due, and the months beside it.

    is_foreseen: it is still to come, so nothing is issued; then foreseen_lines are its lines, else they are read by
    `invoice_lines`. following is None where nothing further ahead is foreseen.
    """

    month: date
    is_foreseen: bool
    head: InvoiceHead | None
    foreseen_lines: tuple[NumberedLine, ...]
    previous: date
    following: date | None


def invoice_heads(desk: Desk, by: SignedIn, *, before: int | None = None, limit: int = PAGE) -> Page[InvoiceHead]:
    """The issued invoices of the billing account, the newest first, at most 200 a page and without their lines."""
    size = min(limit, MAX_PAGE)
    lines = select(func.count()).where(InvoiceLine.invoice_id == Invoice.id).scalar_subquery()
    query = select(Invoice, lines).where(Invoice.account_number == by.account.number).order_by(Invoice.number.desc())
    if before is not None:
        query = query.where(Invoice.number < (before if is_key(before) else 0))
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.execute(query.limit(size + 1)).all()
        found = tuple(_head(row, count) for row, count in rows[:size])
    return Page(found, found[-1].number if len(rows) > size else None)


def invoice_of_month(desk: Desk, by: SignedIn, month: date | None = None) -> MonthOfInvoices:
    """The invoice of a month (any day of it; by default the next that comes), as issued or as it is foreseen.

    Refused: TOO_FAR_AHEAD.
    """
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        first = calendar.month_start(month) if month else calendar.next_month_start(today)
        row = session.execute(
            select(Invoice, select(func.count()).where(InvoiceLine.invoice_id == Invoice.id).scalar_subquery()).where(
                Invoice.account_number == by.account.number, Invoice.month == first
            )
        ).first()
        head = _head(*row) if row else None
    is_foreseen = head is None and first > today
    foreseen = foresee_invoice(desk, by, first) if is_foreseen else None
    following = calendar.next_month_start(first)
    return MonthOfInvoices(
        month=first,
        is_foreseen=is_foreseen,
        head=_foreseen_head(foreseen) if foreseen else head,
        foreseen_lines=tuple(
            NumberedLine(position, line, desk.catalog.is_sample(line.sku))
            for position, line in enumerate(foreseen.lines if foreseen else (), 1)
        ),
        previous=calendar.previous_month_start(first),
        following=following if following <= last_month_foreseen(today) else None,
    )


def invoice_lines(
    desk: Desk, by: SignedIn, number: int, *, after: int | None = None, limit: int = PAGE
) -> Page[NumberedLine]:
    """The lines of an issued invoice in their order, at most 200 a page; none of an invoice that is not known."""
    size = min(limit, MAX_PAGE)
    query = (
        select(InvoiceLine)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.account_number == by.account.number, Invoice.number == (number if is_key(number) else 0))
        .order_by(InvoiceLine.position)
    )
    if after is not None:
        query = query.where(InvoiceLine.position > behind(after))
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(query.limit(size + 1)).all()
        found = tuple(
            NumberedLine(row.position, billed_line(row), desk.catalog.is_sample(row.sku)) for row in rows[:size]
        )
    return Page(found, found[-1].position if len(rows) > size else None)


def _head(row: Invoice, lines: int) -> InvoiceHead:
    return InvoiceHead(row.number, row.month, row.issued_on, lines, row.subtotal, row.tax_percent, row.tax, row.total)


def _foreseen_head(one: IssuedInvoice) -> InvoiceHead:
    return InvoiceHead(
        None, one.month, one.issued_on, len(one.lines), one.subtotal, one.tax_percent, one.tax, one.total
    )

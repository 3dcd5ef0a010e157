"""Many orders from one sheet, in one transaction: all of them or none, and none of them twice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUserForm
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.order_sheet import OrderRow, OrderRows, cell_at, group_rows
from stellr_tui.desk.people import permit
from stellr_tui.desk.submission import (
    Submitted,
    digest_of,
    earlier_answer,
    place_and_send,
    warnings_on_document,
    without_numbers,
)
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.store import tables

_KEY = "import "


@dataclass(frozen=True, slots=True)
class ImportedOrder:
    """The order that some rows made: their numbers, its answer, and whether it had been imported before."""

    rows: tuple[int, ...]
    answer: Submitted
    is_again: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought, or would bring. The warnings stand at their cells (`rows.7.po_number`)."""

    orders: tuple[ImportedOrder, ...]
    warnings: tuple[Finding, ...]

    @property
    def rows(self) -> int:
        """How many rows were accepted."""
        return sum(len(one.rows) for one in self.orders)


class _TriedOut(Exception):
    """Carries the answer of a dry run out of the transaction that is taken back."""

    def __init__(self, answer: Imported) -> None:
        self.answer = answer


def import_orders(desk: Desk, by: SignedIn, rows: Iterable[OrderRow], *, dry_run: bool = False) -> Imported:
    """Place every order of a sheet and send its provisioning information, or nothing at all.

    An order that was imported before, with the same PO number and the same contents, is answered as it was then and
    not placed again. Rows that name the same new end user make one. A dry run passes through every rule and leaves
    no trace. Refused: every finding of every row, at its cell (`rows.7.seats`).
    """
    orders = group_rows(rows)
    try:
        try:
            return _import(desk, by, orders, dry_run=dry_run)
        except IntegrityError:
            # The same orders came in from elsewhere at the same moment and were first: their answers stand now.
            return _import(desk, by, orders, dry_run=dry_run)
    except _TriedOut as tried:
        return tried.answer


def _import(desk: Desk, by: SignedIn, orders: tuple[OrderRows, ...], *, dry_run: bool) -> Imported:
    warnings = {id(one): warnings_on_document(desk, by, one.document) for one in orders}
    findings: list[Finding] = []
    done: list[ImportedOrder] = []
    unusual: list[Finding] = []
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        known: dict[EndUserForm, int] = {}
        for one in orders:
            found = list(one.findings)
            try:
                answered = _answer(session, desk, by, one, known)
            except Refused as refused:
                found += _mapped(one, refused.findings)
            findings += _each_once(found)
            if found:
                continue
            done.append(answered)
            if not answered.is_again:
                unusual += (one.at_its_row(warning) for warning in warnings[id(one)])
        if findings:
            raise Refused(*sorted(findings, key=lambda finding: cell_at(finding.field)[0]))
        if dry_run:
            raise _TriedOut(Imported(tuple(_only_tried(one) for one in done), tuple(unusual)))
    return Imported(tuple(done), tuple(unusual))


def _answer(session: Session, desk: Desk, by: SignedIn, one: OrderRows, known: dict[EndUserForm, int]) -> ImportedOrder:
    document = one.document
    numbers = tuple(row.number for row in one.rows)
    key = _KEY + digest_of(document)
    earlier = earlier_answer(session, by, document, key)
    if earlier is None:
        return ImportedOrder(numbers, place_and_send(session, desk, by, document, key, known), is_again=False)
    if document.new_customer is not None:
        submission = session.get_one(tables.Submission, (by.account.number, key))
        order = session.get_one(tables.PurchaseOrder, submission.order_id)
        known[document.new_customer] = order.end_user_number
    return ImportedOrder(numbers, earlier, is_again=True)


def _only_tried(one: ImportedOrder) -> ImportedOrder:
    """The order without the numbers it got and lost again; one that was there before keeps its own."""
    return one if one.is_again else replace(one, answer=without_numbers(one.answer))


def _mapped(one: OrderRows, findings: Iterable[Finding]) -> Iterable[Finding]:
    for finding in findings:
        placed = one.at_its_row(finding)
        if finding.reason is Reason.UNKNOWN_CUSTOMER:
            # As it stands in the cell, which may be no number at all.
            number, column = cell_at(placed.field)
            row = next(row for row in one.rows if row.number == number)
            placed = replace(placed, given=row.cell(column))
        yield placed


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each cell: what could not be read is missing to the rules as well."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        kept.setdefault(finding.field, finding)
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """What a dry run found: what the import would bring, or every finding at its cell that keeps it from that."""

    imported: Imported | None
    findings: tuple[Finding, ...] = ()


def check_orders(desk: Desk, by: SignedIn, rows: Iterable[OrderRow]) -> Checked:
    """A dry run whose refusal is an answer, for a sheet that is being mended."""
    try:
        return Checked(import_orders(desk, by, rows, dry_run=True))
    except Refused as refused:
        return Checked(None, refused.findings)

"""The sheet of many orders: its columns, its rows as order documents, and an empty one to fill in.

Each row is one order line. Rows with the same PO number are one order, wherever they stand: what belongs to the order
and not to the line need stand in one of them, and must be the same where it stands in more.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stellr_tui.desk.document import OrderDocument
from stellr_tui.reference.field_labels import field_label, label_in
from stellr_tui.reference.sheet_files import Heading, write_template
from stellr_tui.reference.sheet_reading import read_sheet_file
from stellr_tui.reference.texts import LANGUAGES, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

REQUIRED = ("po_number", "sku", "seats")
OF_LINE = ("sku", "seats")
OF_NEW_CUSTOMER = (
    "company",
    "company_kana",
    "location",
    "postal_code",
    "prefecture",
    "city",
    "address1",
    "address2",
    "contact.name",
    "contact.phone",
    "contact.email",
    "security_contact.name",
    "security_contact.phone",
    "security_contact.email",
)
COLUMNS = (
    "po_number",
    "sku",
    "seats",
    "customer_number",
    *OF_NEW_CUSTOMER,
    "end_user_order_number",
    "department",
)
"""The columns by the names of their fields, in the order of an empty sheet."""

_WIDE = {"company": 28, "company_kana": 28, "address1": 28, "contact.email": 26}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A row: its number in the sheet, and what stands in its cells, by the names of the columns."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What stands in a column; nothing where there is no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class OrderRows:
    """The rows of one order, with the document that they make and what cannot be read of it."""

    rows: tuple[OrderRow, ...]
    document: OrderDocument
    findings: tuple[Finding, ...]

    def at_its_row(self, finding: Finding) -> Finding:
        """A finding of the document at the cell it speaks of: `lines.2.seats` is `rows.7.seats`."""
        name = finding.field
        line = re.fullmatch(r"lines\.([0-9]+)\.(\w+)", name)
        if line:
            return finding.at(place_of(self.rows[int(line[1]) - 1], line[2]))
        column = "customer_number" if name == "customer" else name.removeprefix("customer.")
        row = next((one for one in self.rows if one.cell(column)), self.rows[0])
        return finding.at(place_of(row, column))


def place_of(row: OrderRow, column: str) -> str:
    """The name of a cell, as findings carry it."""
    return f"rows.{row.number}.{column}"


def cell_at(place: str) -> tuple[int, str]:
    """The row and the column of a cell by its name; (0, "") for what is no cell."""
    found = re.fullmatch(r"rows\.([0-9]+)\.(.+)", place)
    return (int(found[1]), found[2]) if found else (0, "")


def read_order_sheet(file: str) -> tuple[OrderRow, ...]:
    """The rows of a sheet of orders, CSV or XLSX. Its first row names the columns, by label or by field.

    Refused, of the field `file`: as `read_sheet_file`; UNKNOWN_COLUMN, MISSING_COLUMN, COLUMN_TWICE.
    """
    rows = read_sheet_file(file)
    columns = _columns(rows[0].cells if rows else ())
    found = []
    for row in rows[1:]:
        for name, cell in zip(columns, row.cells, strict=False):
            if cell and not name:
                raise Refused(_unknown_column(cell))
        if beyond := [cell for cell in row.cells[len(columns) :] if cell]:
            raise Refused(_unknown_column(beyond[0]))
        found.append(OrderRow(row.number, {name: cell for name, cell in zip(columns, row.cells, strict=False) if name}))
    return tuple(found)


def group_rows(rows: Iterable[OrderRow]) -> tuple[OrderRows, ...]:
    """The rows as orders, in the order in which their first rows stand. A row without a PO number is one by itself."""
    groups: dict[object, list[OrderRow]] = {}
    for row in rows:
        po_number = _kept(row.cell("po_number"))
        groups.setdefault(po_number or row.number, []).append(row)
    return tuple(_read(tuple(group)) for group in groups.values())


def write_order_template(file: str) -> Path:
    """An empty sheet with the columns, in the language spoken now; `＊` marks what every row needs.

    Refused: as `write_template`.
    """
    return write_template(file, _("オーダー"), [Heading(_heading(name), _WIDE.get(name, 18)) for name in COLUMNS])


def _heading(name: str) -> str:
    return f"＊ {field_label(name)}" if name in REQUIRED else field_label(name)


def _columns(headings: Sequence[str]) -> list[str]:
    """The names of the columns that these words stand above; nothing above a column that has none."""
    known = _by_heading()
    columns = [known.get(_plain(one), "") for one in headings]
    findings = [_unknown_column(one) for one, name in zip(headings, columns, strict=True) if one and not name]
    # A sheet without headings would else be told of each of its cells.
    findings = findings[:1] if not any(columns) else findings
    for name in COLUMNS:
        facts = {"key": field_label(name)}
        if columns.count(name) > 1:
            findings.append(Finding(Reason.COLUMN_TWICE, "file", "", facts))
        if name in REQUIRED and name not in columns:
            findings.append(Finding(Reason.MISSING_COLUMN, "file", "", facts))
    if findings:
        raise Refused(*findings)
    return columns


def _by_heading() -> Mapping[str, str]:
    known = {_plain(name): name for name in COLUMNS}
    for language in LANGUAGES:
        known |= {_plain(label_in(language, name)): name for name in COLUMNS}
    return known


def _plain(heading: str) -> str:
    """A heading without what tells nothing: blanks, case, width, and the star of a required one."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", heading).casefold())


def _unknown_column(heading: str) -> Finding:
    allowed = ", ".join(field_label(name) for name in COLUMNS)
    return Finding(Reason.UNKNOWN_COLUMN, "file", heading, {"key": heading, "allowed": allowed})


def _read(rows: tuple[OrderRow, ...]) -> OrderRows:
    findings: list[Finding] = []
    cells: dict[str, str] = {}
    for column in COLUMNS:
        if column not in OF_LINE:
            cells[column] = _agreed(rows, column, findings)
    written: dict[str, Any] = {name: cells[name] for name in ("po_number", "end_user_order_number", "department")}
    new = [name for name in OF_NEW_CUSTOMER if cells[name]]
    if number := cells["customer_number"]:
        if new:
            row = next(row for row in rows if row.cell("customer_number"))
            facts = {"columns": ", ".join(field_label(name) for name in new)}
            findings.append(Finding(Reason.NUMBER_AND_NEW, place_of(row, "customer_number"), number, facts))
        # What is no number is no end user's either.
        typed = fields.half_width(number)
        written["customer"] = int(typed) if re.fullmatch(r"[0-9]{1,18}", typed) else 0
    elif new:
        written["customer"] = _new_customer(cells)
    written["lines"] = [{"sku": fields.half_width(row.cell("sku")).strip(), "seats": row.cell("seats")} for row in rows]
    document, unread = OrderDocument.read(written)
    read = OrderRows(rows, document, ())
    return OrderRows(rows, document, (*findings, *(read.at_its_row(one) for one in unread)))


def _agreed(rows: Sequence[OrderRow], column: str, findings: list[Finding]) -> str:
    """What the rows of an order say in a column; a row that says something else is found."""
    said = [row for row in rows if row.cell(column)]
    for row in said[1:]:
        if _kept(row.cell(column)) != _kept(said[0].cell(column)):
            facts = {"row": said[0].number, "other": said[0].cell(column)}
            findings.append(Finding(Reason.ROWS_DISAGREE, place_of(row, column), row.cell(column), facts))
    return said[0].cell(column) if said else ""


def _kept(cell: str) -> str:
    """What of a cell tells it from another."""
    return unicodedata.normalize("NFC", cell).strip()


def _new_customer(cells: Mapping[str, str]) -> dict[str, Any]:
    table: dict[str, Any] = {"contact": {}, "security_contact": {}}
    for name in OF_NEW_CUSTOMER:
        group, dot, within = name.partition(".")
        if dot:
            table[group][within] = cells[name]
        else:
            table[name] = cells[name]
    return table

"""Lists as files for spreadsheets, CSV or XLSX by the file's ending, written a row at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from stellr_tui.reference.csv_text import BYTE_ORDER_MARK, Cell, begins_formula, csv_lines
from stellr_tui.reference.new_file import new_file
from stellr_tui.rules.findings import Finding, Reason, Refused

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CSV, XLSX = ".csv", ".xlsx"
ENDINGS = (CSV, XLSX)

SHEET_ROWS = 1_048_576
"""What one sheet of a workbook holds, its heading included; a longer list goes on in a further sheet."""

_TITLE_LIMIT = 31


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column, and how wide that is in a workbook, in characters."""

    words: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its whole path, and how many rows it holds below the heading."""

    path: Path
    rows: int


def ending_of(file: str, allowed: Sequence[str]) -> str:
    """The ending of a file's name, one of those allowed. Refused, of the field `file`: UNKNOWN_FILE_KIND."""
    ending = next((one for one in allowed if file.strip().lower().endswith(one)), None)
    if ending is None:
        raise Refused(Finding(Reason.UNKNOWN_FILE_KIND, "file", file, {"allowed": ", ".join(allowed)}))
    return ending


def write_list(
    file: str, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], *, bom: bool = False
) -> Written:
    """Write a list into a new file. Text never becomes a formula there; numbers are numbers, days are days.

    title: the name of the sheet in a workbook. bom: begin a CSV with a byte order mark, by which Excel knows UTF-8.
    Only one row at a time is held. Refused: UNKNOWN_FILE_KIND, and as `reference.new_file.new_file`.
    """
    ending = ending_of(file, ENDINGS)
    counted = _Counted(rows)
    with new_file(file) as (path, target):
        if ending == CSV:
            words = [one.words for one in headings]
            for line in chain([BYTE_ORDER_MARK] if bom else [], csv_lines(words, counted)):
                target.write(line.encode())
        else:
            _write_workbook(target, title, headings, counted)
    return Written(path, counted.count)


class _Counted:
    """Rows, counted as they go by."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.count += 1
            yield row


def _write_workbook(
    target: BinaryIO,
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    *,
    as_text: bool = False,
) -> None:
    from openpyxl import Workbook  # slow to import, and only exports need it

    book = Workbook(write_only=True)
    try:
        _write_sheets(book, title, headings, rows, as_text=as_text)
    except BaseException:
        # What is half written would else end by itself some time later, and complain of it.
        for sheet in book.worksheets:
            sheet.close()
        raise
    book.save(target)


def _write_sheets(
    book: "Workbook", title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], *, as_text: bool
) -> None:
    left = iter(rows)
    number, first = 1, next(left, None)
    while number == 1 or first is not None:
        name = title if number == 1 else f"{title[: _TITLE_LIMIT - 4]} {number}"
        sheet = book.create_sheet(name[:_TITLE_LIMIT])
        _write_headings(sheet, headings, as_text=as_text)
        for row in chain([] if first is None else [first], islice(left, SHEET_ROWS - 2)):
            sheet.append([_cell(sheet, one) for one in row])
        number, first = number + 1, next(left, None)


def _write_headings(sheet: "WriteOnlyWorksheet", headings: Sequence[Heading], *, as_text: bool) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    columns = sheet.column_dimensions  # type: ignore[attr-defined]  # it has them, openpyxl's types do not
    cells = []
    for position, heading in enumerate(headings, 1):
        column = columns[get_column_letter(position)]
        column.width = heading.width
        if as_text:
            column.number_format = "@"
        cell = WriteOnlyCell(sheet, heading.words)
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)


def _cell(sheet: "WriteOnlyWorksheet", value: Cell) -> object:
    """The value as openpyxl takes it. Text that would begin a formula is marked as text, and stays as it is."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    words = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    if not begins_formula(words):
        return words
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def write_template(file: str, title: str, headings: Sequence[Heading]) -> Path:
    """An empty sheet to be filled in. In a workbook its columns are text, so that a number keeps its zeros.

    A CSV begins with a byte order mark: it is for Excel. Refused: as `write_list`.
    """
    if ending_of(file, ENDINGS) == CSV:
        return write_list(file, title, headings, (), bom=True).path
    with new_file(file) as (path, target):
        _write_workbook(target, title, headings, (), as_text=True)
    return path

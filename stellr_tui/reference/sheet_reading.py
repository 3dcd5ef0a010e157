"""Sheets that people fill in, CSV or XLSX, read as rows of text, as Japanese spreadsheets write them."""

import codecs
import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zipfile import BadZipFile, ZipFile

from stellr_tui.reference.csv_text import as_it_was
from stellr_tui.reference.given_file import read_given_file, refuse_file
from stellr_tui.reference.sheet_files import CSV, ENDINGS, ending_of
from stellr_tui.reference.texts import _

MAX_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 1_000

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What an Excel in Japan writes as CSV is CP932, as "CSV UTF-8" it has a byte order mark.
_ENCODINGS = ("utf-8", "cp932")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number as the spreadsheet shows it, from 1, and what stands in its cells."""

    number: int
    cells: tuple[str, ...]


def read_sheet_file(file: str) -> tuple[SheetRow, ...]:
    """The rows of a CSV, or of the first sheet of a workbook, by the file's ending; empty ones are left out.

    A CSV may be UTF-8, with and without a byte order mark, UTF-16 with one, or Shift_JIS (CP932); commas or tabs.
    A line break in a cell is a blank, and an apostrophe that kept a cell from being a formula is taken off.
    Refused: UNKNOWN_FILE_KIND, UNREADABLE_FILE (facts: file, detail), also for more than 1,000 rows.
    """
    ending = ending_of(file, ENDINGS)
    data = read_given_file(file, MAX_BYTES)
    rows = _of_csv(file, data) if ending == CSV else _of_workbook(file, data)
    found = []
    for number, cells in enumerate(rows, 1):
        plain = tuple(_plain(cell) for cell in cells)
        if any(plain):
            found.append(SheetRow(number, plain))
        if len(found) > MAX_ROWS + 1:
            refuse_file(file, _("{limit}行を超えています").format(limit=f"{MAX_ROWS:,}"))
    return tuple(found)


def _plain(cell: str) -> str:
    return re.sub(r"[ \u3000]*[\r\n]+[ \u3000]*", " ", as_it_was(cell.strip())).strip()


def _of_csv(file: str, data: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(file, data)
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        refuse_file(file, _("CSVとして読めません、{line}行目").format(line=reader.line_num))


def _decoded(file: str, data: bytes) -> str:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    refuse_file(file, _("UTF-8でもShift_JISでもありません"))


def _of_workbook(file: str, data: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except BadZipFile:
        refuse_file(file, _("Excelのブック (.xlsx) ではありません"))
    if unpacked > MAX_UNPACKED_BYTES:
        refuse_file(file, _("{limit}バイトを超えています").format(limit=f"{MAX_UNPACKED_BYTES:,}"))
    try:
        with warnings.catch_warnings():
            # Of what a workbook may hold beside its cells openpyxl leaves out much, and says so.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write wrong ones
            rows = [[_text(value) for value in row] for row in _as_far(sheet.iter_rows(values_only=True))]
            book.close()
    except Exception:  # a file that only looks like a workbook fails anywhere within openpyxl
        refuse_file(file, _("Excelのブック (.xlsx) ではありません"))
    yield from rows


def _as_far(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """As many rows as are needed to see that there are too many; a sheet can go on empty for a million."""
    filled = 0
    for row in rows:
        filled += any(value not in (None, "") for value in row)
        yield row
        if filled > MAX_ROWS + 1:
            return


def _text(value: object) -> str:
    """What a cell shows, as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

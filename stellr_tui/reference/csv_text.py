"""Tables as CSV, for spreadsheets: what people typed stays text there, and never becomes a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

Cell = str | int | float | date | None

BYTE_ORDER_MARK = "\ufeff"

# Half width and full width: a Japanese spreadsheet takes both.
_BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_BLANKS = " \u3000"


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """As RFC 4180 has it. Words stand in quotation marks, with an apostrophe where they would begin a formula."""
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same a line at a time, so that no list is too long for it."""
    yield _line(headings)
    for row in rows:
        yield _line(row)


def begins_formula(words: str) -> bool:
    """Whether a spreadsheet would take these words for a formula; blanks before it do not keep it from that."""
    return words.lstrip(_BLANKS).startswith(_BEGINS_FORMULA)


def as_it_was(words: str) -> str:
    """What stood there before `csv_lines` put its apostrophe in front."""
    return words[1:] if words.startswith("'") and begins_formula(words[1:]) else words


def _line(row: Sequence[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow([_harmless(one) for one in row])
    return line.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and begins_formula(cell) else cell

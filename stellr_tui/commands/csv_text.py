"""Tables as CSV, for spreadsheets: what people typed stays text there, and never becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"

# Half width and full width: a Japanese spreadsheet takes both.
_BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """As RFC 4180 has it. Words stand in quotation marks, with an apostrophe where they would begin a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_harmless(one) for one in headings])
    writer.writerows([_harmless(one) for one in row] for row in rows)
    return lines.getvalue()


def _harmless(cell: str | int | float) -> str | int | float:
    if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(_BEGINS_FORMULA):
        return f"'{cell}"
    return cell

"""発注番号 from a pattern of the user's own: `PO-{yyyy}-{nnn}` makes PO-2024-001, then PO-2024-002."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

_PARTS = re.compile(r"(\{(?:yyyy|yy|mm|dd|n+)\})")


def po_pattern(given: str, field: str = "po_pattern") -> str:
    """A pattern with one `{n}`, the number, which has as many digits as n; "" for none.

    `{yyyy}`, `{yy}`, `{mm}` and `{dd}` are those of the day of the order.
    Refused: WRONG_TYPE (facts: allowed), and what `rules.fields.text` refuses.
    """
    pattern = fields.text(given, field, limit=fields.PO_NUMBER_LIMIT)
    parts = _PARTS.split(pattern)
    numbers = [part for part in parts[1::2] if part.startswith("{n")]
    if pattern and (len(numbers) != 1 or any("{" in one or "}" in one for one in parts[::2])):
        raise Refused(Finding(Reason.WRONG_TYPE, field, given, {"allowed": "po-pattern"}))
    return pattern


def next_po_number(pattern: str, day: date, used: Iterable[str] = ()) -> str:
    """The 発注番号 behind the highest of those used that the pattern makes on this day; "" without a pattern.

    Where the pattern names the year the numbers begin anew with it, and likewise with month and day. A number that has
    outgrown its digits goes on.
    """
    if not pattern:
        return ""
    parts = _dated(pattern, day)
    own = re.compile("".join("([0-9]+)" if _is_number(part) else re.escape(part) for part in parts))
    taken = (int(found[1]) for one in used if (found := own.fullmatch(one)))
    number = max(taken, default=0) + 1
    return "".join(f"{number:0{len(part) - 2}}" if _is_number(part) else part for part in parts)


def before_number(pattern: str, day: date) -> str:
    """What stands before the number in each 発注番号 that the pattern makes on this day."""
    return "".join(takewhile(lambda part: not _is_number(part), _dated(pattern, day)))


def _dated(pattern: str, day: date) -> list[str]:
    dated = {"{yyyy}": f"{day:%Y}", "{yy}": f"{day:%y}", "{mm}": f"{day:%m}", "{dd}": f"{day:%d}"}
    return [dated.get(part, part) for part in _PARTS.split(pattern)]


def _is_number(part: str) -> bool:
    return _PARTS.fullmatch(part) is not None and part.startswith("{n")

"""What is said of a file that is not what it should be: where it stops being so, in the language spoken now."""

import re

from stellr_tui.reference.texts import _


def not_valid(kind: str, error: Exception) -> str:
    """Where a file stops being TOML or JSON, as far as what reads it tells."""
    place = re.search(r"\bline (\d+),? column (\d+)", str(error))
    if place is None:
        return _("{kind}として読めません").format(kind=kind)
    return _("{kind}として読めません、{line}行目の{column}文字目").format(kind=kind, line=place[1], column=place[2])


def not_utf8(error: UnicodeDecodeError) -> str:
    """In which line a file stops being text."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return _("UTF-8の文字ではありません、{line}行目").format(line=line)

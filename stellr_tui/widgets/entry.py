"""One line to type into, which keeps what was pasted but never sends it to the terminal as a command."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}


class Entry(Input):
    """An input. Escapes, other controls and bidirectional overrides stay in its value, for a rule to refuse."""

    DEFAULT_CSS = """
    Entry { background: $panel; }
    Entry:focus { background: $panel-lighten-1; }
    """

    def render_line(self, y: int) -> Strip:
        """The line as it is painted, without them."""
        strip = super().render_line(y)
        segments = [Segment(_painted(text), style, control) for text, style, control in strip]
        return Strip(segments, strip.cell_length)


def _painted(text: str) -> str:
    return "".join(
        " " * cell_len(one) if unicodedata.category(one) in _UNSEEN and one not in _JOINERS else one for one in text
    )

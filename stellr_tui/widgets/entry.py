"""One line to type into, which keeps what was pasted but never sends it to the terminal as a command."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}


class Entry(Input):
    """An input. Escapes, other controls and bidirectional overrides stay in its value, for a rule to refuse.

    Text that is longer than the entry is shown from its start, and only where one types from where the cursor is.
    """

    _painted_from = 0

    DEFAULT_CSS = """
    Entry { background: $panel; }
    Entry:focus { background: $panel-lighten-1; }
    """

    def render_line(self, y: int) -> Strip:
        """The line as it is painted, without them."""
        self._painted_from = self.scroll_offset.x
        strip = super().render_line(y)
        segments = [Segment(_painted(text), style, control) for text, style, control in strip]
        return Strip(segments, strip.cell_length)

    def watch_selection(self) -> None:
        """Textual scrolls to the cursor at every change, also where somebody else fills the entry in."""
        if not self.has_focus:
            self._show_start()

    def on_focus(self) -> None:
        """Show where one types."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def on_blur(self) -> None:
        """Show the start again."""
        self._show_start()

    def on_mouse_down(self) -> None:
        """A click is meant for what was painted, before it brought the focus here."""
        self.scroll_to(x=self._painted_from, force=True, animate=False)

    def _show_start(self) -> None:
        self.scroll_to(x=0, force=True, animate=False)


def _painted(text: str) -> str:
    return "".join(
        " " * cell_len(one) if unicodedata.category(one) in _UNSEEN and one not in _JOINERS else one for one in text
    )

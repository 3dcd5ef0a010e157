"""One line to type into, which keeps what was pasted but never sends it to the terminal as a command."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Focus, Key
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from stellr_tui.reference.texts import N_

EXPLAIN = Binding("f1", "screen.explain", N_("欄の説明"), id="field.explain", show=False)
"""The key of what takes typing or choosing: there it goes before what the page does with the same key."""

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}


def is_text(key: Key) -> bool:
    """Whether a key is typed into what one types. The blank of Japanese keyboards is; to Python it is not printable."""
    return key.is_printable or key.character == "\u3000"


class Entry(Input):
    """An input. Escapes, other controls and bidirectional overrides stay in its value, for a rule to refuse.

    Text that is longer than the entry is shown from its start, and only where one types from where the cursor is.
    What the program proposes is selected when one comes to it, so that typing replaces it.
    """

    DEFAULT_CSS = """
    Entry { background: $panel; }
    Entry:focus { background: $panel-lighten-1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [EXPLAIN]

    # Textual lays the whole screen out anew at each key, since a text of another length could need another place. An
    # entry is as wide as there is room, however much is in it.
    virtual_size = Reactive(Size(0, 0), layout=False)

    continues = False
    """Whether one types on behind what is proposed, and does not replace it."""

    proposal = ""
    """What the program put in last."""

    _painted_from = 0

    @property
    def is_proposal(self) -> bool:
        """Whether the entry still holds what the program proposed."""
        return self.value.strip() != "" and self.value.strip() == self.proposal.strip()

    def propose(self, text: str) -> None:
        """Fill the entry with something to be confirmed or replaced, in place of what it holds."""
        self.proposal = text
        self.value = text
        self.cursor_position = len(text)
        if self.has_focus:
            self._select_proposal()

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

    def on_key(self, event: Key) -> None:
        """Take the blank of Japanese keyboards, which Textual lets fall."""
        if is_text(event) and not event.is_printable:
            event.stop()
            event.prevent_default()
            self.replace(event.character or "", *self.selection)

    def on_focus(self, event: Focus) -> None:
        """Show where one types. To come back to the terminal's window is not to come to the entry."""
        if not event.from_app_focus:
            self._select_proposal()
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def on_blur(self) -> None:
        """Show the start again."""
        self._show_start()

    def on_mouse_down(self) -> None:
        """A click is meant for what was painted, before it brought the focus here."""
        self.scroll_to(x=self._painted_from, force=True, animate=False)

    def _select_proposal(self) -> None:
        if self.is_proposal and not self.continues:
            self.selection = Selection(0, len(self.value))

    def _show_start(self) -> None:
        self.scroll_to(x=0, force=True, animate=False)


def _painted(text: str) -> str:
    return "".join(
        " " * cell_len(one) if unicodedata.category(one) in _UNSEEN and one not in _JOINERS else one for one in text
    )

"""Which cell of a row to copy, the row as a whole first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog


class CopyCell(Dialog[str]):
    """The cells of a row with their headings; Enter takes one. Gives its text, as it is."""

    def __init__(self, cells: Sequence[tuple[str, str]]) -> None:
        """`cells`: headings and texts; an empty one is not offered."""
        super().__init__()
        self._cells = [(heading, text) for heading, text in cells if text]
        self._row = "\t".join(text for _heading, text in cells)

    def title_text(self) -> str:
        return _("コピーする内容")

    def compose_dialog(self) -> Iterable[Widget]:
        offered = [_("行全体"), *(_("{label}: {value}").format(label=label, value=text) for label, text in self._cells)]
        yield OptionList(*(Option(Content(words)) for words in offered), id="copy-cells", compact=True)

    def on_mount(self) -> None:
        """The first cell is what a list is known by."""
        cells = self.query_one(OptionList)
        cells.highlighted = min(1, len(self._cells))
        cells.focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._cells[event.option_index - 1][1] if event.option_index else self._row)

"""Something to read: a mail as the reseller gets it, an invoice with its lines."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words


class ReadDialog(Dialog[None]):
    """A title and a text, both as they are."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._shown_title = title
        self._text = text

    def title_text(self) -> str:
        return self._shown_title

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(self._text, id="reading-text")

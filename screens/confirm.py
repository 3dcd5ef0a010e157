"""A question that is answered with yes or no."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words


class Confirm(Dialog[bool]):
    """True where it was confirmed; the focus begins at キャンセル, or what `no` says in its place."""

    def __init__(self, question: str, yes: str, no: str = "") -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no

    def title_text(self) -> str:
        return _("確認してください")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(self._question, id="question")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(self._no or _("キャンセル"), id="cancel", compact=True, action="screen.leave")
        yield Button(self._yes, id="confirm", compact=True, variant="error")

    @on(Button.Pressed, "#confirm")
    def _confirmed(self) -> None:
        self.dismiss(True)

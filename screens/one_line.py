"""One line of text that is asked for: the name of a selection, the reason of a 差戻し."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField


class OneLine(Dialog[str]):
    """The line, as a check of the rules keeps it. What it refuses is said at the field."""

    def __init__(self, title: str, field: str, check: Callable[..., str], *, yes: str) -> None:
        """`field`: what is asked for, by its name. `check`: `fields.name` or `fields.text`. `yes`: the button."""
        super().__init__()
        self._title = title
        self._field = field
        self._check = check
        self._yes = yes

    def title_text(self) -> str:
        return self._title

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField(self._field, field_label(self._field), required=True), id="one-line-form")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(self._yes, id="take-line", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#take-line")
    def _take(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        try:
            line = self._check(self.query_one(Form).values()[self._field], self._field, required=True)
        except Refused as refused:
            self.show_refusal(refused.findings)
        else:
            self.dismiss(line)

"""マークアップ率 of the selling prices that end users see in the storefront."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.desk.storefront import read_markup, set_markup
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.words import Words


class AskMarkup(Dialog[bool]):
    """True once it is set."""

    def title_text(self) -> str:
        return _("マークアップ率")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("markup", field_label("markup"), placeholder="%", replaced=True), id="markup-form")
        yield Words(_("提供単価は表示されません。空欄にすると、販売価格も表示されません。"), classes="note")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("保存"), id="save-markup", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Show what is set."""
        self.query_one("#markup").focus()
        self.ask(lambda desk: read_markup(desk, self.workplace.user), self._show, about="markup")

    def _show(self, percent: int | None) -> None:
        field = self.query_one(TextField)
        if percent is not None and not field.value:
            field.propose(str(percent))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save-markup")
    def _save(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        typed = self.query_one(Form).values()["markup"]
        self.ask(
            lambda desk: set_markup(desk, self.workplace.user, typed),
            lambda _percent: self.dismiss(True),
            about="save",
        )

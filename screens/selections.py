"""構成保存: keeping a selection under a name, and taking one up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.cart import Choice
from stellr_tui.reference.texts import _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.words import Words


class NameSelection(Dialog[str]):
    """The name to keep a selection under."""

    def title_text(self) -> str:
        return _("構成保存")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("selection_name", _("構成名"), required=True), id="selection-name-form")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("保存"), id="save", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        form = self.query_one(Form)
        try:
            name = fields.name(form.values()["selection_name"], "selection_name", required=True)
        except Refused as refused:
            form.show_findings(refused.findings)
            return
        self.dismiss(name)


class TakeUpSelection(Dialog[tuple[Choice, ...]]):
    """The saved selections, one to be taken up."""

    def __init__(self, saved: Mapping[str, tuple[Choice, ...]]) -> None:
        super().__init__()
        self._saved = list(saved.items())

    def title_text(self) -> str:
        return _("保存した構成")

    def compose_dialog(self) -> Iterable[Widget]:
        if not self._saved:
            yield Words(_("保存した構成はまだありません。"), id="no-selections")
            return
        options = [
            Option(Content(f"{name}  ({', '.join(f'{one.sku} x {one.seats}' for one in choices)})"))
            for name, choices in self._saved
        ]
        yield OptionList(*options, id="selections", compact=True)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._saved[event.option_index][1])

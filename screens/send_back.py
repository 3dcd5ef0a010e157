"""差戻し: the reason why a contract goes back to the reseller."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.reference.texts import _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField


class SendBackReason(Dialog[str]):
    """The reason, which the history keeps."""

    def title_text(self) -> str:
        return _("差戻し")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("reason", _("理由"), required=True), id="reason-form")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("差戻し"), id="send-back", compact=True, variant="warning")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#send-back")
    def _send_back(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        form = self.query_one(Form)
        try:
            reason = fields.text(form.values()["reason"], "reason", required=True)
        except Refused as refused:
            form.show_findings(refused.findings)
            return
        self.dismiss(reason)

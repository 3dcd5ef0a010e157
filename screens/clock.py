"""処理日: moving the date of a training database forward, with what happens on the way."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.desk.closing import Closed, set_clock
from stellr_tui.reference.texts import _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Refused
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.words import Words


class MoveClock(Dialog[Closed]):
    """The new date. Gives what happened until then."""

    def __init__(self, today: str) -> None:
        super().__init__()
        self._today = today

    def title_text(self) -> str:
        return _("処理日の変更 (訓練用)")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("date", _("新しい処理日"), required=True, proposal=self._today), id="clock-form")
        yield Words(
            _(
                "オーダーがない間はどの日付にも、その後は先の日付にだけ変更できます。途中の納品と請求書発行も行われます。"
            ),
            classes="note",
        )

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("変更"), id="move-clock", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#move-clock")
    def _move(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        try:
            day = fields.iso_date(self.query_one(Form).values()["date"], "date")
        except Refused as refused:
            self._refused(refused.findings)
            return
        self.ask(lambda desk: set_clock(desk, day), self.dismiss, refused=self._refused, about="move-clock")

    def _refused(self, findings: tuple[Finding, ...]) -> None:
        homeless = self.query_one(Form).show_findings(findings)
        if homeless:
            self.show_refusal(homeless)


def what_happened(closed: Closed) -> str:
    """The summary of the days that were worked through."""
    counts = [
        (_("納品 {count}件"), closed.delivered),
        (_("数量追加 {count}件"), closed.added),
        (_("納品の延期 {count}件"), closed.postponed),
        (_("数量減少 {count}件"), closed.reduced),
        (_("契約終了 {count}件"), closed.ended),
        (_("請求書 {count}件"), len(closed.invoices)),
        (_("請求できないシート 延べ{count}件"), closed.parked),
    ]
    told = [words.format(count=count) for words, count in counts if count]
    return "\n".join([_("処理日は {day} です。").format(day=closed.through), *told])

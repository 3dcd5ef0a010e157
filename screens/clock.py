"""処理日: moving the date of a training database, and the days that have gone by while nobody was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input
from textual.worker import get_current_worker

from stellr_tui.desk.closing import Closed, set_clock
from stellr_tui.reference.texts import _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.asking import Unavailable
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.way import Way
from stellr_tui.widgets.words import Words, relabel

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk


class MoveClock(Dialog[Closed]):
    """The new date. Gives what happened until then, or until the day at which one stopped on the way."""

    class Worked(Message):
        """A day has been worked on the way to the last one."""

        def __init__(self, day: date, goal: date) -> None:
            self.day = day
            self.goal = goal
            super().__init__()

    def __init__(self, today: str) -> None:
        super().__init__()
        self._today = today
        self._enough = Event()

    def title_text(self) -> str:
        return _("処理日の変更 (訓練用)")

    def has_unsaved(self) -> bool:
        """A date is typed again in a moment."""
        return False

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("date", _("新しい処理日"), required=True, proposal=self._today), id="clock-form")
        yield Words(
            _(
                "オーダーがない間はどの日付にも、その後は先の日付にだけ変更できます。途中の納品と請求書発行も行われます。"
            ),
            classes="note",
        )
        yield Way()

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("変更"), id="move-clock", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#move-clock")
    def _move(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        try:
            day = fields.calendar_day(self.query_one(Form).values()["date"], "date")
        except Refused as refused:
            self.show_refusal(refused.findings)
            return

        def move(desk: Desk) -> Closed:
            worker = get_current_worker()

            def watch(at: date, goal: date) -> bool:
                self.post_message(self.Worked(at, goal))
                return not (self._enough.is_set() or worker.is_cancelled)

            return set_clock(desk, day, watch)

        self.ask(move, self.dismiss, about="move-clock")

    @on(Worked)
    def _show_way(self, message: Worked) -> None:
        """Show how far it is; from now on one can only stop."""
        way = self.query_one(Way)
        if not way.has_class("-begun"):
            self._show_form(False)
            self.query_one("#cancel").focus()
        way.tell(message.day, message.goal)

    def _show_form(self, shown: bool) -> None:
        for widget in (self.query_one(Form), self.query_one(".note"), self.query_one("#move-clock")):
            widget.display = shown
        relabel(self.query_one("#cancel", Button), _("キャンセル") if shown else _("ここで止める"))

    def action_leave(self) -> None:
        """Leave as it is; on the way, stop behind the day that is being worked."""
        if self.is_asking("move-clock"):
            self._enough.set()
        else:
            super().action_leave()

    def on_unavailable(self, message: Unavailable) -> None:
        """Say that the order book cannot be reached, and let it be tried once more from where it was left."""
        super().on_unavailable(message)
        self.query_one(Way).end()
        self._show_form(True)


class CatchUp(Dialog[None]):
    """The days that have gone by are being worked. Closes by itself; there is nothing to see before that is done."""

    def title_text(self) -> str:
        return _("処理日を進めています")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(_("前回の処理日からあとの納品と請求書発行を、一日ずつ行っています。"), id="catch-up-words")
        yield Way()

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("終了"), id="quit", compact=True, action="app.quit")

    def on_mount(self) -> None:
        """Follow what the app knows of it."""
        self.watch(self.workplace, "way", self._show_way)
        self.watch(self.workplace, "is_catching_up", self._leave_when_done)

    def action_leave(self) -> None:
        """Not before it is done."""

    def _show_way(self, way: tuple[date, date] | None) -> None:
        if way is not None:
            self.query_one(Way).tell(*way)

    def _leave_when_done(self, is_catching_up: bool) -> None:
        if not is_catching_up:
            self.call_after_refresh(self._leave)

    def _leave(self) -> None:
        self.dismiss(None)

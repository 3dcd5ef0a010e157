"""`test`: the trainee acts, and sees nothing but the task. What is true of the order book at the end is what counts."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from stellr_tui.classroom.attempting import AttemptApp
from stellr_tui.classroom.overlay import Knob, Said
from stellr_tui.classroom.player import HINT_CAPS, HINT_KEYS, ON_CAPS, ON_KEYS
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

_MINUTE = 60


class ExamApp(AttemptApp):
    """An exam. It ends when the trainee says so, twice, when something is lost, or when the time is over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(HINT_KEYS, "lesson_fold", N_("課題を畳む"), id="lesson.fold", priority=True, show=False),
        Binding(ON_KEYS, "lesson_done", N_("提出"), id="lesson.done", priority=True, show=False),
    ]

    _is_folded = False
    _is_asking = False
    """Whether it was said once that it is done."""

    def said(self) -> Said:
        """The task, unless it is folded, and the time that is left."""
        scenario = self.course.scenario
        head = "  ".join(filter(None, (_("訓練 試験"), self._time_left(), str(scenario.title))))
        task = "" if self._is_folded else str(scenario.exam.task).strip()
        asks = _("提出すると試験が終わります。もう一度押すと提出します。")
        return Said(head, task, asks if self._is_asking else "", tuple(self._knobs()))

    def action_lesson_fold(self) -> None:
        """Fold the task, or open it; or go on working where it was asked whether to hand in."""
        if self._is_asking:
            self._is_asking = False
        else:
            self._is_folded = not self._is_folded
        self.follow()

    def action_lesson_done(self) -> None:
        """Ask once more; then it is judged by what is true now."""
        if self._is_asking and self.kept is None:
            self.take(self.course.done(self.sight.look(), monotonic()))
        self._is_asking = True
        self.follow()

    def _time_left(self) -> str:
        minutes = self.course.scenario.exam.minutes
        if minutes is None:
            return ""
        left = max(0, round(minutes * _MINUTE - self.course.seconds))
        return _("残り {minutes}:{seconds:02}").format(minutes=left // _MINUTE, seconds=left % _MINUTE)

    def _knobs(self) -> Iterable[Knob]:
        if self._is_asking:
            yield Knob(ON_CAPS, _("提出する"), "app.lesson_done")
            yield Knob(HINT_CAPS, _("まだ続ける"), "app.lesson_fold")
            return
        yield Knob(HINT_CAPS, _("課題を開く") if self._is_folded else _("課題を畳む"), "app.lesson_fold")
        yield Knob(ON_CAPS, _("提出"), "app.lesson_done")
        yield Knob("^q", _("中断"), "app.quit")

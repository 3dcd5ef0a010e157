"""`show`: the program acts at a human's pace, its keys on caps; one can stop it, quicken it, and walk step by step.

Whoever watches presses no key of the portal's: all keys are the show's, and most do nothing. A step back is a fresh
world, in which all that comes before that step is done again as fast as it goes.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.errors import NoWidget
from textual.events import InputEvent, Key, MouseEvent, Paste

from stellr_tui.classroom.actor import Stuck
from stellr_tui.classroom.overlay import Box, Knob, Said, caps
from stellr_tui.classroom.pace import HumanPace
from stellr_tui.classroom.player import Player
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Course
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import _
from stellr_tui.widgets.work import work_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Event
    from textual.worker import Worker

    from stellr_tui.lessons.scenario import Step
    from stellr_tui.lessons.world import OpenWorld

CONTROLS = {
    "space": "show_pause",
    "right": "show_on",
    "left": "show_back",
    "up": "show_quicken(2.0)",
    "down": "show_quicken(0.5)",
    "home": "show_start",
    "q": "quit",
    "ctrl+q": "quit",
}
"""What the keys of whoever watches do."""

_REMEMBERED = 8  # caps


class ShowApp(Player):
    """A lesson that is shown. It is nobody's attempt, and nothing of it is kept."""

    def __init__(self, world: OpenWorld, pace: float = 1.0) -> None:
        """`pace`: how many times as fast as a human."""
        super().__init__(world, Course(world.filed.scenario, Mode.SHOW, monotonic()))
        self.pace = HumanPace(pace, self.press)
        self._worker: Worker[Any] | None = None
        self._goal: int | None = None
        """The step to go back to; None where it is to be gone on."""
        self._is_replaying = False
        self._stops_behind = False
        """Whether to stop behind the step that is under way."""
        self._pressed: list[str] = []
        self._types = False
        self._trouble = ""

    def on_mount(self) -> None:
        """Begin at once."""
        self._begin_playing()

    def target(self) -> str:
        """What the step is about."""
        return "" if self.course.step is None or self._is_replaying else self.course.step.target

    def said(self) -> Said:
        """The instruction, the keys that were pressed, and what one can do here."""
        scenario, step = self.course.scenario, self.course.step
        steps = len(scenario.step)
        where = _("訓練 見本 {number}/{steps}").format(number=min(self.course.number, steps), steps=steps)
        head = f"{where}  {scenario.title}"
        manual = _("マニュアル: {place}").format(place=scenario.manual)
        if self._is_replaying:
            return Said(head, _("前のステップに戻っています。"))
        words = _("見本はここまでです。") if step is None else str(step.instruction).strip()
        return Said(head, words, self._more(), tuple(self._knobs()), manual)

    async def on_event(self, event: Event) -> None:
        """Let the program's own keys through; those of whoever watches are the show's."""
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded and not self._is_let_through(event):
            if isinstance(event, Key) and event.key in CONTROLS:
                await self.run_action(CONTROLS[event.key], self)
            return
        await super().on_event(event)

    def passed(self, step: Step) -> None:
        """Go on to the next one."""
        look = self.sight.look()
        self.course.look(look, monotonic()) if step.until else self.course.read(look, monotonic())

    def action_show_pause(self) -> None:
        """Stop, or go on."""
        self._stops_behind = False
        self.pace.pause(not self.pace.is_paused)
        self.follow()

    def action_show_on(self) -> None:
        """Do what is left of this step, and stop there."""
        self._stops_behind = True
        self.pace.pause(False)
        self.follow()

    def action_show_back(self) -> None:
        """To the beginning of the step, or where it has not been begun of the one before, and stop there."""
        here = self._goal or self.course.number
        self._go_back(here if self._pressed and self._goal is None else here - 1)

    def action_show_start(self) -> None:
        """To the very beginning, and stop there."""
        self._go_back(1)

    def action_show_quicken(self, times: float) -> None:
        """So many times as fast as until now."""
        self.pace.quicken(times)
        self.follow()

    def _go_back(self, number: int) -> None:
        self._goal = max(1, number)
        self._stops_behind = False
        self.pace.pause()
        if not self._is_replaying:
            if self._worker is not None:
                self._worker.cancel()
            self._begin_playing()
        self.follow()

    def _begin_playing(self) -> None:
        self._worker = self.run_worker(work_of(self._play))

    async def _play(self) -> None:
        try:
            while self._goal is not None:
                await self._return_to(self._goal)
            while (step := self.course.step) is not None:
                await self._show_step(step)
        except Stuck as stuck:
            self._is_replaying = False
            self._trouble = sentence(stuck.finding)
        self._pressed.clear()
        self.follow()

    async def _return_to(self, number: int) -> None:
        """A fresh world, and everything before the step. Who asks for another meanwhile is taken there next."""
        self._is_replaying = True
        self._pressed.clear()
        self._trouble = ""
        self.follow()
        self.course = Course(self.course.scenario, Mode.SHOW, monotonic())
        await self.replay(number)
        self._is_replaying = False
        if self._goal == number:
            self._goal = None

    async def _show_step(self, step: Step) -> None:
        self._pressed.clear()
        actor = self.actor(self.pace)
        await actor.find(step.target)
        self.follow()
        await self.pace.read(str(step.instruction))
        await self.perform([step], actor)
        if self._stops_behind:
            self._stops_behind = False
            self.pace.pause()

    def press(self, cap: str) -> None:
        """Show the cap of a key. Letters that follow each other are one: what was typed."""
        if len(cap) == 1 and self._types and self._pressed:
            self._pressed[-1] += cap
        else:
            self._pressed = [*self._pressed, cap][-_REMEMBERED:]
        self._types = len(cap) == 1
        self.follow()

    def _more(self) -> Content | str:
        if self._trouble:
            return self._trouble
        # Never empty: the box keeps its height while keys come and go.
        return Content(_("キー: ")) + caps(self._pressed)

    def _knobs(self) -> Iterable[Knob]:
        over = self.course.step is None
        if not over:
            yield Knob("Space", _("再開") if self.pace.is_paused else _("一時停止"), "app.show_pause")
            yield Knob(_("右"), _("1ステップ"), "app.show_on")
        yield Knob(_("左"), _("戻る"), "app.show_back")
        if not over:
            speed = _("速さ {times}倍").format(times=f"{self.pace.factor:g}")
            yield Knob(_("上 下"), speed, "app.show_quicken(2.0)")
        yield Knob("Home", _("最初から"), "app.show_start")
        yield Knob("q", _("終了"), "app.quit")

    def _is_let_through(self, event: Event) -> bool:
        """A key that the program has pressed, or a click on the box."""
        if isinstance(event, Key):
            return event in self.struck
        if not isinstance(event, MouseEvent):
            return False
        try:
            widget, _region = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return False
        return any(isinstance(one, Box) for one in widget.ancestors_with_self)

"""`guide`: the trainee acts, the overlay says and marks what comes next, and helps where it is asked to."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import InputEvent, Paste

from stellr_tui.classroom.actor import Stuck
from stellr_tui.classroom.attempting import AttemptApp
from stellr_tui.classroom.overlay import Knob, Said, caps
from stellr_tui.classroom.pace import HumanPace
from stellr_tui.classroom.player import HINT_CAPS, HINT_KEYS, ON_CAPS, ON_KEYS
from stellr_tui.classroom.resuming import begin_for, catch_up
from stellr_tui.lessons.engine import Rung
from stellr_tui.lessons.intents import Fill
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Event as AnyEvent

    from stellr_tui.lessons.engine import Course, Event
    from stellr_tui.lessons.intents import Intent
    from stellr_tui.lessons.records import Sitting
    from stellr_tui.lessons.scenario import Step
    from stellr_tui.lessons.world import OpenWorld
    from stellr_tui.widgets.places import Place

_QUICK = 4.0  # times as fast as a human, where it is done for the trainee
_PATIENCE = 5.0  # seconds until it is taken for certain that something cannot be done here


class GuideApp(AttemptApp):
    """A lesson to practise. Where one is in it is written down at each step, before anything else is said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(HINT_KEYS, "lesson_help", N_("ヒント"), id="lesson.help", priority=True, show=False),
        Binding(ON_KEYS, "lesson_on", N_("次へ"), id="lesson.on", priority=True, show=False),
    ]

    def __init__(self, world: OpenWorld, course: Course, sitting: Sitting, begin_at: Place | None = None) -> None:
        super().__init__(world, course, sitting, begin_at)
        self.is_preparing = course.number > 1
        """Whether the screen is being brought to where it was left."""
        self._is_acting = False
        self._trouble = ""

    def on_mount(self) -> None:
        """Begin, or go on where it was left."""
        if self.is_preparing:
            self._take_up()

    async def on_event(self, event: AnyEvent) -> None:
        """While one world takes the place of another nothing can be done in either."""
        if not (self.is_moving and isinstance(event, InputEvent | Paste)):
            await super().on_event(event)

    def target(self) -> str:
        """What the step is about."""
        step = self.course.step
        return "" if step is None or self.is_preparing else step.target

    def said(self) -> Said:
        """The instruction, and how much help was asked for."""
        step, scenario = self.course.step, self.world.filed.scenario
        if step is None:
            return Said(_("訓練"), str(scenario.title))
        where = _("訓練 {number}/{steps}").format(number=self.course.number, steps=len(scenario.step))
        manual = _("マニュアル: {place}").format(place=scenario.manual)
        head = f"{where}  {scenario.title}"
        if self.is_preparing:
            return Said(head, _("中断したステップの画面を準備しています。"))
        return Said(head, str(step.instruction).strip(), self._more(step), tuple(self._knobs(step)), manual)

    def look_about(self) -> None:
        """Go on where a step has been reached, in whatever way."""
        if not self.is_preparing:
            super().look_about()

    def action_lesson_help(self) -> None:
        """One rung up the ladder: a hint, the exact keys, or it is done."""
        step = self.course.step
        if step is None or step.until is None or self.is_preparing or self._is_acting:
            return
        given = self.course.help()
        self.sitting.keep(self.course.as_mapping())
        if given is not None and given.rung is Rung.DO:
            self._do(step)
        self.follow()

    def action_lesson_on(self) -> None:
        """It has been read; or bring back into sight what is marked."""
        if self.is_preparing or self.course.step is None:
            return
        if self.course.step.until is None:
            self.take(self.course.read(self.sight.look(), monotonic()))
        elif (target := self.sight.find(self.course.step.target)) is not None:
            target.scroll_visible(animate=False)
        self.follow()

    def take(self, events: tuple[Event, ...]) -> None:
        """A step further there is no trouble any more."""
        if events:
            self._trouble = ""
        super().take(events)

    @work
    async def _take_up(self) -> None:
        """Bring the app to where the step begins: from its page, else through all steps in a fresh world."""
        try:
            await self._come_to_step(self.course.number)
        except Stuck as stuck:
            self._trouble = sentence(stuck.finding)
        self.is_preparing = False
        self.follow()

    @work
    async def _do(self, step: Step) -> None:
        """Do the step for the trainee; where one is elsewhere, come back first."""
        self._is_acting = True
        actor = self.actor(HumanPace(_QUICK), _PATIENCE)
        try:
            if self.sight.find(step.target) is None:
                await self._come_back(self.course.number)
            for intent in step.do:
                if not self._is_done(intent):
                    await actor.do(intent)
        except Stuck as stuck:
            self._trouble = sentence(stuck.finding)
        self._is_acting = False
        self.follow()

    async def _come_to_step(self, number: int) -> None:
        """Bring the screen to where a step begins: from its page on, else through all steps in a fresh world."""
        scenario = self.course.scenario
        try:
            await catch_up(self.actor(within=_PATIENCE), self.sight, scenario, number)
        except Stuck:
            await self.replay(number)

    async def _come_back(self, number: int) -> None:
        """From wherever the trainee has gone to where the step begins."""
        try:
            place = begin_for(self.world, number)
        except Refused:
            place = None
        if place is None or self.signed_in is None:
            await self.replay(number)
            return
        while not isinstance(self.screen, Page):
            await self.screen.dismiss(None)
        self.go(place)
        await self.actor().settles()
        await self._come_to_step(number)

    def _knobs(self, step: Step) -> Iterable[Knob]:
        if self._is_acting:
            return
        if step.until is None:
            yield Knob(ON_CAPS, _("読みました"), "app.lesson_on")
        else:
            yield Knob(HINT_CAPS, self._next_help(step), "app.lesson_help")
            if not self._is_in_sight and self.sight.find(step.target):
                yield Knob(ON_CAPS, _("目印へ"), "app.lesson_on")
        yield Knob("^q", _("中断"), "app.quit")

    def _next_help(self, step: Step) -> str:
        if len(self.course.helped) < len(step.hint):
            return _("ヒント")
        return _("代わりに実行") if Rung.KEYS in self.course.helped else _("キーを表示")

    def _more(self, step: Step) -> Content | str:
        taken = self.course.helped
        if self._is_acting:
            return _("実行しています。")
        if self._trouble:
            return self._trouble
        if not self._is_in_sight and not self.sight.find(step.target):
            return _("目印はこの画面にありません。")
        if Rung.KEYS in taken:
            return self._keys(step)
        return _("ヒント: {words}").format(words=str(step.hint[len(taken) - 1]).strip()) if taken else ""

    def _keys(self, step: Step) -> Content:
        """The exact keys for what is left of the step, as they are now."""
        left = [one for one in step.do if not self._is_done(one)]
        return Content(_("キー: ")) + Content("  ").join(caps(keys) for keys in self.actor().caps(*left))

    def _is_done(self, intent: Intent) -> bool:
        return isinstance(intent, Fill) and intent.with_ in self.sight.values(intent.fill)

"""`check`: the program walks a whole scenario as fast as it can, in its own world, and says what does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any

from stellr_tui.classroom.actor import Actor, AtOnce, Stuck
from stellr_tui.classroom.app import LessonApp
from stellr_tui.classroom.names import vocabulary
from stellr_tui.classroom.sight import Sight
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.conditions import Condition, PlaceIs, ScreenIs
from stellr_tui.lessons.engine import Course
from stellr_tui.lessons.intents import Intent, Key
from stellr_tui.lessons.reading import in_source
from stellr_tui.lessons.scenario import Filed, Step
from stellr_tui.lessons.world import open_world
from stellr_tui.reference.settings import Settings
from stellr_tui.rules.findings import Finding, Reason, Refused

if TYPE_CHECKING:
    from textual.widget import Widget

SIZE = (100, 36)


class Guest(AtOnce):
    """Someone who walks along and sees everything; the pace is the guest's. This one only looks."""

    async def enters(self, app: LessonApp, actor: Actor) -> None:
        """The walk begins in this app."""

    async def begins(self, number: int, step: Step, target: Widget) -> None:
        """A step, counted from 1, is about to be done; its target is there."""

    async def ends(self, number: int, step: Step) -> None:
        """A step has been done."""


class StillApp(LessonApp):
    """Nothing here moves or goes by itself: a notice stays, however slow the machine is."""

    NOTIFICATION_TIMEOUT = 3_600

    def on_mount(self) -> None:
        """No movement between two states."""
        self.animation_level = "none"


async def check(
    filed: Filed,
    *,
    ways: bool = True,
    size: tuple[int, int] = SIZE,
    within: float | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong with a scenario, with file and line; nothing where it is as it should be.

    Names that the app does not have are found before anything runs. Then every step is done, with its other ways in
    further rounds if `ways`; a step that fails ends its round.
    """
    if unknown := tuple(in_source(one, filed.source) for one in _unknown_names(filed)):
        return unknown
    rounds = 1 + max(len(step.way) for step in filed.scenario.step) if ways else 1
    found: list[Finding] = []
    for number in range(rounds):
        with TemporaryDirectory(prefix="stellr-lesson-") as folder:
            walk = Walk(filed, Path(folder), way=number, size=size, within=within)
            found += await walk.whole()
        if found:
            break
    return tuple(found)


async def walk_along(filed: Filed, guest: Guest, *, size: tuple[int, int] = SIZE, within: float | None = None) -> None:
    """One walk through a scenario with a guest. Refused: everything that is wrong with it."""
    found = [in_source(one, filed.source) for one in _unknown_names(filed)]
    if not found:
        with TemporaryDirectory(prefix="stellr-lesson-") as folder:
            found = await Walk(filed, Path(folder), size=size, within=within, guest=guest).whole()
    if found:
        raise Refused(*found)


class Walk:
    """One walk through a scenario; `way` is which of the accepted ways is taken where a step has several."""

    def __init__(
        self,
        filed: Filed,
        folder: Path,
        *,
        way: int = 0,
        size: tuple[int, int] = SIZE,
        within: float | None = None,
        guest: Guest | None = None,
    ) -> None:
        self._filed = filed
        self._folder = folder
        self._way = way
        self._size = size
        self._within = within
        self._guest = guest or Guest()

    async def whole(self) -> list[Finding]:
        """From the beginning to the end; what does not hold."""
        with ExitStack() as stack:
            try:
                world = open_world(self._filed, self._folder)
                stack.callback(world.close)
                app = StillApp(world, settings=Settings())
            except Refused as refused:
                return list(refused.findings)
            async with app.run_test(size=self._size, notifications=True):
                sight = Sight(app, world.book())
                actor = Actor(app, sight, self._guest, self._within)
                await actor.settles()
                await self._guest.enters(app, actor)
                found = await self._steps(actor, sight)
                await actor.settles()
                return found

    async def _steps(self, actor: Actor, sight: Sight) -> list[Finding]:
        scenario = self._filed.scenario
        course = Course(scenario, Mode.CHECK, monotonic())
        found = [
            self._finding(Reason.HOLDS_ALREADY, f"exam.must.{number}.until", str(must.name), must.until)
            for number, must in enumerate(scenario.exam.must, 1)
            if not must.already and must.until.instead(sight.look()) is None
        ]
        for number, step in enumerate(scenario.step, 1):
            failed = await self._step(number, step, actor, sight)
            if failed is not None:
                return [*found, failed]
            course.read(sight.look(), monotonic()) if step.until is None else course.look(sight.look(), monotonic())
            await self._guest.ends(number, step)
        for number, must in enumerate(scenario.exam.must, 1):
            instead = must.until.instead(sight.look())
            if instead is not None:
                key = f"exam.must.{number}.until"
                found.append(self._finding(Reason.NEVER_HOLDS, key, str(must.name), must.until, instead))
        return found

    async def _step(self, number: int, step: Step, actor: Actor, sight: Sight) -> Finding | None:
        key = f"step.{number}"
        until = step.until
        if until is not None and not step.already and until.instead(sight.look()) is None:
            return self._finding(Reason.HOLDS_ALREADY, f"{key}.until", step.id, until)
        try:
            target = await actor.find(step.target)
        except Stuck as stuck:
            return self._at(stuck.finding, f"{key}.target", step)
        await self._guest.begins(number, step, target)
        way, intents = f"{key}.do", step.do
        if 0 < self._way <= len(step.way):
            way, intents = f"{key}.way.{self._way}", step.way[self._way - 1]
        for position, intent in enumerate(intents, 1):
            try:
                await actor.do(intent)
            except Stuck as stuck:
                return self._at(stuck.finding, f"{way}.{position}", step)
        if until is None or await actor.until(lambda: until.instead(sight.look()) is None):
            return None
        return self._finding(Reason.NEVER_HOLDS, f"{key}.until", step.id, until, until.instead(sight.look()))

    def _at(self, finding: Finding, key: str, step: Step) -> Finding:
        named = replace(finding, field=key, facts={**finding.facts, "step": step.id})
        return in_source(named, self._filed.source)

    def _finding(
        self, reason: Reason, key: str, step: str, condition: Condition, instead: str | None = None
    ) -> Finding:
        facts = {"step": step, "condition": condition.said(), "instead": instead}
        return in_source(Finding(reason, key, "", facts), self._filed.source)


def _unknown_names(filed: Filed) -> Iterator[Finding]:
    """Places, screens and bindings that the app does not have."""
    known = vocabulary()
    scenario = filed.scenario
    if scenario.world.place and scenario.world.place not in known.places:
        yield _not_one_of("world.place", scenario.world.place, known.places)
    for number, step in enumerate(scenario.step, 1):
        if step.at is not None and step.at.place not in known.places:
            yield _not_one_of(f"step.{number}.at.place", step.at.place, known.places)
    for key, one in _within("", scenario):
        match one:
            case PlaceIs(place) if place not in known.places:
                yield _not_one_of(f"{key}.place", place, known.places)
            case ScreenIs(screen) if screen not in known.screens | known.places:
                yield _not_one_of(f"{key}.screen", screen, known.screens)
            case Key(binding) if binding not in known.bindings:
                yield _not_one_of(f"{key}.key", binding, known.bindings)


def _not_one_of(key: str, given: str, allowed: frozenset[str]) -> Finding:
    return Finding(Reason.NOT_A_CHOICE, key, given, {"allowed": ", ".join(sorted(allowed))})


def _within(key: str, value: Any) -> Iterator[tuple[str, Condition | Intent]]:
    """Every statement and intent of a scenario, with the key it stands under."""
    if isinstance(value, tuple):
        for number, one in enumerate(value, 1):
            yield from _within(f"{key}.{number}", one)
    elif is_dataclass(value) and not isinstance(value, type):
        yield key, value  # type: ignore[misc]  # what is no statement is no harm
        for one in fields(value):
            name = one.name.rstrip("_")
            yield from _within(f"{key}.{name}" if key else name, getattr(value, one.name))

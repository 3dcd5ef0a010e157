"""Someone who practises: a lesson's player with a keyboard before it, and eyes that see what is painted."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from textual.events import MouseDown, MouseUp
from textual.geometry import Offset, Region
from textual.pilot import Pilot
from textual.widget import Widget

from stellr_tui.classroom.actor import Actor
from stellr_tui.classroom.attempting import AttemptApp
from stellr_tui.classroom.exam import ExamApp
from stellr_tui.classroom.guide import GuideApp
from stellr_tui.classroom.overlay import BAND, Box, Mark
from stellr_tui.classroom.play import open_app, sit_down
from stellr_tui.classroom.player import LOOKS_EVERY, Player
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.scenario import Filed, Step
from tests.keyboard import press
from tests.spoken import run_together

WITHIN = 30.0
_ROUNDS = 300
TRAINEE = "山田"

App = TypeVar("App", bound=Player)
Attempted = TypeVar("Attempted", bound=AttemptApp)


@dataclass(frozen=True)
class Seat(Generic[App]):
    """A place before a player."""

    app: App
    pilot: Pilot[None]
    records: Records

    @property
    def actor(self) -> Actor:
        """Someone who acts as the trainee."""
        return self.app.actor(within=WITHIN)

    async def until(self, condition: Callable[[], object], what: str = "", within: float = WITHIN) -> None:
        """Wait until it is so."""
        if not await self.app.actor(within=within).until(lambda: bool(condition())):
            pytest.fail(f"not within {within:.0f} s: {what}\n{self.painted()}")

    async def does(self, *intents: Intent) -> None:
        """One intent after the other, by real keys."""
        for one in intents:
            await self.actor.do(one)

    async def presses(self, *keys: str) -> None:
        """Keys, one after the other."""
        await press(self.pilot, *keys)

    async def reaches(self, number: int) -> None:
        """Wait until a step is under way, and the box says so where it will stay."""
        await self.until(lambda: self.app.course.number == number, f"step {number}")
        await self.settles()

    async def walks(self, *steps: Step) -> None:
        """Steps as the program does them, those that are only read included."""
        for step in steps:
            await self.until(lambda step=step: self.app.course.step is step, step.id)  # type: ignore[misc]
            await self.does(*step.do)
            if step.until is None:
                await self.presses("f12")

    async def settles(self) -> None:
        """Wait until all is shown, and box and marks stand still where they are to stand."""
        await self.actor.settles()
        stood: list[object] = []

        def stands() -> bool:
            stood.append(self._standing())
            return None not in stood[-3:] and len(stood) >= 3 and stood[-1] == stood[-2] == stood[-3]

        for _round in range(_ROUNDS):
            if stands():
                return
            await sleep(LOOKS_EVERY / 2)
        pytest.fail(f"box and marks do not come to rest\n{self.painted()}")

    def _standing(self) -> object:
        """Where everything stands; None as long as something is still to be moved or said."""
        app, screen = self.app, self.app.screen
        if not screen.query(Box) or self.box.said != app.said() or not self.box.display:
            return None
        floating = [one for one in (*screen.query(Mark), self.box) if one.display and not one.has_class(BAND)]
        for one in floating:
            offset = one.styles.offset
            if one.region.offset != (offset.x.value, offset.y.value):
                return None
        return screen, self.box.region, self.box.said, self.marked(), self.target and self.target.region

    @property
    def box(self) -> Box:
        """The box on the screen on top."""
        return self.app.screen.query_one(Box)

    @property
    def target(self) -> Widget | None:
        """The widget that is to be marked, where it is."""
        target = self.app.target()
        return self.app.sight.find(target) if target else None

    def marked(self) -> tuple[Region, ...]:
        """Where the marks stand."""
        return tuple(one.region for one in self.app.screen.query(Mark) if one.display)

    def seen(self, widget: Widget) -> Region:
        """What of a widget can be seen."""
        return self.app.screen.find_widget(widget).visible_region

    def painted(self) -> str:
        """The screen as text, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips(self.app.size))

    def sees(self, words: str) -> bool:
        """Whether the screen shows these words, however they are broken into lines."""
        return run_together(words) in run_together(self.painted())

    def box_says(self, words: str) -> bool:
        """Whether these words are painted where the box stands, however they are broken into lines."""
        region = self.box.region
        strips = self.app.screen._compositor.render_strips(self.app.size)
        lines = [strips[y].crop(region.x, region.right).text for y in range(region.y, region.bottom)]
        return run_together(words) in run_together("".join(lines))

    async def clicks(self, at: Offset) -> None:
        """Click on a cell of the screen, as a terminal reports it."""
        driver = self.app._driver
        assert driver is not None
        for kind in (MouseDown, MouseUp):
            driver.send_message(kind(None, at.x, at.y, 0, 0, 1, False, False, False, at.x, at.y))
        await self.pilot.pause()


@asynccontextmanager
async def practising(
    filed: Filed, folder: Path, size: tuple[int, int] = (100, 36), *, restart: bool = False
) -> AsyncIterator[Seat[GuideApp]]:
    """Sit down to practise a scenario, with records in a folder; again in the same folder goes on."""
    records = Records(folder)
    app = open_app(filed, sit_down(records, filed, Mode.GUIDE, TRAINEE, restart=restart))
    assert isinstance(app, GuideApp)
    async with seated(app, records, size) as seat:
        yield seat


@asynccontextmanager
async def examined(filed: Filed, folder: Path, size: tuple[int, int] = (100, 36)) -> AsyncIterator[Seat[ExamApp]]:
    """Sit down to an exam, with records in a folder; again in the same folder goes on."""
    records = Records(folder)
    app = open_app(filed, sit_down(records, filed, Mode.TEST, TRAINEE))
    assert isinstance(app, ExamApp)
    async with seated(app, records, size) as seat:
        yield seat


@asynccontextmanager
async def seated(app: Attempted, records: Records, size: tuple[int, int]) -> AsyncIterator[Seat[Attempted]]:
    """Sit before an app, until one leaves it."""
    app.animation_level = "none"
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            seat = Seat(app, pilot, records)
            await seat.settles()
            yield seat
            await seat.actor.settles()
        app.keep()
    finally:
        app.world.close()

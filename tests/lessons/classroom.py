"""The real app in a lesson's world, with someone at its keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from stellr_tui.classroom.actor import Actor
from stellr_tui.classroom.app import LessonApp
from stellr_tui.classroom.sight import Sight
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.scenario import Filed, Step
from stellr_tui.lessons.world import OpenWorld, open_world
from stellr_tui.widgets.places import Place

WITHIN = 30.0


@dataclass(frozen=True)
class Room:
    """A lesson that is under way."""

    world: OpenWorld
    app: LessonApp
    sight: Sight
    actor: Actor

    async def does(self, *intents: Intent) -> None:
        """One intent after the other."""
        for intent in intents:
            await self.actor.do(intent)

    async def walks(self, step: Step) -> str | None:
        """A step as the program does it; what holds instead of its condition, if that does not come to hold."""
        await self.does(*step.do)
        until = step.until
        if until is None or await self.actor.until(lambda: until.instead(self.sight.look()) is None):
            return None
        return until.instead(self.sight.look())


@asynccontextmanager
async def room(
    filed: Filed, folder: Path, begin_at: Place | None = None, size: tuple[int, int] = (100, 36)
) -> AsyncIterator[Room]:
    """Open the world in a folder, and the app in it."""
    world = open_world(filed, folder)
    try:
        app = LessonApp(world, begin_at)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True):
            sight = Sight(app, world.book())
            actor = Actor(app, sight, within=WITHIN)
            await actor.settles()
            yield Room(world, app, sight, actor)
            await actor.settles()
    finally:
        world.close()

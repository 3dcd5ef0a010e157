"""Pictures of a lesson: each step where it begins, with the place of its target, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stellr_tui.classroom.check import Guest
from stellr_tui.classroom.stillness import still

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.widget import Widget

    from stellr_tui.classroom.actor import Actor
    from stellr_tui.classroom.app import LessonApp
    from stellr_tui.lessons.scenario import Step


@dataclass(frozen=True, slots=True)
class Pictured:
    """A step in two pictures (SVG). target: the cells of what it works with, in the first one."""

    number: int
    step: Step
    before: str
    target: Region
    after: str


class Photographer(Guest):
    """Walks along and takes two pictures of each step; the same ones each time.

    A notice is to be seen until the step after it begins.
    """

    def __init__(self) -> None:
        self.pictured: list[Pictured] = []
        self._app: LessonApp
        self._actor: Actor
        self._began: tuple[str, Region]

    async def enters(self, app: LessonApp, actor: Actor) -> None:
        """Take the camera out."""
        self._app, self._actor = app, actor

    async def begins(self, number: int, step: Step, target: Widget) -> None:
        """Take the picture that shows the target, brought into sight."""
        self._app.clear_notifications()
        target.scroll_visible(animate=False, immediate=True)
        await still(self._app, self._actor)
        placed = self._app.screen.find_widget(target)
        self._began = self._app.export_screenshot(), placed.visible_region

    async def ends(self, number: int, step: Step) -> None:
        """Take the picture of what came of it."""
        await still(self._app, self._actor)
        before, target = self._began
        self.pictured.append(Pictured(number, step, before, target, self._app.export_screenshot()))

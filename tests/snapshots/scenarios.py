"""The pictures of a scenario: a walk through it, and what the screen shows behind each step that is marked for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stellr_tui.classroom.check import Guest, walk_along
from stellr_tui.classroom.stillness import still

if TYPE_CHECKING:
    from stellr_tui.classroom.actor import Actor
    from stellr_tui.classroom.app import LessonApp
    from stellr_tui.lessons.scenario import Filed, Step


class _Photographer(Guest):
    def __init__(self) -> None:
        self.pictures: dict[str, str] = {}
        self._app: LessonApp
        self._actor: Actor

    async def enters(self, app: LessonApp, actor: Actor) -> None:
        self._app, self._actor = app, actor

    async def ends(self, number: int, step: Step) -> None:
        if step.picture:
            await still(self._app, self._actor)
            self.pictures[step.id] = self._app.export_screenshot()
        self._app.clear_notifications()


async def pictures_of(filed: Filed, size: tuple[int, int]) -> dict[str, str]:
    """The pictures (SVG) by the ids of the steps, in the language spoken now."""
    photographer = _Photographer()
    await walk_along(filed, photographer, size=size)
    return photographer.pictures

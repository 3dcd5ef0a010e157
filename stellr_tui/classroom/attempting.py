"""A player in which the trainee acts: what comes of it is written down as it happens, and shown at the end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import work

from stellr_tui.classroom.player import Player
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.lessons.engine import Finished
from stellr_tui.lessons.shelf import following

if TYPE_CHECKING:
    from stellr_tui.lessons.attempt import Attempt
    from stellr_tui.lessons.engine import Course, Event
    from stellr_tui.lessons.records import Kept, Sitting
    from stellr_tui.lessons.world import OpenWorld
    from stellr_tui.widgets.places import Place

_KEPT_EVERY = 10.0  # seconds: so much of the time can be lost with the program


class AttemptApp(Player):
    """An attempt at a scenario. Where it stands is on the disk before anything else is said."""

    def __init__(self, world: OpenWorld, course: Course, sitting: Sitting, begin_at: Place | None = None) -> None:
        super().__init__(world, course, begin_at)
        self.sitting = sitting
        self.kept: Kept | None = None
        """The attempt, once it is over."""
        self._kept_at = monotonic()

    def look_about(self) -> None:
        """Go on where something was reached, in whatever way, or cannot be any more."""
        if self.kept is not None:
            return
        self.take(self.course.look(self.sight.look(), monotonic()))
        if self.kept is None and monotonic() - self._kept_at > _KEPT_EVERY:
            self._keep_course()

    def keep(self) -> None:
        """Write down where it stands, unless it is over; the time stops until it is looked at again."""
        if self.kept is None:
            self.course.pause(monotonic())
            self._keep_course()

    def take(self, events: tuple[Event, ...]) -> None:
        """What has come of the last look."""
        finished = next((one for one in events if isinstance(one, Finished)), None)
        if finished is not None:
            self.kept = self.sitting.finish(finished.attempt)
            self._show_result(finished.attempt)
        elif events:
            self._keep_course()

    @work
    async def _show_result(self, attempt: Attempt) -> None:
        """Behind whatever the portal is still about to show: it would take the result's place."""
        await self.actor().settles()
        scenario = self.course.scenario
        await self.push_screen_wait(ResultScreen(scenario, attempt, following(scenario.id)))
        self.exit()

    def _keep_course(self) -> None:
        self._kept_at = monotonic()
        self.sitting.keep(self.course.as_mapping())

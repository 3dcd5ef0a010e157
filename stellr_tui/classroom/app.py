"""The portal in a lesson's world: the real app at the world's desk, and at no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.worker import get_current_worker

from stellr_tui.app import StellrApp
from stellr_tui.classroom.names import place_named
from stellr_tui.reference.settings import Read, Settings, read_settings
from stellr_tui.widgets.places import Place, Portal
from stellr_tui.widgets.type_ahead import see_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Event
    from textual.screen import Screen

    from stellr_tui.desk.desk import Desk
    from stellr_tui.lessons.world import OpenWorld


class LessonApp(StellrApp):
    """The app of a lesson. Its head says 訓練 in words, as in every training database, and in a colour of its own."""

    goes_on_with_order = True  # a lesson is gone on with at its step, wherever that is
    goes_on_in_wizard = False  # what a step says to do begins at the wizard's first step
    leads_to_lessons = False

    CSS = """
    Masthead { background: $warning-muted; }
    """

    def __init__(self, world: OpenWorld, begin_at: Place | None = None, settings: Settings | None = None) -> None:
        """Begin where the scenario says, or at another place, with the world's user signed in.

        settings: by default it looks as the user's own portal does, with nothing that is proposed there, and with the
        keys that lessons name.
        """
        super().__init__(read=Read(settings or Settings().looking_like(read_settings().settings)))
        self.world = world
        self.struck: set[Key] = set()
        """The keys under way that the program pressed, and nobody else."""
        self._begin_at = begin_at or first_place(world)

    def desk(self) -> Desk:
        """The world's desk; no database is ever named here."""
        return self.world.desk

    async def on_event(self, event: Event) -> None:
        """A key that has come here is under way no longer."""
        await super().on_event(event)
        if isinstance(event, Key):
            self.struck.discard(event)

    def keep_settings(self, settings: Settings) -> None:
        """Only how everything looks is kept: what a lesson proposes, and its keys, are not the user's own."""
        super().keep_settings(read_settings().settings.looking_like(settings))

    def begin(self) -> None:
        """Begin at the place, or at the login where nobody is signed in yet."""
        if self._begin_at is None:
            super().begin()
        else:
            self.begin_at(self.world.user, self._begin_at)

    async def move_into(self, world: OpenWorld) -> None:
        """Leave every page, and begin anew in another world. Call it from a worker, with nothing else under way."""
        own = get_current_worker()
        for worker in self.workers:
            if worker is not own:
                worker.cancel()  # it waits for an answer to a dialog that goes
        self.break_off()
        while len(self.screen_stack) > 1:
            await see_through(self.screen)  # until it stands: Textual cannot take away what is only half there
            await self.pop_screen()
        self.clear_notifications()
        self.forget_order()
        self.signed_in = self.clock = None
        self.forget_places()
        self.world = world
        self._begin_at = first_place(world)
        self.begin()

    def unsaved_places(self) -> Sequence[str]:
        """Nothing is lost: a lesson that is left goes on at its step."""
        return ()

    @property
    def portal_screen(self) -> Screen[Any]:
        """What the portal shows on top, below the letters of a jump and whatever the classroom has put over it."""
        from stellr_tui.widgets.jump import Jump

        own = __package__ or ""
        beside = (one for one in reversed(self.screen_stack) if not type(one).__module__.startswith(own))
        return next(one for one in beside if not isinstance(one, Jump))


def first_place(world: OpenWorld) -> Place | None:
    """Where the scenario begins; None is the login. Refused with the place's name, file and line."""
    begins = world.filed.scenario.world
    if not begins.signed_in:
        return None
    return place_named(begins.place, begins.of, world.book()) if begins.place else Portal()

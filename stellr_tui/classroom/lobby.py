"""The lobby: the list of lessons, from which one goes into a lesson and comes back, and everyone's results.

It is an app of its own without an order book, and ends with a wish: a lesson is a program of its own in the same
terminal, with its own world. `visit` goes back and forth between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

from stellr_tui.app import StellrApp
from stellr_tui.classroom.lesson_list import LessonList, Wish
from stellr_tui.lessons.records import Records
from stellr_tui.reference.settings import Read, read_settings
from stellr_tui.rules.findings import Refused

Play = Callable[[Wish], object]
"""Plays a lesson in this terminal until it is left."""


class Lobby(StellrApp):
    """The app of the lobby."""

    leads_to_lessons = False

    CSS = """
    #masthead { height: 1; }
    #standing { display: none; }
    #lesson-standing, #lesson-attempts-total, #lesson-filters, #lesson-hurdles-of { padding: 0 1; }
    #lesson-list, #lesson-attempts { height: 1fr; }
    #lesson-about { height: auto; max-height: 8; padding: 0 1; background: $panel; }
    #lesson-about-title { text-style: bold; }
    .-wide #lesson-about, .-extra-wide #lesson-about { padding: 1 2; max-height: 14; }
    .-wide #lesson-filters, .-extra-wide #lesson-filters { grid-size: 4; grid-columns: 3fr 4fr 2fr 2fr; }
    #lesson-hurdles-of .label { width: auto; }
    #lesson-hurdles-words { padding: 0 1; }
    #lesson-hurdles-chart { height: 40%; }
    #lesson-hurdles { height: 1fr; }
    """

    def __init__(self, trainee: str, records: Records | None = None, lesson: str = "", trouble: str = "") -> None:
        """trainee: who looks at it; lesson: the id of the one to stand at; trouble: what is to be said at first."""
        super().__init__(read=Read(read_settings().settings))  # what is wrong there is said in the portal
        self.trainee = trainee
        self.records = records or Records()
        self.wish: Wish | None = None
        self._lesson = lesson
        self._trouble = trouble

    def desk(self) -> NoReturn:
        """There is none: what is under way elsewhere is out of reach."""
        raise RuntimeError("the lobby has no order book")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What looks into the order book is not offered."""
        return action != "palette" and super().check_action(action, parameters)

    def unsaved_places(self) -> Sequence[str]:
        """Nothing is entered here that is to be saved."""
        return ()

    def begin(self) -> None:
        """Begin at the list of lessons."""
        self.push_screen(LessonList(self.trainee, self.records, self._lesson), self._left)
        if self._trouble:
            self.notify(self._trouble, severity="error", markup=False)

    def _left(self, wish: Wish | None) -> None:
        self.wish = wish
        self.exit()


def visit(trainee: str, play: Play, records: Records | None = None) -> None:
    """Stay in the lobby, with lessons in between, until one leaves it."""
    from stellr_tui.reference.sentences import sentence

    lesson = trouble = ""
    while True:
        lobby = Lobby(trainee, records, lesson, trouble)
        lobby.run()
        if lobby.failure is not None:
            raise lobby.failure
        if lobby.wish is None:
            return
        lesson, trouble = lobby.wish.filed.scenario.id, ""
        try:
            play(lobby.wish)
        except Refused as refused:
            trouble = "\n".join(sentence(one) for one in refused.findings)

"""How far days have been worked: a bar, the part of the way, and the day that was worked last."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from stellr_tui.reference.texts import _
from stellr_tui.widgets.words import Words


class Way(Vertical):
    """The way from the first day that it is told of to the last one. Nothing to be seen before that."""

    DEFAULT_CSS = """
    Way {
        height: auto;
        display: none;
        &.-begun { display: block; }
        #way-bar { height: 1; background: $panel; }
        #way-done { height: 1; width: 0; background: $primary; }
        #way-words { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="way")
        self._first: date | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="way-bar"):
            yield Static(id="way-done")
        yield Words(id="way-words")

    def end(self) -> None:
        """There is no way any more."""
        self._first = None
        self.remove_class("-begun")

    def tell(self, day: date, goal: date) -> None:
        """A day has been worked, and the last one to be is this."""
        self._first = self._first or day
        part = (day - self._first).days / max(1, (goal - self._first).days)
        percent = 100 if day == goal else int(part * 100)
        self.add_class("-begun")
        self.query_one("#way-done").styles.width = f"{percent}%"
        words = _("{percent}%  {day} まで処理しました ({goal} まで進めます)")
        self.query_one("#way-words", Words).update(words.format(percent=percent, day=day, goal=goal))

"""A clock that is moved by hand, and attempts to keep by it."""

from datetime import UTC, datetime, timedelta

from stellr_tui.lessons.attempt import Attempt, Mark, Mode

MORNING = datetime(2024, 5, 16, 0, 30, tzinfo=UTC)  # half past nine in Tokyo


class Clock:
    """Says what it was set to."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def a_mark(of: str, *, right: bool = True, hints: int = 0, seconds: float = 10.0, possible: int = 2) -> Mark:
    """A step that was reached with so many hints, or was not."""
    points = 0 if not right else possible // 2 if hints else possible
    return Mark(of, right, right and not hints, hints, seconds, points, possible)


def an_attempt(*marks: Mark, scenario: str = "new-order", mode: Mode = Mode.GUIDE, lost: str = "") -> Attempt:
    """An attempt with these marks, passed from 80 percent on."""
    points, possible = sum(one.points for one in marks), sum(one.possible for one in marks)
    seconds = sum(one.seconds for one in marks)
    return Attempt(scenario, mode, marks, seconds, points, possible, points * 100 >= possible * 80, lost)

"""The progress of something long, as a bar on standard error; nothing where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from stellr_tui.reference.texts import _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# A shorter way is done before anybody could read how far it is.
LONG_WAY = 60
_CELLS = 40


@contextmanager
def way_ahead() -> Iterator[Callable[[date, date], None]]:
    """What is to be told each day that has been worked, and the last one to be.

    Where the way is long and a terminal shows it, there is a bar until the block ends. It begins with the first day
    that is worked, so that what is refused shows none.
    """
    if not sys.stderr.isatty():
        yield lambda _day, _goal: None
        return
    first: date | None = None
    shown: tuple[Progress, TaskID] | None = None

    def tell(day: date, goal: date) -> None:
        nonlocal first, shown
        first = first or day
        if (goal - first).days < LONG_WAY:
            return
        done, total = (day - first).days, (goal - first).days
        shown = shown or _begin(total)
        bars, task = shown
        bars.update(task, completed=done, bar=_bar(done / total), day=day)

    try:
        yield tell
    finally:
        if shown:
            shown[0].stop()


def _begin(total: int) -> "tuple[Progress, TaskID]":
    """Show a bar for that many days."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.fields[bar]}", markup=False),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        TextColumn("{task.fields[day]}", markup=False),
    )
    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    bars = Progress(*columns, console=console)
    bars.start()
    return bars, bars.add_task(_("処理日を進めています"), total=total, bar=_bar(0), day="")


def _bar(part: float) -> str:
    """Of characters that every terminal shows in one cell, unlike the lines of other bars."""
    done = min(_CELLS, int(part * _CELLS))
    return "#" * done + "-" * (_CELLS - done)

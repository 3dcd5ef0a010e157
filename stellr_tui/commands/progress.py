"""The progress of something long, as a bar on standard error; nothing where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from stellr_tui.reference.texts import _

Progress = Callable[[date, date], None]
"""Is told the day that was just worked through, and the last one."""

# A shorter way is done before anybody could read how far it is.
LONG_WAY = 60
_CELLS = 40


@contextmanager
def way_ahead(first: date, last: date) -> Iterator[Progress | None]:
    """A bar from one day to another for as long as the block runs, if the way is long and a terminal shows it."""
    if (last - first).days < LONG_WAY or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TextColumn

    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.fields[bar]}", markup=False),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        TextColumn("{task.fields[day]}", markup=False),
    )
    total = (last - first).days
    bars = Bars(*columns, console=console)
    task = bars.add_task(_("処理日を進めています"), total=total, bar=_bar(0), day=first)

    def tell(day: date, _goal: date) -> None:
        # Begun with the first day, so that what is refused shows no bar.
        bars.start()
        done = (day - first).days
        bars.update(task, completed=done, bar=_bar(done / total), day=day)

    try:
        yield tell
    finally:
        bars.stop()


def _bar(part: float) -> str:
    """Of characters that every terminal shows in one cell, unlike the lines of other bars."""
    done = min(_CELLS, int(part * _CELLS))
    return "#" * done + "-" * (_CELLS - done)

"""The app over midnight: where the date is the system's, a day that has begun is worked before one works on in it."""

from __future__ import annotations

from asyncio import Event
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from stellr_tui.reference.texts import _
from stellr_tui.widgets.workplace import Workplace

if TYPE_CHECKING:
    from stellr_tui.desk.clock import Clock
    from stellr_tui.desk.closing import Closed


class OverMidnight(Workplace):
    """Looks at the clock every moment, since a timer until midnight would stand still while the machine sleeps.

    A new day is worked in a thread, which posts messages. The order book is never opened for it: that the first
    question of a screen does.
    """

    EVERY: ClassVar[float] = 1.0
    """Seconds between two looks at the clock, which cost next to nothing."""

    ONCE_MORE: ClassVar[float] = 60.0
    """Seconds until it is tried again where the order book could not be reached."""

    way: var[tuple[date, date] | None] = var(None)
    """The day that was worked last and the last one to be, while days are being worked."""

    is_catching_up: var[bool] = var(False)
    """Whether days are being worked."""

    rested: Event
    """Set while none are."""

    class DayWorked(Message):
        """A day has been worked on the way to the last one."""

        def __init__(self, day: date, goal: date) -> None:
            self.day = day
            self.goal = goal
            super().__init__()

    class DaysWorked(Message):
        """Every day until now has been worked; nothing of that in a training database, whose date is moved by hand."""

        def __init__(self, clock: Clock, closed: Closed | None) -> None:
            self.clock = clock
            self.closed = closed
            super().__init__()

    class NotWorked(Message):
        """The order book could not be reached."""

        def __init__(self, error: Exception) -> None:
            self.error = error
            super().__init__()

    _seen_on: date | None = None
    _untold: Closed | None = None
    _looking: Timer | None = None

    def follow_the_date(self) -> None:
        """Begin to look at the clock."""
        self.rested = Event()
        self.rested.set()
        self._looking = self.set_interval(self.EVERY, self.look_at_the_date)

    def look_at_the_date(self) -> None:
        """Work the days that have gone by, if the date is another than at the last look; else nothing."""
        if self._desk is None or self.is_catching_up:
            return
        from stellr_tui.desk.clock import TOKYO

        seen = self._desk.now().astimezone(TOKYO).date()
        if seen != self._seen_on:
            self._seen_on = seen
            self.is_catching_up = True
            self.rested.clear()
            self._work_the_days()

    @work(thread=True, group="midnight")
    def _work_the_days(self) -> None:
        from stellr_tui.desk.clock import read_clock
        from stellr_tui.desk.closing import catch_up
        from stellr_tui.store.errors import StoreUnavailable

        worker = get_current_worker()

        def watch(day: date, goal: date) -> bool:
            self.post_message(self.DayWorked(day, goal))
            return not worker.is_cancelled

        desk = self.desk()
        message: Message
        try:
            closed = catch_up(desk, watch)
            message = self.DaysWorked(read_clock(desk), closed)
        except StoreUnavailable as error:
            message = self.NotWorked(error)
        if not worker.is_cancelled:
            self.post_message(message)

    @on(DayWorked)
    def _show_way(self, message: DayWorked) -> None:
        self.way = (message.day, message.goal)

    @on(DaysWorked)
    def _show_date(self, message: DaysWorked) -> None:
        """Another date in every masthead, and what happened as a notice."""
        changed = self.clock is not None and self.clock != message.clock
        if message.closed is not None and (changed or any(message.closed.counts.values())):
            self._untold = message.closed
        self._at_rest()
        if self.signed_in is None:
            return
        self.clock = message.clock
        self._show_clock_everywhere()
        if self._untold is not None:
            self.tell_what_happened()
            self._read_again()

    @on(NotWorked)
    def _try_again_later(self, message: NotWorked) -> None:
        self._seen_on = None
        self._at_rest()
        if self._looking is not None:
            self._looking.pause()
            self.set_timer(self.ONCE_MORE, self._looking.resume)
        self.notify(str(message.error), title=_("データベースに接続できません"), severity="error", markup=False)

    def tell_what_happened(self) -> None:
        """Say what happened on the days that were worked, once, to somebody who is signed in."""
        if self._untold is not None:
            from stellr_tui.reference.labels import day_worked

            self.notify(day_worked(self._untold.through, self._untold.counts), markup=False)
            self._untold = None

    def _at_rest(self) -> None:
        self.is_catching_up = False
        self.way = None
        self.rested.set()

    def _show_clock_everywhere(self) -> None:
        from stellr_tui.widgets.masthead import Masthead

        for screen in self.screen_stack:
            for masthead in screen.query(Masthead):
                masthead.show_clock(self.clock)

    def _read_again(self) -> None:
        """Show the page anew, unless somebody types there or has a dialog open: then it stays as it is."""
        from stellr_tui.widgets.page import Page

        if isinstance(self.screen, Page) and not isinstance(self.focused, Input):
            self.show_again()

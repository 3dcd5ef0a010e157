"""Waiting for a condition, never for a time."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.strip import Strip

from stellr_tui.widgets.type_ahead import TypeAhead

WITHIN = 30.0
A_FRAME = 0.04
A_MOMENT = 0.01


def is_settled(app: App[Any]) -> bool:
    """Whether no question to the desk is under way, and every answer has been shown.

    Workers end after they have posted their message, so behind them only queues are left.
    """
    screen = app.screen
    asking = any(worker.group != "default" and not worker.is_finished for worker in app.workers)
    pumps = [app, *app.screen_stack, *screen.walk_children()]
    # What waits behind a key that leads on has not even been typed.
    typing = isinstance(app, TypeAhead) and app.is_working_off
    # The keys at the foot are made behind everything else.
    to_be_drawn = screen._callbacks or screen._layout_required
    return not asking and not typing and not to_be_drawn and not any(pump._message_queue.qsize() for pump in pumps)


async def until(condition: Callable[[], object], pilot: Pilot[None], within: float = WITHIN) -> None:
    """Let the app work until the condition holds; what is not there yet does not hold it.

    Raises AssertionError with the screen it stands on after `within` seconds.
    """
    deadline = monotonic() + within
    while True:
        try:
            if condition():
                return
        except (LookupError, NoMatches):
            pass
        if monotonic() > deadline:
            raise AssertionError(f"this did not come to be on {pilot.app.screen!r}")
        await sleep(A_MOMENT)


async def rests(pilot: Pilot[None]) -> None:
    """Wait until the screen has come to rest: no scrolling, and nothing that is still to be laid out."""
    painted: list[list[Strip]] = []

    def stands() -> bool:
        painted.append(pilot.app.screen._compositor.render_strips(pilot.app.size))
        return len(painted) >= 3 and painted[-1] == painted[-2] == painted[-3]

    while not stands():
        await pilot.wait_for_scheduled_animations()
        await pilot.pause(A_FRAME)

"""Waiting for a condition, never for a time."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.css.query import NoMatches
from textual.pilot import Pilot

WITHIN = 30.0


async def until(condition: Callable[[], object], pilot: Pilot[None], within: float = WITHIN) -> None:
    """Let the app work until the condition holds; a widget that is not there yet does not hold it.

    Raises AssertionError with the screen it stands on after `within` seconds.
    """
    deadline = monotonic() + within
    while True:
        try:
            if condition():
                return
        except NoMatches:
            pass
        if monotonic() > deadline:
            raise AssertionError(f"this did not come to be on {pilot.app.screen!r}")
        await pilot.pause()

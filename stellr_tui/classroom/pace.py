"""A human's pace: time to read, to think and to press a key; it can be quickened and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from stellr_tui.lessons.intents import Intent

SLOWEST, FASTEST = 0.25, 100.0
"""How many times as fast as a human one may be."""

_THINKS = 0.6  # seconds before something is begun
_PRESSES = 0.45  # before a key with a name, that one may read it
_TYPES = 0.09  # before a letter
_LOOKS_UP = 1.2  # before reading
_READS = 0.045  # for each cell of text


class HumanPace:
    """The pace of someone who is watched. `watch` is shown the cap of each key before it is pressed."""

    def __init__(self, factor: float = 1.0, watch: Callable[[str], None] = lambda cap: None) -> None:
        """`factor`: how many times as fast as a human."""
        self.factor = factor
        self.is_paused = False
        self._watch = watch
        self._changed = asyncio.Event()

    async def before(self, intent: Intent) -> None:
        """Think what to do."""
        await self.wait(_THINKS)

    async def key(self, cap: str) -> None:
        """Let the key be seen, and press it."""
        self._watch(cap)
        await self.wait(_TYPES if len(cap) == 1 else _PRESSES)

    async def read(self, words: str) -> None:
        """Read some words."""
        await self.wait(_LOOKS_UP + _READS * cell_len(words))

    def pause(self, paused: bool = True) -> None:
        """Stop, or go on."""
        self.is_paused = paused
        self._changed.set()

    def quicken(self, times: float) -> None:
        """Be so many times as fast as now, within what can be followed."""
        self.factor = max(SLOWEST, min(self.factor * times, FASTEST))
        self._changed.set()

    async def wait(self, seconds: float) -> None:
        """Let so many seconds of a human pass; what is changed meanwhile counts at once."""
        left = seconds
        while left > 0 or self.is_paused:
            self._changed.clear()
            factor, since = self.factor, monotonic()
            limit = None if self.is_paused else left / factor
            try:
                await asyncio.wait_for(self._changed.wait(), limit)
            except TimeoutError:
                return
            if limit is not None:
                left -= (monotonic() - since) * factor

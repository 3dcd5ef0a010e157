"""A hand that does not wait: any keys anywhere, and ways that are taken, while screens come and go."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Sequence
from random import Random

from textual.pilot import Pilot

from stellr_tui.app import StellrApp
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import Place
from tests.keyboard import send

_KEYS = (
    *("tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "space"),
    *(f"f{number}" for number in range(1, 12)),
    *("ctrl+k", "ctrl+n", "ctrl+s", "ctrl+x", "ctrl+r", "ctrl+e", "ctrl+g", "ctrl+d", "ctrl+t", "ctrl+o", "ctrl+l"),
    *("ctrl+p", "ctrl+f", "ctrl+b", "ctrl+right_square_bracket", "a", "1", "/", "escape", "alt+left", "alt+right"),
)
_WAYS = 25
_PAUSES = (0, 0, 0, 0.001, 0.02)


async def scurry(app: StellrApp, pilot: Pilot[None], seed: int, places: Sequence[Place], *keys: str) -> None:
    """Press keys, these too, and go to places, each seed in its own way. Fails where that ends the app."""
    chance = Random(seed)
    pressed: list[str] = []
    for _way in range(_WAYS):
        if chance.random() < 0.5 and isinstance(app.screen, Page):
            app.go(chance.choice(places))
        for _turn in range(chance.choice([1, 3, 10, 40])):
            if chance.random() < 0.3:
                pressed.append(chance.choice((*_KEYS, *keys)))
                send(pilot, pressed[-1])
            await sleep(chance.choice(_PAUSES))
            assert app._exception is None, pressed
            if not app.is_running:
                return

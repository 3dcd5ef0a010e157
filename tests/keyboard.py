"""Keys as a terminal sends them, to an app under a pilot."""

from __future__ import annotations

import unicodedata
from asyncio import sleep
from time import monotonic
from typing import Any

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from tests.waiting import A_MOMENT, is_settled

SOON = 0.5
"""Seconds within which what a key leads to is done, unless it is held back."""


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, named as Textual names them, one after the other: each is done and drawn before the next.

    The pilot's own waits behind each key until the processor is idle, which on a busy machine it never is.
    """
    for key in keys:
        send(pilot, key)
        await is_done(pilot)


def send(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys so quickly that nothing happens between them."""
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        event = Key(_character_to_key(key) if len(key) == 1 and not key.isalnum() else key, _printed(key))
        event.set_sender(pilot.app)
        driver.send_message(event)


async def is_done(pilot: Pilot[Any]) -> None:
    """Wait until the app has worked through all that it was told, and has drawn what came of it.

    What still waits then, for an answer that a test holds back, is not waited for.
    """
    await pilot.pause(0)
    deadline = monotonic() + SOON
    while not is_settled(pilot.app) and monotonic() < deadline:
        await sleep(A_MOMENT)
    await pilot.pause(0)


def _printed(key: str) -> str | None:
    """What a key prints; nothing for the keys of control."""
    if len(key) == 1:
        return key
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        return None

"""Text as input methods, keyboards and clipboards deliver it, into a field that has the focus."""

from __future__ import annotations

from typing import Any

from textual.events import Key, Paste
from textual.pilot import Pilot

from stellr_tui.widgets.entry import Entry
from tests.waiting import until

DIGITS = "１２３４５６７８９０"
NAME = ("寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末食寝処" * 4)[:100]
SCROLL_BAR = 2
PASTED = ("江東区毛利一丁目二番三号" * 17)[:200]


def commit(pilot: Pilot[Any], text: str) -> None:
    """What an input method commits: all its characters in the same moment."""
    driver = pilot.app._driver
    assert driver is not None
    for one in text:
        driver.send_message(Key(one, one))


def paste(pilot: Pilot[Any], text: str) -> None:
    """What comes between the marks of a bracketed paste."""
    driver = pilot.app._driver
    assert driver is not None
    driver.send_message(Paste(text))


async def takes_all_text(pilot: Pilot[Any], entry: Entry) -> None:
    """A field keeps full-width digits and a name that come at once, and a paste in their place, and stays put."""
    entry.focus()
    await until(lambda: entry.has_focus, pilot)
    place = entry.region
    for kind, text in ((commit, DIGITS + NAME), (paste, PASTED)):
        entry.value = ""
        await until(lambda: not entry.value, pilot)
        kind(pilot, text)
        await until(lambda text=text: entry.value == text, pilot)  # type: ignore[misc]  # bound at once
        assert entry.has_focus, f"typing leads away from {entry}"
        # A scroll bar may come beside the page where what is found, or what is wrong, makes it longer.
        now = entry.region
        assert (now.x, now.height) == (place.x, place.height), f"{entry} moved"
        assert abs(now.width - place.width) <= SCROLL_BAR, f"{entry} is {now.width} wide after {place.width}"
        seen = entry.render_line(0).text.rstrip()
        assert entry.password or (seen and text.endswith(seen[-1])), f"{entry} shows {seen!r}"

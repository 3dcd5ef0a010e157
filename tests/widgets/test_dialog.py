"""A dialog has its buttons in sight, however much it has to say and however little room there is."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words
from tests.waiting import until


class Says(Dialog[None]):
    """So many lines of text."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines

    def title_text(self) -> str:
        return "題"

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words("\n".join(f"{line}行目" for line in range(1, self._lines + 1)))


@asynccontextmanager
async def opened(lines: int, height: int) -> AsyncIterator[Pilot[None]]:
    async with App[None]().run_test(size=(80, height)) as pilot:
        pilot.app.push_screen(Says(lines))
        await until(lambda: pilot.app.screen.query_one("#close").has_focus, pilot)
        yield pilot


def painted(pilot: Pilot[None]) -> list[str]:
    return [strip.text for strip in pilot.app.screen._compositor.render_strips(pilot.app.size)]


def is_read(pilot: Pilot[None], words: str) -> bool:
    return any(words in line for line in painted(pilot))


@pytest.mark.parametrize("height", [24, 36, 48])
async def test_a_long_text_scrolls_between_the_title_and_the_buttons(height: int) -> None:
    async with opened(100, height) as pilot:
        await until(lambda: is_read(pilot, "題") and is_read(pilot, "閉じる") and is_read(pilot, " 1行目"), pilot)
        while not is_read(pilot, "100行目"):
            before = painted(pilot)
            await pilot.press("pagedown")
            await until(lambda before=before: painted(pilot) != before, pilot)  # type: ignore[misc]  # bound at once
        assert is_read(pilot, "題")
        assert is_read(pilot, "閉じる")


@pytest.mark.parametrize("lines", [1, 18, 19, 20])
async def test_a_text_that_fits_is_shown_whole_and_the_dialog_is_no_higher(lines: int) -> None:
    async with opened(lines, 24) as pilot:
        await until(lambda: is_read(pilot, "閉じる") and is_read(pilot, " 1行目"), pilot)
        assert is_read(pilot, f" {lines}行目") == (lines <= 19)
        assert pilot.app.screen.query_one("#dialog").region.height == min(lines + 5, 24)


async def test_the_buttons_come_into_sight_again_when_the_terminal_gets_smaller() -> None:
    async with opened(40, 48) as pilot:
        await until(lambda: is_read(pilot, "40行目"), pilot)
        await pilot.resize_terminal(80, 24)
        await until(lambda: is_read(pilot, "閉じる") and not is_read(pilot, "40行目"), pilot)
        button = pilot.app.screen.query_one("#close", Button)
        assert button.region.bottom <= pilot.app.size.height

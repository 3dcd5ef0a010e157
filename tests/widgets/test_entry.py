"""An entry shows the start of what it holds, and what one types where one types."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from textual.app import App, ComposeResult
from textual.events import Key
from textual.pilot import Pilot

from stellr_tui.widgets.entry import Entry

LONG = "カブシキガイシャニホンバシカヤバチョウドウジツウヤク"
WIDTH = 20


class TwoEntries(App[None]):
    """Two narrow entries, of which the first has the focus."""

    CSS = f"Entry {{ width: {WIDTH}; }}"

    def compose(self) -> ComposeResult:
        yield Entry(id="first", compact=True)
        yield Entry(id="second", compact=True, select_on_focus=False)


@asynccontextmanager
async def two_entries() -> AsyncIterator[tuple[Pilot[None], Entry, Entry]]:
    app = TwoEntries()
    async with app.run_test(size=(40, 5)) as pilot:
        yield pilot, app.query_one("#first", Entry), app.query_one("#second", Entry)


async def until_shown(pilot: Pilot[None], entry: Entry, text: str) -> None:
    deadline = monotonic() + 10
    while (shown := entry.render_line(0).text.strip()) != text:
        if monotonic() > deadline:
            pytest.fail(f"{shown!r} is shown, not {text!r}")
        await pilot.pause(0.01)


async def test_what_is_filled_in_once_and_again_is_shown_from_its_start() -> None:
    async with two_entries() as (pilot, _first, second):
        for text in (LONG[:15], LONG, "短い", LONG):
            second.value = text
            second.cursor_position = len(text)
            await until_shown(pilot, second, text[: WIDTH // 2])


async def test_the_end_is_shown_while_one_types_there_and_the_start_again_after_leaving() -> None:
    async with two_entries() as (pilot, _first, second):
        second.value = LONG
        second.cursor_position = len(LONG)
        await until_shown(pilot, second, LONG[: WIDTH // 2])
        await pilot.press("tab")
        await until_shown(pilot, second, LONG[-(WIDTH // 2 - 1) :])
        await pilot.press("shift+tab")
        await until_shown(pilot, second, LONG[: WIDTH // 2])


async def test_a_click_is_where_it_was_clicked_in_what_was_painted() -> None:
    async with two_entries() as (pilot, _first, second):
        second.value = LONG
        second.cursor_position = len(LONG)
        await until_shown(pilot, second, LONG[: WIDTH // 2])
        await pilot.click("#second", offset=(6, 0))
        await until_shown(pilot, second, LONG[: WIDTH // 2])
        await pilot.press("x")
        assert second.value == LONG[:3] + "x" + LONG[3:]


async def test_the_blank_of_a_japanese_keyboard_is_typed_like_any_other_and_replaces_what_is_selected() -> None:
    async with two_entries() as (pilot, first, _second):
        for character in "山田\u3000太郎":
            pilot.app.post_message(Key(character, character))
        await until_shown(pilot, first, "山田\u3000太郎")
        first.select_all()
        pilot.app.post_message(Key("\u3000", "\u3000"))
        await until_shown(pilot, first, "")
        assert first.value == "\u3000"

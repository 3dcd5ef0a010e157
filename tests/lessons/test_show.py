"""Showing: the program acts at a human's pace, which can be stopped, quickened, and walked step by step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest
from textual.events import Paste
from textual.geometry import Offset

from stellr_tui.classroom.pace import FASTEST, HumanPace
from stellr_tui.classroom.show import ShowApp
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.lessons.world import open_world
from tests.lessons.files import written
from tests.lessons.players import Seat
from tests.lessons.test_guide import TWO_STEPS

LONG = 120.0


@asynccontextmanager
async def watching(
    filed: Filed, folder: Path, pace: float = FASTEST, size: tuple[int, int] = (100, 36)
) -> AsyncIterator[Seat[ShowApp]]:
    """Sit down to watch a scenario."""
    app = ShowApp(open_world(filed, folder / "world"), pace)
    app.animation_level = "none"
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Seat(app, pilot, Records(folder))
            app.action_show_pause()
            await pilot.pause()
    finally:
        app.world.close()


@pytest.fixture
def small(tmp_path: Path) -> Filed:
    """A small lesson: a step, something to read, another step."""
    return load_scenario(written(tmp_path, TWO_STEPS))


async def ends(seat: Seat[ShowApp]) -> None:
    """Wait until all is shown."""
    await seat.until(lambda: seat.sees("見本はここまでです。"), "the end", LONG)


async def test_the_first_lesson_is_shown_from_start_to_end(tmp_path: Path) -> None:
    [filed] = find_scenarios(["new-order"])
    async with watching(filed, tmp_path) as seat:
        await ends(seat)
        must = [one.until.instead(seat.app.sight.look()) for one in filed.scenario.exam.must]
        assert must == [None, None, None]
        assert [one.right for one in seat.app.course.marks] == [True] * len(filed.scenario.step)


async def test_a_step_is_shown_also_where_its_condition_holds_already(tmp_path: Path) -> None:
    still = """
already = true
do = [{ key = "screen.next" }]
until = { place = "home" }"""
    filed = load_scenario(written(tmp_path, TWO_STEPS.replace('id = "read"', f'id = "read"{still}')))
    async with watching(filed, tmp_path) as seat:
        await seat.presses("space", "right")
        await seat.until(lambda: seat.app.course.number == 2 and seat.app.pace.is_paused, "the second step, stopped")


async def test_keys_stand_on_caps_as_they_are_pressed(tmp_path: Path) -> None:
    [filed] = find_scenarios(["new-order"])
    async with watching(filed, tmp_path, pace=20) as seat:
        await seat.until(lambda: seat.sees("キー:  lucyj@synnex.com  Tab"), "what was typed")
        assert seat.app.sight.values("login") == ("lucyj@synnex.com",)


async def test_it_stops_and_goes_on(small: Filed, tmp_path: Path) -> None:
    async with watching(small, tmp_path, pace=0.25) as seat:
        await seat.until(lambda: seat.sees("一時停止"), "it plays")
        await seat.presses("space")
        await seat.until(lambda: seat.sees("再開"))
        app = seat.app
        app.action_show_quicken(1000.0)
        assert app.pace.factor == FASTEST
        # At this pace it would have been over long ago.
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(app.pace.wait(1.0), 0.3)
        assert app.course.number == 1
        await seat.presses("space")
        await ends(seat)


async def test_one_step_at_a_time_and_back_in_a_fresh_world(small: Filed, tmp_path: Path) -> None:
    async with watching(small, tmp_path, pace=FASTEST) as seat:
        await seat.presses("space", "right")
        await seat.until(lambda: seat.app.course.number == 2 and seat.app.pace.is_paused, "the second step, stopped")
        await seat.until(lambda: seat.sees("訓練 見本 2/3"))
        desk = seat.app.world.desk
        await seat.presses("right")
        await seat.until(lambda: seat.app.course.number == 3 and seat.app.pace.is_paused, "the third step, stopped")
        await seat.presses("left")
        await seat.until(lambda: seat.sees("訓練 見本 2/3") and seat.sees("再開"), "back at the second")
        assert seat.app.world.desk is not desk
        assert seat.app.sight.look().view.place() is not None
        assert seat.app.pace.is_paused
        await seat.presses("home")
        await seat.until(lambda: seat.sees("訓練 見本 1/3") and seat.sees("再開"), "back at the start")
        assert seat.app.sight.screen() == "portal"
        await seat.presses("space")
        await ends(seat)
        await seat.presses("left")
        await seat.until(lambda: seat.sees("訓練 見本 3/3") and seat.sees("再開"), "from the end back to the last")


async def test_no_key_click_or_paste_of_whoever_watches_reaches_the_portal(tmp_path: Path) -> None:
    [filed] = find_scenarios(["new-order"])
    async with watching(filed, tmp_path, pace=0.25) as seat:
        await seat.presses("space")
        await seat.until(lambda: seat.sees("再開"))
        await seat.actor.settles()
        before = seat.app.sight.values("login")
        await seat.presses("a", "tab", "enter", "ctrl+s", "f1", "escape")
        driver = seat.app._driver
        assert driver is not None
        driver.send_message(Paste("nonsense"))
        await seat.clicks(seat.app.screen.query_one("#contact").region.offset + Offset(2, 0))
        await seat.actor.settles()
        assert seat.app.sight.values("login") == before
        assert seat.app.sight.screen() == "login"


async def test_the_keys_in_the_box_can_be_clicked(small: Filed, tmp_path: Path) -> None:
    async with watching(small, tmp_path, pace=0.25) as seat:
        await seat.until(lambda: seat.sees("一時停止"))
        await seat.settles()
        await seat.clicks(seat.app.screen.query_one("#lesson-keys").region.offset + Offset(2, 0))
        await seat.until(lambda: seat.app.pace.is_paused)


async def test_a_wait_follows_the_pace_as_it_is_changed() -> None:
    pace = HumanPace()
    waiting = asyncio.create_task(pace.wait(1000.0))
    await asyncio.sleep(0)
    pace.pause()
    pace.quicken(1000.0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(waiting), 0.2)
    begun = monotonic()
    pace.pause(False)
    pace.quicken(1000.0)
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait_for(pace.wait(20.0), 5.0)
    assert monotonic() - begun >= 20.0 / FASTEST


async def test_every_cap_is_shown_before_its_key_is_pressed() -> None:
    seen: list[str] = []
    pace = HumanPace(FASTEST, seen.append)
    for cap in ("a", "Tab"):
        await pace.key(cap)
    assert seen == ["a", "Tab"]

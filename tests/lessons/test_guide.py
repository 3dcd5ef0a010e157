"""Practising: the trainee acts, steps pass however they are reached, help comes when it is asked for."""

from asyncio import sleep
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from stellr_tui.classroom.guide import GuideApp
from stellr_tui.classroom.play import sit_down
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Rung
from stellr_tui.lessons.intents import Choose, Fill, Open, Press, Way
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.widgets.places import Customers, Home, Results
from tests.keyboard import send
from tests.lessons.files import SMALL, written
from tests.lessons.players import TRAINEE, Seat, examined, practising
from tests.restless import scurry

Sits = Callable[..., AbstractAsyncContextManager[Seat[Any]]]

SIGN_IN = (Fill("login", "lucy"), Fill("password", "stellr-demo"), Press("sign-in"))

TWO_STEPS = SMALL.replace(
    "[exam]",
    """\
[[step]]
id = "read"
target = "vendor-pocketalk"
instruction = { ja = "読んでください。", en = "Read this." }

[[step]]
id = "customers"
target = "vendor-pocketalk"
instruction = { ja = "顧客管理へ。", en = "To the customers." }
do = [{ open = "customers" }]
until = { place = "customers" }
points = 4
hint = [{ ja = "F4です。", en = "It is F4." }, { ja = "本当にF4です。", en = "It is F4 indeed." }]

[exam]""",
)


@pytest.fixture
def filed() -> Filed:
    """The first lesson."""
    [found] = find_scenarios(["new-order"])
    return found


@pytest.fixture
def small(tmp_path: Path) -> Filed:
    """A small lesson: a step, something to read, a step with two hints."""
    return load_scenario(written(tmp_path, TWO_STEPS))


def result(seat: Seat[GuideApp]) -> ResultScreen:
    """The result, where it is shown."""
    assert isinstance(seat.app.screen, ResultScreen)
    return seat.app.screen


async def ends(seat: Seat[GuideApp]) -> None:
    """Wait for the result."""
    await seat.until(lambda: isinstance(seat.app.screen, ResultScreen), "the result")
    await seat.actor.settles()


async def test_a_step_passes_by_another_way_than_the_one_that_is_marked(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        await seat.does(*SIGN_IN, Press("tile-stellr"))
        await seat.reaches(3)
        await seat.does(Open(Way.VENDOR_CATALOG), Choose("vendors", "pocketalk"))
        await seat.reaches(4)
        assert [mark.first_try for mark in seat.app.course.marks] == [True, True, True]


async def test_what_is_only_read_waits_for_the_trainee_and_gives_no_points(small: Filed, tmp_path: Path) -> None:
    async with practising(small, tmp_path) as seat:
        await seat.does(Press("tile-stellr"))
        await seat.reaches(2)
        assert seat.sees("F12 ^y 読みました")
        assert not seat.sees("F10")
        await seat.presses("f10")
        assert seat.app.course.helped == ()
        await seat.presses("ctrl+y")
        await seat.reaches(3)
        assert seat.app.course.marks[1].possible == 0


async def test_help_goes_from_the_hints_to_the_exact_keys_and_then_it_is_done(small: Filed, tmp_path: Path) -> None:
    async with practising(small, tmp_path) as seat:
        await seat.does(Press("tile-stellr"))
        await seat.reaches(2)
        await seat.presses("f12")
        await seat.reaches(3)
        for key, shown in (
            ("f10", "ヒント: F4です。"),
            ("ctrl+underscore", "ヒント: 本当にF4です。"),
            ("f10", "キー:  F4"),
        ):
            await seat.presses(key)
            await seat.until(lambda shown=shown: seat.sees(shown), shown)  # type: ignore[misc]
        assert seat.sees("代わりに実行")
        assert seat.app.course.number == 3
        await seat.presses("f10")
        await ends(seat)
        kept = seat.app.kept
        assert kept is not None
        assert kept.attempt.marks[2].points == 0
        assert kept.attempt.hints == 4
        assert (kept.attempt.points, kept.attempt.possible, kept.attempt.passed) == (1, 5, False)


async def test_it_is_done_for_the_trainee_also_from_another_page(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        await seat.walks(*filed.scenario.step[:6])
        await seat.reaches(7)
        await seat.presses("escape")
        await seat.does(Open(Way.RESULTS))
        await seat.settles()
        while seat.app.course.number == 7 and Rung.DO not in seat.app.course.helped:
            await seat.presses("f10")
        await seat.reaches(8)
        assert seat.app.sight.values("company") == ("テスト株式会社",)
        assert seat.app.course.marks[6].points == 0


async def test_the_result_says_points_first_tries_hints_time_and_what_comes_next(small: Filed, tmp_path: Path) -> None:
    async with practising(small, tmp_path) as seat:
        await seat.does(Press("tile-stellr"))
        await seat.reaches(2)
        await seat.presses("f12")
        await seat.reaches(3)
        await seat.presses("f10")
        await seat.does(Open(Way.CUSTOMERS))
        await ends(seat)
        assert result(seat)
        for words in (
            "3 / 5 点 (60%、合格は 80% から)",
            "1回で正解 1 / 2",
            "ヒント 1回",
            "所要時間 0分",
            "不合格です。",
        ):
            assert seat.sees(words), words
        assert seat.sees("もう一度: レッスンの一覧、または stellr lesson guide small")
        assert seat.records.under_way(TRAINEE, "small") is None
        [kept] = seat.records.attempts(TRAINEE, "small")
        assert kept == seat.app.kept
        await seat.presses("enter")
        await seat.until(lambda: not seat.app.is_running or seat.app._exit, "the end")


async def test_a_wrong_try_is_noted(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        await seat.does(Fill("login", "lucy"), Fill("password", "wrong"), Press("sign-in"))
        await seat.until(lambda: seat.app.sight.refused(), "refused")
        await seat.settles()
        await seat.does(Fill("password", "stellr-demo"), Press("sign-in"))
        await seat.reaches(2)
        assert [mark.first_try for mark in seat.app.course.marks] == [False]


# At every step: tests/journeys/test_lessons.py.
@pytest.mark.parametrize("number", [6, 13, 17])
async def test_it_goes_on_at_the_step_at_which_it_was_left(number: int, filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        await seat.walks(*filed.scenario.step[: number - 1])
        await seat.reaches(number)
        if filed.scenario.step[number - 1].until is not None:
            await seat.presses("f10")
        helped = seat.app.course.helped
    async with practising(filed, tmp_path) as seat:
        await seat.until(lambda: not seat.app.is_preparing, "prepared")
        await seat.settles()
        assert seat.app.course.number == number
        assert seat.app.course.helped == helped
        assert seat.target is not None
        assert seat.marked()
        await seat.walks(*filed.scenario.step[number - 1 :])
        await ends(seat)
        book = seat.app.sight.look().book
        assert len(book.orders()) == 1


async def test_where_the_page_is_gone_all_steps_are_done_again_in_a_fresh_world(tmp_path: Path, filed: Filed) -> None:
    async with practising(filed, tmp_path) as seat:
        await seat.walks(*filed.scenario.step[:3])
        await seat.reaches(4)
        folder = seat.app.world.folder
    for file in folder.glob("*"):
        file.unlink()
    async with practising(filed, tmp_path) as seat:
        await seat.until(lambda: not seat.app.is_preparing, "prepared")
        await seat.settles()
        assert seat.app.course.number == 4
        assert seat.marked()


async def test_restarting_gives_up_what_was_under_way(small: Filed, tmp_path: Path) -> None:
    async with practising(small, tmp_path) as seat:
        await seat.does(Press("tile-stellr"), Open(Way.CUSTOMERS))
        await seat.reaches(2)
    async with practising(small, tmp_path, restart=True) as seat:
        assert seat.app.course.number == 1
        assert seat.sees("訓練 1/3")


def test_practice_and_exam_of_one_lesson_are_not_mixed_up(small: Filed, tmp_path: Path) -> None:
    records = Records(tmp_path / "records")
    sitting = sit_down(records, small, Mode.GUIDE, TRAINEE)
    sitting.keep({"marks": []})
    with pytest.raises(Refused) as refused:
        sit_down(records, small, Mode.TEST, TRAINEE)
    assert [one.reason for one in refused.value.findings] == [Reason.OTHERWISE_UNDER_WAY]
    assert sit_down(records, small, Mode.TEST, TRAINEE, restart=True).mode is Mode.TEST


async def test_nothing_is_looked_for_while_one_world_takes_the_place_of_another(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:
        moving = seat.app.run_worker(seat.app.replay(1))
        while not moving.is_finished:
            await seat.app._look_about()
            send(seat.pilot, "f3")
            await sleep(0.005)
        await seat.settles()
        assert seat.app.course.number == 1
        await seat.walks(*filed.scenario.step[:2])


async def test_text_is_typed_in_the_next_world_though_a_key_was_under_way(filed: Filed, tmp_path: Path) -> None:
    async with practising(filed, tmp_path) as seat:

        async def moves() -> None:
            send(seat.pilot, "tab")
            while not seat.app.is_working_off:
                await sleep(0)
            await seat.app.move_into(seat.app.world)

        await seat.app.run_worker(moves()).wait()
        await seat.does(*SIGN_IN)
        await seat.until(lambda: seat.app.signed_in, "signed in")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sits", [practising, examined])
async def test_a_hand_that_does_not_wait_ends_no_lesson(sits: Sits, seed: int, filed: Filed, tmp_path: Path) -> None:
    async with sits(filed, tmp_path) as seat:
        await scurry(seat.app, seat.pilot, seed, (Home(), Customers(), Results()), "f12", "enter")

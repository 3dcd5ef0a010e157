"""The result of an attempt that is looked up: whose it is, and how it went, also where the lesson is another by now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stellr_tui.classroom.attempts import AttemptsScreen
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.lessons.attempt import Mark, Mode
from stellr_tui.lessons.records import Records
from tests.lessons.clock import Clock, a_mark
from tests.lessons.files import SMALL, written
from tests.lessons.test_lobby import Visitor, lobby, over

CHANGED = "この記録のあとで、レッスンの内容が変更されています。"


@pytest.fixture
def records() -> Records:
    return Records(now=Clock())


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lesson as it is now: one step, and an exam that looks for one thing, for one point."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    written(folder)
    monkeypatch.setattr("stellr_tui.lessons.shelf.FOLDER", str(folder))
    return folder


@asynccontextmanager
async def looked_up(records: Records, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Visitor]:
    """The newest of all results, opened with Enter."""
    async with lobby(records, size=size) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("enter")
        await visitor.comes_to(ResultScreen)
        yield visitor


async def test_it_says_whose_it_is_and_when_and_not_what_to_do_next(records: Records) -> None:
    over(records, "太郎", "small", a_mark("home", possible=1))
    async with looked_up(records) as visitor:
        painted = visitor.painted()
        assert "太郎" in painted
        assert "2024-05-16 09:30" in painted
        assert "1 / 1 点 (100%、合格は 80% から)" in painted
        assert "stellr lesson" not in painted
        assert CHANGED not in painted


async def test_an_exam_that_looked_for_more_than_it_does_now_is_told_as_it_was(records: Records) -> None:
    gone = Mark("must-2", False, False, 0, 0.0, 0, 30, "数量は10")
    over(records, "太郎", "small", a_mark("must-1", possible=1), gone, mode=Mode.TEST)
    async with looked_up(records) as visitor:
        painted = visitor.painted()
        assert "[正] ホームが開いている  1 / 1 点" in painted
        assert "[誤] must-2  0 / 30 点" in painted
        assert "実際: 数量は10" in painted
        assert CHANGED in painted


async def test_an_exam_that_looked_for_less_than_it_does_now_is_told_as_it_was(records: Records, shelf: Path) -> None:
    more = '[[exam.must]]\nname = { ja = "増えた", en = "New" }\npoints = 3\nuntil = { place = "home" }\n'
    written(shelf, SMALL + more)
    over(records, "太郎", "small", a_mark("must-1", possible=1), mode=Mode.TEST)
    async with looked_up(records) as visitor:
        assert "[正] ホームが開いている  1 / 1 点" in visitor.painted()
        assert "増えた" not in visitor.painted()
        assert CHANGED in visitor.painted()


async def test_an_exam_for_other_points_than_now_is_another_one(records: Records) -> None:
    over(records, "太郎", "small", a_mark("must-1", possible=40), mode=Mode.TEST)
    async with looked_up(records) as visitor:
        assert CHANGED in visitor.painted()


async def test_a_step_that_is_gone_keeps_its_row(records: Records) -> None:
    over(records, "太郎", "small", a_mark("old-step", hints=1, possible=4), a_mark("home", possible=1))
    async with looked_up(records) as visitor:
        assert visitor.rows() == [
            (" 1 old-step", "ヒント 1回", "2/4"),
            (" 2 開きます", "1回で正解", "1/1"),
        ]
        assert CHANGED in visitor.painted()


async def test_a_lesson_that_is_gone_leaves_its_results(records: Records) -> None:
    over(records, "太郎", "gone", a_mark("x", possible=1))
    async with looked_up(records) as visitor:
        assert visitor.rows() == [(" 1 x", "1回で正解", "1/1")]
        assert "1 / 1 点 (100%)" in visitor.painted()
        assert CHANGED in visitor.painted()


@pytest.mark.parametrize("key", ["down", "pagedown"])
async def test_the_last_step_of_a_long_lesson_can_be_reached_with_the_keyboard(records: Records, key: str) -> None:
    over(records, "太郎", "gone", *(a_mark(f"step-{number}") for number in range(1, 31)))
    async with looked_up(records, size=(80, 24)) as visitor:
        assert " 30 step-30" not in visitor.painted()
        for _press in range(30):
            await visitor.presses(key)
        await visitor.until(lambda: "30 step-30" in visitor.painted())

"""The screens of the lobby in their states look as they did, at three sizes of the terminal, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from stellr_tui.classroom.attempts import AttemptsScreen
from stellr_tui.classroom.hurdles import HurdlesScreen
from stellr_tui.classroom.lesson_list import LessonList
from stellr_tui.classroom.lobby import Lobby
from stellr_tui.classroom.reset import Reset
from stellr_tui.classroom.result import ResultScreen
from stellr_tui.classroom.stumbled import Stumbled
from stellr_tui.lessons.attempt import Mark, Mode
from stellr_tui.lessons.records import Records
from stellr_tui.reference.texts import use_language
from stellr_tui.widgets.rows import Rows
from tests.lessons.clock import Clock, a_mark, an_attempt
from tests.lessons.shelf import STEPS, TITLES, shelf_of_twelve
from tests.snapshots.test_screens import SIZES
from tests.waiting import rests, until

DAY = 24 * 3600
KEYS: dict[str, tuple[type, tuple[str, ...]]] = {
    "list": (LessonList, ()),
    "own": (AttemptsScreen, ("f5",)),
    "everyone": (AttemptsScreen, ("f6",)),
    "hurdles": (HurdlesScreen, ("f6", "f7")),
    "stumbled": (Stumbled, ("f6", "f7", "enter")),
    "reset": (Reset, ("f6", "ctrl+d")),
    "result": (ResultScreen, ("f6", "down", "down", "enter")),
}


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.lessons.shelf.FOLDER", str(shelf_of_twelve(tmp_path / "shelf")))


def lived(records: Records, clock: Clock, state: str) -> None:
    """What has happened: nothing, one lesson that is under way, or a course of three trainees."""
    if state == "begun":
        records.begin("花子", "new-order", Mode.GUIDE).keep({"marks": [a_mark(STEPS[0][0]).as_mapping()] * 2})
    if state != "lived":
        return
    for number, trainee in enumerate(("花子", "太郎", "佐藤 次郎")):
        for at, (lesson, *_words) in enumerate(TITLES[: 3 + number]):
            hints = [3 * ((number + at + step) % 4 == 1) for step in range(len(STEPS))]
            marks = (
                a_mark(of, hints=taken, seconds=70 + 20 * taken, possible=5)
                for (of, *_said), taken in zip(STEPS, hints, strict=True)
            )
            sitting = records.begin(trainee, lesson, Mode.GUIDE)
            clock.wait(600)
            sitting.finish(an_attempt(*marks, scenario=lesson))
            clock.wait(DAY)
    wrong = Mark("must-1", False, False, 0, 0.0, 0, 40, "発注番号「sourcenexttest」のオーダー: 数量は10")
    records.begin("太郎", "new-order", Mode.TEST).finish(
        an_attempt(wrong, scenario="new-order", mode=Mode.TEST, lost="締切の15日を過ぎました。")
    )
    clock.wait(DAY)
    records.begin("花子", "new-order", Mode.TEST).finish(
        an_attempt(a_mark("must-1", possible=40), scenario="new-order", mode=Mode.TEST)
    )
    records.begin("花子", "finish-order", Mode.GUIDE).keep({"marks": [a_mark(STEPS[0][0]).as_mapping()] * 2})


def arrive(screen: type, keys: tuple[str, ...]) -> Callable[[Pilot[None]], object]:
    async def bring(pilot: Pilot[None]) -> None:
        app = pilot.app
        await until(lambda: isinstance(app.screen, LessonList) and app.screen.query_one(Rows).row_count, pilot)
        for key in keys:
            before = app.screen
            await pilot.press(key)
            if key != "down":
                await until(lambda before=before: app.screen is not before and app.screen.is_mounted, pilot)  # type: ignore[misc]
            await until(lambda: not any(one.group == "reading" and not one.is_finished for one in app.workers), pilot)
            if isinstance(app.screen, HurdlesScreen):
                await until(lambda: app.screen.query_one(Rows).row_count, pilot)
        assert isinstance(app.screen, screen)
        if screen is HurdlesScreen:
            app.screen.query_one(Select).value = "new-order guide"
            await until(lambda: app.screen.query_one(Rows).row_count == len(STEPS), pilot)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await until(lambda: all(one.value is not None for one in app.screen.query(Select)), pilot)
        await rests(pilot)

    return bring


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("state", "view", "language"),
    [
        ("empty", "list", "ja"),
        ("begun", "list", "ja"),
        ("lived", "list", "ja"),
        ("lived", "list", "en"),
        ("empty", "everyone", "ja"),
        ("lived", "own", "ja"),
        ("lived", "everyone", "ja"),
        ("lived", "everyone", "en"),
        ("lived", "hurdles", "ja"),
        ("lived", "hurdles", "en"),
        ("lived", "stumbled", "ja"),
        ("lived", "reset", "ja"),
        ("lived", "result", "ja"),
    ],
)
def test_the_lobby_looks_as_it_did(
    state: str, view: str, language: str, size: str, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    clock = Clock()
    records = Records(tmp_path / "records", clock)
    lived(records, clock, state)
    use_language(language)
    app = Lobby("花子", records)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=SIZES[size], run_before=arrive(*KEYS[view]))

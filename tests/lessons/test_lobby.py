"""The lobby: the list of lessons with one's progress, everyone's results, where people fail, and reset."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Checkbox, Input, Select

from screens.confirm import Confirm
from screens.explanation import FieldExplanation
from stellr_tui.classroom.attempts import AttemptsScreen
from stellr_tui.classroom.hurdles import HurdlesScreen
from stellr_tui.classroom.lesson_list import LessonList, Wish
from stellr_tui.classroom.lobby import Lobby, visit
from stellr_tui.classroom.reset import Reset
from stellr_tui.classroom.save_results import SaveResults
from stellr_tui.classroom.stumbled import Stumbled
from stellr_tui.lessons.attempt import Mark, Mode
from stellr_tui.lessons.records import Records
from stellr_tui.reference.texts import use_language
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.rows import Rows
from stellr_tui.widgets.words import Words
from tests.lessons.clock import Clock, a_mark, an_attempt
from tests.lessons.files import SMALL, written
from tests.typing_in import PASTED, takes_all_text
from tests.waiting import until

DAY = 24 * 3600


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(clock: Clock) -> Records:
    return Records(now=clock)


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three lessons: first, second, which requires it, and third."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for number, (id, title) in enumerate((("first", "最初の"), ("second", "二番目の"), ("third", "三番目の")), 1):
        text = SMALL.replace('id = "small"', f'id = "{id}"').replace("トップを開く", f"{title}レッスン")
        text = text.replace("Open the top", f"The {id} lesson")
        if id == "second":
            text = text.replace("minutes = 1", 'minutes = 12\nrequires = ["first"]')
        written(folder, text, f"{number}.toml")
    monkeypatch.setattr("stellr_tui.lessons.shelf.FOLDER", str(folder))
    return folder


def over(records: Records, trainee: str, lesson: str, *marks: Mark, mode: Mode = Mode.GUIDE) -> None:
    records.begin(trainee, lesson, mode).finish(an_attempt(*marks, scenario=lesson, mode=mode))


def begun(records: Records, trainee: str, lesson: str, steps: int = 0, mode: Mode = Mode.GUIDE) -> None:
    records.begin(trainee, lesson, mode).keep({"marks": [a_mark("home").as_mapping()] * steps})


class Visitor:
    """Someone in the lobby."""

    def __init__(self, lobby: Lobby, pilot: Pilot[None]) -> None:
        self.lobby = lobby
        self.pilot = pilot

    async def until(self, condition: Callable[[], object]) -> None:
        await until(condition, self.pilot)

    async def presses(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)

    async def comes_to(self, screen: type[Screen[Any]]) -> None:
        """Wait until this screen is on top with what it reads."""
        await self.until(lambda: isinstance(self.lobby.screen, screen) and self.lobby.screen.is_mounted)
        await self.until(lambda: not any(one.group == "reading" and not one.is_finished for one in self.lobby.workers))
        await self.pilot.pause()

    def rows(self) -> list[tuple[str, ...]]:
        rows = self.lobby.screen.query_one(Rows)
        return [rows.texts(key) for key in rows.keys]

    def said(self, selector: str) -> str:
        return str(self.lobby.screen.query_one(selector, Words).render())

    def painted(self) -> str:
        screen = self.lobby.screen
        return "\n".join(strip.text for strip in screen._compositor.render_strips(self.lobby.size))

    def named_keys(self) -> set[str]:
        """The ids of the bindings that the footer shows."""
        shown = self.lobby.screen.active_bindings.values()
        return {one.binding.id or "" for one in shown if one.binding.show}


@asynccontextmanager
async def lobby(
    records: Records, trainee: str = "花子", lesson: str = "", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Visitor]:
    app = Lobby(trainee, records, lesson)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        visitor = Visitor(app, pilot)
        await visitor.comes_to(LessonList)
        await visitor.until(visitor.rows)
        yield visitor
    if app._exception is not None:
        raise app._exception


# The list of lessons.


async def test_the_list_says_how_far_one_has_come_with_each_lesson(records: Records, clock: Clock) -> None:
    over(records, "花子", "first", a_mark("home", possible=10))
    clock.wait(DAY)
    over(records, "花子", "first", a_mark("must-1", right=False, possible=30), mode=Mode.TEST)
    begun(records, "花子", "second")
    over(records, "太郎", "third", a_mark("home"))
    async with lobby(records) as visitor:
        assert visitor.rows() == [
            (" 1 最初のレッスン", "1分", "練習 合格 10/10点"),
            (" 2 二番目のレッスン", "12分", "ステップ 1/1"),
            (" 3 三番目のレッスン", "1分", "未着手"),
        ]
        assert visitor.said("#lesson-standing") == "受講者: 花子   合格: 1/3"


@pytest.mark.parametrize(
    ("attempts", "said", "day"),
    [
        ([(Mode.GUIDE, 1)], "練習 不合格 5/10点", "2024-05-16"),
        ([(Mode.GUIDE, 1), (Mode.TEST, 0)], "試験 合格 10/10点", "2024-05-17"),
        ([(Mode.GUIDE, 0), (Mode.TEST, 1)], "練習 合格 10/10点", "2024-05-16"),
        ([(Mode.GUIDE, 0), (Mode.TEST, 0)], "試験 合格 10/10点", "2024-05-17"),
        ([(Mode.TEST, 0), (Mode.TEST, 1)], "試験 合格 10/10点", "2024-05-16"),
        ([(Mode.TEST, 0), (Mode.TEST, 0)], "試験 合格 10/10点", "2024-05-17"),
    ],
)
async def test_the_attempt_that_counts_is_one_that_was_passed_and_an_exam_before_a_practice(
    records: Records, clock: Clock, attempts: list[tuple[Mode, int]], said: str, day: str
) -> None:
    for mode, hints in attempts:
        over(records, "花子", "first", a_mark("home", hints=hints, possible=10), mode=mode)
        clock.wait(DAY)
    async with lobby(records) as visitor:
        assert visitor.rows()[0][2] == said
        await visitor.until(lambda: f"(成績: {day})" in visitor.painted())


async def test_what_is_under_way_is_said_before_what_is_over(records: Records) -> None:
    over(records, "花子", "first", a_mark("home"))
    begun(records, "花子", "first")
    begun(records, "花子", "second", mode=Mode.TEST)
    async with lobby(records) as visitor:
        assert [row[2] for row in visitor.rows()] == ["ステップ 1/1 (合格済)", "試験の途中", "未着手"]


async def test_below_the_list_stands_what_the_lesson_is_about(records: Records) -> None:
    over(records, "花子", "first", a_mark("home"))
    async with lobby(records, lesson="second") as visitor:
        await visitor.until(lambda: visitor.said("#lesson-about-title") == "二番目のレッスン")
        assert visitor.said("#lesson-about-purpose") == "ホームへ行きます。"
        await visitor.until(lambda: "最初のレッスン (合格済)" in visitor.painted())
        await visitor.presses("up")
        await visitor.until(lambda: visitor.said("#lesson-about-title") == "最初のレッスン")


@pytest.mark.parametrize(
    ("key", "mode"), [("enter", Mode.GUIDE), ("f2", Mode.SHOW), ("f3", Mode.GUIDE), ("f4", Mode.TEST)]
)
async def test_one_goes_into_the_lesson_under_the_cursor(records: Records, key: str, mode: Mode) -> None:
    async with lobby(records) as visitor:
        await visitor.presses("down", key)
        await visitor.until(lambda: visitor.lobby.wish)
    wish = visitor.lobby.wish
    assert wish is not None
    assert (wish.filed.scenario.id, wish.mode, wish.restart) == ("second", mode, False)


async def test_what_is_under_way_is_gone_on_with(records: Records) -> None:
    begun(records, "花子", "first")
    async with lobby(records) as visitor:
        await visitor.presses("enter")
        await visitor.until(lambda: visitor.lobby.wish)
    assert visitor.lobby.wish is not None
    assert visitor.lobby.wish.restart is False


@pytest.mark.parametrize(("answer", "restart"), [(("escape",), None), (("tab", "enter"), True)])
async def test_a_practice_is_given_up_for_the_exam_only_by_ones_leave(
    records: Records, answer: Sequence[str], restart: bool | None
) -> None:
    begun(records, "花子", "first")
    async with lobby(records) as visitor:
        await visitor.presses("f4")
        await visitor.comes_to(Confirm)
        assert "練習の途中です" in visitor.said("#question")
        await visitor.presses(*answer)
        if restart is None:
            await visitor.comes_to(LessonList)
        else:
            await visitor.until(lambda: visitor.lobby.wish)
    wish = visitor.lobby.wish
    assert (None if wish is None else wish.restart) == restart
    assert records.under_way("花子", "first") is not None


async def test_progress_is_reset_after_one_was_asked_and_what_is_over_stays(records: Records) -> None:
    over(records, "花子", "first", a_mark("home"))
    begun(records, "花子", "first")
    async with lobby(records) as visitor:
        await visitor.until(lambda: "lobby.reset" in visitor.named_keys())
        await visitor.presses("ctrl+d")
        await visitor.comes_to(Confirm)
        await visitor.presses("escape")
        await visitor.comes_to(LessonList)
        assert records.under_way("花子", "first") is not None
        await visitor.presses("ctrl+d")
        await visitor.comes_to(Confirm)
        await visitor.presses("tab", "enter")
        await visitor.until(lambda: records.under_way("花子", "first") is None)
        await visitor.until(lambda: visitor.rows()[0][2].startswith("練習 合格"))
        await visitor.until(lambda: "lobby.reset" not in visitor.named_keys())
    assert len(records.attempts("花子")) == 1


async def test_a_file_with_faults_is_named_and_hides_no_other_lesson(records: Records, shelf: Path) -> None:
    (shelf / "9.toml").write_text("id = 1", encoding="utf-8")
    async with lobby(records) as visitor:
        assert len(visitor.rows()) == 3
        await visitor.until(lambda: visitor.lobby._notifications)
        assert "9.toml" in "".join(one.message for one in visitor.lobby._notifications)


async def test_no_key_leads_from_the_lobby_to_the_lobby(records: Records) -> None:
    async with lobby(records) as visitor:
        bound = [one.binding.id for one in visitor.lobby.screen.active_bindings.values()]
        assert "app.quit" in bound
        assert "app.lessons" not in bound


# From the lobby into a lesson and back.


def test_one_comes_back_to_the_lesson_one_was_in_and_is_told_what_went_wrong(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []
    played: list[str] = []

    def run(self: Lobby, **_options: object) -> None:
        """Wish for the third lesson twice, then leave: what a person does in a terminal is tried in a journey."""
        opened.append((self._lesson, self._trouble))
        if len(opened) < 3:
            from stellr_tui.lessons.shelf import look_for

            self.wish = Wish(look_for().scenarios[2], Mode.GUIDE)

    def play(wish: Wish) -> None:
        played.append(wish.filed.scenario.id)
        if len(played) == 2:
            raise Refused(Finding(Reason.UNKNOWN_LESSON, "", "third"))

    monkeypatch.setattr(Lobby, "run", run)
    visit("花子", play, records)
    assert played == ["third", "third"]
    assert [lesson for lesson, _trouble in opened] == ["", "third", "third"]
    assert opened[1][1] == ""
    assert "third" in opened[2][1]


# The results.


async def test_ones_own_results_and_everyones(records: Records, clock: Clock) -> None:
    over(records, "花子", "first", a_mark("home", hints=1, seconds=65, possible=10))
    clock.wait(DAY)
    over(records, "太郎", "gone", a_mark("x"))
    begun(records, "太郎", "second")
    async with lobby(records) as visitor:
        await visitor.presses("f5")
        await visitor.comes_to(AttemptsScreen)
        own = ("最初のレッスン", "花子", "2024-05-16 09:30", "練習", "0/1", "1", "1:05", "5/10", "不合格")
        assert visitor.rows() == [own]
        await visitor.presses("escape")
        await visitor.comes_to(LessonList)
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        assert visitor.rows() == [
            ("二番目のレッスン", "太郎", "2024-05-17 09:30", "練習", "", "", "", "", "ステップ 1/1"),
            ("gone", "太郎", "2024-05-17 09:30", "練習", "1/1", "0", "0:10", "2/2", "合格"),
            own,
        ]
        assert visitor.said("#lesson-attempts-total") == "終わった記録 2件 (合格 1件)   途中 1件   Enter で詳細"


async def test_results_are_narrowed_by_trainee_lesson_and_days(records: Records, clock: Clock) -> None:
    for trainee, lesson in (("花子", "first"), ("太郎", "second"), ("花子", "second")):
        over(records, trainee, lesson, a_mark("home"))
        clock.wait(DAY)
    begun(records, "太郎", "third")

    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        screen = visitor.lobby.screen

        async def found(expected: list[tuple[str, str]]) -> None:
            wanted = [(f"{lesson}のレッスン", trainee) for trainee, lesson in expected]
            await visitor.until(lambda: [row[:2] for row in visitor.rows()] == wanted)

        everything = [("太郎", "三番目"), ("花子", "二番目"), ("太郎", "二番目"), ("花子", "最初")]
        await found(everything)
        screen.query_one("#trainee", Select).value = "花子"
        await found([("花子", "二番目"), ("花子", "最初")])
        screen.query_one("#lesson", Select).value = "second"
        await found([("花子", "二番目")])
        screen.query_one("#trainee", Select).clear()
        await found([("花子", "二番目"), ("太郎", "二番目")])
        screen.query_one("#lesson", Select).clear()
        screen.query_one("#since", Input).value = "2024-05-17"
        await found(everything[:3])
        screen.query_one("#until", Input).value = "2024-05-18"
        await found(everything[1:3])
        screen.query_one("#until", Input).value = "2024-05-32"
        await visitor.until(lambda: "YYYY-MM-DD" in visitor.said("#finding-until"))
        assert len(visitor.rows()) == 2


async def test_the_days_that_narrow_results_take_whatever_is_typed_and_say_what_they_take(records: Records) -> None:
    over(records, "花子", "first", a_mark("home"))
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        fields = list(visitor.lobby.screen.query(Entry))
        assert [one.id for one in fields] == ["since", "until"]
        for field in fields:
            await takes_all_text(visitor.pilot, field)
            await visitor.until(lambda field=field: "YYYY-MM-DD" in visitor.said(f"#finding-{field.id}"))  # type: ignore[misc]
            assert field.value == PASTED
        assert len(visitor.rows()) == 1


async def test_people_fail_at_steps_that_a_chart_and_a_table_show(records: Records, clock: Clock) -> None:
    over(records, "花子", "first", a_mark("home", hints=2))
    over(records, "太郎", "first", a_mark("home"))
    clock.wait(DAY)
    over(records, "太郎", "second", a_mark("must-1", right=False), mode=Mode.TEST)
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("f7")
        await visitor.comes_to(HurdlesScreen)
        await visitor.until(lambda: visitor.rows() == [(" 1 ホームが開いている", "100%", "1/1", "0")])
        visitor.lobby.screen.query_one(Select).value = "first guide"
        await visitor.until(lambda: visitor.rows() == [(" 1 開きます", "50%", "1/2", "2")])
        from stellr_tui.widgets.bars import Bars

        chart = visitor.lobby.screen.query_one(Bars)
        assert (chart._names, chart._values) == (["1"], [50])
        await visitor.presses("escape")
        await visitor.comes_to(AttemptsScreen)


async def test_where_people_fail_is_of_what_was_chosen_before_and_says_so(records: Records, clock: Clock) -> None:
    over(records, "花子", "first", a_mark("home", hints=2))
    over(records, "太郎", "first", a_mark("home"))
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        visitor.lobby.screen.query_one("#trainee", Select).value = "太郎"
        visitor.lobby.screen.query_one("#since", Input).value = "2024-05-16"
        await visitor.until(lambda: len(visitor.rows()) == 1)
        await visitor.presses("f7")
        await visitor.comes_to(HurdlesScreen)
        await visitor.until(lambda: visitor.rows() == [(" 1 開きます", "0%", "0/1", "0")])
        assert "受講者 太郎   開始日 2024-05-16" in visitor.said("#lesson-hurdles-words")


async def test_of_each_step_it_is_said_who_did_not_manage_it_and_what_was_true_instead(
    records: Records, clock: Clock
) -> None:
    wrong = Mark("must-1", False, False, 0, 0.0, 0, 1, "ベンダーのページ [red]が開いている")
    over(records, "花子", "first", wrong, mode=Mode.TEST)
    over(records, "太郎", "first", a_mark("must-1"), mode=Mode.TEST)
    clock.wait(DAY)
    over(records, "太郎", "first", a_mark("home", hints=2))
    over(records, "次郎", "first", a_mark("home"))
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("f7")
        await visitor.comes_to(HurdlesScreen)
        await visitor.until(lambda: visitor.rows() == [(" 1 開きます", "50%", "1/2", "2")])
        await visitor.presses("enter")
        await visitor.comes_to(Stumbled)
        assert visitor.said("#dialog-title") == "開きます"
        assert visitor.said("#stumbled-1") == "太郎   2024-05-17 09:30   ヒント 2回"
        assert len(visitor.lobby.screen.query("#stumbled-2")) == 0
        await visitor.presses("escape")
        await visitor.comes_to(HurdlesScreen)
        visitor.lobby.screen.query_one(Select).value = "first test"
        await visitor.until(lambda: visitor.rows() == [(" 1 ホームが開いている", "50%", "1/2", "0")])
        await visitor.presses("enter")
        await visitor.comes_to(Stumbled)
        assert visitor.said("#stumbled-1").splitlines() == [
            "花子   2024-05-16 09:30   未完了",
            "実際: ベンダーのページ [red]が開いている",
        ]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
async def test_what_is_shown_of_what_is_over_is_saved_as_a_file(
    records: Records, clock: Clock, tmp_path: Path, ending: str
) -> None:
    over(records, "花子", "first", a_mark("home", hints=1, possible=10), a_mark("read", possible=0))
    over(records, "=太郎", "second", a_mark("home"))
    begun(records, "花子", "third")
    path = tmp_path / f"results{ending}"
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        visitor.lobby.screen.query_one("#trainee", Select).value = "花子"
        await visitor.until(lambda: len(visitor.rows()) == 2)
        await visitor.presses("ctrl+e")
        await visitor.comes_to(SaveResults)
        assert visitor.lobby.screen.query_one(Input).value.endswith("stellr-lesson-results-2024-05-16.xlsx")
        visitor.lobby.screen.query_one(Input).value = str(path)
        await visitor.presses("enter")
        await visitor.comes_to(AttemptsScreen)
        assert "1行を" in "".join(one.message for one in visitor.lobby._notifications)
    heading, *rows = read_list(path)
    assert heading[:2] == ["受講者", "レッスン"]
    assert [row[:4] for row in rows] == [["花子", "first", "最初のレッスン", "練習"]]
    assert [str(one) for one in rows[0][6:14]] == ["1", "0", "1", "20", "5", "10", "50", "不合格"]


def read_list(path: Path) -> list[list[Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    [sheet] = load_workbook(path).worksheets
    return [[one.value for one in row] for row in sheet.iter_rows()]


async def test_a_file_that_is_there_is_not_written_over(records: Records, tmp_path: Path) -> None:
    over(records, "花子", "first", a_mark("home"))
    path = tmp_path / "there.csv"
    path.write_text("kept")
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("ctrl+e")
        await visitor.comes_to(SaveResults)
        visitor.lobby.screen.query_one(Input).value = str(path)
        await visitor.presses("enter")
        await visitor.until(lambda: "すでにあります" in visitor.said("#finding-file"))
    assert path.read_text() == "kept"


async def test_where_nothing_is_over_there_is_nothing_to_look_at_or_to_reset(records: Records) -> None:
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        assert not {"attempts.hurdles", "attempts.reset", "attempts.export"} & visitor.named_keys()
        assert visitor.said("#lesson-attempts-total") == "終わった記録 0件 (合格 0件)   途中 0件"


# Reset by a trainer.


def filled(records: Records, clock: Clock) -> None:
    for trainee in ("花子", "太郎"):
        for lesson in ("first", "second"):
            over(records, trainee, lesson, a_mark("home"))
            begun(records, trainee, lesson)
            clock.wait(DAY)


async def reset(visitor: Visitor, *, what: str, history: bool) -> None:
    await visitor.presses("ctrl+d")
    await visitor.comes_to(Reset)
    visitor.lobby.screen.query_one(Select).value = what
    visitor.lobby.screen.query_one(Checkbox).value = history
    await visitor.pilot.click("#reset")
    await visitor.comes_to(AttemptsScreen)


def left(records: Records) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Who is in the middle of what, and what is over."""
    under_way = {(one.trainee, one.scenario) for one in records.sittings()}
    return under_way, {(one.trainee, one.attempt.scenario) for one in records.attempts()}


async def test_the_progress_of_one_row_is_reset_and_all_history_is_kept(records: Records, clock: Clock) -> None:
    filled(records, clock)
    everything = left(records)[1]
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("down")
        await reset(visitor, what="row", history=False)
        await visitor.until(lambda: len(visitor.rows()) == 7)
    # The newest that is under way stands first: 太郎 in second, then 太郎 in first.
    assert left(records) == (everything - {("太郎", "first")}, everything)


async def test_all_that_is_shown_is_reset_with_its_history_only_if_that_is_ticked(
    records: Records, clock: Clock
) -> None:
    filled(records, clock)
    everything = left(records)[1]
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        visitor.lobby.screen.query_one("#lesson", Select).value = "first"
        await visitor.until(lambda: len(visitor.rows()) == 4)
        await reset(visitor, what="shown", history=False)
        await visitor.until(lambda: len(visitor.rows()) == 2)
        others = {("花子", "second"), ("太郎", "second")}
        assert left(records) == (others, everything)
        await reset(visitor, what="shown", history=True)
        await visitor.until(lambda: visitor.rows() == [])
        assert left(records) == (others, others)


async def test_reset_says_before_what_it_takes_and_escape_takes_nothing(records: Records, clock: Clock) -> None:
    filled(records, clock)
    before = left(records)
    async with lobby(records) as visitor:
        await visitor.presses("f6")
        await visitor.comes_to(AttemptsScreen)
        await visitor.presses("ctrl+d")
        await visitor.comes_to(Reset)
        await visitor.until(lambda: "1件を残します" in visitor.said("#reset-words"))
        visitor.lobby.screen.query_one(Select).value = "shown"
        visitor.lobby.screen.query_one(Checkbox).value = True
        await visitor.until(
            lambda: visitor.said("#reset-words") == "途中経過 4件を破棄し、終わった記録 4件を削除します。"
        )
        await visitor.presses("escape")
        await visitor.comes_to(AttemptsScreen)
    assert left(records) == before


async def test_it_speaks_english(records: Records, clock: Clock) -> None:
    over(records, "花子", "first", a_mark("home", possible=10))
    begun(records, "花子", "second")
    use_language("en")
    async with lobby(records) as visitor:
        assert visitor.rows() == [
            (" 1 The first lesson", "1 min", "Practice Passed 10/10"),
            (" 2 The second lesson", "12 min", "Step 1 of 1"),
            (" 3 The third lesson", "1 min", "Not begun"),
        ]


# The explanations of its fields.


async def test_every_field_of_the_results_is_explained_without_an_order_book(records: Records) -> None:
    over(records, "花子", "first", a_mark("home"))
    async with lobby(records) as visitor:
        for screen in (
            AttemptsScreen(records),
            HurdlesScreen(records.attempts(), {}, ""),
            Reset(records, None, (("花子", "first"),), {}),
        ):
            visitor.lobby.push_screen(screen)
            await visitor.comes_to(type(screen))
            controls = [one for one in screen.query("Input, Select, Checkbox") if not isinstance(one.parent, Select)]
            assert controls
            for control in controls:
                control.focus()
                await visitor.until(lambda one=control: one.has_focus)  # type: ignore[misc]  # bound at once
                await visitor.presses("f1", "f1")
                await visitor.comes_to(FieldExplanation)
                await visitor.presses("escape")
                await visitor.comes_to(type(screen))

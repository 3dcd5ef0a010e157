"""Progress and attempts are kept as plain files, whole or not at all, each trainee's apart."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Course, Rung
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Records, lessons_folder, trainee_name
from stellr_tui.reference.data import data_path
from stellr_tui.rules.findings import Reason, Refused
from tests.lessons.clock import MORNING, Clock, a_mark, an_attempt

COURSE = {"marks": [a_mark("sign-in").as_mapping()], "helped": ["hint"]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(tmp_path: Path, clock: Clock) -> Records:
    return Records(tmp_path / "lessons", clock)


def test_they_are_in_the_data_folder_or_where_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lessons_folder() == tmp_path / "home" / "stellr-tui" / "lessons"
    monkeypatch.setenv("STELLR_LESSONS", str(tmp_path / "shared"))
    assert lessons_folder() == tmp_path / "shared"


def test_the_trainee_is_who_is_named_or_who_sits_at_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "hanako")
    assert trainee_name() == "hanako"
    monkeypatch.setenv("STELLR_TRAINEE", "花子")
    assert trainee_name() == "花子"
    assert trainee_name("太郎") == "太郎"


@pytest.mark.parametrize(
    ("given", "reason"),
    [(" ", Reason.REQUIRED), ("x" * 41, Reason.TOO_LONG), ("a\x1b[31m", Reason.CONTROL_CHARACTER)],
)
def test_a_trainees_name_is_a_line_of_text(given: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        trainee_name(given)
    assert [(one.reason, one.field) for one in refused.value.findings] == [(reason, "trainee")]


def test_what_is_under_way_can_be_gone_on_with_by_another_program(records: Records, clock: Clock) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    clock.wait(60)
    sitting.keep(COURSE)
    found = Records(records.folder).under_way("花子", "new-order")
    assert found is not None
    assert (found.id, found.mode, found.begun, found.steps) == (sitting.id, Mode.GUIDE, MORNING, 1)
    assert found.course == COURSE
    assert found.reached == (MORNING + timedelta(seconds=60),)
    assert records.under_way("太郎", "new-order") is None
    assert records.under_way("花子", "postal") is None


def test_when_a_step_was_reached_is_when_it_was_first_kept(records: Records, clock: Clock) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    for seconds in (10, 20):
        clock.wait(seconds)
        sitting.keep(COURSE)
    clock.wait(30)
    kept = sitting.finish(an_attempt(a_mark("sign-in"), a_mark("send")))
    assert [(one - MORNING).total_seconds() for one in kept.reached] == [10, 60]


def test_an_attempt_that_is_over_is_history_and_no_longer_under_way(records: Records, clock: Clock) -> None:
    sitting = records.begin("花子", "new-order", Mode.TEST)
    sitting.keep(COURSE)
    sitting.world.mkdir()
    clock.wait(100)
    kept = sitting.finish(an_attempt(a_mark("sign-in")))
    assert Records(records.folder).attempts() == (kept,)
    assert (kept.id, kept.begun, kept.ended) == (sitting.id, MORNING, clock.now)
    assert records.under_way("花子", "new-order") is None
    sitting.clear()
    assert not sitting.world.exists()
    assert records.attempts() == (kept,)


def test_killed_between_the_two_an_attempt_is_over_all_the_same(records: Records) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    sitting.keep(COURSE)
    progress = (sitting.folder / "progress.json").read_bytes()
    sitting.finish(an_attempt(a_mark("sign-in")))
    (sitting.folder / "progress.json").write_bytes(progress)
    assert records.under_way("花子", "new-order") is None
    assert len(records.attempts()) == 1


def test_beginning_anew_gives_up_what_was_under_way_with_its_world(records: Records) -> None:
    first = records.begin("花子", "new-order", Mode.GUIDE)
    first.keep(COURSE)
    first.world.mkdir()
    (first.world / "world.db").touch()
    second = records.begin("花子", "new-order", Mode.GUIDE)
    assert second.id != first.id
    assert records.under_way("花子", "new-order") is None
    assert not second.world.exists()


def test_a_file_is_written_whole_or_not_at_all(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    sitting.keep(COURSE)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        sitting.keep({**COURSE, "helped": []})
    found = Records(records.folder).under_way("花子", "new-order")
    assert found is not None
    assert found.course == COURSE


def test_attempts_are_found_by_trainee_lesson_and_day_in_tokyo(records: Records, clock: Clock) -> None:
    for trainee, scenario in (("花子", "new-order"), ("太郎", "new-order"), ("花子", "postal")):
        records.begin(trainee, scenario, Mode.GUIDE).finish(an_attempt(a_mark("x"), scenario=scenario))
        clock.wait(15 * 3600)

    def found(**asked: object) -> list[tuple[str, str]]:
        return [(one.trainee, one.attempt.scenario) for one in records.attempts(**asked)]  # type: ignore[arg-type]

    assert found() == [("花子", "new-order"), ("太郎", "new-order"), ("花子", "postal")]
    assert found(trainee="花子") == [("花子", "new-order"), ("花子", "postal")]
    assert found(scenario="new-order") == [("花子", "new-order"), ("太郎", "new-order")]
    # The second one ended at 15:30 UTC, which is 00:30 of the next day in Tokyo.
    assert found(since=date(2024, 5, 17)) == [("太郎", "new-order"), ("花子", "postal")]
    assert found(until=date(2024, 5, 16)) == [("花子", "new-order")]
    assert found(trainee="../花子") == found(scenario="../new-order") == []


NAMES = ["山田", "山本", "../..", ".", "a/b\\c", "CON", "%2E", "佐藤 花子", "hanako@example.com", "🙂" * 40, "A", "a"]


def test_every_trainee_has_a_folder_of_their_own_whatever_the_name(records: Records) -> None:
    folders = set()
    for name in NAMES:
        sitting = records.begin(name, "new-order", Mode.GUIDE)
        sitting.finish(an_attempt(a_mark("x")))
        folders.add(str(sitting.folder.parent).casefold())
        assert sitting.folder.resolve().parents[1] == records.folder.resolve()
        assert sitting.folder.parent.name.isascii()
    assert len(folders) == len(NAMES)
    assert records.trainees() == tuple(sorted(NAMES))
    assert sorted(one.trainee for one in records.attempts()) == sorted(NAMES)


def test_a_folder_that_is_nobodys_is_left_alone(records: Records) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    sitting.finish(an_attempt(a_mark("x")))
    (records.folder / "notes").mkdir()
    (sitting.folder.parent / "trainee.txt").write_text("太郎", encoding="utf-8")
    assert records.trainees() == ()
    assert records.attempts() == ()


def test_a_course_comes_back_as_it_was(records: Records) -> None:
    scenario = load_scenario(data_path("scenarios", "01-new-order.toml")).scenario
    course = Course(scenario, Mode.GUIDE, 100.0)
    assert course.help() is not None
    course.pause(160.0)
    records.begin("花子", scenario.id, Mode.GUIDE).keep(course.as_mapping())
    found = records.under_way("花子", scenario.id)
    assert found is not None
    again = Course.resumed(scenario, found.course, 5000.0)
    assert again.as_mapping() == course.as_mapping()
    assert (again.helped, again.number) == ((Rung.HINT,), 1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", 5),
        ("trainee", "a\nb"),
        ("ended", "2024-05-16T00:30:00"),
        ("language", "fr"),
        ("reached", []),
        ("attempt", "x"),
        ("attempt", {**an_attempt(a_mark("x")).as_mapping(), "points": "ten"}),
        ("attempt", {**an_attempt(a_mark("x")).as_mapping(), "mode": "cheat"}),
    ],
)
def test_a_file_that_is_no_attempt_is_left_out_and_named(records: Records, key: str, value: object) -> None:
    for _twice in range(2):
        records.begin("花子", "new-order", Mode.GUIDE).finish(an_attempt(a_mark("x")))
    path = next(records.folder.glob("*/*/attempts/*.json"))
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    assert len(records.attempts()) == 1
    assert records.unreadable == (path,)
    assert path.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": 1}', "\x00"])
def test_progress_that_cannot_be_read_is_none(records: Records, text: str) -> None:
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    (sitting.folder / "progress.json").write_text(text)
    assert records.under_way("花子", "new-order") is None


def test_progress_is_forgotten_alone_and_attempts_only_expressly(records: Records) -> None:
    records.begin("花子", "new-order", Mode.GUIDE).finish(an_attempt(a_mark("x")))
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    sitting.keep(COURSE)
    sitting.world.mkdir()
    assert [one.id for one in records.sittings()] == [sitting.id]
    records.forget_progress("花子", "new-order")
    assert records.sittings() == ()
    assert not sitting.world.exists()
    assert len(records.attempts()) == 1
    records.forget_attempts("花子", "new-order")
    assert records.attempts() == ()
    assert records.trainees() == ()


def test_while_a_lesson_is_open_nobody_else_opens_or_forgets_it(records: Records) -> None:
    records.begin("花子", "new-order", Mode.GUIDE).finish(an_attempt(a_mark("x")))
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    sitting.keep(COURSE)
    other = Records(records.folder)
    with records.alone("花子", "new-order"):
        for ask in (other.forget_progress, other.forget_attempts, _open(other)):
            with pytest.raises(Refused) as refused:
                ask("花子", "new-order")
            [finding] = refused.value.findings
            assert (finding.reason, finding.given, finding.facts) == (
                Reason.LESSON_IS_OPEN,
                "new-order",
                {"trainee": "花子"},
            )
        _open(other)("花子", "postal")
        _open(other)("太郎", "new-order")
        assert [one.id for one in other.sittings()] == [sitting.id]
    assert len(other.attempts()) == 1
    other.forget_attempts("花子", "new-order")
    assert (other.attempts(), other.sittings()) == ((), ())
    assert not sitting.folder.exists()


def _open(records: Records) -> Callable[[str, str], None]:
    def open_it(trainee: str, scenario: str) -> None:
        with records.alone(trainee, scenario):
            pass

    return open_it


def test_a_folder_that_cannot_be_written_to_is_named(records: Records) -> None:
    records.folder.parent.mkdir(exist_ok=True)
    records.folder.touch()
    for ask in (records.forget_progress, records.forget_attempts, _open(records)):
        with pytest.raises(Refused) as refused:
            ask("花子", "new-order")
        [finding] = refused.value.findings
        assert finding.reason is Reason.UNWRITABLE_FILE
        assert finding.given.startswith(str(records.folder))
        assert finding.facts["detail"]

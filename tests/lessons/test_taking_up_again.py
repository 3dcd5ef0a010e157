"""A lesson that was broken off at a step is taken up again at that step, in the world as it was left."""

import shutil
from pathlib import Path

import pytest

from stellr_tui.classroom.resuming import begin_for, catch_up
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Course, Rung
from stellr_tui.lessons.keeping import forget, keep, kept, lesson_folder
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.world import open_world
from stellr_tui.reference.data import data_path
from tests.lessons.classroom import room

SHIPPED = sorted(data_path("scenarios").glob("*.toml"))


def copied(world: Path, to: Path) -> Path:
    """The world as a killed program leaves it, its write-ahead log included."""
    to.mkdir()
    for file in world.glob("world.db*"):
        shutil.copy(file, to / file.name)
    return to


def interruptions(filed: Filed) -> list[int]:
    """The steps with the longest way to them: the last one before each at which one can begin afresh, and the last."""
    steps = filed.scenario.step
    return [number for number, step in enumerate(steps, 1) if number == len(steps) or steps[number].at is not None]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
async def test_every_step_can_be_come_back_to_and_nothing_is_done_twice(path: Path, tmp_path: Path) -> None:
    filed = load_scenario(path)
    wanted = interruptions(filed)
    left: dict[int, Path] = {}
    async with room(filed, tmp_path / "world") as first:
        for number, step in enumerate(filed.scenario.step, 1):
            await first.actor.settles()
            left[number] = copied(tmp_path / "world", tmp_path / f"before-{number}")
            assert await first.walks(step) is None
        end = first.sight.look().book
        orders, end_users, changes = len(end.orders()), len(end.end_users()), len(end.waiting())
    for number in wanted:
        world = open_world(filed, left[number])
        place = begin_for(world, number)
        world.close()
        async with room(filed, left[number], place) as again:
            await catch_up(again.actor, again.sight, filed.scenario, number)
            assert await again.walks(filed.scenario.step[number - 1]) is None, number
            book = again.sight.look().book
            assert len(book.orders()) <= orders, number
            assert len(book.end_users()) <= end_users, number
            if number == len(filed.scenario.step):
                assert (len(book.orders()), len(book.end_users()), len(book.waiting())) == (orders, end_users, changes)


def test_what_is_kept_survives_the_program_and_is_whole_or_not_there(tmp_path: Path) -> None:
    scenario = load_scenario(SHIPPED[0]).scenario
    folder = tmp_path / "kept"
    assert kept(scenario, folder, 0.0) is None
    course = Course(scenario, Mode.GUIDE, 100.0)
    assert course.help() is not None
    course.pause(160.0)
    keep(course, folder)
    again = kept(scenario, folder, 5000.0)
    assert again is not None
    assert again.as_mapping() == course.as_mapping()
    assert (again.helped, again.number) == ((Rung.HINT,), 1)
    (folder / "progress.json").write_text('{"scenario": ', encoding="utf-8")
    assert kept(scenario, folder, 0.0) is None
    forget(folder)
    assert not folder.exists()


def test_every_trainee_has_a_folder_of_their_own_whatever_the_name() -> None:
    names = ["山田", "山本", "../../x", "a/b", "", "CON", "a" * 300, "A", "a"]
    folders = [lesson_folder(name, "new-order") for name in names]
    assert len({str(one).casefold() for one in folders}) == len(names)
    shared = lesson_folder("x", "y").parents[1]
    assert all(one.resolve().parents[1] == shared.resolve() and len(one.parent.name) < 60 for one in folders)

"""A lesson that was broken off at a step is taken up again at that step, in the world as it was left."""

import shutil
from pathlib import Path

import pytest

from stellr_tui.classroom.resuming import begin_for, catch_up
from stellr_tui.lessons.conditions import Look
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


def counted(look: Look) -> tuple[int, ...]:
    """What there would be more of, had something been done twice."""
    book = look.book
    return tuple(map(len, (book.orders(), book.end_users(), book.waiting(), book.letters(), book.invoices())))


def interruptions(filed: Filed) -> list[int]:
    """The steps with the longest way to them: the last one before each at which one can begin afresh, and the last."""
    steps = filed.scenario.step
    return [number for number, step in enumerate(steps, 1) if number == len(steps) or steps[number].at is not None]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
async def test_every_step_can_be_come_back_to_and_nothing_is_done_twice(path: Path, tmp_path: Path) -> None:
    filed = load_scenario(path)
    wanted = interruptions(filed)
    left: dict[int, Path] = {}
    came_to: dict[int, tuple[int, ...]] = {}
    async with room(filed, tmp_path / "world") as first:
        for number, step in enumerate(filed.scenario.step, 1):
            await first.actor.settles()
            left[number] = copied(tmp_path / "world", tmp_path / f"before-{number}")
            assert await first.walks(step) is None
            came_to[number] = counted(first.sight.look())
    for number in wanted:
        world = open_world(filed, left[number])
        place = begin_for(world, number)
        world.close()
        async with room(filed, left[number], place) as again:
            await catch_up(again.actor, again.sight, filed.scenario, number)
            assert await again.walks(filed.scenario.step[number - 1]) is None, number
            assert counted(again.sight.look()) == came_to[number], number

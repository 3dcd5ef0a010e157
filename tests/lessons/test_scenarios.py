"""Every scenario that is shipped works from its beginning to its end, and its overlay keeps off what it speaks of.

Each is walked through in both languages, once as a check and once as a show; which in which takes turns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from stellr_tui.classroom.check import check
from stellr_tui.classroom.player import LOOKS_EVERY
from stellr_tui.classroom.show import ShowApp
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Scenario
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.data import data_path
from stellr_tui.reference.line_breaks import wrapped
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import LANGUAGES, use_language
from tests.lessons.players import Seat
from tests.lessons.test_show import watching

SHIPPED = sorted(data_path("scenarios").glob("*.toml"))
SMALLEST = (80, 24)
HIGHEST = 5
"""Lines of an instruction, on the smallest screen."""

by_name = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)


def language_of(path: Path, turn: int) -> str:
    """Each language at one of two turns."""
    return LANGUAGES[(SHIPPED.index(path) + turn) % len(LANGUAGES)]


@by_name
async def test_a_lesson_can_be_walked_through_and_no_condition_holds_before_its_step(path: Path) -> None:
    use_language(language_of(path, 0))
    findings = await check(load_scenario(path))
    assert [sentence(one) for one in findings] == []


@by_name
async def test_a_show_marks_its_target_at_every_step_and_never_covers_it(path: Path, tmp_path: Path) -> None:
    use_language(language_of(path, 1))
    filed = load_scenario(path)
    async with watching(filed, tmp_path, size=SMALLEST) as seat:
        await seat.presses("space")
        for number, step in enumerate(filed.scenario.step, 1):
            await stands_before(seat, number)
            assert_target_is_beside_the_box(seat)
            if number == 1:
                await assert_nothing_moves(seat)
            for words in (f"{number}/{len(filed.scenario.step)}", step.instruction, filed.scenario.manual):
                assert seat.box_says(str(words)), seat.painted()
            await seat.presses("right")
        await seat.until(lambda: seat.app.course.step is None, "the end")
        must = [one.until.instead(seat.app.sight.look()) for one in filed.scenario.exam.must]
        assert must == [None] * len(must)


async def stands_before(seat: Seat[ShowApp], number: int) -> None:
    """Wait until the show has stopped before a step, and nothing moves any more."""
    await seat.until(lambda: seat.app.course.number == number and seat.app.pace.is_paused, f"step {number}")
    await seat.settles()
    await seat.until(lambda: len(seat.marked()) == 2, "the marks around the target")


async def assert_nothing_moves(seat: Seat[ShowApp]) -> None:
    """Page and overlay do not scroll in turn, each to what it wants to be seen."""
    laid_out: list[object] = []
    seat.app.screen.screen_layout_refresh_signal.subscribe(seat.box, laid_out.append, immediate=True)
    await seat.pilot.pause(2 * LOOKS_EVERY)
    assert laid_out == []


def assert_target_is_beside_the_box(seat: Seat[ShowApp]) -> None:
    """All of the target is in sight, between marks, and the box is whole and elsewhere."""
    box, target = seat.box.region, seat.target
    assert target is not None
    assert seat.app.screen.region.contains_region(box)
    seen = seat.seen(target)
    assert not seen.overlaps(box), seat.painted()
    assert len(seat.marked()) == 2, seat.painted()
    # A list may be longer than the screen; what is no list is seen whole.
    assert seen == target.region or seen.height >= SMALLEST[1] // 3, seat.painted()
    assert all(not one.overlaps(box) for one in seat.marked())


@by_name
def test_its_words_fit_into_the_box_and_have_no_character_of_ambiguous_width(path: Path) -> None:
    scenario = load_scenario(path).scenario
    for words in wordings(scenario):
        for language in LANGUAGES:
            said = getattr(words, language)
            assert [one for one in said if unicodedata.east_asian_width(one) == "A"] == [], said
    for step in scenario.step:
        for language in LANGUAGES:
            said = getattr(step.instruction, language).strip()
            assert len(wrapped(said, SMALLEST[0] - 2)) <= HIGHEST, said


def wordings(scenario: Scenario) -> Iterator[Wording]:
    """All that it says to people."""
    yield from (scenario.title, scenario.purpose, scenario.manual, scenario.exam.task)
    yield from (one.name for one in scenario.exam.must)
    for step in scenario.step:
        yield from (step.instruction, *step.hint)
    limits = (*(one.lost for one in scenario.step), *(one.lost for one in scenario.exam.must))
    yield from (one.why for one in limits if one is not None)


def test_the_lessons_have_ids_of_their_own_and_require_only_each_other() -> None:
    lessons = [one.scenario for one in find_scenarios()]
    ids = [one.id for one in lessons]
    assert len(ids) == len(set(ids)) == len(SHIPPED)
    # What is required comes before: nobody has to go back and forth.
    assert [one.id for at, one in enumerate(lessons) if not set(one.requires) <= set(ids[:at])] == []

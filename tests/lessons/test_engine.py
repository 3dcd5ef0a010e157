"""The engine: steps, hints, refusals, points, time and exams, of plain values and a real order book."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.closing import set_clock
from stellr_tui.lessons.attempt import Attempt, Mark, Mode
from stellr_tui.lessons.conditions import Look, Standing
from stellr_tui.lessons.engine import Course, Finished, Help, Lost, Reached, Rung
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Filed
from stellr_tui.lessons.wording import Wording
from stellr_tui.lessons.world import OpenWorld, open_world
from tests.lessons.files import written

TEXT = """\
id = "course"
minutes = 1
manual = "-"
title = "-"
purpose = { ja = "-", en = "-" }
world = { today = 2024-03-11, signed_in = "lucy" }

[[step]]
id = "name"
target = "name"
instruction = "-"
do = [{ fill = "name", with = "a" }]
until = { field = "name", is = "a" }
points = 5
hint = [{ ja = "弱い", en = "weak" }, { ja = "強い", en = "strong" }]

[[step]]
id = "why"
target = "name"
instruction = "-"
points = 100

[[step]]
id = "open"
target = "name"
instruction = "-"
do = [{ press = "name" }]
until = { screen = "wizard" }
points = 2
lost = { when = { after = 2024-03-15 }, why = { ja = "遅い", en = "late" } }

[[step]]
id = "cart"
target = "name"
instruction = "-"
do = [{ press = "name" }]
until = { cart = "6900990", seats = 1 }
points = 3

[exam]
pass_mark = 60
minutes = 20
task = "-"
[[exam.must]]
name = "-"
points = 6
until = { cart = "6900990", seats = 1 }
[[exam.must]]
name = "-"
points = 4
until = { field = "name", is = "a" }
"""


@dataclass
class Screen:
    """A screen of plain values."""

    on_top: str = "form"
    fields: dict[str, str] = field(default_factory=dict)
    is_refused: bool = False

    def place(self) -> Standing | None:
        return None

    def screen(self) -> str:
        return self.on_top

    def focus(self) -> tuple[str, ...]:
        return ()

    def values(self, target: str) -> tuple[str, ...]:
        return (self.fields[target],) if target in self.fields else ()

    def text(self, target: str) -> str | None:
        return self.fields.get(target)

    def refused(self) -> bool:
        return self.is_refused


@dataclass
class Table:
    """A scenario, its world, and a screen beside it."""

    filed: Filed
    world: OpenWorld
    screen: Screen

    def look(self) -> Look:
        return Look(self.screen, self.world.book())

    def course(self, mode: Mode = Mode.GUIDE, now: float = 0.0) -> Course:
        return Course(self.filed.scenario, mode, now)

    def put_in_cart(self, seats: int = 1) -> None:
        put_in_cart(self.world.desk, self.world.user, [Choice("6900990", seats)])


@contextmanager
def open_table(folder: Path, text: str = TEXT) -> Iterator[Table]:
    filed = load_scenario(written(folder, text))
    world = open_world(filed, folder / "world")
    yield Table(filed, world, Screen())
    world.close()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with open_table(tmp_path) as found:
        yield found


def test_a_step_is_reached_when_its_condition_holds_and_not_before(table: Table) -> None:
    course = table.course()
    assert course.look(table.look(), 1.0) == ()
    assert course.step is not None
    assert course.step.id == "name"
    table.screen.fields["name"] = "a"
    [reached] = course.look(table.look(), 7.5)
    assert isinstance(reached, Reached)
    assert reached.mark == Mark("name", True, True, 0, 7.5, 5, 5)
    assert (reached.number, reached.ahead, course.number) == (1, False, 2)


def test_what_is_only_read_waits_until_it_is_said_to_be_read_and_gives_no_points(table: Table) -> None:
    course = table.course()
    table.screen.fields["name"] = "a"
    course.look(table.look(), 1.0)
    assert course.look(table.look(), 2.0) == ()
    [read] = course.read(table.look(), 5.0)
    assert isinstance(read, Reached)
    assert read.mark == Mark("why", True, True, 0, 4.0, 0, 0)
    assert course.read(table.look(), 6.0) == ()  # the next one is to be done


def test_hints_come_from_weak_to_strong_and_halve_the_points(table: Table) -> None:
    course = table.course()
    assert course.help() == Help(Rung.HINT, Wording("弱い", "weak"))
    assert course.help() == Help(Rung.HINT, Wording("強い", "strong"))
    assert course.help() == Help(Rung.KEYS)
    table.screen.fields["name"] = "a"
    [reached] = course.look(table.look(), 1.0)
    assert isinstance(reached, Reached)
    assert (reached.mark.points, reached.mark.hints, reached.mark.first_try) == (2, 3, False)


def test_what_the_program_did_gives_no_points_and_can_be_asked_for_again(table: Table) -> None:
    course = table.course()
    rungs = [course.help() for _press in range(6)]
    assert rungs[3:] == [Help(Rung.DO)] * 3
    table.screen.fields["name"] = "a"
    [reached] = course.look(table.look(), 1.0)
    assert isinstance(reached, Reached)
    assert (reached.mark.points, reached.mark.hints) == (0, 4)


def test_a_refusal_is_a_wrong_try_of_the_step_it_came_up_in_alone(table: Table) -> None:
    course = table.course()
    table.screen.is_refused = True
    course.look(table.look(), 1.0)
    table.screen.fields["name"] = "a"
    [first] = course.look(table.look(), 2.0)
    assert isinstance(first, Reached)
    assert (first.mark.first_try, first.mark.points) == (False, 5)
    [second] = course.read(table.look(), 3.0)  # what was refused still stands there
    assert isinstance(second, Reached)
    assert second.mark.first_try


def test_what_a_later_step_leaves_in_the_order_book_passes_over_those_before(table: Table) -> None:
    course = table.course()
    course.look(table.look(), 1.0)
    table.put_in_cart()
    events = course.look(table.look(), 2.0)
    assert [one.step.id for one in events if isinstance(one, Reached) and one.ahead] == ["name", "why", "open", "cart"]
    assert isinstance(events[-1], Finished)


def test_what_was_in_the_order_book_from_the_beginning_passes_over_nothing(table: Table) -> None:
    table.put_in_cart()
    course = table.course()
    assert course.look(table.look(), 1.0) == ()
    assert course.number == 1


IN_CART = 'do = [{ press = "name" }]\nuntil = { cart = "6900990", seats = 1 }'
IN_CART_AT_THE_SHOP = IN_CART.replace("{ cart", '{ all = [{ screen = "shop" }, { cart').replace("1 }", "1 }] }")


def test_who_is_quicker_than_the_looks_is_not_left_behind(tmp_path: Path) -> None:
    with open_table(tmp_path, TEXT.replace(IN_CART, IN_CART_AT_THE_SHOP)) as table:
        course = table.course()
        course.look(table.look(), 1.0)
        table.put_in_cart()
        assert course.look(table.look(), 2.0) == ()
        table.screen.on_top = "shop"
        events = course.look(table.look(), 3.0)
        assert [one.step.id for one in events if isinstance(one, Reached)] == ["name", "why", "open", "cart"]


def test_what_came_into_the_order_book_in_an_earlier_step_passes_over_nothing(tmp_path: Path) -> None:
    text = TEXT.replace(IN_CART, IN_CART_AT_THE_SHOP)
    with open_table(
        tmp_path, text.replace('{ field = "name", is = "a" }', '{ cart = "6900990", seats = 1 }', 1)
    ) as table:
        course = table.course()
        course.look(table.look(), 1.0)
        table.put_in_cart()
        course.look(table.look(), 2.0)
        assert course.number == 2
        table.screen.on_top = "shop"  # one may look around
        assert course.look(table.look(), 3.0) == ()
        assert course.number == 2


def test_a_wrong_number_in_the_order_book_is_not_what_was_wanted(table: Table) -> None:
    course = table.course()
    course.look(table.look(), 1.0)
    table.put_in_cart(10)
    assert course.look(table.look(), 2.0) == ()


def test_a_lesson_ends_behind_its_last_step_with_points_and_time(table: Table) -> None:
    course = table.course(now=1000.0)
    table.screen.fields["name"] = "a"
    course.look(table.look(), 1010.0)
    course.read(table.look(), 1020.0)
    table.screen.on_top = "wizard"
    course.help()
    course.look(table.look(), 1030.0)
    table.put_in_cart()
    *_reached, finished = course.look(table.look(), 1040.0)
    assert isinstance(finished, Finished)
    attempt = finished.attempt
    assert [(one.of, one.points, one.possible) for one in attempt.marks] == [
        ("name", 5, 5),
        ("why", 0, 0),
        ("open", 1, 2),
        ("cart", 3, 3),
    ]
    assert (attempt.points, attempt.possible, attempt.passed, attempt.seconds) == (9, 10, True, 40.0)
    assert (attempt.first_try, len(attempt.tasks), attempt.hints, attempt.lost) == (2, 3, 1, "")
    assert course.attempt == attempt
    assert course.step is None
    assert course.look(table.look(), 2000.0) == ()
    assert Attempt.from_mapping(json.loads(json.dumps(attempt.as_mapping()))) == attempt


def test_a_step_that_cannot_be_reached_any_more_ends_it_and_says_why(table: Table) -> None:
    course = table.course()
    table.screen.fields["name"] = "a"
    course.look(table.look(), 1.0)
    course.read(table.look(), 2.0)
    set_clock(table.world.desk, table.filed.scenario.world.today.replace(day=16))
    lost, finished = course.look(table.look(), 3.0)
    assert lost == Lost(Wording("遅い", "late"))
    assert isinstance(finished, Finished)
    assert (finished.attempt.lost, finished.attempt.points, finished.attempt.passed) == ("遅い", 5, False)
    assert [one.right for one in finished.attempt.marks] == [True, True, False, False]


def test_time_does_not_count_while_it_is_paused(table: Table) -> None:
    course = table.course()
    course.look(table.look(), 10.0)
    course.pause(20.0)
    course.look(table.look(), 500.0)
    table.screen.fields["name"] = "a"
    [reached] = course.look(table.look(), 505.0)
    assert isinstance(reached, Reached)
    assert reached.mark.seconds == 25.0


def test_an_exam_shows_no_step_and_counts_what_is_true_at_the_end(table: Table) -> None:
    course = table.course(Mode.TEST)
    assert course.step is None
    assert course.help() is None
    table.put_in_cart()
    assert course.look(table.look(), 1.0) == ()  # the right result ends nothing: the trainee says when it is done
    [finished] = course.done(table.look(), 2.0)
    assert isinstance(finished, Finished)
    assert [(one.of, one.right, one.points, one.possible) for one in finished.attempt.marks] == [
        ("must-1", True, 6, 6),
        ("must-2", False, 0, 4),
    ]
    assert "name" in finished.attempt.marks[1].instead
    assert finished.attempt.passed  # 60 % of the points are enough here
    assert course.done(table.look(), 3.0) == ()


def test_a_pretty_but_wrong_result_fails_an_exam(table: Table) -> None:
    course = table.course(Mode.TEST)
    table.put_in_cart(10)
    table.screen.fields["name"] = "a"
    [finished] = course.done(table.look(), 2.0)
    assert isinstance(finished, Finished)
    assert (finished.attempt.points, finished.attempt.passed) == (4, False)


def test_an_exam_ends_when_its_time_is_over_or_it_cannot_be_passed_any_more(table: Table) -> None:
    slow = table.course(Mode.TEST)
    assert slow.look(table.look(), 1200.0) == ()
    [finished] = slow.look(table.look(), 1200.5)
    assert isinstance(finished, Finished)
    late = table.course(Mode.TEST)
    set_clock(table.world.desk, table.filed.scenario.world.today.replace(day=16))
    assert late.look(table.look(), 1.0)[0] == Lost(Wording("遅い", "late"))
    assert late.attempt is not None
    assert late.attempt.lost == "遅い"


def test_what_has_been_reached_is_not_lost_by_the_days_that_pass(table: Table) -> None:
    table.screen.on_top = "wizard"
    course = table.course(Mode.TEST)
    set_clock(table.world.desk, table.filed.scenario.world.today.replace(day=16))
    assert course.look(table.look(), 1.0) == ()


def test_a_course_goes_on_after_the_end_of_the_program_as_if_nothing_had_been(table: Table) -> None:
    course = table.course()
    table.screen.is_refused = True
    course.look(table.look(), 10.0)
    course.help()
    kept = json.loads(json.dumps(course.as_mapping()))
    again = Course.resumed(table.filed.scenario, kept, 90_000.0)
    table.screen.is_refused = False
    table.screen.fields["name"] = "a"
    [reached] = again.look(table.look(), 90_005.0)
    assert isinstance(reached, Reached)
    assert reached.mark == Mark("name", True, False, 1, 15.0, 2, 5)
    further = Course.resumed(table.filed.scenario, json.loads(json.dumps(again.as_mapping())), 0.0)
    assert further.number == 2
    table.put_in_cart()
    assert [one.step.id for one in further.look(table.look(), 1.0) if isinstance(one, Reached)] == [
        "why",
        "open",
        "cart",
    ]


@pytest.mark.parametrize("spoilt", [{}, {"mode": "guide"}, {"mode": "sleep", "marks": []}])
def test_what_was_kept_otherwise_is_not_taken_up(table: Table, spoilt: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Course.resumed(table.filed.scenario, spoilt, 0.0)

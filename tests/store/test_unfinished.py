"""What a killed program left of a new order book goes with the next start, and never what somebody still builds."""

import os
from pathlib import Path
from subprocess import Popen

import pytest

from stellr_tui.store.schema import create_file
from stellr_tui.store.unfinished import take_away_unfinished
from tests.store.programs import finish, furnish, start, what_is

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders cannot be locked")


def in_the_middle(path: Path) -> Popen[str]:
    """A program that is just building this order book."""
    program = start("create-and-wait", path)
    assert program.stdout is not None
    assert program.stdout.readline() == "in the middle\n"
    assert len(unfinished(path)) > 1
    return program


def unfinished(path: Path) -> list[str]:
    return [name for name in os.listdir(path.parent) if name.startswith(f".{path.name}.")]


def test_what_a_killed_program_left_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "受注 [1] 100%.db"
    with in_the_middle(path) as program:
        program.kill()
    assert unfinished(path)
    take_away_unfinished(path)
    assert os.listdir(tmp_path) == []


def test_what_somebody_is_building_stays(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    with in_the_middle(path) as program:
        take_away_unfinished(path)
        assert unfinished(path)
        program.communicate("go on\n", timeout=60)
    assert what_is(path) == "whole"
    assert os.listdir(tmp_path) == [path.name]


def test_what_is_left_beside_an_order_book_that_is_there_goes_too_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    with in_the_middle(path) as program:
        assert create_file(path, furnish)
        program.kill()
    others = {".other.db.abcdefgh.new", ".order-book.db.new", ".order-book.db.abcdefgh.new.txt", "order-book.db.new"}
    for name in others:
        (tmp_path / name).touch()
    take_away_unfinished(path)
    assert set(os.listdir(tmp_path)) == {path.name, *others}
    assert what_is(path) == "whole"


def test_of_programs_that_begin_anew_at_the_same_time_each_one_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    with in_the_middle(path) as program:
        program.kill()
    made = [finish(one) for one in [start("begin-anew", path) for _ in range(4)]]
    assert sorted(made) == [["False"], ["False"], ["False"], ["True"]]
    assert os.listdir(tmp_path) == [path.name]


def test_a_folder_that_is_not_there_holds_nothing_unfinished(tmp_path: Path) -> None:
    take_away_unfinished(tmp_path / "none" / "order-book.db")
    assert not (tmp_path / "none").exists()

"""A new order book is there whole or not at all."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from stellr_tui.store.engine import connect
from stellr_tui.store.errors import StoreUnavailable
from stellr_tui.store.schema import create, create_file, state
from stellr_tui.store.tables import BillingAccount
from tests.store.programs import finish, furnish, start, what_is
from tests.store.rows import add_account


def test_the_new_order_book_is_filled_and_alone_in_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "data" / "stellr" / "order-book.db"
    assert create_file(path, furnish)
    assert what_is(path) == "whole"
    assert os.listdir(path.parent) == ["order-book.db"]


def test_nothing_of_it_is_still_in_a_log(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    create_file(path, furnish)
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    assert what_is(copy) == "whole"


def test_it_keeps_a_write_ahead_log_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    create_file(path, furnish)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    create_file(path, furnish)
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_of_that_name_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    path.write_text("a letter")
    assert not create_file(path, furnish)
    assert path.read_text() == "a letter"
    assert os.listdir(tmp_path) == ["order-book.db"]


def test_another_program_that_was_quicker_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"

    def be_overtaken(session: Session) -> None:
        assert create_file(path, furnish)

    assert not create_file(path, be_overtaken)
    assert what_is(path) == "whole"
    assert os.listdir(tmp_path) == ["order-book.db"]


def test_of_programs_that_create_it_at_the_same_time_one_does(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    made = [finish(program) for program in [start("create", path) for _ in range(3)]]
    assert sorted(made) == [["False"], ["False"], ["True"]]
    assert what_is(path) == "whole"


def test_an_error_while_filling_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(session: Session) -> None:
        furnish(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_file(tmp_path / "order-book.db", fail)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_while_filling_leaves_nothing_behind_and_is_said_of_the_right_file(tmp_path: Path) -> None:
    def fill_the_disk(session: Session) -> None:
        session.execute(text("PRAGMA max_page_count = 1"))  # as many as there are now
        for number in range(10_000):
            add_account(session, str(number))

    with pytest.raises(StoreUnavailable, match="full") as caught:
        create_file(tmp_path / "order-book.db", fill_the_disk)
    assert caught.value.database == str(tmp_path / "order-book.db")
    assert os.listdir(tmp_path) == []


def test_a_file_whose_log_could_not_be_written_into_it_is_not_taken_for_whole(tmp_path: Path) -> None:
    others: list[sqlite3.Connection] = []

    def look_on(session: Session) -> None:
        furnish(session)
        others.append(sqlite3.connect(next(tmp_path.glob("*.new"))))
        others[0].execute("BEGIN")
        others[0].execute("SELECT * FROM sqlite_master").fetchall()

    with pytest.raises(StoreUnavailable, match="log"):
        create_file(tmp_path / "order-book.db", look_on)
    others[0].close()
    assert not (tmp_path / "order-book.db").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that it forks")
def test_killed_at_any_moment_it_leaves_nothing_or_a_whole_one(tmp_path: Path) -> None:
    deaths = [json.loads(line) for line in finish(start("die-creating", tmp_path, 30))]
    assert all(death["killed"] for death in deaths)
    assert {death["left"] for death in deaths} == {"nothing", "whole"}
    assert all(death["made_after"] == (death["left"] == "nothing") for death in deaths)
    assert all(death["now"] == "whole" for death in deaths)


def test_the_log_of_a_database_that_is_gone_is_not_played_into_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "order-book.db"
    left = tmp_path / "order-book.db-wal"
    left.write_bytes(b"somebody's work")
    with pytest.raises(StoreUnavailable, match="order-book.db-wal"):
        create_file(path, furnish)
    assert not path.exists()
    assert left.read_bytes() == b"somebody's work"


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="order-book.db"):
        create_file(tmp_path / "file" / "order-book.db", furnish)


def test_a_name_with_every_kind_of_character_works(tmp_path: Path) -> None:
    path = tmp_path / "受注 100% #1?mode=ro&x.db"
    assert create_file(path, furnish)
    assert what_is(path) == "whole"
    assert os.listdir(tmp_path) == [path.name]


def test_create_makes_a_missing_file_and_fills_an_empty_one(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    for path in (tmp_path / "missing.db", empty):
        with connect(str(path)) as store:
            assert create(store, furnish)
            assert not create(store, furnish)
            assert state(store) == "current"
            with store.reading() as session:
                assert session.get(BillingAccount, "100001") is not None

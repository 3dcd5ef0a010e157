"""Reading, writing, and what the databases guarantee about both."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from stellr_tui.store.engine import Store, connect
from stellr_tui.store.errors import StoreUnavailable
from stellr_tui.store.schema import upgrade
from stellr_tui.store.tables import BillingAccount, Counter, Membership
from tests.store.programs import start
from tests.store.rows import add_account, add_person


def accounts(store: Store) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(BillingAccount)).one()


def test_what_was_written_is_there_for_every_reader(store: Store, database_url: str) -> None:
    with store.writing() as session:
        add_account(session)
    with connect(database_url) as another:
        assert accounts(another) == 1


def test_the_version_is_another_one_as_soon_as_something_was_committed_and_only_then(sqlite_path: Path) -> None:
    with connect(str(sqlite_path)) as store:
        before = store.version()
        with store.writing() as session:
            add_account(session)
            session.flush()
            assert store.version() == before
        written = store.version()
        assert written != before
        accounts(store)
        with pytest.raises(ZeroDivisionError), store.writing() as session:
            add_person(session)
            raise ZeroDivisionError
        assert store.version() == written
        with connect(str(sqlite_path)) as another, another.writing() as session:
            add_person(session)
        assert store.version() != written


def test_a_row_can_be_used_after_its_session(store: Store) -> None:
    with store.writing() as session:
        account = add_account(session)
    assert account.reseller == "株式会社リセラー"


def test_an_exception_undoes_everything_written(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        add_account(session)
        raise ZeroDivisionError
    assert accounts(store) == 0


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    with store.reading() as session:
        count = select(func.count()).select_from(BillingAccount)
        assert session.scalars(count).one() == 0
        with store.writing() as writer:
            add_account(writer)
        assert session.scalars(count).one() == 0
    assert accounts(store) == 1


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises((StoreUnavailable, DBAPIError)), store.reading() as session:
        add_account(session)
    assert accounts(store) == 0


def test_a_connection_that_was_read_with_can_be_written_with(store: Store) -> None:
    assert accounts(store) == 0
    with store.writing() as session:
        add_account(session)
    assert accounts(store) == 1


def test_foreign_keys_are_enforced(store: Store) -> None:
    with store.writing() as session:
        person = add_person(session)
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(Membership(person_id=person.id, account_number="nobody's"))


def test_an_error_does_not_show_what_was_to_be_stored(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.writing() as session:
        add_person(session)
        add_person(session)
    assert "a-hash" not in str(caught.value)


def test_a_program_killed_in_the_middle_of_a_transaction_leaves_nothing(store: Store, database_url: str) -> None:
    program = start("write-and-wait", database_url)
    assert program.stdout is not None
    assert program.stdout.readline() == "written\n"
    program.kill()
    program.communicate(timeout=60)
    with store.writing() as session:
        assert session.get(BillingAccount, "100001") is None
        assert session.get(Counter, "contract") is None
        add_account(session)
    assert accounts(store) == 1


def test_writers_on_sqlite_queue_from_their_first_look(sqlite_path: Path) -> None:
    with connect(str(sqlite_path)) as store:
        with store.writing() as session:
            session.add(Counter(name="laps", next=0))

        def run_laps(_: int) -> None:
            for _ in range(10):
                with store.writing() as session:
                    laps = session.get_one(Counter, "laps")
                    laps.next += 1

        with ThreadPoolExecutor(4) as runners:
            list(runners.map(run_laps, range(4)))
        with store.reading() as session:
            assert session.get_one(Counter, "laps").next == 40


def test_every_thread_has_a_connection_of_its_own(store: Store) -> None:
    with store.reading() as session:
        session.scalars(select(BillingAccount)).all()
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda _: accounts(store), range(32))) == [0] * 32


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_keeps_a_write_ahead_log_and_syncs_fully(sqlite_path: Path) -> None:
    with connect(str(sqlite_path)) as store:
        for session_of in (store.reading, store.writing, store.reading):
            with session_of() as session:
                connection = session.connection()
                assert pragma(connection, "journal_mode") == "wal"
                assert pragma(connection, "synchronous") == 2  # FULL
                assert pragma(connection, "foreign_keys") == 1
                assert pragma(connection, "busy_timeout") == 10_000


def test_files_that_keep_no_log_yet_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    # SQLite fails at once, without waiting, when two switch the same file: seen in about one of thirty openings.
    paths = [tmp_path / f"{number}.db" for number in range(100)]
    for path in paths:
        path.touch()
    together = Barrier(3)

    def open_all(_: int) -> None:
        for path in paths:
            with connect(str(path)) as store:
                together.wait(60)
                with store.reading() as session:
                    assert pragma(session.connection(), "journal_mode") == "wal"

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(open_all, range(3)))


def test_foreign_keys_are_enforced_again_after_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with connect(str(path)) as store:
        upgrade(store)
        with store.reading() as session:
            assert pragma(session.connection(), "foreign_keys") == 1


def test_postgresql_reads_repeatably_and_writes_read_committed(postgresql_database: str) -> None:
    with connect(postgresql_database) as store:
        for session_of, level, read_only in (
            (store.reading, "repeatable read", "on"),
            (store.writing, "read committed", "off"),
            (store.reading, "repeatable read", "on"),
        ):
            with session_of() as session:
                assert session.scalar(text("SHOW transaction_isolation")) == level
                assert session.scalar(text("SHOW transaction_read_only")) == read_only

"""A database that cannot be used is said to be so in one way, and no password is ever shown."""

import os
import sqlite3
import sys
import traceback
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from stellr_tui.store.engine import Store, connect
from stellr_tui.store.errors import StoreUnavailable
from stellr_tui.store.schema import state
from tests.store.rows import add_account

SECRET = "hunter2hunter2"


def refusal(url: str) -> StoreUnavailable:
    with pytest.raises(StoreUnavailable) as caught, connect(url) as store, store.reading():
        pass
    return caught.value


def test_a_missing_file_is_not_made_in_passing(tmp_path: Path) -> None:
    path = tmp_path / "mistyped.db"
    assert refusal(str(path)).database == str(path)
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    assert "not a database" in refusal(f"sqlite:///{path}").detail


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    refusal(str(tmp_path))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written(sqlite_path: Path) -> None:
    sqlite_path.chmod(0o400)
    with pytest.raises(StoreUnavailable), connect(str(sqlite_path)) as store, store.writing():
        pass


def test_a_database_that_is_locked_for_too_long(sqlite_path: Path) -> None:
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connect(str(sqlite_path)) as store:
        with store.reading() as session:
            session.execute(text("PRAGMA busy_timeout = 1"))
        with pytest.raises(StoreUnavailable, match="locked"), store.writing():
            pass
        other.execute("ROLLBACK")
        with store.writing() as session:
            add_account(session)
    other.close()


def test_a_full_disk_in_the_middle_of_writing_leaves_nothing_half_done(sqlite_path: Path) -> None:
    with connect(str(sqlite_path)) as store:
        with pytest.raises(StoreUnavailable, match="full"), store.writing() as session:
            session.execute(text("PRAGMA max_page_count = 1"))  # as many as there are now
            for number in range(10_000):
                add_account(session, str(number))
        with store.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM billing_account")) == 0


def test_a_wrong_statement_is_no_fault_of_the_database(store: Store) -> None:
    with pytest.raises(DBAPIError, match="nowhere"), store.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))


def test_a_server_that_is_down(tmp_path: Path) -> None:
    said = refusal(f"postgresql://someone:{SECRET}@/book?host={tmp_path}")
    assert said.database == f"postgresql+psycopg://someone:***@/book?host={str(tmp_path).replace('/', '%2F')}"
    assert "connection" in said.detail


def test_a_database_that_the_server_does_not_have(postgresql_server: psycopg.Connection) -> None:
    host = postgresql_server.info.host
    assert "nonesuch" in refusal(f"postgres://{postgresql_server.info.user}@/nonesuch?host={host}").detail


def test_a_connection_lost_in_the_middle_is_made_anew_the_next_time(
    postgresql_server: psycopg.Connection, postgresql_database: str
) -> None:
    with connect(postgresql_database) as store:
        with pytest.raises(StoreUnavailable), store.writing() as session:
            add_account(session)
            pid = session.scalar(text("SELECT pg_backend_pid()"))
            postgresql_server.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
            add_account(session, "100002")
        with store.writing() as session:
            add_account(session)
        assert state(store) == "current"


def test_a_connection_lost_while_nobody_used_it_is_not_noticed(
    postgresql_server: psycopg.Connection, postgresql_database: str
) -> None:
    with connect(postgresql_database) as store:
        with store.writing() as session:
            pid = session.scalar(text("SELECT pg_backend_pid()"))
        assert postgresql_server.execute("SELECT pg_terminate_backend(%s, 10000)", [pid]).fetchone() == (True,)
        with store.writing() as session:
            add_account(session)


def test_someone_who_may_not_make_tables(postgresql_database: str) -> None:
    store = connect(postgresql_database)
    with pytest.raises(StoreUnavailable, match="denied"), store, store.writing() as session:
        session.execute(text("SET LOCAL ROLE pg_monitor"))
        session.execute(text("CREATE TABLE mine (id INTEGER)"))


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "psycopg" in refusal("postgresql://localhost/book").detail


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_way_to_write_a_postgresql_address_is_understood(postgresql_database: str, scheme: str) -> None:
    with connect(postgresql_database.replace("postgresql", scheme, 1)) as store:
        assert state(store) == "current"


@pytest.mark.parametrize(
    "url",
    [
        "",
        ":memory:",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///book.db?mode=ro",
        "sqlite://host/book.db",
        f"mysql://someone:{SECRET}@host/book",
        f"postgresql://someone:{SECRET}@host:port/book",
        f"postgresql://someone:{SECRET}@half:{SECRET}@host/book",
        f"postgresql://someone:a@{SECRET}@host/book",
        f"postgresql://host:port/book?user=someone&password={SECRET}",
        f"host=host dbname=book user=someone password={SECRET}",
        f"host=host password='{SECRET} {SECRET}'",
        f"://someone:{SECRET}@host",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    said = refusal(url)
    assert SECRET not in "".join(traceback.format_exception(said))
    assert SECRET not in repr(said)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://someone:{}@/book?host={}",
        "postgresql://someone@/book?password={}&host={}",
        "postgresql://someone@/book?sslpassword={}&host={}",
    ],
)
def test_a_password_is_never_shown(url: str, tmp_path: Path) -> None:
    address = url.format(SECRET, tmp_path)
    with connect(address) as store:
        for shown in (repr(store), str(store), store.shown, repr(vars(store)), repr(store.engine)):
            assert SECRET not in shown
    said = refusal(address)
    assert SECRET not in "".join(traceback.format_exception(said))
    assert SECRET not in repr(said)


def test_a_path_means_the_same_file_wherever_the_program_goes(
    sqlite_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sqlite_path.parent)
    with connect(sqlite_path.name) as store:
        monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
        assert state(store) == "current"
        assert store.path == sqlite_path

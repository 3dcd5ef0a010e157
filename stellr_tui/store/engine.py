"""The way to the database: sessions for reading and for writing, and the next number of a kind."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from stellr_tui.store.address import Address, read_address
from stellr_tui.store.errors import StoreUnavailable

WAIT_SECONDS = 10

REVISION_TABLE = "alembic_version"
"""Alembic's table, which every order book has."""

# Of SQLite's errors those that speak of the file and not of the statement (https://www.sqlite.org/rescode.html).
_SQLITE_UNAVAILABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
_INSUFFICIENT_PRIVILEGE = "42501"


class Store:
    """One order book. Threads may share it: every session has a connection of its own.

    path: the file on SQLite, None on PostgreSQL. shown: the address for people, without a password.
    engine: for migrations; everything else uses `reading` and `writing`.
    """

    def __init__(self, address: Address, engine: Engine) -> None:
        self._address = address
        self.engine = engine
        if engine.dialect.name == "sqlite":
            self._reader = engine.execution_options(stellr_read_only=True)
        else:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.path = address.path
        self.shown = address.shown
        self._watcher: PoolProxiedConnection | None = None

    def __repr__(self) -> str:
        return f"Store({self.shown!r})"

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database, however often it asks. The database refuses writing in it.

        Raises StoreUnavailable.
        """
        with self.available(), Session(self._reader, expire_on_commit=False) as session:
            session.connection()
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is one transaction: committed at the end, undone when an exception leaves the block.

        On SQLite it has the write lock from its first moment, so that writers queue instead of failing half-way.
        Raises StoreUnavailable.
        """
        with self.available(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def available(self) -> Iterator[None]:
        """Turns what drivers say of an unusable database into StoreUnavailable; other errors pass."""
        try:
            yield
        except (DBAPIError, PoolTimeout) as error:
            if isinstance(error, DBAPIError) and not _speaks_of_the_database(error):
                raise
            said = error.orig if isinstance(error, DBAPIError) else error
            raise StoreUnavailable(self.shown, self._address.without_password(str(said).strip())) from error

    def version(self) -> int | None:
        """A number that is another one as soon as somebody has committed something; None on PostgreSQL, which has none.

        Numbers can be compared until the store is closed. Always ask from the same thread. Raises StoreUnavailable.
        """
        if self.path is None:
            return None
        with self.available():
            self._watcher = self._watcher or self.engine.raw_connection()
        cursor = self._watcher.cursor()
        cursor.execute("PRAGMA data_version")
        [[number]] = cursor.fetchall()
        cursor.close()
        return int(number)

    def close(self) -> None:
        """Give every connection back to the system. The store can still be used; it then connects anew."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        self.engine.dispose()


def connect(given: str) -> Store:
    """The store at an address or path (see `read_address`). Connects only when a session is asked for.

    A missing SQLite file is never made in passing, so that a mistyped path cannot become an empty order book.
    Raises StoreUnavailable for an address that cannot be read, or whose driver is not installed.
    """
    address = read_address(given)
    try:
        engine = _postgresql(address) if address.path is None else _sqlite(address)
    except ImportError as error:
        raise StoreUnavailable(address.shown, str(error)) from error
    return Store(address, engine)


def take_number(session: Session, name: str, first: int = 1) -> int:
    """The next number of a kind (contract, customer, …), counted from `first`, in the caller's transaction.

    Two transactions never get the same one: the second waits for the first. If the caller's is undone, the number is
    taken again.
    """
    taken: int = session.execute(
        text(
            "INSERT INTO counter (name, next) VALUES (:name, :following) "
            "ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next - 1"
        ),
        {"name": name, "following": first + 1},
    ).scalar_one()
    return taken


def _postgresql(address: Address) -> Engine:
    options: dict[str, object] = {**address.options}
    if "connect_timeout" not in address.url.query:
        options["connect_timeout"] = WAIT_SECONDS
    return create_engine(
        address.url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=options,
    )


def _sqlite(address: Address) -> Engine:
    def open_file() -> sqlite3.Connection:
        assert address.path is not None
        connection = sqlite3.connect(
            f"{address.path.as_uri()}?mode=rw",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,  # the driver begins nothing by itself; see `begin`
            check_same_thread=False,  # the pool lends a connection to one thread at a time
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if not _is_somebody_elses(connection):
                _keep_a_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(address.url, creator=open_file, max_overflow=-1, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("stellr_read_only", False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _is_somebody_elses(connection: sqlite3.Connection) -> bool:
    """Whether the file holds tables, but no order book. Such a file is refused later, and must stay as it is."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(tables) and REVISION_TABLE not in tables


def _keep_a_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL, which it then remembers.

    SQLite does not wait when two connections switch at once, so wait here, by queueing as a writer, and look again.
    """
    for _ in range(WAIT_SECONDS):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")


def _speaks_of_the_database(error: DBAPIError) -> bool:
    """Whether the error means that the database cannot be used, rather than that a statement is wrong."""
    if isinstance(error.orig, sqlite3.Error):
        # An extended code keeps the plain one in its low byte. What the driver itself says has no code.
        return getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _SQLITE_UNAVAILABLE
    return isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", None) == _INSUFFICIENT_PRIVILEGE

"""Making, upgrading and recognising the order book's tables. Alembic is loaded only where something has to be done."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from stellr_tui.store.engine import REVISION_TABLE, Store, connect
from stellr_tui.store.errors import SchemaTooNew, StoreUnavailable
from stellr_tui.store.unfinished import file_to_build

if TYPE_CHECKING:
    from alembic.config import Config

# The newest revision. Revisions are numbers of four digits, each built on the one before.
HEAD = "0007"

MIGRATIONS = Path(__file__).with_name("migrations")

# Any number does, as long as every version of the program takes the same.
_ADVISORY_LOCK = 7_353_557

State = Literal["empty", "current", "older", "newer"]


def state(store: Store) -> State:
    """How the database stands to this program, by one look at its revision.

    An SQLite file that does not exist yet is "empty" too. Raises StoreUnavailable, also for someone else's database.
    """
    if store.path is not None and not store.path.exists():
        return "empty"
    with store.reading() as session:
        return _state(store, _revision(store, session.connection()))


def upgrade(store: Store) -> None:
    """Bring the tables to HEAD in one transaction; several programs may try at once.

    Raises SchemaTooNew, StoreUnavailable.
    """
    with _only_migrator(store, keep_foreign_keys=False) as connection:
        found = _revision(store, connection)
        match _state(store, found):
            case "newer":
                raise SchemaTooNew(store.shown, found, HEAD)
            case "empty" | "older":
                _migrate(connection)


def create_file(path: Path, furnish: Callable[[Session], None]) -> bool:
    """Make a new SQLite order book, filled by `furnish`, all or nothing. Says whether it was made here.

    It is built in a file beside it and gets its name at the very end, so that even a killed program leaves no half of
    one. If a file of that name is there, or another program was first, nothing is changed. Raises StoreUnavailable.
    """
    path = path.expanduser().absolute()
    log_left_behind = Path(f"{path}-wal").exists()
    if path.exists():
        return False
    if log_left_behind:
        # SQLite would play the old database's log into the new one.
        raise StoreUnavailable(str(path), f"{path.name}-wal of a database that is gone lies beside it")
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = stack.enter_context(file_to_build(path))
        except OSError as error:
            raise StoreUnavailable(str(path), str(error)) from error
        try:
            with connect(str(unfinished)) as store:
                create_in_place(store, furnish)
            return _publish(unfinished, path)
        except StoreUnavailable as error:
            # Under the name that the user knows.
            raise StoreUnavailable(str(path), error.detail) from error


def create_in_place(store: Store, furnish: Callable[[Session], None]) -> bool:
    """Make the tables in an empty database and fill them by `furnish`, in one transaction.

    Says whether it was made here: if another program was first, nothing is changed. Raises StoreUnavailable.
    """
    with _only_migrator(store, keep_foreign_keys=True) as connection:
        if _state(store, _revision(store, connection)) != "empty":
            return False
        _migrate(connection)
        with Session(connection, expire_on_commit=False) as session:
            furnish(session)
            session.commit()
        return True


def create(store: Store, furnish: Callable[[Session], None]) -> bool:
    """Make the order book where the store points: `create_file` for a missing file, else `create_in_place`."""
    if store.path is not None and not store.path.exists():
        return create_file(store.path, furnish)
    return create_in_place(store, furnish)


def migration_config(connection: Connection) -> "Config":
    """Alembic's configuration for a connection, inside whose transaction the migrations run."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(migration_config(connection), HEAD)


def _revision(store: Store, connection: Connection) -> str:
    """The revision that the database says it has, or "" for one without tables."""
    tables = inspect(connection)
    if tables.has_table(REVISION_TABLE):
        return connection.scalar(text(f"SELECT version_num FROM {REVISION_TABLE}")) or ""
    if others := tables.get_table_names():
        raise StoreUnavailable(store.shown, f"not an order book; it holds {', '.join(sorted(others)[:3])}")
    return ""


def _state(store: Store, revision: str) -> State:
    if revision == "":
        return "empty"
    if revision == HEAD:
        return "current"
    return "older" if revision < HEAD else "newer"


@contextmanager
def _only_migrator(store: Store, *, keep_foreign_keys: bool) -> Iterator[Connection]:
    """A transaction in which no other program migrates: SQLite's write lock, or an advisory lock of PostgreSQL.

    A migration of SQLite may have to copy and drop a table that others refer to. So foreign keys rest meanwhile, which
    SQLite allows only outside a transaction, and are looked through before the commit.
    """
    with store.available(), store.engine.connect() as connection:
        rest_foreign_keys = connection.dialect.name == "sqlite" and not keep_foreign_keys
        driver = connection.connection.driver_connection
        if rest_foreign_keys:
            driver.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]  # an sqlite3.Connection
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
                yield connection
                if rest_foreign_keys:
                    _check_foreign_keys(store, connection)
        finally:
            if rest_foreign_keys:
                driver.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]  # an sqlite3.Connection


def _check_foreign_keys(store: Store, connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreUnavailable(store.shown, f"{broken[0]} refers to a row of {broken[2]} that does not exist")


def _publish(unfinished: Path, path: Path) -> bool:
    """Give the finished file its name, unless the name is taken; safe against a loss of power."""
    if Path(f"{unfinished}-wal").exists():
        # The last connection to close writes the log into the file and removes it, if it can.
        raise StoreUnavailable(str(path), "its log could not be written into it")
    try:
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return False
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            with suppress(OSError):  # some file systems cannot sync a folder
                os.fsync(folder)
            os.close(folder)
        return True
    except OSError as error:
        raise StoreUnavailable(str(path), str(error)) from error

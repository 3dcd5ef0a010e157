"""A file that one program at a time can hold; it is free again when that program is gone, however it ended.

The lock is SQLite's: the same on every system and on shared folders, and the system takes it back from who is killed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a file for a while, and make it where there is none; False where somebody else holds it. Raises OSError."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        before = _identity(path)
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            if not _is_locked(connection):
                yield False
                return
            # Whoever held it just now may have removed it, and a file that cannot be found keeps nobody out.
            if before is not None and before == _identity(path):
                yield True
                return


def _is_locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise OSError(str(error)) from error
        return False
    return True


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino

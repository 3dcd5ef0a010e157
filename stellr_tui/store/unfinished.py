"""Unfinished order books: a new one before it has its name, and what is left of one whose program was killed."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SUFFIX = ".new"
_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite may put beside a file, and the file itself."""


@contextmanager
def file_to_build(path: Path) -> Iterator[Path]:
    """An empty file beside the order book to build it in; gone afterwards. Raises OSError."""
    with _lock(path.parent, alone=False):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_SUFFIX, dir=path.parent)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            for left in _BESIDE:
                Path(f"{name}{left}").unlink(missing_ok=True)


def take_away_unfinished(path: Path) -> None:
    """Remove what killed programs left of this order book unfinished, unless one is just being built in its folder."""
    with suppress(OSError):
        if left := _unfinished(path):
            with _lock(path.parent, alone=True) as is_alone:
                for file in left if is_alone else ():
                    file.unlink(missing_ok=True)


def _unfinished(path: Path) -> list[Path]:
    beside = "|".join(_BESIDE)
    name = re.compile(rf"\.{re.escape(path.name)}\.\w{{8}}{re.escape(_SUFFIX)}({beside})")  # as mkstemp names them
    return [one for one in path.parent.iterdir() if name.fullmatch(one.name)]


@contextmanager
def _lock(folder: Path, *, alone: bool) -> Iterator[bool]:
    """A lock on a folder, shared by all who build there; alone, only if nobody does. Says whether it was to be had.

    It ends with the program, however that ends. Some systems and file systems have none.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
            is_locked = True
        except OSError:
            is_locked = False
        yield is_locked
    finally:
        os.close(handle)

"""Writing a file that somebody named: a new one, whole, and never over what is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from stellr_tui.reference.unreadable import not_written
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

PATH_LIMIT = 1_000


@contextmanager
def new_file(file: str) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file to be written within a block, with its whole path; it is gone again if the block fails.

    Refused, of the field `file`: FILE_EXISTS, UNWRITABLE_FILE (facts: detail) and what `rules.fields.text` refuses.
    """
    typed = fields.text(file, "file", required=True, limit=PATH_LIMIT)
    try:
        path = Path(typed).expanduser().absolute()
    except RuntimeError as error:  # no such home
        raise _unwritable(file, error) from None
    try:
        with path.open("xb") as written:
            try:
                yield path, written
                written.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise Refused(Finding(Reason.FILE_EXISTS, "file", file)) from None
    except OSError as error:  # no room, no such folder
        raise _unwritable(file, error) from None


def write_new_file(file: str, content: bytes) -> Path:
    """Write a new file, `~` being the home folder; gives its whole path. Refused: as `new_file`."""
    with new_file(file) as (path, written):
        written.write(content)
    return path


def suggested_path(name: str) -> str:
    """Where a file of this name could be saved: where downloads go, else at home."""
    from platformdirs import user_downloads_path

    downloads = user_downloads_path()
    return str((downloads if downloads.is_dir() else Path.home()) / name)


def _unwritable(file: str, error: Exception) -> Refused:
    return Refused(Finding(Reason.UNWRITABLE_FILE, "file", file, {"detail": not_written(error)}))

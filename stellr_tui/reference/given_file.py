"""Reading a file that somebody named: whole, up to a size, with one sentence where it cannot be read."""

from pathlib import Path
from typing import NoReturn

from stellr_tui.reference.texts import _
from stellr_tui.reference.unreadable import not_read
from stellr_tui.rules.findings import Finding, Reason, Refused


def read_given_file(file: str, limit: int) -> bytes:
    """What a file holds, `~` being the home folder. Refused, of the field `file`: REQUIRED, UNREADABLE_FILE."""
    if not file.strip():
        raise Refused(Finding(Reason.REQUIRED, "file"))
    try:
        with Path(file).expanduser().open("rb") as opened:
            data = opened.read(limit + 1)
    except (OSError, RuntimeError, ValueError) as error:  # also no such home, no name at all
        refuse_file(file, not_read(error))
    check_size(file, data, limit)
    return data


def check_size(file: str, data: bytes, limit: int, *, shown: str = "") -> None:
    """Refused (UNREADABLE_FILE) where there are more bytes than the limit."""
    if len(data) > limit:
        refuse_file(file, _("{limit}バイトを超えています").format(limit=f"{limit:,}"), shown)


def refuse_file(file: str, detail: str, shown: str = "") -> NoReturn:
    """Say why a file cannot be read; `shown` is what it is called instead of its name."""
    raise Refused(Finding(Reason.UNREADABLE_FILE, "file", file, {"file": shown or file, "detail": detail}))

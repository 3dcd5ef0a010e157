"""Writing a file that somebody named: a new one, whole, and never over what is there."""

from pathlib import Path

from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

PATH_LIMIT = 1_000


def write_new_file(file: str, content: bytes) -> Path:
    """Write a new file, `~` being the home folder; gives its whole path.

    Refused, of the field `file`: FILE_EXISTS, UNWRITABLE_FILE (facts: detail) and what `rules.fields.text` refuses.
    """
    typed = fields.text(file, "file", required=True, limit=PATH_LIMIT)
    try:
        path = Path(typed).expanduser().absolute()
        with path.open("xb") as written:
            try:
                written.write(content)
                written.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise Refused(Finding(Reason.FILE_EXISTS, "file", file)) from None
    except (OSError, RuntimeError) as error:  # no room, no such folder, no such home
        detail = getattr(error, "strerror", None) or str(error)
        raise Refused(Finding(Reason.UNWRITABLE_FILE, "file", file, {"detail": detail})) from None
    return path

"""A mail as a file that any mail program opens."""

from dataclasses import dataclass
from pathlib import Path

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.message import compose
from stellr_tui.desk.outbox import find_mail, opened
from stellr_tui.desk.people import permit
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

PATH_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Eml:
    """The bytes of a message, and a name for the file that holds nothing of what people typed."""

    name: str
    content: bytes


def eml_of(desk: Desk, by: SignedIn, number: int) -> Eml:
    """A mail as it was handed to the mail server, else as it would be now. Refused: UNKNOWN_MAIL, NOT_AN_EMAIL."""
    with desk.store.reading() as session:
        permit(session, by)
        row = find_mail(session, by, number)
        content = row.sent_message or compose(opened(row, desk.mail), desk.mail.encoding)
        return Eml(f"{row.written_on}-{row.kind}-{row.id}.eml", content)


def save_eml(desk: Desk, by: SignedIn, number: int, file: str) -> Path:
    """Write a mail into a new file, which is returned; what is there already is never overwritten.

    Refused: UNKNOWN_MAIL, NOT_AN_EMAIL; of the field `file` FILE_EXISTS, UNWRITABLE_FILE (facts: detail) and what
    `rules.fields.text` refuses.
    """
    typed = fields.text(file, "file", required=True, limit=PATH_LIMIT)
    content = eml_of(desk, by, number).content
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

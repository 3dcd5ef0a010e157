"""A mail as a file that any mail program opens."""

from dataclasses import dataclass
from pathlib import Path

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.message import compose
from stellr_tui.desk.outbox import find_mail, opened
from stellr_tui.desk.people import permit
from stellr_tui.reference.new_file import suggested_path, write_new_file


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


def suggested_file(desk: Desk, by: SignedIn, number: int) -> str:
    """Where a mail could be saved: under its own name where downloads go. Refused: as `eml_of`."""
    return suggested_path(eml_of(desk, by, number).name)


def save_eml(desk: Desk, by: SignedIn, number: int, file: str) -> Path:
    """Write a mail into a new file, which is returned; what is there already is never overwritten.

    Refused: UNKNOWN_MAIL, NOT_AN_EMAIL, and what `reference.new_file.write_new_file` refuses.
    """
    return write_new_file(file, eml_of(desk, by, number).content)

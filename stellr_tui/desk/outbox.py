"""The outbox: what the reseller has been told, newest first, each mail readable as the reseller gets it (オーダー⑦)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, is_key
from stellr_tui.desk.people import permit
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import MailKind, MailStatus, Trouble
from stellr_tui.store.tables import Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of the outbox, still closed. The sender is who it was sent by, or would be now.

    try_after: no earlier than then it is tried again. trouble is what kept the last try from delivering it, and detail
    what the other side said of it.
    """

    id: int
    kind: MailKind
    status: MailStatus
    subject: str
    sender_name: str
    sender: str
    recipient_name: str
    recipient: str
    written_on: date
    written_at: datetime
    contract_number: int | None
    forward_of: int | None
    tries: int
    try_after: datetime | None
    sent_at: datetime | None
    trouble: Trouble | None
    detail: str


@dataclass(frozen=True, slots=True)
class OpenedLetter(Letter):
    """A mail in full."""

    message_id: str
    body: str


def list_mail(desk: Desk, by: SignedIn, before: int | None = None, limit: int = PAGE) -> Page[Letter]:
    """The mails of the billing account, the newest first, at most 200 a page; `before` is where the last page ended."""
    size = min(limit, MAX_PAGE)
    query = (
        select(Mail)
        .where(Mail.account_number == by.account.number)
        .options(defer(Mail.body), defer(Mail.sent_message))
        .order_by(Mail.id.desc())
    )
    if before is not None:
        query = query.where(Mail.id < (before if is_key(before) else 0))
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(query.limit(size + 1)).all()
    found = tuple(Letter(**_closed(row, desk.mail)) for row in rows[:size])
    return Page(found, found[-1].id if len(rows) > size else None)


def read_mail(desk: Desk, by: SignedIn, number: int) -> OpenedLetter:
    """One mail in full. Refused: UNKNOWN_MAIL."""
    with desk.store.reading() as session:
        permit(session, by)
        return opened(find_mail(session, by, number), desk.mail)


def find_mail(session: Session, by: SignedIn, number: int, *, to_change: bool = False) -> Mail:
    """The row of a mail of this billing account; one that is to be changed is locked. Refused: UNKNOWN_MAIL."""
    lock = True if to_change else None
    row = session.get(Mail, number, with_for_update=lock) if is_key(number) else None
    if row is None or row.account_number != by.account.number:
        raise Refused(Finding(Reason.UNKNOWN_MAIL, "mail", str(number)))
    return row


def opened(row: Mail, settings: MailSettings) -> OpenedLetter:
    """A row as a letter in full."""
    return OpenedLetter(**_closed(row, settings), message_id=row.message_id, body=row.body)


def _closed(row: Mail, settings: MailSettings) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": MailKind(row.kind),
        "status": MailStatus(row.status),
        "subject": row.subject,
        "sender_name": row.sender_name if row.sender else settings.sender_name,
        "sender": row.sender or settings.sender,
        "recipient_name": row.recipient_name,
        "recipient": row.recipient,
        "written_on": row.written_on,
        "written_at": row.written_at,
        "contract_number": row.contract_number,
        "forward_of": row.forward_of,
        "tries": row.tries,
        "try_after": row.try_after,
        "sent_at": row.sent_at,
        "trouble": Trouble(row.trouble_kind) if row.trouble_kind else None,
        "detail": row.trouble,
    }

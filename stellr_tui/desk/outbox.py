"""The outbox: what the reseller has been told, newest first, each mail readable as the reseller gets it (オーダー⑦)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from stellr_tui.desk.clock import TOKYO, clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, is_key
from stellr_tui.desk.people import permit
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import MailKind, MailStatus, Trouble
from stellr_tui.store.tables import Mail, Person

TOLD_FOR = timedelta(days=30)


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


@dataclass(frozen=True, slots=True)
class MailInTrouble:
    """How many notices could not be delivered, and the newest of them."""

    count: int
    letters: tuple[Letter, ...]


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


def mail_in_trouble(desk: Desk, by: SignedIn, limit: int = PAGE) -> MailInTrouble:
    """The notices that could not be delivered and were written lately; older ones stand in the list only."""
    # A mail without trouble is still to be tried, or nothing delivers mail from this book.
    troubled = [
        Mail.account_number == by.account.number,
        Mail.status.in_([MailStatus.WAITING, MailStatus.FAILED]),
        Mail.trouble_kind != "",
        Mail.written_at > desk.now() - TOLD_FOR,
    ]
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(
            select(Mail)
            .where(*troubled)
            .options(defer(Mail.body), defer(Mail.sent_message))
            .order_by(Mail.id.desc())
            .limit(limit)
        ).all()
        count = session.scalar(select(func.count()).select_from(Mail).where(*troubled)) or 0
    return MailInTrouble(count, tuple(Letter(**_closed(row, desk.mail)) for row in rows))


def send_again(desk: Desk, by: SignedIn, number: int) -> Letter:
    """Let a notice that was not sent be tried anew and at once, to the address that its recipient has by now.

    Refused: UNKNOWN_MAIL, MAIL_IN_TRAINING, A_FORWARD_ALREADY for a draft, NOTHING_TO_SEND_AGAIN (facts: sent_at).
    """
    with desk.store.writing() as session:
        permit(session, by)
        row = find_mail(session, by, number, to_change=True)
        if row.status == MailStatus.DRAFT:
            raise Refused(Finding(Reason.A_FORWARD_ALREADY, "mail", str(number)))
        if row.sent_at is not None:
            facts = {"sent_at": f"{row.sent_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"}
            raise Refused(Finding(Reason.NOTHING_TO_SEND_AGAIN, "mail", str(number), facts))
        if clock_in(session, desk).is_training:
            raise Refused(Finding(Reason.MAIL_IN_TRAINING))
        recipient = session.get(Person, row.recipient_id) if row.recipient_id else None
        if recipient is not None:
            row.recipient_name, row.recipient = recipient.name, recipient.email
        row.status = MailStatus.WAITING
        row.tries, row.try_after = 0, desk.now()
        row.trouble_kind = row.trouble = ""
        session.flush()
        return Letter(**_closed(row, desk.mail))


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

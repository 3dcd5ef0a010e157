"""Notices in the outbox of a book for real work, the desk at another moment, and what became of a mail."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.notices import new_message_id
from stellr_tui.desk.outbox import OpenedLetter, opened
from stellr_tui.reference.mail_settings import MailServer, MailSettings
from stellr_tui.store.tables import Mail
from tests.desk.office import NOON

SENDER = "stellr@example.jp"


def post(desk: Desk, by: SignedIn, *subjects: str, written_at: datetime = NOON, recipient: str = "") -> None:
    """A notice to the person for each subject, as `notices` writes them."""
    with desk.store.writing() as session:
        session.execute(
            insert(Mail),
            [
                {
                    "account_number": by.account.number,
                    "kind": "invoiced",
                    "message_id": new_message_id(),
                    "recipient_id": by.person_id,
                    "recipient_name": by.name,
                    "recipient": recipient or "lucyj@synnex.com",
                    "subject": subject,
                    "body": f"{subject} の本文\n.\nFrom 差出人\n",
                    "written_on": date(2024, 3, 11),
                    "written_at": written_at,
                }
                for subject in subjects
            ],
        )


def served(desk: Desk, server: MailServer | None) -> Desk:
    """The desk with this mail server in its settings."""
    return replace(desk, mail=MailSettings(sender=SENDER, server=server))


def later(desk: Desk, **time: float) -> Desk:
    """The same desk when some time has passed."""
    moment = desk.now() + timedelta(**time)
    return replace(desk, now=lambda: moment)


def mails(desk: Desk) -> list[OpenedLetter]:
    """Every mail in the book, the oldest first."""
    with desk.store.reading() as session:
        return [opened(row, desk.mail) for row in session.scalars(select(Mail).order_by(Mail.id))]


def statuses(desk: Desk) -> list[str]:
    return [one.status.value for one in mails(desk)]

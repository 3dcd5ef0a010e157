"""The outbox: what the reseller has been told, newest first, each mail readable as the reseller gets it (オーダー⑦)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, is_key
from stellr_tui.desk.people import permit
from stellr_tui.store.tables import Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of the outbox. kind: completed, changed or invoiced; status: waiting, sent, failed or draft."""

    id: int
    kind: str
    recipient_name: str
    recipient: str
    subject: str
    body: str
    written_on: date
    status: str


def list_mail(desk: Desk, by: SignedIn, before: int | None = None, limit: int = PAGE) -> Page[Letter]:
    """The mails of the billing account, the newest first, at most 200 a page; `before` is where the last page ended."""
    size = min(limit, MAX_PAGE)
    query = select(Mail).where(Mail.account_number == by.account.number).order_by(Mail.id.desc())
    if before is not None:
        query = query.where(Mail.id < (before if is_key(before) else 0))
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(query.limit(size + 1)).all()
    found = tuple(_letter(row) for row in rows[:size])
    return Page(found, found[-1].id if len(rows) > size else None)


def _letter(row: Mail) -> Letter:
    return Letter(
        row.id, row.kind, row.recipient_name, row.recipient, row.subject, row.body, row.written_on, row.status
    )

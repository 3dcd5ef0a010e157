"""The way of the mails out of the outbox: each is handed to the mail server once, by whichever program comes first.

A program claims a mail in the database before it hands it over, and only it may until the claim runs out. Should it die
in between, the mail is tried again after that; should it die in the moment between the server's answer and its note of
it, the server gets the mail a second time, with the same Message-ID. SMTP knows no way to exclude that.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import Session

from stellr_tui.desk.clock import clock_in, read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.message import compose
from stellr_tui.desk.outbox import OpenedLetter, opened
from stellr_tui.desk.postman import Postman, Undelivered
from stellr_tui.reference.data import settings_folder
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import FRESH, MailStatus, Trouble, pause_after
from stellr_tui.store.tables import Mail

CLAIM = timedelta(minutes=15)
"""Longer than handing over one mail can take, with every answer as late as it may be."""


@dataclass(slots=True)
class Delivered:
    """What a round came to: mails sent, put off for a later try, and failed.

    trouble: what ended the round before its time, because every other mail would have met it too; detail: see `Letter`.
    """

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    trouble: Trouble | None = None
    detail: str = ""


def deliver_mail(desk: Desk, account: str | None = None, stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Hand every mail that is due to the mail server, of one billing account or of all; `stop` is asked between them.

    Blocks for as long as the server lets it: call it from a thread. Refused: MAIL_IN_TRAINING, NO_MAIL_SERVER.
    """
    if read_clock(desk).is_training:
        raise Refused(Finding(Reason.MAIL_IN_TRAINING))
    if desk.mail.server is None:
        raise Refused(Finding(Reason.NO_MAIL_SERVER, facts={"settings": str(settings_folder() / "mail.toml")}))
    done = Delivered()
    program = uuid4().hex
    with closing(Postman(desk.mail.server)) as postman:
        while not stop() and (letter := _claim(desk, program, account)) is not None:
            try:
                message = _hand_over(desk, postman, letter)
            except Undelivered as why:
                _note_trouble(desk, program, letter, why, done)
                if why.trouble.is_the_servers:
                    done.trouble, done.detail = why.trouble, why.detail
                    break
            else:
                _note_sent(desk, letter, message, first_of_round=done.sent == 0)
                done.sent += 1
    return done


def is_mail_due(desk: Desk, account: str | None = None) -> bool:
    """Whether a round would have something to do now; in a training database it never has."""
    with desk.store.reading() as session:
        if clock_in(session, desk).is_training:
            return False
        return session.scalar(select(Mail.id).where(*_due(desk.now(), account)).limit(1)) is not None


def _hand_over(desk: Desk, postman: Postman, letter: OpenedLetter) -> bytes:
    try:
        message = compose(letter, desk.mail.encoding)
    except Refused as refused:
        # An address that is none.
        raise Undelivered(Trouble.RECIPIENT, refused.findings[0].given, for_good=True) from refused
    postman.hand_over(letter.sender, letter.recipient, message)
    return message


def _due(now: datetime, account: str | None = None) -> list[ColumnElement[bool]]:
    """Notices that wait and that no other program is delivering; never a forward to an end user.

    One that was never tried and is not fresh any more is left alone until someone asks for it.
    """
    due: list[ColumnElement[bool]] = [
        Mail.status == MailStatus.WAITING,
        or_(Mail.try_after.is_(None), Mail.try_after <= now),
        or_(Mail.claimed_until.is_(None), Mail.claimed_until <= now),
        or_(Mail.try_after.is_not(None), Mail.tries > 0, Mail.written_at > now - FRESH),
    ]
    return due if account is None else [*due, Mail.account_number == account]


def _claim(desk: Desk, program: str, account: str | None) -> OpenedLetter | None:
    """The next mail that is due, for this program alone for as long as the claim lasts."""
    if not is_mail_due(desk, account):
        return None  # without waiting for a turn to write
    now = desk.now()
    with desk.store.writing() as session:
        if clock_in(session, desk).is_training:
            return None
        # What another program is about to claim on PostgreSQL is passed over; SQLite lets one in after the other.
        row = session.scalars(
            select(Mail).where(*_due(now, account)).order_by(Mail.id).limit(1).with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.claimed_by = program
        row.claimed_until = now + CLAIM
        row.tries += 1
        return opened(row, desk.mail)


def _note_sent(desk: Desk, letter: OpenedLetter, message: bytes, *, first_of_round: bool) -> None:
    """Whoever may have claimed it meanwhile: the server has it."""
    now = desk.now()
    with desk.store.writing() as session:
        session.execute(
            update(Mail)
            .where(Mail.id == letter.id, Mail.status != MailStatus.SENT)
            .values(
                status=MailStatus.SENT,
                sent_at=now,
                sent_message=message,
                sender_name=letter.sender_name,
                sender=letter.sender,
                trouble_kind="",
                trouble="",
                claimed_by="",
                claimed_until=None,
            )
        )
        if first_of_round:
            _take_up_what_the_server_held_up(session, now)


def _take_up_what_the_server_held_up(session: Session, now: datetime) -> None:
    """The server is well again: what waits because it was not has no reason to wait longer."""
    its_trouble = [trouble for trouble in Trouble if trouble.is_the_servers]
    held_up = [Mail.status == MailStatus.WAITING, Mail.trouble_kind.in_(its_trouble), Mail.try_after > now]
    session.execute(update(Mail).where(Mail.id.in_(_free(held_up))).values(try_after=now))


def _note_trouble(desk: Desk, program: str, letter: OpenedLetter, why: Undelivered, done: Delivered) -> None:
    """Put the mail off, or let it fail; where the trouble is the server's, put off every other one that is due."""
    now = desk.now()
    its_own = not why.trouble.is_the_servers
    pause = None if its_own and why.for_good else pause_after(letter.tries, why.trouble)
    status, try_after = (MailStatus.FAILED, None) if pause is None else (MailStatus.WAITING, now + pause)
    told = {"trouble_kind": why.trouble, "trouble": why.detail[:300]}
    with desk.store.writing() as session:
        session.execute(
            update(Mail)
            .where(Mail.id == letter.id, Mail.claimed_by == program)
            .values(status=status, try_after=try_after, claimed_by="", claimed_until=None, **told)
        )
        others = 0
        if why.trouble.is_the_servers:
            put_off = update(Mail).where(Mail.id.in_(_free(_due(now)))).values(try_after=try_after, **told)
            others = len(session.scalars(put_off.returning(Mail.id)).all())
    done.failed += pause is None
    done.put_off += (pause is not None) + others


def _free(those: list[ColumnElement[bool]]) -> Select[int]:
    """The numbers of mails, without those that another program has in hand: nobody waits for anybody crosswise."""
    return select(Mail.id).where(*those).with_for_update(skip_locked=True)

"""The business date: of the system in Asia/Tokyo, or of a training database, where it is set by hand."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.store.tables import Book

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Clock:
    """処理日 in Asia/Tokyo, and whether it belongs to a `training` or a `live` database."""

    today: date
    mode: str

    @property
    def is_training(self) -> bool:
        """Whether the date is set by hand."""
        return self.mode == "training"


def clock_in(session: Session, desk: Desk) -> Clock:
    """The clock as it stands in a transaction that is under way."""
    return _clock(session.get_one(Book, 1), desk)


def held_today(session: Session, desk: Desk) -> date:
    """The business date, and no day is closed before the transaction ends that was told it.

    Asked before anything else is locked that a day's closing changes: whoever closes a day locks the book first.
    """
    return _clock(session.get_one(Book, 1, with_for_update={"read": True}), desk).today


def read_clock(desk: Desk) -> Clock:
    """The clock as it stands."""
    with desk.store.reading() as session:
        return clock_in(session, desk)


def _clock(book: Book, desk: Desk) -> Clock:
    return Clock(book.today or desk.now().astimezone(TOKYO).date(), book.mode)

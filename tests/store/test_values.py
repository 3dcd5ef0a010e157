"""What the columns take and give back: moments and whole numbers."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from stellr_tui.store.engine import Store
from stellr_tui.store.tables import Book, SeatLot
from tests.store.rows import NOON, add_contract

TOKYO = timezone(timedelta(hours=9))
DAY = date(2024, 5, 15)


def test_a_moment_comes_back_as_the_same_moment_in_utc(store: Store) -> None:
    given = datetime(2024, 5, 16, 0, 30, 15, 123456, tzinfo=TOKYO)
    with store.writing() as session:
        session.add(Book(id=1, mode="live", closed_through=DAY, created_at=given))
    with store.reading() as session:
        book = session.get_one(Book, 1)
    assert book.created_at == given
    assert book.created_at.tzinfo is UTC
    assert book.created_at.isoformat() == "2024-05-15T15:30:15.123456+00:00"


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a zone"), store.writing() as session:
        session.add(Book(id=1, mode="live", closed_through=DAY, created_at=datetime(2024, 5, 15, 12, 0)))  # noqa: DTZ001  # that is the point


def test_moments_compare_as_moments_whatever_their_zone(store: Store) -> None:
    with store.writing() as session:
        session.add(Book(id=1, mode="live", closed_through=DAY, created_at=datetime(2024, 5, 15, 15, 30, tzinfo=UTC)))
    with store.reading() as session:
        later = datetime(2024, 5, 16, 0, 31, tzinfo=TOKYO)
        assert session.scalars(select(Book).where(Book.created_at < later)).one_or_none() is not None


@pytest.mark.parametrize("column", ["unit_price", "seats"])
@pytest.mark.parametrize("given", [1.5, 2.0, "3", True])
def test_yen_and_seats_are_whole_numbers_and_nothing_else(store: Store, column: str, given: object) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(StatementError, match="not a whole number"), store.writing() as session:
        setattr(session.scalars(select(SeatLot)).one(), column, given)
    with store.reading() as session:
        lot = session.scalars(select(SeatLot)).one()
    assert (lot.seats, lot.unit_price) == (10, 1000)


@pytest.mark.parametrize("column", ["unit_price", "seats"])
def test_yen_and_seats_are_not_negative(store: Store, column: str) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(IntegrityError), store.writing() as session:
        setattr(session.scalars(select(SeatLot)).one(), column, -1)


def test_there_is_one_book_only(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(Book(id=2, mode="live", closed_through=DAY, created_at=NOON))


@pytest.mark.parametrize(("mode", "today"), [("training", None), ("live", date(2024, 5, 15)), ("play", None)])
def test_a_training_book_has_a_date_and_a_live_one_has_none(store: Store, mode: str, today: date | None) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(Book(id=1, mode=mode, today=today, closed_through=DAY, created_at=NOON))

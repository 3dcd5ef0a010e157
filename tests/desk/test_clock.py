"""The business date: set by hand for training, the system's in Asia/Tokyo for real work."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from stellr_tui.desk.clock import Clock, read_clock
from stellr_tui.desk.closing import Closed, set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import discard_order
from stellr_tui.rules.findings import Reason
from tests.desk.office import NOON, a_sent_order, an_order, go_live
from tests.rules.refusals import refusal_of


def test_a_training_database_begins_on_the_day_of_the_manuals_order(desk: Desk) -> None:
    clock = read_clock(desk)
    assert clock == Clock(date(2024, 3, 11), "training")
    assert clock.is_training


def test_without_an_order_the_date_goes_back_and_forth(desk: Desk) -> None:
    for day in (date(2031, 1, 1), date(2024, 2, 29), date(1999, 12, 31), date(2024, 3, 11)):
        assert set_clock(desk, day) == Closed(day)
        assert read_clock(desk) == Clock(day, "training")


def test_with_an_order_the_date_only_moves_forward(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy)
    refusal = refusal_of(set_clock, desk, date(2024, 3, 10))
    assert refusal.reason is Reason.CLOCK_ONLY_FORWARD
    assert refusal.facts["today"] == date(2024, 3, 11)
    assert read_clock(desk).today == date(2024, 3, 11)
    assert set_clock(desk, date(2024, 3, 12)).through == date(2024, 3, 12)
    assert read_clock(desk).today == date(2024, 3, 12)
    assert refusal_of(set_clock, desk, date(2024, 3, 11)).reason is Reason.CLOCK_ONLY_FORWARD


def test_the_day_it_is_can_always_be_set_again(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    assert set_clock(desk, date(2024, 3, 11)) == Closed(date(2024, 3, 11))
    assert read_clock(desk).today == date(2024, 3, 11)


def test_a_discarded_po_keeps_the_date_from_going_back(desk: Desk, lucy: SignedIn) -> None:
    discard_order(desk, lucy, an_order(desk, lucy).id)
    assert refusal_of(set_clock, desk, date(2024, 3, 10)).reason is Reason.CLOCK_ONLY_FORWARD


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2024, 5, 14, 14, 59, 59, 999_999, tzinfo=UTC), date(2024, 5, 14)),
        (datetime(2024, 5, 14, 15, 0, tzinfo=UTC), date(2024, 5, 15)),
        (datetime(2024, 5, 14, 23, 30, tzinfo=UTC), date(2024, 5, 15)),
        (datetime(2024, 5, 15, 14, 59, 59, tzinfo=UTC), date(2024, 5, 15)),
        (datetime(2024, 5, 15, 15, 0, tzinfo=UTC), date(2024, 5, 16)),
        (datetime(2024, 12, 31, 15, 0, tzinfo=UTC), date(2025, 1, 1)),
        (datetime(2024, 5, 14, 23, 30, tzinfo=timezone(timedelta(hours=-8))), date(2024, 5, 15)),
        (datetime(2024, 5, 15, 0, 30, tzinfo=timezone(timedelta(hours=9))), date(2024, 5, 15)),
        (datetime(2024, 5, 15, 0, 30, tzinfo=timezone(timedelta(hours=12))), date(2024, 5, 14)),
    ],
)
def test_a_live_database_has_the_day_that_it_is_in_tokyo(desk: Desk, moment: datetime, today: date) -> None:
    clock = read_clock(go_live(desk, moment))
    assert clock == Clock(today, "live")
    assert not clock.is_training


@pytest.mark.parametrize("day", [date(2024, 3, 10), date(2024, 3, 11), date(2024, 3, 12)])
def test_a_live_database_refuses_to_be_set(desk: Desk, day: date) -> None:
    live = go_live(desk, NOON)
    assert refusal_of(set_clock, live, day).reason is Reason.CLOCK_IS_THE_SYSTEMS
    assert read_clock(live) == Clock(date(2024, 3, 11), "live")


def test_an_order_of_a_live_database_counts_on_the_day_in_tokyo(desk: Desk, lucy: SignedIn) -> None:
    live = go_live(desk, datetime(2024, 5, 15, 14, 59, tzinfo=UTC))
    (in_time,) = a_sent_order(live, lucy, po_number="15").contracts
    live = go_live(desk, datetime(2024, 5, 15, 15, 0, tzinfo=UTC))
    (too_late,) = a_sent_order(live, lucy, po_number="16").contracts
    assert (in_time.sent_on, in_time.delivered_on) == (date(2024, 5, 15), date(2024, 5, 20))
    assert (too_late.sent_on, too_late.delivered_on) == (date(2024, 5, 16), date(2024, 6, 20))

"""Something is applied for in the very moment in which a day is closed: on PostgreSQL, where both do run at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident
from time import monotonic
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import event

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, withdraw_change
from stellr_tui.desk.closing import close_days, set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.submission import submit_order
from stellr_tui.rules.status import Status
from tests.desk.life.steps import billed, change, day, sent, standing, under
from tests.desk.office import DETAILS, DOCUMENT, MONTHLY, an_order, turn_to

Answer = TypeVar("Answer")
Other = TypeVar("Other")

WITHIN = 30.0


@pytest.fixture
def database_url(postgresql_database: str) -> str:
    """SQLite lets one write at a time; here it is the program that has to see to it."""
    return postgresql_database


class Held:
    """A thread that stands still in front of its first commit until it may go on."""

    def __init__(self) -> None:
        self.thread = 0
        self.stands = Event()
        self.may_go = Event()

    def __call__(self, _connection: object) -> None:
        if get_ident() == self.thread and not self.stands.is_set():
            self.stands.set()
            assert self.may_go.wait(WITHIN)


@contextmanager
def held_before_commit(desk: Desk) -> Iterator[Held]:
    held = Held()
    event.listen(desk.store.engine, "commit", held)
    try:
        yield held
    finally:
        event.remove(desk.store.engine, "commit", held)


def while_the_first_commits(
    desk: Desk, url: str, first: Callable[[], Answer], second: Callable[[], Other]
) -> tuple[Answer, Other]:
    """Begin the second while the first stands before its commit, and give it every chance to overtake."""

    def begin() -> Answer:
        held.thread = get_ident()
        return first()

    with held_before_commit(desk) as held, ThreadPoolExecutor(2) as threads, psycopg.connect(url) as watching:
        watching.autocommit = True
        one = threads.submit(begin)
        try:
            assert held.stands.wait(WITHIN), one.exception(0)
            other = threads.submit(second)
            until_done_or_waiting(watching, other)
        finally:
            held.may_go.set()
        return one.result(WITHIN), other.result(WITHIN)


def until_done_or_waiting(watching: psycopg.Connection, task: Future[Other]) -> None:
    """Until the task has ended or waits for a lock that somebody else has."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = monotonic() + WITHIN
    while not task.done() and watching.execute(waiting).fetchone() is None:
        assert monotonic() < deadline, "the second neither ended nor waited"


@pytest.fixture
def ten_seats(desk: Desk, lucy: SignedIn) -> int:
    """Ten monthly seats, delivered on 4/20; it is 6/10, the last day for 7/1."""
    contract = sent(desk, lucy, "2024-04-15", 10)
    turn_to(desk, "2024-06-10")
    return contract


def jump(desk: Desk, to: str) -> Callable[[], object]:
    return lambda: set_clock(desk, day(to))


def test_a_reduction_takes_effect_on_the_day_it_promised(
    desk: Desk, lucy: SignedIn, database_url: str, ten_seats: int
) -> None:
    planned, _ = while_the_first_commits(
        desk,
        database_url,
        lambda: apply_change(desk, lucy, ten_seats, ChangeForm(Kind.REDUCE, 4)),
        jump(desk, "2024-07-02"),
    )
    assert planned.takes_effect_on == day("2024-07-01")
    assert billed(desk, lucy)[-1] == ("2024-07", 6)
    assert standing(desk, lucy, ten_seats).next_change is None


def test_a_cancelled_contract_ends_on_the_day_it_promised(
    desk: Desk, lucy: SignedIn, database_url: str, ten_seats: int
) -> None:
    planned, _ = while_the_first_commits(
        desk,
        database_url,
        lambda: apply_change(desk, lucy, ten_seats, ChangeForm(Kind.CANCEL)),
        jump(desk, "2024-07-02"),
    )
    assert planned.takes_effect_on == day("2024-06-30")
    assert standing(desk, lucy, ten_seats).status is Status.ENDED
    assert billed(desk, lucy)[-1] == ("2024-06", 10)


def test_added_seats_arrive_on_the_day_they_were_promised_for(
    desk: Desk, lucy: SignedIn, database_url: str, ten_seats: int
) -> None:
    planned, _ = while_the_first_commits(
        desk,
        database_url,
        lambda: apply_change(desk, lucy, ten_seats, ChangeForm(Kind.ADD, 3)),
        jump(desk, "2024-07-02"),
    )
    assert planned.takes_effect_on == day("2024-06-20")
    assert billed(desk, lucy)[-2:] == [("2024-07", 10), ("2024-07", 3)]
    assert standing(desk, lucy, ten_seats).next_change is None


def test_a_change_that_is_taken_back_in_time_stays_taken_back(
    desk: Desk, lucy: SignedIn, database_url: str, ten_seats: int
) -> None:
    change(desk, lucy, ten_seats, Kind.REDUCE, 4)
    while_the_first_commits(
        desk, database_url, lambda: withdraw_change(desk, lucy, ten_seats), jump(desk, "2024-07-02")
    )
    assert standing(desk, lucy, ten_seats).seats == 10
    assert billed(desk, lucy)[-1] == ("2024-07", 10)


def test_what_is_sent_on_the_15th_is_delivered_on_the_20th(desk: Desk, lucy: SignedIn, database_url: str) -> None:
    turn_to(desk, "2024-05-15")
    order = an_order(desk, lucy, 2, sku=MONTHLY)
    while_the_first_commits(
        desk, database_url, lambda: send_provisioning(desk, lucy, order.id, DETAILS), jump(desk, "2024-06-02")
    )
    [contract] = [one.number for one in order.contracts]
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    assert billed(desk, lucy) == [("2024-06", 2)]


def test_an_order_from_a_file_is_delivered_on_the_day_it_was_answered(
    desk: Desk, lucy: SignedIn, database_url: str
) -> None:
    turn_to(desk, "2024-05-15")
    answer, _ = while_the_first_commits(
        desk, database_url, lambda: submit_order(desk, lucy, DOCUMENT), jump(desk, "2024-06-02")
    )
    [contract] = answer.contracts
    assert contract.delivered_on == day("2024-05-20")
    assert contract.contract_number is not None
    assert standing(desk, lucy, contract.contract_number).status is Status.ACTIVE
    assert billed(desk, lucy) == [("2024-06", 1)]


def test_what_is_approved_before_its_delivery_is_not_put_off(
    desk: Desk, lucy: SignedIn, operator: SignedIn, database_url: str
) -> None:
    desk = under(desk, approval="operator")
    contract = sent(desk, lucy, "2024-05-15", 2)
    promised, _ = while_the_first_commits(
        desk, database_url, lambda: approve(desk, operator, contract), jump(desk, "2024-06-02")
    )
    assert promised == day("2024-05-20")
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    assert billed(desk, lucy) == [("2024-06", 2)]


def test_what_is_sent_back_before_its_delivery_is_not_delivered(desk: Desk, lucy: SignedIn, database_url: str) -> None:
    contract = sent(desk, lucy, "2024-05-15", 2)
    while_the_first_commits(
        desk, database_url, lambda: send_back(desk, lucy, contract, "電話番号"), jump(desk, "2024-06-02")
    )
    assert standing(desk, lucy, contract).status is Status.SENT_BACK
    assert billed(desk, lucy) == []


def test_what_is_applied_for_while_a_day_is_closed_counts_on_the_new_date(
    desk: Desk, lucy: SignedIn, database_url: str, ten_seats: int
) -> None:
    _, planned = while_the_first_commits(
        desk,
        database_url,
        lambda: close_days(desk, day("2024-06-11")),
        lambda: apply_change(desk, lucy, ten_seats, ChangeForm(Kind.REDUCE, 4)),
    )
    assert (planned.applied_on, planned.takes_effect_on) == (day("2024-06-11"), day("2024-08-01"))
    turn_to(desk, "2024-08-01")
    assert billed(desk, lucy)[-2:] == [("2024-07", 10), ("2024-08", 6)]

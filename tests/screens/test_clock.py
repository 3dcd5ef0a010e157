"""処理日: moved by hand for training, followed over midnight for real work, and caught up with behind the login."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from screens.clock import CatchUp, MoveClock
from screens.login import LoginScreen
from stellr_tui.app import StellrApp
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import list_invoices
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Book
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, go_live, turn_to
from tests.screens.clerk import Clerk, Open
from tests.spoken import Shown


class WallClock:
    """A clock that a test holds in its hand, read in Tokyo."""

    def __init__(self) -> None:
        self.shows("2024-05-19 23:59")

    def shows(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Tokyo"))

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def wall_clock() -> WallClock:
    return WallClock()


OpenLive = Callable[[], AbstractAsyncContextManager[Clerk]]


@pytest.fixture
def live(database: Path, wall_clock: WallClock) -> OpenLive:
    """Open the app by the clock of the test; it stands at its login."""

    @asynccontextmanager
    async def open_app() -> AsyncIterator[Clerk]:
        app = StellrApp(str(database), wall_clock)
        app.animation_level = "none"
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            yield Clerk(app, pilot)
        if app._desk is not None:
            app._desk.store.close()

    return open_app


@pytest.fixture
def ten_seats(desk: Desk, lucy: SignedIn) -> int:
    """Ten monthly seats that were sent on 2024-05-15, in an order book for real work."""
    turn_to(desk, "2024-05-15")
    number = a_sent_order(desk, lucy, 10, sku=MONTHLY).contracts[0].number
    go_live(desk, datetime(2024, 5, 15, tzinfo=ZoneInfo("Asia/Tokyo")))
    return number


def standing(desk: Desk, by: SignedIn, number: int) -> Status:
    return subscription(desk, by, number).subscription.status


def masthead(clerk: Clerk) -> str:
    return clerk.said("#whose")


async def test_at_midnight_the_new_day_is_worked_and_everybody_sees_it(
    live: OpenLive, desk: Desk, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    at_work = replace(desk, now=wall_clock)
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        await clerk.goes(places.Subscriptions(159813))
        assert "処理日 2024-05-19" in masthead(clerk)
        assert standing(at_work, lucy, ten_seats) is Status.PROVISIONING
        wall_clock.shows("2024-05-20 00:00")
        await clerk.until(lambda: "処理日 2024-05-20" in masthead(clerk), "the new date in the masthead")
        assert standing(at_work, lucy, ten_seats) is Status.ACTIVE
        await clerk.until(lambda: clerk.notices() == "処理日は 2024-05-20 です。\n納品した契約: 1")
        # What is on the page has changed with it.
        await clerk.until(lambda: clerk.sees("アクティベーション済"), "the page shown anew")
        wall_clock.shows("2024-06-01 00:00")
        await clerk.until(lambda: "処理日 2024-06-01" in masthead(clerk))
        await clerk.until(lambda: "発行した請求書: 1" in clerk.notices())
        await clerk.settles()
    [invoice] = list_invoices(at_work, lucy)
    assert invoice.issued_on == date(2024, 6, 1)


async def test_a_page_in_which_one_types_is_left_as_it_is_at_midnight(
    live: OpenLive, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        await clerk.goes(places.Customers())
        page = clerk.app.screen
        entry = clerk.app.screen.query("Entry").first()
        entry.focus()
        await clerk.presses("t", "e")
        wall_clock.shows("2024-05-20 00:00")
        await clerk.until(lambda: "処理日 2024-05-20" in masthead(clerk))
        await clerk.presses("s", "t")
        assert clerk.app.screen is page
        assert getattr(entry, "value", "") == "test"


async def test_a_dialog_stays_open_over_midnight_and_the_page_below_has_the_date(
    live: OpenLive, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        await clerk.goes(places.Customers())
        await clerk.opens_new_end_user()
        await clerk.types("company", "真夜中商事")
        wall_clock.shows("2024-05-20 00:00")
        await clerk.until(lambda: "納品した契約: 1" in clerk.notices())
        assert clerk.value("company") == "真夜中商事"
        below = clerk.app.screen_stack[-2]
        assert "処理日 2024-05-20" in Shown(str(below.query_one("#whose").render()))


async def test_a_day_on_which_nothing_happens_only_changes_the_date(
    live: OpenLive, desk: Desk, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    wall_clock.shows("2024-05-16 08:00")
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        assert clerk.notices() == ""
        wall_clock.shows("2024-05-17 00:00")
        await clerk.until(lambda: "2024-05-17" in clerk.notices())
        assert clerk.notices() == "処理日は 2024-05-17 です。"
    with desk.store.reading() as session:
        assert session.get_one(Book, 1).closed_through == date(2024, 5, 17)


async def test_what_happened_while_nobody_was_there_is_said_to_who_signs_in(
    live: OpenLive, desk: Desk, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    wall_clock.shows("2025-07-15 09:00")
    async with live() as clerk:
        await clerk.until(lambda: isinstance(clerk.app.screen, LoginScreen) and clerk.app._desk is not None)
        await clerk.until(lambda: list_invoices(desk, lucy), "the days worked behind the login")
        await clerk.until(lambda: not clerk.app.is_catching_up)
        assert clerk.notices() == ""
        await clerk.is_let_in(lucy)
        await clerk.until(lambda: clerk.notices())
        assert clerk.notices() == "処理日は 2025-07-15 です。\n納品した契約: 1\n発行した請求書: 14"
        assert "処理日 2025-07-15" in masthead(clerk)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody else writes to the order book, and takes his time."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def test_who_signs_in_before_that_is_done_sees_how_far_it_is_and_then_the_portal(
    live: OpenLive, database: Path, lucy: SignedIn, wall_clock: WallClock, ten_seats: int
) -> None:
    wall_clock.shows("2025-07-15 09:00")
    async with live() as clerk:
        await clerk.until(lambda: isinstance(clerk.app.screen, LoginScreen) and clerk.app.screen.is_mounted)
        with locked(database):
            await clerk.until(lambda: clerk.app.is_catching_up)
            login = clerk.app.screen
            assert isinstance(login, LoginScreen)
            login.dismiss(lucy)
            await clerk.until(lambda: isinstance(clerk.app.screen, CatchUp), "the dialog that says why one waits")
            clerk.app.way = (date(2024, 5, 20), date(2025, 7, 15))
            await clerk.until(lambda: clerk.sees("2024-05-20 まで処理しました (2025-07-15 まで進めます)"))
            await clerk.presses("escape")
            assert isinstance(clerk.app.screen, CatchUp)
        await clerk.until(lambda: clerk.one("#tile-stellr").has_focus, "the portal")
        await clerk.until(lambda: "発行した請求書: 14" in clerk.notices())


async def test_an_order_book_out_of_reach_at_midnight_is_said_and_tried_again(
    live: OpenLive,
    database: Path,
    lucy: SignedIn,
    wall_clock: WallClock,
    ten_seats: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StellrApp, "ONCE_MORE", 0.01)
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        clerk.desk.store.close()
        away = database.rename(database.with_name("away.db"))
        wall_clock.shows("2024-05-20 00:00")
        await clerk.until(lambda: "away" not in clerk.notices() and str(database) in clerk.notices())
        away.rename(database)
        await clerk.until(lambda: "納品した契約: 1" in clerk.notices())
        await clerk.until(lambda: "処理日 2024-05-20" in masthead(clerk))


def a_seat(desk: Desk, by: SignedIn) -> int:
    return a_sent_order(desk, by, 1, sku=MONTHLY).contracts[0].number


async def test_the_date_of_a_training_database_is_never_moved_by_the_clock(
    live: OpenLive, desk: Desk, lucy: SignedIn, wall_clock: WallClock
) -> None:
    number = a_seat(desk, lucy)
    async with live() as clerk:
        await clerk.is_let_in(lucy)
        for moment in ("2024-05-20 00:00", "2024-06-01 00:00"):
            wall_clock.shows(moment)
            await clerk.until(lambda: clerk.app._seen_on == wall_clock.moment.date())
            await clerk.until(lambda: not clerk.app.is_catching_up)
        assert "処理日 2024-03-11" in masthead(clerk)
        assert clerk.notices() == ""
    assert standing(desk, lucy, number) is Status.PROVISIONING


async def test_moved_by_hand_the_date_brings_all_that_happens_until_then(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    number = a_seat(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date").has_focus)
        await clerk.types("date", "2024-06-15")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.notices())
        assert clerk.notices() == "処理日は 2024-06-15 です。\n納品した契約: 1\n発行した請求書: 3"
        await clerk.until(lambda: "処理日 2024-06-15" in masthead(clerk))
    assert standing(desk, lucy, number) is Status.ACTIVE


async def test_a_date_that_is_refused_is_said_at_the_field_and_the_form_stays(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_seat(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date").has_focus)
        for typed, said in (("2024-03-10", "2024-03-11"), ("2024-02-30", "YYYY-MM-DD")):
            await clerk.types("date", typed)
            await clerk.presses("enter")
            await clerk.refused_at("date", said)
            assert clerk.value("date") == typed
            assert not clerk.one("#way").display
    assert read_clock(desk).today == date(2024, 3, 11)


async def test_the_date_is_understood_as_people_write_it_and_shown_in_one_way(portal: Open, desk: Desk) -> None:
    async with portal(places.Home()) as clerk:
        for typed, day in (("2024/3/20", date(2024, 3, 20)), ("　２０２４．３．２１", date(2024, 3, 21))):
            await clerk.presses("f9")
            await clerk.until(lambda: clerk.one("#date").has_focus)
            await clerk.types("date", typed)
            await clerk.presses("enter")
            await clerk.until(lambda: not isinstance(clerk.app.screen, MoveClock))
            await clerk.settles()
            assert f"処理日 {day}" in masthead(clerk)
            assert read_clock(desk).today == day


async def test_a_long_jump_shows_how_far_it_is_and_can_be_stopped_between_days(
    portal: Open, desk: Desk, lucy: SignedIn, tmp_path: Path
) -> None:
    a_seat(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date").has_focus)
        await clerk.types("date", "2999-12-31")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.sees("まで処理しました (2999-12-31 まで進めます)"))
        assert not clerk.one("#clock-form").display
        assert clerk.sees("ここで止める")
        await clerk.presses("escape")
        await clerk.until(lambda: not isinstance(clerk.app.screen, MoveClock))
        reached = read_clock(desk).today
        await clerk.until(lambda: f"処理日は {reached} です。" in clerk.notices())
        await clerk.until(lambda: f"処理日 {reached}" in masthead(clerk))
    assert date(2024, 3, 11) < reached < date(2999, 12, 31)
    with desk.store.reading() as session:
        assert session.get_one(Book, 1).closed_through == reached
    issued = list_invoices(desk, lucy)
    assert len(issued) == (reached.year - 2024) * 12 + reached.month - 3
    # And one goes on from there.
    set_clock(desk, date(reached.year + 1, reached.month, 1))
    assert [one.number for one in list_invoices(desk, lucy)] == list(range(len(issued) + 12, 0, -1))


async def test_who_quits_on_the_way_leaves_the_date_between_two_days(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_seat(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.one("#date").has_focus)
        await clerk.types("date", "2999-12-31")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#way").display)
        clerk.app.exit()
    reached = read_clock(desk).today
    assert date(2024, 3, 11) < reached < date(2999, 12, 31)
    assert len(list_invoices(desk, lucy)) == (reached.year - 2024) * 12 + reached.month - 3

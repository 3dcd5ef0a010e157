"""Long lists are all reached by walking down, and never read more than 200 rows at a time."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, insert
from textual.widgets import Input

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import ACCOUNT, CUSTOMER
from stellr_tui.store import tables
from stellr_tui.widgets import places
from tests.desk.life.many import add_contracts
from tests.desk.office import NOON, a_sent_order, turn_to
from tests.screens.clerk import Clerk, Open
from tests.waiting import WITHIN

MANY = 450
AT_A_TIME = 200


@pytest.fixture
def many_end_users(desk: Desk) -> None:
    numbers = range(CUSTOMER + 1, CUSTOMER + MANY)
    people = {number: f"会社{number:06d} 太郎{number:06d} mail{number}@example.com" for number in numbers}
    with desk.store.writing() as session:
        session.execute(
            insert(tables.EndUser),
            [
                {
                    "number": number,
                    "account_number": ACCOUNT,
                    "company": f"会社{number:06d}",
                    "company_kana": "カイシャ",
                    "created_at": NOON,
                    "search_text": people[number],
                }
                for number in numbers
            ],
        )
        place = {"postal_code": "1350001", "prefecture_code": "13", "city": "江東区", "address1": "毛利"}
        session.execute(
            insert(tables.Location), [{"end_user_number": number, "name": "本社", **place} for number in numbers]
        )
        session.execute(
            insert(tables.Contact),
            [
                {"end_user_number": number, "name": "太郎", "phone": "0312345678", "email": "a@example.com"}
                for number in numbers
            ],
        )


@pytest.fixture
def many_contracts(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    with desk.store.reading() as session:
        row = session.get_one(tables.Contract, order.contracts[0].number)
        like = {column.name: getattr(row, column.name) for column in tables.Contract.__table__.columns}
        lot = {c.name: getattr(row.lots[0], c.name) for c in tables.SeatLot.__table__.columns if c.name != "id"}
        past = {
            c.name: getattr(row.events[-1], c.name) for c in tables.ContractEvent.__table__.columns if c.name != "id"
        }
    numbers = range(row.number + 1, row.number + MANY)
    with desk.store.writing() as session:
        session.execute(insert(tables.Contract), [{**like, "number": number} for number in numbers])
        session.execute(insert(tables.SeatLot), [{**lot, "contract_number": number} for number in numbers])
        session.execute(insert(tables.ContractEvent), [{**past, "contract_number": number} for number in numbers])


async def walk_to_the_end(clerk: Clerk, selector: str) -> list[int]:
    """Press End until nothing more comes; gives how many rows there were after each."""
    rows = clerk.rows(selector)
    rows.focus()
    await clerk.until(lambda: rows.has_focus)
    lengths = [rows.row_count]
    while True:
        await clerk.presses("ctrl+end")
        await clerk.until(lambda: rows.cursor_row == lengths[-1] - 1)
        await clerk.settles()
        if rows.row_count == lengths[-1]:
            return lengths
        lengths.append(rows.row_count)


def steps(lengths: list[int]) -> list[int]:
    return [after - before for before, after in zip([0, *lengths], lengths, strict=False)]


@pytest.mark.usefixtures("many_end_users")
@pytest.mark.parametrize("place", [places.Customers(), places.Storefront()], ids=lambda one: type(one).__name__)
async def test_every_end_user_is_reached_by_walking_down(portal: Open, place: places.Place) -> None:
    async with portal(place) as clerk:
        lengths = await walk_to_the_end(clerk, "#end-users")
        assert lengths[-1] == MANY
        assert max(steps(lengths)) <= AT_A_TIME
        assert len(set(clerk.rows("#end-users").keys)) == MANY
        assert clerk.sees(f"会社{CUSTOMER + MANY - 1}")


@pytest.mark.usefixtures("many_end_users")
async def test_a_long_name_far_down_the_list_gets_the_room_that_others_do_not_need(portal: Open, desk: Desk) -> None:
    name, last = "首都圏第一同時通訳支援事業協同組合連絡協議会", CUSTOMER + MANY - 1
    with desk.store.writing() as session:
        session.get_one(tables.EndUser, last).company = name
    async with portal(places.Customers(), size=(80, 24)) as clerk:
        await walk_to_the_end(clerk, "#end-users")
        await clerk.until(lambda: clerk.sees(name))


@pytest.mark.usefixtures("many_end_users")
async def test_a_search_finds_among_all_and_not_only_among_those_read(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.types_into("#search", str(CUSTOMER + MANY - 1))
        await clerk.until(lambda: clerk.rows("#end-users").keys == (str(CUSTOMER + MANY - 1),))


@pytest.mark.usefixtures("many_end_users")
async def test_one_comes_back_from_an_end_user_to_the_search_and_the_row(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.types_into("#search", "会社1598")
        await clerk.until(lambda: clerk.rows("#end-users").row_count > 3)
        rows = clerk.rows("#end-users")
        rows.focus()
        await clerk.presses("down", "down")
        row = rows.current
        await clerk.presses("enter")
        await clerk.arrives(places.EndUserPage(int(row or "")))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.rows("#end-users").current == row)
        assert clerk.app.screen.query_one("#search", Input).value == "会社1598"


@pytest.mark.usefixtures("many_end_users")
async def test_rows_read_on_for_an_older_search_are_not_put_under_a_newer_one(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        rows = clerk.rows("#end-users")
        rows.focus()
        await clerk.until(lambda: rows.has_focus)
        asked, answered = threading.Event(), threading.Event()

        @event.listens_for(clerk.desk.store.engine, "before_cursor_execute")
        def takes_long(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if "end_user.number > " in statement:
                asked.set()
                answered.wait(WITHIN)

        await clerk.presses("ctrl+end")
        await clerk.until(asked.is_set)
        search = clerk.app.screen.query_one("#search", Input)
        search.value = str(CUSTOMER)
        await clerk.until(lambda: rows.keys == (str(CUSTOMER),))
        answered.set()
        await clerk.settles()
        assert rows.keys == (str(CUSTOMER),)


@pytest.mark.usefixtures("many_contracts")
async def test_every_contract_is_reached_by_walking_down(portal: Open) -> None:
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.sees(f"合計: {MANY}"))
        lengths = await walk_to_the_end(clerk, "#subscriptions")
        assert lengths[-1] == MANY
        assert max(steps(lengths)) <= AT_A_TIME
        assert len(set(clerk.rows("#subscriptions").keys)) == MANY


@pytest.mark.usefixtures("many_contracts")
async def test_every_contract_of_the_account_is_reached_by_walking_down(portal: Open) -> None:
    async with portal(places.Results()) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        assert f"{MANY}件" in clerk.said("#all-subscriptions-total")
        lengths = await walk_to_the_end(clerk, "#all-subscriptions")
        assert lengths[-1] == MANY
        assert max(steps(lengths)) <= AT_A_TIME
        assert len(set(clerk.rows("#all-subscriptions").keys)) == MANY


@pytest.mark.usefixtures("many_contracts")
async def test_one_comes_back_to_the_row_one_left_however_far_down_it_is(portal: Open) -> None:
    async with portal(places.Results()) as clerk:
        await clerk.opens_tab("tab-subscriptions")
        await walk_to_the_end(clerk, "#all-subscriptions")
        await clerk.presses("up", "up")
        row = clerk.rows("#all-subscriptions").current
        assert row is not None
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(int(row)))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.rows("#all-subscriptions").current == row)
        assert clerk.rows("#all-subscriptions").has_focus
        assert clerk.rows("#all-subscriptions").row_count == MANY
        await clerk.until(lambda: clerk.sees(row), row)


@pytest.mark.usefixtures("many_contracts")
@pytest.mark.parametrize("is_issued", [False, True])
async def test_every_line_of_an_invoice_is_reached_by_walking_down(portal: Open, desk: Desk, is_issued: bool) -> None:
    if is_issued:
        turn_to(desk, "2024-04-01")
    async with portal(places.InvoiceOfMonth(date(2024, 4, 1))) as clerk:
        assert clerk.one("#foreseen").display is not is_issued
        lengths = await walk_to_the_end(clerk, "#invoice-lines")
        assert lengths[-1] == MANY
        assert max(steps(lengths)) <= AT_A_TIME


async def test_everything_that_waits_is_reached_by_walking_down(
    portal: Open, desk: Desk, lucy: SignedIn, settings: Path
) -> None:
    (settings / "policy.toml").write_text('approval = "operator"\n', encoding="utf-8")
    numbers = add_contracts(desk, lucy, MANY)
    async with portal(places.Results(), replace(lucy, may_answer=False)) as clerk:
        await clerk.until(lambda: f"そのほか: {MANY}件" in clerk.said("#waiting-words"))
        lengths = await walk_to_the_end(clerk, "#waiting")
        assert lengths[-1] == MANY
        assert max(steps(lengths)) <= AT_A_TIME
        assert {int(key.split("-")[1]) for key in clerk.rows("#waiting").keys} == set(numbers)
        row = clerk.rows("#waiting").current
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(numbers[-1]))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.rows("#waiting").current == row and clerk.rows("#waiting").row_count == MANY)

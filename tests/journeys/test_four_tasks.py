"""Four tasks of every day with the keys that the bench counts: they do what they say, with as few keys as promised."""

from pathlib import Path

import pytest

from stellr_tui.desk.opening import open_desk
from tests.bench.four_tasks import ADD_SEATS, CONTRACT, FIND_CONTRACT, FIRST_ORDER, REPEAT_ORDER, TASKS, Task
from tests.bench.keystrokes import Counted, at_home, choose_settings, perform, steps_in_the_portal, table
from tests.journeys.book import ROOT, assert_nothing_by_half, rows, stellr
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SitDown

TABLE = ROOT / "docs" / "keystrokes.md"


def done(task: Task, sit_down: SitDown, order_book: Path, home: Path) -> tuple[Clerk, Counted]:
    """The task in a terminal of 80 x 24."""
    desk = open_desk(str(order_book))
    task.prepare(desk)
    desk.store.close()
    choose_settings(task, home)
    clerk = sit_down()
    at_home(clerk)
    return clerk, perform(task, clerk)


def in_the_table(counted: Counted) -> None:
    assert table([counted]).splitlines()[-1] in TABLE.read_text(encoding="utf-8")


def is_quick(counted: Counted) -> None:
    assert counted.ratio <= 0.5
    in_the_table(counted)
    assert counted.task.most_keys is None or counted.other_keys <= counted.task.most_keys


def test_a_repeat_order_for_a_known_customer(sit_down: SitDown, order_book: Path, home: Path) -> None:
    _clerk, counted = done(REPEAT_ORDER, sit_down, order_book, home)
    is_quick(counted)
    contracts = stellr(order_book, "subscriptions")
    assert [one["status"] for one in contracts] == ["provisioning", "provisioning"]
    [order] = rows(order_book, "SELECT end_user_number, po_number FROM purchase_order WHERE id = 2")
    assert order == {"end_user_number": 159813, "po_number": "PO-2"}
    assert [one["seats"] for one in rows(order_book, "SELECT seats FROM seat_lot ORDER BY id")] == [5, 5]
    assert_nothing_by_half(order_book)


def test_the_first_order_for_a_new_customer(sit_down: SitDown, order_book: Path, home: Path) -> None:
    _clerk, counted = done(FIRST_ORDER, sit_down, order_book, home)
    is_quick(counted)
    [order] = rows(order_book, "SELECT end_user_number, po_number, details FROM purchase_order")
    assert (order["end_user_number"], order["po_number"]) == (159814, "PO-2024-0001")
    [end_user] = rows(order_book, "SELECT company, company_kana FROM end_user WHERE number = 159814")
    assert end_user == {"company": "未来通訳株式会社", "company_kana": "ミライツウヤクカブシキガイシャ"}
    [place] = rows(order_book, "SELECT name, postal_code, city, address1 FROM location WHERE end_user_number = 159814")
    assert place == {
        "name": "未来通訳株式会社",
        "postal_code": "1350001",
        "city": "江東区",
        "address1": "毛利123 BLDG",
    }
    [contract] = stellr(order_book, "subscriptions")
    assert (contract["status"], contract["seats"]) == ("provisioning", 1)
    assert_nothing_by_half(order_book)


def test_seats_added_to_a_contract(sit_down: SitDown, order_book: Path, home: Path) -> None:
    _clerk, counted = done(ADD_SEATS, sit_down, order_book, home)
    is_quick(counted)
    lots = rows(order_book, f"SELECT seats, ordered_on FROM seat_lot WHERE contract_number = {CONTRACT} ORDER BY id")
    assert [one["seats"] for one in lots] == [5, 2]
    assert lots[1]["ordered_on"] == "2024-03-21"


def test_a_contract_found_by_the_phone_number_of_its_customer(sit_down: SitDown, order_book: Path, home: Path) -> None:
    clerk, counted = done(FIND_CONTRACT, sit_down, order_book, home)
    is_quick(counted)
    clerk.sees("契約番号", CONTRACT, "159813 - テスト株式会社")


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_table_shows_each_step_of_the_portal_with_where_the_manual_has_it(task: Task) -> None:
    assert all(step.source for step in task.portal)
    assert steps_in_the_portal(task) in TABLE.read_text(encoding="utf-8")

"""A repeat order for a known customer in one line, in a real terminal."""

from pathlib import Path

import pytest

from stellr_tui.desk.opening import open_desk
from stellr_tui.desk.people import at_the_command_line
from tests.desk.office import a_sent_order
from tests.journeys.book import assert_nothing_by_half, rows, stellr
from tests.journeys.clerk import SIZES, Clerk
from tests.journeys.conftest import SitDown

DATA = ("159813", "6900990", "5", "PO-2")
CTRL_K, ENTER, CTRL_X = "\x0b", "\r", "\x18"


@pytest.fixture
def known(order_book: Path) -> None:
    """The customer of the manual has ordered before."""
    desk = open_desk(str(order_book))
    a_sent_order(desk, at_the_command_line(desk), 5, po_number="PO-1")
    desk.store.close()


def at_home(clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.open_stellr()


@pytest.mark.usefixtures("known")
def test_in_a_larger_terminal_a_repeat_order_takes_the_same_keys(sit_down: SitDown, order_book: Path) -> None:
    """In the smallest it is one of the four tasks."""
    clerk = sit_down(SIZES[1])
    at_home(clerk)
    line = "{} {} x{} {}".format(*DATA)
    clerk.terminal.type(CTRL_K)
    clerk.sees("クイックオーダー", "POを作成して確認へ")
    clerk.terminal.type(line)
    clerk.sees("159813 - テスト株式会社", "¥123,550 (税抜)", "2024-03-20 納品、2024-04-01 課金開始", "PO-2")
    clerk.terminal.type(ENTER)
    clerk.sees("この内容で送信すると", "営業部", "2024-03-20")
    assert [one["status"] for one in stellr(order_book, "subscriptions")] == ["provisioning", "po-created"]
    clerk.terminal.type(CTRL_X)
    clerk.sees("81767", "合計: 2")
    assert [one["po_number"] for one in rows(order_book, "SELECT po_number FROM purchase_order ORDER BY id")] == [
        "PO-1",
        "PO-2",
    ]
    assert [one["seats"] for one in rows(order_book, "SELECT seats FROM seat_lot ORDER BY id")] == [5, 5]
    assert_nothing_by_half(order_book)


@pytest.mark.usefixtures("known")
def test_a_line_in_full_width_with_kana_and_the_name_of_the_product_means_the_same(
    sit_down: SitDown, order_book: Path
) -> None:
    clerk = sit_down()
    at_home(clerk)
    clerk.terminal.type(CTRL_K)
    clerk.sees("POを作成して確認へ")
    clerk.terminal.type(f"ﾃｽﾄ\u3000年額\u3000×５\u3000ＰＯ－２{ENTER}")
    clerk.sees("この内容で送信すると", "営業部")
    assert rows(order_book, "SELECT end_user_number, po_number FROM purchase_order WHERE id = 2") == [
        {"end_user_number": 159813, "po_number": "ＰＯ－２"}
    ]


@pytest.mark.usefixtures("known")
def test_an_enter_held_down_makes_one_po_and_sends_nothing(sit_down: SitDown, order_book: Path) -> None:
    clerk = sit_down()
    at_home(clerk)
    clerk.terminal.type(CTRL_K)
    clerk.sees("POを作成して確認へ")
    clerk.terminal.type("159813 6900990 x5 PO-2" + ENTER * 12)
    clerk.sees("この内容で送信すると", "営業部")
    clerk.terminal.come_to_rest()
    assert [one["status"] for one in stellr(order_book, "subscriptions")] == ["provisioning", "po-created"]

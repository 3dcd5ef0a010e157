"""A PO made on the 15th and sent on the 16th: the day of 送信 counts, and the screen says so before (rules §1, §2)."""

from pathlib import Path

from tests.journeys.book import stellr
from tests.journeys.conftest import SitDown


def test_a_po_made_on_the_15th_and_sent_on_the_16th_is_delivered_a_month_later(
    sit_down: SitDown, order_book: Path
) -> None:
    stellr(order_book, "clock", "set", "2024-03-15")
    clerk = sit_down()
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user()
    clerk.place_order()
    clerk.sees("2024-03-20 納品", "締切は 2024-03-15")
    clerk.terminal.kill9()

    stellr(order_book, "clock", "set", "2024-03-16")
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.do("管理と実績")
    clerk.sees("sourcenexttest", "締切を過ぎています", "締切 2024-03-15", "納品は 2024-04-20")
    clerk.comes_to("期限")
    clerk.terminal.press("enter")
    clerk.sees("締切を過ぎています", "2024-04-20")
    clerk.open_wizard()
    clerk.fill_in_details()
    clerk.see_services()
    clerk.see_check()
    clerk.sees("締切を過ぎています", "締切 2024-03-15", "2024-04-20")
    clerk.send()
    clerk.sees("2024/04/21 ~ 2025/04/20", "New 1 Seat 24/04/21")
    clerk.terminal.press("enter")
    clerk.sees("送信日 2024-03-16", "納品 2024-04-20")
    clerk.terminal.press("pagedown")
    clerk.sees("課金開始 2024-05-01")
    [contract] = stellr(order_book, "subscriptions")
    assert (contract["term_starts_on"], contract["term_ends_on"]) == ("2024-04-21", "2025-04-20")


def test_a_po_made_and_sent_on_the_15th_is_delivered_that_month(sit_down: SitDown, order_book: Path) -> None:
    stellr(order_book, "clock", "set", "2024-03-15")
    clerk = sit_down()
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user()
    clerk.place_order()
    clerk.open_wizard()
    clerk.fill_in_details()
    clerk.see_services()
    clerk.see_check()
    clerk.sees("2024-03-20")
    assert not clerk.reads("締切を過ぎています")
    clerk.send()
    clerk.sees("2024/03/21 ~ 2025/03/20")

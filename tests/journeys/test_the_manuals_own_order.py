"""The manual's own order, placed with the keyboard alone by somebody who has only the screen (オーダー① to ⑥)."""

from pathlib import Path

import pytest

from tests.journeys.book import assert_nothing_by_half, stellr
from tests.journeys.clerk import SIZES_AND_LANGUAGES
from tests.journeys.conftest import SitDown

THE_CONTRACT = {
    "contract_number": 81766,
    "status": "provisioning",
    "sku": "6900990",
    "plan": "annual",
    "seats": 1,
    "amount": 24710,
    "term_starts_on": "2024-03-21",
    "term_ends_on": "2025-03-20",
    "next_change": {"kind": "new", "seats": 1, "on": "2024-03-21"},
}
IN_THE_LIST = ("81766", "¥24,710", "Manual Provisioning", "New 1 Seat 24/03/21", "2024/03/21 ~ 2025/03/20", "合計: 1")


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_a_new_user_orders_for_a_new_end_user(sit_down: SitDown, tmp_path: Path, size: tuple[int, int]) -> None:
    book = tmp_path / "first start" / "stellr.db"
    clerk = sit_down(size, book=book)
    clerk.sign_in()
    clerk.open_stellr()
    clerk.open_pocketalk()
    clerk.fill("数量", "1")
    clerk.sees("6900990", "0000339760", "SS104TS", "提供金額 ¥24,710")
    clerk.do("カートに入れる")
    clerk.comes_to("＊ エンドユーザー情報")
    clerk.sees("Lucy Jin, 01-2345-2345, lucyj@synnex.com", "Sourcenext", "合計金額: ¥24,710")
    clerk.open_end_user_form()
    clerk.fill_in_end_user()
    clerk.sees("毛利 123 BLDG")
    clerk.save_end_user()
    clerk.sees("159814 - テスト株式会社", "テスト株式会社, 毛利 123 BLDG, 江東区, 13, 1350001, JP")
    clerk.place_order("sourcenexttest")
    clerk.sees(
        "選択されたサービスは正常に保存されました。",
        "81766",
        "ソースネクスト株式会社",
        "この注文を完了するには、プロビジョニング情報の入力が必要です。",
    )
    clerk.open_wizard()
    clerk.sees("ポケットーク字幕", "毛利 123 BLDG", "東京都", "1350001", "テスト太郎", "test@yourcompany.com")
    clerk.fill_in_details("太郎")
    clerk.see_services()
    clerk.sees("ポケットーク同時通訳(年額サブスクリプション)シリアルコード")
    clerk.see_check()
    clerk.sees("2024-03-20", "2024-04-01", "太郎")
    clerk.send()
    clerk.sees(*IN_THE_LIST)
    assert stellr(book, "subscriptions") == [THE_CONTRACT | {"customer": 159814}]
    assert_nothing_by_half(book)


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_a_new_user_orders_for_the_end_user_of_the_manual(
    sit_down: SitDown, order_book: Path, size: tuple[int, int]
) -> None:
    clerk = sit_down(size)
    clerk.sign_in()
    clerk.put_in_cart("1")
    clerk.pick_end_user("159813")
    clerk.sees("159813 - テスト株式会社", "テスト太郎", "テスト株式会社, 毛利, 江東区, 13, 1350001, JP")
    clerk.place_order("sourcenexttest")
    clerk.complete()
    clerk.sees(*IN_THE_LIST)
    clerk.terminal.press("enter")
    clerk.sees("sourcenexttest", "Lucy Jin", "2024-03-20")
    assert stellr(order_book, "subscriptions") == [THE_CONTRACT | {"customer": 159813}]
    assert_nothing_by_half(order_book)

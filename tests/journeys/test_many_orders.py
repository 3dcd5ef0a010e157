"""Many orders from one sheet, in a real terminal: read, mended, sent, and sent once."""

from pathlib import Path

import pytest

from tests.journeys.book import assert_nothing_by_half, stellr
from tests.journeys.clerk import SIZES_AND_LANGUAGES, said
from tests.journeys.conftest import SitDown

SHEET = """発注番号,SKU番号,数量,顧客番号
PO-1,6900990,３,159813
PO-1,9900990,2,
PO-2,6900990,多数,159813
"""


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_a_sheet_of_excel_is_mended_and_sent_with_the_keyboard_alone(
    sit_down: SitDown, order_book: Path, home: Path, size: tuple[int, int]
) -> None:
    (home / "orders.csv").write_text(SHEET, encoding="cp932")
    clerk = sit_down(size)
    clerk.sign_in()
    clerk.open_stellr()
    clerk.do("シートからオーダー")
    clerk.comes_to("＊ ファイル")
    clerk.terminal.type("orders.csv")
    clerk.terminal.press("enter")
    clerk.sees("3行のうち1行に誤りがあります。", "4行目 誤り", "多数")
    assert stellr(order_book, "subscriptions") == []
    clerk.terminal.press("enter")
    clerk.terminal.await_that(lambda: clerk.line.strip().startswith(said("数量")), "the cursor is at the wrong cell")
    clerk.empty("数量")
    clerk.terminal.type("４")
    clerk.terminal.press("tab")
    clerk.sees("送信できます", "2件のオーダー、3行、合計 ¥177,370", "納品 2024-03-20")
    clerk.terminal.press("ctrl+o")
    clerk.comes_to("＊ ファイル")
    clerk.press_on("tab")
    clerk.do("すべて送信")
    clerk.sees("すべて送信しますか?")
    clerk.push("すべて送信")
    clerk.sees("送信しました", "2件のオーダー", "81766, 81767")
    assert [one["seats"] for one in stellr(order_book, "subscriptions")] == [3, 2, 4]
    assert_nothing_by_half(order_book)

"""Text that comes in the same moment as a key goes where that key leads, and a key held down sends nothing."""

import json
from pathlib import Path

import pytest

from tests.journeys.book import rows, stellr
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import SitDown

ENTER = "\r"
CTRL_S = "\x13"


def fill_the_form_at_once(clerk: Clerk) -> None:
    """Everything behind 会社名 is typed at once, with Enter from field to field; 住所1 begins with its town."""
    fields = ("テスト商事", "シケンショウジ", "", "", "", "本社", "1350001")
    clerk.terminal.type(ENTER.join(fields))


def test_an_order_is_typed_in_one_go(sit_down: SitDown, order_book: Path) -> None:
    clerk = sit_down()
    clerk.sees("ログインID:")
    clerk.terminal.type(f"lucyj@synnex.com{ENTER}stellr-demo{ENTER}")
    clerk.comes_to("StreamOne Stellr")
    clerk.open_stellr()
    clerk.open_pocketalk()
    clerk.terminal.type(f"3{CTRL_S}159813{ENTER}PO-AT-ONCE{ENTER}EU-7{CTRL_S}")
    clerk.sees("オーダーはまだ完了していません。", "PO-AT-ONCE")
    [order] = rows(order_book, "SELECT po_number, end_user_order_number, end_user_number FROM purchase_order")
    assert order == {"po_number": "PO-AT-ONCE", "end_user_order_number": "EU-7", "end_user_number": 159813}
    assert [one["seats"] for one in rows(order_book, "SELECT seats FROM seat_lot")] == [3]


def test_a_form_is_typed_in_one_go(sit_down: SitDown) -> None:
    clerk = sit_down((36, 120))
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    fill_the_form_at_once(clerk)
    clerk.sees(
        "＊ 会社名 テスト商事", "＊ 会社名カナ シケンショウジ", "＊ 場所名 本社", "＊ 〒 1350001", "東京都", "江東区"
    )


def test_enter_and_tab_pressed_several_times_at_once_lead_as_far_as_one_by_one(sit_down: SitDown) -> None:
    clerk = sit_down((36, 120))
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    clerk.terminal.press(*["enter"] * 5)
    clerk.comes_to("＊ 場所名")
    clerk.terminal.press("enter", "tab", "enter", "shift+tab")
    clerk.comes_to("＊ 都道府県")


def test_a_key_that_edits_works_where_it_was_pressed_however_quickly_the_next_one_leads_away(
    sit_down: SitDown,
) -> None:
    clerk = sit_down((36, 120))
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    for _time in range(5):
        clerk.terminal.type("本社一二三\x7f\x7f\t")
        clerk.comes_to("＊ 会社名カナ")
        clerk.terminal.press("shift+tab")
        clerk.comes_to("＊ 会社名")
        clerk.terminal.press("home", "delete", "end", "tab")
        clerk.sees("＊ 会社名 社一 ")
        clerk.comes_to("＊ 会社名カナ")
        clerk.terminal.press("shift+tab", "ctrl+u", "backspace")
        clerk.comes_to("＊ 会社名")
        clerk.sees_no_longer("社一")


def test_a_key_pressed_twice_at_once_acts_on_its_page_and_on_the_next(sit_down: SitDown, order_book: Path) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user("159813", "毛利")
    clerk.fill("発注番号", "TWICE")
    clerk.terminal.type(f"{CTRL_S}{CTRL_S}")
    clerk.sees("プロビジョニング", "担当部署名を入力してください")
    assert [one["po_number"] for one in rows(order_book, "SELECT po_number FROM purchase_order")] == ["TWICE"]


def test_what_was_typed_behind_a_refused_step_goes_nowhere(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.open_pocketalk()
    clerk.terminal.type(f"0{CTRL_S}159813{ENTER}PO-1")
    clerk.sees("数量に「0」は入力できません")
    clerk.comes_to("数量")
    clerk.terminal.type("5")
    clerk.sees("提供金額 ¥0")
    clerk.terminal.press("backspace")
    clerk.sees("数量に「0」は入力できません")


def order_of_somebody_with_two_names(order_book: Path, tmp_path: Path) -> None:
    """An end user whose contact's name tells 姓 and 名 apart, so that the wizard lacks nothing."""
    file = tmp_path / "order.json"
    customer = {
        "company": "山田商事",
        "company_kana": "ヤマダショウジ",
        "location": "本社",
        "postal_code": "1350001",
        "address1": "毛利",
        "contact": {"name": "山田 太郎", "phone": "0312345678", "email": "test@yourcompany.com"},
    }
    order = {"po_number": "FIRST", "customer": customer, "lines": [{"sku": "6900990", "seats": 1}]}
    file.write_text(json.dumps(order))
    stellr(order_book, "order", "submit", str(file))


def hold(clerk: Clerk, key: str, shown: str) -> None:
    """Hold a key down until something is shown, and a good while longer."""
    for _moment in range(100):
        clerk.terminal.press(*[key] * 3)
        if clerk.terminal.comes_true(lambda: clerk.reads(shown), 0.2):
            break
    clerk.sees(shown)
    clerk.terminal.press(*[key] * 30)


def test_a_key_held_down_from_the_order_on_does_not_send(sit_down: SitDown, order_book: Path, tmp_path: Path) -> None:
    order_of_somebody_with_two_names(order_book, tmp_path)
    clerk = sit_down()
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user("159814", "毛利")
    clerk.fill("発注番号", "HELD")
    hold(clerk, "ctrl+s", "この内容で送信すると")
    clerk.do("戻る")
    clerk.sees("Sourcenext サービス")
    hold(clerk, "enter", "この内容で送信すると")
    clerk.do("戻る")
    clerk.sees("Sourcenext サービス")
    assert stellr(order_book, "waiting")
    assert [one["status"] for one in rows(order_book, "SELECT status FROM contract ORDER BY number")] == [
        "provisioning",
        "po-created",
    ]
    clerk.see_check()
    clerk.send()
    clerk.sees("81767", "合計: 2")


@pytest.mark.parametrize("keys", [("ctrl+q",), ("enter", "ctrl+q"), ("tab", "tab", "ctrl+q")], ids="+".join)
def test_leaving_at_once_writes_nothing_to_the_terminal(sit_down: SitDown, keys: tuple[str, ...]) -> None:
    clerk = sit_down()
    clerk.sees("ログインID:")
    clerk.terminal.press(*keys)
    assert clerk.terminal.wait_closed() == 0
    assert clerk.terminal.text.split() == []

"""Japanese as input methods and clipboards deliver it: many characters at once, full-width digits, half-width kana."""

import re
from pathlib import Path

from tests.journeys.book import rows
from tests.journeys.conftest import SitDown

COMPANY = "株式会社日本橋茅場町同時通訳翻訳情報技術研究所本店営業部"
PLACE = "日本橋茅場町同時通訳センター東京第一営業本部別館三階"
PERSON = "寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末食寝処" * 4
ASKS_FOR_KEY_CODES = re.compile(rb"\x1b\[[>=]\d+(;\d+)?u")
TAKES_THEM_BACK = re.compile(rb"\x1b\[<\d*u")


def test_what_an_input_method_commits_at_once_arrives_as_it_was_typed(sit_down: SitDown, order_book: Path) -> None:
    assert len(COMPANY) >= 20
    assert len(PLACE) >= 20
    person = PERSON[:100]
    address = ("江東区毛利一丁目二番三号" * 17)[:200]
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.open_pocketalk()
    clerk.fill("数量", "１２")
    clerk.sees("提供金額 ¥296,520")
    clerk.do("カートに入れる")
    clerk.sees("合計金額: ¥296,520")
    clerk.comes_to("＊ エンドユーザー情報")
    clerk.open_end_user_form()
    clerk.fill("会社名", COMPANY)
    clerk.sees("カブシキガイシャ")
    clerk.empty("会社名カナ")
    clerk.fill("会社名カナ", "ﾆﾎﾝﾊﾞｼｶﾌﾞｼｷｶﾞｲｼｬ")
    clerk.fill("場所名", PLACE)
    clerk.fill("〒", "１３５０００１")
    clerk.sees("東京都", "江東区", "毛利")
    clerk.empty("住所1")
    clerk.terminal.paste(address)
    clerk.terminal.await_that(lambda: address[-8:] in clerk.line, "the end of what was pasted is seen")
    clerk.fill("担当者名", person)
    clerk.fill("電話番号", "０３－１２３４－５６７８")
    clerk.fill("Eメール", "test@yourcompany.com")
    clerk.save_end_user()
    [stored] = rows(order_book, "SELECT company, company_kana FROM end_user WHERE number = 159814")
    assert stored == {"company": COMPANY, "company_kana": "ニホンバシカブシキガイシャ"}
    [place] = rows(order_book, "SELECT name, postal_code, address1 FROM location WHERE end_user_number = 159814")
    assert place == {"name": PLACE, "postal_code": "1350001", "address1": address}
    [contact] = rows(order_book, "SELECT name, phone FROM contact WHERE end_user_number = 159814")
    assert contact["name"] == person
    assert re.sub(r"\D", "", contact["phone"]) == "0312345678"
    [line] = rows(order_book, "SELECT lines ->> '$[0].seats' AS seats FROM order_draft")
    assert line == {"seats": 12}
    asked = clerk.terminal.written
    assert not ASKS_FOR_KEY_CODES.search(asked)
    assert not TAKES_THEM_BACK.search(asked)


def test_more_than_a_field_takes_is_refused_and_stays_to_be_mended(sit_down: SitDown, order_book: Path) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    clerk.fill_in_end_user()
    clerk.empty("会社名")
    clerk.fill("会社名", "長" * 101)
    clerk.do("保存")
    clerk.sees("会社名", "100文字以内", "入力は101文字")
    clerk.comes_to("＊ 会社名")
    clerk.terminal.press("backspace")
    clerk.fill("会社名カナ", "チョウ")
    clerk.save_end_user()
    [stored] = rows(order_book, "SELECT company FROM end_user WHERE number = 159814")
    assert stored["company"] == "長" * 100


def test_the_users_own_choice_of_key_codes_is_respected(sit_down: SitDown) -> None:
    clerk = sit_down(env={"TEXTUAL_DISABLE_KITTY_KEY": "0"})
    clerk.sees("ログインID:")
    assert ASKS_FOR_KEY_CODES.search(clerk.terminal.written)


def test_an_input_methods_window_opens_where_one_types(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.comes_to("ログインID")
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    row, column = clerk.terminal.cursor
    clerk.fill("会社名", "テスト株式会社")
    clerk.sees("テストカブシキガイシャ")
    assert clerk.terminal.cursor == (row, column + 14)


def test_what_is_typed_right_behind_tab_goes_into_the_next_field(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.sees("ログインID:")
    clerk.terminal.type("lucyj@synnex.com\tstellr-demo\r")
    clerk.sees("Lucy Jin")

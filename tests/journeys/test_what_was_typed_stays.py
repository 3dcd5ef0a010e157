"""What was typed survives another size of the window, going back, cancelling and a refusal."""

import pytest

from tests.journeys.clerk import SIZES, SIZES_AND_LANGUAGES
from tests.journeys.conftest import SitDown

SMALL, LARGE = SIZES


def test_another_size_of_the_window_in_the_middle_of_a_form_changes_nothing_that_was_typed(sit_down: SitDown) -> None:
    clerk = sit_down(SMALL)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    clerk.fill("会社名", "途中株式会社")
    clerk.fill("場所名", "東京本社")
    clerk.fill("〒", "1350001")
    clerk.sees("東京都", "江東区", "毛利")
    clerk.fill("住所1", " 1-2-3")
    for size in (LARGE, SMALL):
        clerk.terminal.resize(*size)
        clerk.comes_to("＊ 住所1")
        clerk.sees("＊ 場所名 東京本社", "1350001", "東京都", "毛利 1-2-3")
        clerk.terminal.type("-4")
        clerk.terminal.await_that(lambda: "-4" in clerk.line, "one can go on typing where one was")
    clerk.sees("毛利 1-2-3-4-4")
    clerk.go_to("＊ 会社名")
    clerk.sees("＊ 会社名 途中株式会社", "トチュウカブシキガイシャ")


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_what_was_typed_on_the_order_page_is_there_after_going_back_and_forward(
    sit_down: SitDown, size: tuple[int, int]
) -> None:
    clerk = sit_down(size)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user()
    clerk.fill("発注番号", "PO-KEPT")
    clerk.fill("エンドユーザー注文番号", "EU-KEPT")
    clerk.terminal.press("escape")
    clerk.sees("選択済み商品", "カート: 1件")
    clerk.comes_to("数量")
    clerk.push("発注ページへ")
    clerk.sees("PO-KEPT", "EU-KEPT", "159813 - テスト株式会社", "合計金額: ¥24,710")
    clerk.do("ホーム")
    clerk.comes_to("ポケットーク for BUSINESS 同時通訳")
    clerk.terminal.press("escape")
    clerk.sees("PO-KEPT", "EU-KEPT", "159813 - テスト株式会社", "合計金額: ¥24,710")


def test_a_cancelled_or_refused_end_user_form_comes_back_as_it_was_left(sit_down: SitDown) -> None:
    clerk = sit_down(LARGE)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    clerk.fill("会社名", "途中株式会社")
    clerk.sees("トチュウカブシキガイシャ")
    clerk.fill("場所名", "東京本社")
    clerk.fill("〒", "135")
    clerk.do("保存")
    clerk.sees("〒に「135」は入力できません", "ハイフンなしの7桁の数字")
    clerk.comes_to("＊ 〒")
    typed = ("＊ 会社名 途中株式会社", "トチュウカブシキガイシャ", "＊ 場所名 東京本社", "＊ 〒 135")
    clerk.sees(*typed)
    clerk.do("＋ 新しい連絡先")
    clerk.sees("連絡先 2")
    clerk.comes_to("＊ 担当者名")
    clerk.fill("担当者名", "二人目")
    clerk.terminal.press("escape")
    clerk.sees("発注する", "合計金額")
    clerk.open_end_user_form()
    clerk.sees(*typed, "連絡先 2", "二人目")
    clerk.do("リセット")
    clerk.comes_to("キャンセル")
    clerk.push("リセット")
    clerk.sees("＊ 会社名", "〒")
    clerk.sees_no_longer("途中株式会社")


def test_a_cancelled_or_refused_wizard_comes_back_as_it_was_left(sit_down: SitDown) -> None:
    clerk = sit_down(SMALL)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.pick_end_user()
    clerk.place_order()
    clerk.open_wizard()
    clerk.fill("担当部署名", "営業部")
    clerk.do("次へ")
    clerk.sees("姓を入力してください", "営業部")
    clerk.comes_to("＊ 姓")
    clerk.terminal.type("未確定")
    clerk.terminal.await_that(lambda: "未確定" in clerk.line, "it is typed")
    clerk.terminal.press("escape")
    clerk.sees("オーダーはまだ完了していません。")
    clerk.open_wizard()
    clerk.sees("＊ 姓 未確定", "担当部署名 営業部")
    clerk.see_services()
    clerk.see_check()
    clerk.sees("未確定", "営業部")
    clerk.do("戻る")
    clerk.sees("Sourcenext サービス")
    clerk.do("戻る")
    clerk.sees("＊ 姓 未確定", "担当部署名 営業部")


def test_a_refused_order_keeps_what_was_typed(sit_down: SitDown) -> None:
    clerk = sit_down(LARGE)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.fill("エンドユーザー注文番号", "EU-7")
    clerk.do("発注する")
    clerk.sees("エンドユーザー情報を入力してください", "発注番号を入力してください", "EU-7")
    clerk.comes_to("＊ エンドユーザー情報")

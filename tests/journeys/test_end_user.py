"""An end user that was typed wrong is put right in a real terminal."""

import pytest

from tests.journeys.clerk import SIZES_AND_LANGUAGES
from tests.journeys.conftest import SitDown


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_a_company_is_renamed_and_a_contact_added_by_key(sit_down: SitDown, size: tuple[int, int]) -> None:
    clerk = sit_down(size)
    clerk.sign_in()
    clerk.open_stellr()
    clerk.do("顧客管理")
    clerk.sees("159813")
    clerk.comes_to("顧客番号")
    clerk.terminal.press("enter")
    clerk.sees("契約はまだありません。")
    clerk.do("編集")
    clerk.sees("テストカブシキガイシャ", "MicrosoftID")
    clerk.comes_to("＊ 会社名")
    clerk.fill("会社名", "東京支社")
    clerk.do("＋ 新しい連絡先")
    clerk.comes_to("＊ 担当者名")
    clerk.fill("担当者名", "佐藤花子")
    clerk.fill("電話番号", "0398765432")
    clerk.fill("Eメール", "sato@")
    clerk.do("保存")
    clerk.sees("エラー：", "2番目の連絡先")
    clerk.fill("Eメール", "company.com")
    clerk.do("保存")
    clerk.sees("テスト株式会社東京支社", "契約はまだありません。")
    clerk.do("編集")
    clerk.sees("テスト株式会社東京支社", "MicrosoftID")
    clerk.comes_to("＊ 会社名")
    clerk.terminal.press("escape")
    clerk.sees("契約はまだありません。")

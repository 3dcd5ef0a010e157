"""The proposal for 会社名カナ: legal forms as the manual reads them, and no guess where nothing is sure."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from stellr_tui.reference.kana import propose_kana, read_aloud
from stellr_tui.rules.fields import katakana


@pytest.mark.parametrize(
    ("company", "kana"),
    [
        ("テスト株式会社", "テストカブシキガイシャ"),
        ("株式会社テスト", "カブシキガイシャテスト"),
        ("㈱テスト", "カブシキガイシャテスト"),
        ("(株)テスト", "カブシキガイシャテスト"),
        ("テスト（株）", "テストカブシキガイシャ"),
        ("有限会社山田商店", "ユウゲンガイシャヤマダショウテン"),
        ("㈲テスト", "ユウゲンガイシャテスト"),
        ("合同会社テスト", "ゴウドウガイシャテスト"),
        ("合資会社テスト", "ゴウシガイシャテスト"),
        ("合名会社テスト", "ゴウメイガイシャテスト"),
        ("一般社団法人テスト", "イッパンシャダンホウジンテスト"),
        ("一般財団法人テスト", "イッパンザイダンホウジンテスト"),
        ("ソースネクスト株式会社", "ソースネクストカブシキガイシャ"),
        ("株式会社　大塚商会", "カブシキガイシャ オオツカショウカイ"),
        ("はなまるうどん", "ハナマルウドン"),
        ("ﾃｽﾄ工業", "テストコウギョウ"),
        ("第一生命", "ダイイチセイメイ"),
        ("東京・大阪", "トウキョウ・オオサカ"),
    ],
)
def test_a_company_is_read(company: str, kana: str) -> None:
    assert propose_kana(company) == kana
    assert katakana(kana) == kana


@pytest.mark.parametrize(
    "company",
    ["", "   ", "TD SYNNEX 株式会社", "合同会社DMM.com", "123建設", "株式会社龘", "A&B", "[red]株式会社", "\x1b[2J"],
)
def test_what_has_no_sure_reading_is_not_proposed(company: str) -> None:
    assert propose_kana(company) is None


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("管理と実績", "カンリトジッセキ"),
        ("顧客管理 > 請求書", "コキャクカンリ > セイキュウショ"),
        ("CSVの保存", "CSVノホゾン"),
        ("", ""),
    ],
)
def test_of_words_that_are_read_aloud_what_has_no_sure_reading_stays(words: str, read: str) -> None:
    assert read_aloud(words) == read


def test_a_proposal_longer_than_the_field_is_not_made() -> None:
    assert propose_kana("株式会社" * 20) is None


def test_many_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(propose_kana, ["有限会社山田商店"] * 400))
    assert answers == {"ユウゲンガイシャヤマダショウテン"}


def test_without_the_extra_nothing_is_proposed() -> None:
    program = (
        "import sys; sys.modules['sudachipy'] = None\n"
        "from stellr_tui.reference.kana import propose_kana\n"
        "assert propose_kana('山田商店株式会社') is None\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_dictionary_is_not_loaded_before_it_is_needed() -> None:
    program = "import stellr_tui.reference.kana, sys; assert 'sudachipy' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)

"""What the Japanese words of a test are in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stellr_tui.reference.texts import DEFAULT_LANGUAGE, use_language
from tests.spoken import Shown, Untranslated, spoken


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The program speaks English."""
    use_language("en")
    yield
    use_language(DEFAULT_LANGUAGE)


def close(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("顧客管理", "Customers"),
        ("合計金額: ¥60,420", "Total: ¥60,420"),
        ("受付期限2024-06-10", "Deadline 2024-06-10"),
        ("数量減少 2 Seats 24/05/01  受付期限 2024-04-10", "Reduce 2 Seats 24/05/01  deadline 2024-04-10"),
        ("「PO-1」", '"PO-1"'),
        ("「備考」という列", 'There is no column "備考"'),
        ("40文字以内", "PO number is too long (at most 40 characters; 41 given)."),
        ("操作 数量追加、ステータス 解約済", "Not now (action: Add seats; status: Ended)."),
        ("20% を加えた額", "Selling prices are the unit price and 20%."),
        ("顧客管理 > 159813 - テスト株式会社", "Customers > 159813 - テスト株式会社"),
        ("構成「構成」を保存しました", 'Selection "構成" has been saved.'),
    ],
)
def test_words_are_found_as_what_they_are_in_english(words: str, shown: str) -> None:
    assert words in Shown(close(shown), close)


def test_numbers_and_names_must_be_the_same() -> None:
    assert "合計金額: ¥60,420" not in Shown("Total: ¥60,421")
    assert "処理日は 2024-05-20 です。" not in Shown("The business date is 2024-05-21.")
    assert Shown("Total: ¥60,421") != "合計金額: ¥60,420"


def test_a_whole_text_equals_a_sentence_and_no_more() -> None:
    shown = Shown("The business date is 2024-05-20.")
    assert shown == "処理日は 2024-05-20 です。"
    assert shown != "処理日は 2024-05-20 です。\n納品した契約: 1"
    assert Shown(f"{shown}\nContracts delivered: 1") == "処理日は 2024-05-20 です。\n納品した契約: 1"
    assert shown.startswith("処理日は") and not Shown(f"On it: {shown}").startswith("処理日は")
    assert Shown(f"On it: {shown}").endswith("2024-05-20 です。") and not Shown(f"{shown} Go on.").endswith(
        "2024-05-20 です。"
    )


def test_japanese_on_the_screen_is_not_taken_for_english() -> None:
    assert "顧客管理" not in Shown("顧客管理")


def test_names_are_as_they_are() -> None:
    assert "東陽支店" in Shown("Location 東陽支店")


def test_what_is_in_no_message_is_never_missed_in_silence() -> None:
    with pytest.raises(Untranslated, match="東陽支店"):
        assert "東陽支店" not in Shown("Location")


def test_a_label_is_spoken_and_half_a_sentence_is_not() -> None:
    assert spoken("契約番号") == "Contract#"
    for words in ("東陽支店", "使えない文字が"):
        with pytest.raises(Untranslated, match=words):
            spoken(words)


def test_in_japanese_words_are_as_they_are() -> None:
    use_language("ja")
    assert "管理" in Shown("顧客管理") and "東陽" not in Shown("顧客管理")
    assert Shown("顧客管理") == "顧客管理" == spoken("顧客管理")

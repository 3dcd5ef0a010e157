"""Finding commands, end users and contracts by what one types."""

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.finder import MANY, find
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import from_romaji
from stellr_tui.desk.training import CUSTOMER
from tests.desk.office import a_sent_order, another_end_user

NAMES = [
    (("請求書", "Invoices"), "results"),
    (("Buy the same again", "同じ内容で再発注"), "end-user.again"),
    (("オーダー", "Order"), "new-order"),
    (("[red]",), "x"),
]


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("tesuto", "テスト"),
        ("kabushikigaisha", "カブシキガイシャ"),
        ("poketto-ku", "ポケットーク"),
        ("shinbashi", "シンバシ"),
        ("nippon", "ニッポン"),
        ("kin'yuu", "キンユウ"),
        ("tesut", "テス"),
        ("kokyak", "コキャ"),
    ],
)
def test_romaji_stands_for_katakana(romaji: str, kana: str) -> None:
    assert from_romaji(romaji) == kana


@pytest.mark.parametrize(
    "word",
    ["a", "test", "po-1", "lucy", "sourcenext", "abc", "xyz", "-", "--", "", "テスト", "81766", "a%", "a\n", "ｔｅ"],
)
def test_what_is_more_than_romaji_stands_for_itself(word: str) -> None:
    assert from_romaji(word) is None


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("", (0, 1, 2, 3)),
        ("請求", (0,)),
        ("せいきゅう", (0,)),
        ("seikyuu", (0,)),
        ("再発注 同じ", (1,)),
        ("again", (1,)),
        ("o-da-", (2,)),
        ("ｵｰﾀﾞｰ", (2,)),
        ("[red", (3,)),
        ("請求 オーダー", ()),
        ("invoice", (0,)),
        ("おなじ", (1,)),
        ("onaji", (1,)),
        ("same 再発注", (1,)),
    ],
)
def test_a_command_is_found_by_all_words_in_any_writing_of_any_of_its_names(
    desk: Desk, words: str, fits: tuple[int, ...]
) -> None:
    assert find(desk, None, words, NAMES).commands == fits


def test_what_begins_with_the_words_comes_first(desk: Desk) -> None:
    assert find(desk, None, "契約", [(["新しい契約"], ""), (["契約一覧"], "")]).commands == (1, 0)


def test_what_is_shown_beginning_with_the_words_comes_before_another_name_that_does(desk: Desk) -> None:
    names = [(["新しい契約", "Re-order"], ""), (["再発注", "Order again"], ""), (["Orders", "オーダー"], "")]
    assert find(desk, None, "order", names).commands == (2, 1, 0)


def test_end_users_and_contracts_are_found_and_those_of_others_are_not(
    desk: Desk, lucy: SignedIn, rival: SignedIn
) -> None:
    (contract,) = a_sent_order(desk, lucy).contracts
    another_end_user(desk, lucy, "株式会社ほか")
    for words in ("tesuto", "てすとかぶしき", str(CUSTOMER)):
        found = find(desk, lucy, words, ())
        assert CUSTOMER in [one.number for one in found.end_users]
    assert [one.contract_number for one in find(desk, lucy, str(contract.number), ()).contracts] == [contract.number]
    assert find(desk, rival, str(contract.number), ()).contracts == ()
    assert find(desk, rival, "tesuto", ()).end_users == ()
    assert find(desk, lucy, "", ()).end_users == ()


def test_no_more_than_a_few_are_named(desk: Desk, lucy: SignedIn) -> None:
    for _one in range(MANY + 2):
        another_end_user(desk, lucy, "株式会社ほか")
    assert len(find(desk, lucy, "株式会社", ()).end_users) == MANY

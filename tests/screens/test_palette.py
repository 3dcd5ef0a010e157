"""コマンドパレット: what one can do here and where one can go, found by kanji, kana or romaji, and done with Enter."""

from collections.abc import Sequence

import pytest

from screens.commands import commands_on
from screens.palette import PaletteDialog
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from stellr_tui.widgets.asking import asking_screen
from stellr_tui.widgets.page import Page
from tests.desk.office import a_sent_order, another_end_user
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.pages import EVERY_PAGE
from tests.spoken import Shown, spoken


async def opens(clerk: Clerk) -> None:
    await clerk.presses("ctrl+p")
    await clerk.until(lambda: isinstance(clerk.app.screen, PaletteDialog) and found(clerk))
    await clerk.settles()


async def types(clerk: Clerk, words: str) -> None:
    await clerk.presses(*(key for key in words))
    await clerk.until(lambda: dialog(clerk)._found_for == words)
    await clerk.settles()


def dialog(clerk: Clerk) -> PaletteDialog:
    screen = clerk.app.screen
    assert isinstance(screen, PaletteDialog)
    return screen


def found(clerk: Clerk) -> list[Shown]:
    """The names, in their order."""
    return [clerk.texts("#palette-found", key)[0] for key in clerk.rows("#palette-found").keys]


async def test_without_words_it_lists_what_can_be_done_here_with_its_keys_and_the_pages(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await opens(clerk)
        table = clerk.rows("#palette-found")
        rows = {table.texts(key)[0]: table.texts(key)[1:] for key in table.keys}
        assert rows[spoken("カートに入れる")] == ("Ctrl+S", spoken("操作"))
        assert rows[spoken("顧客管理")] == ("F4", spoken("操作"))
        assert rows[spoken("請求書")] == ("", spoken("ページ"))
        assert not rows.keys() & {spoken(name) for name in ("前のページ", "次のページ", "コマンドパレット")}


@pytest.mark.parametrize(
    "words", ["顧客管理", "顧客", "こきゃく", "コキャク", "ｺｷｬｸ", "kokyaku", "KOKYAKU", "customers"]
)
async def test_a_page_is_found_by_kanji_kana_romaji_and_its_english_id(portal: Open, words: str) -> None:
    async with portal(POCKETALK) as clerk:
        await opens(clerk)
        await types(clerk, words)
        assert found(clerk)[0] == "顧客管理"
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.place == places.Customers() and clerk.one("#end-users"))


NAMED = {
    "管理と実績": ("管理と実績", "かんり", "ｶﾝﾘ", "kanri", "Results"),
    "必要なアクション": ("必要な", "ひつよう", "hitsuyou", "action needed"),
    "シートからオーダー": ("シートから", "shi-tokara", "from a sheet"),
    "設定": ("設定", "せってい", "settei", "settings"),
    "クイックオーダー": ("クイック", "kuikku", "quick"),
    "ルール": ("ルール", "るーる", "ru-ru", "rules"),
    "カートに入れる": ("カートに入れる", "かーと", "ka-to", "add cart"),
    "顧客管理 > テスト株式会社 > エンドユーザー情報": ("最近 こきゃく", "last places customers"),
}
"""Pages, keys and buttons of a vendor's page, and one that was left before, with what is typed to find them."""


async def test_each_language_finds_by_the_names_of_all_and_shows_its_own(portal: Open) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await clerk.goes(POCKETALK)
        await opens(clerk)
        for name, each in NAMED.items():
            for words in each:
                await clerk.types_into("#palette-searched", words)
                await clerk.until(lambda words=words: dialog(clerk)._found_for == words)  # type: ignore[misc]
                assert name in found(clerk), f"{words}: {found(clerk)}"


async def test_every_command_has_words_and_none_is_there_twice(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        for place in EVERY_PAGE:
            await clerk.goes(place)
            names = [Shown(one.name) for one in commands_on(asking_screen(clerk.one("#page")), clerk.app.go)]
            assert all(any(sign.isalpha() for sign in name) for name in names), (place, names)
            assert len(set(names)) == len(names), (place, names)
            if place == places.NewOrder():
                assert "＋ 新規エンドユーザー" in names


@pytest.mark.parametrize("words", ["テスト株式", "てすと", "tesuto", "ﾃｽﾄ", str(CUSTOMER), "03123456798"])
async def test_an_end_user_is_found_by_whatever_names_it(portal: Open, words: str) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, words)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.place == places.EndUserPage(CUSTOMER))


async def test_a_contract_is_found_by_its_number(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    (contract,) = a_sent_order(desk, lucy).contracts
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, str(contract.number))
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.place == places.SubscriptionPage(contract.number))


async def test_a_command_of_the_page_does_what_its_key_does(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await opens(clerk)
        await types(clerk, spoken("ルール"))
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.sees("納品") and not isinstance(clerk.app.screen, PaletteDialog))


async def test_arrows_walk_while_one_types_and_enter_takes_where_one_stands(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    other = another_end_user(desk, lucy, "株式会社ほか")
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await types(clerk, "株式会社")
        assert len(found(clerk)) == 2
        await clerk.presses("down", "enter")
        await clerk.until(lambda: clerk.app.place == places.EndUserPage(max(other, CUSTOMER)))


async def test_enter_right_behind_the_words_waits_for_what_they_find(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await opens(clerk)
        await clerk.presses(*"tesuto", "enter")
        await clerk.until(lambda: clerk.app.place == places.EndUserPage(CUSTOMER))


async def test_in_a_dialog_only_what_the_dialog_can_do_is_offered(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.presses("f1")
        await clerk.settles()
        await opens(clerk)
        assert "顧客管理" not in found(clerk)
        await types(clerk, spoken("閉じる"))
        await clerk.presses("enter")
        await clerk.until(lambda: len(clerk.app.screen_stack) == 2)


async def test_escape_leaves_it_and_nothing_found_does_nothing(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await opens(clerk)
        await types(clerk, "[/x]ん")
        assert found(clerk) == []
        await clerk.presses("enter")
        await clerk.settles()
        assert isinstance(clerk.app.screen, PaletteDialog)
        await clerk.presses("escape")
        await clerk.until(lambda: not isinstance(clerk.app.screen, PaletteDialog))
        assert clerk.app.place == POCKETALK


@pytest.mark.parametrize("before", [(), ("f3", "escape"), ("f5",)], ids="-".join)
async def test_what_is_typed_right_behind_its_key_is_looked_for_and_changes_nothing_below(
    portal: Open, before: Sequence[str]
) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.settles()
        clerk.presses_at_once(*before, "ctrl+p", *"settei")
        await clerk.until(lambda: isinstance(clerk.app.screen, PaletteDialog) and dialog(clerk)._found_for == "settei")
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        if clerk.app.place == POCKETALK:
            await clerk.until(lambda: set(clerk.typed().values()) <= {"", "0"})

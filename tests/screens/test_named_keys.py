"""Where a page names a key in its words, it is the key that the user has, at once when that changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from screens.edit_end_user import EditEndUserScreen
from screens.keys import KeysDialog
from screens.settings import SettingsScreen
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.settings import Settings
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page
from tests.desk.office import a_sent_order, an_order
from tests.screens.clerk import Clerk, Open
from tests.screens.pages import EVERY_PAGE

SIZE = (120, 40)
NAVIGATION = ("F2 ホーム", "F3 ベンダーカタログ", "F4 顧客管理", "F5 管理と実績", "F6 Storefront")


def takes(clerk: Clerk, **keys: str) -> None:
    """The user has given these keys, `_` standing for the point of the ids."""
    clerk.app.use(Settings(keys={name.replace("_", ".", 1).replace("_", "-"): key for name, key in keys.items()}))


async def test_the_navigation_and_the_date_name_the_keys_one_has(portal: Open) -> None:
    async with portal(places.Home(), size=SIZE) as clerk:
        for words in (*NAVIGATION, "[訓練: F9 で日付変更]"):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once
        takes(clerk, visit_catalog="ctrl+z", page_move_clock="alt+d,f9", visit_storefront="[")
        for words in ("Ctrl+Z ベンダーカタログ", "[訓練: Alt+D で日付変更]", "[ Storefront", "F2 ホーム"):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once
        await clerk.presses("ctrl+z")
        await clerk.arrives(places.VendorCatalog())
        await clerk.until(lambda: clerk.sees("Ctrl+Z ベンダーカタログ"))
        takes(clerk)
        await clerk.until(lambda: clerk.sees("F3 ベンダーカタログ"))


async def stands_on_each_screen(clerk: Clerk, order: Order) -> AsyncIterator[str]:
    """The pages, and what is opened over them with a head of its own."""
    for place in EVERY_PAGE:
        await clerk.goes(place)
        yield str(place)
    await clerk.opens_wizard(order.id)
    yield "wizard"
    await clerk.presses("escape")
    await clerk.goes(places.EndUserPage(CUSTOMER))
    await clerk.presses("ctrl+e")
    await clerk.until(lambda: isinstance(clerk.app.screen, EditEndUserScreen))
    yield "changed end user"
    await clerk.presses("escape")
    await clerk.goes(places.Customers())
    await clerk.opens_new_end_user()
    yield "new end user"
    await clerk.presses("f11")
    await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen))
    yield "settings"


async def test_the_key_of_the_date_is_named_where_it_works_and_nowhere_else(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        named = {}
        async for screen in stands_on_each_screen(clerk, order):
            await clerk.until(lambda: "訓練" in clerk.said("#training"), screen)
            named[screen] = "F9" in clerk.said("#training")
            assert named[screen] == ("f9" in clerk.app.screen.active_bindings), screen
        assert [screen for screen in named if not named[screen]] == [
            "wizard",
            "changed end user",
            "new end user",
            "settings",
        ]


async def test_a_key_that_is_given_over_the_page_stands_there_when_one_is_back(portal: Open, settings: Path) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.presses("f10")
        await clerk.until(lambda: isinstance(clerk.app.screen, KeysDialog))
        await clerk.types_into("#keys-searched", "visit.catalog")
        await clerk.until(lambda: clerk.rows("#keys").keys == ("visit.catalog",))
        await clerk.presses("enter", "enter")
        await clerk.until(lambda: clerk.control("keys").has_focus)
        await clerk.types("keys", "ctrl+z")
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, KeysDialog) and clerk.sees("Ctrl+Z"))
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        await clerk.until(lambda: clerk.sees("Ctrl+Z ベンダーカタログ"))
    assert "ctrl+z" in (settings / "settings.toml").read_text(encoding="utf-8")


async def test_a_key_that_cannot_be_taken_is_not_named(portal: Open, settings: Path) -> None:
    (settings / "settings.toml").write_text('[keys]\n"visit.catalog" = "f4"\n"visit.results" = "ctrl+z"\n')
    async with portal(places.Home(), size=SIZE) as clerk:
        takes(clerk, visit_catalog="f4", visit_results="ctrl+z")
        await clerk.until(lambda: clerk.sees("Ctrl+Z 管理と実績"))
        assert clerk.sees("F3 ベンダーカタログ")


async def test_a_key_that_cannot_be_taken_needs_no_file_that_names_it(portal: Open, settings: Path) -> None:
    async with portal(places.Home(), size=SIZE) as clerk:
        takes(clerk, visit_catalog="f4", visit_results="ctrl+z")
        await clerk.until(lambda: clerk.sees("Ctrl+Z 管理と実績"))
        assert clerk.sees("F3 ベンダーカタログ")
    assert not (settings / "settings.toml").exists()


async def test_in_the_smallest_terminal_long_keys_take_a_second_line_and_none_is_cut(portal: Open) -> None:
    async with portal(places.Home(), size=(80, 24)) as clerk:
        takes(clerk, visit_home="ctrl+shift+f2", visit_catalog="ctrl+shift+f3", visit_customers="ctrl+shift+f4")
        for words in ("Ctrl+Shift+F2 ホーム", "Ctrl+Shift+F4 顧客管理", "F5 管理と実績", "F6 Storefront"):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once


async def test_the_page_of_sheets_names_the_key_of_the_empty_one(portal: Open) -> None:
    async with portal(places.ImportOrders(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("空のシートは Ctrl+T で保存できます。"))
        takes(clerk, import_template="alt+t")
        await clerk.until(lambda: clerk.sees("空のシートは Alt+T で保存できます。"))


@pytest.fixture
def operator(desk: Desk, settings: Path) -> SignedIn:
    """The operator, who approves."""
    (settings / "policy.toml").write_text('approval = "operator"\n', encoding="utf-8")
    return at_the_command_line(desk, login="operator")


async def test_the_queue_names_the_key_that_sends_back(
    portal: Open, desk: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Results("tab-queue"), by=operator, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("Enter で承認、Ctrl+R で差戻し。"))
        takes(clerk, results_send_back="alt+r,ctrl+r")
        await clerk.until(lambda: clerk.sees("Enter で承認、Alt+R で差戻し。"))

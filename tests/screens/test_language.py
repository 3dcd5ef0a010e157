"""The language is changed while one works: the page says everything in the other one, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from sqlalchemy import select
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Tab, TabbedContent

from screens.confirm import Confirm
from screens.new_end_user import NewEndUserScreen
from screens.palette import PaletteDialog
from screens.results.figures import FiguresTab
from screens.results.invoices import InvoicesTab
from screens.results.mail import MailTab
from screens.results.queue import QueueTab
from screens.results.subscriptions import SubscriptionsTab
from screens.results.waiting import WaitingTab
from screens.settings import SettingsScreen
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.data import data_path
from stellr_tui.reference.settings import read_settings
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, Language, language, use_language
from stellr_tui.store.tables import Table
from stellr_tui.widgets import places
from stellr_tui.widgets.rows import ELLIPSIS, Rows
from stellr_tui.widgets.words import Words
from tests.desk.office import ANNUAL, MONTHLY, a_sent_order, an_order
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import fill_order
from tests.screens.pages import EVERY_PAGE
from tests.screens.test_palette import found
from tests.screens.test_palette import opens as opens_palette
from tests.screens.test_palette import types as looks_for

# They begin in the one and go on in the other.
pytestmark = pytest.mark.parametrize("spoken", [DEFAULT_LANGUAGE])

# Kana and kanji, and full-width letters and digits.
JAPANESE = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
TABS = (WaitingTab, SubscriptionsTab, InvoicesTab, FiguresTab, QueueTab, MailTab)


async def opens_settings(clerk: Clerk) -> None:
    await clerk.presses("f11")
    await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen) and clerk.one("#settings-form"), "設定")
    await clerk.settles()


async def chooses_english(clerk: Clerk) -> None:
    """In the settings, which are kept."""
    await opens_settings(clerk)
    await clerk.chooses("language", "en")
    await clerk.presses("ctrl+s")
    await clerk.until(lambda: language() == "en" and not isinstance(clerk.app.screen, SettingsScreen), "in English")


async def chooses_in_palette(clerk: Clerk, typed: str) -> None:
    await clerk.presses("ctrl+p")
    await clerk.until(lambda: isinstance(clerk.app.screen, PaletteDialog) and clerk.rows("#palette-found").keys)
    await clerk.presses(*typed, "enter")


async def test_a_page_says_everything_in_the_language_that_was_saved_and_the_file_keeps_it(
    portal: Open, settings: Path
) -> None:
    async with portal(places.Results()) as clerk:
        await chooses_english(clerk)
        await clerk.until(lambda: clerk.sees("No action is needed"), "English")
        assert "必要なアクション" not in clerk.painted()
        assert clerk.app.place == places.Results()
    assert read_settings().settings.language is Language.ENGLISH


async def test_a_language_that_is_only_chosen_and_not_saved_is_not_spoken(portal: Open, settings: Path) -> None:
    async with portal(places.Results()) as clerk:
        await opens_settings(clerk)
        await clerk.chooses("language", "en")
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#throw-away"))
        await clerk.clicks("#throw-away")
        await clerk.until(lambda: clerk.sees("必要なアクション"))
        assert language() == "ja"
    assert list(settings.iterdir()) == []


async def test_the_palette_offers_the_other_language_in_its_own_words(portal: Open, settings: Path) -> None:
    async with portal(places.Home()) as clerk:
        await chooses_in_palette(clerk, "english")
        await clerk.until(lambda: clerk.sees("Choose a vendor"), "English")
        await chooses_in_palette(clerk, "日本語")
        await clerk.until(lambda: clerk.sees("ベンダーを選んでください"), "Japanese")
    assert read_settings().settings.language is Language.JAPANESE


async def test_the_palette_names_the_pages_that_were_left_in_the_language_spoken_now(
    portal: Open, settings: Path
) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await clerk.goes(places.Results())
        await clerk.opens_tab("tab-subscriptions")
        await clerk.goes(places.Home())
        await chooses_in_palette(clerk, "english")
        await clerk.until(lambda: clerk.sees("Choose a vendor"), "English")
        await opens_palette(clerk)
        await looks_for(clerk, "last places")
        assert found(clerk) == ["Results > All subscriptions", "Customers > テスト株式会社 > End-user information"]


async def test_what_cannot_be_kept_is_said_and_the_language_is_spoken_all_the_same(
    portal: Open, settings: Path
) -> None:
    (settings / "settings.toml").write_text("theme = ", encoding="utf-8")
    async with portal(places.Home()) as clerk:
        await chooses_in_palette(clerk, "english")
        await clerk.until(lambda: clerk.sees("Choose a vendor") and "settings.toml" in clerk.notices())
    assert (settings / "settings.toml").read_text(encoding="utf-8") == "theme = "


async def test_what_is_typed_into_an_order_is_still_there_in_the_other_language(
    portal: Open, settings: Path, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-[x]", "end_user_order_number": "EU-1"})
        typed = clerk.typed()
        await chooses_english(clerk)
        await clerk.until(lambda: clerk.sees("Place order") and clerk.typed() == typed, "as typed")
        assert clerk.sees("159813 - テスト株式会社")
        await clerk.until(lambda: clerk.said("#order-total").startswith("Total"))


async def test_quantities_and_ticks_are_still_there_in_the_other_language(portal: Open, settings: Path) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "3")
        clerk.app.screen.query_one("#plan-monthly", Checkbox).value = True
        await clerk.until(lambda: clerk.field(f"quantity.{MONTHLY}").display)
        await chooses_english(clerk)
        await clerk.until(lambda: clerk.sees("Add to cart") and clerk.value(f"quantity.{ANNUAL}") == "3")
        await clerk.until(lambda: clerk.field(f"quantity.{MONTHLY}").display, "the ticked plan")


async def test_the_tab_that_is_open_stays_open(portal: Open, settings: Path) -> None:
    async with portal(places.Results("tab-invoices")) as clerk:
        await clerk.opens_tab("tab-figures")
        await chooses_english(clerk)
        await clerk.until(
            lambda: (
                clerk.app.screen.query_one(TabbedContent).active == "tab-figures"
                and clerk.sees("There are no orders yet")
            )
        )


async def test_a_sheet_that_was_mended_is_still_there_in_the_other_language(
    portal: Open, settings: Path, tmp_path: Path
) -> None:
    sheet = Path(__file__).with_name("sheets") / "bad.csv"
    async with portal(places.ImportOrders()) as clerk:
        await clerk.types("file", str(sheet))
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.rows("#import-rows").row_count)
        await clerk.settles()
        rows = set(clerk.rows("#import-rows").keys)
        await chooses_english(clerk)
        await clerk.until(lambda: clerk.sees("row") and set(clerk.rows("#import-rows").keys) == rows)


@pytest.mark.parametrize("over", ["dialog", "form"])
async def test_over_a_dialog_or_a_form_the_language_waits_and_says_why(
    over: str, portal: Open, settings: Path, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.OrderCreated(order.id) if over == "dialog" else places.Customers()) as clerk:
        await clerk.presses("ctrl+d" if over == "dialog" else "ctrl+n")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm if over == "dialog" else NewEndUserScreen))
        await opens_settings(clerk)
        assert clerk.one("#language").disabled
        assert clerk.sees("言語は、開いているダイアログや入力画面を閉じると変更できます。")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app.screen, Confirm if over == "dialog" else NewEndUserScreen))
        assert language() == "ja"
        await clerk.presses("ctrl+p")
        await clerk.until(lambda: isinstance(clerk.app.screen, PaletteDialog) and clerk.rows("#palette-found").keys)
        palette = clerk.rows("#palette-found")
        assert not any("English" in palette.texts(key)[0] for key in palette.keys)


async def test_on_a_page_the_settings_say_nothing_of_waiting(portal: Open, settings: Path) -> None:
    async with portal(places.Home()) as clerk:
        await opens_settings(clerk)
        assert not clerk.one("#language").disabled
        assert not clerk.sees("閉じると変更できます")


async def test_what_is_typed_at_the_login_is_still_there_in_the_other_language(
    login_screen: Open, settings: Path
) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus and clerk.sees("stellr-demo"))
        await clerk.types("login", "lucyj@synnex.com")
        await clerk.types("password", "secret")
        await chooses_english(clerk)
        await clerk.until(lambda: clerk.sees("Log in with your e-mail address") and clerk.one("#login").has_focus)
        assert (clerk.value("login"), clerk.value("password")) == ("lucyj@synnex.com", "secret")
        await clerk.until(lambda: clerk.sees("stellr-demo") and clerk.sees("Password"))


async def chooses_english_here(clerk: Clerk) -> None:
    await clerk.chooses("language", "en")
    await clerk.presses("ctrl+s")


async def test_settings_opened_right_behind_an_order_wait_for_the_page_that_it_leads_to(
    portal: Open, settings: Path, desk: Desk, lucy: SignedIn
) -> None:
    """The answer would else show its page in place of the settings, with the old page still below."""
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        clerk.app.screen.query_one("#place-order").focus()
        await clerk.until(lambda: clerk.one("#place-order").has_focus)
        clerk.presses_at_once("enter", "f11")
        await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen))
        assert isinstance(clerk.app.place, places.OrderCreated)
        await chooses_english_here(clerk)
        await clerk.until(lambda: clerk.sees("The order is not complete yet"))
        assert len(clerk.app.screen_stack) == 2


async def test_every_page_that_is_said_anew_looks_as_if_it_had_been_opened_in_that_language(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    """And is English throughout but for what people and the catalogue call things, with nothing cut at 80 columns."""
    a_sent_order(desk, lucy)
    called = everything_called(desk)
    async with portal(places.Home(), size=(80, 24)) as clerk:
        for place in (*EVERY_PAGE, *(places.Results(tab.tab_id) for tab in TABS)):
            use_language("ja")
            clerk.app.typed.clear()
            await clerk.goes(place)
            japanese = await painted_still(clerk)
            clerk.app.speak(Language.ENGLISH)
            english = await painted_still(clerk)
            assert english != japanese or place == places.Portal(), place
            assert [one for one in JAPANESE.findall(english) if one not in called] == [], place
            assert list(cut_off(clerk.app.screen)) == [], place
            clerk.app.typed.clear()
            clerk.app.go(place)
            assert await painted_still(clerk) == english, place


def everything_called(desk: Desk) -> str:
    """All text of the order book and of the catalogue."""
    with desk.store.reading() as session:
        rows = [row for table in Table.metadata.sorted_tables for row in session.execute(select(table))]
    return f"{rows} {data_path('catalog.toml').read_text(encoding='utf-8')}"


def cut_off(screen: Screen[Any]) -> Iterator[str]:
    """Buttons, tabs, headings and words in one line that are wider than their place, or stand beyond the edge."""
    for one in screen.walk_children(Widget):
        if not one.is_on_screen or one.id == "breadcrumb":
            continue
        if isinstance(one, Button | Tab):
            said = str(one.label) if isinstance(one, Button) else one.label_text
            if cell_len(said) > one.size.width * one.size.height or one.region.right > screen.size.width:
                yield said
        elif isinstance(one, Words) and one.styles.text_wrap == "nowrap":
            if cell_len(str(one.content)) > one.content_size.width or one.region.right > screen.size.width:
                yield str(one.content)
        elif isinstance(one, Rows):
            for column in one.ordered_columns:
                yield from (line for line in str(column.label).split("\n") if line.endswith(ELLIPSIS))


async def painted_still(clerk: Clerk) -> str:
    """What is painted once that does not change any more: a chart is drawn a moment after it has its place."""
    painted = ["", "-", "--"]
    while len(set(painted[-3:])) > 1:
        await clerk.until(lambda: clerk.app.screen.is_mounted)
        await clerk.settles()
        await clerk.pilot.pause(0.05)
        painted.append(clerk.painted())
    return painted[-1]

"""What was typed is never lost unasked: it is kept where one comes back, or one dialog asks before it goes."""

import pytest

from screens.change import ChangeWizard
from screens.change_contact import ChangeContact
from screens.edit_end_user import EditEndUserScreen
from screens.import_orders import ImportOrdersPage
from screens.one_line import OneLine
from screens.settings import SettingsScreen
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import waiting_changes
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.drafts import list_drafts
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.settings import read_settings
from stellr_tui.widgets import places
from stellr_tui.widgets.unsaved import Unsaved, UnsavedAtTheEnd
from tests.desk.office import ANNUAL
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import END_USER, fill_end_user, fill_order
from tests.screens.test_changes import ten_monthly_seats
from tests.screens.test_import_orders import SHEETS, reads
from tests.screens.test_pressed_twice import slow
from tests.spoken import spoken


async def is_asked(clerk: Clerk) -> None:
    await clerk.until(lambda: isinstance(clerk.app.screen, Unsaved) and clerk.one("#stay"), "the question")


async def quits(clerk: Clerk) -> str:
    """Ctrl+Q, and what is asked before it does so."""
    await clerk.presses("ctrl+q")
    await clerk.until(lambda: isinstance(clerk.app.screen, UnsavedAtTheEnd) and clerk.one("#stay"), "the question")
    return clerk.said("#unsaved-words")


async def is_gone(clerk: Clerk) -> None:
    """Wait until the app has ended."""
    for _look in range(3000):
        if not clerk.app.is_running:
            return
        await clerk.pilot.pause(0.01)
    raise AssertionError("the app did not end")


async def edits(clerk: Clerk) -> None:
    """編集 of the end user that is shown."""
    await clerk.clicks("#edit")
    await clerk.until(lambda: isinstance(clerk.app.screen, EditEndUserScreen) and clerk.value("company"))
    await clerk.settles()


async def opens_change(clerk: Clerk) -> None:
    await clerk.presses("plus")
    await clerk.until(lambda: clerk.one("#seats").has_focus)


async def test_a_change_that_was_typed_is_left_only_after_asking(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number)) as clerk:
        await opens_change(clerk)
        await clerk.presses("5", "escape")
        await is_asked(clerk)
        await clerk.until(lambda: clerk.one("#stay").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard) and clerk.one("#seats").has_focus)
        assert clerk.value("seats") == "5"
        await clerk.presses("escape")
        await is_asked(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard))
        await clerk.presses("escape")
        await is_asked(clerk)
        await clerk.clicks("#throw-away")
        await clerk.arrives(places.SubscriptionPage(number))
        assert not waiting_changes(desk, lucy, number)


async def test_where_nothing_was_typed_escape_leaves_at_once(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number)) as clerk:
        await opens_change(clerk)
        await clerk.presses("5", "backspace", "escape")
        await clerk.arrives(places.SubscriptionPage(number))


async def test_escape_right_behind_what_is_typed_asks_too(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number)) as clerk:
        await opens_change(clerk)
        clerk.presses_at_once("5", "escape")
        await is_asked(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChangeWizard))
        assert clerk.value("seats") == "5"


async def test_while_a_change_is_sent_it_is_too_late_to_leave(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = ten_monthly_seats(desk, lucy)
    async with portal(places.SubscriptionPage(number)) as clerk:
        await opens_change(clerk)
        await clerk.presses("5")
        await clerk.settles()
        with slow(desk) as go_on:
            await clerk.clicks("#send-change")
            await clerk.until(lambda: clerk.app.screen._deciding)  # type: ignore[attr-defined]
            await clerk.presses("escape")
            assert isinstance(clerk.app.screen, ChangeWizard)
            go_on()
            await clerk.until(lambda: not isinstance(clerk.app.screen, ChangeWizard))
        assert len(waiting_changes(desk, lucy, number)) == 1


async def test_a_new_contact_and_a_line_that_is_asked_for_are_left_only_after_asking(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await clerk.presses("escape")
        await clerk.until(lambda: not isinstance(clerk.app.screen, ChangeContact))
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await clerk.types("contact.name", "佐藤花子")
        await clerk.presses("escape")
        await is_asked(clerk)
        await clerk.clicks("#throw-away")
        await clerk.until(lambda: clerk.app.screen.query("#order-form"))
        await clerk.goes(POCKETALK)
        await clerk.types(f"quantity.{ANNUAL}", "7")
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: isinstance(clerk.app.screen, OneLine) and clerk.one("#selection-name").has_focus)
        await clerk.presses("a", "escape")
        await is_asked(clerk)


@pytest.mark.usefixtures("settings")
async def test_settings_are_saved_or_thrown_away_or_gone_on_with(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        theme = clerk.app.theme
        for end in ("#throw-away", "#save-unsaved"):
            await clerk.presses("f11")
            await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen) and clerk.one("#language").has_focus)
            await clerk.types("theme", "light")
            await clerk.types("po_pattern", "PO-{nnn}")
            await clerk.until(lambda: clerk.app.theme != theme)
            await clerk.presses("escape")
            await is_asked(clerk)
            await clerk.presses("escape")
            await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen))
            assert clerk.value("po_pattern") == "PO-{nnn}"
            await clerk.presses("escape")
            await is_asked(clerk)
            await clerk.clicks(end)
            await clerk.until(lambda: clerk.app.place == places.Home() and clerk.app.screen.query("#vendor-pocketalk"))
            assert (clerk.app.theme == theme) == (end == "#throw-away")
            kept = read_settings().settings.po_pattern
            assert kept == ("" if end == "#throw-away" else "PO-{nnn}")


async def test_the_program_ends_only_after_asking_and_names_where_something_was_typed(portal: Open) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await edits(clerk)
        await clerk.types("microsoft_id", "MS-7")
        await clerk.presses("escape")
        await clerk.arrives(places.EndUserPage(CUSTOMER))
        await clerk.goes(places.Customers())
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        said = await quits(clerk)
        assert "オーダー > 新規エンドユーザーを追加" in said
        assert f"顧客管理 > {CUSTOMER} > 編集" in said
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.screen.query("#company"))
        assert clerk.typed()["company"] == END_USER["company"]
        # What was left, and is kept as long as the program runs, is lost with it as well.
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        assert "新規エンドユーザーを追加" in await quits(clerk)
        await clerk.clicks("#throw-away")
        await is_gone(clerk)


async def test_what_was_typed_right_before_the_program_is_to_end_counts(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        clerk.presses_at_once("7", "ctrl+q")
        await is_asked(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.value("company") == "7")


async def test_the_key_to_end_held_down_loses_nothing(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "株式会社七")
        clerk.presses_at_once(*["ctrl+q"] * 10)
        await is_asked(clerk)
        await clerk.settles()
        assert clerk.app.is_running
        assert len([one for one in clerk.app.screen_stack if isinstance(one, Unsaved)]) == 1


async def test_what_is_proposed_searched_or_stored_is_not_asked_about(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 3)])
    async with portal(POCKETALK) as clerk:
        await clerk.until(lambda: clerk.value(f"quantity.{ANNUAL}") == "3")
        await clerk.goes(places.NewOrder())
        await clerk.goes(places.Customers())
        await clerk.types_into("#search", "テスト")
        await clerk.goes(places.Results("tab-subscriptions"))
        await clerk.types("as_of", "2024-03-01")
        await clerk.goes(places.Customers())
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.app.screen.query("#end-users"))
        await clerk.settles()
        assert clerk.app.unsaved_places() == ()
        await clerk.presses("ctrl+q")
        await is_gone(clerk)


async def test_an_order_is_kept_as_it_is_typed_and_not_asked_about(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "7")
        assert clerk.app.unsaved_places() == ()
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.NewOrder())
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.opens_new_end_user()
        await clerk.types("company", "株式会社七")
        assert clerk.app.unsaved_places() == ()
        await clerk.presses("ctrl+q")
        await is_gone(clerk)
    [draft] = list_drafts(desk, lucy)
    assert draft.total


async def test_a_sheet_that_was_mended_is_asked_about_and_one_that_was_only_read_is_not(portal: Open) -> None:
    async with portal(places.ImportOrders(), size=(120, 40)) as clerk:
        await reads(clerk, SHEETS / "bad.csv")
        assert isinstance(clerk.app.screen, ImportOrdersPage)
        await clerk.goes(places.Home())
        await clerk.goes(places.ImportOrders())
        assert clerk.app.unsaved_places() == ()
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#cell-seats").has_focus)
        await clerk.presses("ctrl+u", "8")
        assert clerk.app.unsaved_places() == (f"{spoken('ホーム')} > {spoken('シートからオーダー')}",)
        await clerk.goes(places.Home())
        assert clerk.app.unsaved_places() == (f"{spoken('ホーム')} > {spoken('シートからオーダー')}",)


async def test_signing_out_asks_before_it_forgets(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "株式会社七")
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.goes(places.Portal())
        await clerk.presses("ctrl+l")
        await is_asked(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#tile-stellr").has_focus)
        await clerk.presses("ctrl+l")
        await is_asked(clerk)
        await clerk.clicks("#throw-away")
        await clerk.until(lambda: clerk.one("#login").has_focus)
        assert not clerk.app.typed and not clerk.app.unsaved


async def test_where_the_question_cannot_be_seen_the_key_is_pressed_once_more(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "株式会社七")
        await clerk.pilot.resize_terminal(20, 5)
        await clerk.presses("ctrl+q")
        await is_asked(clerk)
        await clerk.until(lambda: clerk.sees("もう一度 Ctrl+Q で\n入力を破棄して終了。"))
        assert clerk.sees("80桁24行")
        await clerk.presses("ctrl+q")
        await is_gone(clerk)

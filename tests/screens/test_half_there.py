"""Keys and ways that come while a screen is only half there, or half gone: they wait for it, or do nothing."""

from asyncio import sleep
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Select, TabbedContent

from screens.clock import MoveClock
from screens.confirm import Confirm
from screens.edit_end_user import EditEndUserScreen
from screens.keys import KeysDialog
from screens.login import ContactDialog, LoginScreen
from screens.new_end_user import NewEndUserScreen
from screens.palette import PaletteDialog
from screens.provisioning import ProvisioningWizard
from screens.quick_order import QuickOrderDialog
from screens.rules import RulesDialog
from screens.settings import SettingsScreen
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.restless import scurry
from tests.screens.clerk import Open
from tests.screens.pages import EVERY_PAGE

OPENED: tuple[Callable[[], Screen[Any]], ...] = (
    RulesDialog,
    NewEndUserScreen,
    partial(EditEndUserScreen, CUSTOMER),
    partial(ProvisioningWizard, 2),
    partial(QuickOrderDialog, None),
    partial(MoveClock, "2024-03-11"),
    partial(SettingsScreen, may_speak=True),
    partial(KeysDialog, ()),
    partial(PaletteDialog, (), None),
    partial(Confirm, "?", "!"),
    ContactDialog,
)


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """An order that was sent, one that waits, and a full cart."""
    a_sent_order(desk, lucy)
    an_order(desk, lucy, po_number="second")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])


async def pass_by(turns: int) -> None:
    """Let the event loop go round so often."""
    for _turn in range(turns):
        await sleep(0)


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("place", EVERY_PAGE, ids=str)
async def test_a_page_can_be_left_before_it_stands(portal: Open, place: places.Place) -> None:
    async with portal(places.Home()) as clerk:
        for turns in range(6):
            clerk.app.go(place)
            await pass_by(turns)
            await clerk.goes(places.Home())


async def test_a_form_can_be_left_before_it_stands(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        for turns in range(12):
            clerk.presses_at_once("ctrl+n")
            await pass_by(turns)
            clerk.presses_at_once("escape")
            await clerk.settles()
            if not isinstance(clerk.app.screen, Page):
                await clerk.presses("escape")
            await clerk.goes(places.Customers())


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_list_can_be_turned_before_it_has_opened(portal: Open, key: str) -> None:
    async with portal(places.Home()) as clerk:
        for turns in range(12):
            await clerk.presses("f11")
            select = clerk.app.screen.query(Select).first()
            select.focus()
            await clerk.until(lambda: select.has_focus)  # noqa: B023
            clerk.presses_at_once("enter")
            await pass_by(turns)
            clerk.presses_at_once(key)
            await clerk.settles()
            await clerk.presses("escape", "escape")
            await clerk.until(lambda: isinstance(clerk.app.screen, Page))


@pytest.mark.parametrize("turns", [0, 5, 10, 20, 40])
async def test_a_key_for_the_next_tab_waits_for_the_first_one(portal: Open, turns: int) -> None:
    async with portal(places.Home()) as clerk:
        clerk.presses_at_once("f5")
        await pass_by(turns)
        clerk.presses_at_once("f8")
        await clerk.arrives(places.Results())
        tabs = clerk.app.screen.query_one(TabbedContent)
        await clerk.until(lambda: tabs.active == "tab-subscriptions", "the second tab")


async def test_text_arrives_also_behind_work_that_was_broken_off(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.types_into("#search", "")
        clerk.presses_at_once("end")
        while not clerk.app._is_led:
            await sleep(0)
        for worker in clerk.app.workers:
            worker.cancel()
        clerk.app.break_off()
        await clerk.presses("1")
        await clerk.until(lambda: clerk.one("#search").value == "1")  # type: ignore[attr-defined]


async def test_who_has_signed_out_is_led_nowhere(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        clerk.app.sign_out()
        await clerk.until(lambda: clerk.app.place is None, "signed out")
        clerk.app.go(places.Home())
        clerk.app.come_back_to(places.Home())
        clerk.app.show_again()
        await clerk.until(lambda: isinstance(clerk.app.screen, LoginScreen) and clerk.one("#login").has_focus)
        assert clerk.app.place is None


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("opened", OPENED)
async def test_what_was_opened_in_the_moment_a_page_leads_on_goes_with_it(
    portal: Open, opened: Callable[[], Screen[object]]
) -> None:
    async with portal(places.Home()) as clerk:
        for turns in range(8):
            clerk.app.push_screen(opened())
            await pass_by(turns)
            await clerk.goes(places.Home() if turns % 2 else places.Customers())
            assert len(clerk.app.screen_stack) == 2
            assert isinstance(clerk.app.screen, Page)


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("seed", range(8))
async def test_a_hand_that_does_not_wait_ends_nothing(portal: Open, seed: int) -> None:
    async with portal(places.Home()) as clerk:
        await scurry(clerk.app, clerk.pilot, seed, EVERY_PAGE)
        await clerk.settles()

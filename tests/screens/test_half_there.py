"""Keys and ways that come while a screen is only half there, or half gone: they wait for it, or do nothing."""

import random
from asyncio import sleep

import pytest
from textual.widgets import Select, TabbedContent

from screens.login import LoginScreen
from screens.rules import RulesDialog
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.screens.clerk import Open
from tests.screens.pages import EVERY_PAGE

KEYS = (
    *("tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "space"),
    *(f"f{number}" for number in range(1, 12)),
    *("ctrl+k", "ctrl+n", "ctrl+s", "ctrl+x", "ctrl+r", "ctrl+e", "ctrl+g", "ctrl+d", "ctrl+t", "ctrl+o", "ctrl+l"),
    *("ctrl+p", "ctrl+f", "ctrl+b", "ctrl+right_square_bracket", "a", "1", "/", "escape", "alt+left", "alt+right"),
)


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """An order that was sent, one that waits, and a full cart."""
    a_sent_order(desk, lucy)
    an_order(desk, lucy, po_number="second")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("place", EVERY_PAGE, ids=str)
async def test_a_page_can_be_left_before_it_stands(portal: Open, place: places.Place) -> None:
    async with portal(places.Home()) as clerk:
        for turns in range(6):
            clerk.app.go(place)
            for _turn in range(turns):
                await sleep(0)
            await clerk.goes(places.Home())


async def test_a_form_can_be_left_before_it_stands(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        for turns in range(12):
            clerk.presses_at_once("ctrl+n")
            for _turn in range(turns):
                await sleep(0)
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
            for _turn in range(turns):
                await sleep(0)
            clerk.presses_at_once(key)
            await clerk.settles()
            await clerk.presses("escape", "escape")
            await clerk.until(lambda: isinstance(clerk.app.screen, Page))


@pytest.mark.parametrize("turns", [0, 5, 10, 20, 40])
async def test_a_key_for_the_next_tab_waits_for_the_first_one(portal: Open, turns: int) -> None:
    async with portal(places.Home()) as clerk:
        clerk.presses_at_once("f5")
        for _turn in range(turns):
            await sleep(0)
        clerk.presses_at_once("f8")
        await clerk.arrives(places.Results())
        tabs = clerk.app.screen.query_one(TabbedContent)
        await clerk.until(lambda: tabs.active == "tab-subscriptions", "the second tab")


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
async def test_what_was_opened_in_the_moment_a_page_leads_on_goes_with_it(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        clerk.app.show_rules()
        await clerk.until(lambda: isinstance(clerk.app.screen, RulesDialog))
        await clerk.goes(places.Customers())
        assert [type(one).__name__ for one in clerk.app.screen_stack[1:]] == ["CustomersPage"]


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize("seed", range(8))
async def test_a_hand_that_does_not_wait_ends_nothing(portal: Open, seed: int) -> None:
    chance = random.Random(seed)
    async with portal(places.Home()) as clerk:
        pressed = []
        for _way in range(25):
            if chance.random() < 0.5 and isinstance(clerk.app.screen, Page):
                clerk.app.go(chance.choice(EVERY_PAGE))
            for _turn in range(chance.choice([1, 3, 10, 40])):
                if chance.random() < 0.3:
                    pressed.append(chance.choice(KEYS))
                    clerk.presses_at_once(pressed[-1])
                await sleep(chance.choice([0, 0, 0, 0.001, 0.02]))
                assert clerk.app._exception is None, pressed
        await clerk.settles()

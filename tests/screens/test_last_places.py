"""The last places with back and forward: each page is as it was left, with its focus, its row and its scrolling."""

from asyncio import sleep

import pytest
from textual.containers import VerticalScroll

from screens.palette import PaletteDialog
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order, another_end_user
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.pages import EVERY_PAGE
from tests.screens.test_palette import found, opens, types
from tests.spoken import spoken

BACK, FORWARD = "alt+left", "alt+right"


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """An order that waits, one that was sent, and a full cart."""
    an_order(desk, lucy)
    a_sent_order(desk, lucy, po_number="second")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])


async def presses(clerk: Clerk, key: str, place: places.Place) -> None:
    """A key that leads to a place."""
    await clerk.presses(key)
    await clerk.arrives(place)


async def test_back_and_forward_lead_along_the_places_one_has_been_at(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        for place in (POCKETALK, places.Customers(), places.Results()):
            await clerk.goes(place)
        for place in (places.Customers(), POCKETALK):
            await presses(clerk, BACK, place)
        for place in (places.Customers(), places.Results()):
            await presses(clerk, FORWARD, place)
        await clerk.presses(FORWARD)
        await clerk.settles()
        assert clerk.app.place == places.Results()


async def test_escape_goes_back_along_the_same_places_and_forward_leads_there_again(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.goes(POCKETALK)
        await presses(clerk, "escape", places.Home())
        await presses(clerk, FORWARD, POCKETALK)


async def test_at_the_first_place_back_stays(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        await clerk.presses(BACK)
        await clerk.settles()
        assert clerk.app.place == places.Portal()


async def test_who_goes_elsewhere_has_nothing_ahead_any_more(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.goes(POCKETALK)
        await presses(clerk, BACK, places.Home())
        await clerk.goes(places.Customers())
        await clerk.presses(FORWARD)
        await clerk.settles()
        assert clerk.app.place == places.Customers()


@pytest.mark.usefixtures("business")
async def test_everything_that_can_have_the_focus_has_it_again(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        for place in EVERY_PAGE:
            if place == places.Portal():
                continue
            await clerk.goes(place)
            await clerk.until(lambda: clerk.app.screen.focused is not None, f"a focus on {place}")
            wanted = clerk.app.screen.focus_chain[-1]
            wanted.focus()
            await clerk.until(lambda wanted=wanted: wanted.has_focus)  # type: ignore[misc]  # bound at once
            before = clerk.app.screen
            await clerk.presses(BACK)
            await clerk.until(lambda before=before: clerk.app.screen is not before)  # type: ignore[misc]  # bound at once
            await clerk.settles()
            await presses(clerk, FORWARD, place)
            if wanted.id:
                await clerk.until(
                    lambda wanted=wanted: clerk.one(f"#{wanted.id}").has_focus,  # type: ignore[misc]  # bound at once
                    f"the focus at {wanted} of {place}, which is at {clerk.app.screen.focused}",
                )


async def test_the_row_and_what_was_searched_are_as_they_were(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    for number in range(3):
        another_end_user(desk, lucy, f"株式会社{number}")
    async with portal(places.Customers()) as clerk:
        await clerk.types_into("#search", "株式会社")
        await clerk.presses("enter", "down")
        current = clerk.rows("#end-users").current
        await clerk.goes(places.Home())
        await presses(clerk, BACK, places.Customers())
        await clerk.until(lambda: clerk.rows("#end-users").has_focus and clerk.rows("#end-users").current == current)
        assert clerk.one("#search").value == "株式会社"  # type: ignore[attr-defined]


async def test_two_pages_of_one_kind_are_each_as_they_were_left(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    first = a_sent_order(desk, lucy).contracts[0].number
    second = a_sent_order(desk, lucy, po_number="second").contracts[0].number
    async with portal(places.SubscriptionPage(first), size=(80, 24)) as clerk:

        def scrolled() -> float:
            return clerk.app.screen.query_one("#page", VerticalScroll).scroll_y

        await clerk.presses("pagedown")
        await clerk.until(lambda: scrolled() > 0)
        left = scrolled()
        await clerk.goes(places.SubscriptionPage(second))
        assert scrolled() == 0
        await presses(clerk, BACK, places.SubscriptionPage(first))
        await clerk.until(lambda: scrolled() == left)
        await presses(clerk, FORWARD, places.SubscriptionPage(second))
        await clerk.until(lambda: clerk.one("#page").has_focus)
        assert scrolled() == 0


@pytest.mark.parametrize("left_for", [places.Home(), places.Results()])
async def test_a_page_that_goes_while_it_is_to_be_as_it_was_does_no_harm(portal: Open, left_for: places.Place) -> None:
    async with portal(left_for) as clerk:
        await clerk.goes(places.Storefront())
        await clerk.goes(places.Customers())
        await presses(clerk, BACK, places.Storefront())
        page = clerk.app.screen
        assert isinstance(page, Page)
        assert page.is_as_left
        clerk.app.go(left_for)
        in_parts = False
        while page.is_attached:
            in_parts = in_parts or not page.query("#page")
            page._scroll_back()  # the next page does this, behind its own frame
            await sleep(0)
        assert in_parts
        await clerk.arrives(left_for)


async def test_a_tab_is_open_again_that_was_not_the_one_the_place_names(portal: Open) -> None:
    async with portal(places.Results("tab-waiting")) as clerk:
        await clerk.opens_tab("tab-invoices")
        await clerk.goes(places.Home())
        await presses(clerk, BACK, places.Results("tab-waiting"))
        await clerk.until(lambda: clerk.one("#tab-invoices").display)


async def test_a_page_gone_to_anew_begins_where_it_begins(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        clerk.one("#rules").focus()
        await clerk.until(lambda: clerk.one("#rules").has_focus)
        await clerk.goes(places.Home())
        await clerk.goes(POCKETALK)
        await clerk.until(lambda: clerk.control(f"quantity.{ANNUAL}").has_focus)


async def test_keys_right_behind_go_to_what_has_the_focus_again(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.presses("ctrl+f")
        await clerk.until(lambda: clerk.one("#search").has_focus)
        await clerk.goes(places.Home())
        clerk.presses_at_once(BACK, "1", "5")
        await clerk.until(lambda: clerk.one("#search").value == "15")  # type: ignore[attr-defined]


async def test_who_acts_on_the_page_is_not_taken_back_any_more(portal: Open) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        clerk.one("#edit").focus()
        await clerk.until(lambda: clerk.one("#edit").has_focus)
        await clerk.goes(places.Home())
        await presses(clerk, BACK, places.EndUserPage(CUSTOMER))
        await clerk.until(lambda: clerk.one("#edit").has_focus)
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#add-subscription").has_focus)
        page = clerk.app.screen
        assert isinstance(page, Page)
        page.load()
        await clerk.settles()
        assert clerk.one("#add-subscription").has_focus


async def test_the_palette_names_the_last_places_and_leads_back(portal: Open) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        clerk.one("#to-subscriptions").focus()
        await clerk.until(lambda: clerk.one("#to-subscriptions").has_focus)
        await clerk.goes(POCKETALK)
        await clerk.goes(places.Home())
        await opens(clerk)
        await types(clerk, spoken("最近の場所"))
        assert found(clerk) == [
            "ベンダーカタログ > ポケットーク for BUSINESS 同時通訳",
            "顧客管理 > テスト株式会社 > エンドユーザー情報",
        ]
        await clerk.presses("down", "enter")
        await clerk.arrives(places.EndUserPage(CUSTOMER))
        await clerk.until(lambda: clerk.one("#to-subscriptions").has_focus)
        await presses(clerk, BACK, places.Home())


async def test_who_signs_in_next_has_no_places_of_the_one_before(portal: Open, lucy: SignedIn) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.goes(places.Portal())
        await clerk.presses("ctrl+l")
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.is_let_in(lucy)
        for key in (BACK, FORWARD):
            await clerk.presses(key)
        await clerk.settles()
        assert clerk.app.place == places.Portal()
        await clerk.goes(places.Home())
        await opens(clerk)
        assert isinstance(clerk.app.screen, PaletteDialog)
        await types(clerk, spoken("最近の場所"))
        assert found(clerk) == ["ECNex"]

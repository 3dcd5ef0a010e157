"""Everything is reached by the keyboard, and everything one can point to has a stable id."""

import re
from collections import Counter

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Select, TabbedContent, Tabs

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.texts import use_language
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.pages import EVERY_PAGE


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """An order that waits, one that was sent, and a full cart."""
    an_order(desk, lucy)
    a_sent_order(desk, lucy, po_number="second")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])


SHARED = ("app.quit", "field.explain")
"""What is one thing in several places."""


def bindings_without_id(screen: Screen[object]) -> list[str]:
    """Our own bindings, of the screen, of its widgets and of the app, that have no id."""
    owners = [screen.app, screen, *screen.walk_children()]
    return [
        f"{type(owner).__name__} {binding.key}"
        for owner in owners
        for kind in type(owner).__mro__
        if kind.__module__.startswith(("screens", "stellr_tui"))
        for binding in kind.__dict__.get("BINDINGS", ())
        if not (isinstance(binding, Binding) and binding.id)
    ]


def focusable_without_id(screen: Screen[object]) -> list[Widget]:
    """Widgets that can have the focus and no id; what Textual makes a widget of belongs to that, which has one."""
    return [
        widget
        for widget in screen.walk_children(Widget)
        if widget.focusable
        and not widget.id
        and not (isinstance(widget.parent, TabbedContent | Select) and widget.parent.id)
    ]


def repeated_ids(screen: Screen[object]) -> list[str]:
    """Ids that stand for more than one thing; what Textual makes a list to choose from of belongs to that."""
    ours = (widget for widget in screen.walk_children() if not any(isinstance(one, Select) for one in widget.ancestors))
    counted = Counter(widget.id for widget in ours if widget.id)
    return [name for name, times in counted.items() if times > 1]


def is_sound(screen: Screen[object]) -> None:
    assert bindings_without_id(screen) == []
    assert focusable_without_id(screen) == []
    assert repeated_ids(screen) == []


@pytest.mark.usefixtures("business")
async def test_bindings_and_widgets_of_every_page_have_ids_of_their_own(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        for place in EVERY_PAGE:
            await clerk.goes(place)
            is_sound(clerk.app.screen)


async def test_bindings_and_widgets_of_the_login_have_ids_of_their_own(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        is_sound(clerk.app.screen)
        await clerk.clicks("#contact")
        await clerk.until(lambda: clerk.app.screen.query("#contact-address"))
        is_sound(clerk.app.screen)


@pytest.mark.usefixtures("business")
async def test_bindings_and_widgets_of_the_forms_and_dialogs_have_ids_of_their_own(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.presses("ctrl+n", "ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        is_sound(clerk.app.screen)
        await clerk.presses("escape")
        await clerk.goes(POCKETALK)
        for key, inside in (("f1", "#explanation-words"), ("ctrl+g", "#selection-name"), ("ctrl+o", "#no-selections")):
            await clerk.presses(key)
            await clerk.until(lambda inside=inside: clerk.app.screen.query(inside))  # type: ignore[misc]  # bound at once
            is_sound(clerk.app.screen)
            await clerk.presses("escape")
            await clerk.until(lambda: clerk.app.screen.query("#selection-form"))
        await clerk.clicks("#rules")
        await clerk.until(lambda: clerk.app.screen.query("#rules-words"))
        is_sound(clerk.app.screen)
        await clerk.presses("escape")
        await clerk.opens_wizard(1)
        is_sound(clerk.app.screen)


def test_an_id_stands_for_one_key_for_one_thing_in_one_place() -> None:
    from stellr_tui.app import StellrApp

    kinds = {StellrApp, *descendants(Widget)}
    named = {
        (binding.id, kind, binding.key, binding.description)
        for kind in kinds
        if kind.__module__.startswith(("screens", "stellr_tui"))
        for binding in kind.__dict__.get("BINDINGS", ())
    }
    ids = Counter(name for name, *_ in named)
    assert ids
    assert [name for name, times in ids.items() if times > 1 and name not in SHARED] == []
    assert all(re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", name) for name in ids)


def descendants(kind: type[Widget]) -> set[type[Widget]]:
    return {one for child in kind.__subclasses__() for one in {child, *descendants(child)}}


@pytest.mark.usefixtures("business")
async def test_tab_walks_through_everything_a_page_can_do_and_comes_round(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        for place in EVERY_PAGE:
            await clerk.goes(place)
            await clerk.until(lambda: clerk.app.screen.focused is not None, f"a focus on {place}")
            await walk_round(clerk)


async def walk_round(clerk: Clerk) -> None:
    """Press Tab as often as there are things to focus."""
    screen = clerk.app.screen
    chain = list(screen.focus_chain)
    met = []
    for _step in chain:
        focused = screen.focused
        met.append(focused)
        await clerk.presses("tab")
        await clerk.until(lambda before=focused: screen.focused is not before or len(chain) == 1)  # type: ignore[misc]  # bound at once
    assert set(met) == set(chain)
    assert screen.focused is met[0]
    buttons = screen.query("#page Button, #actions Button")
    assert {one for one in buttons if one.is_on_screen and one.focusable} <= set(chain)


async def test_the_keys_f2_to_f6_lead_to_every_area(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        for key, place in (
            ("f3", places.VendorCatalog()),
            ("f4", places.Customers()),
            ("f5", places.Results()),
            ("f6", places.Storefront()),
            ("f2", places.Home()),
        ):
            await clerk.presses(key)
            await clerk.arrives(place)


async def test_the_manuals_order_from_the_login_to_manual_provisioning_by_keys_alone(login_screen: Open) -> None:
    async with login_screen(size=(80, 24)) as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.presses(*"lucyj@synnex.com", "enter", *"stellr-demo", "enter")
        await clerk.arrives(places.Portal())
        await clerk.presses("enter")
        await clerk.arrives(places.Home())
        await clerk.until(lambda: clerk.one("#vendor-pocketalk").has_focus)
        await clerk.presses("enter")
        await clerk.arrives(POCKETALK)
        await clerk.until(lambda: clerk.control(f"quantity.{ANNUAL}").has_focus)
        await clerk.presses("1", "ctrl+s")
        await clerk.arrives(places.NewOrder())
        await clerk.until(lambda: clerk.one("#end-user").has_focus)
        await clerk.presses(*"159813")
        await clerk.until(lambda: clerk.is_seen(clerk.one("#end-user-matches")))
        await clerk.settles()
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.value("end_user") == "159813")
        await reach(clerk, "#po-number")
        await clerk.presses(*"sourcenexttest", "ctrl+s")
        await clerk.arrives(places.OrderCreated(1))
        assert clerk.sees("オーダーはまだ完了していません")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.value("given_name") == "テスト太郎")
        await reach(clerk, "#family-name")
        await clerk.presses(*"Taro", "ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.current_step() == "step-3")
        assert clerk.sees("2024-03-20")
        await reach(clerk, "#send")
        await clerk.presses("enter")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        for words in ("81766", "¥24,710", "Manual Provisioning", "New 1 Seat 24/03/21", "2024/03/21 ~ 2025/03/20"):
            assert clerk.sees(words)


async def reach(clerk: Clerk, selector: str) -> None:
    """Walk there with Tab."""
    for _step in clerk.app.screen.focus_chain:
        if clerk.one(selector).has_focus:
            return
        await clerk.presses("tab")
    assert clerk.one(selector).has_focus


async def test_the_tiles_are_walked_with_the_arrow_keys(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.until(lambda: clerk.one("#vendor-pocketalk").has_focus)
        await clerk.presses("left")
        await clerk.until(lambda: clerk.one("#vendor-money-forward").has_focus)
        await clerk.presses("right")
        await clerk.until(lambda: clerk.one("#vendor-pocketalk").has_focus)


async def test_every_tab_is_reached_with_the_arrow_keys(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        tabs = clerk.app.screen.query_one(Tabs)
        tabs.focus()
        tabbed = clerk.app.screen.query_one(TabbedContent)
        seen = [tabbed.active]
        for _tab in range(4):
            await clerk.presses("right")
            await clerk.until(lambda: tabbed.active not in seen)
            seen.append(tabbed.active)
        assert seen == ["tab-contracts", "tab-numbers", "tab-services", "tab-terms", "tab-storefront"]


TABS_AND_WHAT_TAKES_THE_KEYS = [
    ("tab-numbers", "orders"),
    ("tab-services", None),
    ("tab-terms", "terms-scroll"),
    ("tab-storefront", "storefront-access"),
    ("tab-contracts", "subscriptions"),
]


async def test_every_tab_is_opened_with_f8_and_with_f7_whatever_has_the_focus(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        clerk.one("#filter").focus()
        tabbed = clerk.app.screen.query_one(TabbedContent)
        for key, tabs in (("f8", TABS_AND_WHAT_TAKES_THE_KEYS), ("f7", TABS_AND_WHAT_TAKES_THE_KEYS[-2::-1])):
            for tab, control in tabs:
                await clerk.presses(key)
                await clerk.until(lambda tab=tab: tabbed.active == tab, tab)  # type: ignore[misc]  # bound at once
                focused = clerk.one(f"#{control}") if control else clerk.app.screen.query_one(Tabs)
                await clerk.until(lambda one=focused: one.has_focus, f"{focused} has the focus")  # type: ignore[misc]


async def test_a_search_is_reached_by_a_key(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.presses("ctrl+f")
        await clerk.until(lambda: isinstance(clerk.app.screen.focused, Input))


async def test_the_keys_of_the_tabs_are_named_in_english_on_an_english_screen(portal: Open) -> None:
    use_language("en")
    async with portal(places.Results()) as clerk:
        await clerk.until(lambda: clerk.sees("f7f8 tabs"))

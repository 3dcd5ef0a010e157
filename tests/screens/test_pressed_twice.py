"""Keys that come too quickly, and pages that are left while their question is under way, do no harm."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from textual.events import MouseDown, MouseUp
from textual.screen import Screen
from textual.widget import Widget

from screens.clock import MoveClock
from screens.new_end_user import NewEndUserScreen
from screens.order import OrderPage
from screens.order_created import OrderCreatedPage
from screens.quick_order import QuickOrderDialog
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import orders_of, read_order
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from stellr_tui.widgets.form import TextField
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import END_USER, fill_end_user, fill_order
from tests.screens.pages import EVERY_PAGE


@contextmanager
def slow(desk: Desk) -> Iterator[Callable[[], None]]:
    """Every writing transaction waits, as if the order book were far away; gives what lets it go on."""
    with ExitStack() as busy:
        busy.enter_context(desk.store.writing())
        yield busy.close


async def test_placing_an_order_twice_at_once_is_one_order(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        clerk.presses_at_once("ctrl+s", "ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        await clerk.settles()
        assert len(orders_of(desk, lucy, CUSTOMER)) == 1
        assert clerk.notices() == ""


async def test_pressing_the_button_again_while_the_order_is_placed_is_one_order(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        with slow(desk) as go_on:
            await clerk.clicks("#place-order")
            await clerk.presses("enter", "enter", "ctrl+s")
            go_on()
            await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        await clerk.settles()
        assert len(orders_of(desk, lucy, CUSTOMER)) == 1


async def on_the_last_step(clerk: Clerk, order_id: int) -> None:
    await clerk.opens_wizard(order_id)
    await clerk.types("family_name", "太郎")
    for step in ("step-2", "step-3"):
        await clerk.presses("ctrl+s")
        await clerk.until(lambda step=step: clerk.current_step() == step)  # type: ignore[misc]  # bound at once
    await clerk.settles()


def click_at(widget: Widget) -> tuple[MouseDown, MouseUp]:
    """A button of the mouse down and up where a widget stands, as it comes from the terminal at this moment."""
    x, y = widget.region.offset
    return MouseDown(None, x + 2, y, 0, 0, 1, False, False, False), MouseUp(
        None, x + 2, y, 0, 0, 1, False, False, False
    )


async def test_two_quick_clicks_lead_one_step_on_and_send_nothing(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.types("family_name", "太郎")
        for step in ("step-2", "step-3"):
            await clerk.until(lambda: not clerk.one("#forward").has_class("-active"))
            # Quick by the clock of the terminal, and yet the step has come between the two.
            two = [click_at(clerk.one("#forward")), click_at(clerk.one("#forward"))]
            for click in two:
                for event in click:
                    assert clerk.app._driver is not None
                    clerk.app._driver.send_message(event)
                await clerk.until(lambda step=step: clerk.current_step() == step)  # type: ignore[misc]
                await clerk.settles()
            assert clerk.current_step() == step
        assert read_order(desk, lucy, order.id).contracts[0].status == Status.PO_CREATED


def sent_times(desk: Desk, lucy: SignedIn, number: int) -> int:
    from stellr_tui.desk.subscriptions import subscription

    return sum(event.kind == "sent" for event in subscription(desk, lucy, number).history)


async def test_sending_twice_at_once_is_one_order_and_leads_to_the_contracts(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await on_the_last_step(clerk, order.id)
        clerk.presses_at_once("ctrl+x", "ctrl+x", "enter")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        assert sent_times(desk, lucy, order.contracts[0].number) == 1
        assert len(orders_of(desk, lucy, CUSTOMER)) == 1


async def test_cancelling_while_the_order_is_sent_leaves_a_page_and_one_order(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await on_the_last_step(clerk, order.id)
        with slow(desk) as go_on:
            await clerk.presses("ctrl+x", "escape", "escape")
            go_on()
            await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        await clerk.settles()
        assert isinstance(clerk.app.screen, Page)
        assert sent_times(desk, lucy, order.contracts[0].number) == 1
        assert orders_of(desk, lucy, CUSTOMER)[0].contracts[0].status == Status.PROVISIONING


async def test_saving_an_end_user_twice_at_once_is_one_end_user(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        clerk.presses_at_once("ctrl+s", "ctrl+s")
        await clerk.arrives(places.Customers())
        assert len(search_end_users(desk, lucy).rows) == 2


async def test_cancelling_while_an_end_user_is_saved_leaves_the_page_below(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        with slow(desk) as go_on:
            await clerk.presses("ctrl+s", "escape")
            go_on()
            await clerk.until(lambda: not isinstance(clerk.app.screen, NewEndUserScreen))
        await clerk.settles()
        assert isinstance(clerk.app.screen, Page)
        assert len(search_end_users(desk, lucy).rows) == 2


@pytest.mark.parametrize("keys", [("escape", "escape"), ("escape", "escape", "escape")], ids=len)
async def test_leaving_a_dialog_twice_at_once_leaves_only_the_dialog(portal: Open, keys: tuple[str, ...]) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.goes(POCKETALK)
        await clerk.clicks("#rules")
        await clerk.until(lambda: clerk.app.screen.query("#rules-today"))
        clerk.presses_at_once(*keys)
        await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        await clerk.settles()
        assert isinstance(clerk.app.screen, Page)


async def test_leaving_a_dialog_while_its_question_is_under_way(portal: Open, desk: Desk) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.goes(POCKETALK)
        for _time in range(5):
            clerk.presses_at_once("f1")
            await clerk.until(lambda: not isinstance(clerk.app.screen, Page))
            clerk.presses_at_once("escape")
            await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        await clerk.settles()
        assert clerk.app._places[-1] == POCKETALK


async def test_leaving_a_page_while_its_questions_are_under_way(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        for place in EVERY_PAGE * 2:
            clerk.app.go(place)
            await clerk.pilot.pause()
            clerk.app.go(places.VendorCatalog())
            await clerk.pilot.pause()
        await clerk.arrives(places.VendorCatalog())
        assert clerk.notices() == ""


@pytest.mark.parametrize(("key", "dialog"), [("ctrl+k", QuickOrderDialog), ("f9", MoveClock)])
async def test_what_is_opened_right_behind_an_order_opens_over_the_page_that_it_leads_to(
    portal: Open, desk: Desk, lucy: SignedIn, key: str, dialog: type[Screen[object]]
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        order_page = clerk.app.screen
        assert isinstance(order_page, OrderPage)
        clerk.one("#place-order").focus()
        await clerk.until(lambda: clerk.one("#place-order").has_focus)
        with slow(desk) as go_on:
            clerk.presses_at_once("enter", key, *"99")
            await clerk.until(lambda: order_page.is_asking("place-order"), "the order being placed")
            go_on()
            await clerk.until(lambda: isinstance(clerk.app.screen, dialog), "what was opened")
        await clerk.until(lambda: clerk.app.screen.query_one(TextField).value == "99", "what was typed into it")
        assert isinstance(clerk.app.screen_stack[-2], OrderCreatedPage)
        assert len(clerk.app.screen_stack) == 3


@pytest.mark.parametrize(("key", "dialog"), [("ctrl+k", QuickOrderDialog), ("f9", MoveClock)])
async def test_what_is_opened_twice_at_once_is_open_once(portal: Open, key: str, dialog: type[Screen[object]]) -> None:
    async with portal(places.Home()) as clerk:
        clerk.presses_at_once(key, key)
        await clerk.until(lambda: isinstance(clerk.app.screen, dialog))
        await clerk.settles()
        assert len(clerk.app.screen_stack) == 3


async def test_walking_through_the_pages_as_fast_as_keys_come(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        clerk.presses_at_once(*("f3", "f4", "f5", "f6", "f2", "f4", "escape", "escape") * 3, "f5")
        await clerk.arrives(places.Results())
        assert isinstance(clerk.app.screen, Page)


async def test_threads_never_touch_a_widget(
    portal: Open, desk: Desk, lucy: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads may only post messages: nothing of a widget is refreshed, updated or asked for from outside the loop."""
    loop = threading.current_thread()
    strangers: list[str] = []
    for name in ("refresh", "query", "query_one", "mount", "focus", "notify", "set_class", "remove"):
        monkeypatch.setattr(Widget, name, watched(getattr(Widget, name), name, loop, strangers))
    order = a_sent_order(desk, lucy)
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.Home()) as clerk:
        for place in EVERY_PAGE:
            await clerk.goes(place)
        await clerk.goes(places.NewOrder())
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+s")
        await clerk.comes_back_to(OrderCreatedPage)
        await clerk.settles()
        await clerk.goes(places.Customers())
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.Customers())
        await on_the_last_step(clerk, order.id + 1)
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
    assert strangers == []


def watched(method: Callable[..., Any], name: str, loop: threading.Thread, strangers: list[str]) -> Callable[..., Any]:
    """The method, which notes whoever calls it from another thread."""

    def called(self: Widget, *given: Any, **more: Any) -> Any:
        if threading.current_thread() is not loop:
            strangers.append(f"{name} of {type(self).__name__} from {threading.current_thread().name}")
        return method(self, *given, **more)

    return called

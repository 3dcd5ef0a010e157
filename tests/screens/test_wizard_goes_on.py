"""The provisioning wizard opens at the step at which it was left, however the session before ended."""

from dataclasses import replace

import pytest

from screens.order_created import OrderCreatedPage
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import read_order
from stellr_tui.desk.provisioning import keep_details
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from tests.desk.office import DETAILS, an_order
from tests.screens.clerk import Clerk, Open

FOCUS = {"step-2": "#forward", "step-3": "#step-3"}


async def goes_on_to(clerk: Clerk, step: str) -> None:
    """From the first step on."""
    await clerk.types("family_name", "太郎")
    for one in ("step-2", "step-3"):
        await clerk.presses("ctrl+s")
        await clerk.until(lambda one=one: clerk.current_step() == one, one)  # type: ignore[misc]  # bound at once
        if one == step:
            await clerk.settles()  # kept, too
            return


@pytest.mark.parametrize("step", ["step-2", "step-3"])
async def test_another_session_goes_on_at_the_step_at_which_the_one_before_ended(
    portal: Open, desk: Desk, lucy: SignedIn, step: str
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await goes_on_to(clerk, step)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        assert clerk.current_step() == step
        assert clerk.one(FOCUS[step]).has_focus
        assert clerk.sees("この内容で送信すると" if step == "step-3" else "Sourcenext サービス")
        await clerk.presses(*["ctrl+b"] * (2 if step == "step-3" else 1))
        await clerk.until(lambda: clerk.current_step() == "step-1" and clerk.value("family_name") == "太郎")


async def test_cancelling_keeps_the_step_and_going_back_is_going_back(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await goes_on_to(clerk, "step-3")
        for step in ("step-3", "step-2", "step-1"):
            await clerk.presses("escape")
            await clerk.comes_back_to(OrderCreatedPage)
            await clerk.opens_wizard(order.id)
            assert clerk.current_step() == step
            await clerk.presses("ctrl+b")


async def test_what_no_longer_passes_is_asked_for_at_the_first_step(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    keep_details(desk, lucy, order.id, replace(DETAILS, phone="not a number"), 2)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.refused_at("phone", "ハイフン")
        assert clerk.current_step() == "step-1"
        assert clerk.value("phone") == "not a number"


async def test_keys_that_lead_there_pressed_too_often_send_nothing(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    keep_details(desk, lucy, order.id, DETAILS, 2)
    async with portal(places.OrderCreated(order.id)) as clerk:
        clerk.presses_at_once(*["ctrl+s"] * 4, *["enter"] * 3)
        await clerk.until(lambda: clerk.current_step() == "step-3" and clerk.one("#step-3").has_focus)
        await clerk.settles()
        await clerk.presses("enter", "space", "ctrl+s")
        await clerk.settles()
        assert clerk.current_step() == "step-3"
        assert read_order(desk, lucy, order.id).contracts[0].status == Status.PO_CREATED

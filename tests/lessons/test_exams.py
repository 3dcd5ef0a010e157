"""The exam of the first lesson: any correct way passes, the right keys with a wrong result do not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stellr_tui.desk.closing import set_clock
from stellr_tui.lessons.attempt import Attempt, Mode
from stellr_tui.lessons.engine import Course, Finished, Lost
from stellr_tui.lessons.intents import Choose, Fill, Intent, Key, Open, Press, Way
from stellr_tui.lessons.shelf import find_scenarios
from tests.lessons.classroom import Room, room

SIGN_IN = (Fill("login", "lucy"), Fill("password", "stellr-demo"), Press("sign-in"), Press("tile-stellr"))
CUSTOMER = (
    Fill("company", "テスト株式会社"),
    Fill("location", "テスト株式会社"),
    Fill("postal-code", "1350001"),
    Fill("address1", "毛利 123 BLDG"),
    Fill("contact-name", "テスト太郎"),
    Fill("contact-phone", "0312345678"),
    Fill("contact-email", "test@yourcompany.com"),
    Key("new-end-user.save"),
)
WIZARD = (
    Fill("given-name", "テスト"),
    Fill("family-name", "太郎"),
    Key("provisioning.forward"),
    Key("provisioning.forward"),
    Key("provisioning.send"),
)


def product(seats: str) -> tuple[Intent, ...]:
    """Into the cart, by way of the catalogue."""
    return (
        Open(Way.VENDOR_CATALOG),
        Choose("vendors", "pocketalk"),
        Fill("quantity-6900990", seats),
        Key("vendor.put-in-cart"),
    )


def order(number: str = "159814") -> tuple[Intent, ...]:
    """For an end user who is searched on the order page."""
    return (Fill("end-user", number), Press("end-user"), Fill("po-number", "sourcenexttest"), Key("order.place"))


@pytest.fixture
async def examined(tmp_path: Path) -> AsyncIterator[tuple[Room, Course]]:
    """The first lesson as an exam, under way."""
    [filed] = find_scenarios(["new-order"])
    async with room(filed, tmp_path) as here:
        yield here, Course(filed.scenario, Mode.TEST, 0.0)


def judged(here: Room, course: Course) -> Attempt:
    """The trainee says that it is done."""
    [finished] = course.done(here.sight.look(), 60.0)
    assert isinstance(finished, Finished)
    return finished.attempt


async def test_it_is_passed_with_the_customer_first_and_then_the_product(examined: tuple[Room, Course]) -> None:
    here, course = examined
    await here.does(*SIGN_IN, Open(Way.CUSTOMERS), Key("customers.new-end-user"), *CUSTOMER)
    await here.does(*product("1"), *order())
    # Left at PO作成, and taken up again from 必要なアクション.
    await here.does(Open(Way.RESULTS), Choose("waiting", "sourcenexttest"), Press("provision"), *WIZARD)
    attempt = judged(here, course)
    assert [one.instead for one in attempt.marks] == ["", "", ""]
    assert (attempt.points, attempt.passed) == (100, True)


async def test_the_right_keys_with_ten_seats_instead_of_one_do_not_pass(examined: tuple[Room, Course]) -> None:
    here, course = examined
    await here.does(*SIGN_IN, *product("10"), Key("order.new-end-user"), *CUSTOMER)
    await here.does(Fill("po-number", "sourcenexttest"), Key("order.place"), Key("order-created.provision"), *WIZARD)
    attempt = judged(here, course)
    assert [one.right for one in attempt.marks] == [True, False, False]
    assert "10" in attempt.marks[1].instead
    assert not attempt.passed


async def test_an_order_sent_on_the_16th_is_lost(examined: tuple[Room, Course]) -> None:
    here, course = examined
    await here.does(*SIGN_IN, *product("1"), Key("order.new-end-user"), *CUSTOMER)
    await here.does(Fill("po-number", "sourcenexttest"), Key("order.place"))
    assert course.look(here.sight.look(), 1.0) == ()
    set_clock(here.world.desk, here.world.filed.scenario.world.today.replace(day=16))
    await here.does(Key("order-created.provision"), *WIZARD)
    lost, finished = course.look(here.sight.look(), 2.0)
    assert isinstance(lost, Lost)
    assert "15" in str(lost.why)
    assert isinstance(finished, Finished)
    assert [one.right for one in finished.attempt.marks] == [True, True, False]
    assert "2024-04-20" in finished.attempt.marks[2].instead
    assert not finished.attempt.passed


async def test_an_order_that_is_only_placed_does_not_pass(examined: tuple[Room, Course]) -> None:
    here, course = examined
    await here.does(*SIGN_IN, *product("1"), Key("order.new-end-user"), *CUSTOMER)
    await here.does(Fill("po-number", "sourcenexttest"), Key("order.place"))
    attempt = judged(here, course)
    assert "納品: -" in attempt.marks[2].instead
    assert not attempt.passed

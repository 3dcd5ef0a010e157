"""The footer is made anew where the keys are others, and at no other time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets._footer import FooterKey

from stellr_tui.app import StellrApp
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.keys import Keys
from tests.waiting import until


class Amount(Input):
    """A field with a key of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "most", "最大", id="test.most")]


class Order(AskingScreen[None]):
    """Two fields with the same keys, and one with one key more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "keep", "保存", id="test.keep"),
        Binding("f3", "send", "送信", id="test.send"),
    ]
    can_send = True

    def compose(self) -> ComposeResult:
        yield Input(id="company")
        yield Input(id="place")
        yield Amount(id="amount")
        yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "send" and not self.can_send else super().check_action(action, parameters)


class Shop(StellrApp):
    """An app that opens that screen."""

    def begin(self) -> None:
        self.push_screen(Order())


def keys(app: Shop) -> list[FooterKey]:
    return list(app.screen.query(FooterKey))


def names(app: Shop) -> list[str]:
    return [key.description for key in keys(app)]


async def goes_to(pilot: Pilot[None], field: str) -> None:
    pilot.app.screen.query_one(field).focus()
    await until(lambda: pilot.app.screen.query_one(field).has_focus, pilot)
    await pilot.pause()


async def test_the_footer_stays_as_it_is_while_the_focus_moves_between_fields_with_the_same_keys() -> None:
    app = Shop()
    async with app.run_test() as pilot:
        await until(lambda: names(app)[:2] == ["保存", "送信"], pilot)
        await goes_to(pilot, "#company")
        before = keys(app)
        await goes_to(pilot, "#place")
        assert keys(app) == before


async def test_the_footer_follows_the_keys_of_what_has_the_focus() -> None:
    app = Shop()
    async with app.run_test() as pilot:
        await goes_to(pilot, "#amount")
        await until(lambda: "最大" in names(app), pilot)
        await goes_to(pilot, "#place")
        await until(lambda: "最大" not in names(app) and "保存" in names(app), pilot)


async def test_the_footer_shows_that_a_key_does_nothing_now() -> None:
    app = Shop()
    async with app.run_test() as pilot:
        await until(lambda: [key.has_class("-disabled") for key in keys(app)][:2] == [False, False], pilot)
        screen = app.screen
        assert isinstance(screen, Order)
        screen.can_send = False
        screen.refresh_bindings()
        await until(lambda: [key.has_class("-disabled") for key in keys(app)][:2] == [False, True], pilot)


async def test_the_footer_names_a_key_that_was_chosen_in_place_of_another() -> None:
    app = Shop()
    async with app.run_test() as pilot:
        await until(lambda: "保存" in names(app), pilot)
        app.set_keymap({"test.keep": "f9"})
        await until(lambda: [key.key for key in keys(app) if key.description == "保存"] == ["f9"], pilot)

"""A clerk at the portal: goes to a page, types, presses keys, and waits until the screen shows what it should."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from time import monotonic
from typing import TypeVar

import pytest
from textual.css.query import NoMatches, WrongType
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, ContentSwitcher, Input, Select, TabbedContent, Tabs
from textual.widgets.data_table import RowDoesNotExist

from screens.login import LoginScreen
from screens.new_end_user import NewEndUserScreen
from screens.order_created import OrderCreatedPage
from screens.provisioning import ProvisioningWizard
from stellr_tui.app import StellrApp
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from stellr_tui.widgets.form import Field, Form, id_of
from stellr_tui.widgets.rows import Rows
from stellr_tui.widgets.words import Words
from tests.keyboard import press, send
from tests.spoken import Shown, Untranslated, run_together
from tests.waiting import A_MOMENT, WITHIN, is_settled

Kind = TypeVar("Kind", bound=Widget)
Open = Callable[..., AbstractAsyncContextManager["Clerk"]]
"""Opens the app at a place, for as long as a block lasts."""

POCKETALK = places.VendorPage("pocketalk")


class Clerk:
    """Someone at the keyboard, who sees what is painted."""

    def __init__(self, app: StellrApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def desk(self) -> Desk:
        """The desk that the app works at."""
        return self.app.desk()

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until it is so. What is looked for and not there yet is only not there yet."""
        deadline = monotonic() + WITHIN
        missing: Exception | None = None
        while True:
            try:
                if condition():
                    return
            except (LookupError, NoMatches, RowDoesNotExist, Untranslated, WrongType) as error:
                missing = error
            if self.app._exception is not None or not self.app.is_running:
                pytest.fail(f"the app ended: {self.app._exception!r}")
            if monotonic() > deadline:
                pytest.fail(f"not within {WITHIN:.0f} s: {what} {missing or ''}\n{self.painted()}")
            await sleep(A_MOMENT)

    async def settles(self) -> None:
        """Wait until no question to the desk is under way and every answer has been shown."""
        await self.until(lambda: is_settled(self.app), "every question answered")
        await self.pilot.pause(0)  # until it is laid out and painted as well

    # Where one is.

    async def is_let_in(self, by: SignedIn) -> None:
        """Past the login without typing; its own tests type."""
        await self.until(lambda: isinstance(self.app.screen, LoginScreen) and self.app.screen.is_mounted)
        await self.settles()
        login = self.app.screen
        assert isinstance(login, LoginScreen)
        login.dismiss(by)
        await self.until(lambda: self.one("#tile-stellr").has_focus, "the portal")

    async def goes(self, place: places.Place) -> None:
        """To a page, until what it asked for is shown."""
        if self.app.place != place:
            self.app.go(place)
        await self.arrives(place)

    async def arrives(self, place: places.Place) -> None:
        """Wait until a page stands there with what it asked for."""
        await self.until(lambda: self.app.place == place and self.app.screen.query("#masthead"), str(place))
        marks: Mapping[type[places.Place], Callable[[], object]] = {
            places.Portal: lambda: self.one("#tile-stellr"),
            places.Home: lambda: self.one("#vendor-pocketalk"),
            places.VendorCatalog: lambda: self.rows("#vendors").row_count,
            places.VendorPage: lambda: self.app.screen.query("ProductEntry, #no-products"),
            places.NewOrder: lambda: self.said("#order-total"),
            places.ImportOrders: lambda: self.said("#import-words"),
            places.OrderCreated: lambda: self.rows("#contracts").row_count,
            places.Customers: lambda: self.rows("#end-users").row_count,
            places.Storefront: lambda: self.rows("#end-users").row_count,
            places.EndUserPage: lambda: self.rows("#contacts").row_count,
            places.Subscriptions: lambda: self.said("#storefront-words"),
            places.SubscriptionPage: lambda: self.rows("#history").row_count,
            places.InvoiceOfMonth: lambda: (
                self.app.screen.query_one("#foreseen").display or self.rows("#invoice-lines").row_count
            ),
            places.Results: lambda: self.app.screen.query_one(TabbedContent).active,
        }
        await self.until(marks[type(place)], str(place))
        await self.settles()

    async def opens_tab(self, tab: str) -> None:
        """A tab of the page, by its id, until what it asked for is shown."""
        tabs = self.app.screen.query_one(TabbedContent)
        tabs.query_one(Tabs).focus()
        tabs.active = tab
        await self.until(lambda: self.one(f"#{tab}").display and tabs.active == tab, tab)
        await self.pilot.pause()
        await self.settles()

    async def opens_new_end_user(self) -> None:
        """＋ of the order page or of 顧客管理."""
        await self.presses("ctrl+n")
        await self.until(lambda: isinstance(self.app.screen, NewEndUserScreen) and self.one("#company").has_focus)
        await self.settles()

    async def opens_wizard(self, order_id: int) -> None:
        """今すぐプロビジョニング of an order, at whatever step it was left."""
        await self.goes(places.OrderCreated(order_id))
        await self.presses("ctrl+s")
        await self.until(lambda: isinstance(self.app.screen, ProvisioningWizard) and self.said("#services-title"))
        await self.settles()

    async def comes_back_to(self, page: type[OrderCreatedPage]) -> None:
        """Wait until this page is on top again."""
        await self.until(lambda: isinstance(self.app.screen, page), page.__name__)

    # What is there.

    def one(self, selector: str) -> Widget:
        """A widget of the screen on top."""
        return self.app.screen.query_one(selector)

    def rows(self, selector: str) -> Rows:
        """A table."""
        return self.app.screen.query_one(selector, Rows)

    def cells(self, selector: str, key: str) -> Shown:
        """What a row of a table says, from left to right and from top to bottom."""
        return Shown("\n".join(str(cell) for cell in self.rows(selector).get_row(key)))

    def texts(self, selector: str, key: str) -> tuple[Shown, ...]:
        """What each cell of a row says."""
        return tuple(Shown(text) for text in self.rows(selector).texts(key))

    def form(self) -> Form:
        """The form on top, and of those on tabs the one on the tab that is open."""
        shown = (one for one in self.app.screen.query(Form) if all(above.display for above in one.ancestors))
        if (form := next(shown, None)) is None:
            raise NoMatches("no form")
        return form

    def field(self, name: str) -> Field:
        """A field of the form on top."""
        return self.form().fields()[name]

    def value(self, name: str) -> str:
        """What is typed in a field."""
        return self.field(name).value

    def typed(self) -> dict[str, str]:
        """What is typed in every field of the form on top."""
        return self.form().values()

    def control(self, name: str) -> Widget:
        """What takes the typing of a field."""
        return self.one(f"#{id_of(name)}")

    def said(self, selector: str) -> Shown:
        """What some words say."""
        return Shown(str(self.app.screen.query_one(selector, Words).content))

    def finding(self, name: str) -> Shown:
        """What is said at a field, if it can be seen whole; else nothing."""
        words = self.app.screen.query_one(f"#finding-{id_of(name)}", Words)
        return Shown(str(words.content) if self.is_seen(words) else "")

    def is_seen(self, widget: Widget) -> bool:
        """Whether the whole of a widget is on the screen."""
        if not widget.display or not widget.is_on_screen:
            return False
        place = self.app.screen.find_widget(widget)
        return place.region.area > 0 and place.visible_region == place.region

    def is_refused(self, name: str) -> bool:
        """Whether a field is marked as refused."""
        return self.field(name).has_class("-refused")

    def refused(self) -> list[str]:
        """The fields that are marked as refused, in their order."""
        return [name for name in self.typed() if self.is_refused(name)]

    def contact_choices(self) -> list[tuple[str, str]]:
        """連絡先 to choose from in 連絡先の変更, each with its key."""
        chosen = self.app.screen.query_one("#chosen-contact", Select)
        return [(str(words), str(key)) for words, key in chosen._options if isinstance(key, str)]

    def current_step(self) -> str | None:
        """The step of the wizard that is shown."""
        return self.app.screen.query_one("#wizard", ContentSwitcher).current

    def painted(self) -> str:
        """The screen as text, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips(self.app.size))

    def sees(self, words: str) -> bool:
        """Whether the screen shows these words, however they are broken into lines."""
        return words in Shown(run_together(self.painted()), run_together)

    def reads(self, selector: str) -> Shown:
        """What is painted of a widget, without blanks and line breaks."""
        widget = self.one(selector)
        text = "".join(strip.text for strip in widget.render_lines(Region(0, 0, *widget.size)))
        return Shown(run_together(text), run_together)

    def notices(self) -> Shown:
        """The notices over the page."""
        return Shown("\n".join(notice.message for notice in self.app._notifications))

    # What one does.

    async def presses(self, *keys: str) -> None:
        """Keys, one after the other."""
        await press(self.pilot, *keys)

    def presses_at_once(self, *keys: str) -> None:
        """Keys so quickly that nothing happens between them."""
        send(self.pilot, *keys)

    async def types(self, name: str, text: str) -> None:
        """Text into a field, in place of what is there."""
        await self.until(lambda: self.control(name), name)
        control = self.control(name)
        control.focus()
        await self.until(lambda: control.has_focus, f"focus at {name}")
        if isinstance(control, Select):
            await self.until(lambda: control.query("#label"), f"{name} to choose from")
        if isinstance(control, Input | Select):
            control.value = text
        await self.until(lambda: getattr(control, "value", "") == text, f"{name} typed")

    async def chooses(self, name: str, value: str) -> None:
        """One of several, as soon as they are there."""
        await self.until(lambda: self.one(f"#{name} #label"), name)
        self.app.screen.query_one(f"#{name}", Select).value = value
        await self.settles()

    async def types_into(self, selector: str, text: str) -> None:
        """Text into an input that is no field of a form."""
        await self.until(lambda: self.one(selector), selector)
        control = self.app.screen.query_one(selector, Input)
        control.focus()
        await self.until(lambda: control.has_focus, f"focus at {selector}")
        control.value = text
        await self.settles()

    async def fills(self, values: Mapping[str, str]) -> None:
        """Text into several fields at once, until what follows from it is shown too."""
        self.form().fill(values)
        await self.settles()
        await self.until(lambda: all(self.value(name) == text for name, text in values.items()), f"{values}")

    async def clicks(self, selector: str) -> None:
        """A button, by the keyboard. For a moment after it was pressed it takes no other press."""
        await self.until(lambda: self.one(selector), selector)
        button = self.app.screen.query_one(selector, Button)
        button.focus()
        await self.until(lambda: button.has_focus and not button.has_class("-active"))
        await self.presses("enter")

    async def refused_at(self, name: str, words: str) -> None:
        """Wait until a field is refused with a sentence that can be seen and holds these words, and has the focus."""
        await self.until(
            lambda: self.is_refused(name) and words in self.finding(name) and self.control(name).has_focus,
            f"{name} refused with {words}, but {self.app.screen.query_one(f'#finding-{id_of(name)}', Words).content}",
        )

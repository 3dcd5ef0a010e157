"""Every text field of every screen takes what Japanese hands give it: nothing crashes, nothing typed is lost."""

import ast
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.form import Field
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order, turn_to
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import fill_order
from tests.typing_in import PASTED, takes_all_text

ROOT = Path(__file__).parents[2]
FORM = "stellr_tui.widgets.form"
SHEET = Path(__file__).parent / "sheets" / "bad.csv"

Way = Callable[[Clerk], Awaitable[object]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules of the program that have made a text field."""
    modules: set[str] = set()
    build = Entry.__init__

    def note(entry: Entry, *given: Any, **named: Any) -> None:
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] == FORM and frame.f_back:
            frame = frame.f_back
        modules.add(frame.f_globals["__name__"])
        build(entry, *given, **named)

    monkeypatch.setattr(Entry, "__init__", note)
    return modules


def modules_with_text_fields() -> Iterator[str]:
    """Of the portal: those that make one, or a kind of one. The lessons' own are tried beside the lessons."""
    for folder in ("screens", "stellr_tui/widgets"):
        for file in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            calls = [one.func for one in ast.walk(tree) if isinstance(one, ast.Call)]
            bases = [base for one in ast.walk(tree) if isinstance(one, ast.ClassDef) for base in one.bases]
            names = {one.id for one in (*calls, *bases) if isinstance(one, ast.Name)}
            if names & {"TextField", "Entry"}:
                yield ".".join(file.relative_to(ROOT).with_suffix("").parts)


def at(place: places.Place, *keys: str) -> Way:
    """A page, and what keys open on it."""

    async def go(clerk: Clerk) -> None:
        await clerk.goes(place)
        for key in keys:
            await clerk.presses(key)
            await clerk.settles()

    return go


async def contact_of_an_order(clerk: Clerk) -> None:
    await clerk.goes(places.NewOrder())
    await fill_order(clerk, {})
    await clerk.presses("ctrl+t")
    await clerk.until(lambda: clerk.value("chosen_contact"))


async def a_row_of_a_sheet(clerk: Clerk) -> None:
    await clerk.goes(places.ImportOrders())
    await clerk.types("file", str(SHEET))
    await clerk.presses("enter")
    await clerk.until(lambda: clerk.one("#import-rows").has_focus and clerk.rows("#import-rows").row_count)
    await clerk.settles()
    await clerk.presses("enter")
    await clerk.until(lambda: clerk.one("#mend-row").display)


async def a_tab(clerk: Clerk, tab: str) -> None:
    await clerk.goes(places.Results())
    await clerk.opens_tab(tab)


WAYS: Sequence[tuple[str, Way]] = (
    ("products", at(POCKETALK)),
    ("name of a selection", at(POCKETALK, "1", "ctrl+g")),
    ("order", at(places.NewOrder())),
    ("contact of an order", contact_of_an_order),
    ("sheet", at(places.ImportOrders())),
    ("row of a sheet", a_row_of_a_sheet),
    ("end users", at(places.Customers())),
    ("new end user", at(places.Customers(), "ctrl+n")),
    ("changed end user", at(places.EndUserPage(CUSTOMER), "ctrl+e")),
    ("wizard", lambda clerk: clerk.opens_wizard(2)),
    ("subscriptions of an end user", at(places.Subscriptions(CUSTOMER))),
    ("export", at(places.Results(), "ctrl+e")),
    ("day of a contract", at(places.SubscriptionPage(81766), "ctrl+t")),
    ("more seats", at(places.SubscriptionPage(81766), "plus")),
    ("all subscriptions", lambda clerk: a_tab(clerk, "tab-subscriptions")),
    ("invoices", lambda clerk: a_tab(clerk, "tab-invoices")),
    ("storefront", at(places.Storefront())),
    ("markup", at(places.Storefront(), "ctrl+t")),
    ("date", at(places.Home(), "f9")),
    ("quick order", at(places.Home(), "ctrl+k")),
    ("palette", at(places.Home(), "ctrl+p")),
    ("keys", at(places.Home(), "f10")),
    ("settings", at(places.Home(), "f11")),
)


async def takes_text_everywhere(clerk: Clerk, name: str) -> None:
    """Fill in all fields of the screen, and go on with Enter and 保存 as if that were what is meant."""
    screen = clerk.app.screen
    entries = [one for one in screen.query(Entry) if one.focusable and all(above.display for above in one.ancestors)]
    assert entries, name
    for entry in entries:
        await takes_all_text(clerk.pilot, entry)
        await clerk.presses("tab")
        await clerk.settles()
        assert entry.value == PASTED, f"{name}: {entry} after it was left"
        is_cramped = [one for one in screen.query(VerticalScroll) if one.is_on_screen and one.max_scroll_x]
        assert not is_cramped, f"{name}: {is_cramped} is wider than the screen"
    for key in ("enter", "ctrl+s"):
        entries[-1].focus()
        await clerk.until(lambda: entries[-1].has_focus)
        await clerk.presses(key)
        await clerk.settles()
        if clerk.app.screen is not screen or not screen.is_attached:
            return
        for entry in entries:
            assert entry.value == PASTED or not isinstance(entry.parent, Field), f"{name}: {entry} after {key}"
    for entry in entries:
        entry.value = ""
    await clerk.settles()


async def leaves(clerk: Clerk) -> None:
    """Back to a page."""
    while not isinstance(clerk.app.screen, Page):
        screen = clerk.app.screen
        await clerk.presses("escape")
        await clerk.until(lambda screen=screen: clerk.app.screen is not screen)  # type: ignore[misc]  # bound at once
        await clerk.settles()


async def test_every_text_field_of_the_portal(
    login_screen: Open, desk: Desk, lucy: SignedIn, made: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    a_sent_order(desk, lucy, 5)
    turn_to(desk, "2024-03-21")
    an_order(desk, lucy, po_number="PO-2")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with login_screen((80, 24)) as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await takes_text_everywhere(clerk, "login")
        await clerk.is_let_in(lucy)
        for name, way in WAYS:
            await way(clerk)
            await takes_text_everywhere(clerk, name)
            await leaves(clerk)
    assert sorted(set(modules_with_text_fields()) - made - {FORM}) == []

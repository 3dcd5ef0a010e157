"""What can be done on a screen, as commands with a name: its keys, its buttons, and the pages one can go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen
from textual.widgets import Button

from screens.results.figures import FiguresTab
from screens.results.invoices import InvoicesTab
from screens.results.mail import MailTab
from screens.results.queue import QueueTab
from screens.results.subscriptions import SubscriptionsTab
from screens.results.waiting import WaitingTab
from stellr_tui.reference.texts import _
from stellr_tui.widgets import places
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.keymap import key_caps
from stellr_tui.widgets.workplace import Workplace

_NO_COMMANDS = ("screen.", "palette.", "app.palette")
"""Bindings that only move about on a screen, and the palette's own."""

_EVERYWHERE = ("app.", "page.", "visit.")
_TABS = (WaitingTab, SubscriptionsTab, InvoicesTab, FiguresTab, MailTab)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be chosen: what kind it is, its name, its keys or number, and what choosing it does.

    also: what else it can be found by, such as the id of a binding, which is English.
    """

    kind: str
    name: str
    mark: str
    run: Callable[[], Awaitable[object] | object]
    also: str = ""


def commands_on(screen: AskingScreen[Any], go: Callable[[places.Place], object] | None) -> Sequence[Command]:
    """What can be done on a screen: what has a key, each button, and with `go` the pages one may see."""
    found: dict[str, Command] = {}
    for one in (*_keys(screen), *_buttons(screen), *(_pages(screen.workplace, go) if go else ())):
        found.setdefault(one.name, one)
    return tuple(found.values())


def _keys(screen: Screen[Any]) -> Iterator[Command]:
    found: dict[str, Command] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        name = binding.id
        if name and name not in found and active.enabled and not name.startswith(_NO_COMMANDS):
            action = _Action(screen, binding.action, active.node)
            found[name] = Command(_("操作"), binding.description, key_caps([key]), action, name)
    # What is only here comes before what is everywhere.
    yield from sorted(found.values(), key=lambda one: one.also.startswith(_EVERYWHERE))


@dataclass(frozen=True, slots=True)
class _Action:
    screen: Screen[Any]
    action: str
    node: Any

    async def __call__(self) -> None:
        await self.screen.app.run_action(self.action, default_namespace=self.node)


def _buttons(screen: Screen[Any]) -> Iterator[Command]:
    for widget in screen.focus_chain:
        if isinstance(widget, Button):
            yield Command(_("操作"), str(widget.label), "", widget.press, widget.id or "")


def _pages(workplace: Workplace, go: Callable[[places.Place], object]) -> Iterator[Command]:
    tabs = (*_TABS, QueueTab) if workplace.user.may_answer else _TABS
    pages: Sequence[tuple[str, places.Place]] = (
        (_("ホーム"), places.Home()),
        (_("ベンダーカタログ"), places.VendorCatalog()),
        *((vendor.name, places.VendorPage(vendor.code)) for vendor in workplace.desk().catalog.vendors),
        (_("オーダー"), places.NewOrder()),
        (_("シートからオーダー"), places.ImportOrders()),
        (_("顧客管理"), places.Customers()),
        (_("管理と実績"), places.Results()),
        *((_(tab.heading), places.Results(tab.tab_id)) for tab in tabs),
        (_("Storefront"), places.Storefront()),
        ("ECNex", places.Portal()),
    )
    for name, place in pages:
        yield way_to(go, _("ページ"), name, "", place)


@dataclass(frozen=True, slots=True)
class _Way:
    go: Callable[[places.Place], object]
    place: places.Place

    def __call__(self) -> None:
        self.go(self.place)


def way_to(go: Callable[[places.Place], object], kind: str, name: str, mark: str, place: places.Place) -> Command:
    """A command that goes to a place."""
    return Command(kind, name, mark, _Way(go, place), type(place).__name__)

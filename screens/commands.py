"""What can be done on a screen, as commands with a name: its keys, its buttons, and the pages one can go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.screen import Screen
from textual.widgets import Button

from screens.results.figures import FiguresTab
from screens.results.invoices import InvoicesTab
from screens.results.mail import MailTab
from screens.results.queue import QueueTab
from screens.results.subscriptions import SubscriptionsTab
from screens.results.waiting import WaitingTab
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, Language, _, in_each_language, in_language, language
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets import places
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.ground import Ground
from stellr_tui.widgets.keymap import key_caps
from stellr_tui.widgets.workplace import Workplace

_NO_COMMANDS = ("screen.", "palette.", "app.palette")
"""Bindings that only move about on a screen, and the palette's own."""

_EVERYWHERE = ("app.", "page.", "visit.")
_TABS = (WaitingTab, SubscriptionsTab, InvoicesTab, FiguresTab, MailTab)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be chosen: what kind it is, its names, its keys or number, and what choosing it does.

    names: in each language, the one spoken first. also: what else it can be found by, such as the id of a binding.
    """

    kind: str
    names: Sequence[str]
    mark: str
    run: Callable[[], Awaitable[object] | object]
    also: str = ""

    @property
    def name(self) -> str:
        """What it is called in the language spoken."""
        return self.names[0]


def commands_on(screen: AskingScreen[Any], go: Callable[[places.Place], object] | None) -> Sequence[Command]:
    """What can be done on a screen: keys, buttons, the other language, and with `go` the last places and all pages."""
    found: dict[str, Command] = {}
    further = (*_last_places(screen.workplace), *_pages(screen.workplace, go)) if go else ()
    for one in (*_keys(screen), *_buttons(screen), *_languages(screen), *further):
        found.setdefault(one.name, one)
    return tuple(found.values())


def _keys(screen: Screen[Any]) -> Iterator[Command]:
    found: dict[str, Command] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        name = binding.id
        if name and name not in found and active.enabled and not name.startswith(_NO_COMMANDS):
            action = _Action(screen, binding.action, active.node)
            names = in_each_language(binding.description)
            found[name] = Command(_("操作"), names, key_caps([key]), action, name)
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
            # The sign of a button that stands beside what it is for says nothing in a list: that has a name.
            names = in_each_language(widget.name or str(widget.label))
            yield Command(_("操作"), names, "", widget.press, widget.id or "")


def _languages(screen: AskingScreen[Any]) -> Iterator[Command]:
    """Each in its own words, for whoever reads no other."""
    for one in Language:
        if isinstance(screen, Ground) and one != language():
            name = in_language(one, N_("日本語で表示する"))
            also = " ".join(in_each_language(field_label("language")))
            yield Command(_("設定"), [name], "", _Tongue(screen, one), also)


@dataclass(frozen=True, slots=True)
class _Tongue:
    screen: Ground[Any]
    language: Language

    def __call__(self) -> None:
        """Speak it from now on; what keeps it from being kept for the next time is said."""
        workplace = self.screen.workplace
        settings = replace(workplace.settings, language=self.language)
        workplace.use(settings)
        workplace.speak(self.language)
        try:
            workplace.keep_settings(settings)
        except Refused as refused:
            said = "\n".join(sentence(one) for one in refused.findings)
            workplace.notify(said, severity="error", markup=False)


def _last_places(workplace: Workplace) -> Iterator[Command]:
    kind = _("最近の場所")
    also = " ".join(in_each_language(kind))
    for names, place in workplace.last_places():
        yield replace(way_to(workplace.come_back_to, kind, names, "", place), also=f"{also} {type(place).__name__}")


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
        yield way_to(go, _("ページ"), in_each_language(name), "", place)


@dataclass(frozen=True, slots=True)
class _Way:
    go: Callable[[places.Place], object]
    place: places.Place

    def __call__(self) -> None:
        self.go(self.place)


def way_to(
    go: Callable[[places.Place], object], kind: str, names: Sequence[str], mark: str, place: places.Place
) -> Command:
    """A command that goes to a place."""
    return Command(kind, names, mark, _Way(go, place), type(place).__name__)

"""Someone at the keyboard: does what a step intends on the real app, by real keys and nothing else.

The focus goes to a target by Tab, as a person's would; text is typed key by key; a binding is pressed by the key that
it has now. Between two intents it waits until what was asked of the desk is shown: for a condition with a deadline,
never for a time. How fast it goes is its `Pace`, which is told of each key before it is pressed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from textual.binding import Binding
from textual.events import Key as KeyEvent
from textual.keys import KEY_TO_UNICODE_NAME, _character_to_key
from textual.widget import Widget
from textual.widgets import DataTable, Input, OptionList, Select, TabbedContent, Tabs
from textual.worker import WorkerState

from stellr_tui.classroom.sight import Sight
from stellr_tui.lessons.intents import Choose, Fill, Intent, Key, Open, Press, Type, Way
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.keymap import key_caps
from stellr_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from stellr_tui.classroom.app import LessonApp

WITHIN = 20.0
"""Seconds until something that does not come to be is given up."""

_A_MOMENT = 0.005
_BUSY = (WorkerState.PENDING, WorkerState.RUNNING)
_WAYS = {
    Way.HOME: "visit.home",
    Way.VENDOR_CATALOG: "visit.catalog",
    Way.CUSTOMERS: "visit.customers",
    Way.RESULTS: "visit.results",
    Way.STOREFRONT: "visit.storefront",
}


class Stuck(Exception):
    """Something that was intended cannot be done here; the finding says what, and what the screen had instead."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class Pace(Protocol):
    """How fast someone acts, and who may watch."""

    async def before(self, intent: Intent) -> None:
        """An intent is about to begin."""

    async def key(self, cap: str) -> None:
        """A key is about to be pressed; `cap` is what stands on it."""


class AtOnce:
    """As fast as it goes."""

    async def before(self, intent: Intent) -> None:
        """Nothing to wait for."""

    async def key(self, cap: str) -> None:
        """Nothing to wait for."""


class Actor:
    """Acts in a lesson's app. Runs on its event loop, in a task of its own and not within a message handler."""

    def __init__(self, app: LessonApp, sight: Sight, pace: Pace | None = None, within: float | None = None) -> None:
        self._app = app
        self._sight = sight
        self._pace = pace or AtOnce()
        self._within = WITHIN if within is None else within

    async def do(self, intent: Intent) -> None:
        """Do one thing, and wait for what the app makes of it. Raises Stuck."""
        await self.settles()
        await self._pace.before(intent)
        match intent:
            case Fill(target, text):
                await self._fill(target, text)
            case Type(text):
                await self._type(text)
            case Press(target):
                await self._go_to(target)
                await self.until(lambda: not self._has_class(target, "-active"))
                await self._press("enter")
            case Choose(target, row):
                await self._choose(target, row)
            case Key(binding):
                await self._press_bound(binding)
            case Open(way):
                await self._press_bound(_WAYS[way])
        await self.settles()

    async def until(self, condition: Callable[[], bool]) -> bool:
        """Let the app work until it is so, or until the deadline; whether it is."""
        deadline = monotonic() + self._within
        while not condition():
            if monotonic() > deadline or not self._app.is_running or self._app._exception is not None:
                return False
            await asyncio.sleep(_A_MOMENT)
        return True

    async def settles(self) -> None:
        """Wait until every question to the desk is answered and every answer is shown."""
        for _twice in range(2):
            await self.until(self._is_settled)
            await asyncio.sleep(_A_MOMENT)

    def caps(self, *intents: Intent) -> Sequence[tuple[str, ...]]:
        """The keys for intents as they are now, as they stand on the keyboard: what the last hint but one shows."""
        shown, here = [], self._app.portal_screen.focused
        for intent in intents:
            shown.append(self._caps(intent, here))
            match intent:
                case Fill(target) | Press(target) | Choose(target):
                    here = self._control(target) or here
        return shown

    def _caps(self, intent: Intent, here: Widget | None) -> tuple[str, ...]:
        match intent:
            case Fill(target, text):
                return (*self._caps_to(target, here), *self._caps_to_empty(target), text)
            case Type(text):
                return (text,)
            case Press(target):
                return (*self._caps_to(target, here), "Enter")
            case Choose(target, _row):
                return (*self._caps_to(target, here), _("上下"), "Enter")
            case Key(binding):
                return self._caps_of(binding)
            case Open(way):
                return self._caps_of(_WAYS[way])

    def _is_settled(self) -> bool:
        # Workers of the group "default" wait for people: a dialog that is open.
        if any(worker.group != "default" and worker.state in _BUSY for worker in self._app.workers):
            return False
        if self._app.is_working_off:
            return False
        pumps = [self._app, *self._app.screen_stack, *self._app.screen.walk_children()]
        return not any(pump.message_queue_size for pump in pumps)

    async def _fill(self, target: str, text: str) -> None:
        control = await self._go_to(target)
        if not isinstance(control, Input):
            raise self._out_of_reach(target, _("文字を入力する欄ではありません"))
        if control.value == text:
            return
        if control.value:
            await self._press("end")
            await self._press("ctrl+u")
            await self.until(lambda: not control.value)
        await self._type(text)
        if not await self.until(lambda: control.value == text):
            raise self._out_of_reach(target, control.value)

    async def _type(self, text: str) -> None:
        for character in text:
            await self._press(_character_to_key(character), character)

    async def _choose(self, target: str, row: str) -> None:
        if isinstance(await self.find(target), TabbedContent):
            await self._turn_to(target, row)
            return
        control = await self._go_to(target)
        match control:
            case DataTable():
                await self._walk(target, control, row)
            case OptionList():
                await self._walk_options(target, control, row)
            case Select():
                await self._press("enter")
                await self.until(lambda: control.expanded)
                await self._walk_options(target, control.query_one(OptionList), row)
                await self.until(lambda: not control.expanded)
            case _:
                raise self._out_of_reach(target, _("行を選ぶ欄ではありません"))

    async def _walk(self, target: str, table: DataTable[object], row: str) -> None:
        def position() -> int | None:
            keys = [key.value or "" for key in table.rows]
            if row in keys:
                return keys.index(row)
            said = [" ".join(table.texts(key)) if isinstance(table, Rows) else "" for key in keys]
            return next((at for at, words in enumerate(said) if row in words), None)

        if not await self.until(lambda: position() is not None):
            raise self._out_of_reach(target, _("行「{row}」がありません").format(row=row))
        await self._step_to(lambda: (position() or 0) - table.cursor_row)
        await self._press("enter")

    async def _walk_options(self, target: str, options: OptionList, row: str) -> None:
        def position() -> int | None:
            said = [str(one.prompt) for one in options.options]
            ids = [one.id for one in options.options]
            return next((at for at, words in enumerate(said) if row == ids[at] or row in words), None)

        if not await self.until(lambda: position() is not None):
            raise self._out_of_reach(target, _("行「{row}」がありません").format(row=row))
        await self._step_to(lambda: (position() or 0) - (-1 if options.highlighted is None else options.highlighted))
        await self._press("enter")

    async def _turn_to(self, target: str, tab: str) -> None:
        tabbed = self._app.portal_screen.query_one(f"#{target}", TabbedContent)
        names = [pane.id or "" for pane in tabbed.query("TabPane")]
        if tab not in names:
            raise self._out_of_reach(target, ", ".join(names))
        await self._focus(tabbed.query_one(Tabs), target)
        await self._step_to(lambda: names.index(tab) - names.index(tabbed.active), ("right", "left"))

    async def _step_to(self, distance: Callable[[], int], keys: tuple[str, str] = ("down", "up")) -> None:
        """Press one of two keys until nothing is left to go."""
        while left := distance():
            await self._press(keys[0] if left > 0 else keys[1])
            if not await self.until(lambda left=left: distance() != left):  # type: ignore[misc]
                return

    async def _go_to(self, target: str) -> Widget:
        """Move the focus to a target by Tab, or to what takes the typing within it; gives what then has the focus."""
        await self.find(target)
        control = self._control(target)
        if control is None:
            raise self._out_of_reach(target)
        await self._focus(control, target)
        return control

    async def _focus(self, control: Widget, target: str) -> None:
        screen = self._app.portal_screen
        for _press in range(len(screen.focus_chain) + 1):
            chain = screen.focus_chain
            before = screen.focused
            if before is control:
                return
            if control not in chain:
                break
            await self._press("tab" if _way(chain, before, control) > 0 else "shift+tab")
            await self.until(lambda before=before: screen.focused is not before)  # type: ignore[misc]
        if screen.focused is not control:
            raise self._out_of_reach(target)

    async def find(self, target: str) -> Widget:
        """The widget of an id, as soon as it is shown. Raises Stuck with ids that come near."""
        if not await self.until(lambda: self._sight.find(target) is not None):
            similar = get_close_matches(target, self._sight.ids(), cutoff=0.4) or self._sight.ids()
            facts = {"screen": self._sight.screen(), "similar": ", ".join(similar)}
            raise Stuck(Finding(Reason.UNKNOWN_TARGET, "", target, facts))
        found = self._sight.find(target)
        assert found is not None
        return found

    async def _press_bound(self, id: str) -> None:
        if not await self.until(lambda: self._bound(id) is not None):
            raise self._out_of_reach(id)
        bound = self._bound(id)
        assert bound is not None
        await self._press(bound.key)

    def _bound(self, id: str) -> Binding | None:
        """The binding of an id, where it can be pressed now."""
        active = self._app.screen.active_bindings.values()
        return next((one.binding for one in active if one.binding.id == id and one.enabled), None)

    async def _press(self, key: str, character: str | None = None) -> None:
        await self._pace.key(character or key_caps([key]))
        driver = self._app._driver
        if driver is None:
            return
        event = KeyEvent(key, character or _printed(key))
        event.set_sender(self._app)
        self._app.struck.add(event)
        driver.send_message(event)
        await asyncio.sleep(0)

    def _has_class(self, target: str, name: str) -> bool:
        found = self._sight.find(target)
        return found is not None and found.has_class(name)

    def _control(self, target: str) -> Widget | None:
        """What takes the focus of a target that is shown: itself, or what takes the typing within it."""
        widget = self._sight.find(target)
        return widget and next((one for one in (widget, *widget.walk_children(Widget)) if one.focusable), None)

    def _caps_to(self, target: str, here: Widget | None) -> tuple[str, ...]:
        """Tab or Shift+Tab, as often as it takes; once where the target is yet to come."""
        control, chain = self._control(target), self._app.portal_screen.focus_chain
        if control not in chain:
            return ("Tab",)
        way = _way(chain, here, control)
        return (key_caps(["tab" if way > 0 else "shift+tab"]),) * abs(way)

    def _caps_to_empty(self, target: str) -> tuple[str, ...]:
        """What empties a field of what somebody has typed there; what is proposed goes by itself."""
        control = self._control(target)
        is_typed = isinstance(control, Entry) and control.value and (control.continues or not control.is_proposal)
        return (key_caps(["end"]), key_caps(["ctrl+u"])) if is_typed else ()

    def _caps_of(self, id: str) -> tuple[str, ...]:
        bound = self._bound(id)
        return () if bound is None else (key_caps([bound.key]),)

    def _out_of_reach(self, target: str, detail: str | None = None) -> Stuck:
        facts = {"screen": self._sight.screen(), "detail": detail}
        return Stuck(Finding(Reason.OUT_OF_REACH, "", target, facts))


def _way(chain: Sequence[Widget], here: Widget | None, there: Widget) -> int:
    """How often Tab leads from one to the other; below zero where Shift+Tab is as short or shorter."""
    ahead = (chain.index(there) - (chain.index(here) if here in chain else -1)) % len(chain)
    behind = len(chain) - ahead
    return ahead if ahead <= behind else -behind


def _printed(key: str) -> str | None:
    """What a key prints, by Textual's name of it (`minus`); nothing for control keys."""
    import unicodedata

    if len(key) == 1:
        return key
    try:
        return unicodedata.lookup(KEY_TO_UNICODE_NAME.get(key, key.replace("_", " ")).upper())
    except KeyError:
        return None

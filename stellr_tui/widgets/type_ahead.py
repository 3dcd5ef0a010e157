"""Typing ahead: what is typed behind a key that leads on goes where that key led, however quickly it comes."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, TypeGuard

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.widgets import Input, OptionList
from textual.worker import Worker

from stellr_tui.widgets.entry import is_text
from stellr_tui.widgets.work import work_of

_AT_ONCE = {"escape", "ctrl+q"}
"""Keys that wait for nothing but the screen itself: the ways out."""

_A_PUMP_THAT_HANGS = 1.0
"""Seconds after which the messages of a widget, which may just be leaving, are waited for no longer."""

_A_MOMENT = 0.005
"""Seconds behind which one looks again whether the screen stands."""


class TypeAhead(App[None]):
    """An app in which keys that come at once lead where they would lead one by one.

    A fast hand, a barcode reader or a password manager sends text and Enter at once, and goes on behind it. Textual
    gives each key to what has the focus at that moment, before the focus has moved or the next page has come. Here
    text, and every key behind one that was pressed in an entry, waits until what the key before it set off is done:
    messages, questions to the desk, the page that follows. Escape, and a refusal, forget what waits: it was meant for
    elsewhere. No key, however late it comes, reaches what is only half there yet.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[Key | Paste] = deque()
        self._is_led = False
        self._led_from_an_entry = False
        self._set_off: list[Worker[Any]] = []

    @property
    def is_working_off(self) -> bool:
        """Whether a key is under way that may lead on, or something that was typed waits behind one."""
        return self._is_led or bool(self._held)

    def wait_for(self, worker: Worker[Any]) -> None:
        """What was typed waits for this work too, if a key is being worked off."""
        if self._is_led:
            self._set_off.append(worker)

    def forget_typed_ahead(self) -> None:
        """What waits was typed for a page that does not come."""
        self._held.clear()

    def break_off(self) -> None:
        """All that was under way has been broken off: nothing waits for it any more."""
        self.forget_typed_ahead()
        self._set_off.clear()
        self._is_led = False

    async def on_event(self, event: Event) -> None:
        """Let a key through, or let it wait."""
        if not _is_typed(event):
            if isinstance(event, Key) and not self._stands:
                # Nothing below took it, and what it would now do is done on another screen than it was pressed on.
                await self._let_through_once_it_stands(Key(event.key, event.character))
            else:
                await super().on_event(event)
        elif isinstance(event, Key) and event.key in _AT_ONCE:
            self.forget_typed_ahead()
            await self._let_through_once_it_stands(event)
        elif self._held or (self._is_led and self._waits_for_it(event)):
            self._held.append(event)
        else:
            await self._let_through_once_it_stands(event)

    def _waits_for_it(self, event: Key | Paste) -> bool:
        """Whether an event waits for the key that leads on. The focus may have left the entry, and move once more."""
        return _is_text(event) or self._led_from_an_entry or isinstance(self.focused, Input)

    async def typing_arrives(self) -> None:
        """Wait until what was typed in the same moment stands in its entry."""
        if isinstance(self.focused, Input):
            await see_through(self.focused)

    def acts(self) -> None:
        """Somebody acts on the screen that is shown."""

    @property
    def _stands(self) -> bool:
        """Whether the screen has been composed, and a list that opens on it been laid out.

        Before that Textual knows no line of the list that one could turn to.
        """
        opens = isinstance(self.focused, OptionList) and not self.focused.scrollable_content_region
        return self.screen.is_mounted and not opens

    async def _let_through_once_it_stands(self, event: Key | Paste) -> None:
        if self._stands:
            await self._let_through(event)
            return
        self._held.appendleft(event)
        if not self._is_led:
            self._is_led = True
            self.run_worker(work_of(self._work_off))

    async def _let_through(self, event: Key | Paste) -> None:
        self.acts()
        # What edits an entry is no text: Textual looks for its binding where the focus is by then.
        in_an_entry = isinstance(self.focused, Input)
        only_types = _is_text(event) and in_an_entry
        leads_on = not only_types and not self._is_led
        if leads_on:
            # Before the key is let through: a binding with priority asks the desk at once.
            self._is_led, self._led_from_an_entry = True, in_an_entry
        await super().on_event(event)
        if leads_on:
            self.run_worker(work_of(self._work_off))

    async def _work_off(self) -> None:
        """Wait until nothing follows any more from the key that came last."""
        is_done = False
        while not is_done:
            standing = (self.screen, self.focused)
            await self.keys_arrive()
            under_way, self._set_off = self._set_off, []
            await asyncio.gather(*(one.wait() for one in under_way), return_exceptions=True)
            while not self._stands:
                await asyncio.sleep(_A_MOMENT)
            is_done = not under_way and standing == (self.screen, self.focused)
        self.call_later(self._go_on)

    async def _go_on(self) -> None:
        """Let through what waits, up to the next key that leads on."""
        self._is_led = False
        while self._held and not self._is_led:
            await self._let_through_once_it_stands(self._held.popleft())

    async def keys_arrive(self) -> None:
        """Wait until what was pressed has been looked at. A key with priority comes before one that is under way."""
        # A key climbs from the focus up to the app; then what it sent off climbs behind it.
        await self._see_messages_through()
        await self._see_messages_through()

    async def _see_messages_through(self) -> None:
        """Wait until all that is under way now from the focus up to the app has been looked at."""
        for node in (self.focused or self.screen).ancestors_with_self:
            await see_through(node)


async def see_through(node: DOMNode) -> None:
    """Wait until a widget has looked at all the messages that it has now."""
    seen = asyncio.Event()
    if node.call_later(seen.set):
        try:
            await asyncio.wait_for(seen.wait(), _A_PUMP_THAT_HANGS)
        except TimeoutError:
            return


def _is_typed(event: Event) -> TypeGuard[Key | Paste]:
    """Whether it comes from the keyboard or the clipboard, and has not been given to a widget yet."""
    return isinstance(event, Key | Paste) and not event.is_forwarded


def _is_text(event: Key | Paste) -> bool:
    return isinstance(event, Paste) or is_text(event)

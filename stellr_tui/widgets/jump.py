"""Jump mode: a letter on everything one can go to on a screen; typing it goes there, in one press instead of many."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.events import Key, Resize
from textual.geometry import Offset, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Tab, Tabs

from stellr_tui.reference.texts import N_
from stellr_tui.widgets.words import Words

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""What is typed to go somewhere, those under the fingers first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something one can go to, what is typed for it, and the cells on which that stands."""

    widget: Widget
    code: str
    at: Offset
    width: int


def codes(count: int) -> Sequence[str]:
    """What is typed for so many targets, in their order: one letter, or two where there are not enough of them.

    None begins with another one. What is beyond 676 targets has none.
    """
    pairs = next((some for some in range(len(LETTERS)) if len(LETTERS) - some + some * len(LETTERS) >= count), 26)
    alone, before = LETTERS[: len(LETTERS) - pairs], LETTERS[len(LETTERS) - pairs :]
    return [*alone, *(first + second for first in before for second in LETTERS)][:count]


def targets_on(screen: Screen[Any]) -> Sequence[Target]:
    """What one can go to on a screen and see, from top to bottom and from left to right."""
    places = sorted(_places_on(screen), key=lambda one: (one[1].y, one[1].x))
    lines = screen._compositor.render_strips(screen.size)
    taken: dict[int, int] = {}
    found = []
    for (widget, place), code in zip(places, codes(len(places)), strict=False):
        # What begins in the same cell stands side by side.
        start = max(place.x, taken.get(place.y, 0))
        first, end = whole_characters(lines[place.y], start, start + len(code))
        if end <= screen.size.width:
            taken[place.y] = end
            found.append(Target(widget, code, Offset(first, place.y), end - first))
    return found


def whole_characters(line: Strip, start: int, end: int) -> tuple[int, int]:
    """These cells of a line, and those of characters of two cells that would be cut in half at either side."""
    at = 0
    for character in line.text:
        behind = at + cell_len(character)
        if at < start < behind:
            start = at
        if at < end < behind:
            end = behind
        at = behind
    return start, end


def _places_on(screen: Screen[Any]) -> Iterator[tuple[Widget, Offset]]:
    focusable = set(screen.focus_chain)
    for widget in screen.walk_children(Widget):
        # The bar of the tabs is where its tabs are.
        is_target = widget in focusable and not isinstance(widget, Tabs)
        if is_target or (isinstance(widget, Button | Tab) and not widget.disabled and widget.display):
            try:
                seen = screen.find_widget(widget).visible_region
            except NoWidget:
                continue
            if seen:
                yield widget, seen.offset


class Jump(ModalScreen[None]):
    """The letters, over the screen that they lead about on.

    A letter gives the focus, and does nothing more, so that none of them sends anything; what cannot have the focus,
    which is the navigation and the tabs, is opened. Escape leaves all as it was.
    """

    DEFAULT_CSS = """
    Jump {
        background: $background 40%;
        .letter {
            position: absolute; height: 1; background: $warning; color: $background; text-style: bold;
            text-wrap: nowrap;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("閉じる"), id="jump.leave", show=False)]

    def __init__(self, below: Screen[Any], targets: Sequence[Target], size: Size) -> None:
        """The screen below, and what one can go to on it as long as the terminal has this size."""
        super().__init__()
        self._below = below
        self._letters = {one: Words(one.code, classes="letter") for one in targets}
        self._size_then = size
        self._typed = ""

    def compose(self) -> ComposeResult:
        for target, letter in self._letters.items():
            letter.styles.offset = target.at
            letter.styles.width = target.width
            yield letter

    def on_key(self, event: Key) -> None:
        """A letter leads on; one that stands nowhere does nothing."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        typed = self._typed + unicodedata.normalize("NFKC", event.character or "").casefold()
        meant = [one for one in self._letters if typed and one.code.startswith(typed)]
        if len(meant) == 1 and meant[0].code == typed:
            self._go_to(meant[0].widget)
        elif meant:
            self._typed = typed
            for target, letter in self._letters.items():
                letter.display = target in meant
        else:
            self.app.bell()

    def _go_to(self, widget: Widget) -> None:
        if not self.is_current:
            return
        self.dismiss(None)
        if not widget.is_attached or widget.screen is not self._below:
            return
        if widget.focusable:
            self._below.set_focus(widget)
        elif isinstance(widget, Button):
            widget.press()
        elif isinstance(widget, Tab):
            widget.post_message(Tab.Clicked(widget))

    def action_leave(self) -> None:
        """Leave all as it was."""
        if self.is_current:
            self.dismiss(None)

    def on_resize(self, event: Resize) -> None:
        """In a terminal of another size nothing is any more where its letter stands."""
        if event.size != self._size_then:
            self.action_leave()

    def on_screen_suspend(self) -> None:
        """Something has come over it, behind which nothing may be as it was."""
        self._letters.clear()

    def on_screen_resume(self) -> None:
        """It is the last one again."""
        if not self._letters:
            self.action_leave()

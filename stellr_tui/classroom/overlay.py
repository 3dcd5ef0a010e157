"""What a lesson shows over the real app: a box with the instruction beside its marked target.

The box stands on cells on which nothing is shown; where there are none near the target it becomes a band at the top
of the screen, and the page below takes up what room is left. So it never covers anything. It takes no focus. Each of
the app's screens gets a box and marks of its own while it is on top; no screen knows of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import NULL_REGION, Offset, Region, Size
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import DataTable, Footer, OptionList, Static

from stellr_tui.classroom.placing import GAP, Ink, beside, is_near
from stellr_tui.reference.line_breaks import wrapped
from stellr_tui.widgets.masthead import Masthead, Navigation
from stellr_tui.widgets.rows import cut
from stellr_tui.widgets.words import Words

BAND = "-band"
WIDTHS = (66, 52, 40)
"""How wide the box may be, with what is around its text."""

_WHOLE = (DataTable, OptionList, Footer, Masthead, Navigation, ScrollBar)
_AROUND = 2  # cells left and right of the text
_NARROWEST = 24
_COMES_WITHIN = 0.4  # seconds until a target that is not there yet is not waited for
_RESTS_WITHIN = 0.15  # seconds for which nothing may move before a page is taken for one that has come to rest


@dataclass(frozen=True, slots=True)
class Knob:
    """A key of the lesson's own: what stands on it, what it does in words, and the action behind it."""

    caps: str
    label: str
    action: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the box says. more: hints, keys as caps, or what there is to know. source: where from, in the manual."""

    head: str
    words: str
    more: Content | str = ""
    knobs: tuple[Knob, ...] = ()
    source: str = ""

    def keys(self) -> Content:
        """The keys, each of which can be clicked too."""
        parts = [
            Content.from_markup(f"[@click={one.action}][b]$caps[/b] $label[/]", caps=one.caps, label=one.label)
            for one in self.knobs
        ]
        return Content("   ").join([*parts, Content(self.source)] if self.source else parts)

    def parts(self) -> tuple[Content | str, ...]:
        """All below the head, in the order it stands there."""
        return tuple(one for one in (self.words, self.more, self.keys()) if str(one))


def caps(keys: Iterable[str]) -> Content:
    """Keys as they stand on the keyboard, each as a cap."""
    return Content(" ").join(Content.styled(f" {one} ", "reverse") for one in keys)


class Box(Vertical):
    """The instruction. It cannot have the focus."""

    DEFAULT_CSS = """
    Box {
        layer: lesson; dock: top; display: none;
        background: $warning 20%;
        #lesson-head { height: 1; width: 100%; padding: 0 1; text-wrap: nowrap;
            background: $warning; color: $background; text-style: bold; }
        .part { height: auto; padding: 0 1; }
        #lesson-words { color: $foreground; }
        #lesson-hint, #lesson-more { color: $text-warning; }
        #lesson-keys { color: $text-muted; link-style: none; link-color: $text-muted; }
        &.-band { layer: default; dock: none; split: top; width: 100%; height: auto; max-height: 60%; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="lesson-box")
        self.said = Said("", "")
        self._head = Words(id="lesson-head")
        self._words, self._hint = (Words(id=f"lesson-{name}", classes="part") for name in ("words", "hint"))
        self._more, self._keys = (Static(id=f"lesson-{name}", classes="part") for name in ("more", "keys"))

    def compose(self) -> ComposeResult:
        yield from (self._head, self._words, self._hint, self._more, self._keys)

    def say(self, said: Said) -> None:
        """Say something else."""
        if said == self.said:
            return
        self.said = said
        hint, more = (said.more, Content()) if isinstance(said.more, str) else ("", said.more)
        for words, text in ((self._words, said.words), (self._hint, hint)):
            words.update(text)
            words.display = bool(text)
        for part, content in ((self._more, more), (self._keys, said.keys())):
            part.update(content)
            part.display = bool(content.plain)
        self._show_head(self.size.width)

    def on_resize(self) -> None:
        """As much of the head as there is room for."""
        self._show_head(self.size.width)

    def _show_head(self, width: int) -> None:
        self._head.update(cut(self.said.head, max(0, width - _AROUND)))

    def sizes(self, screen: Size) -> tuple[Size, ...]:
        """The sizes that the box can have beside a target: broad and low, or narrow and high."""
        parts = self.said.parts()
        lines = [self.said.head, *(line for one in parts for line in str(one).split("\n"))]
        broad = max(map(cell_len, lines)) + _AROUND
        widths = {max(_NARROWEST, min(width, broad, screen.width)) for width in WIDTHS}
        return tuple(
            Size(width, 1 + sum(_height(one, width - _AROUND) for one in parts))
            for width in sorted(widths, reverse=True)
        )


def _height(part: Content | str, width: int) -> int:
    """In lines, as they are broken there."""
    return len(wrapped(part, width)) if isinstance(part, str) else part.get_height({}, width)


class Mark(Static):
    """One side of the marks around the target: a bar of `>` or `<`, so that it does not rest on colour."""

    DEFAULT_CSS = """
    Mark { layer: lesson; dock: top; display: none; width: 1; background: $warning; color: $background;
        text-style: bold; }
    """

    def __init__(self, sign: str, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._sign = sign
        self._stands = (Offset(), 0)

    def stand(self, at: Offset, height: int) -> None:
        """Stand from this cell downwards."""
        if not self.display or (at, height) != self._stands:
            self._stands = (at, height)
            self.update("\n".join([self._sign] * height))
            self.styles.offset = at
            self.styles.height = height
            self.display = True


class Overlay:
    """Box and marks on one screen. `changed` is called whenever something may have moved there."""

    def __init__(self, screen: Screen[Any], changed: Callable[[], None]) -> None:
        self.screen = screen
        self.box = Box()
        self.marks = (Mark(">", "lesson-mark-left"), Mark("<", "lesson-mark-right"))
        self._changed = changed
        self._is_hidden = False
        self._size = Size(0, 0)
        self._subject: object = None
        self._since = 0.0
        self._is_band = False
        self._place = NULL_REGION
        self._no_room: tuple[Region, bytes] | None = None
        self._no_room_since = 0.0
        self._mount = screen.mount(self.box, *self.marks)
        self.is_ready = False
        """Whether it can say something already."""

    async def begin(self) -> None:
        """Be there, and hear of everything that moves."""
        await self._mount
        self.is_ready = self.box.is_running  # else the screen was left meanwhile
        for signal in (self.screen.screen_layout_refresh_signal, self.screen.bindings_updated_signal):
            if self.is_ready:
                signal.subscribe(self.box, lambda _screen: self._changed(), immediate=True)

    @property
    def is_gone(self) -> bool:
        """Whether the screen has been composed anew, without it."""
        return not self.box.is_attached

    def hide(self) -> None:
        """The screen is not on top any more. A band keeps its room, or the page would jump below a dialog."""
        self._is_hidden = True
        self.box.visible = False
        for mark in self.marks:
            mark.display = False

    def show(
        self, said: Said, target: Widget | None, subject: object, *, scroll: bool, waits: bool, is_coming: bool
    ) -> bool:
        """Say this beside a target, and mark that; whether all of the target can be seen.

        subject: what it is about; for another one the box may move. scroll: bring the target into sight. waits: a
        target may be about to come, and the box would jump to it. is_coming: the page still asks for what it shows.
        """
        if self._is_hidden:
            self._is_hidden = False
            self.box.visible = True
        self.box.say(said)
        if self.screen.size != self._size:
            self._size = self.screen.size
            self._is_band = False
        if subject != self._subject:
            self._subject = subject
            self._since = monotonic()
        if scroll:  # nobody has done anything yet: the page may still be coming
            self._place = NULL_REGION
        whole, seen = self._region(target)
        if seen or not waits or monotonic() - self._since > _COMES_WITHIN:
            self._stand(seen, is_coming)
        self._mark(seen)
        if target is not None and scroll and seen != whole:
            target.scroll_visible(animate=False, immediate=True)
        return bool(seen)

    def _region(self, target: Widget | None) -> tuple[Region, Region]:
        """Where a widget is, and what of that can be seen."""
        if target is None or target not in self.screen._compositor.full_map:
            return NULL_REGION, NULL_REGION
        place = self.screen.find_widget(target)
        return place.region, place.visible_region

    def _stand(self, target: Region, is_coming: bool) -> None:
        if target and not self._is_band:
            ink = inked(self.screen, self.box, *self.marks)
            if self._stand_beside(target, ink):
                self._no_room = None
                return
            if is_coming or not self._rests(target, ink):
                self.box.display = self.box.has_class(BAND)  # where it stood something may have come up
                return
            # A band stays one as long as one is on this screen, or the page would jump up and down from step to step.
            self._is_band = True
        if not self.box.has_class(BAND):
            for rule in ("offset", "width", "height"):
                self.box.styles.clear_rule(rule)
            self.box.add_class(BAND)
        self.box.display = True

    def _rests(self, target: Region, ink: Ink) -> bool:
        """Whether the page has had no room for a moment already: before that it may be half laid out."""
        no_room = (target, ink.cells())
        if no_room != self._no_room:
            self._no_room, self._no_room_since = no_room, monotonic()
        return monotonic() - self._no_room_since >= _RESTS_WITHIN

    def _stand_beside(self, target: Region, ink: Ink) -> bool:
        """Whether there is room; the place that it has is kept as long as nothing comes up below it."""
        ink.cover(target.grow((0, GAP, 0, GAP)))
        sizes = self.box.sizes(self.screen.size)
        stays = self._place.size in sizes and ink.is_free(self._place) and is_near(self._place, target)
        if not stays:
            found = beside(target, sizes, ink)
            if found is None:
                return False
            self._place = found
        self.box.remove_class(BAND)
        self.box.styles.offset = self._place.offset
        self.box.styles.width, self.box.styles.height = self._place.size
        self.box.display = True
        return True

    def _mark(self, target: Region) -> None:
        left, right = self.marks
        if not target:
            left.display = right.display = False
            return
        # At the very edge of the screen the mark stands on the target's own first or last cell.
        left.stand(Offset(max(0, target.x - 1), target.y), target.height)
        right.stand(Offset(min(self.screen.size.width - 1, target.right), target.y), target.height)


def inked(screen: Screen[Any], *own: Widget) -> Ink:
    """The cells of a screen on which something is shown, or can be worked with; what is `own` left out."""
    ink = Ink(screen.size)
    for widget, (region, clip) in screen._compositor.visible_widgets.items():
        if widget is screen or any(one in own for one in widget.ancestors_with_self):
            continue
        shown = region.intersection(clip)
        if widget.focusable or isinstance(widget, _WHOLE):
            ink.cover(shown)
        elif not widget.displayed_children:
            for y, line in enumerate(_lines(widget), region.y):
                if shown.y <= y < shown.bottom:
                    ink.write(Offset(region.x, y), line, shown)
        else:
            _frame(ink, widget, region, shown)
    return ink


def _lines(widget: Widget) -> list[str]:
    size = widget.outer_size
    return [strip.text.rstrip() for strip in widget.render_lines(Region(0, 0, size.width, size.height))]


def _frame(ink: Ink, widget: Widget, region: Region, shown: Region) -> None:
    """The border around what holds other widgets."""
    top, right, bottom, left = widget.styles.border.spacing
    inner = region.shrink((top, right, bottom, left))
    for edge in (
        Region(region.x, region.y, region.width, top),
        Region(region.x, inner.bottom, region.width, bottom),
        Region(region.x, region.y, left, region.height),
        Region(inner.right, region.y, right, region.height),
    ):
        ink.cover(edge.intersection(shown))

"""The head of every page: where one is, who is signed in for which billing account, the business date, the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.layout import Layout
from textual.widgets import Button

from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.keys import InLines
from stellr_tui.widgets.names_keys import NamesKeys
from stellr_tui.widgets.rows import ELLIPSIS, cut
from stellr_tui.widgets.words import Words, relabel

if TYPE_CHECKING:
    from stellr_tui.desk.clock import Clock
    from stellr_tui.desk.identity import SignedIn

NAVIGATION = (
    ("home", N_("ホーム")),
    ("catalog", N_("ベンダーカタログ")),
    ("customers", N_("顧客管理")),
    ("results", N_("管理と実績")),
    ("storefront", N_("Storefront")),
)

_MOVE_CLOCK = "page.move-clock"


class Masthead(Horizontal, NamesKeys):
    """Breadcrumb; below it person, billing account and business date, and 訓練 in colour and in words.

    Where the date can be moved it says by which key: on a page, and not over what is typed into a form for this day.
    """

    DEFAULT_CSS = """
    Masthead {
        height: 2;
        background: $primary-background;
        layout: vertical;
        #breadcrumb { width: 100%; height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: clip; }
        #standing { width: 100%; height: 1; padding: 0 0 0 1; }
        #whose { width: auto; color: $text-muted; text-wrap: nowrap; }
        #training { width: auto; color: $warning; text-style: bold; text-wrap: nowrap; }
    }
    """

    def __init__(self, crumbs: Sequence[str], user: SignedIn | None, clock: Clock | None) -> None:
        super().__init__(id="masthead")
        self._crumbs = crumbs
        self._user = user
        self._clock = clock

    def compose(self) -> ComposeResult:
        yield Words(id="breadcrumb")
        with Horizontal(id="standing"):
            yield Words(self._whose(), id="whose")
            yield Words(self._training(), id="training")

    def on_resize(self) -> None:
        """Show as much of the way as there is room for."""
        self.show_crumbs(self._crumbs)

    def show_crumbs(self, crumbs: Sequence[str]) -> None:
        """Another breadcrumb, once the page knows what it shows; where it is too long its beginning is left out."""
        self._crumbs = crumbs
        shown = list(crumbs)
        room = self.size.width - 2
        while len(shown) > 2 and cell_len(" > ".join(shown)) > room:
            shown = [ELLIPSIS, *shown[1 if shown[0] != ELLIPSIS else 2 :]]
        self.query_one("#breadcrumb", Words).update(cut(" > ".join(shown), room))

    def show_clock(self, clock: Clock | None) -> None:
        """Another business date."""
        self._clock = clock
        # Before the head is composed there is nothing to be told: it begins with this date then.
        for words in self.query("#whose").results(Words):
            words.update(self._whose())
        self.name_keys()

    def name_keys(self) -> None:
        for words in self.query("#training").results(Words):
            words.update(self._training())

    def _training(self) -> str:
        if self._clock is None or not self._clock.is_training:
            return ""
        if not self.is_of_screen(_MOVE_CLOCK):
            return _("[訓練]")
        return _("[訓練: {key} で日付変更]").format(key=self.cap(_MOVE_CLOCK))

    def _whose(self) -> str:
        parts = []
        if self._user:
            parts += [self._user.name, _("請求先口座番号 {number}").format(number=self._user.account.number)]
        if self._clock:
            parts.append(_("処理日 {day}").format(day=self._clock.today.isoformat()))
        return "  ".join([*parts, ""])


class Navigation(Horizontal, NamesKeys):
    """ホーム ベンダーカタログ 顧客管理 管理と実績 Storefront, on every Stellr page."""

    DEFAULT_CSS = """
    Navigation {
        height: auto;
        background: $panel;
        Button { min-width: 8; width: auto; background: $panel; }
        Button.-current { background: $primary; color: $text; text-style: bold; }
    }
    """

    _lines: ClassVar[Layout] = InLines()

    def __init__(self, current: str) -> None:
        super().__init__(id="navigation")
        self._current = current

    @property
    def layout(self) -> Layout:
        """More than one line is for long names of keys that one chose oneself."""
        return self._lines

    def compose(self) -> ComposeResult:
        for name, label in NAVIGATION:
            words = Content(self._words(name, label))
            button = Button(words, id=f"nav-{name}", compact=True, action=f"screen.visit('{name}')")
            button.can_focus = False  # its key is quicker, and Tab stays within the page
            button.set_class(name == self._current, "-current")
            yield button

    def name_keys(self) -> None:
        for name, label in NAVIGATION:
            relabel(self.query_one(f"#nav-{name}", Button), self._words(name, label))

    def _words(self, name: str, label: str) -> str:
        return f"{self.cap(f'visit.{name}')} {_(label)}"

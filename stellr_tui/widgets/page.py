"""A page of the portal: masthead, navigation, what the page is about, and the keys that do something here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, TabbedContent

from stellr_tui.desk.clock import Clock, read_clock
from stellr_tui.reference.texts import LANGUAGES, N_, speaking
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.form import Form
from stellr_tui.widgets.ground import Ground
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead, Navigation
from stellr_tui.widgets.places import Customers, Home, Left, Place, Results, Storefront, VendorCatalog
from stellr_tui.widgets.rows import Rows

_WAYS: dict[str, Place] = {
    "home": Home(),
    "catalog": VendorCatalog(),
    "customers": Customers(),
    "results": Results(),
    "storefront": Storefront(),
}

_TICKED, _OPEN = "x", "-"


class Page(Ground[None]):
    """A page. Subclasses give `crumbs` and `compose_page`, ask the desk in `load`, and name their `area`."""

    area: ClassVar[str] = ""
    """Which entry of the navigation the page stands under; empty for pages outside Stellr, which have none."""

    AUTO_FOCUS = ""  # each page says itself where one begins

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "visit('home')", N_("ホーム"), id="visit.home", show=False),
        Binding("f3", "visit('catalog')", N_("ベンダーカタログ"), id="visit.catalog", show=False),
        Binding("f4", "visit('customers')", N_("顧客管理"), id="visit.customers", show=False),
        Binding("f5", "visit('results')", N_("管理と実績"), id="visit.results", show=False),
        Binding("f6", "visit('storefront')", N_("Storefront"), id="visit.storefront", show=False),
        # Where no field is to be explained; the footer names it where one orders.
        Binding("f1", "rules", N_("ルール"), id="page.rules", show=False),
        Binding("f9", "move_clock", N_("処理日"), id="page.move-clock", show=False),
        # With priority, so that it works from within a field, too.
        Binding("ctrl+k", "quick_order", N_("クイックオーダー"), id="app.quick-order", show=False, priority=True),
        Binding("escape", "back", N_("戻る"), id="page.back"),
        # Where a terminal sends something else for Alt with an arrow it is often what it also sends for these.
        Binding("alt+left,ctrl+left", "back", N_("前の場所"), id="page.last-place", show=False),
        Binding("alt+right,ctrl+right", "forward", N_("次の場所"), id="page.next-place", show=False),
    ]

    shows: Place | None = None
    """What is shown, once somebody has gone there."""

    _comes_back_to: Left | None = None

    def crumbs(self) -> Sequence[str]:
        """Where one is, in the manual's words."""
        raise NotImplementedError

    def compose_page(self) -> Iterable[Widget]:
        """What the page is about."""
        raise NotImplementedError

    def compose_actions(self) -> Iterable[Button]:
        """The buttons of the page, always in sight."""
        return ()

    def load(self) -> None:
        """Ask the desk for what the page shows."""

    def mail_moved(self) -> None:
        """Mail was sent, put off or has failed: a page that shows mail reads it anew."""

    def compose(self) -> ComposeResult:
        yield Masthead(self.crumbs(), self.workplace.signed_in, self.workplace.clock)
        if self.area:
            yield Navigation(self.area)
        with VerticalScroll(id="page", can_focus=False):
            yield from self.compose_page()
        if actions := list(self.compose_actions()):
            yield Horizontal(*actions, id="actions")
        yield Keys()

    def on_mount(self) -> None:
        """Bring back what was typed here before, and ask for the rest."""
        self.recall()
        self.ask(read_clock, self._show_clock, about="clock")
        self.load()

    def _show_clock(self, clock: Clock) -> None:
        self.workplace.clock = clock
        self.query_one(Masthead).show_clock(clock)

    def show_crumbs(self) -> None:
        """Show the breadcrumb anew, once the page knows more."""
        self.query_one(Masthead).show_crumbs(self.crumbs())

    def say_anew(self) -> None:
        """The page once more, as when one leaves it and comes back."""
        self.workplace.show_again()

    def typed_key(self) -> Hashable:
        return type(self).__name__

    def called(self) -> str:
        crumbs = self.crumbs()
        return " > ".join(crumbs[2:]) or crumbs[-1]

    def remember(self) -> None:
        """Keep what was typed, and where one is, for when one comes back."""
        self.note_unsaved()
        for form in self.query(Form):
            # A page that is left before it was loaded has no fields yet: what was kept for them stays.
            self.workplace.typed.setdefault((self.typed_key(), form.id), {}).update(form.values())

        place = self.workplace.typed.setdefault((self.typed_key(), None), {})
        place.update({tabs.id or "": tabs.active for tabs in self.query(TabbedContent)})
        place.update({rows.id or "": rows.bookmark for rows in self.query(Rows)})
        place.update({entry.id or "": entry.value for entry in self._loose_entries()})
        place.update({box.id or "": _TICKED if box.value else _OPEN for box in self.query(Checkbox)})

    def recall(self) -> None:
        """Bring back what was typed, and the cursor to its row once that is there."""
        for form in self.query(Form):
            form.fill(self.workplace.typed.get((self.typed_key(), form.id), {}))
        for rows in self.query(Rows):
            if kept := self.left_at(rows.id or ""):
                rows.bookmark = kept
        for box in self.query(Checkbox):
            if kept := self.left_at(box.id or ""):
                box.value = kept == _TICKED
        # Nothing is looked for yet: the page does so with what stands there then.
        with self.prevent(Input.Changed):
            for entry in self._loose_entries():
                entry.value = self.left_at(entry.id or "")

    def as_left(self) -> Left:
        """How the page is left now."""
        with_id = (one.id for one in self.focused.ancestors_with_self if one.id) if self.focused else iter(())
        at = self.workplace.typed.get((self.typed_key(), None), {})
        scroll = round(self.query_one("#page").scroll_y)
        return Left(self._called_in_each_language(), next(with_id, ""), scroll, dict(at))

    def _called_in_each_language(self) -> Mapping[str, str]:
        names = {}
        for language in LANGUAGES:
            with speaking(language):
                names[language] = self.called()
        return names

    def come_back(self, left: Left) -> None:
        """Have the focus, and be scrolled, as it was left, whatever a page begins with; until somebody acts on it."""
        self._comes_back_to = left

    @property
    def is_as_left(self) -> bool:
        """Whether one has come back to the page, and not gone there anew."""
        return self._comes_back_to is not None

    def begin(self) -> None:
        """Somebody acts on the page: from now on it is as it becomes."""
        self._comes_back_to = None

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """The focus where it is wanted, or where it was left."""
        super().set_focus(widget and (self._had_focus() or widget), scroll_visible, from_app_focus)

    def has_shown(self) -> None:
        """What had the focus may be there now."""
        if self._comes_back_to is not None:
            if (wanted := self._had_focus()) is not None:
                self.set_focus(wanted, scroll_visible=False)
            # Not before what is shown has been styled, and then laid out.
            self.call_after_refresh(self.call_after_refresh, self._scroll_back)

    def _had_focus(self) -> Widget | None:
        """What had the focus when the page was left, as far as it is there and can have it again."""
        wanted = self._comes_back_to and self._comes_back_to.focus
        found = self.query(f"#{wanted}").results() if wanted else iter(())
        return next((one for one in found if one.focusable and one.display), None)

    def _scroll_back(self) -> None:
        if self._comes_back_to is not None and self.is_here:
            self.query_one("#page").scroll_to(y=self._comes_back_to.scroll, animate=False)

    def left_at(self, id: str) -> str:
        """Where something on this page was left: the tab, the row, what was searched or ticked; else nothing."""
        left = self._comes_back_to
        return (left.at if left else self.workplace.typed.get((self.typed_key(), None), {})).get(id, "")

    def _loose_entries(self) -> Iterable[Entry]:
        """Search fields and the like, which are no fields of a form."""
        return (entry for entry in self.query(Entry) if not any(isinstance(one, Form) for one in entry.ancestors))

    def action_visit(self, way: str) -> None:
        """Go to a page of the navigation."""
        self.workplace.go(_WAYS[way])

    def action_move_clock(self) -> None:
        """Move the date of a training database."""
        self.workplace.move_clock()

    def action_rules(self) -> None:
        """ルール: delivery and billing, with today's case worked out."""
        self.workplace.show_rules()

    def action_quick_order(self) -> None:
        """An order in one line."""
        self.workplace.quick_order()

    def action_back(self) -> None:
        """Go to the page that was left last."""
        self.workplace.back()

    def action_forward(self) -> None:
        """Go to the page from which one came back last."""
        self.workplace.forward()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The ways of Stellr are open on Stellr's pages only."""
        return bool(self.area) if action == "visit" else super().check_action(action, parameters)

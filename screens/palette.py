"""コマンドパレット: what one can do here and where one can go, by a part of its name, in each language and writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input

from screens.commands import Command, way_to
from stellr_tui.desk.finder import Found, find
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.places import EndUserPage, Place, SubscriptionPage
from stellr_tui.widgets.rows import Column, Rows


class PaletteDialog(Dialog[Command]):
    """A line to type into and what it finds: commands of the screen below, pages, end users and contracts."""

    CSS_PATH = "palette.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", N_("前の候補"), id="palette.up", show=False),
        Binding("down", "walk(1)", N_("次の候補"), id="palette.down", show=False),
    ]

    def __init__(self, commands: Sequence[Command], go: Callable[[Place], object] | None) -> None:
        """The commands of the screen below; and how to go to a place, where one may leave that screen."""
        super().__init__()
        self._commands = commands
        self._go = go
        self._shown: dict[str, Command] = {}
        self._found_for: str | None = None

    def title_text(self) -> str:
        return _("コマンドパレット")

    def compose_dialog(self) -> Iterable[Widget]:
        placeholder = _("操作、ページ、エンドユーザー、契約番号 (漢字、かな、ローマ字)")
        yield Entry(placeholder=placeholder, id="palette-searched", compact=True)
        yield Rows(_columns(), id="palette-found")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("閉じる"), id="close", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Show what can be done here; one can type at once."""
        self._searched.focus()
        self._search()

    @property
    def _searched(self) -> Entry:
        return self.query_one("#palette-searched", Entry)

    @on(Input.Changed, "#palette-searched")
    def _search(self) -> None:
        self._look_for("")

    def _look_for(self, then: str) -> None:
        """Ask what the line finds; `then` choose the first of it, as if one had waited to press the key."""
        searched = self._searched.value
        names = [(one.names, one.also) for one in self._commands]
        by = self.workplace.signed_in if self._go else None
        self.ask(
            lambda desk: find(desk, by, searched, names),
            lambda found: self._show(searched, found, then),
            about="chosen" if then else "search",
            latest_only=not then,
        )

    def _show(self, searched: str, found: Found, then: str) -> None:
        if searched != self._searched.value:
            return
        self._found_for = searched
        commands = [self._commands[at] for at in found.commands]
        if go := self._go:
            for customer in found.end_users:
                place: Place = EndUserPage(customer.number)
                commands.append(way_to(go, _("エンドユーザー"), [customer.company], str(customer.number), place))
            for one in found.contracts:
                place = SubscriptionPage(one.contract_number)
                name = f"{one.company}  {one.service}"
                commands.append(way_to(go, _("契約"), [name], str(one.contract_number), place))
        self._shown = {str(at): one for at, one in enumerate(commands)}
        table = self.query_one("#palette-found", Rows)
        table.fill((at, (one.name, one.mark, one.kind)) for at, one in self._shown.items())
        table.move_cursor(row=0)
        if then:
            self._choose()

    def action_walk(self, direction: int) -> None:
        """To what stands above or below, while one goes on typing."""
        table = self.query_one("#palette-found", Rows)
        if direction > 0:
            table.action_cursor_down()
        else:
            table.action_cursor_up()

    @on(Input.Submitted, "#palette-searched")
    def _enter(self) -> None:
        if self._found_for == self._searched.value:
            self._choose()
        else:
            self._look_for("choose")

    @on(DataTable.RowSelected, "#palette-found")
    def _choose(self) -> None:
        chosen = self._shown.get(self.query_one("#palette-found", Rows).current or "")
        if chosen is not None:
            self.dismiss(chosen)


def _columns() -> Sequence[Column]:
    return (Column(_("名前"), 32, 0), Column(_("キー、番号"), 13, 1), Column(_("種類"), 14, 1))

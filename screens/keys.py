"""キー: what every key does, those that work where one is first; others can be given, which are kept at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input

from screens.one_line import OneLine
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.keymap import check_keymap, key_caps, keys_of, known_bindings
from stellr_tui.widgets.rows import Column, Rows


class KeysDialog(Dialog[None]):
    """The keys, to look up and to change."""

    CSS_PATH = "keys.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "own_key", N_("元のキー"), id="keys.own", show=False),
    ]

    def __init__(self, here: Iterable[str]) -> None:
        """here: the ids of the bindings that work on the screen below."""
        super().__init__()
        self._here = frozenset(here)

    def title_text(self) -> str:
        return _("キー (* はこの画面で使えるもの)")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Entry(placeholder=_("操作、キー、IDで検索"), id="keys-searched", compact=True)
        yield Rows(_columns(), id="keys")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("キーを変更"), id="change-key", compact=True, variant="primary")
        yield Button(_("元のキー"), id="own-key", compact=True, action="screen.own_key")
        yield Button(_("閉じる"), id="close", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Show them all; one can search at once."""
        self._show()
        self.query_one("#keys-searched").focus()

    @on(Input.Changed, "#keys-searched")
    def _show(self) -> None:
        searched = self.query_one("#keys-searched", Entry).value.strip().casefold()
        keymap = self.workplace.settings.keys
        rows = []
        for name, binding in sorted(known_bindings().items(), key=lambda one: (one[0] not in self._here, one[0])):
            keys = key_caps(keys_of(binding, keymap))
            if name in keymap:
                keys = _("{keys} (元 {own})").format(keys=keys, own=key_caps(keys_of(binding, {})))
            mark = "*" if name in self._here else " "
            cells = [f"{mark} {_(binding.description)}", f"  {name}", keys]
            if searched in " ".join(cells).casefold():
                rows.append((name, cells))
        self.query_one("#keys", Rows).fill(rows)

    @on(Input.Submitted, "#keys-searched")
    def _to_keys(self) -> None:
        self.query_one("#keys").focus()

    @on(DataTable.RowSelected, "#keys")
    @on(Button.Pressed, "#change-key")
    @work
    async def _change(self) -> None:
        """Ask for the keys of the binding under the cursor."""
        name = self.query_one("#keys", Rows).current
        if name is None:
            return

        def check(given: str, field: str, *, required: bool) -> str:
            typed = fields.text(given, field, required=required)
            _right, findings = check_keymap(self.app, {**self.workplace.settings.keys, name: typed})
            refused = [one.at(field) for one in findings if one.field == f"keys.{name}"]
            if refused:
                raise Refused(*refused)
            return typed

        title = f"{_(known_bindings()[name].description)}  {name}"
        keys = await self.app.push_screen_wait(OneLine(title, "keys", check, yes=_("変更")))
        if keys is not None:
            self._keep({**self.workplace.settings.keys, name: keys})

    def action_own_key(self) -> None:
        """Give the binding under the cursor its own keys back."""
        keys = dict(self.workplace.settings.keys)
        if keys.pop(self.query_one("#keys", Rows).current or "", None):
            self._keep(keys)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one types, Delete is for what is typed."""
        if action == "own_key":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def _keep(self, keys: dict[str, str]) -> None:
        settings = replace(self.workplace.settings, keys=keys)
        try:
            self.workplace.keep_settings(settings)
        except Refused as refused:
            self.show_refusal(refused.findings)
            return
        self.workplace.use(settings)
        self._show()


def _columns() -> Sequence[Column]:
    return (
        Column("  " + _("操作"), 28, 0),
        Column("  ID", 28, 0),
        Column(field_label("keys"), 22, 1),
    )

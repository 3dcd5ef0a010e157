"""オーダー③ 新規エンドユーザーを追加."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from screens.end_user_form import EndUserFormScreen, form_bindings
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, add_end_user
from stellr_tui.desk.remarks import remarks_on_end_user
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Remarks
from stellr_tui.widgets.form import Form, TextField

TYPED = "new-end-user"


class NewEndUserScreen(EndUserFormScreen):
    """The form, empty at first."""

    form_id = "new-end-user-form"

    BINDINGS: ClassVar[list[BindingType]] = form_bindings("new-end-user")

    def crumbs(self) -> Sequence[str]:
        return [_("オーダー"), _("新規エンドユーザーを追加")]

    async def on_mount(self) -> None:
        """Bring back what was typed before, with as many locations and contacts as there were."""
        typed = self.workplace.typed.get(TYPED, {})
        if typed:
            await self.show_form(typed, {group: range(-1, -1 - int(typed[f"#{group}"]), -1) for group in self.keys})
            with self.prevent(Input.Changed):
                for name in typed["#proposed"].split():
                    self.field(name).propose(typed[name])
        self.query_one("#company").focus()

    def remember(self) -> None:
        proposed = [field.field_name for field in self.query(TextField) if field.is_proposal]
        beside = {f"#{group}": str(len(keys)) for group, keys in self.keys.items()}
        self.workplace.typed[TYPED] = self.query_one(Form).values() | beside | {"#proposed": " ".join(proposed)}

    def remarks(self) -> Callable[[Desk], Remarks]:
        form = self.form()
        return lambda desk: remarks_on_end_user(desk, self.workplace.user, form)

    def action_save(self) -> None:
        """保存."""
        form = self.form()
        self.ask(lambda desk: add_end_user(desk, self.workplace.user, form), self._saved, about="save")

    def _saved(self, end_user: EndUser) -> None:
        self.workplace.typed.pop(TYPED, None)
        self.dismiss(end_user)

    def action_reset(self) -> None:
        """リセット: an empty form."""
        self.workplace.typed.pop(TYPED, None)
        form = self.query_one(Form)
        form.clear_findings()
        form.fill(dict.fromkeys(form.fields(), ""))
        self.query_one("#company").focus()

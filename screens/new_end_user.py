"""オーダー③ 新規エンドユーザーを追加."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from screens.end_user_form import EndUserFormScreen, form_bindings
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, add_end_user, field_at
from stellr_tui.desk.remarks import remarks_on_end_user
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Remarks
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.kept_soon import KeptSoon
from stellr_tui.widgets.workplace import Workplace

TYPED = "new-end-user"
_PLACE = field_at("locations", 0, "location")
_CODE = field_at("locations", 0, "postal_code")
_OPEN = "#open"


def is_open(workplace: Workplace) -> bool:
    """Whether the form stood open over an order when the session ended."""
    return _OPEN in workplace.typed.get(TYPED, {})


def _number(typed: Mapping[str, str], group: str) -> int:
    """How many locations or contacts there were."""
    return int(typed.get(f"#{group}", "1"))


class NewEndUserScreen(EndUserFormScreen, KeptSoon[EndUser | None]):
    """The form, empty at first or with a name that was typed elsewhere; of an order it is kept with that."""

    form_id = "new-end-user-form"

    BINDINGS: ClassVar[list[BindingType]] = form_bindings("new-end-user")

    def __init__(self, company: str = "", *, of_order: bool = False) -> None:
        """company: its name, which 場所名 is likely to be as well (オーダー③)."""
        super().__init__()
        self._company = company
        self._kept_under = (TYPED, company) if company else TYPED
        self._of_order = of_order

    def crumbs(self) -> Sequence[str]:
        return [_("オーダー"), _("新規エンドユーザーを追加")]

    def typed_key(self) -> Hashable:
        return self._kept_under

    def has_unsaved(self) -> bool:
        """What is of an order is kept with that."""
        return not self._of_order and self.query_one(Form).is_typed

    async def on_mount(self) -> None:
        """Bring back what was typed before, with as many locations and contacts as there were."""
        typed = self.workplace.typed.get(self._kept_under, {})
        if typed:
            await self.show_form(typed, {group: range(-1, -1 - _number(typed, group), -1) for group in self.keys})
            with self.prevent(Input.Changed):
                for name in typed.get("#proposed", "").split():
                    self.field(name).propose(typed.get(name, ""))
        elif self._company:
            self.field("company").value = self._company
            self.field(_PLACE).propose(self._company)
            self.field(_CODE).focus_control()
            return
        self.query_one("#company").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """As long as 場所名 is only proposed, it is called as the company is."""
        place = self.field(_PLACE)
        if self._company and event.input is self.field("company").input and place.is_proposal:
            place.propose(event.value)

    def remember(self) -> None:
        proposed = [field.field_name for field in self.query(TextField) if field.is_proposal]
        beside = {f"#{group}": str(len(keys)) for group, keys in self.keys.items()}
        if self._of_order or self.workplace.typed.get(self._kept_under, {}).get("#of_order"):
            beside["#of_order"] = "1"
        typed = self.query_one(Form).values() | beside | {"#proposed": " ".join(proposed)}
        self.workplace.typed[self._kept_under] = typed

    def keep(self) -> None:
        self.remember()
        if self._of_order:
            self.workplace.typed[TYPED][_OPEN] = "1"
            self.workplace.keep_order()

    def action_leave(self) -> None:
        super().action_leave()
        self.workplace.keep_order()

    def remarks(self) -> Callable[[Desk], Remarks]:
        form = self.form()
        return lambda desk: remarks_on_end_user(desk, self.workplace.user, form)

    def action_save(self) -> None:
        """保存."""
        form = self.form()
        self.ask(lambda desk: add_end_user(desk, self.workplace.user, form), self._saved, about="save")

    def _saved(self, end_user: EndUser) -> None:
        self.workplace.typed.pop(self._kept_under, None)
        self.workplace.unsaved.pop(self._kept_under, None)
        self.workplace.keep_order()
        self.dismiss(end_user)

    def is_changed(self) -> bool:
        return self.query_one(Form).is_typed

    def reset(self) -> None:
        """An empty form."""
        self.workplace.typed.pop(self._kept_under, None)
        form = self.query_one(Form)
        form.clear_findings()
        form.fill(dict.fromkeys(form.fields(), ""))
        self.query_one("#company").focus()

"""顧客管理, エンドユーザーの編集: the form of オーダー③, filled with what is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from screens.changed_meanwhile import ChangedMeanwhile
from screens.end_user_form import PARTS, EndUserFormScreen, form_bindings
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import (
    EndUserEdit,
    Meanwhile,
    change_end_user,
    changed_since,
    edit_from,
    edit_of,
    record_of,
)
from stellr_tui.desk.end_users import EndUser, end_user, field_at
from stellr_tui.desk.remarks import remarks_on_edit
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Finding, Reason, Remarks
from stellr_tui.rules.merging import Difference, collisions, merged
from stellr_tui.widgets.form import Form, TextField


class EditEndUserScreen(EndUserFormScreen):
    """The form of an end user that is there. Gives it as it then is; None for キャンセル."""

    form_id = "edit-end-user-form"

    BINDINGS: ClassVar[list[BindingType]] = form_bindings("edit-end-user")

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer
        self._seen: EndUserEdit | None = None

    def crumbs(self) -> Sequence[str]:
        return [_("顧客管理"), str(self._customer), _("編集")]

    def further_fields(self) -> Iterable[TextField]:
        yield TextField("microsoft_id", field_label("microsoft_id"))

    def drop_label(self, key: int) -> str:
        return _("－ 廃止する") if key > 0 else super().drop_label(key)

    async def on_mount(self) -> None:
        """Bring back what was typed before and not saved, else what is stored."""
        self.query_one("#company").focus()
        kept = self.workplace.typed.get(self.typed_key())
        if kept:
            self._seen = _read(kept["seen"])
            await self._fill(_read(kept["typed"]))
        else:
            self._read_anew()

    def typed_key(self) -> Hashable:
        return ("edit-end-user", self._customer)

    def _read_anew(self) -> None:
        self.ask(lambda desk: end_user(desk, self.workplace.user, self._customer), self._begin, about="end-user")

    async def _begin(self, one: EndUser) -> None:
        self._seen = edit_of(one)
        await self._fill(self._seen)
        self.query_one("#company").focus()

    async def _fill(self, edit: EndUserEdit) -> None:
        await self.show_form(_values(edit), {"locations": edit.locations, "contacts": edit.contacts})

    def _edit(self, seen: EndUserEdit) -> EndUserEdit:
        return EndUserEdit(
            seen=seen.seen,
            form=self.form(),
            locations=tuple(self.keys["locations"]),
            contacts=tuple(self.keys["contacts"]),
            microsoft_id=self.query_one(Form).values()["microsoft_id"],
        )

    def has_unsaved(self) -> bool:
        return self._seen is not None and self._edit(self._seen) != self._seen

    def remember(self) -> None:
        if self._seen is None:
            return
        self.workplace.typed.pop(self.typed_key(), None)
        typed = self._edit(self._seen)
        if typed != self._seen:
            self.workplace.typed[self.typed_key()] = {"seen": _written(self._seen), "typed": _written(typed)}

    def remarks(self) -> Callable[[Desk], Remarks] | None:
        if self._seen is None:
            return None
        edit = self._edit(self._seen)
        return lambda desk: remarks_on_edit(desk, self.workplace.user, self._customer, edit)

    def action_save(self) -> None:
        """保存."""
        if self._seen is not None:
            edit = self._edit(self._seen)
            self.ask(
                lambda desk: change_end_user(desk, self.workplace.user, self._customer, edit),
                self._saved,
                refused=self._refused,
                about="save",
            )

    def _saved(self, one: EndUser) -> None:
        self.workplace.typed.pop(self.typed_key(), None)
        self.workplace.unsaved.pop(self.typed_key(), None)
        self.dismiss(one)

    def _refused(self, findings: tuple[Finding, ...]) -> None:
        seen = self._seen
        if seen is not None and any(one.reason is Reason.CHANGED_MEANWHILE for one in findings):
            self.ask(
                lambda desk: changed_since(desk, self.workplace.user, self._customer, seen.seen),
                self._resolve,
                about="meanwhile",
            )
        else:
            self.show_refusal(findings)

    @work
    async def _resolve(self, meanwhile: Meanwhile) -> None:
        """Somebody was quicker: say who and what, and save what is then chosen. Until then all stays as typed."""
        assert self._seen is not None
        seen, ours, now = record_of(self._seen), record_of(self._edit(self._seen)), edit_of(meanwhile.end_user)
        theirs = record_of(now)
        found = collisions(seen, ours, theirs)
        taken: Sequence[Difference] | None = ()
        if found:
            taken = await self.app.push_screen_wait(ChangedMeanwhile(meanwhile.changes, seen, ours, theirs))
        if taken is None:
            return
        both = edit_from(merged(ours, theirs, taken), now.seen)
        self._seen = now
        await self._fill(both)
        self.action_save()

    def is_changed(self) -> bool:
        return self.has_unsaved()

    def reset(self) -> None:
        """What is stored now."""
        self.workplace.typed.pop(self.typed_key(), None)
        self._read_anew()


def _values(edit: EndUserEdit) -> dict[str, str]:
    """What the form says, by the names of its fields."""
    form = edit.form
    security = asdict(form.security_contact)
    values = {"company": form.company, "company_kana": form.company_kana, "microsoft_id": edit.microsoft_id}
    values |= {f"security_contact.{name}": security[name] for name in PARTS["contacts"]}
    groups: Mapping[str, Sequence[object]] = {"locations": form.locations, "contacts": form.contacts}
    for group, parts in groups.items():
        for position, one in enumerate(parts):
            values |= {field_at(group, position, name): getattr(one, name) for name in PARTS[group]}
    return values


def _written(edit: EndUserEdit) -> str:
    """The form as text, to be kept while it is left."""
    return json.dumps([edit.seen, [[*part, values] for part, values in record_of(edit).items()]])


def _read(written: str) -> EndUserEdit:
    seen, parts = json.loads(written)
    return edit_from({(kind, key): values for kind, key, values in parts}, seen)

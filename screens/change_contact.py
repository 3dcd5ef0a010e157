"""連絡先の変更: another location or contact of the end user for this order, or a new contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import add_contact
from stellr_tui.desk.end_users import Contact, ContactForm, EndUser, Location
from stellr_tui.desk.remarks import remarks_on_contact
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Remarks
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import ChoiceField, Form, TextField
from stellr_tui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ChosenContact:
    """The location and contact that an order names, and the end user as it then is."""

    end_user: EndUser
    location: Location
    contact: Contact


class ChangeContact(Dialog[ChosenContact]):
    """Choose a location and a contact, or type a new contact."""

    def __init__(self, end_user: EndUser) -> None:
        super().__init__()
        self._end_user = end_user

    def title_text(self) -> str:
        return _("連絡先の変更")

    def compose_dialog(self) -> Iterable[Widget]:
        with Form(id="contact-form"):
            yield ChoiceField("chosen_location", _("場所名"), required=True)
            yield ChoiceField("chosen_contact", _("連絡先"), required=True)
            yield Words(_("＋ 新しい連絡先"), classes="section")
            yield TextField("contact.name", _("担当者名"))
            yield TextField("contact.phone", _("電話番号"))
            yield TextField("contact.email", _("Eメール"))

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("変更"), id="change", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Offer what the end user has."""
        form = self.query_one(Form).fields()
        location, contact = form["chosen_location"], form["chosen_contact"]
        if isinstance(location, ChoiceField) and isinstance(contact, ChoiceField):
            location.offer((str(one.id), str(one)) for one in self._end_user.locations)
            contact.offer((str(one.id), f"{one.name}, {one.phone}, {one.email}") for one in self._end_user.contacts)
            location.value = location.value or str(self._end_user.locations[0].id)
            contact.value = contact.value or str(self._end_user.contacts[0].id)
        self.query_one(Form).begin()

    def _new(self) -> ContactForm:
        values = self.query_one(Form).values()
        return ContactForm(values["contact.name"], values["contact.phone"], values["contact.email"])

    def remarks(self) -> Callable[[Desk], Remarks]:
        new = self._new()
        return lambda desk: remarks_on_contact(desk, new)

    @on(Button.Pressed, "#change")
    @on(Input.Submitted, "#contact-email")
    def _change(self, event: Button.Pressed | Input.Submitted) -> None:
        event.stop()
        new = self._new()
        if new.is_empty:
            self._choose(self._end_user, self.query_one(Form).values()["chosen_contact"])
        else:
            number = self._end_user.number
            self.ask(
                lambda desk: add_contact(desk, self.workplace.user, number, new),
                lambda changed: self._choose(changed, str(changed.contacts[-1].id)),
                about="add-contact",
            )

    def _choose(self, end_user: EndUser, contact_id: str) -> None:
        location_id = self.query_one(Form).values()["chosen_location"]
        self.dismiss(
            ChosenContact(
                end_user,
                next(one for one in end_user.locations if str(one.id) == location_id),
                next(one for one in end_user.contacts if str(one.id) == contact_id),
            )
        )

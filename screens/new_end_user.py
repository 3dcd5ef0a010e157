"""オーダー③ 新規エンドユーザーを追加: company, locations, contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as columns_of
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import (
    ContactForm,
    EndUser,
    EndUserForm,
    LocationForm,
    add_end_user,
    field_at,
)
from stellr_tui.desk.remarks import remarks_on_end_user
from stellr_tui.reference import kana, postal
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused, Remarks
from stellr_tui.rules.policy import Requirement
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.form import Form, TextField, id_of
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.words import Words

TYPED = "new-end-user"


class NewEndUserScreen(AskingScreen[EndUser | None]):
    """The form. Gives the end user that was stored; None for キャンセル, which keeps what was typed."""

    CSS_PATH = "new_end_user.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("保存"), id="new-end-user.save"),
        Binding("ctrl+r", "reset", N_("リセット"), id="new-end-user.reset"),
        Binding("ctrl+n", "more_contacts", N_("＋ 新しい連絡先"), id="new-end-user.more-contacts"),
        Binding("ctrl+p", "more_locations", N_("＋ 新しい場所"), id="new-end-user.more-locations"),
        Binding("escape", "leave", N_("キャンセル"), id="new-end-user.cancel"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._locations = 1
        self._contacts = 1
        self._towns: Mapping[str, Sequence[postal.PostalMatch]] = {}

    def compose(self) -> ComposeResult:
        crumbs = ["ECNex", "StreamOne Stellr", _("オーダー"), _("新規エンドユーザーを追加")]
        yield Masthead(crumbs, self.workplace.signed_in, self.workplace.clock)
        with VerticalScroll(id="page", can_focus=False), Form(id="new-end-user-form"):
            yield _text("company", required=True)
            yield _text("company_kana", required=True)
            yield _text("security_contact.name")
            yield Words(
                _(
                    "セキュリティインシデントが発生した際のエンドユーザー様の連絡先の入力が可能です。"
                    "リセラー様の許可を得ることなく、ご担当者様にTD SYNNEXから直接連絡することはありません。"
                ),
                classes="note indented",
            )
            yield _text("security_contact.phone")
            yield _text("security_contact.email")
            yield from _location_fields(0)
            yield from _contact_fields(0)
        with Horizontal(id="actions"):
            yield Button(_("＋ 新しい連絡先"), id="more-contacts", compact=True, action="screen.more_contacts")
            yield Button(_("＋ 新しい場所"), id="more-locations", compact=True, action="screen.more_locations")
            yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")
            yield Button(_("リセット"), id="reset", compact=True, action="screen.reset")
            yield Button(_("保存"), id="save", compact=True, variant="primary", action="screen.save")
        yield Keys()

    async def on_mount(self) -> None:
        """Bring back what was typed before, with as many locations and contacts as there were."""
        typed = self.workplace.typed.get(TYPED, {})
        for _more in range(1, int(typed.get("#contacts", 1))):
            await self.action_more_contacts()
        for _more in range(1, int(typed.get("#locations", 1))):
            await self.action_more_locations()
        form = self.query_one(Form)
        # Nothing is looked up for what comes back: it is as it was left.
        with self.prevent(Input.Changed):
            form.fill(typed)
            for name in typed.get("#proposed", "").split():
                self._field(name).propose(typed[name])
        self.query_one("#company").focus()
        self.ask(lambda desk: desk.policy.address2, self._mark_address2, about="policy")

    def _mark_address2(self, needed: Requirement) -> None:
        if needed is Requirement.REQUIRED:
            for label in self.query("#field-address2 .label").results(Words):
                label.update("＊ " + field_label("address2"))

    def _remember(self) -> None:
        proposed = [field.field_name for field in self.query(TextField) if field.is_proposal]
        beside = {
            "#contacts": str(self._contacts),
            "#locations": str(self._locations),
            "#proposed": " ".join(proposed),
        }
        self.workplace.typed[TYPED] = self.query_one(Form).values() | beside

    def _field(self, name: str) -> TextField:
        return self.query_one(f"#field-{id_of(name)}", TextField)

    def _form(self) -> EndUserForm:
        values = self.query_one(Form).values()

        def group(kind: str, position: int, names: Sequence[str]) -> dict[str, str]:
            return {name: values[field_at(kind, position, name)] for name in names}

        location_names = [one.name for one in columns_of(LocationForm)]
        contact_names = [one.name for one in columns_of(ContactForm)]
        return EndUserForm(
            company=values["company"],
            company_kana=values["company_kana"],
            locations=tuple(LocationForm(**group("locations", at, location_names)) for at in range(self._locations)),
            contacts=tuple(ContactForm(**group("contacts", at, contact_names)) for at in range(self._contacts)),
            security_contact=ContactForm(**{name: values[f"security_contact.{name}"] for name in contact_names}),
        )

    def remarks(self) -> Callable[[Desk], Remarks]:
        form = self._form()
        return lambda desk: remarks_on_end_user(desk, self.workplace.user, form)

    def action_save(self) -> None:
        """保存."""
        form = self._form()
        self.ask(
            lambda desk: add_end_user(desk, self.workplace.user, form),
            self._saved,
            about="save",
        )

    def _saved(self, end_user: EndUser) -> None:
        self.workplace.typed.pop(TYPED, None)
        self.dismiss(end_user)

    def action_leave(self) -> None:
        """キャンセル keeps what was typed for the next time. It is too late for it while 保存 is under way."""
        if self.is_asking("save"):
            return
        self._remember()
        self.dismiss(None)

    def action_reset(self) -> None:
        """リセット: an empty form."""
        self.workplace.typed.pop(TYPED, None)
        form = self.query_one(Form)
        form.clear_findings()
        form.fill(dict.fromkeys(form.fields(), ""))
        self.query_one("#company").focus()

    async def action_more_contacts(self) -> None:
        """＋ 新しい連絡先."""
        first = await self._more(_contact_fields(self._contacts))
        self._contacts += 1
        first.focus_control()

    async def action_more_locations(self) -> None:
        """＋ 新しい場所."""
        first = await self._more(_location_fields(self._locations))
        self._locations += 1
        first.focus_control()

    async def _more(self, added: Sequence[Words | TextField | OptionList]) -> TextField:
        await self.query_one(Form).mount_all(added)
        return next(one for one in added if isinstance(one, TextField))

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        """The postal code and the company's name lead to proposals while they are typed."""
        name = _name_of(event.input)
        if name.endswith("postal_code"):
            self._look_up(name, event.value)
        elif name == "company":
            company = event.value
            self.ask(lambda desk: kana.propose_kana(company), self._propose_kana, about="kana", latest_only=True)

    def _propose_kana(self, proposed: str | None) -> None:
        """What was proposed for the name as it stood before goes, also where nothing is proposed for it now."""
        field = self._field("company_kana")
        if field.is_open:
            field.propose(proposed or "")

    def _look_up(self, name: str, typed: str) -> None:
        try:
            code = fields.postal_code(typed, name)
        except Refused:
            self._offer(name, ())
            return
        self.ask(
            lambda desk: postal.lookup(code),
            lambda matches: self._found(name, matches),
            about=f"postal-{id_of(name)}",
            latest_only=True,
        )

    def _found(self, name: str, matches: Sequence[postal.PostalMatch]) -> None:
        """One match fills in; of several those that differ are offered, and what they share fills in."""
        if len(matches) == 1:
            self._fill_in(name, matches[0])
            self._offer(name, ())
            return
        shared = {(one.prefecture, one.city) for one in matches}
        if len(shared) == 1:
            self._fill_in_city(name, *shared.pop())
        self._offer(name, matches)
        if not matches:
            self.remark(self.query_one(Form))

    def _offer(self, name: str, matches: Sequence[postal.PostalMatch]) -> None:
        try:
            options = self.query_one(f"#{id_of(name)}-towns", OptionList)
        except NoMatches:
            return
        self._towns = {**self._towns, name: matches}
        options.clear_options()
        options.add_options(
            Option(Content(" ".join(part for part in (one.prefecture, one.city, one.town, one.office) if part)))
            for one in matches
        )
        options.display = bool(matches)

    @on(OptionList.OptionSelected)
    def _town_chosen(self, event: OptionList.OptionSelected) -> None:
        for name, matches in self._towns.items():
            if event.option_list.id == f"{id_of(name)}-towns":
                self._fill_in(name, matches[event.option_index])
                event.option_list.display = False
                self._field(_beside(name, "address1")).focus_control()

    def _fill_in(self, name: str, match: postal.PostalMatch) -> None:
        self._fill_in_city(name, match.prefecture, match.city)
        # A town that came from an earlier code gives way; what was typed stays.
        address = self._field(_beside(name, "address1"))
        if address.is_open:
            address.propose(match.town)

    def _fill_in_city(self, name: str, prefecture: str, city: str) -> None:
        self._field(_beside(name, "prefecture")).propose(prefecture)
        self._field(_beside(name, "city")).propose(city)

    @on(Input.Submitted)
    def _last_field(self, event: Input.Submitted) -> None:
        if event.input is self.query(Input).last():
            self.query_one("#save").focus()


def _text(name: str, *, required: bool = False) -> TextField:
    return TextField(name, field_label(name), required=required)


def _location_fields(position: int) -> list[Words | TextField | OptionList]:
    def named(name: str, *, required: bool = True) -> TextField:
        return TextField(field_at("locations", position, name), field_label(name), required=required)

    towns = OptionList(
        id=f"{id_of(field_at('locations', position, 'postal_code'))}-towns", compact=True, classes="towns"
    )
    towns.display = False
    return [
        Words(_("場所 {number}").format(number=position + 1), classes="section"),
        named("location"),
        named("postal_code"),
        towns,
        named("prefecture"),
        named("city"),
        TextField(field_at("locations", position, "address1"), field_label("address1"), required=True, continues=True),
        named("address2", required=False),
    ]


def _contact_fields(position: int) -> list[Words | TextField | OptionList]:
    return [
        Words(_("連絡先 {number}").format(number=position + 1), classes="section"),
        *(
            TextField(field_at("contacts", position, name), field_label(f"contact.{name}"), required=True)
            for name in ("name", "phone", "email")
        ),
    ]


def _name_of(control: Input) -> str:
    """The name of the field that an input belongs to."""
    for ancestor in control.ancestors:
        if isinstance(ancestor, TextField):
            return ancestor.field_name
    return ""


def _beside(name: str, other: str) -> str:
    """The name of another field of the same location."""
    return name.removesuffix("postal_code") + other

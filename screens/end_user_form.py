"""The form of an end user (オーダー③): company, locations, contacts. A new one is added with it, or one changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields as columns_of
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from screens.confirm import Confirm
from stellr_tui.desk.end_users import ContactForm, EndUser, EndUserForm, LocationForm, field_at
from stellr_tui.reference import kana, postal
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.policy import Requirement
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.form import Form, TextField, id_of
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.words import Words
from stellr_tui.widgets.work import work_of

_A_PAUSE = 0.08  # seconds without a key, which is about what a quick hand takes between two
PARTS = {
    "locations": tuple(one.name for one in columns_of(LocationForm)),
    "contacts": tuple(one.name for one in columns_of(ContactForm)),
}
"""The fields of a location and of a contact."""


def form_bindings(name: str) -> list[BindingType]:
    """The keys of the form, each with an id under the name of the screen."""
    return [
        Binding("ctrl+s", "save", N_("保存"), id=f"{name}.save"),
        Binding("ctrl+r", "reset", N_("リセット"), id=f"{name}.reset"),
        Binding("ctrl+n", "more_contacts", N_("＋ 新しい連絡先"), id=f"{name}.more-contacts"),
        Binding("ctrl+l", "more_locations", N_("＋ 新しい場所"), id=f"{name}.more-locations"),
        Binding("escape", "leave", N_("キャンセル"), id=f"{name}.cancel"),
    ]


class EndUserFormScreen(AskingScreen[EndUser | None]):
    """The form. Gives the end user that was stored; None for キャンセル, which keeps what was typed.

    Subclasses say what is typed beside the form of オーダー③, and what 保存, リセット and キャンセル do.
    """

    CSS_PATH = "end_user_form.tcss"

    form_id: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, list[int]] = {"locations": [-1], "contacts": [-1]}
        """Which stored location and contact each one of the form is; what is new has a negative key."""
        self._towns: Mapping[str, Sequence[postal.PostalMatch]] = {}
        self._began_with: Mapping[str, str] = {}
        self._filled_in: dict[str, Sequence[postal.PostalMatch]] = {}

    def crumbs(self) -> Sequence[str]:
        """Where one is, behind StreamOne Stellr."""
        raise NotImplementedError

    def called(self) -> str:
        return " > ".join(self.crumbs())

    def further_fields(self) -> Iterable[TextField]:
        """What else of the company is typed."""
        return ()

    def drop_label(self, key: int) -> str:
        """The button that takes a location or contact out of the form."""
        return _("－ 取り消す")

    def is_changed(self) -> bool:
        """Whether リセット takes something back that somebody typed."""
        raise NotImplementedError

    def reset(self) -> None:
        """The form as it was at first."""
        raise NotImplementedError

    def remember(self) -> None:
        """Keep what was typed for the next time."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        crumbs = ["ECNex", "StreamOne Stellr", *self.crumbs()]
        yield Masthead(crumbs, self.workplace.signed_in, self.workplace.clock)
        with VerticalScroll(id="page", can_focus=False), Form(id=self.form_id):
            yield _text("company", required=True)
            yield _text("company_kana", required=True)
            yield from self.further_fields()
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
            yield from self._parts()
        with Horizontal(id="actions"):
            yield Button(_("＋ 新しい連絡先"), id="more-contacts", compact=True, action="screen.more_contacts")
            yield Button(_("＋ 新しい場所"), id="more-locations", compact=True, action="screen.more_locations")
            yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")
            yield Button(_("リセット"), id="reset", compact=True, action="screen.reset")
            yield Button(_("保存"), id="save", compact=True, variant="primary", action="screen.save")
        yield Keys()

    async def on_mount(self) -> None:
        """Mark 住所2 where the policy asks for it."""
        self.ask(lambda desk: desk.policy.address2, self._mark_address2, about="policy")

    def _mark_address2(self, needed: Requirement) -> None:
        if needed is Requirement.REQUIRED:
            for label in self.query("#field-address2 .label").results(Words):
                label.update("＊ " + field_label("address2"))

    async def show_form(self, values: Mapping[str, str], keys: Mapping[str, Sequence[int]]) -> None:
        """Show these values, by the names of their fields, with these locations and contacts.

        Nothing is looked up for them: they are as they were left.
        """
        self.keys = {group: list(keys[group]) for group in self.keys}
        self._towns = {}
        self._began_with = {name: typed for name, typed in values.items() if name.endswith("postal_code")}
        self._filled_in = {}
        form = self.query_one(Form)
        form.clear_findings()
        with self.prevent(Input.Changed):
            await self.query(".part").remove()
            await form.mount_all(self._parts())
            form.fill(values)

    def _parts(self) -> Iterable[Widget]:
        for group, keys in self.keys.items():
            for position in range(len(keys)):
                yield from self._part(group, position)

    def _part(self, group: str, position: int) -> Sequence[Widget]:
        heading = _("場所 {number}") if group == "locations" else _("連絡先 {number}")
        drop = Button(
            self.drop_label(self.keys[group][position]),
            id=f"drop-{group}-{position + 1}",
            compact=True,
            action=f"screen.drop('{group}', {position})",
        )
        drop.display = len(self.keys[group]) > 1
        of_group = _location_fields if group == "locations" else _contact_fields
        parts = [
            Horizontal(
                Words(heading.format(number=position + 1), classes="section"),
                drop,
                id=f"heading-{group}-{position + 1}",
                classes="heading",
            ),
            *of_group(position),
        ]
        for one in parts:
            one.add_class("part")
        return parts

    def action_drop(self, group: str, position: int) -> None:
        """Take a location or contact out of the form."""
        # Not at once: the button that was pressed goes too, and would wait for itself.
        self.call_later(self._drop, group, position)

    async def _drop(self, group: str, position: int) -> None:
        """Those behind it move up."""
        values = self.query_one(Form).values()
        names = PARTS[group]
        for behind in range(position + 1, len(self.keys[group])):
            for name in names:
                values[field_at(group, behind - 1, name)] = values[field_at(group, behind, name)]
        keys = {**self.keys, group: [*self.keys[group][:position], *self.keys[group][position + 1 :]]}
        await self.show_form(values, keys)
        self.field(field_at(group, min(position, len(keys[group]) - 1), names[0])).focus_control()

    def field(self, name: str) -> TextField:
        """A field of the form."""
        return self.query_one(f"#field-{id_of(name)}", TextField)

    def form(self) -> EndUserForm:
        """What is typed."""
        values = self.query_one(Form).values()

        def typed(group: str) -> list[dict[str, str]]:
            return [
                {name: values[field_at(group, position, name)] for name in PARTS[group]}
                for position in range(len(self.keys[group]))
            ]

        return EndUserForm(
            company=values["company"],
            company_kana=values["company_kana"],
            locations=tuple(LocationForm(**one) for one in typed("locations")),
            contacts=tuple(ContactForm(**one) for one in typed("contacts")),
            security_contact=ContactForm(**{name: values[f"security_contact.{name}"] for name in PARTS["contacts"]}),
        )

    def action_leave(self) -> None:
        """キャンセル keeps what was typed for the next time. It is too late for it while 保存 is under way."""
        if self.is_asking("save"):
            return
        self.remember()
        self.note_unsaved()
        self.dismiss(None)

    @work
    async def action_reset(self) -> None:
        """リセット asks first where what somebody typed would be lost. It is too late while 保存 is under way."""
        if self.is_asking("save"):
            return
        if self.is_changed():
            question = _("入力した内容を破棄して、最初の状態に戻します。よろしいですか。")
            if not await self.app.push_screen_wait(Confirm(question, _("リセット"))):
                return
        self.reset()

    async def action_more_contacts(self) -> None:
        """＋ 新しい連絡先."""
        await self._more("contacts")

    async def action_more_locations(self) -> None:
        """＋ 新しい場所."""
        await self._more("locations")

    async def _more(self, group: str) -> None:
        position = len(self.keys[group])
        self.keys[group].append(min(-1, *self.keys[group]) - 1)
        await self.query_one(Form).mount_all(self._part(group, position))
        for at in range(position):
            self.query_one(f"#drop-{group}-{at + 1}").display = True
        self.field(field_at(group, position, PARTS[group][0])).focus_control()

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        """The postal code and the company's name lead to proposals while they are typed."""
        name = _name_of(event.input)
        if name.endswith("postal_code"):
            self._look_up(name, event.value)
        elif name == "company":
            self._look_for_kana(event.value)

    def _look_for_kana(self, company: str) -> None:
        """A name that is refused has no reading of its own: what stands there waits until the name is mended."""
        with suppress(Refused):
            fields.name(company, "company", required=True)
            self.run_worker(work_of(self._ask_for_kana, company), group="kana-soon", exclusive=True)

    async def _ask_for_kana(self, company: str) -> None:
        """Not before the hand pauses: the dictionary would hold up the next key on its way to the screen."""
        await asyncio.sleep(_A_PAUSE)
        self.ask(lambda desk: kana.propose_kana(company), self._propose_kana, about="kana", latest_only=True)

    def _propose_kana(self, proposed: str | None) -> None:
        """What was proposed for the name as it stood before goes, also where nothing is proposed for it now."""
        field = self.field("company_kana")
        if field.is_open:
            field.propose(proposed or "")

    def _look_up(self, name: str, typed: str) -> None:
        try:
            code = fields.postal_code(typed, name)
        except Refused:
            self._offer(name, ())
            return
        began_with = self._began_with.get(name, "")
        self.ask(
            lambda desk: (postal.lookup(code), _looked_up(began_with)),
            lambda found: self._found(name, *found),
            about=f"postal-{id_of(name)}",
            latest_only=True,
        )

    def _found(self, name: str, matches: Sequence[postal.PostalMatch], before: Sequence[postal.PostalMatch]) -> None:
        """One match fills in; of several those that differ are offered, and what they share fills in.

        before: what the code stood for with which the form began.
        """
        self._filled_in.setdefault(name, before)
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
                self.field(_beside(name, "address1")).focus_control()

    def _fill_in(self, name: str, match: postal.PostalMatch) -> None:
        self._fill_in_city(name, match.prefecture, match.city)
        # A town that came from an earlier code gives way; what was typed stays, also behind it.
        address = self.field(_beside(name, "address1"))
        if address.is_open:
            address.propose(match.town)
        else:
            address.value = postal.moved(address.value, self._filled_in[name], match)
        self._filled_in[name] = (match,)

    def _fill_in_city(self, name: str, prefecture: str, city: str) -> None:
        self.field(_beside(name, "prefecture")).propose(prefecture)
        self.field(_beside(name, "city")).propose(city)

    @on(Input.Submitted)
    def _last_field(self, event: Input.Submitted) -> None:
        if event.input is self.query(Input).last():
            self.query_one("#save").focus()


def _looked_up(typed: str) -> Sequence[postal.PostalMatch]:
    """What the code stands for that was typed; nothing where it is none."""
    try:
        return postal.lookup(fields.postal_code(typed))
    except Refused:
        return ()


def _text(name: str, *, required: bool = False) -> TextField:
    return TextField(name, field_label(name), required=required)


def _location_fields(position: int) -> list[Widget]:
    def named(name: str, *, required: bool = True) -> TextField:
        return TextField(field_at("locations", position, name), field_label(name), required=required)

    towns = OptionList(
        id=f"{id_of(field_at('locations', position, 'postal_code'))}-towns", compact=True, classes="towns"
    )
    towns.display = False
    return [
        named("location"),
        named("postal_code"),
        towns,
        named("prefecture"),
        named("city"),
        TextField(field_at("locations", position, "address1"), field_label("address1"), required=True, continues=True),
        named("address2", required=False),
    ]


def _contact_fields(position: int) -> list[Widget]:
    return [
        TextField(field_at("contacts", position, name), field_label(f"contact.{name}"), required=True)
        for name in PARTS["contacts"]
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

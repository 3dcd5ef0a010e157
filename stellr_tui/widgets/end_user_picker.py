"""エンドユーザー情報: one search field, the matches below it, and what was picked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.end_users import Contact, EndUser, Location
from stellr_tui.reference.texts import _
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.form import Field, Form
from stellr_tui.widgets.words import Words


class EndUserPicker(Field):
    """A field whose value is a 顧客番号. It asks its screen to search, and shows what was picked in full."""

    DEFAULT_CSS = """
    EndUserPicker {
        .search { height: auto; width: 1fr; }
        #end-user-matches { display: none; height: auto; max-height: 6; }
        &.-searching #end-user-matches { display: block; }
        #end-user-picked { height: auto; }
        &.-refused Input { background: $error-muted; }
    }
    """

    class Searched(Message):
        """Someone typed: the screen should look for it and call `show_matches`.

        `entered`: with Enter behind it, so that what is found decides where one goes on.
        """

        def __init__(self, searched: str, *, entered: bool = False) -> None:
            self.searched = searched
            self.entered = entered
            super().__init__()

    class Picked(Message):
        """An end user was picked."""

        def __init__(self, end_user: EndUser) -> None:
            self.end_user = end_user
            super().__init__()

    class Wanted(Message):
        """A 顧客番号 was set from outside: the screen should read the end user and call `pick`."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self) -> None:
        super().__init__("end_user", _("エンドユーザー情報"), required=True)
        self._matches: Sequence[EndUser] = ()
        self._found_for: str | None = None
        self._enter_waits = False
        self._wanted = ""
        self.picked: EndUser | None = None

    def compose_control(self) -> ComposeResult:
        with Vertical(classes="search"):
            yield Entry(
                placeholder=_("顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索"),
                compact=True,
                id="end-user",
            )
            yield OptionList(id="end-user-matches", compact=True)
            yield Words(id="end-user-picked")

    @property
    def value(self) -> str:
        """The 顧客番号 of who was picked, or is being looked for, or nothing."""
        return str(self.picked.number) if self.picked else self._wanted

    @value.setter
    def value(self, number: str) -> None:
        if number.isdecimal() and number != self.value:
            self._wanted = number
            self.post_message(self.Wanted(int(number)))

    def clear(self) -> None:
        """Nobody is picked any more."""
        self.picked, self._wanted = None, ""

    def pick(self, end_user: EndUser, location: Location | None = None, contact: Contact | None = None) -> None:
        """Show this end user as the one picked, with a location and a contact (by default the first of each)."""
        self.picked = end_user
        self._found_for = None
        self.remove_class("-searching")
        self.clear_finding()
        one = contact or end_user.contacts[0]
        lines = [str(end_user), one.name, str(location or end_user.locations[0]), f"{one.phone}, {one.email}"]
        self.query_one("#end-user-picked", Words).update("\n".join(lines))
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""

    def show_matches(self, searched: str, matches: Sequence[EndUser]) -> None:
        """Offer the end users found for what was typed, unless something else has been typed since.

        Where Enter was pressed before they were found, the first is taken.
        """
        if searched != self.query_one(Input).value:
            return
        self._found_for = searched
        self._matches = matches
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(Content(f"{one}  {one.contacts[0].name}  {one.contacts[0].email}")) for one in matches
        )
        if not matches:
            options.add_option(
                Option(Content(_("見つかりません。＋ で新規エンドユーザーを追加できます。")), disabled=True)
            )
        else:
            options.highlighted = 0
        self.add_class("-searching")
        if self._enter_waits and matches:
            self._choose(0)
        self._enter_waits = False

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        self._enter_waits = False
        if event.value.strip():
            self.post_message(self.Searched(event.value))
        else:
            self.remove_class("-searching")

    @on(Input.Submitted)
    def _take_highlighted(self, event: Input.Submitted) -> None:
        """Enter takes the first match, or goes on where somebody is picked already."""
        if event.value.strip() and event.value != self._found_for:
            event.stop()
            self._enter_waits = True
            self.post_message(self.Searched(event.value, entered=True))
        elif self.has_class("-searching") and self._matches:
            event.stop()
            self._choose(self.query_one(OptionList).highlighted or 0)
        elif not self.picked and not event.value.strip():
            event.stop()
            self.post_message(self.Searched(""))

    @on(OptionList.OptionSelected)
    def _take_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, position: int) -> None:
        end_user = self._matches[position]
        self.pick(end_user)
        self.post_message(self.Picked(end_user))
        self.query_ancestor(Form).go_on(self)

    def on_key(self, event: Key) -> None:
        """Down walks from the search into the matches."""
        if event.key == "down" and self.query_one(Input).has_focus and self._matches:
            event.stop()
            event.prevent_default()
            self.query_one(OptionList).focus()

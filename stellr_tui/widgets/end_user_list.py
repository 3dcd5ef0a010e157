"""A searchable list of end users that reads on as one walks down."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable, Input

from stellr_tui.desk.end_users import EndUser, search_end_users
from stellr_tui.reference.texts import _
from stellr_tui.widgets.asking import asking_screen
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.rows import Column


class EndUserList(Vertical):
    """End users with a search field; `Chosen` says which row was entered."""

    DEFAULT_CSS = """
    EndUserList { height: 1fr; }
    EndUserList #end-users { height: 1fr; }
    """

    class Chosen(Message):
        """Enter on an end user."""

        def __init__(self, end_user: EndUser) -> None:
            self.end_user = end_user
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="end-user-list")

    def compose(self) -> ComposeResult:
        yield Entry(
            placeholder=_("顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索"),
            compact=True,
            id="search",
        )
        columns = [
            Column(_("顧客番号"), 9, 0),
            Column(_("エンドユーザー"), 30, 0),
            Column(_("連絡先名"), 18, 1),
            Column(_("連絡先電子メール"), 24, 1),
            Column("Storefront", 10, 2),
        ]
        yield PagedRows(columns, id="end-users")

    def read(self) -> None:
        """Read the list, from its beginning or anew."""
        searched = self.query_one(Entry).value
        user = asking_screen(self).workplace.user
        self.query_one(PagedRows).read(
            searched, lambda desk, after: search_end_users(desk, user, searched, after=after), _row
        )

    def come_to(self, one: EndUser) -> None:
        """Read the list anew, with the cursor on an end user."""
        self.query_one(PagedRows).come_to(str(one.number))
        self.read()

    @on(PagedRows.Filled)
    def _begin(self) -> None:
        if not isinstance(self.screen.focused, Input):
            self.query_one(PagedRows).focus()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        self.read()

    @on(Input.Submitted)
    def _to_rows(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(PagedRows).focus()

    @on(DataTable.RowSelected)
    def _choose(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.query_one(PagedRows).found(event.row_key.value or "")))


def _row(one: EndUser) -> tuple[str, Sequence[str]]:
    contact = one.contacts[0]
    access = _("あり") if one.storefront_access else _("なし")
    return str(one.number), [str(one.number), one.company, contact.name, contact.email, access]

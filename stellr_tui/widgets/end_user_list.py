"""A searchable list of end users that reads on as one walks down."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable, Input

from stellr_tui.desk.end_users import EndUser, search_end_users
from stellr_tui.desk.pages import Page as RowsPage
from stellr_tui.reference.texts import _
from stellr_tui.widgets.asking import asking_screen
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.rows import Column, Rows


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
        self._found: dict[str, EndUser] = {}
        self._next: int | None = None
        self._searched = ""

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
        yield Rows(columns, id="end-users")

    def on_mount(self) -> None:
        """Show the first of them."""
        self.read()

    def read(self) -> None:
        """Read the list anew."""
        searched, asking = self._searched, asking_screen(self)
        asking.ask(
            lambda desk: search_end_users(desk, asking.workplace.user, searched),
            self._show,
            about="end-users",
            latest_only=True,
        )

    def _show(self, page: RowsPage[EndUser]) -> None:
        self._found = {str(one.number): one for one in page.rows}
        self._next = page.next
        rows = self.query_one(Rows)
        rows.fill(_row(one) for one in page.rows)
        if not isinstance(self.screen.focused, Input):
            rows.focus()

    @on(Rows.EndReached)
    def _read_on(self) -> None:
        after, searched, asking = self._next, self._searched, asking_screen(self)
        if after is not None:
            asking.ask(
                lambda desk: search_end_users(desk, asking.workplace.user, searched, after=after),
                lambda page: self._append(searched, page),
                about="more",
            )

    def _append(self, searched: str, page: RowsPage[EndUser]) -> None:
        """More rows, unless something else has been searched for meanwhile."""
        if searched != self._searched:
            return
        self._found |= {str(one.number): one for one in page.rows}
        self._next = page.next
        self.query_one(Rows).append(_row(one) for one in page.rows)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        self._searched = event.value
        self.read()

    @on(Input.Submitted)
    def _to_rows(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Rows).focus()

    @on(DataTable.RowSelected)
    def _choose(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._found[event.row_key.value or ""]))


def _row(one: EndUser) -> tuple[str, Sequence[str]]:
    contact = one.contacts[0]
    access = _("あり") if one.storefront_access else _("なし")
    return str(one.number), [str(one.number), one.company, contact.name, contact.email, access]

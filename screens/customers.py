"""顧客管理: the end users of the billing account; one opens with what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from screens.new_end_user import NewEndUserScreen
from screens.save_file import save_sheet
from stellr_tui.desk.export import customers_sheet
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.end_user_list import EndUserList
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import EndUserPage


class CustomersPage(Page):
    """顧客管理."""

    CSS_PATH = "customers.tcss"
    area = "customers"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "search", N_("検索"), id="customers.search"),
        Binding("ctrl+n", "new_end_user", N_("＋ 新規エンドユーザー"), id="customers.new-end-user"),
        Binding("ctrl+e", "export", N_("書き出し"), id="customers.export"),
    ]

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("顧客管理")]

    def compose_page(self) -> Iterable[Widget]:
        yield EndUserList()

    def load(self) -> None:
        self.query_one(EndUserList).read()

    def action_export(self) -> None:
        """The end users that were looked for, as a file."""
        save_sheet(self, customers_sheet(self.query_one("#search", Entry).value))

    def action_search(self) -> None:
        """To the search field."""
        self.query_one("#search").focus()

    @on(EndUserList.Chosen)
    def _open(self, message: EndUserList.Chosen) -> None:
        self.workplace.go(EndUserPage(message.end_user.number))

    @work
    async def action_new_end_user(self) -> None:
        """＋: the form of オーダー③."""
        added = await self.app.push_screen_wait(NewEndUserScreen())
        if added is not None:
            self.query_one(EndUserList).come_to(added)

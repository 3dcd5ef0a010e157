"""Storefront: which end users may look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget

from stellr_tui.desk.end_users import set_storefront_access
from stellr_tui.reference.texts import _
from stellr_tui.widgets.end_user_list import EndUserList
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.words import Words


class StorefrontPage(Page):
    """The end users, with Storefront Access given and taken by Enter."""

    CSS_PATH = "storefront.tcss"
    area = "storefront"

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", "Storefront"]

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("Enter でエンドユーザーのStorefront Accessを切り替えます。"), id="storefront-words")
        yield EndUserList()

    def load(self) -> None:
        self.query_one(EndUserList).read()

    @on(EndUserList.Chosen)
    def _toggle(self, message: EndUserList.Chosen) -> None:
        one = message.end_user
        self.ask(
            lambda desk: set_storefront_access(
                desk, self.workplace.user, one.number, allowed=not one.storefront_access
            ),
            lambda _changed: self.query_one(EndUserList).read(),
            about="storefront",
        )

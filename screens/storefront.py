"""Storefront: which end users may look, what they would see, and the markup of the selling prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from screens.markup import AskMarkup
from screens.storefront_view import StorefrontView
from stellr_tui.desk.end_users import set_storefront_access
from stellr_tui.desk.storefront import read_markup
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.end_user_list import EndUserList
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.words import Words


class StorefrontPage(Page):
    """The end users, with Storefront Access given and taken by Enter."""

    CSS_PATH = "storefront.tcss"
    area = "storefront"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "view", N_("表示を確認"), id="storefront.view"),
        Binding("ctrl+t", "markup", N_("マークアップ率"), id="storefront.markup"),
    ]

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", "Storefront"]

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("Enter でエンドユーザーのStorefront Accessを切り替えます。"), id="storefront-words")
        yield Words(id="markup-words", classes="note")
        yield EndUserList()

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("表示を確認"), id="view-storefront", compact=True, action="screen.view")
        yield Button(_("マークアップ率"), id="set-markup", compact=True, action="screen.markup")

    def load(self) -> None:
        self.query_one(EndUserList).read()
        self.ask(lambda desk: read_markup(desk, self.workplace.user), self._show_markup, about="markup")

    def _show_markup(self, percent: int | None) -> None:
        words = _("マークアップ率が未設定のため、価格は表示されません。")
        if percent is not None:
            words = _("販売価格は提供単価に {percent}% を加えた額です。").format(percent=percent)
        self.query_one("#markup-words", Words).update(words)

    @work
    async def action_markup(self) -> None:
        """マークアップ率: by how much selling prices are above what the reseller pays."""
        if await self.app.push_screen_wait(AskMarkup()):
            self.load()

    def action_view(self) -> None:
        """What the end user of this row would see."""
        rows = self.query_one(PagedRows)
        if rows.current is not None:
            self.app.push_screen(StorefrontView(rows.found(rows.current)))

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

"""StreamOne Stellr トップ画面: the vendors as tiles, and the orders that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.desk.actions import Actions, actions_needed
from stellr_tui.reference.catalog import Vendor
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import ImportOrders, Results, VendorPage
from stellr_tui.widgets.tiles import Tile, Tiles
from stellr_tui.widgets.words import Words


class HomePage(Page):
    """ホーム."""

    CSS_PATH = "home.tcss"
    area = "home"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "import_orders", N_("シートからオーダー"), id="home.import-orders"),
    ]

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("ホーム")]

    def compose_page(self) -> Iterable[Widget]:
        waiting = Button("", id="waiting", compact=True, variant="warning")
        waiting.display = False
        yield waiting
        yield Words(_("ベンダーを選んでください。"), id="choose-vendor")

    def load(self) -> None:
        self.ask(lambda desk: desk.catalog.vendors, self._show_vendors, about="vendors")
        self.ask(lambda desk: actions_needed(desk, self.workplace.user), self._show_waiting, about="waiting")

    async def _show_vendors(self, vendors: Sequence[Vendor]) -> None:
        tiles = [Tile(one.name, id=f"vendor-{one.code}", note=one.note) for one in vendors]
        await self.query_one("#page").mount(Tiles(tiles, id="tiles"))
        # The vendors that something can be ordered from come first under the fingers.
        ready = [tile for tile, one in zip(tiles, vendors, strict=True) if one.products]
        for tile in (ready or tiles)[:1]:
            tile.focus()

    def _show_waiting(self, actions: Actions) -> None:
        button = self.query_one("#waiting", Button)
        button.display = bool(actions.total)
        if actions.orders:
            words = _("必要なアクション: {count}件がプロビジョニング待ち。次の締切は{day}、あと{days}日")
            if actions.others:
                words = _("必要なアクション: {count}件がプロビジョニング待ち (締切{day}、あと{days}日)、ほか{others}件")
        else:
            words = _("必要なアクション: {others}件")
        button.label = words.format(
            count=actions.orders, day=actions.cutoff_on, days=actions.days_left, others=actions.others
        )

    @on(Button.Pressed, "#waiting")
    def _see_waiting(self) -> None:
        self.workplace.go(Results("tab-waiting"))

    def action_import_orders(self) -> None:
        """Many orders from one sheet."""
        self.workplace.go(ImportOrders())

    @on(Button.Pressed, "Tile")
    def _open_vendor(self, event: Button.Pressed) -> None:
        self.workplace.go(VendorPage((event.button.id or "").removeprefix("vendor-")))

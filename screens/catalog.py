"""ベンダーカタログ: the vendors as a list; an entry opens the same page as its tile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import DataTable

from stellr_tui.reference.catalog import Vendor
from stellr_tui.reference.texts import _
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import VendorPage
from stellr_tui.widgets.rows import Column, Rows


class CatalogPage(Page):
    """ベンダーカタログ."""

    CSS_PATH = "catalog.tcss"
    area = "catalog"

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("ベンダーカタログ")]

    def compose_page(self) -> Iterable[Widget]:
        columns = [Column(_("ベンダー"), 58, 0), Column(_("商品数"), 10, 1, right=True)]
        yield Rows(columns, id="vendors")

    def load(self) -> None:
        self.query_one(Rows).focus()
        self.ask(lambda desk: desk.catalog.vendors, self._show, about="vendors")

    def _show(self, vendors: Sequence[Vendor]) -> None:
        self.query_one(Rows).fill(
            (one.code, [f"{one.name}  {one.note}".rstrip(), str(len(one.products))]) for one in vendors
        )

    @on(DataTable.RowSelected, "#vendors")
    def _open(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(VendorPage(event.row_key.value or ""))

"""管理と実績: 必要なアクション, the orders whose provisioning information is still to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import DataTable

from stellr_tui.desk.orders import WaitingOrder, orders_waiting
from stellr_tui.reference.texts import _
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import OrderCreated
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class ResultsPage(Page):
    """管理と実績."""

    CSS_PATH = "results.tcss"
    area = "results"

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("管理と実績"), _("必要なアクション")]

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("必要なアクション"), classes="section")
        yield Words(id="waiting-words", classes="note")
        columns = [
            Column(_("発注番号"), 24, 0),
            Column(_("エンドユーザー"), 28, 0),
            Column(_("契約番号"), 14, 1),
            Column(_("発注日"), 12, 1),
            Column(_("締切"), 28, 2),
            Column(_("今日送信すると"), 28, 2),
        ]
        yield Rows(columns, id="waiting")

    def load(self) -> None:
        self.ask(lambda desk: orders_waiting(desk, self.workplace.user), self._show, about="waiting")

    def _show(self, waiting: Sequence[WaitingOrder]) -> None:
        words = _("必要なアクションはありません。")
        if waiting:
            words = _("プロビジョニング情報の送信を待っているオーダー: {count}件").format(count=len(waiting))
        self.query_one("#waiting-words", Words).update(words)
        rows = self.query_one(Rows)
        rows.display = bool(waiting)
        rows.fill((str(one.order.id), _cells(one)) for one in waiting)
        rows.focus()

    @on(DataTable.RowSelected, "#waiting")
    def _open(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(OrderCreated(int(event.row_key.value or "0")))


def _cells(one: WaitingOrder) -> Sequence[str]:
    cutoff = _("{day} (あと{days}日)").format(day=one.cutoff_on, days=one.days_left)
    if one.missed_cutoff:
        cutoff = _("{day} を過ぎました").format(day=one.missed_cutoff)
    return [
        one.order.po_number,
        str(one.order.end_user),
        ", ".join(str(contract.number) for contract in one.order.contracts),
        one.order.created_on.isoformat(),
        cutoff,
        _("{day} 納品").format(day=one.delivered_on),
    ]

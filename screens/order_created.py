"""オーダー⑤ PO作成: the order is created, and not complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable

from screens.confirm import Confirm
from screens.provisioning import ProvisioningWizard
from screens.subscriptions import go_to_sent
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.orders import Order, discard_order, read_order
from stellr_tui.desk.provisioning import Preview, preview
from stellr_tui.reference.labels import status_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import Home, Subscriptions, VendorCatalog
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.sent_back import SentBack
from stellr_tui.widgets.words import Words


class OrderCreatedPage(Page):
    """A PO whose provisioning information is still to be sent."""

    CSS_PATH = "order_created.tcss"
    area = "results"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "provision", N_("今すぐプロビジョニング"), id="order-created.provision"),
        Binding("ctrl+b", "shop", N_("買い物を続ける"), id="order-created.shop"),
        Binding("ctrl+r", "again", N_("同じ内容で再発注"), id="order-created.again", show=False),
        Binding("ctrl+d", "discard", N_("POを破棄"), id="order-created.discard"),
    ]

    def __init__(self, order_id: int) -> None:
        super().__init__()
        self._order_id = order_id
        self._order: Order | None = None

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("PO作成")]

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("選択されたサービスは正常に保存されました。"), id="saved")
        columns = [
            Column(_("契約番号"), 10, 0),
            Column(_("予約番号"), 10, 0),
            Column(_("発注番号"), 22, 1),
            Column(_("ベンダー"), 24, 1),
            Column(_("ステータス"), 20, 2),
            Column(_("アクション"), 12, 2),
        ]
        yield Rows(columns, id="contracts")
        yield SentBack()
        yield Words(
            _(
                "オーダーはまだ完了していません。\n"
                "この注文を完了するには、プロビジョニング情報の入力が必要です。"
                "「今すぐプロビジョニング」または、「契約確認」をクリックして、必須項目を入力の上、情報を送信してください。"
            ),
            id="not-complete",
            classes="warning",
        )
        yield Words(id="cutoff", classes="warning")
        yield Words(
            _(
                "後でプロビジョニング処理いただくことも可能です。その際は「管理と実績」の「必要なアクション」から処理してください。"
            ),
            id="later",
            classes="note",
        )

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("POを破棄"), id="discard", compact=True, action="screen.discard")
        yield Button(_("買い物を続ける"), id="shop", compact=True, action="screen.shop")
        yield Button(
            _("今すぐプロビジョニング"), id="provision", compact=True, variant="primary", action="screen.provision"
        )

    def load(self) -> None:
        self.ask(self._read, lambda read: self._show(*read), about="order")

    def _read(self, desk: Desk) -> tuple[Order, Preview]:
        user = self.workplace.user
        return read_order(desk, user, self._order_id), preview(desk, user, self._order_id)

    def _show(self, order: Order, ahead: Preview) -> None:
        self._order = order
        self.query_one(Rows).fill(
            (
                str(one.number),
                [
                    str(one.number),
                    order.reservation_number,
                    order.po_number,
                    one.vendor_name,
                    status_label(one.status),
                    _("契約確認"),
                ],
            )
            for one in order.contracts
        )
        self.query_one(SentBack).show(order)
        waiting = order.is_waiting
        for name in ("#not-complete", "#cutoff", "#later", "#provision"):
            self.query_one(name).display = waiting
        self.query_one("#discard").display = order.can_be_discarded
        dates = ahead.dates[0]
        words = _("今日 {day} に送信すると {delivered} 納品。この納品の締切は {cutoff} です。").format(
            day=dates.sent_on, delivered=dates.delivered_on, cutoff=dates.cutoff_on
        )
        if ahead.missed_cutoff:
            words = f"{sentence(ahead.missed_cutoff)}\n{words}"
        self.query_one("#cutoff", Words).update(words)
        self.query_one("#provision" if waiting else "#contracts").focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An order that was sent or discarded is not provisioned again, and one that was ever sent is not discarded."""
        if self._order is not None and action in ("provision", "discard"):
            return self._order.is_waiting if action == "provision" else self._order.can_be_discarded
        return super().check_action(action, parameters)

    @on(DataTable.RowSelected, "#contracts")
    def _check_contract(self) -> None:
        self.action_provision()

    @work
    async def action_provision(self) -> None:
        """今すぐプロビジョニング, or 契約確認: the wizard, or where the contracts stand. Pressed early it waits."""
        await self.answered()
        if self._order is None:
            return
        if self._order.is_waiting:
            sent = await self.app.push_screen_wait(ProvisioningWizard(self._order_id))
            if sent is None:
                self.load()
            else:
                go_to_sent(self.workplace, sent)
            return
        self.workplace.go(Subscriptions(self._order.end_user.number))

    def action_again(self) -> None:
        """同じ内容で再発注: this order once more, with a PO number of its own."""
        if self._order is not None:
            self.workplace.quick_order(self._order.contracts[0].number)

    def action_shop(self) -> None:
        """買い物を続ける; the order waits under 必要なアクション."""
        self.workplace.go(VendorCatalog())

    @work
    async def action_discard(self) -> None:
        """Discard the PO, after asking."""
        if self._order is None or not self._order.can_be_discarded:
            return
        question = _("発注番号「{number}」のPOを破棄します。よろしいですか。").format(number=self._order.po_number)
        if await self.app.push_screen_wait(Confirm(question, _("破棄する"))):
            self.ask(
                lambda desk: discard_order(desk, self.workplace.user, self._order_id),
                lambda _order: self.workplace.go(Home()),
                about="discard",
            )

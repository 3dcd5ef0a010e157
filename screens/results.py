"""管理と実績: 必要なアクション, invoices, the operator's queue, and the mails of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import DataTable, TabbedContent, TabPane

from screens.confirm import Confirm
from screens.reading import ReadDialog
from screens.send_back import SendBackReason
from stellr_tui.desk.approval import Queued, approval_queue, approve, send_back
from stellr_tui.desk.changes import WaitingChange, waiting_changes
from stellr_tui.desk.invoicing import IssuedInvoice, Parked, list_invoices, parked_lots
from stellr_tui.desk.orders import WaitingOrder, orders_waiting
from stellr_tui.desk.outbox import Letter, list_mail
from stellr_tui.desk.pages import Page as RowsPage
from stellr_tui.reference.labels import next_change
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import OrderCreated, SubscriptionPage
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class ResultsPage(Page):
    """管理と実績."""

    CSS_PATH = "results.tcss"
    area = "results"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "send_back", N_("差戻し"), id="results.send-back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._invoices: dict[str, IssuedInvoice] = {}
        self._letters: dict[str, Letter] = {}
        self._older_mail: int | None = None
        self._tab = ""

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("管理と実績"), self._tab or _("必要なアクション")]

    def compose_page(self) -> Iterable[Widget]:
        with TabbedContent(id="tabs"):
            with TabPane(_("必要なアクション"), id="tab-waiting"):
                yield Words(id="waiting-words", classes="note")
                yield Rows(_waiting_columns(), id="waiting")
                yield Rows(_change_columns(), id="changes")
                yield Words(id="parked", classes="warning")
            with TabPane(_("請求書"), id="tab-invoices"):
                yield Words(id="invoices-words", classes="note")
                yield Rows(_invoice_columns(), id="invoices")
            with TabPane(_("承認待ち"), id="tab-queue"):
                yield Words(_("Enter で承認、Ctrl+R で差戻し。"), id="queue-words", classes="note")
                yield Rows(_queue_columns(), id="queue")
            with TabPane(_("メール"), id="tab-mail"):
                yield Rows(_mail_columns(), id="mail")

    def load(self) -> None:
        user = self.workplace.user
        self._read_waiting()
        self._read_queue()
        self.ask(lambda desk: list_invoices(desk, user), self._show_invoices, about="invoices")
        self.ask(lambda desk: list_mail(desk, user), self._show_mail, about="mail")

    def _read_waiting(self) -> None:
        user = self.workplace.user
        self.ask(
            lambda desk: (orders_waiting(desk, user), waiting_changes(desk, user), parked_lots(desk, user)),
            lambda read: self._show_waiting(*read),
            about="waiting",
        )

    def _show_waiting(
        self, waiting: Sequence[WaitingOrder], changes: Sequence[WaitingChange], parked: Sequence[Parked]
    ) -> None:
        words = _("必要なアクションはありません。")
        if waiting:
            words = _("プロビジョニング情報の送信を待っているオーダー: {count}件").format(count=len(waiting))
        self.query_one("#waiting-words", Words).update(words)
        rows = self.query_one("#waiting", Rows)
        rows.display = bool(waiting)
        rows.fill((str(one.order.id), _waiting_cells(one)) for one in waiting)
        planned = self.query_one("#changes", Rows)
        planned.display = bool(changes)
        planned.fill((f"{one.contract_number}/{at}", _change_cells(one)) for at, one in enumerate(changes))
        stuck = self.query_one("#parked", Words)
        stuck.display = bool(parked)
        stuck.update("\n".join(_parked_words(one) for one in parked))
        if self.focused is None:
            (rows if waiting else planned if changes else self.query_one("#tabs ContentTabs")).focus()

    def _show_invoices(self, invoices: Sequence[IssuedInvoice]) -> None:
        self._invoices = {str(one.number): one for one in invoices}
        self.query_one("#invoices", Rows).fill((str(one.number), _invoice_cells(one)) for one in invoices)
        words = _("Enter で明細を表示します。") if invoices else _("請求書はまだ発行されていません。")
        self.query_one("#invoices-words", Words).update(words)

    def _read_queue(self) -> None:
        self.ask(lambda desk: approval_queue(desk, self.workplace.user), self._show_queue, about="queue")

    def _show_queue(self, queue: Sequence[Queued]) -> None:
        self.query_one("#queue", Rows).fill((str(one.contract_number), _queue_cells(one)) for one in queue)

    def _show_mail(self, page: RowsPage[Letter]) -> None:
        self._older_mail = page.next
        self._letters |= {str(one.id): one for one in page.rows}
        self.query_one("#mail", Rows).append((str(one.id), _mail_cells(one)) for one in page.rows)

    @on(Rows.EndReached, "#mail")
    def _read_older_mail(self) -> None:
        before = self._older_mail
        if before is not None:
            self.ask(lambda desk: list_mail(desk, self.workplace.user, before), self._show_mail, about="mail")

    @on(TabbedContent.TabActivated)
    def _name_tab(self, event: TabbedContent.TabActivated) -> None:
        """The breadcrumb says which tab is open."""
        self._tab = event.tab.label_text
        self.show_crumbs()

    @on(DataTable.RowSelected, "#waiting")
    def _open_order(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(OrderCreated(int(event.row_key.value or "0")))

    @on(DataTable.RowSelected, "#changes")
    def _open_contract(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(SubscriptionPage(int((event.row_key.value or "0").split("/")[0])))

    @on(DataTable.RowSelected, "#invoices")
    def _read_invoice(self, event: DataTable.RowSelected) -> None:
        one = self._invoices[event.row_key.value or ""]
        title = _("請求書 {number}  {month}").format(number=one.number, month=f"{one.month:%Y-%m}")
        self.app.push_screen(ReadDialog(title, _invoice_text(one)))

    @on(DataTable.RowSelected, "#mail")
    def _read_letter(self, event: DataTable.RowSelected) -> None:
        one = self._letters[event.row_key.value or ""]
        self.app.push_screen(ReadDialog(one.subject, f"{one.recipient_name} <{one.recipient}>\n\n{one.body}"))

    @on(DataTable.RowSelected, "#queue")
    @work
    async def _approve(self, event: DataTable.RowSelected) -> None:
        number = int(event.row_key.value or "0")
        question = _("契約番号 {number} を承認します。よろしいですか。").format(number=number)
        if await self.app.push_screen_wait(Confirm(question, _("承認する"))):
            self.ask(
                lambda desk: approve(desk, self.workplace.user, number),
                lambda _delivered_on: self._read_queue(),
                about="approve",
            )

    @work
    async def action_send_back(self) -> None:
        """差戻し of the contract under the cursor."""
        queue = self.query_one("#queue", Rows)
        if not queue.has_focus or queue.current is None:
            return
        number = int(queue.current)
        reason = await self.app.push_screen_wait(SendBackReason())
        if reason is not None:
            self.ask(
                lambda desk: send_back(desk, self.workplace.user, number, reason), self._sent_back, about="send-back"
            )

    def _sent_back(self, _nothing: None) -> None:
        self._read_queue()
        self._read_waiting()


def _waiting_cells(one: WaitingOrder) -> Sequence[str]:
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


def _change_cells(one: WaitingChange) -> Sequence[str]:
    return [
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        next_change(one.kind, one.seats, one.takes_effect_on),
        one.deadline.isoformat(),
    ]


def _parked_words(one: Parked) -> str:
    words = _("契約番号 {number} は {day} から請求できません。{reason}")
    reason = sentence(Finding(one.reason, "sku", one.sku))
    return words.format(number=one.contract_number, day=one.parked_on, reason=reason)


def _invoice_cells(one: IssuedInvoice) -> Sequence[str]:
    return [
        str(one.number),
        f"{one.month:%Y-%m}",
        one.issued_on.isoformat(),
        money.yen(one.subtotal),
        money.yen(one.tax),
        money.yen(one.total),
    ]


def _invoice_text(one: IssuedInvoice) -> str:
    lines = [
        f"{line.contract_number}  {line.product_name}\n"
        f"  {line.po_number}  {line.end_user_order_number}\n"
        f"  {line.first_day} ~ {line.last_day}  {line.seats} x {money.yen(line.unit_price)}  {money.yen(line.amount)}"
        for line in one.lines
    ]
    total = _("小計 {subtotal} (税抜)  消費税 {percent}% {tax}  合計 {total}").format(
        subtotal=money.yen(one.subtotal), percent=one.tax_percent, tax=money.yen(one.tax), total=money.yen(one.total)
    )
    return "\n".join([*lines, "", total])


def _queue_cells(one: Queued) -> Sequence[str]:
    return [
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        one.service,
        str(one.seats),
        one.sent_on.isoformat(),
        one.delivered_on.isoformat(),
        one.approved_on.isoformat() if one.approved_on else "",
    ]


def _mail_cells(one: Letter) -> Sequence[str]:
    return [one.written_on.isoformat(), one.subject, one.recipient]


def _waiting_columns() -> Sequence[Column]:
    return (
        Column(_("発注番号"), 24, 0),
        Column(_("エンドユーザー"), 28, 0),
        Column(_("契約番号"), 14, 1),
        Column(_("発注日"), 12, 1),
        Column(_("締切"), 28, 2),
        Column(_("今日送信すると"), 28, 2),
    )


def _change_columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("エンドユーザー"), 28, 0),
        Column(_("次の変更"), 32, 1),
        Column(_("受付期限"), 12, 1),
    )


def _invoice_columns() -> Sequence[Column]:
    return (
        Column(_("番号"), 8, 0),
        Column(_("年月"), 8, 0),
        Column(_("発行日"), 11, 1),
        Column(_("小計"), 14, 2, right=True),
        Column(_("消費税"), 12, 3, right=True),
        Column(_("合計"), 14, 4, right=True),
    )


def _queue_columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("エンドユーザー"), 26, 0),
        Column(_("サービス"), 24, 0),
        Column(_("数量"), 6, 1, right=True),
        Column(_("送信日"), 11, 2),
        Column(_("納品"), 11, 2),
        Column(_("承認日"), 11, 2),
    )


def _mail_columns() -> Sequence[Column]:
    return (Column(_("日付"), 11, 0), Column(_("件名"), 58, 1), Column(_("宛先"), 30, 1))

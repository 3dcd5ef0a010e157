"""請求書 of one month in full: as it was issued, or as it is foreseen and marked as that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable

from screens.save_file import save_sheet
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.export import invoices_sheet
from stellr_tui.desk.invoices import InvoiceHead, MonthOfInvoices, NumberedLine, invoice_lines, invoice_of_month
from stellr_tui.desk.pages import PAGE
from stellr_tui.desk.pages import Page as RowsPage
from stellr_tui.reference.labels import price
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.paged_rows import PagedRows, ReadPage
from stellr_tui.widgets.places import SubscriptionPage
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words


class InvoicePage(Page):
    """The invoice of a month, with the way to the months beside it."""

    CSS_PATH = "invoice.tcss"
    area = "results"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "previous", N_("前の月"), id="invoice.previous"),
        Binding("greater_than_sign", "following", N_("次の月"), id="invoice.following"),
        Binding("ctrl+e", "export", N_("書き出し"), id="invoice.export"),
    ]

    def __init__(self, month: date | None = None) -> None:
        """By default that of the next 1st."""
        super().__init__()
        self._wanted = month
        self._month: MonthOfInvoices | None = None

    def crumbs(self) -> Sequence[str]:
        month = [f"{self._month.month:%Y-%m}"] if self._month else []
        return ["ECNex", "StreamOne Stellr", _("管理と実績"), _("請求書"), *month]

    def typed_key(self) -> object:
        return (type(self).__name__, self._wanted)

    def compose_page(self) -> Iterable[Widget]:
        yield Words(id="foreseen", classes="warning")
        yield Facts(id="invoice-facts")
        yield PagedRows(_columns(), id="invoice-lines")
        yield Words(_("価格は税抜きです。消費税は請求書ごとに一度計算し、1円未満を切り捨てます。"), classes="note")

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("前の月"), id="previous-month", compact=True, action="screen.previous")
        yield Button(_("次の月"), id="following-month", compact=True, action="screen.following")

    def load(self) -> None:
        wanted, user = self._wanted, self.workplace.user
        self.ask(lambda desk: invoice_of_month(desk, user, wanted), self._show, about="invoice", latest_only=True)

    def _show(self, month: MonthOfInvoices) -> None:
        self._month, self._wanted = month, month.month
        self.show_crumbs()
        self.refresh_bindings()
        self.query_one("#following-month").disabled = month.following is None
        foreseen = self.query_one("#foreseen", Words)
        foreseen.display = month.is_foreseen or month.head is None
        foreseen.update(_standing_words(month))
        self.query_one("#invoice-facts", Facts).show(_facts(month.head) if month.head else [])
        lines = self.query_one(PagedRows)
        lines.display = month.head is not None
        lines.read(month, self._read_lines(month), _row)
        if self.focused is None or not self.focused.display:
            (lines if month.head else self.query_one("#previous-month")).focus()

    def _read_lines(self, month: MonthOfInvoices) -> ReadPage[NumberedLine]:
        number, user = month.head.number if month.head else None, self.workplace.user

        def foreseen(_desk: Desk, after: int | None) -> RowsPage[NumberedLine]:
            first = after or 0
            rows = month.foreseen_lines[first : first + PAGE]
            return RowsPage(rows, first + PAGE if first + PAGE < len(month.foreseen_lines) else None)

        def issued(desk: Desk, after: int | None) -> RowsPage[NumberedLine]:
            return invoice_lines(desk, user, number or 0, after=after)

        return foreseen if number is None else issued

    @on(DataTable.RowSelected)
    def _open_contract(self, event: DataTable.RowSelected) -> None:
        one: NumberedLine = self.query_one(PagedRows).found(event.row_key.value or "")
        self.workplace.go(SubscriptionPage(one.line.contract_number))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a next month as far as one is foreseen, and a file of what has been issued."""
        if action == "export":
            return self._month is not None and self._month.head is not None and not self._month.is_foreseen
        if action == "following":
            return self._month is not None and self._month.following is not None
        return super().check_action(action, parameters)

    def action_previous(self) -> None:
        """The month before."""
        if self._month:
            self._wanted = self._month.previous
            self.load()

    def action_following(self) -> None:
        """The month behind it."""
        if self._month and self._month.following:
            self._wanted = self._month.following
            self.load()

    def action_export(self) -> None:
        """The lines of this invoice, as a file."""
        if self._month:
            save_sheet(self, invoices_sheet(self._month.month))


def _standing_words(month: MonthOfInvoices) -> str:
    """That nothing has been issued: because it is still to come, or because nothing was due."""
    shown = f"{month.month:%Y-%m}"
    if month.head is None:
        words = _("{month} に請求するものはなく、請求書は発行されません。")
        if not month.is_foreseen:
            words = _("{month} の請求書は発行されていません。")
        return words.format(month=shown)
    words = _("【予定】まだ発行されていません。このまま何も申請しなければ、{day} にこの内容で発行されます。")
    return words.format(day=month.head.issued_on)


def _facts(head: InvoiceHead) -> list[tuple[str, str]]:
    return [
        (_("請求書番号"), _("予定 (未発行)") if head.number is None else str(head.number)),
        (_("発行日"), head.issued_on.isoformat()),
        (_("明細数"), str(head.lines)),
        (_("小計"), _("{amount} (税抜)").format(amount=money.yen(head.subtotal))),
        (_("消費税"), _("{tax} ({percent}%)").format(tax=money.yen(head.tax), percent=head.tax_percent)),
        (_("合計"), money.yen(head.total)),
    ]


def _row(one: NumberedLine) -> tuple[str, Sequence[str]]:
    line = one.line
    cells = [
        str(line.contract_number),
        line.product_name,
        f"{line.first_day} ~ {line.last_day}",
        line.po_number,
        line.end_user_order_number,
        str(line.seats),
        price(line.unit_price, sample=one.is_sample),
        price(line.amount, sample=one.is_sample),
    ]
    return str(one.position), cells


def _columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("サブスクリプション"), 24, 0),
        Column(_("請求期間"), 24, 0),
        Column(_("発注番号"), 22, 1),
        Column(_("エンドユーザー注文番号"), 22, 1),
        Column(_("数量"), 6, 2, right=True),
        Column(_("提供単価"), 22, 2, right=True),
        Column(_("提供金額"), 22, 2, right=True),
    )

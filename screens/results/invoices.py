"""請求書: the invoices of the billing account with their lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from screens.reading import ReadDialog
from stellr_tui.desk.invoicing import IssuedInvoice, list_invoices
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class InvoicesTab(PageTab):
    """請求書."""

    heading = N_("請求書")
    tab_id = "tab-invoices"

    def __init__(self) -> None:
        super().__init__()
        self._invoices: dict[str, IssuedInvoice] = {}

    def compose(self) -> ComposeResult:
        yield Words(id="invoices-words", classes="note")
        yield Rows(_columns(), id="invoices")

    def load(self) -> None:
        user = self.workplace.user
        self.ask(lambda desk: list_invoices(desk, user), self._show, about="invoices")

    def _show(self, invoices: Sequence[IssuedInvoice]) -> None:
        self._invoices = {str(one.number): one for one in invoices}
        self.query_one("#invoices", Rows).fill((str(one.number), _cells(one)) for one in invoices)
        words = _("Enter で明細を表示します。") if invoices else _("請求書はまだ発行されていません。")
        self.query_one("#invoices-words", Words).update(words)

    @on(DataTable.RowSelected, "#invoices")
    def _read(self, event: DataTable.RowSelected) -> None:
        one = self._invoices[event.row_key.value or ""]
        title = _("請求書 {number}  {month}").format(number=one.number, month=f"{one.month:%Y-%m}")
        self.app.push_screen(ReadDialog(title, _text(one)))


def _cells(one: IssuedInvoice) -> Sequence[str]:
    return [
        str(one.number),
        f"{one.month:%Y-%m}",
        one.issued_on.isoformat(),
        money.yen(one.subtotal),
        money.yen(one.tax),
        money.yen(one.total),
    ]


def _text(one: IssuedInvoice) -> str:
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


def _columns() -> Sequence[Column]:
    return (
        Column(_("番号"), 8, 0),
        Column(_("年月"), 8, 0),
        Column(_("発行日"), 11, 1),
        Column(_("小計"), 14, 2, right=True),
        Column(_("消費税"), 12, 3, right=True),
        Column(_("合計"), 14, 4, right=True),
    )

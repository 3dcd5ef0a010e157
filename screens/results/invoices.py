"""請求書: the invoices of the billing account, and the way to that of any month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input

from screens.save_file import save_sheet
from stellr_tui.desk.export import invoices_sheet
from stellr_tui.desk.invoices import InvoiceHead, invoice_heads, invoice_of_month
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields, money
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.filters import Filters
from stellr_tui.widgets.form import TextField
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.places import InvoiceOfMonth
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words


class InvoicesTab(PageTab):
    """請求書."""

    heading = N_("請求書")
    tab_id = "tab-invoices"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "choose_month", N_("年月"), id="results.month"),
        Binding("ctrl+o", "next_invoice", N_("次の請求書 (予定)"), id="results.next-invoice"),
        Binding("ctrl+e", "export", N_("書き出し"), id="results.export-invoices"),
    ]

    def compose(self) -> ComposeResult:
        with Filters(id="invoice-month"):
            yield TextField("month", field_label("month"), placeholder=_("YYYY-MM、先の月は予定"))
        yield PagedRows(_columns(), id="invoices")
        yield Words(id="invoices-words", classes="note")

    def load(self) -> None:
        user = self.workplace.user
        self.query_one(PagedRows).read("invoices", lambda desk, before: invoice_heads(desk, user, before=before), _row)

    @on(PagedRows.Filled)
    def _begin(self) -> None:
        rows = self.query_one(PagedRows)
        words = _("Enter で明細を表示します。") if rows.row_count else _("請求書はまだ発行されていません。")
        self.query_one("#invoices-words", Words).update(words)
        if self.screen.focused is None:
            rows.focus()

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(InvoiceOfMonth(self.query_one(PagedRows).found(event.row_key.value or "").month))

    @on(Input.Submitted)
    def _open_month(self, event: Input.Submitted) -> None:
        """The invoice of the month that was typed, or the sentence at its field that it is none."""
        form = self.query_one(Filters)
        try:
            month = fields.month(event.value)
        except Refused as refused:
            form.show_findings(refused.findings)
            return
        self.ask(
            lambda desk: invoice_of_month(desk, self.workplace.user, month).month,
            lambda first: self.workplace.go(InvoiceOfMonth(first)),
            refused=form.show_findings,
            about="month",
        )

    def action_export(self) -> None:
        """Every issued invoice with its lines, as a file."""
        save_sheet(self.asking, invoices_sheet())

    def action_choose_month(self) -> None:
        """To the field for a month."""
        self.query_one("#month").focus()

    def action_next_invoice(self) -> None:
        """What the next 1st will bring."""
        self.workplace.go(InvoiceOfMonth())


def _row(one: InvoiceHead) -> tuple[str, Sequence[str]]:
    cells = [
        str(one.number),
        f"{one.month:%Y-%m}",
        one.issued_on.isoformat(),
        str(one.lines),
        money.yen(one.subtotal),
        money.yen(one.tax),
        money.yen(one.total),
    ]
    return str(one.number), cells


def _columns() -> Sequence[Column]:
    return (
        Column(_("番号"), 6, 0),
        Column(_("年月"), 8, 1),
        Column(_("発行日"), 10, 2),
        Column(_("明細数"), 6, 3, right=True),
        Column(_("小計"), 11, 4, right=True),
        Column(_("消費税"), 10, 5, right=True),
        Column(_("合計"), 11, 6, right=True),
    )

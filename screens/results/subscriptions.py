"""契約一覧: every contract of the billing account, as it is or as it was on a day, with filters, search and sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input, Select

from screens.contract_rows import ContractRows
from screens.save_file import save_sheet
from screens.subscriptions import next_change_words
from stellr_tui.desk.export import subscriptions_sheet
from stellr_tui.desk.subscriptions import Subscription, Totals, Which, list_subscriptions, sum_subscriptions
from stellr_tui.reference.catalog import Vendor
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import plan_label, price, status_label, term
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields, money
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.status import Status
from stellr_tui.widgets.filters import FilterChoice, Filters
from stellr_tui.widgets.form import TextField
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.places import SubscriptionPage
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words


class SubscriptionsTab(PageTab):
    """契約一覧."""

    heading = N_("契約一覧")
    tab_id = "tab-subscriptions"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "search", N_("検索"), id="results.search"),
        Binding("ctrl+e", "export", N_("書き出し"), id="results.export-subscriptions"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._wanted: Which | None = None

    def compose(self) -> ComposeResult:
        with Filters(id="subscription-filters"):
            yield TextField("searched", field_label("searched"), placeholder=_("契約番号、会社名、発注番号など"))
            yield TextField("as_of", field_label("as_of"), placeholder=_("YYYY-MM-DD"))
            yield FilterChoice("status", field_label("status"))
            yield FilterChoice("plan", field_label("plan"))
            yield FilterChoice("vendor", field_label("vendor"))
        yield ContractRows(_columns(), id="all-subscriptions")
        yield Words(id="all-subscriptions-total")

    def on_mount(self) -> None:
        """What there is to choose from; the vendors are read with the first list."""
        self._choice("status").offer((one.value, status_label(one)) for one in Status)
        self._choice("plan").offer((one.value, plan_label(one)) for one in Plan)
        self._choice("vendor").display = False

    def _choice(self, name: str) -> FilterChoice:
        return self.query_one(f"#field-{name}", FilterChoice)

    def load(self) -> None:
        self.ask(lambda desk: desk.catalog.vendors, self._offer_vendors, about="vendors")
        self._wanted = None
        self._read()

    def _offer_vendors(self, vendors: Sequence[Vendor]) -> None:
        """A choice between vendors, where products of more than one can be ordered."""
        selling = [(one.code, one.name) for one in vendors if one.products]
        choice = self._choice("vendor")
        choice.display = len(selling) > 1
        if choice.display:
            choice.offer(selling)

    @on(Input.Changed)
    @on(Select.Changed)
    def _read(self) -> None:
        """Read the list that is meant, unless it is the one that is shown. A day that is none is said at its field."""
        form = self.query_one(Filters)
        typed = form.values()
        try:
            as_of = fields.calendar_day(typed["as_of"], "as_of") if typed["as_of"].strip() else None
        except Refused as refused:
            form.fields()["as_of"].show_finding(refused.findings[0])
            return
        wanted = Which(
            status=Status(typed["status"]) if typed["status"] else None,
            plan=Plan(typed["plan"]) if typed["plan"] else None,
            vendor=typed["vendor"] or None,
            searched=typed["searched"],
            as_of=as_of,
        )
        if wanted == self._wanted:
            return
        self._wanted = wanted
        user, clock = self.workplace.user, self.workplace.clock
        is_past = as_of is not None and (clock is None or as_of < clock.today)
        self.query_one(ContractRows).past_day = as_of if is_past else None
        self.query_one(PagedRows).read(
            tuple(wanted.items()), lambda desk, after: list_subscriptions(desk, user, after=after, **wanted), _row
        )
        self.ask(
            lambda desk: sum_subscriptions(desk, user, **wanted),
            lambda totals: self.query_one("#all-subscriptions-total", Words).update(_total_words(totals, as_of)),
            about="totals",
            latest_only=True,
        )

    @on(ContractRows.Changed)
    def _read_again(self) -> None:
        self.load()

    @on(PagedRows.Filled)
    def _begin(self) -> None:
        if self.screen.focused is None:
            self.query_one(PagedRows).focus()

    @on(Input.Submitted)
    def _to_rows(self) -> None:
        self.query_one(PagedRows).focus()

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(SubscriptionPage(int(event.row_key.value or "0"), self.query_one(ContractRows).past_day))

    def action_export(self) -> None:
        """What the list shows, as a file."""
        save_sheet(self.asking, subscriptions_sheet(**(self._wanted or Which())))

    def action_search(self) -> None:
        """To the search field."""
        self.query_one("#searched").focus()


def _row(one: Subscription) -> tuple[str, Sequence[str]]:
    cells = [
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        one.service,
        str(one.seats),
        price(one.amount, sample=one.is_sample),
        plan_label(one.plan),
        status_label(one.status),
        next_change_words(one),
        term(one.shown_from, one.shown_until),
    ]
    return str(one.contract_number), cells


def _total_words(totals: Totals, as_of: date | None) -> str:
    parts = [_("{count}件").format(count=totals.contracts), _("{seats}シート").format(seats=totals.seats)]
    amounts = [f"{plan_label(plan)} {money.yen(amount)}" for plan, amount in totals.amounts.items()]
    if amounts:
        parts.append(_("{amounts} (税抜)").format(amounts=" + ".join(amounts)))
    if totals.ended:
        parts.append(_("解約済の{count}件のシート数と価格を除く").format(count=totals.ended))
    told = _("合計: {totals}").format(totals="  ".join(parts))
    return told if as_of is None else _("{day} 時点の{totals}").format(day=totals.day, totals=told)


def _columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("エンドユーザー"), 22, 0),
        Column(_("サービス"), 22, 0),
        Column(_("シート数"), 8, 1, right=True),
        Column(_("合計価格"), 22, 1, right=True),
        Column(_("契約期間"), 14, 1, right=True),
        Column(_("ステータス"), 19, 2),
        Column(_("次の変更"), 26, 2),
        Column(_("請求開始/終了"), 23, 2),
    )

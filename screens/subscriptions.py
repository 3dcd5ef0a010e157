"""オーダー⑥ the subscriptions of an end user: 契約, 契約番号, サービスの概要, ベンダー規約, Storefront Access."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input, TabbedContent, TabPane

from screens.contract_rows import ContractRows
from screens.save_file import save_sheet
from screens.terms import read_terms
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, end_user, set_storefront_access
from stellr_tui.desk.export import orders_sheet, subscriptions_sheet
from stellr_tui.desk.orders import Order, orders_of
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions, sum_subscriptions
from stellr_tui.reference.labels import billing_type, next_change, plan_label, price, status_label, term
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.status import Status
from stellr_tui.widgets.entry import Entry
from stellr_tui.widgets.order_in_hand import ORDER_FORM
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.paged_rows import PagedRows, begun_at
from stellr_tui.widgets.places import EndUserPage, OrderCreated, SubscriptionPage, Subscriptions, VendorCatalog
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.tabbed_page import TabbedPage
from stellr_tui.widgets.words import Words, relabel
from stellr_tui.widgets.workplace import Workplace


def _key(customer: int) -> Hashable:
    return ("SubscriptionsPage", customer)


def go_to_sent(workplace: Workplace, sent: Order) -> None:
    """To the contracts of an end user, all of them, with the cursor on the first that was just sent."""
    first = next((one for one in sent.contracts if one.status is Status.PROVISIONING), sent.contracts[0])
    workplace.go(Subscriptions(sent.end_user.number))
    # Behind it: how the page was left that is shown now is kept in the same place.
    workplace.typed[(_key(sent.end_user.number), None)] = {"subscriptions": begun_at(str(first.number))}


class SubscriptionsPage(TabbedPage):
    """One end user's contracts."""

    CSS_PATH = "subscriptions.tcss"
    area = "customers"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "add", N_("新しいサブスクリプションを追加"), id="subscriptions.add"),
        Binding("ctrl+f", "filter", N_("サブスクリプション名"), id="subscriptions.filter"),
        Binding("ctrl+g", "end_user", N_("エンドユーザー情報"), id="subscriptions.end-user"),
        Binding("ctrl+e", "export", N_("書き出し"), id="subscriptions.export"),
        Binding("ctrl+r", "again", N_("同じ内容で再発注"), id="subscriptions.again", show=False),
    ]

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer
        self._end_user: EndUser | None = None

    def crumbs(self) -> Sequence[str]:
        name = str(self._end_user) if self._end_user else str(self._customer)
        return ["ECNex", "StreamOne Stellr", _("顧客管理"), name]

    def typed_key(self) -> Hashable:
        return _key(self._customer)

    def compose_page(self) -> Iterable[Widget]:
        with TabbedContent(id="tabs", initial=self.left_at("tabs")):
            with TabPane(_("契約"), id="tab-contracts"):
                yield Entry(placeholder=_("サブスクリプション名"), id="filter", compact=True)
                yield ContractRows(_columns(), id="subscriptions")
                yield Words(id="subscriptions-total")
                yield Words(_("ご注意: 価格には税抜き価格です。"), id="tax-note", classes="note")
            with TabPane(_("契約番号"), id="tab-numbers"):
                yield Rows(_order_columns(), id="orders")
            with TabPane(_("サービスの概要"), id="tab-services"):
                yield Rows(
                    [Column(_("サービス"), 44, 0), Column(_("契約期間"), 21, 1), Column(_("数量"), 8, 1, right=True)],
                    id="services",
                    cursor=False,
                )
                yield Words(id="service-descriptions", classes="note")
            with TabPane(_("ベンダー規約"), id="tab-terms"), VerticalScroll(id="terms-scroll"):
                yield Words(id="terms-text")
            with TabPane("Storefront Access", id="tab-storefront"):
                yield Words(id="storefront-words")
                yield Button("", id="storefront-access", compact=True, action="screen.storefront")

    def compose_actions(self) -> Iterable[Button]:
        yield Button(
            _("新しいサブスクリプションを追加"),
            id="add-subscription",
            compact=True,
            variant="primary",
            action="screen.add",
        )

    def load(self) -> None:
        self.ask(
            lambda desk: end_user(desk, self.workplace.user, self._customer), self._show_end_user, about="end-user"
        )
        self._read_rows()
        self.ask(self._read_more, lambda read: self._show_more(*read), about="tabs")

    def _show_end_user(self, one: EndUser) -> None:
        self._end_user = one
        self.show_crumbs()
        self._show_storefront(one)

    def _read_rows(self) -> None:
        searched, user = self.query_one("#filter", Entry).value, self.workplace.user
        self.query_one("#subscriptions", PagedRows).read(
            searched,
            lambda desk, after: list_subscriptions(desk, user, customer=self._customer, searched=searched, after=after),
            _row,
        )
        self.ask(
            lambda desk: sum_subscriptions(desk, user, customer=self._customer).contracts,
            lambda total: self.query_one("#subscriptions-total", Words).update(_("合計: {count}").format(count=total)),
            about="total",
            latest_only=True,
        )

    @on(ContractRows.Changed)
    def _read_again(self) -> None:
        self.load()

    @on(PagedRows.Filled, "#subscriptions")
    def _begin(self) -> None:
        if self.focused is None:
            self.query_one("#subscriptions").focus()

    @on(Input.Changed, "#filter")
    def _filter(self) -> None:
        self._read_rows()

    @on(Input.Submitted, "#filter")
    def _to_rows(self) -> None:
        self.query_one("#subscriptions").focus()

    def _read_more(self, desk: Desk) -> tuple[tuple[Order, ...], str, list[str]]:
        orders = orders_of(desk, self.workplace.user, self._customer)
        codes = dict.fromkeys(one.vendor_code for order in orders for one in order.contracts)
        skus = {one.sku for order in orders for one in order.contracts}
        descriptions = [
            f"{product.name}\n  {product.service_description}"
            for vendor in desk.catalog.vendors
            for product in vendor.products
            if product.sku in skus
        ]
        known = [vendor.code for vendor in desk.catalog.vendors if vendor.code in codes]
        return orders, read_terms(desk, known), descriptions

    def _show_more(self, orders: Sequence[Order], terms: str, descriptions: Sequence[str]) -> None:
        contracts = [(order, one) for order in orders for one in order.contracts]
        self.query_one("#orders", Rows).fill(
            (
                f"{order.id}/{one.number}",
                [
                    str(one.number),
                    order.reservation_number,
                    order.po_number,
                    order.end_user_order_number,
                    order.created_on.isoformat(),
                    one.sent_on.isoformat() if one.sent_on else "",
                    status_label(one.status),
                ],
            )
            for order, one in contracts
        )
        self.query_one("#services", Rows).fill(
            (str(one.number), [one.product_name, plan_label(one.plan), str(one.seats)]) for _order, one in contracts
        )
        self.query_one("#service-descriptions", Words).update("\n".join(descriptions))
        self.query_one("#terms-text", Words).update(terms)

    @on(DataTable.RowSelected, "#subscriptions")
    def _open_contract(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(SubscriptionPage(int(event.row_key.value or "0")))

    @on(DataTable.RowSelected, "#orders")
    def _open_order(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(OrderCreated(int((event.row_key.value or "0").split("/")[0])))

    def action_filter(self) -> None:
        """To the filter by サブスクリプション名."""
        self.query_one(TabbedContent).active = "tab-contracts"
        self.query_one("#filter").focus()

    def action_export(self) -> None:
        """What the tab lists, as a file: the orders of the end user, else the contracts as they are filtered."""
        if self.query_one(TabbedContent).active == "tab-numbers":
            save_sheet(self, orders_sheet(self._customer))
        else:
            searched = self.query_one("#filter", Entry).value
            save_sheet(self, subscriptions_sheet(customer=self._customer, searched=searched))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """契約 has a key of its own for the contract under the cursor; the other tabs but 契約番号 name no order."""
        if action == "again":
            return self.query_one("#orders", Rows).has_focus
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        """同じ内容で再発注: the order under the cursor, once more."""
        if current := self.query_one("#orders", Rows).current:
            self.workplace.quick_order(int(current.split("/")[1]))

    def action_add(self) -> None:
        """新しいサブスクリプションを追加."""
        add_subscription(self, self._customer)

    def action_end_user(self) -> None:
        """エンドユーザー情報."""
        self.workplace.go(EndUserPage(self._customer))

    def action_storefront(self) -> None:
        """Give this end user access to the storefront, or take it."""
        if self._end_user is not None:
            allowed = not self._end_user.storefront_access
            self.ask(
                lambda desk: set_storefront_access(desk, self.workplace.user, self._customer, allowed=allowed),
                self._show_end_user,
                about="storefront",
            )

    def _show_storefront(self, one: EndUser) -> None:
        words = _("このエンドユーザーはStorefrontを利用できます。")
        label = _("アクセスを取り消す")
        if not one.storefront_access:
            words = _("このエンドユーザーはStorefrontを利用できません。")
            label = _("アクセスを許可する")
        self.query_one("#storefront-words", Words).update(words)
        relabel(self.query_one("#storefront-access", Button), label)


def add_subscription(page: Page, customer: int) -> None:
    """新しいサブスクリプションを追加: the catalogue, with this end user already on the order page.

    An order that is half entered for another end user waits among the drafts.
    """
    workplace = page.workplace
    order = workplace.order
    if workplace.typed.get(ORDER_FORM, {}).get("end_user", str(customer)) in ("", str(customer)):
        _order_for(workplace, customer)
        return

    def begin(_none: None) -> None:
        workplace.begin_order()
        _order_for(workplace, customer)

    page.ask(lambda desk: order.set_aside(desk, workplace.user), begin, about="set-aside")


def _order_for(workplace: Workplace, customer: int) -> None:
    workplace.typed.setdefault(ORDER_FORM, {})["end_user"] = str(customer)
    workplace.go(VendorCatalog())


def next_change_words(one: Subscription) -> str:
    """次の変更 of a contract, or nothing."""
    change = one.next_change
    return next_change(change.kind, change.seats, change.on) if change else ""


def _row(one: Subscription) -> tuple[str, Sequence[str]]:
    cells = [
        one.service,
        str(one.contract_number),
        one.vendor,
        str(one.seats),
        price(one.amount, sample=one.is_sample),
        billing_type(one.plan),
        status_label(one.status),
        next_change_words(one),
        term(one.shown_from, one.shown_until),
    ]
    return str(one.contract_number), cells


def _columns() -> Sequence[Column]:
    return (
        Column(_("サブスクリプション"), 22, 0),
        Column(_("契約番号"), 9, 0),
        Column(_("ベンダー名"), 22, 0),
        Column(_("現在のシート数"), 14, 1, right=True),
        Column(_("合計価格"), 20, 1, right=True),
        Column(_("請求タイプ"), 22, 1),
        Column(_("ステータス"), 19, 2),
        Column(_("次の変更"), 27, 2),
        Column(_("請求開始/終了"), 23, 2),
    )


def _order_columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("予約番号"), 9, 0),
        Column(_("発注番号"), 30, 1),
        Column(_("エンドユーザー注文番号"), 24, 1),
        Column(_("発注日"), 12, 2),
        Column(_("送信日"), 12, 2),
        Column(_("ステータス"), 19, 2),
    )

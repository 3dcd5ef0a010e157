"""オーダー① 製品選択: plans, products with their quantities, the selection, the cart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input

from screens.one_line import OneLine
from screens.selections import TakeUpSelection
from stellr_tui.desk.cart import Cart, Choice, save_selection, saved_selections
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.reference.catalog import Product, Vendor
from stellr_tui.reference.labels import plan_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields, money
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Refused
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.kept_soon import KeptSoon
from stellr_tui.widgets.order_in_hand import quantity_field
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import NewOrder
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.tick import Tick
from stellr_tui.widgets.words import Words


class ProductEntry(TextField):
    """One product of the table: what it is, its price, 数量 to be typed, and 提供金額 which follows."""

    def __init__(self, product: Product, unit_price: int | None) -> None:
        super().__init__(quantity_field(product.sku), _("数量"), placeholder="0", replaced=True)
        self.product = product
        self.unit_price = unit_price

    def compose(self) -> ComposeResult:
        one = self.product
        msrp = "N/A" if one.msrp is None else money.yen(one.msrp)
        price = _("価格なし") if self.unit_price is None else money.yen(self.unit_price)
        yield Words(one.name, classes="product-name")
        codes = [
            (_("メーカー型番"), one.manufacturer_part_number),
            (_("商品コード"), one.product_code),
            (_("SKU番号"), one.sku),
            (_("Unit MSRP"), msrp),
        ]
        yield Words("  ".join(f"{label} {said}" for label, said in codes), classes="note")
        sample = "  " + _("サンプル価格") if one.sample else ""
        with Horizontal(classes="pricing"):
            yield Words(_("提供単価") + f" {price}{sample}", classes="unit-price")
            yield Words(self.label, classes="label")
            yield self.input
            yield Words(self._amount(0), id=f"amount-{one.sku}", classes="amount")
        yield self.finding_words

    def show_seats(self, seats: int) -> None:
        """Let 提供金額 follow 数量."""
        self.query_one(f"#amount-{self.product.sku}", Words).update(self._amount(seats))

    def _amount(self, seats: int) -> str:
        return _("提供金額") + " " + money.yen(money.amount(self.unit_price or 0, seats))


class VendorProductsPage(KeptSoon[None], Page):
    """A vendor's page: choose the plan, type quantities, put them into the cart."""

    CSS_PATH = "vendor.tcss"
    area = "catalog"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "put_in_cart", N_("カートに入れる"), id="vendor.put-in-cart"),
        Binding("f1", "rules", N_("ルール"), id="vendor.rules"),
        Binding("ctrl+g", "save_selection", N_("構成保存"), id="vendor.save-selection"),
        Binding("ctrl+o", "take_up", N_("構成呼出"), id="vendor.take-up"),
        Binding("delete", "remove", N_("選択から削除"), id="vendor.remove", show=False),
    ]

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._vendor: Vendor | None = None

    def crumbs(self) -> Sequence[str]:
        name = self._vendor.name if self._vendor else ""
        return ["ECNex", "StreamOne Stellr", _("ベンダーカタログ"), *([name] if name else [])]

    def typed_key(self) -> object:
        return (type(self).__name__, self._code)

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("1 契約期間"), classes="section")
        with Horizontal(id="plans"):
            yield Tick(plan_label(Plan.ANNUAL), True, id="plan-annual", compact=True)
            yield Tick(plan_label(Plan.MONTHLY), False, id="plan-monthly", compact=True)
        yield Words(_("2 製品を選択し、必要な数量を以下に入力します"), classes="section")
        yield Form(id="selection-form")
        yield Words(_("選択済み商品"), classes="section")
        columns = [
            Column(_("商品名"), 46, 0),
            Column(_("SKU番号"), 10, 0),
            Column(_("数量"), 6, 1, right=True),
            Column(_("提供金額"), 12, 1, right=True),
            Column(_("Action"), 14, 2),
        ]
        yield Rows(columns, id="selected")
        yield Words(id="cart-words", classes="note")

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("ルール"), id="rules", compact=True, action="screen.rules")
        yield Button(_("構成保存"), id="save-selection", compact=True, action="screen.save_selection")
        yield Button(_("構成呼出"), id="take-up", compact=True, action="screen.take_up")
        yield Button(_("発注ページへ"), id="to-order", compact=True, action="screen.to_order")
        yield Button(
            _("カートに入れる"), id="put-in-cart", compact=True, variant="primary", action="screen.put_in_cart"
        )

    def load(self) -> None:
        self.ask(self._read, lambda read: self._show(*read), about="products")

    def _read(self, desk: Desk) -> tuple[Vendor, list[tuple[Product, int | None]], Cart]:
        vendor = desk.catalog.vendor(self._code)
        today = read_clock(desk).today
        priced = [(product, _price_or_none(product, today)) for product in vendor.products]
        return vendor, priced, self.workplace.order.read(desk, self.workplace.user)

    async def _show(self, vendor: Vendor, priced: list[tuple[Product, int | None]], cart: Cart) -> None:
        self._vendor = vendor
        self.show_crumbs()
        form = self.query_one(Form)
        if not priced:
            await form.mount(
                Words(
                    _("このベンダーの商品はカタログにありません。{file} に商品を追加すると発注できます。").format(
                        file="catalog.toml"
                    ),
                    id="no-products",
                    classes="warning",
                )
            )
        await form.mount_all(ProductEntry(product, price) for product, price in priced)
        in_cart = {line.product.sku: str(line.seats) for line in cart.lines}
        form.fill({quantity_field(sku): seats for sku, seats in in_cart.items()})
        self.recall()
        self._show_cart(cart)
        self._show_plans()
        first = next(iter(self.query(Input)), None)
        if first is not None:
            first.focus()

    def _show_cart(self, cart: Cart) -> None:
        words = _("カート: {count}件  {total}").format(count=len(cart.lines), total=money.yen(cart.total))
        self.query_one("#cart-words", Words).update(words)
        self.query_one("#to-order", Button).display = bool(cart.lines)

    @on(Checkbox.Changed)
    def _show_plans(self) -> None:
        shown = {
            Plan.ANNUAL: self.query_one("#plan-annual", Checkbox).value,
            Plan.MONTHLY: self.query_one("#plan-monthly", Checkbox).value,
        }
        for entry in self.query(ProductEntry):
            entry.display = shown[entry.product.plan] or bool(entry.value.strip())

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        """提供金額 and the selection follow 数量 while it is typed."""
        rows = []
        for entry in self.query(ProductEntry):
            seats = 0
            entry.clear_finding()
            if entry.value.strip():
                try:
                    seats = fields.quantity(entry.value, entry.field_name)
                except Refused as refused:
                    entry.show_finding(refused.findings[0])
            entry.show_seats(seats)
            if seats:
                amount = money.yen(money.amount(entry.unit_price or 0, seats))
                rows.append(
                    (
                        entry.product.sku,
                        [entry.product.name, entry.product.sku, str(seats), amount, _("削除 (Enter)")],
                    )
                )
        self.query_one(Rows).fill(rows)

    def keep(self) -> None:
        self.remember()
        self.workplace.keep_order()

    def _choices(self) -> list[Choice]:
        return [Choice(entry.product.sku, entry.value) for entry in self.query(ProductEntry) if entry.value.strip()]

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Findings stand at `lines.N.seats`; N counts the chosen lines."""
        chosen = self._choices()
        at_fields = []
        for finding in findings:
            parts = finding.field.split(".")
            at_line = len(parts) == 3 and parts[0] == "lines"
            at_fields.append(finding.at(quantity_field(chosen[int(parts[1]) - 1].sku)) if at_line else finding)
        self.show_refusal(tuple(at_fields))

    def action_put_in_cart(self) -> None:
        """カートに入れる."""
        choices = self._choices()
        self.ask(
            lambda desk: self.workplace.order.put(desk, self.workplace.user, choices),
            self._go_on,
            refused=self._show_findings,
            about="put-in-cart",
        )

    def _go_on(self, _cart: Cart) -> None:
        for field in self.query_one(Form).fields().values():
            field.value = ""
        self.workplace.go(NewOrder())

    def action_to_order(self) -> None:
        """To the order page with what is in the cart already."""
        self.workplace.go(NewOrder())

    def action_remove(self) -> None:
        """The Action of 選択済み商品: take the product under the cursor out of the selection."""
        sku = self.query_one(Rows).current
        if sku is not None:
            self.query_one(Form).fields()[quantity_field(sku)].value = ""

    @on(Rows.RowSelected, "#selected")
    def _remove_selected(self) -> None:
        self.action_remove()

    @work
    async def action_save_selection(self) -> None:
        """構成保存."""
        choices = self._choices()
        name = await self.app.push_screen_wait(OneLine(_("構成保存"), "selection_name", fields.name, yes=_("保存")))
        if name is not None:
            self.ask(
                lambda desk: save_selection(desk, self.workplace.user, name, choices),
                lambda _none: self.notify(_("構成「{name}」を保存しました。").format(name=name), markup=False),
                refused=self._show_findings,
                about="save-selection",
            )

    def action_take_up(self) -> None:
        """Take a saved selection up again."""
        self.ask(lambda desk: saved_selections(desk, self.workplace.user), self._take_up, about="take-up")

    @work
    async def _take_up(self, saved: dict[str, tuple[Choice, ...]]) -> None:
        chosen = await self.app.push_screen_wait(TakeUpSelection(saved))
        if chosen is None:
            return
        fields_here = self.query_one(Form).fields()
        for choice in chosen:
            if (name := quantity_field(choice.sku)) in fields_here:
                fields_here[name].value = str(choice.seats)
        self._show_plans()


def _price_or_none(product: Product, today: date) -> int | None:
    try:
        return product.price_on(today)
    except Refused:
        return None

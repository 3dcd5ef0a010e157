"""オーダー② and ④: reseller contact, end user, PO number, and 発注する."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Input

from screens.change_contact import ChangeContact, ChosenContact
from screens.new_end_user import NewEndUserScreen, is_open
from screens.terms import TermsDialog
from stellr_tui.desk.cart import Cart, Line
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, end_user, search_end_users
from stellr_tui.desk.orders import Order, OrderForm, dates_if_sent
from stellr_tui.desk.people import ResellerContact, reseller_contacts
from stellr_tui.desk.po_proposals import propose_po_number
from stellr_tui.desk.remarks import remarks_on_order
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.calendar import OrderDates
from stellr_tui.rules.findings import Finding, Remarks
from stellr_tui.widgets.end_user_picker import EndUserPicker
from stellr_tui.widgets.form import ChoiceField, Form, TextField
from stellr_tui.widgets.kept_soon import KeptSoon
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import OrderCreated
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

CHOSEN = "order-contact"


class OrderPage(KeptSoon[None], Page):
    """The order page for what is in the cart."""

    CSS_PATH = "order.tcss"
    area = "catalog"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "place_order", N_("発注する"), id="order.place"),
        Binding("ctrl+n", "new_end_user", N_("＋ 新規エンドユーザー"), id="order.new-end-user"),
        Binding("ctrl+t", "change_contact", N_("連絡先の変更"), id="order.change-contact"),
        Binding("delete", "remove_item", N_("商品を削除"), id="order.remove-item", show=False),
        Binding("f1", "terms", N_("規約"), id="order.terms", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cart = Cart()
        self._chosen: ChosenContact | None = None

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("オーダー")]

    def compose_page(self) -> Iterable[Widget]:
        changed = Words(id="changed-meanwhile", classes="warning")
        changed.display = False
        yield changed
        with Form(id="order-form"):
            yield ChoiceField("reseller_contact", _("リセラー担当者"), required=True)
            yield EndUserPicker()
            with Horizontal(id="end-user-buttons"):
                name = _("＋ 新規エンドユーザー")
                yield Button("＋", name=name, id="new-end-user", compact=True, action="screen.new_end_user")
                yield Button(_("連絡先の変更"), id="change-contact", compact=True, action="screen.change_contact")
            with Horizontal(id="payment"):
                yield Words("＊ " + _("支払い条件"), classes="label")
                yield Words("NA", id="payment-terms")
            yield Vertical(id="items")
            yield TextField("po_number", _("発注番号"), required=True)
            yield TextField("end_user_order_number", _("エンドユーザー注文番号"), placeholder=_("任意"))
        yield Words(id="order-total")
        yield Words(id="order-dates", classes="note")

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("同意済み規約の表示"), id="terms", compact=True, action="screen.terms")
        yield Button(_("発注する"), id="place-order", compact=True, variant="primary", action="screen.place_order")

    def load(self) -> None:
        self.ask(self._read, lambda read: self._show(*read), about="order-page")

    def _read(self, desk: Desk) -> tuple[tuple[ResellerContact, ...], Cart, tuple[OrderDates, ...], str]:
        cart = self.workplace.order.read(desk, self.workplace.user)
        po_number = propose_po_number(desk, self.workplace.user, self.workplace.settings.po_pattern)
        today = read_clock(desk).today
        dates = dates_if_sent(today, (line.product.plan for line in cart.lines))
        return reseller_contacts(desk, self.workplace.user), cart, dates, po_number

    async def _show(
        self, contacts: Sequence[ResellerContact], cart: Cart, dates: Sequence[OrderDates], po_number: str
    ) -> None:
        if self._po_number.is_open:
            self._po_number.propose(po_number)
        field = self.query_one(ChoiceField)
        field.offer((str(one.id), str(one)) for one in contacts)
        await self._show_cart(cart)
        self._show_changed([*self.workplace.order.missing, *cart.changed])
        if dates:
            words = _("今日 {day} に送信すると {delivered} 納品、{billing} 課金開始。発注だけでは完了しません。")
            self.query_one("#order-dates", Words).update(
                words.format(day=dates[0].sent_on, delivered=dates[0].delivered_on, billing=dates[0].billing_starts_on)
            )
        if self.focused is None or self.focused.id in (None, "reseller-contact"):
            self.query_one("#end-user" if field.value else "#reseller-contact").focus()
        if is_open(self.workplace):
            self.action_new_end_user()

    def _show_changed(self, changed: Sequence[Finding]) -> None:
        """Say what is otherwise than when the order was left."""
        words = self.query_one("#changed-meanwhile", Words)
        words.display = bool(changed)
        words.update("\n".join(_("注意：") + sentence(one) for one in changed))

    async def _show_cart(self, cart: Cart) -> None:
        self._cart = cart
        items = self.query_one("#items")
        await items.remove_children()
        if not cart.lines:
            await items.mount(Words(_("カートは空です。ベンダーカタログで商品を選んでください。"), classes="warning"))
        for number, (group, lines) in enumerate(groupby(cart.lines, key=self._group)):
            await items.mount(Words(group, classes="section"))
            rows = Rows(_columns(), id=f"items-{number}")
            await items.mount(rows)
            rows.fill(self._item(line) for line in lines)
        total = _("合計金額: {total}").format(total=money.yen(cart.total))
        self.query_one("#order-total", Words).update(total)

    def _group(self, line: Line) -> str:
        return self.workplace.desk().catalog.vendor(line.product.vendor_code).group

    def _item(self, line: Line) -> tuple[str, Sequence[str]]:
        one = line.product
        sample = " " + _("サンプル価格") if one.sample else ""
        cells = [
            one.name,
            one.sku,
            one.manufacturer_part_number,
            _(one.billing_type),
            "Required",
            money.yen(line.unit_price) + sample,
            str(line.seats),
            money.yen(line.amount),
        ]
        return one.sku, cells

    @on(EndUserPicker.Searched)
    def _search(self, message: EndUserPicker.Searched) -> None:
        self.ask(
            lambda desk: search_end_users(desk, self.workplace.user, message.searched, limit=20).rows,
            lambda found: self.query_one(EndUserPicker).show_matches(message.searched, found),
            about="entered" if message.entered else "search",
            latest_only=not message.entered,
        )

    @on(EndUserPicker.Wanted)
    def _bring_back(self, message: EndUserPicker.Wanted) -> None:
        self.ask(lambda desk: end_user(desk, self.workplace.user, message.number), self._brought_back, about="end-user")

    def _brought_back(self, one: EndUser) -> None:
        kept = self.workplace.typed.get(CHOSEN, {})
        places = {str(place.id): place for place in one.locations}
        people = {str(person.id): person for person in one.contacts}
        location, contact = places.get(kept.get("location", "")), people.get(kept.get("contact", ""))
        if location and contact:
            self._chosen = ChosenContact(one, location, contact)
        self.query_one(EndUserPicker).pick(one, location, contact)

    @property
    def _po_number(self) -> TextField:
        return self.query_one("#field-po-number", TextField)

    def remember(self) -> None:
        """Also the location and contact that were chosen; a PO number that is only proposed is proposed anew."""
        super().remember()
        if not self.query("#po-number"):
            return  # it is left before it is composed, or after its parts are gone
        if self._po_number.is_proposal:
            self.workplace.typed[(self.typed_key(), "order-form")]["po_number"] = ""
        picker = self.query_one(EndUserPicker)
        if picker.value and picker.picked is None:
            return  # who was picked is being read still, and with them the location and contact
        self.workplace.typed.pop(CHOSEN, None)
        if self._chosen:
            ids = {"location": str(self._chosen.location.id), "contact": str(self._chosen.contact.id)}
            self.workplace.typed[CHOSEN] = ids

    def keep(self) -> None:
        self.remember()
        self.workplace.keep_order()

    @on(EndUserPicker.Picked)
    def _picked(self) -> None:
        self._chosen = None
        self.keep_soon()

    @work
    async def action_new_end_user(self) -> None:
        """＋: the form of オーダー③."""
        added = await self.app.push_screen_wait(NewEndUserScreen(of_order=True))
        if added is not None:
            self._chosen = None
            self.query_one(EndUserPicker).pick(added)
            self.keep_soon()
            self.query_one("#po-number").focus()

    @work
    async def action_change_contact(self) -> None:
        """連絡先の変更."""
        picker = self.query_one(EndUserPicker)
        if picker.picked is None:
            picker.focus_control()
            return
        chosen = await self.app.push_screen_wait(ChangeContact(picker.picked))
        if chosen is not None:
            self._chosen = chosen
            picker.pick(chosen.end_user, chosen.location, chosen.contact)
            self.keep_soon()

    def action_terms(self) -> None:
        """同意済み規約の表示."""
        codes = dict.fromkeys(line.product.vendor_code for line in self._cart.lines)
        self.app.push_screen(TermsDialog(tuple(codes)))

    @on(Input.Submitted, "#end-user-order-number")
    def _last_field(self, event: Input.Submitted) -> None:
        self.query_one("#place-order").focus()

    def _order_form(self) -> OrderForm:
        values = self.query_one(Form).values()
        chosen = self._chosen
        return OrderForm(
            reseller_contact_id=int(values["reseller_contact"]) if values["reseller_contact"] else None,
            end_user_number=int(values["end_user"]) if values["end_user"] else None,
            location_id=chosen.location.id if chosen else None,
            contact_id=chosen.contact.id if chosen else None,
            po_number=values["po_number"],
            end_user_order_number=values["end_user_order_number"],
        )

    def remarks(self) -> Callable[[Desk], Remarks]:
        form = self._order_form()
        return lambda desk: remarks_on_order(desk, self.workplace.user, form)

    def action_place_order(self) -> None:
        """発注する."""
        form = self._order_form()
        self.ask(
            lambda desk: self.workplace.order.place(desk, self.workplace.user, form),
            self._placed,
            about="place-order",
        )

    def _placed(self, order: Order) -> None:
        for field in self.query_one(Form).query(TextField):
            field.value = ""
        self.query_one(EndUserPicker).clear()
        self._chosen = None
        self.workplace.begin_order()
        self.workplace.go(OrderCreated(order.id))

    def action_remove_item(self) -> None:
        """Take the item under the cursor out of the cart."""
        sku = self.focused.current if isinstance(self.focused, Rows) else None
        if sku is not None:
            self.ask(
                lambda desk: self.workplace.order.take(desk, self.workplace.user, sku), self._show_cart, about="remove"
            )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("商品名"), 38, 0),
        Column(_("SNX SKU#"), 8, 0),
        Column(_("Mfr.P/N"), 10, 0),
        Column(_("請求タイプ"), 22, 1),
        Column(_("Service Provision"), 17, 1),
        Column(_("提供単価"), 22, 1),
        Column(_("数量"), 5, 2, right=True),
        Column(_("提供金額"), 10, 2, right=True),
    )

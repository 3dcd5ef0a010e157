"""One contract in full: its seat lots, what is planned, its history, its invoices, and what must be decided when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, TypeAlias
from zoneinfo import ZoneInfo

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from screens.change import ChangeWizard, why_not
from screens.confirm import Confirm
from screens.one_line import OneLine
from screens.subscriptions import next_change_words
from stellr_tui.desk.changes import (
    Kind,
    PlannedChange,
    WaitingChange,
    foresee_withdrawal,
    waiting_changes,
    withdraw_change,
)
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.invoicing import ContractInvoice, invoices_of
from stellr_tui.desk.orders import Order
from stellr_tui.desk.sent_for import as_it_is
from stellr_tui.desk.subscriptions import PastEvent, Subscription, SubscriptionDetail, subscription
from stellr_tui.reference.labels import (
    billing_type,
    event_label,
    next_change,
    plan_label,
    price,
    status_explained,
    status_label,
    term,
)
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Refused
from stellr_tui.rules.status import needs_action
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.order_dates import order_dates_facts
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import EndUserPage, OrderCreated, SubscriptionPage
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

TOKYO = ZoneInfo("Asia/Tokyo")

_Withdrawal: TypeAlias = PlannedChange | Sequence[Finding]
"""The change that can be taken back, or why none can."""


class SubscriptionDetailPage(Page):
    """契約の詳細."""

    CSS_PATH = "subscription.tcss"
    area = "customers"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "order", N_("契約確認"), id="subscription.order"),
        Binding("plus", "change('add')", N_("＋数量追加"), id="subscription.add"),
        Binding("minus", "change('reduce')", N_("－数量減少"), id="subscription.reduce"),
        Binding("ctrl+d", "change('cancel')", N_("解約"), id="subscription.cancel"),
        Binding("ctrl+r", "again", N_("同じ内容で再発注"), id="subscription.again", show=False),
        Binding("ctrl+w", "withdraw", N_("変更の取消"), id="subscription.withdraw"),
        Binding("ctrl+g", "end_user", N_("エンドユーザー情報"), id="subscription.end-user"),
        Binding("ctrl+t", "as_of", N_("時点"), id="subscription.as-of"),
        Binding("ctrl+o", "as_it_is", N_("今の契約"), id="subscription.as-it-is"),
        # The same keys where the contract does not take the change: they say why.
        Binding("plus", "say_why_not('add')", N_("＋数量追加"), id="subscription.add", show=False),
        Binding("minus", "say_why_not('reduce')", N_("－数量減少"), id="subscription.reduce", show=False),
        Binding("ctrl+d", "say_why_not('cancel')", N_("解約"), id="subscription.cancel", show=False),
    ]

    def __init__(self, contract_number: int, as_of: date | None = None) -> None:
        """The contract as it is, or as it stood at the end of a past day."""
        super().__init__()
        self._contract_number = contract_number
        self._as_of = as_of
        self._detail: SubscriptionDetail | None = None
        self._something_waits = False
        self._withdrawal: _Withdrawal = ()

    def crumbs(self) -> Sequence[str]:
        company = [self._detail.subscription.company] if self._detail else []
        past = [_("{day} 時点").format(day=self._past_day)] if self._past_day else []
        return ["ECNex", "StreamOne Stellr", _("顧客管理"), *company, str(self._contract_number), *past]

    @property
    def _past_day(self) -> date | None:
        return self._detail.past_day if self._detail else None

    def compose_page(self) -> Iterable[Widget]:
        yield Words(id="past-day", classes="warning")
        yield Facts(id="contract-facts")
        yield Words(id="status-words", classes="note")
        yield Words(_("納品と課金"), classes="section")
        yield Facts(id="dates-facts")
        yield Words(_("シートの内訳"), classes="section")
        yield Rows(_lot_columns(), id="lots", cursor=False)
        yield Words(_("予定"), classes="section")
        yield Words(id="planned")
        yield Words(_("請求書"), classes="section")
        yield Words(id="invoices")
        yield Words(_("履歴"), classes="section")
        yield Rows(_history_columns(), id="history", cursor=False)

    def on_mount(self) -> None:
        """There is nothing to choose on this page: the keys scroll it."""
        page = self.query_one("#page")
        page.can_focus = True
        page.focus()

    def load(self) -> None:
        self.ask(self._read, lambda read: self._show(*read), refused=self._was_not_there, about="contract")

    def _read(self, desk: Desk) -> tuple[SubscriptionDetail, Sequence[str], Sequence[str], _Withdrawal]:
        user = self.workplace.user
        detail = subscription(desk, user, self._contract_number, self._as_of)
        as_of = detail.past_day
        sample = detail.subscription.is_sample
        planned = [_planned_words(one) for one in waiting_changes(desk, user, self._contract_number, as_of)]
        invoices = [_invoice_words(one, sample=sample) for one in invoices_of(desk, user, self._contract_number, as_of)]
        withdrawal: _Withdrawal = ()
        if planned and as_of is None:
            try:
                withdrawal = foresee_withdrawal(desk, user, self._contract_number)
            except Refused as refused:
                withdrawal = refused.findings
        return detail, planned, invoices, withdrawal

    def _show(
        self, detail: SubscriptionDetail, planned: Sequence[str], invoices: Sequence[str], withdrawal: _Withdrawal
    ) -> None:
        self._detail = detail
        self._withdrawal = withdrawal
        self._something_waits = bool(planned)
        self.show_crumbs()
        self.refresh_bindings()
        past_day = self.query_one("#past-day", Words)
        past_day.display = detail.past_day is not None
        past_day.update(_("{day} の終わりの状態です。").format(day=detail.past_day))
        one, order, sample = detail.subscription, detail.order, detail.subscription.is_sample
        self.query_one("#contract-facts", Facts).show([*_contract_facts(one, order), *_sent_for_facts(detail)])
        self.query_one("#status-words", Words).update(status_explained(one.status))
        facts = order_dates_facts([detail.dates]) if detail.dates else [(_("送信日"), _("まだ送信されていません"))]
        if detail.decide_by:
            facts.append((_("更新を止める期限"), detail.decide_by.isoformat()))
        self.query_one("#dates-facts", Facts).show(facts)
        self.query_one("#lots", Rows).fill(
            (
                str(lot.number),
                [
                    str(lot.number),
                    str(lot.seats),
                    price(lot.unit_price, sample=sample),
                    lot.ordered_on.isoformat(),
                    lot.delivered_on.isoformat() if lot.delivered_on else "",
                    lot.next_invoice_on.isoformat() if lot.next_invoice_on else "",
                ],
            )
            for lot in detail.lots
        )
        coming = "\n".join(planned) or next_change_words(one) or _("予定された変更はありません。")
        self.query_one("#planned", Words).update(coming)
        billed = "\n".join(invoices) or _("請求書はまだ発行されていません。")
        if detail.dates and not invoices:
            billed = _("最初の請求書は {day} に発行されます。").format(day=detail.dates.first_invoice_on)
        self.query_one("#invoices", Words).update(billed)
        self.query_one("#history", Rows).fill(
            (str(at), _event_cells(event, sample=sample)) for at, event in enumerate(detail.history)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is offered depends on where the contract stands."""
        status = self._detail.subscription.status if self._detail else None
        if action == "order":
            return status is not None and needs_action(status) and self._past_day is None
        if action in ("change", "say_why_not"):
            possible = not self._why_not(Kind(str(parameters[0])))
            return status is not None and possible == (action == "change")
        if action == "withdraw":
            return self._something_waits and self._past_day is None
        if action == "as_it_is":
            return self._as_of is not None
        return super().check_action(action, parameters)

    @work
    async def action_change(self, kind: str) -> None:
        """＋数量追加, －数量減少, 解約: the change wizard."""
        if self._detail is None:
            return
        wizard = ChangeWizard(self._detail.subscription, Kind(kind))
        if await self.app.push_screen_wait(wizard) is not None:
            self.load()

    def action_say_why_not(self, kind: str) -> None:
        """Why the contract does not take the change."""
        self.show_refusal(tuple(self._why_not(Kind(kind))))

    def _why_not(self, kind: Kind) -> Sequence[Finding]:
        return why_not(self._detail.subscription, kind, self._past_day) if self._detail else ()

    @work
    async def action_withdraw(self) -> None:
        """Take back the change that was applied for last, after asking; where it is too late, say so."""
        last = self._withdrawal
        if not isinstance(last, PlannedChange):
            self.show_refusal(tuple(last))
            return
        change = next_change(last.kind, last.seats, last.takes_effect_on)
        question = _("変更「{change}」を取り消します。よろしいですか。").format(change=change)
        if await self.app.push_screen_wait(Confirm(question, _("取り消す"), _("取り消さない"))):
            self.ask(
                lambda desk: withdraw_change(desk, self.workplace.user, self._contract_number),
                lambda _withdrawn: self.load(),
                about="withdraw",
            )

    def action_again(self) -> None:
        """同じ内容で再発注: the order that the contract came from, once more."""
        self.workplace.quick_order(self._contract_number)

    def action_end_user(self) -> None:
        """エンドユーザー情報."""
        if self._detail is not None:
            self.workplace.go(EndUserPage(self._detail.subscription.customer_number))

    def _was_not_there(self, findings: tuple[Finding, ...]) -> None:
        """On that day there was no such contract yet: the page says so, and from where to go on."""
        words = self.query_one("#past-day", Words)
        words.display = True
        words.update("\n".join(sentence(one) for one in findings))
        for one in self.query("#page > *"):
            one.display = one is words

    @work
    async def action_as_of(self) -> None:
        """時点: the contract as it stood at the end of a day that is asked for."""
        day = await self.app.push_screen_wait(OneLine(_("時点"), "as_of", _written_day, yes=_("表示する")))
        if day is not None:
            self.workplace.go(SubscriptionPage(self._contract_number, date.fromisoformat(day)))

    def action_as_it_is(self) -> None:
        """The contract as it is now."""
        self.workplace.go(SubscriptionPage(self._contract_number))

    def action_order(self) -> None:
        """契約確認: the order that the contract came from."""
        if self._detail is not None and needs_action(self._detail.subscription.status):
            self.workplace.go(OrderCreated(self._detail.order.id))


def _written_day(given: str, field: str, *, required: bool) -> str:
    """A day as it is written. Refused: REQUIRED, NOT_A_DATE."""
    return fields.calendar_day(fields.text(given, field, required=required), field).isoformat()


def _planned_words(one: WaitingChange) -> str:
    words = _("{change}  受付期限 {deadline}")
    return words.format(change=next_change(one.kind, one.seats, one.takes_effect_on), deadline=one.deadline)


def _invoice_words(one: ContractInvoice, *, sample: bool) -> str:
    words = _("請求書 {number}  {day}  {amount} (税抜)")
    return words.format(number=one.number, day=one.issued_on, amount=price(one.amount, sample=sample))


def _sent_for_facts(detail: SubscriptionDetail) -> list[tuple[str, str]]:
    """The end user as it was at 送信, where it is otherwise now."""
    then, order = detail.sent_for, detail.order
    if then is None or then == as_it_is(order.end_user, order.location, order.contact):
        return []
    return [
        (_("送信時のエンドユーザー"), f"{then.company} ({then.company_kana})"),
        (_("送信時の場所"), f"{then.location}, {then.address}"),
        (_("送信時の連絡先"), f"{then.contact}, {then.phone}, {then.email}"),
    ]


def _contract_facts(one: Subscription, order: Order) -> list[tuple[str, str]]:
    return [
        (_("サブスクリプション"), one.service),
        (_("契約番号"), str(one.contract_number)),
        (_("エンドユーザー"), f"{one.customer_number} - {one.company}"),
        (_("ベンダー名"), one.vendor),
        (_("SKU番号"), one.sku),
        (_("契約期間"), plan_label(one.plan)),
        (_("請求タイプ"), billing_type(one.plan)),
        (_("現在のシート数"), str(one.seats)),
        (_("合計価格"), _("{amount} (税抜)").format(amount=price(one.amount, sample=one.is_sample))),
        (_("ステータス"), status_label(one.status)),
        (_("請求開始/終了"), term(one.shown_from, one.shown_until)),
        (_("発注番号"), order.po_number),
        (_("エンドユーザー注文番号"), order.end_user_order_number),
        (_("リセラー担当者"), str(order.reseller_contact)),
    ]


def _event_cells(event: PastEvent, *, sample: bool) -> Sequence[str]:
    facts = []
    if "seats" in event.facts:
        facts.append(_("数量 {seats}").format(seats=event.facts["seats"]))
    if "unit_price" in event.facts:
        facts.append(_("提供単価 {price}").format(price=price(event.facts["unit_price"], sample=sample)))
    if "delivered_on" in event.facts:
        facts.append(_("納品 {day}").format(day=event.facts["delivered_on"]))
    if "effective_on" in event.facts:
        facts.append(_("適用日 {day}").format(day=event.facts["effective_on"]))
    if "reason" in event.facts:
        facts.append(event.facts["reason"])
    moment = f"{event.happened_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    return [
        event.happened_on.isoformat(),
        event_label(event.kind),
        event.person_name,
        status_label(event.status),
        "  ".join(facts),
        moment,
    ]


def _lot_columns() -> Sequence[Column]:
    return (
        Column(_("No."), 4, 0),
        Column(_("数量"), 6, 1, right=True),
        Column(_("提供単価"), 20, 2, right=True),
        Column(_("発注日"), 11, 3),
        Column(_("納品"), 11, 4),
        Column(_("次の請求書"), 11, 5),
    )


def _history_columns() -> Sequence[Column]:
    return (
        Column(_("処理日"), 13, 0),
        Column(_("内容"), 22, 0),
        Column(_("担当者"), 20, 1),
        Column(_("ステータス"), 20, 1),
        Column(_("詳細"), 36, 2),
        Column(_("記録時刻"), 17, 2),
    )

"""`stellr subscriptions` and `stellr subscription`: the contracts as a list, and one in full (オーダー⑥)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.dates import order_document
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, day, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Day, Number, Option
from stellr_tui.commands.which_contracts import which_contracts
from stellr_tui.reference.labels import billing_type, event_label, next_change, status_label, term
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.money import amount, yen
from stellr_tui.rules.status import Status
from stellr_tui.widgets.order_dates import order_dates_facts

if TYPE_CHECKING:
    from stellr_tui.desk.changes import WaitingChange
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.desk.invoicing import ContractInvoice
    from stellr_tui.desk.standing import NextChange
    from stellr_tui.desk.subscriptions import Subscription, SubscriptionDetail


@click.command("subscriptions", cls=Command, help=N_("契約の一覧を表示します。今の状態、または過去の日の状態です。"))
@which_contracts
@json_option
@pass_common
def subscriptions(common: Common, status: str | None, as_of: date | None, search: str) -> None:
    """The contracts of the billing account."""
    searched = fields.text(search, "--search")
    with common.at_work() as (desk, by):
        found = list(_every(desk, by, Status(status) if status else None, as_of, searched))
    if common.json:
        print_json([_row_document(one) for one in found])
        return
    columns = [
        Column(_("サブスクリプション")),
        Column(_("契約番号")),
        Column(_("エンドユーザー")),
        Column(_("ベンダー名")),
        Column(_("現在のシート数"), numbers=True),
        Column(_("合計価格"), numbers=True),
        Column(_("請求タイプ")),
        Column(_("ステータス")),
        Column(_("次の変更")),
        Column(_("請求開始/終了")),
    ]
    print_table(columns, [_row(one) for one in found])


@click.command(
    "subscription",
    cls=Command,
    help=N_("一つの契約の詳細、予定された変更、請求書、履歴を表示します。今の状態、または過去の日の状態です。"),
)
@click.argument("number", cls=Argument, type=Number("contract_number"), metavar="N", help=N_("契約番号。"))
@click.option("--as-of", cls=Option, type=Day(), help=N_("この日の終わりの状態。"))
@json_option
@pass_common
def one_subscription(common: Common, number: int, as_of: date | None) -> None:
    """One contract with its lots, planned changes, invoices and history."""
    from stellr_tui.desk.changes import waiting_changes
    from stellr_tui.desk.invoicing import invoices_of
    from stellr_tui.desk.subscriptions import subscription

    with common.at_work() as (desk, by):
        found = subscription(desk, by, number, as_of)
        changes = waiting_changes(desk, by, number, found.past_day)
        billed = invoices_of(desk, by, number, found.past_day)
    if common.json:
        print_json(_detail_document(found, changes, billed))
    else:
        _print_detail(found, changes, billed)


def _every(
    desk: "Desk", by: "SignedIn", status: Status | None, as_of: date | None, search: str
) -> "Iterator[Subscription]":
    """All pages, one after the other."""
    from stellr_tui.desk.pages import MAX_PAGE, every_row
    from stellr_tui.desk.subscriptions import Which, list_subscriptions

    which = Which(status=status, searched=search, as_of=as_of)
    return every_row(lambda after: list_subscriptions(desk, by, after=after, limit=MAX_PAGE, **which))


def _row_document(one: "Subscription") -> dict[str, Any]:
    change = one.next_change
    return {
        "contract_number": one.contract_number,
        "customer": one.customer_number,
        "status": one.status,
        "sku": one.sku,
        "plan": one.plan,
        "seats": one.seats,
        "amount": one.amount,
        "term_starts_on": one.term_starts_on,
        "term_ends_on": one.term_ends_on,
        "next_change": {"kind": change.kind, "seats": change.seats, "on": change.on} if change else None,
    }


def _detail_document(
    found: "SubscriptionDetail", changes: "tuple[WaitingChange, ...]", billed: "tuple[ContractInvoice, ...]"
) -> dict[str, Any]:
    lots = [
        {
            "number": one.number,
            "seats": one.seats,
            "unit_price": one.unit_price,
            "amount": amount(one.unit_price, one.seats),
            "ordered_on": one.ordered_on,
            "delivered_on": one.delivered_on,
            "next_invoice_on": one.next_invoice_on,
        }
        for one in found.lots
    ]
    history = [
        {
            "kind": one.kind,
            "status": one.status,
            "happened_on": one.happened_on,
            "happened_at": one.happened_at,
            "person": one.person_name,
            "facts": dict(one.facts),
        }
        for one in found.history
    ]
    return {
        **_row_document(found.subscription),
        "company": found.subscription.company,
        "service": found.subscription.service,
        "vendor": found.subscription.vendor,
        "po_number": found.order.po_number,
        "end_user_order_number": found.order.end_user_order_number,
        "dates": order_document(found.dates) if found.dates else None,
        "decide_by": found.decide_by,
        "lots": lots,
        "changes": [_change_document(one) for one in changes],
        "invoices": [_invoice_document(one) for one in billed],
        "history": history,
    }


def _change_document(one: "WaitingChange") -> dict[str, Any]:
    return {
        "kind": one.kind,
        "seats": one.seats,
        "applied_on": one.applied_on,
        "takes_effect_on": one.takes_effect_on,
        "deadline": one.deadline,
    }


def _invoice_document(one: "ContractInvoice") -> dict[str, Any]:
    lines = [
        {
            "first_day": line.first_day,
            "last_day": line.last_day,
            "seats": line.seats,
            "unit_price": line.unit_price,
            "amount": line.amount,
        }
        for line in one.lines
    ]
    return {"number": one.number, "issued_on": one.issued_on, "amount": one.amount, "lines": lines}


def _row(one: "Subscription") -> tuple[str, ...]:
    return (
        one.service,
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        one.vendor,
        str(one.seats),
        yen(one.amount),
        billing_type(one.plan),
        status_label(one.status),
        _change(one.next_change),
        term(one.shown_from, one.shown_until) or "-",
    )


def _change(change: "NextChange | None") -> str:
    return next_change(change.kind, change.seats, change.on) if change else "-"


def _print_detail(
    found: "SubscriptionDetail", changes: "tuple[WaitingChange, ...]", billed: "tuple[ContractInvoice, ...]"
) -> None:
    one, order = found.subscription, found.order
    print_facts(
        [
            *([(_("時点"), day(found.past_day))] if found.past_day else []),
            (_("サブスクリプション"), one.service),
            (_("契約番号"), str(one.contract_number)),
            (_("エンドユーザー"), f"{one.customer_number} - {one.company}"),
            (_("ベンダー名"), one.vendor),
            (_("発注番号"), order.po_number),
            (_("エンドユーザー注文番号"), order.end_user_order_number or "-"),
            (_("リセラー担当者"), str(order.reseller_contact)),
            (_("現在のシート数"), str(one.seats)),
            (_("合計価格"), yen(one.amount)),
            (_("請求タイプ"), billing_type(one.plan)),
            (_("ステータス"), status_label(one.status)),
            (_("次の変更"), _change(one.next_change)),
            *(order_dates_facts([found.dates]) if found.dates else []),
            (_("更新を止める期限"), day(found.decide_by)),
        ]
    )
    lots = [
        (
            str(lot.number),
            str(lot.seats),
            yen(lot.unit_price),
            day(lot.ordered_on),
            day(lot.delivered_on),
            day(lot.next_invoice_on),
        )
        for lot in found.lots
    ]
    columns = [
        Column(_("番号"), numbers=True),
        Column(_("数量"), numbers=True),
        Column(_("提供単価"), numbers=True),
        Column(_("申込日")),
        Column(_("納品")),
        Column(_("次の請求書")),
    ]
    print_table(columns, lots, heading=_("数量の内訳"))
    if changes:
        _print_changes(changes)
    if billed:
        _print_invoices(billed)
    history = [
        (
            event.happened_on.isoformat(),
            event_label(event.kind),
            status_label(event.status),
            event.person_name or "-",
            str(event.facts.get("reason", "")),
        )
        for event in found.history
    ]
    headings = [_("日付"), _("内容"), _("ステータス"), _("操作した人"), _("理由")]
    print_table([Column(heading) for heading in headings], history, heading=_("履歴"))


def _print_changes(changes: "tuple[WaitingChange, ...]") -> None:
    columns = [
        Column(_("変更内容")),
        Column(_("数量"), numbers=True),
        Column(_("申請日")),
        Column(_("適用日")),
        Column(_("受付期限")),
    ]
    rows = [
        (event_label(one.kind), str(one.seats), day(one.applied_on), day(one.takes_effect_on), day(one.deadline))
        for one in changes
    ]
    print_table(columns, rows, heading=_("予定された変更"))


def _print_invoices(billed: "tuple[ContractInvoice, ...]") -> None:
    columns = [
        Column(_("請求書番号"), numbers=True),
        Column(_("発行日")),
        Column(_("請求期間")),
        Column(_("数量"), numbers=True),
        Column(_("提供単価"), numbers=True),
        Column(_("提供金額"), numbers=True),
    ]
    rows = [
        (
            str(one.number),
            day(one.issued_on),
            f"{line.first_day} ~ {line.last_day}",
            str(line.seats),
            yen(line.unit_price),
            yen(line.amount),
        )
        for one in billed
        for line in one.lines
    ]
    print_table(columns, rows, heading=_("請求書（税抜）"))

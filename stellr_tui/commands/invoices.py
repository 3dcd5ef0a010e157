"""`stellr invoices` and `stellr invoice`: what was invoiced, and what a month ahead will be (請求書)."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Month, Number, Option
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import calendar
from stellr_tui.rules.money import yen

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.desk.invoicing import BilledLine, IssuedInvoice


@click.command("invoices", cls=Command, help=N_("請求書の一覧を、新しいものから表示します。"))
@click.option("--month", cls=Option, type=Month(), help=N_("この月の請求書だけ。"))
@click.option(
    "--foresee",
    cls=Option,
    is_flag=True,
    help=N_("これから発行する月の請求書を予測します。--month がなければ次の1日の分です。何も発行しません。"),
)
@json_option
@pass_common
def invoices(common: Common, month: date | None, foresee: bool) -> None:
    """The invoices of the billing account, or what one of a month ahead will be."""
    from stellr_tui.desk.invoicing import list_invoices

    with common.at_work() as (desk, by):
        found = _foreseen(desk, by, month) if foresee else list_invoices(desk, by, month)
    if common.json:
        print_json([_document(one) for one in found])
    elif foresee and found:
        _print(found[0])
    else:
        _print_list(found)


@click.command("invoice", cls=Command, help=N_("一つの請求書と、その明細を表示します。"))
@click.argument("number", cls=Argument, type=Number("invoice"), metavar="N", help=N_("請求書番号。"))
@json_option
@pass_common
def one_invoice(common: Common, number: int) -> None:
    """One invoice with its lines."""
    from stellr_tui.desk.invoicing import read_invoice

    with common.at_work() as (desk, by):
        found = read_invoice(desk, by, number)
    if common.json:
        print_json(_document(found))
    else:
        _print(found)


def _foreseen(desk: "Desk", by: "SignedIn", month: date | None) -> "tuple[IssuedInvoice, ...]":
    """The invoice of a month ahead; nothing where none is due."""
    from stellr_tui.desk.clock import read_clock
    from stellr_tui.desk.invoicing import foresee_invoice

    found = foresee_invoice(desk, by, month or calendar.next_month_start(read_clock(desk).today))
    return (found,) if found else ()


def _document(one: "IssuedInvoice") -> dict[str, Any]:
    lines = [
        {
            "contract_number": line.contract_number,
            "sku": line.sku,
            "seats": line.seats,
            "unit_price": line.unit_price,
            "amount": line.amount,
        }
        for line in one.lines
    ]
    return {
        "number": one.number,
        "month": f"{one.month:%Y-%m}",
        "issued_on": one.issued_on,
        "subtotal": one.subtotal,
        "tax": one.tax,
        "total": one.total,
        "lines": lines,
    }


def _print_list(found: "tuple[IssuedInvoice, ...]") -> None:
    columns = [
        Column(_("請求書番号"), numbers=True),
        Column(_("年月")),
        Column(_("発行日")),
        Column(_("明細数"), numbers=True),
        Column(_("小計"), numbers=True),
        Column(_("消費税"), numbers=True),
        Column(_("合計"), numbers=True),
    ]
    rows = [
        (
            str(one.number),
            f"{one.month:%Y-%m}",
            one.issued_on.isoformat(),
            str(len(one.lines)),
            yen(one.subtotal),
            yen(one.tax),
            yen(one.total),
        )
        for one in found
    ]
    print_table(columns, rows)


def _print(one: "IssuedInvoice") -> None:
    print_facts(
        [
            (_("請求書番号"), _("（予測）") if one.number is None else str(one.number)),
            (_("請求先口座番号"), one.account_number),
            (_("年月"), f"{one.month:%Y-%m}"),
            (_("発行日"), one.issued_on.isoformat()),
            (_("小計"), yen(one.subtotal)),
            (_("消費税"), _("{tax} ({percent}%)").format(tax=yen(one.tax), percent=one.tax_percent)),
            (_("合計"), yen(one.total)),
        ]
    )
    columns = [
        Column(_("契約番号")),
        Column(_("サブスクリプション")),
        Column(_("発注番号")),
        Column(_("エンドユーザー注文番号")),
        Column(_("請求期間")),
        Column(_("数量"), numbers=True),
        Column(_("提供単価"), numbers=True),
        Column(_("提供金額"), numbers=True),
    ]
    print_table(columns, [_row(line) for line in one.lines], heading=_("明細"))


def _row(line: "BilledLine") -> tuple[str, ...]:
    return (
        str(line.contract_number),
        line.product_name,
        line.po_number,
        line.end_user_order_number or "-",
        f"{line.first_day} ~ {line.last_day}",
        str(line.seats),
        yen(line.unit_price),
        yen(line.amount),
    )

"""`stellr order`: a whole order from a file, the PO and its provisioning in one step."""

from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.exit_status import FAILED
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.order_file import read_order_file
from stellr_tui.commands.output import Column, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Option
from stellr_tui.reference.labels import plan_label, status_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.money import yen

if TYPE_CHECKING:
    from stellr_tui.desk.submission import Submitted

ORDER_KEYS = ("po_number", "end_user_order_number", "department", "customer", "lines")

order = Group("order", help=N_("ファイルからオーダーを送信します。"))


@order.command(
    "submit",
    help=N_(
        "ファイルのオーダーを発注し、プロビジョニング情報も送信します。\n\n"
        "ファイルはTOMLまたはJSONで、キーは po_number, end_user_order_number, department, customer, lines です。"
        "customer は顧客番号か、新規エンドユーザーのテーブルです。lines には sku と seats を指定します。"
        "誤りが一つでもあれば、何も保存しません。\n\n"
        "新規エンドユーザーのキーは company, company_kana, location, postal_code, address1, contact です。"
        "address2, prefecture, city, security_contact は省略できます。prefecture と city は、"
        "郵便番号から決まらないときだけ必要です。contact と security_contact のキーは name, phone, email です。"
    ),
)
@click.argument(
    "file",
    cls=Argument,
    type=click.Path(),
    metavar="FILE",
    help=N_("オーダーのファイル（.toml または .json）。- は標準入力です。"),
)
@click.option(
    "--dry-run", cls=Option, is_flag=True, help=N_("すべてのルールで確認した結果を表示し、何も保存しません。")
)
@click.option(
    "--key",
    cls=Option,
    metavar="K",
    help=N_("同じキーと同じ内容でもう一度送信しても、オーダーは一つだけで、同じ結果を表示します。"),
)
@json_option
@pass_common
def submit(common: Common, file: str, dry_run: bool, key: str | None) -> None:
    """Place an order and send its provisioning information."""
    from stellr_tui.desk.submission import submit_written

    written = read_order_file(file)
    try:
        with common.at_work() as (desk, by):
            submitted = submit_written(desk, by, written, key=key, dry_run=dry_run)
    except Refused as refused:
        for finding in refused.findings:
            tell(_at_its_key(finding))
        raise click.exceptions.Exit(FAILED) from None
    for finding in submitted.warnings:
        tell(_at_its_key(finding))
    if common.json:
        print_json(_document(submitted))
    else:
        _print(submitted)
    if dry_run:
        tell(_("確認だけです。何も保存していません。"))


def _at_its_key(finding: Finding) -> str:
    """The sentence behind the key of the file that it speaks of (`lines.2.seats`)."""
    said = sentence(finding)
    if finding.reason is Reason.UNKNOWN_KEY or finding.field.partition(".")[0] not in ORDER_KEYS:
        return said
    return _("{path}: {sentence}").format(path=finding.field, sentence=said)


def _document(submitted: "Submitted") -> dict[str, Any]:
    contracts = [
        {
            "contract_number": one.contract_number,
            "status": one.status,
            "sku": one.sku,
            "plan": one.plan,
            "seats": one.seats,
            "amount": one.amount,
            "delivered_on": one.delivered_on,
        }
        for one in submitted.contracts
    ]
    return {"po_number": submitted.po_number, "total": submitted.total, "contracts": contracts}


def _print(submitted: "Submitted") -> None:
    print_facts([(_("発注番号"), submitted.po_number), (_("合計金額"), yen(submitted.total))])
    columns = [
        Column(_("契約番号")),
        Column(_("ステータス")),
        Column(_("SKU番号")),
        Column(_("契約期間")),
        Column(_("数量"), numbers=True),
        Column(_("提供金額"), numbers=True),
        Column(_("納品")),
    ]
    rows = [
        (
            str(one.contract_number or "-"),
            status_label(one.status),
            one.sku,
            plan_label(one.plan),
            str(one.seats),
            yen(one.amount),
            one.delivered_on.isoformat(),
        )
        for one in submitted.contracts
    ]
    print_table(columns, rows)

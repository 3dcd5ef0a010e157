"""`stellr order`: whole orders from a file, the PO and its provisioning in one step, and many from a sheet."""

from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.exit_status import FAILED
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.order_file import read_order_file
from stellr_tui.commands.output import Column, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Option
from stellr_tui.commands.plain_text import visible
from stellr_tui.reference.labels import plan_label, status_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.money import yen

if TYPE_CHECKING:
    from stellr_tui.desk.order_import import Imported
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


@order.command(
    "import",
    help=N_(
        "CSVまたはExcelのシートにある多くのオーダーを発注し、プロビジョニング情報も送信します。\n\n"
        "1行目は列の名前、2行目からは1行が1つの商品です。発注番号が同じ行は、1つのオーダーになります。"
        "顧客番号か、新しいエンドユーザーの列のどちらかを書きます。新しいエンドユーザーの内容が同じ行は、1人として登録します。"
        "--template で空のシートを作れます。\n\n"
        "CSVはUTF-8 (BOMはあってもなくてもよい) かShift_JISです。"
        "誤りが1つでもあれば、どの行も保存せず、行、列、理由を表示します。"
        "一度取り込んだオーダーと発注番号も内容も同じものは、もう一度取り込んでも増えません。"
    ),
)
@click.argument(
    "file",
    cls=Argument,
    required=False,
    type=click.Path(),
    metavar="FILE",
    help=N_("オーダーのシート（.csv または .xlsx）。"),
)
@click.option(
    "--dry-run", cls=Option, is_flag=True, help=N_("すべてのルールで確認した結果を表示し、何も保存しません。")
)
@click.option(
    "--template",
    cls=Option,
    metavar="FILE",
    help=N_("空のシートを新しいファイル（.csv または .xlsx）に書き込みます。"),
)
@json_option
@click.pass_context
@pass_common
def import_(common: Common, context: click.Context, file: str | None, dry_run: bool, template: str | None) -> None:
    """Place the orders of a sheet, all of them or none."""
    from stellr_tui.desk.order_import import import_orders
    from stellr_tui.desk.order_sheet import read_order_sheet, write_order_template

    if template is not None:
        tell(_("空のシートを {path} に書き込みました。").format(path=visible(str(write_order_template(template)))))
        if file is None:
            return
    if file is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    rows = read_order_sheet(file)
    try:
        with common.at_work() as (desk, by):
            imported = import_orders(desk, by, rows, dry_run=dry_run)
    except Refused as refused:
        for finding in refused.findings:
            tell(sentence(finding))
        if common.json:
            print_json({"accepted": 0, "rejected": [_rejected(one) for one in refused.findings]})
        raise click.exceptions.Exit(FAILED) from None
    for finding in imported.warnings:
        tell(sentence(finding))
    if common.json:
        print_json({"accepted": imported.rows, "rejected": []})
    else:
        _print_imported(imported)
    if dry_run:
        tell(_("確認だけです。何も保存していません。"))


def _rejected(finding: Finding) -> dict[str, Any]:
    """Where and why; the column by the name of its field, the reason by its short name, the same in every language."""
    from stellr_tui.desk.order_sheet import cell_at

    row, column = cell_at(finding.field)
    return {"row": row, "column": column, "reason": finding.reason}


def _print_imported(imported: "Imported") -> None:
    columns = [
        Column(_("行")),
        Column(_("発注番号")),
        Column(_("契約番号")),
        Column(_("合計金額"), numbers=True),
        Column(_("納品")),
        Column(_("注記")),
    ]
    rows = [
        (
            ", ".join(map(str, one.rows)),
            one.answer.po_number,
            ", ".join(str(contract.contract_number or "-") for contract in one.answer.contracts),
            yen(one.answer.total),
            ", ".join(dict.fromkeys(contract.delivered_on.isoformat() for contract in one.answer.contracts)),
            _("取り込み済み") if one.is_again else "",
        )
        for one in imported.orders
    ]
    print_table(columns, rows)
    if imported.orders:
        total = yen(sum(one.answer.total for one in imported.orders))
        said = _("{orders}件のオーダー、{rows}行、合計 {total}")
        print_facts([(_("合計"), said.format(orders=len(imported.orders), rows=imported.rows, total=total))])


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

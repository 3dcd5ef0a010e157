"""`stellr export`: the lists as files for spreadsheets, CSV or XLSX by the file's ending."""

from datetime import date
from typing import TYPE_CHECKING

import click

from stellr_tui.commands.common import Command, Common, pass_common
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.parameters import Argument, Month, Option
from stellr_tui.commands.plain_text import visible
from stellr_tui.commands.which_contracts import which_contracts
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.status import Status

if TYPE_CHECKING:
    from stellr_tui.desk.export import Sheet

export = Group(
    "export",
    help=N_(
        "一覧を新しいファイルに書き出します。\n\n"
        "種類は名前の終わりで決まります: .csv はUTF-8のCSV、.xlsx はExcelのブック。"
        "すでにあるファイルには書き込みません。= や + で始まる文字は数式になりません。"
    ),
)


def _to_file(command: Command) -> Command:
    """Give a command the FILE that it writes, and `--bom`."""
    command = click.option(
        "--bom", cls=Option, is_flag=True, help=N_("CSVの先頭にBOMを付けます。Excelで開くときに使います。")
    )(command)
    return click.argument(
        "file", cls=Argument, type=click.Path(), metavar="FILE", help=N_("新しいファイル（.csv または .xlsx）。")
    )(command)


@export.command("subscriptions", help=N_("契約の一覧を書き出します。"))
@_to_file
@which_contracts
@pass_common
def subscriptions(common: Common, file: str, bom: bool, status: str | None, as_of: date | None, search: str) -> None:
    """The contracts of the billing account."""
    from stellr_tui.desk.export import subscriptions_sheet

    searched = fields.text(search, "--search")
    wanted = Status(status) if status else None
    _write(common, subscriptions_sheet(status=wanted, as_of=as_of, searched=searched), file, bom=bom)


@export.command(
    "invoices", help=N_("発行済みの請求書を、明細ごとに1行で書き出します。請求書の合計は最初の明細の行だけにあります。")
)
@_to_file
@click.option("--month", cls=Option, type=Month(), help=N_("この月の請求書だけ。"))
@pass_common
def invoices(common: Common, file: str, bom: bool, month: date | None) -> None:
    """The lines of the issued invoices."""
    from stellr_tui.desk.export import invoices_sheet

    _write(common, invoices_sheet(month), file, bom=bom)


@export.command(
    "customers", help=N_("エンドユーザーの一覧を書き出します。連絡先と場所が複数あれば、その数だけ行があります。")
)
@_to_file
@click.option(
    "--search",
    cls=Option,
    metavar="T",
    default="",
    help=N_("顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索します。"),
)
@pass_common
def customers(common: Common, file: str, bom: bool, search: str) -> None:
    """The end users of the billing account."""
    from stellr_tui.desk.export import customers_sheet

    _write(common, customers_sheet(fields.text(search, "--search")), file, bom=bom)


@export.command("orders", help=N_("オーダーを、契約ごとに1行で書き出します。破棄したPOは含みません。"))
@_to_file
@pass_common
def orders(common: Common, file: str, bom: bool) -> None:
    """The orders of the billing account."""
    from stellr_tui.desk.export import orders_sheet

    _write(common, orders_sheet(), file, bom=bom)


@export.command(
    "dates",
    help=N_(
        "締切、納品、変更、更新を止める期限、請求書を、カレンダー用のファイル (iCalendar) に書き出します。\n\n"
        "どれも日本時間の終日の予定です。もう一度書き出して取り込むと、同じ予定が更新されます。"
    ),
)
@click.argument("file", cls=Argument, type=click.Path(), metavar="FILE", help=N_("新しいファイル（.ics）。"))
@pass_common
def dates(common: Common, file: str) -> None:
    """The dates ahead, for a calendar."""
    from stellr_tui.desk.dates_file import save_dates

    with common.at_work() as (desk, by):
        written = save_dates(desk, by, file)
    said = _("{count}件の予定を {path} に書き込みました。")
    tell(said.format(count=f"{written.rows:,}", path=visible(str(written.path))))


def _write(common: Common, sheet: "Sheet", file: str, *, bom: bool) -> None:
    from stellr_tui.desk.export import export_sheet

    with common.at_work() as (desk, by):
        written = export_sheet(desk, by, sheet, file, bom=bom)
    said = _("{count}行を {path} に書き込みました。")
    tell(said.format(count=f"{written.rows:,}", path=visible(str(written.path))))

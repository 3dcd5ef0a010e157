"""`stellr postal`: what Japan Post's file says about a postal code. Needs no order book."""

from dataclasses import asdict

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.commands.parameters import Argument
from stellr_tui.reference import postal
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason


@click.command(
    "postal",
    cls=Command,
    help=N_(
        "郵便番号の都道府県、市区町村、町域、事業所を表示します。\n\n"
        "データにない番号は警告だけで、終了ステータスは0です。JSONの matches は空になります。"
    ),
)
@click.argument("code", cls=Argument, help=N_("7桁の郵便番号。ハイフンがあってもかまいません。"))
@json_option
@pass_common
def postal_code(common: Common, code: str) -> None:
    """The places of a postal code."""
    digits = fields.postal_code(code)
    matches = postal.lookup(digits)
    if common.json:
        print_json({"code": digits, "matches": [asdict(one) for one in matches]})
    elif matches:
        columns = [_("〒"), _("都道府県"), _("都道府県コード"), _("市区町村"), _("町域"), _("事業所")]
        rows = [(digits, one.prefecture, one.prefecture_code, one.city, one.town, one.office) for one in matches]
        print_table([Column(heading) for heading in columns], rows)
    if not matches:
        tell(sentence(Finding(Reason.UNKNOWN_POSTAL_CODE, "postal_code", digits)))

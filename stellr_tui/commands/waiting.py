"""`stellr waiting`: what needs someone's action, with the date by which (必要なアクション)."""

from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, day, print_json, print_table
from stellr_tui.reference.labels import mail_trouble, need_label
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.desk.actions import Action


@click.command(
    "waiting",
    cls=Command,
    help=N_(
        "対応が必要なものを、期限の順に表示します: 未送信と差戻しのオーダー、承認待ち、適用待ちの変更、"
        "請求できない明細、期限の近い更新、送信できない通知。"
    ),
)
@json_option
@pass_common
def waiting(common: Common) -> None:
    """What needs someone's action."""
    from stellr_tui.desk.actions import actions_needed
    from stellr_tui.desk.pages import LARGEST_KEY

    with common.at_work() as (desk, by):
        found = actions_needed(desk, by, limit=LARGEST_KEY).rows
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("期限")),
        Column(_("必要なアクション")),
        Column(_("契約番号")),
        Column(_("エンドユーザー")),
        Column(_("数量"), numbers=True),
        Column(_("適用日")),
        Column(_("理由")),
    ]
    print_table(columns, [_row(one) for one in found])


def _document(one: "Action") -> dict[str, Any]:
    """Its facts; the reason is the short name of a finding, the same in every language."""
    return {
        "kind": one.need,
        "by": one.by,
        "contract_number": one.contract_number,
        "customer": one.customer_number,
        "company": one.company,
        "seats": one.seats,
        "takes_effect_on": one.takes_effect_on,
        "reason": _reason(one),
    }


def _row(one: "Action") -> tuple[str, ...]:
    return (
        day(one.by),
        need_label(one.need),
        "-" if one.contract_number is None else str(one.contract_number),
        "-" if one.customer_number is None else f"{one.customer_number} - {one.company}",
        "-" if one.seats is None else str(one.seats),
        day(one.takes_effect_on),
        _reason_words(one),
    )


def _reason(one: "Action") -> str:
    if one.finding:
        return one.finding.reason
    return str(one.mail.trouble or "") if one.mail else one.reason


def _reason_words(one: "Action") -> str:
    if one.finding:
        return sentence(one.finding)
    return mail_trouble(one.mail.id, one.mail.trouble, one.mail.detail) if one.mail else one.reason

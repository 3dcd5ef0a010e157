"""`stellr approve` and `stellr send-back`: the operator's answer to an order in Manual Provisioning (オーダー⑥)."""

import click

from stellr_tui.commands.common import Common, as_option, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import day, print_facts, print_json
from stellr_tui.commands.parameters import Argument, Number, Option
from stellr_tui.reference.labels import status_label
from stellr_tui.reference.texts import N_, _


@click.command(
    "approve",
    cls=Command,
    help=N_("Manual Provisioningの契約を承認します。納品日にアクティベーション済になります。"),
)
@click.argument("number", cls=Argument, type=Number("contract_number"), metavar="N", help=N_("契約番号。"))
@as_option
@json_option
@pass_common
def approve_contract(common: Common, number: int) -> None:
    """Approve a contract in Manual Provisioning."""
    from stellr_tui.desk.approval import approve
    from stellr_tui.desk.subscriptions import subscription

    with common.at_work() as (desk, by):
        delivered_on = approve(desk, by, number)
        status = subscription(desk, by, number).subscription.status
    if common.json:
        print_json({"contract_number": number, "status": status, "delivered_on": delivered_on})
        return
    print_facts(
        [
            (_("契約番号"), str(number)),
            (_("ステータス"), status_label(status)),
            (_("納品"), day(delivered_on)),
        ]
    )


@click.command(
    "send-back",
    cls=Command,
    help=N_("Manual Provisioningの契約を、理由を付けて差し戻します。送信し直した日が新しい送信日になります。"),
)
@click.argument("number", cls=Argument, type=Number("contract_number"), metavar="N", help=N_("契約番号。"))
@click.option("--reason", cls=Option, metavar="T", required=True, help=N_("理由。リセラーに表示されます。"))
@as_option
@json_option
@pass_common
def send_contract_back(common: Common, number: int, reason: str) -> None:
    """Send a contract in Manual Provisioning back to the reseller."""
    from stellr_tui.desk.approval import send_back
    from stellr_tui.desk.subscriptions import subscription

    with common.at_work() as (desk, by):
        send_back(desk, by, number, reason)
        found = subscription(desk, by, number)
    status = found.subscription.status
    why = str(found.history[-1].facts["reason"])
    if common.json:
        print_json({"contract_number": number, "status": status, "reason": why})
        return
    print_facts([(_("契約番号"), str(number)), (_("ステータス"), status_label(status)), (_("理由"), why)])

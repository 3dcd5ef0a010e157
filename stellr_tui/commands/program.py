"""All commands of `stellr`, and running one of them."""

import os
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from stellr_tui.commands import (
    COMPLETION_VARIABLE,
    approval,
    catalog,
    change,
    clock,
    completion,
    customers,
    dates,
    drafts,
    export,
    invoices,
    lesson,
    mail,
    order,
    postal,
    subscriptions,
    waiting,
)
from stellr_tui.commands.common import Common
from stellr_tui.commands.exit_status import DONE
from stellr_tui.commands.frame import Group, command_missing
from stellr_tui.commands.usage import explain_usage
from stellr_tui.reference.texts import N_, _

PROGRAM = "stellr"


@click.pass_context
def _alone(context: click.Context) -> None:
    """Called without a command only for what the app cannot be opened with."""
    if context.invoked_subcommand is None:
        if context.ensure_object(Common).account is not None:
            said = _("--account はコマンドと一緒に指定してください。画面では、請求先口座番号をログインの後に選びます。")
            raise click.UsageError(said, context)
        command_missing(context)


stellr = Group(
    PROGRAM,
    callback=_alone,
    help=N_(
        "リセラーのためのStreamOne Stellr。コマンドなしで実行すると画面が開きます。\n\n"
        "日付は YYYY-MM-DD です。終了ステータスは、完了が0、ルールによる拒否や失敗が1、使い方の誤りが2です。"
    ),
    commands=[
        dates.dates,
        postal.postal_code,
        catalog.catalog,
        clock.clock,
        order.order,
        customers.customers,
        subscriptions.subscriptions,
        subscriptions.one_subscription,
        change.change,
        approval.approve_contract,
        approval.send_contract_back,
        waiting.waiting,
        drafts.drafts,
        invoices.invoices,
        invoices.one_invoice,
        export.export,
        lesson.lesson,
        mail.mail,
        completion.completion,
    ],
)


def run(arguments: Sequence[str]) -> int:
    """Run a command; its exit status. Refusals and failures are raised."""
    if question := os.environ.get(COMPLETION_VARIABLE):
        return shell_complete(stellr, {}, PROGRAM, COMPLETION_VARIABLE, question)
    try:
        with stellr.make_context(PROGRAM, list(arguments)) as context:
            stellr.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        return explain_usage(error)
    return DONE

"""The options that say which contracts of the billing account are meant, for every command that lists them."""

import click

from stellr_tui.commands.common import Command
from stellr_tui.commands.parameters import Day, OneOf, Option
from stellr_tui.reference.texts import N_
from stellr_tui.rules.status import Status


def which_contracts(command: Command) -> Command:
    """Give a command `--status`, `--as-of` and `--search`."""
    command = click.option(
        "--search",
        cls=Option,
        metavar="T",
        default="",
        help=N_("サブスクリプション、契約番号、発注番号、エンドユーザーで検索します。"),
    )(command)
    command = click.option("--as-of", cls=Option, type=Day(), help=N_("この日の終わりの状態。"))(command)
    return click.option(
        "--status",
        cls=Option,
        type=OneOf(Status, "status"),
        metavar="S",
        help=N_(
            "このステータスの契約だけ（po-created, provisioning, sent-back, active, ending, ended, discarded）。"
            "指定しないと、破棄したPOは表示しません。"
        ),
    )(command)

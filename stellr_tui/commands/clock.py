"""`stellr clock`: the business date of the order book, and setting that of a training database."""

from datetime import date
from typing import TYPE_CHECKING

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Group
from stellr_tui.commands.output import print_facts, print_json
from stellr_tui.commands.parameters import Argument, Day
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.desk.clock import Clock


@click.group(
    "clock",
    cls=Group,
    help=N_(
        "処理日を表示します。訓練用データベースでは、処理日を変更できます。\n\n"
        "コマンドなしの stellr clock は stellr clock show と同じです。"
    ),
)
@json_option
@click.pass_context
def clock(context: click.Context) -> None:
    """The business date; alone it is shown."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@clock.command("show", help=N_("処理日を表示します。"))
@json_option
@pass_common
def show(common: Common) -> None:
    """The business date as it stands."""
    from stellr_tui.desk.clock import read_clock

    with common.desk() as desk:
        _print(common, read_clock(desk))


@clock.command(
    "set",
    help=N_("訓練用データベースの処理日を変更します。オーダーがない間はどの日付にも、その後は先の日付にだけできます。"),
)
@click.argument("day", cls=Argument, type=Day(), help=N_("新しい処理日。"))
@json_option
@pass_common
def set_day(common: Common, day: date) -> None:
    """Set the business date of a training database."""
    from stellr_tui.desk.clock import set_clock

    with common.desk() as desk:
        _print(common, set_clock(desk, day))


def _print(common: Common, clock: "Clock") -> None:
    if common.json:
        print_json({"today": clock.today, "mode": clock.mode})
        return
    mode = _("訓練用") if clock.is_training else _("実務用")
    print_facts([(_("処理日"), clock.today.isoformat()), (_("データベース"), mode)])

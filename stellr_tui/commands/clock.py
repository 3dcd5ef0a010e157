"""`stellr clock`: the business date of the order book, and moving that of a training database."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Group
from stellr_tui.commands.output import print_facts, print_json
from stellr_tui.commands.parameters import Argument, Day
from stellr_tui.commands.progress import way_ahead
from stellr_tui.reference.labels import happened
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.desk.clock import Clock
    from stellr_tui.desk.closing import Closed, Watch
    from stellr_tui.desk.desk import Desk


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
        found = read_clock(desk)
    if common.json:
        print_json(_document(found))
    else:
        _print(found)


@clock.command(
    "set",
    help=N_("訓練用データベースの処理日を変更します。オーダーがない間はどの日付にも、その後は先の日付にだけできます。"),
)
@click.argument("day", cls=Argument, type=Day(), help=N_("新しい処理日。"))
@json_option
@pass_common
def set_day(common: Common, day: date) -> None:
    """Set the business date of a training database."""
    from stellr_tui.desk.closing import set_clock

    _move(common, set_clock, day)


@clock.command(
    "advance",
    help=N_(
        "訓練用データベースの処理日を先に進めます。途中の納品、減数、契約終了、請求書発行をすべて処理し、"
        "何があったかを表示します。"
    ),
)
@click.argument("day", cls=Argument, type=Day(), help=N_("新しい処理日。今の処理日より前にはできません。"))
@json_option
@pass_common
def advance(common: Common, day: date) -> None:
    """Move the business date of a training database forward, with all that happens on the way."""
    from stellr_tui.desk.closing import advance_clock

    _move(common, advance_clock, day)


def _move(common: Common, move: "Callable[[Desk, date, Watch], Closed]", day: date) -> None:
    """Move the date, showing how far it has come; then say where it stands, and what happened on the way."""
    from stellr_tui.desk.clock import read_clock

    with common.desk() as desk:
        with way_ahead() as watch:
            closed = move(desk, day, watch)
        clock = read_clock(desk)
    if common.json:
        print_json(_document(clock))
    else:
        _print(clock, closed)


def _document(clock: "Clock") -> dict[str, object]:
    return {"today": clock.today, "mode": clock.mode}


def _print(clock: "Clock", closed: "Closed | None" = None) -> None:
    mode = _("訓練用") if clock.is_training else _("実務用")
    facts = [(_("処理日"), clock.today.isoformat()), (_("データベース"), mode)]
    if closed is not None:
        facts += happened(closed.counts)
    print_facts(facts)

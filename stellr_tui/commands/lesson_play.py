"""`stellr lesson show`, `guide` and `test`: a lesson in the real portal, done by the program or by the trainee."""

from typing import TYPE_CHECKING

import click

from stellr_tui.classroom.pace import FASTEST, SLOWEST
from stellr_tui.commands.common import Common, pass_common
from stellr_tui.commands.exit_status import WRONG_USAGE
from stellr_tui.commands.frame import Command
from stellr_tui.commands.parameters import Argument, Option, Times
from stellr_tui.commands.terminal import ready_for_screen
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.lessons.attempt import Mode

scenario_argument = click.argument(
    "scenario", cls=Argument, metavar="FILE|ID", help=N_("レッスンのファイル（.toml）または名前。")
)
trainee_option = click.option(
    "--trainee",
    cls=Option,
    metavar="NAME",
    help=N_("受講者の名前。環境変数 STELLR_TRAINEE でも指定できます。省略すると、ログイン中のユーザー名です。"),
)
restart_option = click.option("--restart", cls=Option, is_flag=True, help=N_("途中経過を破棄して、最初から始めます。"))


@click.command(
    "show",
    cls=Command,
    help=N_(
        "レッスンの見本を表示します。プログラムが実際の画面を、人の速さで操作します。\n\n"
        "一時停止、速さの変更、1ステップずつの前進と後退ができます。"
    ),
)
@scenario_argument
@click.option(
    "--pace", cls=Option, type=Times("pace", SLOWEST, FASTEST), default="1", help=N_("人の何倍の速さで操作するか。")
)
@pass_common
def show(common: Common, scenario: str, pace: float) -> None:
    """Show a scenario."""
    _need_terminal()
    from stellr_tui.classroom import play
    from stellr_tui.lessons.shelf import find_scenarios

    [filed] = find_scenarios([scenario])
    play.show(filed, pace)


@click.command(
    "guide",
    cls=Command,
    help=N_(
        "レッスンを練習します。手順の説明を見ながら、実際の画面を自分で操作します。\n\n"
        "途中で終了しても、同じコマンドで続きから始められます。"
    ),
)
@scenario_argument
@trainee_option
@restart_option
@pass_common
def guide(common: Common, scenario: str, trainee: str | None, restart: bool) -> None:
    """Practise a scenario."""
    from stellr_tui.lessons.attempt import Mode

    _play(scenario, Mode.GUIDE, trainee, restart)


@click.command(
    "test",
    cls=Command,
    help=N_(
        "レッスンの試験を受けます。課題だけが表示され、最後にオーダーなどの結果で採点します。\n\n"
        "操作の順序や方法は問いません。途中で終了しても、同じコマンドで続けられます。"
    ),
)
@scenario_argument
@trainee_option
@restart_option
@pass_common
def test(common: Common, scenario: str, trainee: str | None, restart: bool) -> None:
    """Be examined."""
    from stellr_tui.lessons.attempt import Mode

    _play(scenario, Mode.TEST, trainee, restart)


def _need_terminal() -> None:
    if not ready_for_screen():
        raise click.exceptions.Exit(WRONG_USAGE)


def _play(scenario: str, mode: "Mode", trainee: str | None, restart: bool) -> None:
    _need_terminal()
    from stellr_tui.classroom.play import play
    from stellr_tui.lessons.records import trainee_name
    from stellr_tui.lessons.shelf import find_scenarios

    who = trainee_name(trainee)
    [filed] = find_scenarios([scenario])
    kept = play(filed, mode, who, restart=restart)
    if kept is None:
        click.echo(_("途中で終了しました。同じコマンドで続きから始められます。"))
        return
    attempt = kept.attempt
    said = _("合格: {points} / {possible} 点") if attempt.passed else _("不合格: {points} / {possible} 点")
    click.echo(said.format(points=attempt.points, possible=attempt.possible))

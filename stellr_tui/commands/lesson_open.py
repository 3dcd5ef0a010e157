"""`stellr lesson open`: the list of lessons on a screen, and from there into one and back."""

from typing import TYPE_CHECKING

import click

from stellr_tui.commands.common import Common, pass_common
from stellr_tui.commands.exit_status import WRONG_USAGE
from stellr_tui.commands.frame import Command
from stellr_tui.commands.lesson_play import trainee_option
from stellr_tui.commands.terminal import ready_for_screen
from stellr_tui.reference.texts import N_

if TYPE_CHECKING:
    from stellr_tui.classroom.lesson_list import Wish


@click.command(
    "open",
    cls=Command,
    help=N_("レッスンの一覧を画面で開きます。コマンドなしの stellr lesson と同じです。"),
)
@trainee_option
@pass_common
def open_lobby(common: Common, trainee: str | None) -> None:
    """The lobby."""
    if not ready_for_screen():
        raise click.exceptions.Exit(WRONG_USAGE)
    from stellr_tui.classroom.lobby import visit
    from stellr_tui.lessons.records import trainee_name

    who = trainee_name(trainee)

    def enter(wish: "Wish") -> None:
        from stellr_tui.classroom import play
        from stellr_tui.lessons.attempt import Mode

        if wish.mode is Mode.SHOW:
            play.show(wish.filed)
        else:
            play.play(wish.filed, wish.mode, who, restart=wish.restart)

    visit(who, enter)

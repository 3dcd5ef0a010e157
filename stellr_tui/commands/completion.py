"""`stellr completion`: the script that lets a shell complete what is typed after `stellr`."""

import click
from click.shell_completion import ShellComplete, get_completion_class

from stellr_tui.commands import COMPLETION_VARIABLE
from stellr_tui.commands.frame import Command
from stellr_tui.commands.parameters import Argument, OneOf
from stellr_tui.reference.texts import N_

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    help=N_(
        "シェルの補完スクリプトを出力します。\n\n"
        'bash と zsh では eval "$(stellr completion bash)" のように、'
        "fish では stellr completion fish | source のように読み込みます。"
    ),
)
@click.argument("shell", cls=Argument, type=OneOf(SHELLS), help=N_("シェルの種類。"))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """The completion script of a shell."""
    program = context.find_root()
    kind = get_completion_class(shell)
    if kind is not None and program.info_name is not None:
        # Not Bash's own way, which would first start a bash to ask for its version.
        click.echo(ShellComplete.source(kind(program.command, {}, program.info_name, COMPLETION_VARIABLE)))

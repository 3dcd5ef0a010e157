"""Commands and groups of commands as all of ours are: with the common options, and in the language spoken now."""

from typing import Any, NoReturn

import click

from stellr_tui.commands.common import CommonOption, common_options
from stellr_tui.commands.help_pages import HelpPage
from stellr_tui.commands.parameters import InWords
from stellr_tui.commands.plain_text import quoted
from stellr_tui.reference.texts import _


class Context(click.Context):
    """Click's context with our help pages."""

    formatter_class = HelpPage


class Command(InWords, click.Command):
    """A command with the common options; help and mistakes are in the language spoken now."""

    context_class = Context
    # What is too much is refused in `parse_args`, in our words.
    allow_extra_args = True

    def __init__(self, name: str | None, params: list[click.Parameter] | None = None, **attributes: Any) -> None:
        attributes |= {"add_help_option": False, "options_metavar": None}
        super().__init__(name, params=[*(params or []), *common_options()], **attributes)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; wrong usage if some are left over."""
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if left and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise click.UsageError(_("{given}は余分です。").format(given=quoted(" ".join(left))), ctx)
        return left

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, whole: what lists and shells show."""
        return (self.help or "").partition("\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the command's name in the usage line."""
        return [*super().collect_usage_pieces(ctx), _("[オプション]")]

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section of the arguments."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Argument)]
        if records:
            with formatter.section(_("引数")):
                formatter.write_dl(records)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections of the options: its own, then those of every command."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for heading, common in ((_("オプション"), False), (_("共通のオプション"), True)):
            records = [one.get_help_record(ctx) for one in options if isinstance(one, CommonOption) is common]
            if any(records):
                with formatter.section(heading):
                    formatter.write_dl([record for record in records if record])


class Group(Command, click.Group):
    """A group of commands, in the order they were added. `stellr clock` alone can be a command too."""

    command_class = Command

    def __init__(self, name: str | None, **attributes: Any) -> None:
        attributes = {"callback": _needs_command, **attributes}
        super().__init__(name, invoke_without_command=True, subcommand_metavar="", **attributes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order they were added."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the group's name in the usage line."""
        return [*(piece for piece in super().collect_usage_pieces(ctx) if piece), _("コマンド ...")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section of the commands."""
        with formatter.section(_("コマンド")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in self.commands.items()])


def command_missing(context: click.Context) -> NoReturn:
    """Wrong usage: a group alone does nothing."""
    allowed = ", ".join(context.command.commands) if isinstance(context.command, click.Group) else ""
    raise click.UsageError(_("コマンドを指定してください（{allowed}）。").format(allowed=allowed), context)


@click.pass_context
def _needs_command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        command_missing(context)

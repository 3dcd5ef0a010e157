"""What is wrong with a command line, in the language spoken now: what was given, what is allowed, where to read on."""

import click

from stellr_tui.commands.exit_status import WRONG_USAGE
from stellr_tui.commands.failures import tell
from stellr_tui.commands.plain_text import quoted
from stellr_tui.reference.texts import _


def explain_usage(error: click.UsageError) -> int:
    """Say it on standard error, with the usage line and the way to the help; the exit status."""
    tell(_sentence(error))
    if error.ctx is not None:
        tell(error.ctx.get_usage())
        tell(_("説明を表示: {command}").format(command=f"{error.ctx.command_path} --help"))
    return WRONG_USAGE


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            said = _("{given}というオプションはありません（使えるのは {allowed}）。")
            return said.format(given=quoted(error.option_name), allowed=", ".join(_options(error)))
        case click.exceptions.NoSuchCommand():
            said = _("{given}というコマンドはありません（使えるのは {allowed}）。")
            return said.format(given=quoted(error.command_name), allowed=", ".join(_commands(error)))
        case click.BadOptionUsage():
            said = _("{name} には値が必要です。")
            if error.option_name in _options(error, flags_only=True):
                said = _("{name} に値は指定できません。")
            return said.format(name=error.option_name)
        case click.MissingParameter():
            return _("{name} を指定してください。").format(name=_name(error))
        case click.BadParameter(param=click.Option()):
            return _("{path}: {sentence}").format(path=_name(error), sentence=error.message)
    return error.message


def _name(error: click.BadParameter) -> str:
    """The option, or the argument as the usage line shows it."""
    if isinstance(error.param, click.Argument) and error.ctx is not None:
        return error.param.make_metavar(error.ctx)
    return error.param.opts[0] if error.param is not None else ""


def _options(error: click.UsageError, *, flags_only: bool = False) -> list[str]:
    if error.ctx is None:
        return []
    options = [one for one in error.ctx.command.get_params(error.ctx) if isinstance(one, click.Option)]
    return [name for one in options if one.is_flag or not flags_only for name in one.opts]


def _commands(error: click.UsageError) -> list[str]:
    group = error.ctx.command if error.ctx is not None else None
    return list(group.commands) if isinstance(group, click.Group) else []

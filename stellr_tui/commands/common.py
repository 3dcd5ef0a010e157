"""What every command shares: the options that stand before or behind it, and the way to the desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stellr_tui import __version__
from stellr_tui.commands.failures import tell
from stellr_tui.commands.parameters import OneOf, Option
from stellr_tui.reference.texts import LANGUAGES, N_, _

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Common:
    """What was asked for before and behind the command; what stands behind it wins."""

    database: str | None = None
    account: str | None = None
    login: str | None = None
    json: bool = False

    @contextmanager
    def desk(self) -> "Iterator[Desk]":
        """The desk at the order book that was named, the days that have gone by worked."""
        from stellr_tui.commands.progress import way_ahead
        from stellr_tui.desk.closing import catch_up
        from stellr_tui.desk.opening import open_desk

        desk = open_desk(self.database)
        if desk.is_new:
            # A mistyped address would else become an empty order book without a word.
            tell(_("訓練用データベースを新しく作成しました: {database}").format(database=desk.store.shown))
        try:
            with way_ahead() as watch:
                catch_up(desk, watch)
            yield desk
        finally:
            desk.store.close()

    @contextmanager
    def at_work(self) -> "Iterator[tuple[Desk, SignedIn]]":
        """The desk, and who acts there for the billing account that was named: by default its first person."""
        from stellr_tui.desk.people import at_the_command_line

        with self.desk() as desk:
            yield desk, at_the_command_line(desk, self.account, self.login)


pass_common = click.make_pass_decorator(Common, ensure=True)
"""Hands a command its `Common` as the first argument."""


class CommonOption(Option):
    """An option that every command has."""


def common_options() -> list[click.Parameter]:
    """--database, --account, --lang, --debug, --version and --help."""
    return [
        CommonOption(
            ["--database"],
            metavar="URL",
            expose_value=False,
            callback=_database,
            help=N_("データベースのファイルまたはURL。環境変数 STELLR_DATABASE でも指定できます。"),
        ),
        CommonOption(
            ["--account"],
            metavar="N",
            expose_value=False,
            callback=_account,
            help=N_("請求先口座番号。データベースに複数あるときに指定します。"),
        ),
        CommonOption(
            ["--lang"],
            type=OneOf(LANGUAGES),
            expose_value=False,
            help=N_("表示する言語。環境変数 STELLR_LANG でも指定できます。"),
        ),
        CommonOption(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            help=N_("予期しないエラーの詳細（トレースバック）を表示します。"),
        ),
        CommonOption(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=N_("バージョンを表示します。"),
        ),
        CommonOption(
            ["--help", "-h"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_help,
            help=N_("この説明を表示します。"),
        ),
    ]


def json_option(command: Command) -> Command:
    """Give a command `--json`, as `Common.json`."""
    return click.option(
        "--json",
        cls=Option,
        is_flag=True,
        expose_value=False,
        callback=_json,
        help=N_("表の代わりに、一つのJSON文書を出力します。"),
    )(command)


def as_option(command: Command) -> Command:
    """Give a command `--as`, as `Common.login`."""
    return click.option(
        "--as",
        cls=Option,
        metavar="LOGIN",
        expose_value=False,
        callback=_login,
        help=N_(
            "操作する人のログインIDまたはメールアドレス。"
            "ポリシーの approval が operator のときは、承認担当者を指定します。"
        ),
    )(command)


def _common(context: click.Context) -> Common:
    return context.ensure_object(Common)


def _database(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value == "":
        # Empty, as of an unset variable in a script: it must not become the user's own order book.
        raise click.BadOptionUsage("--database", "", context)
    if value is not None:
        _common(context).database = value


def _account(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        _common(context).account = value


def _login(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        _common(context).login = value


def _json(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        _common(context).json = True


def _version(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"stellr-tui {__version__}")
        context.exit()


def _help(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()

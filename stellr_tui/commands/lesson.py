"""`stellr lesson`: the scenarios that are kept, and checking them."""

from typing import TYPE_CHECKING

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.exit_status import FAILED
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.lesson_export import export
from stellr_tui.commands.lesson_open import open_lobby
from stellr_tui.commands.lesson_play import guide, show, test
from stellr_tui.commands.lesson_results import results
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.commands.parameters import Argument
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding

if TYPE_CHECKING:
    from stellr_tui.lessons.scenario import Filed


@click.group(
    "lesson",
    cls=Group,
    help=N_(
        "操作を画面で見て、練習し、試験を受けます。レッスンは実務のデータベースを使用しません。\n\n"
        "コマンドなしの stellr lesson は stellr lesson open と同じです。"
    ),
)
@click.pass_context
def lesson(context: click.Context) -> None:
    """Lessons; alone their list is opened."""
    if context.invoked_subcommand is None:
        context.invoke(open_lobby)


lesson.add_command(open_lobby)


@lesson.command("list", help=N_("レッスンの一覧を表示します。"))
@json_option
@pass_common
def list_lessons(common: Common) -> None:
    """Every scenario that is kept."""
    from stellr_tui.lessons.shelf import find_scenarios

    found = find_scenarios()
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("レッスン")),
        Column(_("題名")),
        Column(_("マニュアル")),
        Column(_("所要時間（分）"), numbers=True),
        Column(_("ステップ"), numbers=True),
        Column(_("前提")),
    ]
    rows = [
        (
            one.scenario.id,
            str(one.scenario.title),
            str(one.scenario.manual),
            str(one.scenario.minutes),
            str(len(one.scenario.step)),
            ", ".join(one.scenario.requires),
        )
        for one in found
    ]
    print_table(columns, rows)


@lesson.command(
    "check",
    help=N_(
        "レッスンを最初から最後まで自動で実行し、成り立たないことをファイルと行で示します。\n\n"
        "ファイルまたはレッスンの名前を指定します。省略すると、すべてのレッスンを確認します。"
    ),
)
@click.argument(
    "scenarios",
    cls=Argument,
    nargs=-1,
    metavar="[FILE|ID ...]",
    help=N_("レッスンのファイル（.toml）または名前。"),
)
@json_option
@pass_common
def check(common: Common, scenarios: tuple[str, ...]) -> None:
    """Walk through scenarios as fast as it goes."""
    from stellr_tui.lessons.shelf import look_for

    looked = look_for(scenarios)
    faults = list(looked.faults)
    checked: list[str] = []
    for one in () if common.json else faults:
        tell(sentence(one))
    for filed in looked.scenarios:
        found = _check(filed)
        faults += found
        checked.append(filed.scenario.id)
        if not common.json:
            _tell(filed.scenario.id, found)
    if common.json:
        print_json({"checked": checked, "findings": [_finding(one) for one in faults]})
    if faults:
        raise click.exceptions.Exit(FAILED)


@lesson.command("schema", help=N_("レッスンのファイルの形式をJSON Schemaで表示します。エディターで指定できます。"))
@pass_common
def print_schema(common: Common) -> None:
    """The format of a scenario's file, for editors."""
    from stellr_tui.lessons.schema import schema

    print_json(schema())


lesson.add_command(export)
lesson.add_command(show)
lesson.add_command(guide)
lesson.add_command(test)
lesson.add_command(results)


def _check(filed: "Filed") -> list[Finding]:
    import asyncio

    from stellr_tui.classroom.check import check as walk

    return list(asyncio.run(walk(filed)))


def _tell(id: str, findings: list[Finding]) -> None:
    for one in findings:
        tell(sentence(one))
    click.echo(_("{lesson}: 問題なし").format(lesson=id) if not findings else _("{lesson}: 問題あり").format(lesson=id))


def _document(filed: "Filed") -> dict[str, object]:
    one = filed.scenario
    return {
        "id": one.id,
        "title": str(one.title),
        "purpose": str(one.purpose),
        "manual": str(one.manual),
        "minutes": one.minutes,
        "steps": len(one.step),
        "points": one.points,
        "requires": list(one.requires),
        "file": str(filed.source.path),
    }


def _finding(one: Finding) -> dict[str, object]:
    return {
        "file": one.facts.get("file"),
        "line": one.facts.get("line"),
        "key": one.field,
        "step": one.facts.get("step"),
        "reason": one.reason,
        "message": sentence(one),
    }

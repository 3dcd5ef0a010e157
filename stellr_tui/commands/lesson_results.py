"""`stellr lesson results`: how the attempts went, for people, for spreadsheets and for a learning record store."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.commands.parameters import Day, Option, Site
from stellr_tui.commands.plain_text import visible
from stellr_tui.reference.csv_text import BYTE_ORDER_MARK, csv_text
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Kept
    from stellr_tui.lessons.scenario import Scenario

_STANDARD_OUTPUT = "-"


@click.command(
    "results",
    cls=Command,
    help=N_(
        "終わった練習と試験の結果を、古いものから表示します。\n\n"
        "記録は環境変数 STELLR_LESSONS のフォルダー、指定がなければデータフォルダーにあります。"
    ),
)
@click.option("--trainee", cls=Option, metavar="NAME", help=N_("この受講者の結果だけ。"))
@click.option("--lesson", cls=Option, metavar="ID", help=N_("このレッスンの結果だけ。"))
@click.option("--since", cls=Option, type=Day("since"), help=N_("この日以降に終わったものだけ（日本時間）。"))
@click.option("--until", cls=Option, type=Day("until"), help=N_("この日までに終わったものだけ（日本時間）。"))
@click.option("--csv", "csv_file", cls=Option, metavar="FILE|-", help=N_("CSVとして新しいファイルに書き込みます。"))
@click.option("--bom", cls=Option, is_flag=True, help=N_("CSVの先頭にBOMを付けます。Excelで開くときに使います。"))
@click.option(
    "--xapi",
    "xapi_file",
    cls=Option,
    metavar="FILE|-",
    help=N_("xAPI 1.0.3のステートメントを、1行に一つ、新しいファイルに書き込みます。"),
)
@click.option("--site", cls=Option, type=Site(), help=N_("xAPIの識別子に使う、自社サイトのアドレス。"))
@json_option
@click.pass_context
@pass_common
def results(
    common: Common,
    context: click.Context,
    trainee: str | None,
    lesson: str | None,
    since: date | None,
    until: date | None,
    csv_file: str | None,
    bom: bool,
    xapi_file: str | None,
    site: str | None,
) -> None:
    """The attempts that are over."""
    from stellr_tui.lessons.records import Records
    from stellr_tui.lessons.shelf import look_for

    printed = [common.json, csv_file == _STANDARD_OUTPUT, xapi_file == _STANDARD_OUTPUT]
    if sum(printed) > 1:
        raise click.UsageError(_("標準出力には、JSON、CSV、xAPIのうち一つだけを出力できます。"), context)
    records = Records()
    found = records.attempts(trainee, lesson, since, until)
    scenarios = {one.scenario.id: one.scenario for one in look_for().scenarios}
    for path in records.unreadable:
        tell(_("読み込めない記録を除きました: {path}").format(path=visible(str(path))))
    if csv_file is not None:
        _hand_out(csv_file, (BYTE_ORDER_MARK if bom else "") + _csv(found, scenarios), len(found))
    if xapi_file is not None:
        _hand_out(xapi_file, _xapi(found, scenarios, site), len(found))
    if common.json:
        print_json([_document(one, scenarios) for one in found])
    elif csv_file is None and xapi_file is None:
        _print(found, scenarios)


def _hand_out(file: str, text: str, attempts: int) -> None:
    """To standard output byte for byte, on a terminal only what does nothing to it; or into a new file."""
    if file == _STANDARD_OUTPUT and sys.stdout.isatty():
        for line in text.splitlines():
            click.echo(visible(line))
    elif file == _STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
    else:
        from stellr_tui.reference.new_file import write_new_file

        path = write_new_file(file, text.encode())
        tell(_("{count}件を {path} に書き込みました。").format(count=attempts, path=visible(str(path))))


def _csv(found: "Sequence[Kept]", scenarios: "Mapping[str, Scenario]") -> str:
    from stellr_tui.lessons.results_list import headings, rows

    return csv_text([one.words for one in headings()], rows(found, scenarios))


def _xapi(found: "Sequence[Kept]", scenarios: "Mapping[str, Scenario]", site: str | None) -> str:
    from stellr_tui.lessons.xapi import SITE, statements

    said = (each for one in found for each in statements(one, scenarios.get(one.attempt.scenario), site or SITE))
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said)


def _document(one: "Kept", scenarios: "Mapping[str, Scenario]") -> dict[str, Any]:
    from stellr_tui.lessons.report import mark_name, title_of

    attempt = one.attempt
    scenario = scenarios.get(attempt.scenario)
    return {
        "id": str(one.id),
        "trainee": one.trainee,
        "lesson": attempt.scenario,
        "title": title_of(attempt.scenario, scenario),
        "mode": attempt.mode,
        "begun": one.begun.isoformat(),
        "ended": one.ended.isoformat(),
        "steps": len(attempt.tasks),
        "first_try": attempt.first_try,
        "hints": attempt.hints,
        "seconds": attempt.seconds,
        "points": attempt.points,
        "possible": attempt.possible,
        "percent": attempt.share,
        "passed": attempt.passed,
        "lost": attempt.lost,
        "marks": [
            {**mark.as_mapping(), "name": mark_name(scenario, mark.of), "reached": reached.isoformat()}
            for mark, reached in zip(attempt.marks, one.reached, strict=True)
        ],
    }


def _print(found: "Sequence[Kept]", scenarios: "Mapping[str, Scenario]") -> None:
    from stellr_tui.lessons.report import local_time, mode_label, time_taken, title_of, verdict

    columns = [
        Column(_("終了日時")),
        Column(_("受講者")),
        Column(_("レッスン")),
        Column(_("種類")),
        Column(_("1回で正解"), numbers=True),
        Column(_("ヒント"), numbers=True),
        Column(_("時間"), numbers=True),
        Column(_("点数"), numbers=True),
        Column(_("結果")),
    ]
    rows = [
        (
            local_time(one.ended),
            one.trainee,
            title_of(one.attempt.scenario, scenarios.get(one.attempt.scenario)),
            mode_label(one.attempt.mode),
            f"{one.attempt.first_try}/{len(one.attempt.tasks)}",
            str(one.attempt.hints),
            time_taken(one.attempt.seconds),
            f"{one.attempt.points}/{one.attempt.possible}",
            verdict(one.attempt),
        )
        for one in found
    ]
    print_table(columns, rows)

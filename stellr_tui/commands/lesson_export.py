"""`stellr lesson export`: lessons as pictures, pages and recordings."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import print_json
from stellr_tui.commands.parameters import Argument, OneOf, Option, wrong
from stellr_tui.commands.plain_text import visible
from stellr_tui.reference.texts import LANGUAGES, N_, _
from stellr_tui.reference.unreadable import not_written
from stellr_tui.rules.findings import Finding, Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOTH = "both"
_SMALLEST, _LARGEST = (80, 24), (240, 80)


class TerminalSize(click.ParamType[tuple[int, int]]):
    """Columns and rows of a terminal, `100x30`."""

    name = "size"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return "100x30"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The size, or wrong usage."""
        found = re.fullmatch(r"([0-9]{1,3})x([0-9]{1,3})", str(value), re.ASCII)
        size = (int(found[1]), int(found[2])) if found else (0, 0)
        if all(low <= one <= high for low, one, high in zip(_SMALLEST, size, _LARGEST, strict=True)):
            return size
        allowed = " - ".join("x".join(map(str, one)) for one in (_SMALLEST, _LARGEST))
        wrong(Finding(Reason.NOT_A_CHOICE, "", str(value), {"allowed": allowed}), param, ctx)


@click.command(
    "export",
    cls=Command,
    help=N_(
        "レッスンを、各ステップの画像（SVG）、1枚のHTMLページ、端末の録画（asciicast v2）として書き込みます。\n\n"
        "ファイルまたはレッスンの名前を指定します。省略すると、すべてのレッスンを書き込みます。同じ名前のファイルは置き換わります。"
    ),
)
@click.argument(
    "scenarios",
    cls=Argument,
    nargs=-1,
    metavar="[FILE|ID ...]",
    help=N_("レッスンのファイル（.toml）または名前。"),
)
@click.option("--to", "folder", cls=Option, required=True, metavar="FOLDER", help=N_("書き込むフォルダー。"))
@click.option(
    "--language",
    cls=Option,
    type=OneOf([*LANGUAGES, _BOTH]),
    default=_BOTH,
    help=N_("レッスンの言語。省略すると両方です。"),
)
@click.option(
    "--size", cls=Option, type=TerminalSize(), default="100x30", help=N_("端末の列数と行数。省略すると100x30です。")
)
@json_option
@pass_common
def export(common: Common, scenarios: tuple[str, ...], folder: str, language: str, size: tuple[int, int]) -> None:
    """Walk through scenarios once in each language, and write what was seen."""
    import asyncio

    from stellr_tui.classroom.export import exported
    from stellr_tui.lessons.shelf import find_scenarios

    languages = LANGUAGES if language == _BOTH else (language,)
    pages = []
    for filed in find_scenarios(scenarios):
        files = asyncio.run(exported(filed, languages, size))
        _write(Path(folder).expanduser(), files)
        page = str(Path(folder).expanduser() / next(iter(files)))
        pages.append({"id": filed.scenario.id, "page": page, "files": list(files)})
        if not common.json:
            tell(
                _("{lesson}: {count}個のファイルを書き込みました。").format(lesson=filed.scenario.id, count=len(files))
            )
            click.echo(visible(page))
    if common.json:
        print_json(pages)


def _write(folder: Path, files: "Mapping[str, str]") -> None:
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            facts = {"detail": not_written(error)}
            raise Refused(Finding(Reason.UNWRITABLE_FILE, "file", str(path), facts)) from None

"""What commands print on standard output: one JSON document for programs, or tables for people."""

import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from stellr_tui.commands.failures import tell
from stellr_tui.commands.plain_text import is_harmful, visible
from stellr_tui.reference.texts import _

if TYPE_CHECKING:
    from rich.console import RenderableType

# Nothing is cut where the lines go to a file or to another program.
_WIDE = 100_000

# Only characters of one width in every terminal: a line below the heading, nothing else.
_LINE_BELOW_HEADING = "    \n    \n -- \n    \n    \n    \n    \n    \n"


class Column(NamedTuple):
    """A column of a table: its heading, and whether it holds numbers."""

    heading: str
    numbers: bool = False


def print_json(document: object) -> None:
    """One JSON document, with dates as YYYY-MM-DD, in characters that do nothing to a terminal."""
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    text = json.dumps(document, ensure_ascii=encoding not in ("utf-8", "utf8"), indent=2, default=_written)
    sys.stdout.write(re.sub(r"[^\n -~]", _escaped, text) + "\n")


def print_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Labels on the left, what they say on the right."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for label, said in facts:
        grid.add_row(Text(visible(label)), Text(visible(said)))
    _show(grid)


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], heading: str = "") -> None:
    """A table with a heading for each column; without rows it says so on standard error instead."""
    from rich.box import Box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=Box(_LINE_BELOW_HEADING, ascii=True), pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            Text(column.heading), justify="right" if column.numbers else "left", overflow="fold", min_width=1
        )
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    if not table.row_count:
        tell(_("該当するものはありません。"))
        return
    _show(*([Text(f"\n{heading}", style="bold")] if heading else []), table)


def day(value: date | None) -> str:
    """A date as it is written everywhere here; `-` where there is none."""
    return value.isoformat() if value else "-"


def _show(*parts: "RenderableType") -> None:
    """Print to a terminal as it is; anything else gets lines as wide as need be, without colours."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(file=sys.stdout, markup=False, emoji=False, highlight=False).print(*parts, sep="\n")
        return
    lines = io.StringIO()
    console = Console(
        file=lines,
        width=_WIDE,
        force_terminal=False,
        color_system=None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(*parts, sep="\n")
    for line in lines.getvalue().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _escaped(match: re.Match[str]) -> str:
    """The JSON escape of a character that would do something to a terminal."""
    character = match[0]
    return json.dumps(character)[1:-1] if is_harmful(character) or character == "\x7f" else character

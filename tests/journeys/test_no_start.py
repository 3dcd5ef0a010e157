"""Where the app cannot open: a sentence and an exit status, never a traceback."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.book import ROOT, WITHIN
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import OpenTerminal, SitDown
from tests.spoken import Shown

SIZE = (24, 160)  # one row for the sentence
NEEDS_A_TERMINAL = "画面を開けるのはターミナルの中だけです。"


def test_without_a_terminal_the_program_says_that_it_needs_one(order_book: Path, told: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stellr_tui", "--database", str(order_book)],
        env={"PYTHONPATH": str(ROOT), "HOME": str(order_book.parent), **told},
        input=b"",
        capture_output=True,
        timeout=WITHIN,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    said = Shown(done.stderr.decode())
    assert NEEDS_A_TERMINAL in said
    assert "stellr --help" in said
    assert len(said.splitlines()) == 1


def test_with_its_output_in_a_pipe_the_program_says_that_it_needs_a_terminal(
    open_terminal: OpenTerminal, order_book: Path, told: dict[str, str]
) -> None:
    script = f"'{sys.executable}' -m stellr_tui --database '{order_book}' | cat"
    terminal = open_terminal("sh", "-c", script, columns=160, env={"PYTHONPATH": str(ROOT), **told})
    Clerk(terminal).sees(NEEDS_A_TERMINAL)
    terminal.wait_closed()
    assert b"\x1b" not in terminal.written


def garble(book: Path) -> None:
    book.write_bytes(b"not a database, " * 1000)


def tear(book: Path) -> None:
    whole = book.read_bytes()
    book.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def make_newer(book: Path) -> None:
    with closing(sqlite3.connect(book)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def make_somebody_elses(book: Path) -> None:
    book.unlink()
    with closing(sqlite3.connect(book)) as connection, connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (garble, "を使用できません"),
        (tear, "を使用できません"),
        (make_newer, "より新しいプログラムのもの"),
        (make_somebody_elses, "recipe"),
    ],
)
def test_a_database_that_cannot_be_used_ends_the_program_with_a_sentence(
    sit_down: SitDown, order_book: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(order_book)
    clerk = sit_down(SIZE)
    assert clerk.terminal.wait_closed() == 1
    shown = clerk.terminal.text.split()
    assert clerk.reads(said)
    assert "stellr.db" in "".join(shown)
    assert "Traceback" not in clerk.terminal.written.decode(errors="replace")


def test_a_newer_database_is_left_as_it_is(sit_down: SitDown, order_book: Path) -> None:
    make_newer(order_book)
    before = order_book.read_bytes()
    assert sit_down(SIZE).terminal.wait_closed() == 1
    assert order_book.read_bytes() == before


def test_a_wrong_setting_ends_the_program_with_file_key_and_what_is_allowed(sit_down: SitDown, home: Path) -> None:
    settings = home / "settings" / "stellr-tui"
    settings.mkdir(parents=True)
    (settings / "policy.toml").write_text('reduction_rule = "as you like"\n', encoding="utf-8")
    clerk = sit_down(SIZE, env={"XDG_CONFIG_HOME": str(settings.parent)})
    assert clerk.terminal.wait_closed() == 1
    for part in ("policy.toml", "reduction_rule", "as you like", "notice, order-cutoff"):
        assert clerk.reads(part)
    assert "Traceback" not in clerk.terminal.written.decode(errors="replace")

"""What goes wrong outside the rules: said in a sentence, without a traceback unless asked for."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stellr_tui.store import schema
from tests.cli.running import ORDERS, Run, contents, environment, finish, run_program, start


def spoil(path: Path, kind: str) -> None:
    """Make of an order book a file that is none."""
    match kind:
        case "garbage":
            path.write_bytes(bytes(range(256)) * 100)
        case "cut off":
            path.write_bytes(path.read_bytes()[:5000])
        case "overwritten inside":
            data = bytearray(path.read_bytes())
            data[4096:] = b"\xff" * (len(data) - 4096)
            path.write_bytes(data)
        case "someone else's":
            path.unlink()
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("CREATE TABLE recipe (name TEXT)")
        case "without tables":
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("DROP TABLE contract_event")
        case "a folder":
            path.unlink()
            path.mkdir()


@pytest.mark.parametrize(
    "kind", ["garbage", "cut off", "overwritten inside", "someone else's", "without tables", "a folder"]
)
def test_a_database_that_cannot_be_used_is_a_sentence(stellr: Run, database: Path, kind: str) -> None:
    spoil(database, kind)
    failed = stellr("subscriptions", "--json")
    assert failed.status == 1
    assert failed.out == ""
    assert failed.err.strip()
    assert "Traceback" not in failed.err
    assert len(failed.err.splitlines()) == 1


@pytest.mark.parametrize("url", ["mysql://someone:secret@host/x", "postgresql://me:secret@127.0.0.1:1/x", "://"])
def test_an_address_that_leads_nowhere_is_a_sentence_without_its_password(stellr: Run, url: str) -> None:
    failed = stellr("clock", "--database", url)
    assert failed.status == 1
    assert "データベース" in failed.err
    assert "secret" not in failed.err
    assert "Traceback" not in failed.err


def test_a_database_of_a_newer_program_is_said_to_be_one(stellr: Run, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = contents(database)
    failed = stellr("clock")
    assert failed.status == 1
    for named in (str(database), "9999", schema.HEAD):
        assert named in failed.err
    assert "Traceback" not in failed.err
    assert contents(database) == before


@pytest.mark.parametrize("before", [True, False])
def test_what_is_unexpected_shows_a_traceback_only_to_those_who_ask(stellr: Run, database: Path, before: bool) -> None:
    spoil(database, "without tables")
    failed = stellr("subscriptions")
    assert "--debug" in failed.err
    assert len(failed.err) < 500
    assert "Traceback" not in failed.err
    shown = stellr("--debug", "subscriptions") if before else stellr("subscriptions", "--debug")
    assert shown.status == 1
    assert "Traceback" in shown.err


def test_a_catalogue_that_cannot_be_used_is_refused_with_its_file(stellr: Run, tmp_path: Path) -> None:
    catalogue = tmp_path / "home" / "stellr-tui" / "catalog.toml"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("[[vendor]\n", encoding="utf-8")
    for command in (["catalog"], ["order", "submit", str(ORDERS / "example.json")]):
        refused = stellr(*command)
        assert refused.status == 1
        assert str(catalogue) in refused.err
        assert "1行目" in refused.err


def test_a_reader_that_goes_away_is_no_error(database: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = start("catalog", "--database", database, stdout=writing)
    os.close(writing)
    ended = finish(program)
    assert (ended.status, ended.err) == (141, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(database: Path, closed: str) -> None:
    program = f'exec "$0" -m stellr_tui clock set 2024-05-16 --database "$1" {closed}'
    ended = subprocess.run(
        ["/bin/sh", "-c", program, sys.executable, database],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert run_program("clock", "--json", "--database", database).json["today"] == "2024-05-16"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_a_sentence(database: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = finish(start("catalog", "--database", database, stdout=full.fileno()))
    assert ended.status == 1
    assert "No space left" in ended.err
    assert "Traceback" not in ended.err
    assert "Exception ignored" not in ended.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_ctrl_c_ends_it_without_a_word_of_python(database: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "order.toml"
    os.mkfifo(pipe)
    program = start("order", "submit", pipe, "--database", database)
    # Opening the pipe waits until the program has opened it too: then it is at work.
    with pipe.open("wb"):
        program.send_signal(signal.SIGINT)
        program.wait(60)
    ended = finish(program)
    assert ended.status == 130
    assert "Traceback" not in ended.err
    assert ended.err.strip() == ""


def test_without_utf_8_json_stays_valid_and_tables_are_printed_all_the_same(database: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    found = run_program("customers", "--json", "--database", database, env=ascii_only)
    assert found.status == 0
    assert found.out.isascii()
    assert found.json[0]["company"] == "テスト株式会社"
    shown = run_program("customers", "--database", database, env=ascii_only)
    assert (shown.status, shown.err) == (0, "")
    assert "159813" in shown.out


def test_what_is_no_text_in_an_argument_is_shown_by_its_code(database: Path) -> None:
    refused = run_program("postal", os.fsdecode(b"135\xff"), "--database", database)
    assert refused.status == 1
    assert "<U+DCFF>" in refused.err


def test_a_file_that_may_not_be_read_is_a_sentence(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_bytes((ORDERS / "example.json").read_bytes())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    refused = run_program("order", "submit", path, "--database", database)
    assert refused.status == 1
    assert "権限" in refused.err

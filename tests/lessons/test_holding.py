"""A file is held by one program at a time, and by none that is gone, however it ended."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from stellr_tui.lessons import holding
from stellr_tui.lessons.holding import held
from tests.journeys.book import ROOT

HOLDER = """
import sys
from pathlib import Path
from stellr_tui.lessons.holding import held
with held(Path(sys.argv[1])) as is_held:
    print(is_held, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "open"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the file, until it is ended."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def is_free(path: Path) -> bool:
    with held(path) as is_held:
        return is_held


def test_it_is_free_once_the_other_program_has_let_go(path: Path, holder: subprocess.Popen[str]) -> None:
    assert not is_free(path)
    assert not is_free(path)
    holder.communicate()
    assert is_free(path)


def test_it_is_free_where_the_other_program_was_killed(path: Path, holder: subprocess.Popen[str]) -> None:
    assert not is_free(path)
    holder.kill()
    holder.wait()
    assert is_free(path)


def test_one_program_does_not_hold_it_twice_either(path: Path) -> None:
    with held(path) as is_held:
        assert is_held
        assert not is_free(path)
    assert is_free(path)


def test_a_file_that_is_gone_keeps_nobody_out(path: Path, holder: subprocess.Popen[str]) -> None:
    path.unlink()
    assert is_free(path)


def test_who_comes_to_hold_a_file_that_was_just_removed_holds_the_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []

    def locked_too_late(connection: Connection) -> bool:
        """As where the one before removed the file between its being opened and its being locked."""
        if not tries:
            path.unlink()
            path.touch()
        tries.append(is_locked(connection))
        return tries[-1]

    is_locked = holding._is_locked
    monkeypatch.setattr(holding, "_is_locked", locked_too_late)
    with held(path) as is_held:
        assert is_held
        assert tries == [True, True]
        assert not is_free(path)

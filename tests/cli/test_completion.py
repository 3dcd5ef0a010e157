"""Completion, as a shell asks for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Run, environment, run_program


def completed(words: str, position: int | str, shell: str = "bash") -> list[str]:
    """What the program answers to a shell."""
    answer = run_program(
        env={"_STELLR_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(position)}
    )
    assert (answer.status, answer.err) == (0, "")
    return answer.out.split("\n")


def words_of(lines: list[str]) -> list[str]:
    """The words among Bash's answers."""
    return [word for kind, _comma, word in (line.partition(",") for line in lines) if kind == "plain"]


@pytest.mark.parametrize(
    ("words", "position", "expected"),
    [
        ("stellr sub", 1, ["subscriptions", "subscription"]),
        ("stellr dates ", 2, ["order", "reduce", "cancel"]),
        ("stellr --lang en dates ", 4, ["order", "reduce", "cancel"]),
        ("stellr subscriptions --sta", 2, ["--status"]),
        ("stellr subscriptions --status se", 3, ["sent-back"]),
        ("stellr dates order 2024-05-15 --plan ", 5, ["annual", "monthly"]),
        ("stellr customers --da", 2, ["--database"]),
        ("stellr --lang ", 2, ["ja", "en"]),
        ("stellr completion ", 2, ["bash", "zsh", "fish"]),
        ("stellr clock ", 2, ["show", "set", "advance"]),
        ("stellr change ", 2, ["add", "reduce", "cancel", "withdraw"]),
        ("stellr change add 81766 3 --wi", 5, ["--wish"]),
    ],
)
def test_the_program_answers_what_could_follow(words: str, position: int, expected: list[str]) -> None:
    assert words_of(completed(words, position)) == expected


def test_a_file_is_completed_by_the_shell_itself() -> None:
    assert completed("stellr order submit ", 3) == ["file,", ""]


def test_completing_opens_no_order_book(tmp_path: Path) -> None:
    completed("stellr subscriptions --status ", 3)
    assert not (tmp_path / "home").exists()


def test_zsh_and_fish_are_told_what_a_word_means() -> None:
    assert "郵便番号" in "".join(completed("stellr pos", 1, "zsh"))
    assert completed("stellr pos", "pos", "fish")[0].startswith("plain,postal")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_the_program(stellr: Run, shell: str) -> None:
    script = stellr("completion", shell)
    assert (script.status, script.err) == (0, "")
    assert f"_STELLR_COMPLETE={shell}_complete" in script.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "stellr"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stellr_tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = environment()
    asked = """
    eval "$(stellr completion bash)"
    COMP_WORDS=(stellr dates re); COMP_CWORD=2
    _stellr_completion stellr
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", asked],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**env, "PATH": f"{program.parent}:{env['PATH']}"},
    )
    assert done.stdout.split() == ["reduce"]

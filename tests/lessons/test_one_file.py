"""One TOML file in `data/scenarios` is a demo, a lesson, an exam, snapshots and a page; no Python is touched for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.lessons.files import THREE_STEPS, written

ROOT = Path(__file__).parents[2]
WITHIN = 180
PARTS = (
    *("stellr_tui", "screens", "data", "pyproject.toml"),
    *("tests/snapshots", "tests/conftest.py", "tests/keyboard.py", "tests/waiting.py"),
)
ID = "three-steps"
FILE = "20-three-steps"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one file more among its data."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        copied = folder / part
        copied.parent.mkdir(exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copied, ignore=shutil.ignore_patterns("__pycache__", "__snapshots__"))
        else:
            shutil.copy(ROOT / part, copied)
    written(folder / "data" / "scenarios", THREE_STEPS, f"{FILE}.toml")
    return folder


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A module of that copy's Python as a program, away from the settings of whoever runs the tests."""
    home = str(checkout / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STELLR_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=checkout,
        env={**kept, "PYTHONPATH": str(checkout), "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home},
        timeout=WITHIN,
    )


def test_it_is_in_the_list_and_can_be_walked_through(checkout: Path) -> None:
    assert "トップを開く" in run(checkout, "stellr_tui", "lesson", "list").stdout
    checked = run(checkout, "stellr_tui", "lesson", "check", ID)
    assert (checked.returncode, checked.stdout) == (0, f"{ID}: 問題なし\n"), checked.stderr


def test_it_is_a_page_pictures_and_a_recording(checkout: Path) -> None:
    made = run(checkout, "stellr_tui", "lesson", "export", ID, "--to", "made", "--language", "ja")
    assert made.returncode == 0, made.stderr
    assert "数量に「12」を入力します。" in (checkout / "made" / f"{ID}.html").read_text(encoding="utf-8")
    assert '"m"' in (checkout / "made" / f"{ID}.ja.cast").read_text(encoding="utf-8")
    assert [one.name for one in sorted((checkout / "made" / ID / "ja").iterdir())][1:] == [
        "02-vendor.svg",
        "03-quantity.svg",
        "04-end.svg",
    ]


def test_its_pictures_are_snapshots(checkout: Path) -> None:
    command = ("pytest", "-n", "0", "-q", "tests/snapshots/test_scenarios.py", "-k", f"{FILE} and 80x24")
    made = run(checkout, *command, "--snapshot-update")
    assert made.returncode == 0, made.stdout
    kept = sorted((checkout / "tests" / "snapshots" / "__snapshots__" / "test_scenarios").iterdir())
    assert [one.name.partition("][")[2] for one in kept] == ["home].svg", "quantity].svg"]
    kept[0].write_text(kept[0].read_text(encoding="utf-8").replace("ホーム", "ホール"), encoding="utf-8")
    other = run(checkout, *command)
    assert other.returncode == 1
    assert "['home'] == []" in other.stdout


@pytest.fixture
def play(checkout: Path) -> Iterator[Callable[..., Terminal]]:
    """Play it in a real terminal, as often as the test needs."""
    opened: list[Terminal] = []

    def start(mode: str, *arguments: str) -> Terminal:
        command = (sys.executable, "-m", "stellr_tui", "lesson", mode, ID, *arguments)
        env = {"PYTHONPATH": str(checkout), "HOME": str(checkout / "home"), "TEXTUAL_ANIMATIONS": "none"}
        opened.append(Terminal(command, env=env, cwd=checkout))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def opens_stellr(terminal: Terminal) -> None:
    """The first step, by hand."""
    terminal.await_text("タイルを選んでください。", within=WITHIN)
    terminal.press("enter")
    terminal.await_text("ベンダーを選んでください。")


def opens_the_vendor(terminal: Terminal) -> None:
    """The second step."""
    terminal.press(*["down"] * 6, "enter")
    terminal.await_text("提供単価")


def test_it_is_a_demo(play: Callable[..., Terminal]) -> None:
    terminal = play("show", "--pace", "100")
    terminal.await_text("見本はここまでです。", within=WITHIN)
    assert "12" in terminal.text
    terminal.press("q")
    assert terminal.wait_closed() == 0


def test_it_is_a_lesson(play: Callable[..., Terminal]) -> None:
    terminal = play("guide")
    opens_stellr(terminal)
    terminal.await_text("訓練 2/3")
    opens_the_vendor(terminal)
    terminal.type("12")
    terminal.await_text("練習の結果")
    terminal.await_text("1回で正解  3 / 3")


@pytest.mark.parametrize("passes", [True, False])
def test_it_is_an_exam(passes: bool, play: Callable[..., Terminal]) -> None:
    terminal = play("test")
    opens_stellr(terminal)
    terminal.await_text("ホームを開いてください。")
    if passes:
        opens_the_vendor(terminal)
    terminal.press("f12")
    terminal.await_text("もう一度押すと提出します。")
    terminal.press("f12")
    terminal.await_text("試験の結果")
    terminal.await_text(" 合格です。" if passes else "不合格です。")

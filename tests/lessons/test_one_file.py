"""One TOML file in `data/scenarios` is a demo, a lesson, an exam, snapshots and a page; no Python is touched for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Course, Finished, Reached
from stellr_tui.lessons.reading import load_scenario
from tests.lessons.classroom import room
from tests.lessons.files import THREE_STEPS, written

ROOT = Path(__file__).parents[2]
WITHIN = 180
PARTS = ("stellr_tui", "screens", "data", "tests/snapshots", "tests/conftest.py", "tests/waiting.py", "pyproject.toml")
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


def test_it_is_a_page(checkout: Path) -> None:
    made = run(checkout, "stellr_tui", "lesson", "export", ID, "--to", "made", "--language", "ja")
    assert made.returncode == 0, made.stderr
    assert "数量に「12」を入力します。" in (checkout / "made" / f"{ID}.html").read_text(encoding="utf-8")


def test_its_pictures_are_snapshots(checkout: Path) -> None:
    command = ("pytest", "-n", "0", "-q", "tests/snapshots/test_scenarios.py", "-k", f"{FILE} and 80x24")
    assert run(checkout, *command).returncode == 1
    made = run(checkout, *command, "--snapshot-update")
    assert made.returncode == 0, made.stdout
    kept = sorted((checkout / "tests" / "snapshots" / "__snapshots__" / "test_scenarios").iterdir())
    assert [one.name.partition("][")[2] for one in kept] == ["home].svg", "quantity].svg"]
    again = run(checkout, *command)
    assert again.returncode == 0, again.stdout
    kept[0].write_text(kept[0].read_text(encoding="utf-8").replace("ホーム", "ホール"), encoding="utf-8")
    other = run(checkout, *command)
    assert other.returncode == 1
    assert "['home']" in other.stdout


@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.GUIDE])
async def test_it_is_a_demo_and_a_lesson(mode: Mode, tmp_path: Path) -> None:
    filed = load_scenario(written(tmp_path, THREE_STEPS))
    async with room(filed, tmp_path / "world") as classroom:
        course = Course(filed.scenario, mode, monotonic())
        course.look(classroom.sight.look(), monotonic())
        for number, step in enumerate(filed.scenario.step, 1):
            assert await classroom.walks(step) is None
            first, *_ = course.look(classroom.sight.look(), monotonic())
            assert isinstance(first, Reached)
            assert first.number == number
    assert course.step is None
    assert [one.right for one in course.marks] == [True] * 3


@pytest.mark.parametrize(("steps", "passed"), [(3, True), (1, False)])
async def test_it_is_an_exam(steps: int, passed: bool, tmp_path: Path) -> None:
    filed = load_scenario(written(tmp_path, THREE_STEPS))
    async with room(filed, tmp_path / "world") as classroom:
        course = Course(filed.scenario, Mode.TEST, monotonic())
        for step in filed.scenario.step[:steps]:
            assert await classroom.walks(step) is None
        [done] = course.done(classroom.sight.look(), monotonic())
    assert isinstance(done, Finished)
    assert done.attempt.passed is passed

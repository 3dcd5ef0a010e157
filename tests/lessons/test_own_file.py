"""One TOML file is enough for a lesson; what is wrong in it is said with file and line."""

from pathlib import Path

import pytest

from stellr_tui.cli import main
from tests.lessons.files import SMALL, line_of, written


def test_a_file_anywhere_is_a_lesson_that_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path)
    assert main(["lesson", "check", str(path)]) == 0
    assert capsys.readouterr().out == "small: 問題なし\n"


def test_a_file_beside_the_settings_is_in_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "home" / "stellr-tui" / "scenarios"
    folder.mkdir(parents=True)
    written(folder)
    assert main(["lesson", "list", "--lang", "en"]) == 0
    assert "Open the top" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('target = "tile-stellr"', 'target = "tile-stelr"', "tile-stellr"),
        ('[{ press = "tile-stellr" }]', '[{ press = "tile" }]', "tile-stellr"),
        ('[{ press = "tile-stellr" }]', '[{ key = "visit.hme" }]', "visit.home"),
        ('until = { place = "home" }', 'until = { place = "hme" }', "home"),
        ('until = { place = "home" }', 'until = { place = "results" }', "「home」が表示されている"),
        ('until = { place = "home" }', 'until = { place = "portal" }', "操作の前から"),
        ('points = 1\nuntil = { place = "home" }', "points = 1\nuntil = { orders = 1 }", "オーダーは0件ある"),
        (
            'task = { ja = "ホームを開いてください。", en =',
            'task = { ja = "ホームを開いてください。", eng =',
            "exam.task.en",
        ),
        ("minutes = 1\n", "minuts = 1\n", "minuts"),
        ('until = { place = "home" }', 'until = { place = "home", order = "x" }', "一つだけ"),
        ('signed_in = "lucy"', 'signed_in = "nobody"', "ログインできません"),
    ],
)
def test_a_fault_is_said_with_its_file_and_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    right: str,
    wrong: str,
    said: str,
) -> None:
    monkeypatch.setattr("stellr_tui.classroom.actor.WITHIN", 1.0)
    text = SMALL.replace(right, wrong, 1)
    assert text != SMALL
    path = written(tmp_path, text)
    assert main(["lesson", "check", str(path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    first = line_of(text, wrong.strip().split("\n")[-1])
    assert any(line.startswith((f"{path}:{first}: ", f"{path}:1: ")) and said in line for line in lines), lines

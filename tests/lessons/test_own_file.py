"""One TOML file is enough for a lesson; what is wrong in it is said with file and line."""

import json
from pathlib import Path

import pytest

from stellr_tui.cli import main
from stellr_tui.lessons.shelf import find_scenarios, look_for
from stellr_tui.rules.findings import Reason
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


def test_as_json_every_finding_has_its_file_line_and_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path)
    wrong = 'until = { place = "portal" }'
    text = SMALL.replace('until = { place = "home" }', wrong, 1).replace('id = "small"', 'id = "other"')
    bad = written(tmp_path, text, "bad.toml")
    broken = written(tmp_path, "id = ", "broken.toml")
    assert main(["lesson", "check", "--json", str(good), str(bad), str(broken)]) == 1
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["checked"] == ["small", "other"]
    unreadable, early = document["findings"]
    assert (unreadable["file"], unreadable["reason"]) == (str(broken), "unreadable-file")
    assert (early["file"], early["line"], early["step"], early["reason"]) == (
        str(bad),
        line_of(text, wrong),
        "home",
        "holds-already",
    )
    assert "step.1.until" in early["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "レッスン「nowhere」は見つかりません（指定できるのは new-order"),
        (["nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_is_not_there_is_named(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "check", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_two_files_of_a_folder_cannot_have_one_id_and_what_is_required_must_be_there(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "stellr-tui" / "scenarios"
    folder.mkdir(parents=True)
    written(folder)
    twin = written(
        folder, SMALL.replace("minutes = 1", 'minutes = 1\nrequires = ["new-order", "no-such"]'), "twin.toml"
    )
    faults = look_for([str(twin)]).faults
    assert [(one.reason, one.facts["line"]) for one in faults] == [(Reason.WRONG_TYPE, 1), (Reason.NOT_A_CHOICE, 3)]
    # A file nobody asked for is no hindrance.
    assert [one.scenario.id for one in find_scenarios(["new-order"])] == ["new-order"]

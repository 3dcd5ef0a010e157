"""Attempts as xAPI 1.0.3 statements: they keep its rules, say what happened, and say the same when asked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stellr_tui.cli import main
from stellr_tui.lessons.attempt import Attempt, Mark, Mode
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Kept, Records
from stellr_tui.lessons.xapi import statements
from stellr_tui.reference.data import data_path
from tests.lessons.clock import MORNING, Clock, a_mark, an_attempt
from tests.lessons.xapi_rules import faults, read_lines

NEW_ORDER = load_scenario(data_path("scenarios", "01-new-order.toml")).scenario
VERBS = "http://adlnet.gov/expapi/verbs/"
NOW = MORNING + timedelta(days=1)


def practised(trainee: str = "花子", *, last_right: bool = True) -> tuple[Records, Kept]:
    """A lesson of three steps: at once, with a hint, and the last as asked."""
    clock = Clock()
    records = Records(now=clock)
    sitting = records.begin(trainee, "new-order", Mode.GUIDE)
    marks: list[Mark] = []
    for mark in (
        a_mark("sign-in", seconds=12.25),
        a_mark("open-stellr", hints=2, seconds=20.0),
        a_mark("send", right=last_right, seconds=30.0, possible=10),
    ):
        clock.wait(mark.seconds)
        marks.append(mark)
        sitting.keep({"marks": [one.as_mapping() for one in marks]})
    return records, sitting.finish(an_attempt(*marks))


def examined(*, lost: str = "") -> Kept:
    """An exam of two things, one of which is wrong."""
    wrong = Mark("must-2", False, False, 0, 0.0, 0, 30, "数量は10")
    return (
        Records(now=Clock())
        .begin("hanako@Example.co.jp", "new-order", Mode.TEST)
        .finish(an_attempt(a_mark("must-1", possible=30, seconds=0.0), wrong, mode=Mode.TEST, lost=lost))
    )


def nothing_to_do() -> Kept:
    """A lesson without a step that counts."""
    return (
        Records(now=Clock()).begin("=1+1", "gone", Mode.GUIDE).finish(Attempt("gone", Mode.GUIDE, (), 0.0, 0, 0, True))
    )


def told(kept: Kept, **options: Any) -> list[dict[str, Any]]:
    return list(statements(kept, NEW_ORDER, **options))


def verbs(said: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["id"].removeprefix(VERBS) for one in said]


@pytest.mark.parametrize(
    "keep",
    [
        lambda: practised()[1],
        lambda: practised("hanako@example.com")[1],
        lambda: practised(last_right=False)[1],
        examined,
        lambda: examined(lost="締切の15日を過ぎました"),
        nothing_to_do,
    ],
    ids=["practised", "by-mail", "not-finished", "examined", "lost", "nothing-to-do"],
)
@pytest.mark.parametrize("known", [True, False])
def test_every_statement_keeps_the_rules_of_the_specification(keep: Callable[[], Kept], known: bool) -> None:
    said = list(statements(keep(), NEW_ORDER if known else None))
    assert len(said) >= 2
    for one in read_lines("\n".join(json.dumps(one) for one in said)):
        assert faults(one, NOW) == []


def test_a_lesson_is_told_from_its_beginning_to_its_end() -> None:
    _records, kept = practised()
    said = told(kept)
    assert verbs(said) == ["attempted", "completed", "completed", "completed", "completed", "passed"]
    assert [one["timestamp"] for one in said] == [
        "2024-05-16T00:30:00.000Z",
        "2024-05-16T00:30:12.250Z",
        "2024-05-16T00:30:32.250Z",
        *["2024-05-16T00:31:02.250Z"] * 3,
    ]
    whole = said[-1]
    assert whole["result"]["score"] == {"scaled": 0.9286, "raw": 13, "min": 0, "max": 14}
    assert whole["result"]["success"] is True
    assert whole["result"]["completion"] is True
    assert whole["result"]["duration"] == "PT62.25S"
    assert whole["object"]["definition"]["name"] == {"ja-JP": NEW_ORDER.title.ja, "en-US": NEW_ORDER.title.en}
    assert whole["object"]["definition"]["type"] == "http://adlnet.gov/expapi/activities/lesson"
    assert whole["context"]["language"] == "ja-JP"
    assert whole["context"]["platform"] == "stellr-tui"
    hinted = said[2]
    assert hinted["result"]["extensions"] == {
        "https://stellr-tui.invalid/extensions/first-try": False,
        "https://stellr-tui.invalid/extensions/hints": 2,
    }
    assert hinted["object"]["definition"]["name"] == {
        "ja-JP": "「StreamOne Stellr」のタイルを開きます",
        "en-US": "Open the tile StreamOne Stellr",
    }


def test_every_step_is_an_activity_of_its_own_below_its_lesson() -> None:
    _records, kept = practised()
    attempted, *steps, _completed, whole = told(kept)
    assert [one["object"]["id"].rpartition("/")[2] for one in steps] == ["sign-in", "open-stellr", "send"]
    for step in steps:
        assert [one["id"] for one in step["context"]["contextActivities"]["parent"]] == [whole["object"]["id"]]
        assert step["context"]["contextActivities"]["grouping"] == whole["context"]["contextActivities"]["grouping"]
        assert step["context"]["registration"] == attempted["context"]["registration"] == str(kept.id)


def test_a_lesson_that_was_not_finished_is_failed_and_not_completed() -> None:
    said = told(practised(last_right=False)[1])
    assert verbs(said) == ["attempted", "completed", "completed", "failed", "failed"]
    assert said[-1]["result"]["completion"] is False


def test_an_exam_is_an_assessment_of_what_must_be_true() -> None:
    said = told(examined())
    assert verbs(said) == ["attempted", "passed", "failed", "completed", "failed"]
    exam, must = said[-1]["object"], said[2]
    assert exam["definition"]["type"] == "http://adlnet.gov/expapi/activities/assessment"
    assert exam["definition"]["description"]["en-US"] == NEW_ORDER.exam.task.en
    assert must["object"]["definition"]["name"]["ja-JP"] == NEW_ORDER.exam.must[1].name.ja
    assert must["result"]["extensions"]["https://stellr-tui.invalid/extensions/instead"] == "数量は10"
    assert exam["id"] != told(practised()[1])[-1]["object"]["id"]
    lost = told(examined(lost="締切の15日を過ぎました"))
    assert verbs(lost) == ["attempted", "passed", "failed", "failed"]
    assert "締切の15日を過ぎました" in lost[-1]["result"]["extensions"].values()


def test_the_actor_is_the_address_or_the_name_that_was_given_and_nothing_else() -> None:
    assert told(practised("花子")[1])[0]["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "https://stellr-tui.invalid", "name": "花子"},
    }
    assert told(examined())[0]["actor"] == {"objectType": "Agent", "mbox": "mailto:hanako@example.co.jp"}


def test_told_again_every_statement_is_the_same_and_no_two_share_an_id() -> None:
    records, kept = practised()
    first, again = told(kept), told(records.attempts()[0])
    assert first == again
    _other, another = practised()
    ids = [one["id"] for one in [*first, *told(another), *told(kept, site="https://training.example.co.jp")]]
    assert len(set(ids)) == len(ids)


def test_the_command_writes_one_statement_a_line_below_the_site_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practised()
    site = "https://training.example.co.jp/stellr"
    assert main(["lesson", "results", "--xapi", str(tmp_path / "out.jsonl"), "--site", f"{site}/"]) == 0
    assert capsys.readouterr().out == ""
    said = read_lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert len(said) == 6
    assert said[0]["object"]["id"] == f"{site}/lessons/new-order"
    assert said[0]["actor"]["account"]["homePage"] == site
    assert main(["lesson", "results", "--xapi", "-", "--site", site]) == 0
    assert read_lines(capsys.readouterr().out) == said


@pytest.mark.parametrize("site", ["training", "ftp://x", "https://", "https://a b", "https://x/?q=1", "javascript:1"])
def test_a_site_is_an_address_of_the_web(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "results", "--xapi", "-", "--site", site]) == 2
    assert "https://" in capsys.readouterr().err


# That the rules can be broken.

SCORE = ("result", "score")
BROKEN: list[tuple[str, tuple[str | int, ...], Any]] = [
    ("no actor", ("actor",), ...),
    ("no verb", ("verb",), ...),
    ("no object", ("object",), ...),
    ("id that is no UUID", ("id",), "1"),
    ("id in braces", ("id",), "{9a5f1c7e-6d0b-4d6c-9b62-0d1d3e5b8f10}"),
    ("id without hyphens", ("id",), "9a5f1c7e6d0b4d6c9b620d1d3e5b8f10"),
    ("null", ("result", "response"), None),
    ("unknown property", ("mood",), "good"),
    ("unknown property within", ("verb", "name"), "x"),
    ("property in another case", ("Timestamp",), "2024-05-16T00:30:00.000Z"),
    ("verb without a scheme", ("verb", "id"), "adlnet.gov/expapi/verbs/passed"),
    ("verb with a blank", ("verb", "id"), "http://adlnet.gov/a b"),
    ("activity with a bad escape", ("object", "id"), "http://x/%zz"),
    ("empty activity id", ("object", "id"), ""),
    ("language that is none", ("verb", "display"), {"japanese_": "x"}),
    ("language with an empty part", ("verb", "display"), {"ja-": "x"}),
    ("words that are a number", ("verb", "display"), {"ja": 1}),
    ("two identities", ("actor", "mbox"), "mailto:a@example.com"),
    ("no identity", ("actor",), {"objectType": "Agent", "name": "花子"}),
    ("mail that is no mailto", ("actor",), {"mbox": "a@example.com"}),
    ("account without a home", ("actor",), {"account": {"name": "花子"}}),
    ("home that is no address", ("actor",), {"account": {"name": "花子", "homePage": "urn:x:y"}}),
    ("score as words", (*SCORE, "raw"), "13"),
    ("scaled beyond 1", (*SCORE, "scaled"), 1.5),
    ("raw beyond max", (*SCORE, "raw"), 15),
    ("raw below min", (*SCORE, "raw"), -1),
    ("min that is max", (*SCORE, "min"), 14),
    ("success as a word", ("result", "success"), "true"),
    ("duration in words", ("result", "duration"), "1 min"),
    ("duration without a part", ("result", "duration"), "PT"),
    ("duration with weeks and days", ("result", "duration"), "P4W1D"),
    ("duration with a fraction in the middle", ("result", "duration"), "PT1.5M3S"),
    ("duration as a time", ("result", "duration"), "P0000-00-00T00:01:00"),
    ("extension without an IRI", ("result", "extensions"), {"hints": 1}),
    ("registration that is no UUID", ("context", "registration"), "花子"),
    ("context activity of an unknown kind", ("context", "contextActivities", "sibling"), []),
    ("language in context", ("context", "language"), "日本語"),
    ("platform of a person", ("object",), {"objectType": "Agent", "mbox": "mailto:a@example.com"}),
    ("object of another kind", ("object", "objectType"), "activity"),
    ("time without a zone", ("timestamp",), "2024-05-16T00:30:00.000"),
    ("time of an unknown zone", ("timestamp",), "2024-05-16T00:30:00.000-00:00"),
    ("time to the second", ("timestamp",), "2024-05-16T00:30:00Z"),
    ("day that is none", ("timestamp",), "2024-02-30T00:30:00.000Z"),
    ("time to come", ("timestamp",), "2034-05-16T00:30:00.000Z"),
    ("version of another", ("version",), "1.1.0"),
    ("voided activity", ("verb", "id"), f"{VERBS}voided"),
    ("component without interaction", ("object", "definition", "choices"), []),
    ("empty object", ("verb", "display"), {}),
]


@pytest.mark.parametrize(
    ("way", "value"), [(way, value) for _name, way, value in BROKEN], ids=[one[0] for one in BROKEN]
)
def test_the_rules_notice(way: tuple[str, ...], value: Any) -> None:
    statement = deepcopy(told(practised()[1])[-1])
    assert faults(statement, NOW) == []
    inside = statement
    for key in way[:-1]:
        inside = inside[key]
    if value is ...:
        del inside[way[-1]]
    else:
        inside[way[-1]] = value
    assert faults(statement, NOW) != []


@pytest.mark.parametrize("line", ['{"id": "a", "id": "b"}', '{"raw": NaN}', "{} {}"])
def test_the_rules_notice_what_is_not_json(line: str) -> None:
    with pytest.raises(ValueError):
        read_lines(line)


@pytest.mark.parametrize(
    "duration", ["PT4H35M59.14S", "PT16559.14S", "P3Y1M29DT4H35M59.14S", "P3Y", "P4W", "PT0S", "P1.5D"]
)
def test_the_rules_know_the_durations_of_the_specification(duration: str) -> None:
    statement = told(practised()[1])[-1]
    statement["result"]["duration"] = duration
    assert faults(statement, NOW) == []

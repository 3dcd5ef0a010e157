"""The published schema and the reader agree: what one takes the other takes, and what one refuses so does the other."""

import json
import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.schema import schema
from stellr_tui.reference.data import data_path
from stellr_tui.rules.findings import Refused
from tests.lessons.files import SMALL, written

SHIPPED = sorted(data_path("scenarios").glob("*.toml"))
PUBLISHED = json.loads(data_path("scenarios", "scenario.schema.json").read_text(encoding="utf-8"))

# A key of the small lesson by its way there, and what stands there instead; None: the key is left out.
FAULTS: tuple[tuple[str, object], ...] = (
    ("id", None),
    ("id", "Not An Id"),
    ("id", 5),
    ("title", None),
    ("title", {"ja": "日本語だけ"}),
    ("title", {"ja": "x", "en": "x", "fr": "x"}),
    ("title", {"ja": "x", "en": ""}),
    ("minutes", 0),
    ("minutes", "5"),
    ("minutes", 1.5),
    ("requires", "new-order"),
    ("requires", [1]),
    ("world", None),
    ("world.today", None),
    ("world.today", "11.3.2024"),
    ("world.tomorrow", "x"),
    ("world.policy", "x"),
    ("world.past", [{}]),
    ("world.past", [{"cart": [{"sku": "1", "seats": 1}], "today": date(2024, 3, 12)}]),
    ("world.past", [{"cart": [{"sku": "1", "seats": 0}]}]),
    ("world.past", [{"change": {"po_number": "x", "kind": "double"}}]),
    ("step", None),
    ("step.0.id", None),
    ("step.0.target", None),
    ("step", []),
    ("step.0.target", ""),
    ("step.0.until", None),
    ("step.0.until", {"place": ""}),
    ("exam.must", []),
    ("step.0.do", [{}]),
    ("step.0.do", [{"press": "a", "fill": "b", "with": "c"}]),
    ("step.0.do", [{"fill": "a"}]),
    ("step.0.do", [{"click": "a"}]),
    ("step.0.do", {"press": "a"}),
    ("step.0.do", [{"open": "nowhere"}]),
    ("step.0.way", [{"press": "a"}]),
    ("step.0.until", {}),
    ("step.0.until", {"place": "home", "order": "x"}),
    ("step.0.until", {"order": "x", "seats": "1"}),
    ("step.0.until", {"order": "x", "status": "lost"}),
    ("step.0.until", {"contract": True}),
    ("step.0.until", {"all": {"place": "home"}}),
    ("step.0.until", {"not": [{"place": "home"}]}),
    ("step.0.until", {"any": [{"nothing": 1}]}),
    ("step.0.points", -1),
    ("step.0.picture", "yes"),
    ("step.0.hint", ["words"]),
    ("step.0.lost", {"when": {"after": date(2024, 3, 15)}}),
    ("step.0.at", {"do": []}),
    ("exam", None),
    ("exam.pass_mark", 101),
    ("exam.must", None),
    ("exam.must.0.name", None),
    ("exam.must.0.until", None),
)
GOOD: tuple[tuple[str, object], ...] = (
    ("title", "Both the same"),
    ("requires", ["new-order"]),
    ("world.policy", {"approval": "operator"}),
    ("world.past", [{"cart": [{"sku": "1", "seats": 2}]}, {"today": date(2024, 3, 12)}]),
    ("world.past", [{"withdraw": {"po_number": "x"}}, {"send_back": {"po_number": "x", "reason": "y"}}]),
    ("step.0.until", {"contract": 81766, "change": "none"}),
    ("step.0.until", {"shown": "x", "says": {"ja": "a", "en": "b"}}),
    ("step.0.until", {"all": [{"any": [{"place": "home"}, {"not": {"orders": 0}}]}]}),
    ("step.0.way", [[{"open": "home"}], [{"type": "x"}, {"choose": "t", "row": "r"}]]),
    ("step.0.hint", [{"ja": "a", "en": "b"}]),
    ("step.0.at", {"place": "home", "do": [{"key": "visit.home"}]}),
    ("exam.minutes", 20),
)


def test_the_published_file_is_the_schema_as_it_is() -> None:
    assert schema() == PUBLISHED
    Draft202012Validator.check_schema(PUBLISHED)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_lesson_is_as_the_schema_says(path: Path) -> None:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(PUBLISHED).iter_errors(as_json(document))] == []


@pytest.mark.parametrize(("key", "value"), FAULTS, ids=str)
def test_what_the_schema_refuses_the_reader_refuses(key: str, value: object, tmp_path: Path) -> None:
    document = changed(key, value)
    assert not Draft202012Validator(PUBLISHED).is_valid(as_json(document))
    with pytest.raises(Refused) as refused:
        load_scenario(written(tmp_path, as_toml(document)))
    assert all(one.facts["line"] for one in refused.value.findings)


@pytest.mark.parametrize(("key", "value"), GOOD, ids=str)
def test_what_the_schema_takes_the_reader_takes(key: str, value: object, tmp_path: Path) -> None:
    document = changed(key, value)
    assert Draft202012Validator(PUBLISHED).is_valid(as_json(document))
    load_scenario(written(tmp_path, as_toml(document)))


def changed(key: str, value: object) -> dict[str, Any]:
    """The small lesson with another value at `step.0.id`; None takes the key out."""
    document = deepcopy(tomllib.loads(SMALL))
    *way, last = key.split(".")
    inside: Any = document
    for part in way:
        inside = inside[int(part)] if part.isdecimal() else inside[part]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return document


def as_json(value: Any) -> Any:
    """The document as an editor's checker of TOML sees it: days are text."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def as_toml(document: dict[str, Any]) -> str:
    """The document as a file, a line for each key at the top."""
    return "".join(f"{key} = {_inline(value)}\n" for key, value in document.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_inline(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)

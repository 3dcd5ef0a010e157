"""The format of a scenario's file as JSON Schema, for editors: the same classes that `reading` reads by."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from stellr_tui.lessons.conditions import Condition
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.reading import RANGES, kinds, plain, shape
from stellr_tui.lessons.scenario import Past, Scenario, Step
from stellr_tui.lessons.wording import Wording

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# TOML's own dates; editors see them as text.
_DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_LINE = {"type": "string", "minLength": 1}
_REFERENCES = {Condition: "condition", Intent: "intent", Wording: "wording"}


def schema() -> dict[str, Any]:
    """The whole format. What is read by others, an order or the policy, is a table like any other."""
    both = {"ja": {"$ref": "#/$defs/lines"}, "en": {"$ref": "#/$defs/lines"}}
    return {
        "$schema": DIALECT,
        "title": "A lesson of stellr",
        **_table(Scenario),
        "$defs": {
            "lines": _LINE,
            "languages": {
                "type": "object",
                "properties": both,
                "required": ["ja", "en"],
                "additionalProperties": False,
            },
            "wording": {"anyOf": [_LINE, {"$ref": "#/$defs/languages"}]},
            "condition": {"oneOf": [_table(one) for one in kinds(Condition).values()]},
            "intent": {"oneOf": [_table(one) for one in kinds(Intent).values()]},
        },
    }


def _table(kind: type) -> dict[str, Any]:
    table: dict[str, Any] = {
        "type": "object",
        "properties": {key: _value(hint) | _filled(hint, needed) for key, (hint, needed) in shape(kind).items()},
        "additionalProperties": False,
    }
    if needed := [key for key, (_hint, needed) in shape(kind).items() if needed]:
        table["required"] = needed
    if kind is Past:
        table |= {"minProperties": 1, "maxProperties": 1}
    if kind is Step:
        table["dependentRequired"] = {"do": ["until"]}
    if summary := (kind.__doc__ or "").partition("\n")[0]:
        table["description"] = summary
    return table


def _filled(hint: Any, needed: bool) -> dict[str, Any]:
    """What must be there must not be empty either."""
    if needed and hint is str:
        return {"minLength": 1}
    return {"minItems": 1} if needed and get_origin(hint) is tuple else {}


def _value(hint: Any) -> dict[str, Any]:
    hint, note = plain(hint), ""
    if get_origin(hint) is Annotated:
        hint, note = get_args(hint)
    if hint in _REFERENCES:
        return {"$ref": f"#/$defs/{_REFERENCES[hint]}"}
    if hint == str | int:
        return {"anyOf": [_LINE, {"type": "integer", "minimum": 0}]}
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        # A list of words is always in both languages.
        return {"type": "array", "items": {"$ref": "#/$defs/languages"} if inner is Wording else _value(inner)}
    if note == "id":
        return {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
    if note == "table":
        return {"type": "object"}
    if hint is int:
        least, most = RANGES.get(note, (0, None))
        return {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})
    if hint is bool:
        return {"type": "boolean"}
    if hint is date:
        return _DAY
    if hint is str:
        return {"type": "string"}
    return {"enum": list(hint)} if issubclass(hint, StrEnum) else _table(hint)

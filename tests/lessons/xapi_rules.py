"""The rules of xAPI 1.0.3 (github.com/adlnet/xAPI-Spec, part two): a JSON Schema, and what no schema can say.

Where the specification leaves a store the choice, the strict reading is taken: nothing that a store may reject.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker

SCHEMA = json.loads(Path(__file__).with_name("xapi.schema.json").read_text(encoding="utf-8"))
VOIDED = "http://adlnet.gov/expapi/verbs/voided"

# RFC 3987: a scheme, and none of the characters that must not stand in an IRI as they are.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:%[0-9A-Fa-f]{2}|[^\s%<>\"{}|\\^`\x00-\x20\x7f])+")
_IRL = re.compile(r"(?:https?|ftp)://[^/?#\s]+")
_MAILTO = re.compile(r"mailto:[^@\s:<>,;]+@[^@\s<>,;]+")
# RFC 5646: language, script, region, variants, extensions, private use.
_LANGUAGE = re.compile(
    r"""(?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4,8} )
        (?: -[a-z]{4} )? (?: -(?: [a-z]{2} | [0-9]{3} ) )?
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )* (?: -x (?: -[a-z0-9]{1,8} )+ )?
        | x (?: -[a-z0-9]{1,8} )+""",
    re.VERBOSE | re.IGNORECASE,
)
# ISO 8601:2004 4.4.3.2; only the smallest part may have a fraction, and weeks stand alone.
_DURATION = re.compile(
    r"""P (?: \d+(?:[.,]\d+)?W
        | (?=[\dT]) (?: \d+(?:[.,]\d+)?Y$ | \d+Y )? (?: \d+(?:[.,]\d+)?M$ | \d+M )? (?: \d+(?:[.,]\d+)?D$ | \d+D )?
          (?: T (?=\d) (?: \d+(?:[.,]\d+)?H$ | \d+H )? (?: \d+(?:[.,]\d+)?M$ | \d+M )? (?: \d+(?:[.,]\d+)?S )? )? )""",
    re.VERBOSE,
)
# RFC 3339, with at least milliseconds, and without the offset that means "unknown".
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,}(?:Z|[+-]\d{2}:\d{2})")

formats = FormatChecker(formats=())


def _whole(pattern: re.Pattern[str], value: object) -> bool:
    return not isinstance(value, str) or pattern.fullmatch(value) is not None


formats.checks("x-iri")(lambda value: _whole(_IRI, value))
formats.checks("x-irl")(lambda value: _whole(_IRI, value) and (not isinstance(value, str) or bool(_IRL.match(value))))
formats.checks("x-mailto")(lambda value: _whole(_MAILTO, value))
formats.checks("x-language")(lambda value: _whole(_LANGUAGE, value))
formats.checks("x-duration")(lambda value: _whole(_DURATION, value))


@formats.checks("x-uuid", raises=ValueError)
def _is_uuid(value: object) -> bool:
    """In its standard form: neither in braces nor without hyphens."""
    return not isinstance(value, str) or str(UUID(value)) == value.lower()


@formats.checks("x-timestamp", raises=ValueError)
def _is_timestamp(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_TIMESTAMP.fullmatch(value) and not value.endswith("-00:00") and datetime.fromisoformat(value))


_VALIDATOR = Draft202012Validator(SCHEMA, format_checker=formats)


def faults(statement: Any, now: datetime) -> list[str]:
    """Everything that a store could reject."""
    found = [f"{error.json_path}: {error.message}" for error in _VALIDATOR.iter_errors(statement)]
    if not found:
        found += _further(statement, now)
    return found


def read_lines(text: str) -> list[Any]:
    """One statement a line. Raises ValueError for a key that comes twice, and for numbers that JSON does not have."""
    return [json.loads(line, object_pairs_hook=_once, parse_constant=_no_number) for line in text.splitlines()]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _value in pairs}) < len(pairs):
        raise ValueError(f"twice: {pairs}")
    return dict(pairs)


def _no_number(word: str) -> float:
    raise ValueError(word)


def _further(statement: Mapping[str, Any], now: datetime) -> Iterator[str]:
    yield from _said_of(statement)
    yield from (f"empty: {path}" for path in _empty(statement, "$"))
    if "timestamp" in statement and datetime.fromisoformat(statement["timestamp"]) > now:
        yield "in the future"
    if statement["verb"]["id"] == VOIDED and statement["object"].get("objectType") != "StatementRef":
        yield "only a statement can be voided"
    if statement["object"].get("objectType") == "SubStatement":
        yield from _said_of(statement["object"])


def _said_of(statement: Mapping[str, Any]) -> Iterator[str]:
    score = statement.get("result", {}).get("score", {})
    least, most, raw = score.get("min"), score.get("max"), score.get("raw")
    if least is not None and most is not None and least >= most:
        yield "min is not below max"
    if raw is not None and not (raw if least is None else least) <= raw <= (raw if most is None else most):
        yield "raw is not between min and max"
    if statement["object"].get("objectType", "Activity") != "Activity":
        for key in {"platform", "revision"} & statement.get("context", {}).keys():
            yield f"{key} belongs to activities only"


def _empty(value: Any, path: str) -> Iterator[str]:
    """Objects with nothing in them, which ought not to be sent."""
    if isinstance(value, Mapping):
        if not value:
            yield path
        for key, one in value.items():
            if key != "extensions":
                yield from _empty(one, f"{path}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _empty(one, f"{path}[{number}]")

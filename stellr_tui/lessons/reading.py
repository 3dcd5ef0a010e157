"""Reading a scenario's file: its classes are the format, and every fault is named with file, line and key."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from stellr_tui.lessons.conditions import Condition
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.scenario import Filed, Past, Scenario, Source
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.toml_file import Section, read_toml
from stellr_tui.reference.toml_lines import lines_of
from stellr_tui.rules.findings import Finding, Reason, Refused

# Kinds of values that are written by the name of their first field.
_NAMED = (Condition, Intent)
_LARGEST = 2**31 - 1
RANGES = {"count": (1, _LARGEST), "points": (0, _LARGEST), "percent": (0, 100)}


def load_scenario(path: Path) -> Filed:
    """The scenario of a file.

    Refused with every fault: UNREADABLE_FILE, UNKNOWN_KEY, WRONG_TYPE, REQUIRED and what `rules.fields.text` refuses;
    file and line are in their facts.
    """
    section = Section(read_toml(path))
    source = Source(path, lines_of(path.read_text(encoding="utf-8")))
    scenario: Scenario = _read(section, Scenario)
    _look_through(section, scenario)
    if section.findings:
        raise Refused(*(in_source(one, source) for one in section.findings))
    return Filed(scenario, source)


def in_source(finding: Finding, source: Source) -> Finding:
    """The finding with the file and the line of its key in its facts."""
    facts = {**finding.facts, "file": str(source.path), "line": source.line(finding.field)}
    return replace(finding, facts=facts)


def key_of(name: str) -> str:
    """The key of a field: `with_` is `with`, which is one of Python's words."""
    return name.rstrip("_")


@cache
def shape(kind: Any) -> Mapping[str, tuple[Any, bool]]:
    """What a table holds: by key the type of its value, and whether it must be there."""
    hints = get_type_hints(kind, include_extras=True)
    return {key_of(one.name): (hints[one.name], _is_needed(one)) for one in fields(kind)}


@cache
def kinds(union: Any) -> Mapping[str, type]:
    """The kinds of a statement or an intent, by the key each is written by."""
    return {next(iter(shape(one))): one for one in get_args(union)}


def plain(hint: Any) -> Any:
    """A type without the None of what may be left out."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    kept = [one for one in get_args(hint) if one is not type(None)]
    return reduce(or_, kept)


def _read(section: Section, kind: Any) -> Any:
    """A table as a value of its kind; what is wrong is remembered by the section, and empty in the value."""
    names = {key_of(one.name): one.name for one in fields(kind)}
    given = {
        names[key]: _value(section, key, hint, needed=needed)
        for key, (hint, needed) in shape(kind).items()
        if needed or section.has(key)
    }
    section.close()
    return kind(**given)


def _value(section: Section, key: str, hint: Any, *, needed: bool) -> Any:
    note = ""
    if get_origin(hint) is Annotated:
        hint, note = get_args(hint)
    hint = plain(hint)
    if hint in _NAMED:
        return _named(section.table(key), hint)
    if hint == str | int:
        return section.text_or_number(key)
    if get_origin(hint) is Annotated:
        return _value(section, key, hint, needed=needed)
    if get_origin(hint) is tuple:
        return tuple(_items(section, key, get_args(hint)[0], needed=needed))
    if hint is str and note == "id":
        return section.text(key, pattern=r"[a-z0-9][a-z0-9-]*", allowed="code")
    if hint is str:
        return section.text(key, required=needed)
    if hint is int:
        return section.number(key, *RANGES.get(note, (0, _LARGEST)))
    if hint is bool:
        return section.flag(key)
    if hint is date:
        return section.day(key)
    if hint is Wording:
        return _wording(section, key)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return section.choice(key, hint)
    if note == "table":
        return section.raw(key)
    table = section.table(key)
    return None if table is None else _read(table, hint)


def _items(section: Section, key: str, kind: Any, *, needed: bool) -> Iterable[Any]:
    if kind is str:
        return section.texts(key)
    if kind is Wording:
        return [_words_of(one) for one in section.sections(key, required=needed)]
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return [[_named(one, inner) for one in each] for each in section.lists(key)]
    sections = section.sections(key, required=needed)
    return [_named(one, kind) if kind in _NAMED else _read(one, kind) for one in sections]


def _named(section: Section | None, union: Any) -> Any:
    """A statement or an intent, by the key that says which one it is."""
    if section is None:
        return None
    known = kinds(union)
    said = [key for key in known if section.has(key)]
    if len(said) != 1:
        section.refuse_table(", ".join(known))
        return None
    return _read(section, known[said[0]])


def _wording(section: Section, key: str) -> Wording | None:
    """Words in every language, or one line that reads the same in all of them."""
    if section.holds_text(key):
        said = section.text(key)
        return Wording(said, said)
    table = section.table(key)
    return None if table is None else _words_of(table)


def _words_of(section: Section) -> Wording:
    said = Wording(section.prose("ja"), section.prose("en"))
    section.close()
    return said


def _look_through(section: Section, scenario: Scenario) -> None:
    """What no single key can say: ids that come twice, things of the past that are none or several."""
    seen: set[str] = set()
    for number, step in enumerate(scenario.step, 1):
        if step.id and step.id in seen:
            section.findings.append(Finding(Reason.WRONG_TYPE, f"step.{number}.id", step.id, {"allowed": "unique"}))
        seen.add(step.id)
        if step.do and step.until is None:
            section.findings.append(Finding(Reason.REQUIRED, f"step.{number}.until"))
    if scenario.world and scenario.world.place and not scenario.world.signed_in:
        section.findings.append(Finding(Reason.REQUIRED, "world.signed_in"))
    for number, past in enumerate(scenario.world.past if scenario.world else (), 1):
        if sum(bool(getattr(past, one.name)) for one in fields(Past)) != 1:
            allowed = ", ".join(one.name for one in fields(Past))
            section.findings.append(Finding(Reason.ONE_OF, f"world.past.{number}", "", {"allowed": allowed}))


def _is_needed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING

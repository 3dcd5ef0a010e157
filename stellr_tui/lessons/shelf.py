"""Where scenarios are kept: those that are shipped, and the user's own beside the settings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stellr_tui.lessons.reading import in_source, load_scenario
from stellr_tui.lessons.scenario import Filed, Scenario
from stellr_tui.reference.data import data_path, settings_folder
from stellr_tui.rules.findings import Finding, Reason, Refused

FOLDER = "scenarios"


@dataclass(frozen=True, slots=True)
class Found:
    """The scenarios that were asked for, as far as they can be read, and what is wrong with the others."""

    scenarios: tuple[Filed, ...]
    faults: tuple[Finding, ...]


def scenario_files() -> tuple[Path, ...]:
    """The files, shipped ones first, each folder by name."""
    folders = (data_path(FOLDER), settings_folder() / FOLDER)
    return tuple(path for folder in folders for path in sorted(folder.glob("*.toml")))


def find_scenarios(named: Sequence[str] = ()) -> tuple[Filed, ...]:
    """The scenarios of these ids or files, in that order; without any, all that are kept.

    Refused: what `look_for` finds wrong.
    """
    found = look_for(named)
    if found.faults:
        raise Refused(*found.faults)
    return found.scenarios


def look_for(named: Sequence[str] = ()) -> Found:
    """The scenarios of these ids or files, and what is wrong: every fault of the files that were asked for.

    UNKNOWN_LESSON (facts: allowed) for an id that is nobody's; WRONG_TYPE for one that two have; NOT_A_CHOICE for what
    is required and does not exist. A file nobody asked for is no hindrance, whatever it holds.
    """
    read = {path: _load(path) for path in [*scenario_files(), *(Path(one) for one in named if _is_file(one))]}
    by_id: dict[str, Filed] = {}
    for one in read.values():
        if isinstance(one, Filed):
            by_id.setdefault(one.scenario.id, one)
    found: list[Filed] = []
    faults: list[Finding] = []
    asked: list[Filed | Refused | str] = [read[Path(one)] if _is_file(one) else by_id.get(one, one) for one in named]
    for each in asked if named else read.values():
        match each:
            case Filed():
                found.append(each)
                faults += _faults_among(each, by_id)
            case Refused():
                faults += each.findings
            case str():
                faults.append(Finding(Reason.UNKNOWN_LESSON, "", each, {"allowed": ", ".join(by_id)}))
    return Found(tuple(found), tuple(faults))


def _is_file(named: str) -> bool:
    return Path(named).suffix == ".toml"


def _load(path: Path) -> Filed | Refused:
    try:
        return load_scenario(path)
    except Refused as refused:
        return refused


def _faults_among(filed: Filed, by_id: dict[str, Filed]) -> Iterable[Finding]:
    """What is wrong with a scenario among the others."""

    def faults() -> Iterator[Finding]:
        other = by_id[filed.scenario.id].source.path
        if other != filed.source.path and other.parent == filed.source.path.parent:
            yield Finding(Reason.WRONG_TYPE, "id", filed.scenario.id, {"allowed": "unique"})
        for number, one in enumerate(filed.scenario.requires, 1):
            if one not in by_id:
                yield Finding(Reason.NOT_A_CHOICE, f"requires.{number}", one, {"allowed": ", ".join(by_id)})

    return [in_source(one, filed.source) for one in faults()]


def following(id: str) -> Scenario | None:
    """The scenario that comes behind another one; None behind the last."""
    kept = [one.scenario for one in look_for().scenarios]
    ids = [one.id for one in kept]
    return kept[ids.index(id) + 1] if id in ids[:-1] else None

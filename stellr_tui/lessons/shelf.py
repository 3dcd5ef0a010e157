"""Where scenarios are kept: those that are shipped, and the user's own beside the settings."""

from collections.abc import Sequence
from pathlib import Path

from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.scenario import Filed
from stellr_tui.reference.data import data_path, settings_folder
from stellr_tui.rules.findings import Finding, Reason, Refused

FOLDER = "scenarios"


def scenario_files() -> tuple[Path, ...]:
    """The files, shipped ones first, each folder by name."""
    folders = (data_path(FOLDER), settings_folder() / FOLDER)
    return tuple(path for folder in folders for path in sorted(folder.glob("*.toml")))


def find_scenarios(named: Sequence[str] = ()) -> tuple[Filed, ...]:
    """The scenarios of these ids or files, in that order; without any, all that are kept.

    Refused: UNKNOWN_LESSON (facts: allowed), and every fault of the files that were read.
    """
    kept = dict.fromkeys(scenario_files())
    files = [Path(one) for one in named if Path(one).suffix == ".toml"]
    ids = [one for one in named if Path(one).suffix != ".toml"]
    faults: list[Finding] = []
    by_id: dict[str, Filed] = {}
    by_file: dict[Path, Filed] = {}
    for path in [*files, *(kept if ids or not named else ())]:
        try:
            filed = load_scenario(path)
        except Refused as refused:
            faults += refused.findings
            continue
        by_file[path] = filed
        by_id.setdefault(filed.scenario.id, filed)
    missing = [one for one in ids if one not in by_id]
    if missing and not faults:
        allowed = {"allowed": ", ".join(by_id)}
        faults += [Finding(Reason.UNKNOWN_LESSON, "", one, allowed) for one in missing]
    if faults:
        raise Refused(*faults)
    if not named:
        return tuple(by_file.values())
    return tuple(by_file[Path(one)] if Path(one).suffix == ".toml" else by_id[one] for one in named)

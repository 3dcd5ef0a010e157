"""Where a trainee's lesson is kept while it is under way: its world and how far one has come, in its own folder."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from stellr_tui.lessons.engine import Course
from stellr_tui.lessons.scenario import Scenario
from stellr_tui.reference.data import data_folder

PROGRESS = "progress.json"


def lesson_folder(trainee: str, scenario: str) -> Path:
    """The folder for a trainee and a scenario; people may be called anything."""
    plain = re.sub(r"[^0-9A-Za-z_-]", "", trainee)[:20]
    told_apart = hashlib.sha256(trainee.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return data_folder() / "lessons" / f"{plain}-{told_apart}" / scenario


def keep(course: Course, folder: Path) -> None:
    """Write down how far one has come: at once and whole, also where the program is killed meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{PROGRESS}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(course.as_mapping(), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / PROGRESS)


def kept(scenario: Scenario, folder: Path, now: float) -> Course | None:
    """The course as it was kept; None where there is none, or what is there cannot be read any more."""
    try:
        return Course.resumed(scenario, json.loads((folder / PROGRESS).read_text(encoding="utf-8")), now)
    except (OSError, KeyError, TypeError, ValueError):
        return None


def forget(folder: Path) -> None:
    """Begin anew next time: the world goes too."""
    shutil.rmtree(folder, ignore_errors=True)

"""Where progress and attempts are kept: plain files in a folder of each trainee, which survive the end of the program.

    <folder>/<trainee>/trainee.txt                  the name
    <folder>/<trainee>/<scenario>/open              held by the program in which the lesson is open
    <folder>/<trainee>/<scenario>/progress.json     the attempt that is under way
    <folder>/<trainee>/<scenario>/world/            its world
    <folder>/<trainee>/<scenario>/attempts/*.json   those that are over

A file is written whole or not at all. What was not written by this program is left alone and left out.
"""

import dataclasses
import getpass
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from stellr_tui.desk.clock import TOKYO
from stellr_tui.lessons.attempt import Attempt, Mark, Mode
from stellr_tui.lessons.holding import held
from stellr_tui.reference.data import data_folder
from stellr_tui.reference.texts import LANGUAGES, language
from stellr_tui.reference.unreadable import not_written
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

FOLDER_VARIABLE = "STELLR_LESSONS"
TRAINEE_VARIABLE = "STELLR_TRAINEE"
TRAINEE_LIMIT = 40

_NAME, _OPEN, _PROGRESS, _WORLD, _ATTEMPTS = "trainee.txt", "open", "progress.json", "world", "attempts"
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, Refused)


def lessons_folder() -> Path:
    """The folder named by STELLR_LESSONS, else `lessons` in the platform's data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser() if named else data_folder() / "lessons"


def trainee_name(given: str | None = None) -> str:
    """Who practises: as given, else by STELLR_TRAINEE, else by the login name on this computer.

    Refused: REQUIRED, TOO_LONG, CONTROL_CHARACTER.
    """
    if given is None:
        given = os.environ.get(TRAINEE_VARIABLE) or _login_name()
    return fields.text(given, "trainee", required=True, limit=TRAINEE_LIMIT)


@dataclass(frozen=True, slots=True)
class Kept:
    """An attempt that is over. id stays the same for ever; moments are UTC; reached: when, one for each mark.

    language: in which its words are, such as what was true instead.
    """

    id: UUID
    trainee: str
    begun: datetime
    ended: datetime
    language: str
    attempt: Attempt
    reached: tuple[datetime, ...]

    @property
    def day(self) -> date:
        """The day on which it ended, in Asia/Tokyo."""
        return self.ended.astimezone(TOKYO).date()

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "id": str(self.id),
            "trainee": self.trainee,
            "begun": self.begun.isoformat(),
            "ended": self.ended.isoformat(),
            "language": self.language,
            "reached": [one.isoformat() for one in self.reached],
            "attempt": self.attempt.as_mapping(),
        }

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> "Kept":
        """What `as_mapping` kept. Raises KeyError, TypeError or ValueError for anything else."""
        one = cls(
            id=UUID(kept["id"]),
            trainee=trainee_name(str(kept["trainee"])),
            begun=_moment(kept["begun"]),
            ended=_moment(kept["ended"]),
            language=kept["language"],
            attempt=Attempt.from_mapping(kept["attempt"]),
            reached=tuple(_moment(each) for each in kept["reached"]),
        )
        if one.language not in LANGUAGES or len(one.reached) != len(one.attempt.marks):
            raise ValueError(one.language)
        _check_types(one.attempt)
        for mark in one.attempt.marks:
            _check_types(mark)
        return one


@dataclass(slots=True)
class Sitting:
    """An attempt that is under way, and its place on the disk."""

    id: UUID
    trainee: str
    scenario: str
    mode: Mode
    begun: datetime
    folder: Path
    now: Callable[[], datetime]
    course: Mapping[str, Any] = field(default_factory=dict)
    """Where it stands, for `Course.resumed`; empty before it was first kept."""
    reached: tuple[datetime, ...] = ()

    @property
    def world(self) -> Path:
        """The folder of its world."""
        return self.folder / _WORLD

    @property
    def day(self) -> date:
        """The day on which it began, in Asia/Tokyo."""
        return self.begun.astimezone(TOKYO).date()

    @property
    def steps(self) -> int:
        """How many steps are behind."""
        return len(self.reached)

    def keep(self, course: Mapping[str, Any]) -> None:
        """Write down where it stands now, as `Course.as_mapping` has it."""
        self.course = course
        self.reached = self._stamped(len(course["marks"]))
        kept = {
            "id": str(self.id),
            "trainee": self.trainee,
            "scenario": self.scenario,
            "mode": self.mode,
            "begun": self.begun.isoformat(),
            "reached": [one.isoformat() for one in self.reached],
            "course": self.course,
        }
        _write(self.folder / _PROGRESS, _json(kept))

    def finish(self, attempt: Attempt) -> Kept:
        """It is over, and becomes history. Its world stays until it is cleared: the app may still stand in it."""
        reached = self._stamped(len(attempt.marks))
        kept = Kept(self.id, self.trainee, self.begun, self.now(), language(), attempt, reached)
        _write(self.folder / _ATTEMPTS / f"{self.id}.json", _json(kept.as_mapping()))
        (self.folder / _PROGRESS).unlink(missing_ok=True)
        return kept

    def clear(self) -> None:
        """Take its world away, once that is closed, and its progress if it is not over."""
        _clear(self.folder)

    def _stamped(self, marks: int) -> tuple[datetime, ...]:
        moment = self.now()
        return (*self.reached, *(moment for _mark in range(marks - len(self.reached))))[:marks]


class Records:
    """The records of all trainees."""

    def __init__(self, folder: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder = folder or lessons_folder()
        self.unreadable: tuple[Path, ...] = ()
        """Files of attempts that could not be read when they were last asked for."""
        self._now = now

    @contextmanager
    def alone(self, trainee: str, scenario: str) -> Iterator[None]:
        """Have a trainee's lesson open in no other program meanwhile. Refused: LESSON_IS_OPEN, UNWRITABLE_FILE."""
        folder = self._folder(trainee, scenario)
        with ExitStack() as stack:
            with _writing(folder):
                is_alone = stack.enter_context(held(folder / _OPEN))
            if not is_alone:
                raise Refused(Finding(Reason.LESSON_IS_OPEN, "", scenario, {"trainee": trainee}))
            yield

    def begin(self, trainee: str, scenario: str, mode: Mode) -> Sitting:
        """A new attempt; one that was under way is given up. What is done with it is done `alone`."""
        folder = self._folder(trainee, scenario)
        sitting = Sitting(uuid4(), trainee, scenario, mode, self._now(), folder, self._now)
        sitting.clear()
        _write(folder.parent / _NAME, trainee)
        folder.mkdir(exist_ok=True)
        return sitting

    def under_way(self, trainee: str, scenario: str) -> Sitting | None:
        """The attempt to go on with; None where there is none."""
        folder = self._folder(trainee, scenario)
        try:
            kept = _read(folder / _PROGRESS)
            sitting = Sitting(
                id=UUID(kept["id"]),
                trainee=trainee,
                scenario=scenario,
                mode=Mode(kept["mode"]),
                begun=_moment(kept["begun"]),
                folder=folder,
                now=self._now,
                course=dict(kept["course"]),
                reached=tuple(_moment(one) for one in kept["reached"]),
            )
        except _UNREADABLE:
            return None
        # Killed behind the last line of an attempt: that one is over.
        return None if (folder / _ATTEMPTS / f"{sitting.id}.json").exists() else sitting

    def trainees(self) -> tuple[str, ...]:
        """Whoever has begun something, by name."""
        found: list[str] = []
        for folder in _folders(self.folder):
            try:
                name = trainee_name((folder / _NAME).read_text(encoding="utf-8"))
            except _UNREADABLE:
                continue
            found += [name] if _name_of_folder(name) == folder.name else []
        return tuple(sorted(found))

    def scenarios(self, trainee: str) -> tuple[str, ...]:
        """The ids of what a trainee has begun."""
        return tuple(sorted(one.name for one in _folders(self.folder / _name_of_folder(trainee))))

    def sittings(self, trainee: str | None = None, scenario: str | None = None) -> tuple[Sitting, ...]:
        """The attempts that are under way, the one that was begun first first."""
        found = (self.under_way(*one) for one in self._places(trainee, scenario))
        return tuple(sorted((one for one in found if one), key=lambda one: (one.begun, one.id)))

    def attempts(
        self,
        trainee: str | None = None,
        scenario: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Kept, ...]:
        """The attempts that are over, the oldest first: of all trainees and scenarios, or as asked.

        since, until: the first and the last day on which they ended, in Asia/Tokyo.
        """
        found: list[Kept] = []
        unreadable: list[Path] = []
        for place in self._places(trainee, scenario):
            for path in sorted((self._folder(*place) / _ATTEMPTS).glob("*.json")):
                try:
                    found.append(Kept.from_mapping(_read(path)))
                except _UNREADABLE:
                    unreadable.append(path)
        self.unreadable = tuple(unreadable)
        kept = (one for one in found if (since or one.day) <= one.day <= (until or one.day))
        return tuple(sorted(kept, key=lambda one: (one.ended, one.id)))

    def forget_progress(self, trainee: str, scenario: str) -> None:
        """Give up what is under way; what is over stays. Refused: LESSON_IS_OPEN, UNWRITABLE_FILE."""
        folder = self._folder(trainee, scenario)
        with self.alone(trainee, scenario), _writing(folder):
            _clear(folder)

    def forget_attempts(self, trainee: str, scenario: str) -> None:
        """Remove what is over as well; nothing of this trainee's is left of the scenario.

        Refused: LESSON_IS_OPEN, UNWRITABLE_FILE.
        """
        folder = self._folder(trainee, scenario)
        with self.alone(trainee, scenario), _writing(folder):
            _clear(folder)
            for path in (folder / _ATTEMPTS).glob("*.json"):
                path.unlink()
            # With what is still held, which not every system lets go of.
            shutil.rmtree(folder, ignore_errors=True)
            if not any(_folders(folder.parent)):
                shutil.rmtree(folder.parent, ignore_errors=True)

    def _folder(self, trainee: str, scenario: str) -> Path:
        return self.folder / _name_of_folder(trainee) / scenario

    def _places(self, trainee: str | None, scenario: str | None) -> list[tuple[str, str]]:
        """The trainee and the scenario of every folder that was asked for."""
        trainees = self.trainees() if trainee is None else (trainee,)
        return [(one, each) for one in trainees for each in self.scenarios(one) if scenario in (None, each)]


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user of a container who has no name
        return ""


def _name_of_folder(trainee: str) -> str:
    """People may be called anything, and no two of them share a folder, also where capitals do not count."""
    plain = re.sub(r"[^0-9A-Za-z_-]", "", trainee)[:20]
    told_apart = hashlib.sha256(trainee.encode()).hexdigest()[:12]
    return f"{plain}-{told_apart}"


def _folders(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else iter(())


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment.astimezone(UTC)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Where it is not allowed, or there is no room, that is said of the folder."""
    try:
        yield
    except OSError as error:
        facts = {"detail": not_written(error)}
        raise Refused(Finding(Reason.UNWRITABLE_FILE, "file", str(folder), facts)) from None


def _clear(folder: Path) -> None:
    """Take progress and world away, the one that says that there is something first."""
    (folder / _PROGRESS).unlink(missing_ok=True)
    shutil.rmtree(folder / _WORLD, ignore_errors=True)


def _check_types(values: Attempt | Mark) -> None:
    """Raise TypeError where a file holds, say, words for points."""
    for one in dataclasses.fields(values):
        value = getattr(values, one.name)
        if one.type in (bool, int, str) and type(value) is not one.type:
            raise TypeError(one.name)
        if one.type is float and type(value) not in (int, float):
            raise TypeError(one.name)


def _read(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise TypeError(path)
    return found


def _write(path: Path, text: str) -> None:
    """At once and whole, also where the program is killed meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)

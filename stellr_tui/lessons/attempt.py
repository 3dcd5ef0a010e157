"""How it went: an attempt at a scenario, and the mark of each of its steps, as plain values that can be kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

ALL = 100
"""The percentage that is everything."""


class Mode(StrEnum):
    """Who acts, and what is shown: the program at a human's pace, a trainee with help or without, or a check."""

    SHOW = "show"
    GUIDE = "guide"
    TEST = "test"
    CHECK = "check"


def share_of(points: int, possible: int) -> int:
    """The percentage of the points possible, rounded down; all of them where there are none."""
    return ALL * points // possible if possible else ALL


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one step (its id), or of one thing that must be true at the end of an exam (`must-1`).

    right: reached, or true. first_try: without a refusal by the portal and without a hint. seconds it took; points of
    those possible; instead: what was true instead, in the language then spoken.
    """

    of: str
    right: bool
    first_try: bool
    hints: int
    seconds: float
    points: int
    possible: int
    instead: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> "Mark":
        """What `as_mapping` kept. Raises TypeError for anything else."""
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. lost: why it could not be reached any more, in the language then spoken; else empty."""

    scenario: str
    mode: Mode
    marks: tuple[Mark, ...]
    seconds: float
    points: int
    possible: int
    passed: bool
    lost: str = ""

    @property
    def share(self) -> int:
        """The percentage of its points."""
        return share_of(self.points, self.possible)

    @property
    def first_try(self) -> int:
        """How many of its tasks were right at the first try."""
        return sum(one.first_try for one in self.tasks)

    @property
    def tasks(self) -> tuple[Mark, ...]:
        """The marks of what there was something to do in; a step that is only read is none."""
        return tuple(one for one in self.marks if one.possible)

    @property
    def hints(self) -> int:
        """How many hints were taken."""
        return sum(one.hints for one in self.marks)

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> "Attempt":
        """What `as_mapping` kept. Raises KeyError, TypeError or ValueError for anything else."""
        marks = tuple(Mark.from_mapping(one) for one in kept["marks"])
        return cls(**{**kept, "mode": Mode(kept["mode"]), "marks": marks})

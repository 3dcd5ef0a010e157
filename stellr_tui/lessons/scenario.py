"""A scenario as a value: what stands in its file, by the same names. `reading` reads it, `schema` describes it.

The fields of these classes are the format: a field's name is the key (without the `_` that keeps it from being one of
Python's words), its type is what may stand there, a field without a default is required.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from stellr_tui.desk.changes import Kind
from stellr_tui.lessons.conditions import Condition
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.toml_lines import line_at

Id = Annotated[str, "id"]
"""Lower-case letters, digits and hyphens."""

Count = Annotated[int, "count"]
"""A whole number, 1 or more."""

Points = Annotated[int, "points"]
"""A whole number, 0 or more."""

Percent = Annotated[int, "percent"]
"""A whole number from 0 to 100."""

Free = Annotated[Mapping[str, Any], "table"]
"""A table that somebody else reads: the policy, an order."""


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change that was applied for, of the contract of a PO (of its SKU where there are several)."""

    po_number: str
    kind: Kind
    seats: Count | None = None
    sku: str = ""
    wish: date | None = None


@dataclass(frozen=True, slots=True)
class OfContract:
    """The contract of a PO, of its SKU where there are several; `reason` is that of 差戻し."""

    po_number: str
    sku: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CartLine:
    """A product that lies in the cart."""

    sku: str
    seats: Count


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened before the lesson begins; exactly one of these is said.

    end_user: the keys of the order file's `customer`. order: the order file, `customer` also by its company's name,
    and `sent = false` for one that was left at PO作成. today: the days until then pass, with all that happens on them.
    """

    end_user: Free | None = None
    order: Free | None = None
    today: date | None = None
    change: PastChange | None = None
    withdraw: OfContract | None = None
    approve: OfContract | None = None
    send_back: OfContract | None = None
    cart: tuple[CartLine, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """Where a lesson begins: business date, what happened since then, who is signed in, and which page is shown.

    signed_in: a login; without one the lesson begins at the login screen. policy: keys of `policy.toml` in place of
    the shipped ones; the user's own policy does not count here.
    """

    today: date
    signed_in: str = ""
    place: str = ""
    of: str = ""
    policy: Free = field(default_factory=dict)
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """When something cannot be reached any more, and how that is told."""

    when: Condition
    why: Wording


@dataclass(frozen=True, slots=True)
class Begin:
    """Where one can begin with a step when a lesson is taken up again: a page, and what is done there first."""

    place: str
    of: str = ""
    do: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `until` is what must hold, however it is reached; `do` is how the program gets there.

    A step without both is only read, and gives no points; the trainee says that it has been read.
    target: the id of the widget that is marked. way: other accepted ways, each a list of intents. hint: from weak to
    strong. picture: one is taken after it. already: `until` may hold before the step is done. at: where one can
    begin with it afresh; a lesson that is taken up again at a later step does what lies between by itself.
    """

    id: Id
    target: str
    instruction: Wording
    do: tuple[Intent, ...] = ()
    until: Condition | None = None
    hint: tuple[Wording, ...] = ()
    way: tuple[tuple[Intent, ...], ...] = ()
    points: Points = 1
    picture: bool = False
    already: bool = False
    lost: Lost | None = None
    at: Begin | None = None

    @property
    def worth(self) -> int:
        """Its points; none for what is only read."""
        return self.points if self.until is not None else 0


@dataclass(frozen=True, slots=True)
class Must:
    """What must be true at the end of an exam, and what it is worth. already: true from the beginning on."""

    name: Wording
    points: Points
    until: Condition
    already: bool = False
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """The task, what must be true at its end, the percentage that passes, and the minutes there are, if limited."""

    task: Wording
    must: tuple[Must, ...]
    pass_mark: Percent = 80
    minutes: Count | None = None

    @property
    def named(self) -> dict[str, Must]:
        """What must be true, each under the name by which it is marked: `must-1`."""
        return {f"must-{number}": must for number, must in enumerate(self.must, 1)}


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a scenario, and the line of each of its keys."""

    path: Path = Path()
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, key: str) -> int:
        """The line of `step.2.until`, or of what it would stand in."""
        return line_at(self.lines, key)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. minutes: how long it takes, about; manual: the place there; requires: ids of others."""

    id: Id
    title: Wording
    purpose: Wording
    manual: Wording
    minutes: Count
    world: World
    step: tuple[Step, ...]
    exam: Exam
    requires: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """What all steps are worth."""
        return sum(one.worth for one in self.step)


@dataclass(frozen=True, slots=True)
class Filed:
    """A scenario and the file it stands in, for findings that name file and line."""

    scenario: Scenario
    source: Source

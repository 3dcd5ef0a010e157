"""The keystroke-level model of Card, Moran and Newell (1980): how long hands and head of an expert take for a task.

Operators: K a key, P to point at something with the mouse, B to press and release its button, H a hand from the
keyboard to the mouse or back, M to make up one's mind. How long the program itself takes is not in it.

Where M stands, by their rules 0 to 4, is the same for every program: before each thing that is decided at once (a
command, the key that ends what was typed, a choice from what is shown), and never inside it: not between the keys of
one run, nor between pointing and the click, nor before data, nor before pointing at the field that data go into.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SECONDS = {"K": 0.28, "M": 1.35, "P": 1.1, "H": 0.4, "B": 0.2}
CONVERTED = 2
"""The keys of an input method beside the romaji: one to convert, one to commit."""


@dataclass(frozen=True, slots=True)
class Data:
    """What the task gives and somebody has to type. `romaji`: how it is typed where an input method writes it."""

    text: str
    romaji: str = ""
    source: str = ""

    @property
    def operators(self) -> str:
        return "K" * self.keys

    @property
    def keys(self) -> int:
        """How many keys that takes."""
        return len(self.romaji) + CONVERTED if self.romaji else len(self.text)


@dataclass(frozen=True, slots=True)
class Press:
    """Keys of one run, named as Textual names them."""

    keys: tuple[str, ...]
    what: str
    source: str = ""

    @property
    def operators(self) -> str:
        return "M" + "K" * len(self.keys)


@dataclass(frozen=True, slots=True)
class Click:
    """Something that is done with a click: a button, a tile, an entry of a list."""

    what: str
    source: str

    operators = "MPB"


@dataclass(frozen=True, slots=True)
class Point:
    """A click that only says where: into a field, or on a choice that is in sight."""

    what: str
    source: str

    operators = "PB"


@dataclass(frozen=True, slots=True)
class Sees:
    """What the screen shows before one goes on; nobody takes time for it beyond the M's."""

    texts: tuple[str, ...]


Step = Data | Press | Click | Point
_MOUSE = (Click, Point)


def operators(steps: Iterable[Step]) -> str:
    """The operators of steps one after the other, with a homing wherever the hand changes over.

    The hand begins where the first step wants it.
    """
    written = ""
    before: bool | None = None
    for step in steps:
        with_mouse = isinstance(step, _MOUSE)
        if before is not None and with_mouse is not before:
            written += "H"
        written += step.operators
        before = with_mouse
    return written


def seconds(written: str) -> float:
    """How long operators take."""
    return sum(SECONDS[one] for one in written)

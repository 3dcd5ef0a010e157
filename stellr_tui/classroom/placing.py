"""Where the instruction stands: beside its target, on cells on which nothing is shown, so that it covers nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.geometry import Offset, Region, Size

GAP = 1
"""Cells between the target with its marks and an instruction to its left or right."""

_AWAY = 6  # rows, or three times as many cells, from the target: further off it is not beside it any more
_LESS_LIKED = 0.8  # rows that the next size has to be nearer
_ACROSS = 3  # about as many cells are as wide as a row is high, and a little more


class Ink:
    """The cells of the screen on which something is shown."""

    def __init__(self, size: Size) -> None:
        self.region = size.region
        self._rows = [bytearray(size.width) for _row in range(size.height)]

    def cover(self, region: Region) -> None:
        """Something is shown on every cell of a region."""
        shown = region.intersection(self.region)
        for y in range(shown.y, shown.bottom):
            self._rows[y][shown.x : shown.right] = b"\1" * shown.width

    def write(self, at: Offset, text: str, clip: Region) -> None:
        """A line of text is shown from a cell on, as far as it is within the clip."""
        x = at.x
        for word in text.split(" "):
            width = cell_len(word)
            self.cover(Region(x, at.y, width, 1).intersection(clip))
            x += width + 1

    def cells(self) -> bytes:
        """All of them, row by row."""
        return b"".join(self._rows)

    def is_free(self, region: Region) -> bool:
        """Whether a region lies on the screen, and nothing is shown there."""
        return self.region.contains_region(region) and all(
            self._rows[y].find(1, region.x, region.right) < 0 for y in range(region.y, region.bottom)
        )


def beside(target: Region, sizes: Iterable[Size], ink: Ink) -> Region | None:
    """The free place next to the target for a box of one of these sizes, rather of the first ones.

    None where there is none that is near.
    """
    places = [
        (_distance(place, target) + rank * _LESS_LIKED, place)
        for rank, size in enumerate(sizes)
        for place in _places(target, size, ink.region)
        if is_near(place, target)
    ]
    places.sort(key=lambda one: one[0])
    return next((place for _cost, place in places if ink.is_free(place)), None)


def is_near(place: Region, target: Region) -> bool:
    """Whether a place can be said to be beside the target."""
    return _distance(place, target) <= _AWAY


def _places(target: Region, size: Size, screen: Region) -> Iterator[Region]:
    """Below and above the target, aligned with it or as near to that as the screen allows; right and left of it."""
    width, height = size
    last = Offset(screen.width - width, screen.height - height)
    if last.x < 0 or last.y < 0:
        return
    columns = (target.x, target.right - width, target.x + (target.width - width) // 2)
    clamped = dict.fromkeys(max(0, min(x, last.x)) for x in columns)
    beyond = dict.fromkeys(x for x in (target.right + GAP + 1, target.x - width - GAP - 1) if 0 <= x <= last.x)
    for y in range(last.y + 1):
        for x in clamped | beyond:
            yield Region(x, y, width, height)


def _distance(place: Region, target: Region) -> float:
    """How far from the target, in rows. Below it is a little nearer than above, and that than at its sides."""
    below, above = place.y - target.bottom, target.y - place.bottom
    right, left = place.x - target.right, target.x - place.right
    down, across = max(below, above, 0), max(right, left, 0)
    side = 0.0 if below >= 0 else 0.3 if above >= 0 else 0.6
    middle = abs((place.y * 2 + place.height) - (target.y * 2 + target.height)) / 100
    return down + across / _ACROSS + side + middle

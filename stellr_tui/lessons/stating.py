"""How statements on the order book are put into words: what is stated, and what is so instead."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stellr_tui.reference.texts import _


class Fact(NamedTuple):
    """Something said of a thing: what it is called, what it should be (None: whatever it is), and what it is."""

    label: str
    wanted: object
    found: object


def stated(name: str, facts: Iterable[Fact]) -> str:
    """The thing and what is said of it."""
    said = [_("{label}: {value}").format(label=one.label, value=one.wanted) for one in facts if one.wanted is not None]
    return (
        _("{name}（{facts}）").format(name=name, facts=_("、").join(said))
        if said
        else _("{name}がある").format(name=name)
    )


def instead_of(name: str, candidates: Sequence[Sequence[Fact]]) -> str | None:
    """How the thing that comes closest differs; that there is none; or None where one is as it should be."""
    if not candidates:
        return _("{name}はない").format(name=name)
    closest = min((differing(one) for one in candidates), key=len)
    if not closest:
        return None
    said = [
        _("{label}: {value}").format(label=one.label, value="-" if one.found is None else one.found) for one in closest
    ]
    return _("{name}（{facts}）").format(name=name, facts=_("、").join(said))


def differing(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that are not as they should be."""
    return [one for one in facts if one.wanted is not None and one.wanted != one.found]


def counted(name: str, wanted: int, found: int) -> str:
    """That there are as many, and not as many as there should be."""
    return _("{name}は{count}件ある（{wanted}件ではない）").format(name=name, count=found, wanted=wanted)

"""Two people change the same thing: what each of them changed, and what comes of taking over some of it.

A thing is a record: its parts by their keys, and the text of each field of a part.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Part = tuple[str, int]
"""What kind of part, and which one: `("location", 12)`. What belongs to no part of its own has the kind ""."""

Record = Mapping[Part, Mapping[str, str]]

WHOLE: Part = ("", 0)
"""What belongs to the thing as a whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that stands otherwise in two records, or with the field "" a whole part that only one of them has.

    `ours` and `theirs` are the texts, None where the part is missing.
    """

    part: Part
    field: str
    ours: str | None
    theirs: str | None


def differences(ours: Record, theirs: Record) -> tuple[Difference, ...]:
    """Where two records differ: fields in their order, then parts that one of them lacks."""
    found = []
    for part, fields in ours.items():
        other = theirs.get(part)
        if other is None:
            found.append(Difference(part, "", _all_of(fields), None))
        else:
            found += [
                Difference(part, field, text, other.get(field, ""))
                for field, text in fields.items()
                if text != other.get(field, "")
            ]
    missing = [part for part in theirs if part not in ours]
    return (*found, *(Difference(part, "", None, _all_of(theirs[part])) for part in missing))


def collisions(seen: Record, ours: Record, theirs: Record) -> tuple[Difference, ...]:
    """Where two records differ because `theirs` was changed since both were as `seen`.

    What only we changed is left out: it takes nothing from anybody. A part that was taken away, or that we took away
    while they changed it, is one difference as a whole.
    """
    changed = {(one.part, one.field) for one in differences(seen, theirs)}
    changed_parts = {part for part, _field in changed}
    return tuple(
        one
        for one in differences(ours, theirs)
        if (one.part, one.field) in changed or (one.field == "" and one.part in changed_parts)
    )


def was_left_alone(seen: Record, ours: Record, one: Difference) -> bool:
    """Whether we have not touched what they changed: then nothing of ours is lost by taking theirs over."""
    before, now = seen.get(one.part), ours.get(one.part)
    if one.field == "":
        return before == now
    return before is not None and now is not None and before.get(one.field) == now.get(one.field)


def merged(ours: Record, theirs: Record, taken: Collection[Difference]) -> dict[Part, dict[str, str]]:
    """Our record with what is taken over from theirs; parts that come with it stand at the end."""
    result = {part: dict(fields) for part, fields in ours.items()}
    for one in taken:
        if one.field:
            result[one.part][one.field] = one.theirs or ""
        elif one.theirs is None:
            del result[one.part]
        else:
            result[one.part] = dict(theirs[one.part])
    return result


def _all_of(fields: Mapping[str, str]) -> str:
    return ", ".join(text for text in fields.values() if text)

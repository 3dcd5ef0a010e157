"""The history of an end user: who changed what, from what to what, and when. It is only ever added to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind
from stellr_tui.rules.merging import WHOLE, Difference, Part
from stellr_tui.store import tables


class Happening(StrEnum):
    """What is done to an end user or a part of it."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"


_ACCESS = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class PastChange:
    """One line of the history: what was done to which part and field, from what to what, by whom and when.

    part: see `rules.merging`; part_name is what it was called then. field: as a form names it, "" where a whole part
    is meant. happened_on is the business date, happened_at the moment in UTC. version: that of the end user behind
    the change.
    """

    id: int
    version: int
    kind: Happening
    part: Part
    part_name: str
    field: str
    before: str
    after: str
    happened_on: date
    happened_at: datetime
    person_name: str


def record_changes(
    session: Session,
    desk: Desk,
    by: SignedIn,
    row: tables.EndUser,
    changes: Iterable[tuple[Happening, Difference]],
    names: Mapping[Part, str] | None = None,
) -> None:
    """Write into the history what has just been done; `ours` is what was there before, `theirs` what is there now.

    names: what the locations and contacts are called.
    """
    today = clock_in(session, desk).today
    session.add_all(
        tables.EndUserChange(
            end_user_number=row.number,
            version=row.version,
            kind=kind,
            part=one.part[0],
            part_id=one.part[1],
            part_name=(names or {}).get(one.part, ""),
            field=one.field,
            before=one.ours or "",
            after=one.theirs or "",
            happened_on=today,
            happened_at=desk.now(),
            person_name=by.name,
        )
        for kind, one in changes
    )


def record_added(session: Session, desk: Desk, by: SignedIn, row: tables.EndUser) -> None:
    """Write into the history who added an end user."""
    record_changes(session, desk, by, row, [(Happening.ADDED, Difference(WHOLE, "", None, row.company))])


def record_storefront(session: Session, desk: Desk, by: SignedIn, row: tables.EndUser) -> None:
    """Write into the history who gave Storefront Access or took it. Nobody types it, so the version stays."""
    access = row.storefront_access
    change = Difference(WHOLE, "storefront_access", _ACCESS[not access], _ACCESS[access])
    record_changes(session, desk, by, row, [(Happening.CHANGED, change)])


def changes_in(session: Session, number: int, *, since: int) -> tuple[PastChange, ...]:
    """What was changed after a version, the oldest first."""
    rows = session.scalars(
        select(tables.EndUserChange)
        .where(tables.EndUserChange.end_user_number == number, tables.EndUserChange.version > since)
        .order_by(tables.EndUserChange.id)
    )
    return tuple(_value(row) for row in rows)


def past_changes(session: Session, number: int, after: int | None = None, limit: int = PAGE) -> Page[PastChange]:
    """The history, the newest first, at most 200 a page."""
    size = min(limit, MAX_PAGE)
    query = (
        select(tables.EndUserChange)
        .where(tables.EndUserChange.end_user_number == number)
        .order_by(tables.EndUserChange.id.desc())
    )
    if after is not None:
        query = query.where(tables.EndUserChange.id < behind(after))
    rows = session.scalars(query.limit(size + 1)).all()
    found = tuple(_value(row) for row in rows[:size])
    return Page(found, found[-1].id if len(rows) > size else None)


def _value(row: tables.EndUserChange) -> PastChange:
    return PastChange(
        id=row.id,
        version=row.version,
        kind=Happening(row.kind),
        part=(row.part, row.part_id),
        part_name=row.part_name,
        field=row.field,
        before=row.before,
        after=row.after,
        happened_on=row.happened_on,
        happened_at=row.happened_at,
        person_name=row.person_name,
    )

"""Changing an end user: the form of オーダー③ once more, with what happens when two clerks change the same one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as columns_of
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from stellr_tui.desk.clock import TOKYO, clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_history import Happening, PastChange, changes_in, past_changes, record_changes
from stellr_tui.desk.end_users import (
    ContactForm,
    EndUser,
    EndUserForm,
    LocationForm,
    as_value,
    check_contact,
    check_end_user,
    field_at,
    find_row,
    index_for_search,
)
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import PAGE, Page
from stellr_tui.desk.people import permit
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.rules.merging import WHOLE, Difference, Part, Record, differences
from stellr_tui.rules.policy import Policy
from stellr_tui.store import tables

Row = TypeVar("Row", tables.Location, tables.Contact)

_SECURITY = "security_contact."
_COMPANY = ("company", "company_kana")
_LOCATION = tuple(one.name for one in columns_of(LocationForm))
_CONTACT = tuple(one.name for one in columns_of(ContactForm))


@dataclass(frozen=True, slots=True)
class EndUserEdit:
    """An end user as a form has it. `seen` is the version that the form was filled from.

    locations and contacts name the stored one that each one of the form is, by its id; a negative id is a new one.
    A stored one that is not named is retired; one that is retired and named comes back.
    """

    seen: int
    form: EndUserForm
    locations: tuple[int, ...]
    contacts: tuple[int, ...]
    microsoft_id: str = ""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What was changed since a version was seen, the oldest first, and the end user as it is now."""

    end_user: EndUser
    changes: tuple[PastChange, ...]


def edit_of(one: EndUser) -> EndUserEdit:
    """The form as it is filled from what is stored."""
    return EndUserEdit(
        seen=one.version,
        form=EndUserForm(
            company=one.company,
            company_kana=one.company_kana,
            locations=tuple(
                LocationForm(
                    location=place.name,
                    postal_code=place.postal_code,
                    address1=place.address1,
                    address2=place.address2,
                    city=place.city,
                    prefecture=place.prefecture,
                )
                for place in one.locations
            ),
            contacts=tuple(ContactForm(person.name, person.phone, person.email) for person in one.contacts),
            security_contact=one.security_contact,
        ),
        locations=tuple(place.id for place in one.locations),
        contacts=tuple(person.id for person in one.contacts),
        microsoft_id=one.microsoft_id,
    )


def record_of(edit: EndUserEdit) -> dict[Part, dict[str, str]]:
    """The form as a record, in which two forms can be told apart field by field."""
    form = edit.form
    security = {_SECURITY + name: text for name, text in asdict(form.security_contact).items()}
    return {
        WHOLE: {
            "company": form.company,
            "company_kana": form.company_kana,
            "microsoft_id": edit.microsoft_id,
            **security,
        },
        **{("location", key): asdict(one) for key, one in zip(edit.locations, form.locations, strict=True)},
        **{("contact", key): asdict(one) for key, one in zip(edit.contacts, form.contacts, strict=True)},
    }


def edit_from(record: Record, seen: int) -> EndUserEdit:
    """The form that a record is of."""
    whole = record[WHOLE]
    places = {key: one for (kind, key), one in record.items() if kind == "location"}
    people = {key: one for (kind, key), one in record.items() if kind == "contact"}
    return EndUserEdit(
        seen=seen,
        form=EndUserForm(
            company=whole["company"],
            company_kana=whole["company_kana"],
            locations=tuple(LocationForm(**one) for one in places.values()),
            contacts=tuple(ContactForm(**one) for one in people.values()),
            security_contact=ContactForm(**{name: whole[_SECURITY + name] for name in _CONTACT}),
        ),
        locations=tuple(places),
        contacts=tuple(people),
        microsoft_id=whole["microsoft_id"],
    )


def check_edit(edit: EndUserEdit, policy: Policy) -> dict[str, Any]:
    """The columns of the end user as it is to be, or `Refused` with every finding of the form."""
    gathering = Gathering()
    columns = gathering.keep(check_end_user, edit.form, policy) or {}
    columns["microsoft_id"] = gathering.keep(fields.text, edit.microsoft_id, "microsoft_id")
    gathering.settle()
    return columns


def change_end_user(desk: Desk, by: SignedIn, number: int, edit: EndUserEdit) -> EndUser:
    """保存 of an end user that is there. What is changed stands in its history; orders sent before stay as they were.

    Refused: with every finding of the form; UNKNOWN_CUSTOMER, UNKNOWN_LOCATION, UNKNOWN_CONTACT; CHANGED_MEANWHILE
    (facts: person, changed_at) if somebody has changed it since the version that was seen. Then nothing is stored.
    """
    columns = check_edit(edit, desk.policy)
    with desk.store.writing() as session:
        permit(session, by)
        row = find_row(session, by, number, to_change=True)
        _refuse_if_changed_since(session, row, edit.seen)
        before = _record(row)
        retired = {("location", one.id) for one in row.locations if one.retired_on}
        retired |= {("contact", one.id) for one in row.contacts if one.retired_on}
        _put(session, desk, row, edit, columns)
        _keep(session, desk, by, row, before, retired)
        return as_value(row)


def add_contact(desk: Desk, by: SignedIn, number: int, form: ContactForm) -> EndUser:
    """連絡先の変更, with a contact that is not there yet. Refused: as in the form, UNKNOWN_CUSTOMER."""
    contact = check_contact(form, desk.policy)
    with desk.store.writing() as session:
        permit(session, by)
        row = find_row(session, by, number, to_change=True)
        before = _record(row)
        row.contacts.append(contact)
        session.flush()
        _keep(session, desk, by, row, before, set())
        return as_value(row)


def changed_since(desk: Desk, by: SignedIn, number: int, seen: int) -> Meanwhile:
    """What was changed since a version was seen. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.reading() as session:
        permit(session, by)
        row = find_row(session, by, number)
        return Meanwhile(as_value(row), changes_in(session, number, since=seen))


def end_user_history(
    desk: Desk, by: SignedIn, number: int, after: int | None = None, limit: int = PAGE
) -> Page[PastChange]:
    """The history of an end user, the newest first, at most 200 a page. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.reading() as session:
        permit(session, by)
        find_row(session, by, number)
        return past_changes(session, number, after, limit)


def _refuse_if_changed_since(session: Session, row: tables.EndUser, seen: int) -> None:
    if row.version == seen:
        return
    changes = changes_in(session, row.number, since=seen)
    if not changes:
        raise ValueError(f"version {seen} of end user {row.number} has never been seen by anybody")
    facts = {
        "person": changes[-1].person_name,
        "changed_at": f"{changes[-1].happened_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
    }
    raise Refused(Finding(Reason.CHANGED_MEANWHILE, "customer", str(row.number), facts))


def _put(session: Session, desk: Desk, row: tables.EndUser, edit: EndUserEdit, columns: Mapping[str, Any]) -> None:
    """Bring the row and its parts to what the form says."""
    for name in ("company", "company_kana", "security_name", "security_phone", "security_email", "microsoft_id"):
        setattr(row, name, columns[name])
    today = clock_in(session, desk).today
    _put_parts(row.locations, edit.locations, columns["locations"], Reason.UNKNOWN_LOCATION, today)
    _put_parts(row.contacts, edit.contacts, columns["contacts"], Reason.UNKNOWN_CONTACT, today)
    session.flush()


def _put_parts(stored: list[Row], named: Sequence[int], typed: Sequence[Row], unknown: Reason, today: date) -> None:
    """Each part that the form has as it is typed; those that it has not are retired."""
    known = {one.id: one for one in stored}
    kept = []
    for position, (key, new) in enumerate(zip(named, typed, strict=True)):
        if key < 0:
            stored.append(new)
            kept.append(new)
        elif key not in known:
            group, name = ("locations", "location") if unknown is Reason.UNKNOWN_LOCATION else ("contacts", "name")
            raise Refused(Finding(unknown, field_at(group, position, name), str(key)))
        else:
            for column in _columns(type(new)):
                setattr(known[key], column, getattr(new, column))
            kept.append(known[key])
    for one in stored:
        one.retired_on = None if one in kept else one.retired_on or today


def _columns(kind: type[tables.Location] | type[tables.Contact]) -> Iterable[str]:
    """The columns of a part that are typed."""
    return (one.key for one in kind.__table__.columns if one.key not in ("id", "end_user_number", "retired_on"))


def _record(row: tables.EndUser) -> Record:
    return record_of(edit_of(as_value(row)))


def _keep(
    session: Session, desk: Desk, by: SignedIn, row: tables.EndUser, before: Record, retired: set[tuple[str, int]]
) -> None:
    """A new version with its history, if anything is otherwise than before."""
    after = _record(row)
    changes = differences(before, after)
    if not changes:
        return
    row.version += 1
    index_for_search(row)
    names = {part: part_name(part, one) for part, one in {**after, **before}.items()}
    record_changes(session, desk, by, row, [(_kind(one, retired), one) for one in changes], names)


def part_name(part: Part, values: Mapping[str, str]) -> str:
    """What a location or contact is called."""
    return values[{"location": "location", "contact": "name"}[part[0]]] if part != WHOLE else ""


def _kind(one: Difference, retired: set[tuple[str, int]]) -> Happening:
    if one.theirs is None:
        return Happening.RETIRED
    if one.field:
        return Happening.CHANGED
    return Happening.RESTORED if one.part in retired else Happening.ADDED

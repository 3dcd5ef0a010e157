"""End users with their locations and contacts: the form of オーダー③, and finding one again (オーダー②)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_history import record_added, record_storefront
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind, containing, is_key, searchable, words_of
from stellr_tui.desk.people import permit
from stellr_tui.reference import postal
from stellr_tui.reference.prefectures import prefecture_code, prefecture_name
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.rules.policy import Policy, Requirement
from stellr_tui.store import tables
from stellr_tui.store.engine import take_number

Part = TypeVar("Part", tables.Location, tables.Contact)


@dataclass(frozen=True, slots=True)
class ContactForm:
    """A contact as typed: 担当者名, 電話番号, Eメール. Also the Security Contact, where all may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.name or self.phone or self.email).strip()


@dataclass(frozen=True, slots=True)
class LocationForm:
    """A location as typed: 場所名, 〒, 住所1, 住所2, 市区町村, 都道府県 (its name)."""

    location: str = ""
    postal_code: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    prefecture: str = ""


@dataclass(frozen=True, slots=True)
class EndUserForm:
    """新規エンドユーザーを追加, as typed. The first location and contact are required, more may follow."""

    company: str = ""
    company_kana: str = ""
    locations: tuple[LocationForm, ...] = (LocationForm(),)
    contacts: tuple[ContactForm, ...] = (ContactForm(),)
    security_contact: ContactForm = ContactForm()


@dataclass(frozen=True, slots=True)
class Contact:
    """連絡先 as stored."""

    id: int
    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Location:
    """場所 as stored; prefecture is the name, prefecture_code the JIS code."""

    id: int
    name: str
    postal_code: str
    prefecture_code: str
    prefecture: str
    city: str
    address1: str
    address2: str

    def __str__(self) -> str:
        """As the portal prints it: `テスト株式会社, 毛利, 江東区, 13, 1350001, JP`."""
        parts = (self.name, self.address1, self.address2, self.city, self.prefecture_code, self.postal_code, "JP")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class EndUser:
    """An end user as stored, with every location and contact in use, in the order they were added.

    version: how often it was changed, for whoever changes it next.
    """

    number: int
    company: str
    company_kana: str
    locations: tuple[Location, ...]
    contacts: tuple[Contact, ...]
    security_contact: ContactForm
    storefront_access: bool
    microsoft_id: str
    version: int

    def __str__(self) -> str:
        """As the portal prints it: `159813 - テスト株式会社`."""
        return f"{self.number} - {self.company}"


def field_at(group: str, index: int, name: str) -> str:
    """The name of a field in a form: the first of a group stands plain, further ones carry their number from 2."""
    if group == "contacts":
        return f"contact.{name}" if index == 0 else f"contacts.{index + 1}.{name}"
    return name if index == 0 else f"locations.{index + 1}.{name}"


def check_end_user(form: EndUserForm, policy: Policy) -> dict[str, Any]:
    """The columns of a new end user, or `Refused` with every finding of the form in its order.

    Prefecture and city may be left out where the postal code is known and lies in one city alone.
    """
    gathering = Gathering()
    columns: dict[str, Any] = {
        "company": gathering.keep(fields.name, form.company, "company", required=True),
        "company_kana": gathering.keep(fields.katakana, form.company_kana, "company_kana"),
    }
    security = form.security_contact
    columns["security_name"] = gathering.keep(fields.name, security.name, "security_contact.name")
    columns["security_phone"] = gathering.keep(
        fields.phone, security.phone, "security_contact.phone", required=False, check=policy.phone_check
    )
    columns["security_email"] = gathering.keep(fields.email, security.email, "security_contact.email", required=False)
    columns["locations"] = [
        tables.Location(**_location_columns(gathering, one, index, policy)) for index, one in enumerate(form.locations)
    ]
    columns["contacts"] = [_contact(gathering, one, index, policy) for index, one in enumerate(form.contacts)]
    if not form.locations:
        gathering.add([Finding(Reason.REQUIRED, "location")])
    if not form.contacts:
        gathering.add([Finding(Reason.REQUIRED, "contact.name")])
    gathering.settle()
    return columns


def _contact(gathering: Gathering, form: ContactForm, index: int, policy: Policy) -> tables.Contact:
    def named(name: str) -> str:
        return field_at("contacts", index, name)

    return tables.Contact(
        name=gathering.keep(fields.name, form.name, named("name"), required=True),
        phone=gathering.keep(fields.phone, form.phone, named("phone"), check=policy.phone_check),
        email=gathering.keep(fields.email, form.email, named("email")),
    )


def _location_columns(gathering: Gathering, form: LocationForm, index: int, policy: Policy) -> dict[str, Any]:
    def named(name: str) -> str:
        return field_at("locations", index, name)

    columns: dict[str, Any] = {
        "name": gathering.keep(fields.name, form.location, named("location"), required=True),
        "postal_code": gathering.keep(fields.postal_code, form.postal_code, named("postal_code")),
        "address1": gathering.keep(fields.text, form.address1, named("address1"), required=True),
        "address2": gathering.keep(
            fields.text, form.address2, named("address2"), required=policy.address2 is Requirement.REQUIRED
        ),
    }
    city, prefecture = form.city, form.prefecture
    if columns["postal_code"] is None and form.postal_code.strip() and not (city + prefecture).strip():
        # The code was to fill them in; that it is wrong is one mistake, not three.
        return columns
    if columns["postal_code"] and not (city.strip() and prefecture.strip()):
        places = {(one.prefecture, one.city) for one in postal.lookup(columns["postal_code"])}
        if len(places) == 1:
            known_prefecture, known_city = places.pop()
            city, prefecture = city.strip() or known_city, prefecture.strip() or known_prefecture
    columns["city"] = gathering.keep(fields.text, city, named("city"), required=True)
    if gathering.keep(fields.text, prefecture, named("prefecture"), required=True):
        columns["prefecture_code"] = gathering.keep(prefecture_code, prefecture.strip(), named("prefecture"))
    return columns


def add_end_user(desk: Desk, by: SignedIn, form: EndUserForm) -> EndUser:
    """保存: a new end user with its own 顧客番号. Refused with every finding of the form; then nothing is stored."""
    with desk.store.writing() as session:
        permit(session, by)
        return as_value(store_end_user(session, desk, by, form))


def store_end_user(session: Session, desk: Desk, by: SignedIn, form: EndUserForm) -> tables.EndUser:
    """The same within a transaction that is under way."""
    columns = check_end_user(form, desk.policy)
    number = take_number(session, "customer")
    end_user = tables.EndUser(number=number, account_number=by.account.number, created_at=desk.now(), **columns)
    index_for_search(end_user)
    session.add(end_user)
    session.flush()
    record_added(session, desk, by, end_user)
    return end_user


def check_contact(form: ContactForm, policy: Policy) -> tables.Contact:
    """A contact to be stored, or `Refused` with every finding."""
    gathering = Gathering()
    contact = _contact(gathering, form, 0, policy)
    gathering.settle()
    return contact


def set_storefront_access(desk: Desk, by: SignedIn, number: int, *, allowed: bool) -> EndUser:
    """Storefront Access: whether this end user may look at the storefront. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.writing() as session:
        permit(session, by)
        end_user = find_row(session, by, number, to_change=True)
        if end_user.storefront_access != allowed:
            end_user.storefront_access = allowed
            record_storefront(session, desk, by, end_user)
        return as_value(end_user)


def end_user(desk: Desk, by: SignedIn, number: int) -> EndUser:
    """One end user of this billing account. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.reading() as session:
        permit(session, by)
        return as_value(find_row(session, by, number))


def search_end_users(
    desk: Desk, by: SignedIn, searched: str = "", after: int | None = None, limit: int = PAGE
) -> Page[EndUser]:
    """End users by 顧客番号, エンドユーザー, 連絡先名, 連絡先電子メール, MicrosoftID, kana, phone; at most 200 a page.

    `searched` stands anywhere in one of them; width of characters, case and hyphens of numbers do not matter.
    """
    size = min(limit, MAX_PAGE)
    with desk.store.reading() as session:
        permit(session, by)
        rows = list(session.scalars(_searching(by, searched, after).limit(size + 1)))
        found = tuple(as_value(row) for row in rows[:size])
    return Page(found, found[-1].number if len(rows) > size else None)


def _searching(by: SignedIn, searched: str, after: int | None) -> Select[tables.EndUser]:
    query = (
        select(tables.EndUser)
        .where(tables.EndUser.account_number == by.account.number)
        .options(selectinload(tables.EndUser.locations), selectinload(tables.EndUser.contacts))
        .order_by(tables.EndUser.number)
    )
    if after is not None:
        query = query.where(tables.EndUser.number > behind(after))
    for word in words_of(searched):
        query = query.where(or_(*(tables.EndUser.search_text.like(one, escape="\\") for one in containing(word))))
    return query


def find_row(session: Session, by: SignedIn, number: int, *, to_change: bool = False) -> tables.EndUser:
    """The row of an end user of this billing account, locked if it is to be changed. Refused: UNKNOWN_CUSTOMER."""
    lock = True if to_change else None
    row = session.get(tables.EndUser, number, with_for_update=lock) if is_key(number) else None
    if row is None or row.account_number != by.account.number:
        raise Refused(Finding(Reason.UNKNOWN_CUSTOMER, "customer", str(number)))
    return row


def as_value(row: tables.EndUser) -> EndUser:
    """The row as a plain value."""
    return EndUser(
        number=row.number,
        company=row.company,
        company_kana=row.company_kana,
        locations=tuple(location_value(one) for one in in_use(row.locations)),
        contacts=tuple(contact_value(one) for one in in_use(row.contacts)),
        security_contact=ContactForm(row.security_name, row.security_phone, row.security_email),
        storefront_access=row.storefront_access,
        microsoft_id=row.microsoft_id,
        version=row.version,
    )


def in_use(parts: Iterable[Part]) -> list[Part]:
    """The locations or contacts that are not retired."""
    return [one for one in parts if one.retired_on is None]


def location_value(row: tables.Location) -> Location:
    """The row as a plain value."""
    return Location(
        row.id,
        row.name,
        row.postal_code,
        row.prefecture_code,
        prefecture_name(row.prefecture_code),
        row.city,
        row.address1,
        row.address2,
    )


def contact_value(row: tables.Contact) -> Contact:
    """The row as a plain value."""
    return Contact(row.id, row.name, row.phone, row.email)


def index_for_search(row: tables.EndUser) -> None:
    """Keep what a search looks through in step with the row."""
    people = [part for one in in_use(row.contacts) for part in (one.name, one.email, one.phone)]
    row.search_text = searchable(str(row.number), row.company, row.company_kana, row.microsoft_id, *people)

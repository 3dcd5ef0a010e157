"""Orders: 発注する turns the cart into a PO, which is not complete yet (オーダー④⑤); reading and discarding them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import fields as columns_of
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from stellr_tui.desk.cart import Cart, Choice, cart_of, latest, priced, unchanged
from stellr_tui.desk.clock import held_today
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import (
    Contact,
    EndUser,
    Location,
    as_value,
    contact_value,
    find_row,
    in_use,
    location_value,
)
from stellr_tui.desk.history import record
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page, behind, is_key
from stellr_tui.desk.people import ResellerContact, permit
from stellr_tui.rules import calendar, fields, money
from stellr_tui.rules.calendar import OrderDates, Plan
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.rules.status import Event, Status, after, needs_action
from stellr_tui.store import tables
from stellr_tui.store.engine import take_number

PASSED = "#passed"
"""Beside the details of a PO, as with the notes of a draft's forms: the steps that are behind."""


@dataclass(frozen=True, slots=True)
class OrderForm:
    """The order page as filled in (オーダー②④). Ids are None while nothing has been chosen."""

    reseller_contact_id: int | None = None
    end_user_number: int | None = None
    location_id: int | None = None
    contact_id: int | None = None
    po_number: str = ""
    end_user_order_number: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """プロビジョニング情報, as typed: エンドカスタマー連絡先情報 of the wizard's first step."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class OrderedContract:
    """One contract of an order: its number, the product as it was sold, seats, price in yen, and where it stands.

    sent_back_for: the operator's reason, as long as it is to be corrected.
    """

    number: int
    status: Status
    sku: str
    product_name: str
    manufacturer_part_number: str
    vendor_code: str
    vendor_name: str
    plan: Plan
    seats: int
    unit_price: int
    sent_on: date | None
    delivered_on: date | None
    sent_back_for: str = ""

    @property
    def amount(self) -> int:
        """提供金額 in yen, excluding tax."""
        return money.amount(self.unit_price, self.seats)


@dataclass(frozen=True, slots=True)
class Order:
    """A PO with its contracts. `details` is what the wizard has been told so far.

    passed: how many steps of the wizard were behind whoever left it.
    """

    id: int
    po_number: str
    end_user_order_number: str
    reservation_number: str
    created_on: date
    reseller_contact: ResellerContact
    end_user: EndUser
    location: Location
    contact: Contact
    contracts: tuple[OrderedContract, ...]
    details: Details
    passed: int

    @property
    def total(self) -> int:
        """合計金額 in yen, excluding tax."""
        return money.total(one.amount for one in self.contracts)

    @property
    def is_waiting(self) -> bool:
        """Whether provisioning information is still to be sent (必要なアクション)."""
        return any(needs_action(one.status) for one in self.contracts)

    @property
    def can_be_discarded(self) -> bool:
        """Whether nothing of it has been sent yet."""
        return all(one.status is Status.PO_CREATED for one in self.contracts)


def dates_if_sent(day: date, plans: Iterable[Plan]) -> tuple[OrderDates, ...]:
    """納品及び請求ルール for an order sent on a day, each plan once."""
    return tuple(calendar.order_dates(day, plan) for plan in dict.fromkeys(plans))


def place_order(desk: Desk, by: SignedIn, form: OrderForm, seen: Cart | None = None) -> Order:
    """発注する: the cart becomes a PO with a contract for each product. The order is not complete yet.

    seen: what a session that works at an order saw last of it, by default the order changed last. What was seen is
    ordered; an order half entered that was changed elsewhere meanwhile stays beside it.
    Refused with every finding of the page (REQUIRED, UNKNOWN_…, EMPTY_CART); then the cart is as it was.
    """
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        cart = cart_of(session, desk, latest(session, by)) if seen is None else seen
        row = create_order(session, desk, by, form, [Choice(one.product.sku, one.seats) for one in cart.lines])
        if draft := unchanged(session, by, cart):
            session.delete(draft)
        session.flush()
        return order_value(row)


def create_order(
    session: Session, desk: Desk, by: SignedIn, form: OrderForm, choices: Iterable[Choice]
) -> tables.PurchaseOrder:
    """The same within a transaction that is under way, for products that need not be in the cart."""
    today = held_today(session, desk)
    gathering = Gathering()
    contact_id = gathering.keep(_reseller_contact, session, by, form.reseller_contact_id)
    customer = gathering.keep(_customer, session, by, form)
    po_number, eu_number = check_numbers(gathering, form)
    lines = gathering.keep(priced, desk, choices, today)
    gathering.settle()
    if customer is None or lines is None:
        raise AssertionError("settled, so nothing is missing")
    end_user, location, contact = customer
    row = tables.PurchaseOrder(
        account_number=by.account.number,
        po_number=po_number,
        end_user_order_number=eu_number,
        reseller_contact_id=contact_id,
        end_user=end_user,
        location=location,
        contact=contact,
        created_on=today,
        created_at=desk.now(),
        details=asdict(proposed_details(contact)),
    )
    session.add(row)
    for line in lines:
        contract = tables.Contract(
            number=take_number(session, "contract"),
            account_number=by.account.number,
            end_user_number=end_user.number,
            sku=line.product.sku,
            product_name=line.product.name,
            manufacturer_part_number=line.product.manufacturer_part_number,
            vendor_code=line.product.vendor_code,
            vendor_name=desk.catalog.vendor(line.product.vendor_code).company,
            plan=line.product.plan,
            status=Status.PO_CREATED,
            lots=[tables.SeatLot(number=1, seats=line.seats, unit_price=line.unit_price, ordered_on=today)],
        )
        record(contract, desk, by, "po-created", today, seats=line.seats, unit_price=line.unit_price)
        row.contracts.append(contract)
    session.flush()
    return row


def check_numbers(gathering: Gathering, form: OrderForm) -> tuple[str | None, str | None]:
    """発注番号 and エンドユーザー注文番号 as they are kept; None for one that was refused."""
    return (
        gathering.keep(fields.po_number, form.po_number),
        gathering.keep(fields.text, form.end_user_order_number, "end_user_order_number"),
    )


def read_order(desk: Desk, by: SignedIn, order_id: int) -> Order:
    """One order of this billing account. Refused: UNKNOWN_ORDER."""
    with desk.store.reading() as session:
        permit(session, by)
        return order_value(find_order(session, by, order_id))


def orders_of(desk: Desk, by: SignedIn, customer: int, limit: int = MAX_PAGE) -> tuple[Order, ...]:
    """The orders of an end user, the newest first, without those discarded. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.reading() as session:
        permit(session, by)
        find_row(session, by, customer)
        rows = session.scalars(
            select(tables.PurchaseOrder)
            .where(
                tables.PurchaseOrder.end_user_number == customer,
                tables.PurchaseOrder.contracts.any(tables.Contract.status != Status.DISCARDED),
            )
            .order_by(tables.PurchaseOrder.id.desc())
            .limit(limit)
        ).all()
        return tuple(order_value(row) for row in rows)


def list_orders(
    desk: Desk, by: SignedIn, *, customer: int | None = None, after: int | None = None, limit: int = PAGE
) -> Page[Order]:
    """The orders of the billing account, or of one end user, the oldest first, at most 200 a page, none discarded."""
    size = min(limit, MAX_PAGE)
    query = (
        select(tables.PurchaseOrder)
        .where(
            tables.PurchaseOrder.account_number == by.account.number,
            tables.PurchaseOrder.contracts.any(tables.Contract.status != Status.DISCARDED),
        )
        .options(
            selectinload(tables.PurchaseOrder.reseller_contact),
            selectinload(tables.PurchaseOrder.end_user).options(
                selectinload(tables.EndUser.locations), selectinload(tables.EndUser.contacts)
            ),
            selectinload(tables.PurchaseOrder.contracts).selectinload(tables.Contract.lots),
        )
        .order_by(tables.PurchaseOrder.id)
    )
    if customer is not None:
        query = query.where(tables.PurchaseOrder.end_user_number == (customer if is_key(customer) else 0))
    if after is not None:
        query = query.where(tables.PurchaseOrder.id > behind(after))
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(query.limit(size + 1)).all()
        found = tuple(order_value(row) for row in rows[:size])
    return Page(found, found[-1].id if len(rows) > size else None)


def discard_order(desk: Desk, by: SignedIn, order_id: int) -> Order:
    """Discard a PO that was not sent. Refused: UNKNOWN_ORDER, STATUS_FORBIDS."""
    with desk.store.writing() as session:
        permit(session, by)
        today = held_today(session, desk)
        row = find_order(session, by, order_id, to_change=True)
        for contract in row.contracts:
            contract.status = after(Status(contract.status), Event.DISCARD)
            record(contract, desk, by, "discarded", today)
        session.flush()
        return order_value(row)


def _reseller_contact(session: Session, by: SignedIn, person_id: int | None) -> int:
    if person_id is None:
        raise Refused(Finding(Reason.REQUIRED, "reseller_contact"))
    person = session.get(tables.Person, person_id) if is_key(person_id) else None
    member = session.get(tables.Membership, (person_id, by.account.number)) if person else None
    if person is None or member is None or not person.has_stellr:
        raise Refused(Finding(Reason.UNKNOWN_RESELLER_CONTACT, "reseller_contact", str(person_id)))
    return person_id


def _customer(
    session: Session, by: SignedIn, form: OrderForm
) -> tuple[tables.EndUser, tables.Location, tables.Contact]:
    """The end user with the chosen location and contact, by default the first of each."""
    if form.end_user_number is None:
        raise Refused(Finding(Reason.REQUIRED, "end_user"))
    try:
        end_user = find_row(session, by, form.end_user_number)
    except Refused as refused:
        raise Refused(*(one.at("end_user") for one in refused.findings)) from None
    location = next((one for one in in_use(end_user.locations) if form.location_id in (None, one.id)), None)
    if location is None:
        raise Refused(Finding(Reason.UNKNOWN_LOCATION, "end_user", str(form.location_id)))
    contact = next((one for one in in_use(end_user.contacts) if form.contact_id in (None, one.id)), None)
    if contact is None:
        raise Refused(Finding(Reason.UNKNOWN_CONTACT, "end_user", str(form.contact_id)))
    return end_user, location, contact


def proposed_details(contact: Contact | tables.Contact) -> Details:
    """What the wizard begins with: the contact; family and given name are told apart only where a blank does."""
    family, blank, given = contact.name.replace("\u3000", " ").partition(" ")
    names = (given.strip(), family) if blank else (contact.name, "")
    return Details(given_name=names[0], family_name=names[1], email=contact.email, phone=contact.phone)


def find_order(session: Session, by: SignedIn, order_id: int, *, to_change: bool = False) -> tables.PurchaseOrder:
    """The row of an order; one that is to be changed is locked, so that two presses queue."""
    lock = True if to_change else None
    row = session.get(tables.PurchaseOrder, order_id, with_for_update=lock) if is_key(order_id) else None
    if row is None or row.account_number != by.account.number:
        raise Refused(Finding(Reason.UNKNOWN_ORDER, "", str(order_id)))
    return row


def _last_reason(row: tables.Contract) -> str:
    """差戻し: what the operator found lacking the last time."""
    return next((str(one.facts["reason"]) for one in reversed(row.events) if one.kind == "sent-back"), "")


def order_value(row: tables.PurchaseOrder) -> Order:
    """The row as a plain value."""
    end_user = as_value(row.end_user)
    person = row.reseller_contact
    return Order(
        id=row.id,
        po_number=row.po_number,
        end_user_order_number=row.end_user_order_number,
        reservation_number=row.reservation_number,
        created_on=row.created_on,
        reseller_contact=ResellerContact(person.id, person.name, person.phone, person.email),
        end_user=end_user,
        location=location_value(row.location),
        contact=contact_value(row.contact),
        contracts=tuple(
            OrderedContract(
                number=one.number,
                status=Status(one.status),
                sku=one.sku,
                product_name=one.product_name,
                manufacturer_part_number=one.manufacturer_part_number,
                vendor_code=one.vendor_code,
                vendor_name=one.vendor_name,
                plan=Plan(one.plan),
                seats=sum(lot.seats for lot in one.lots),
                unit_price=one.lots[0].unit_price,
                sent_on=one.sent_on,
                delivered_on=one.delivered_on,
                sent_back_for=_last_reason(one) if one.status == Status.SENT_BACK else "",
            )
            for one in row.contracts
        ),
        details=details_of(row),
        passed=_passed(row),
    )


def details_of(row: tables.PurchaseOrder) -> Details:
    """What the wizard has been told so far."""
    return Details(**{one.name: str(row.details.get(one.name, "")) for one in columns_of(Details)})


def _passed(row: tables.PurchaseOrder) -> int:
    passed = row.details.get(PASSED, 0)
    return max(passed, 0) if isinstance(passed, int) else 0

"""Quick orders: what one line means, what it would lead to, and its PO; the same again for an earlier order."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from stellr_tui.desk.cart import Choice, Line, priced
from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import Contact, EndUser, Location, end_user, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Order, OrderForm, create_order, dates_if_sent, details_of, find_order, order_value
from stellr_tui.desk.pages import is_key, plain, storable
from stellr_tui.desk.people import permit
from stellr_tui.desk.po_proposals import propose_po_number
from stellr_tui.desk.quick_line import Part, QuickLine, matching_products, read_line
from stellr_tui.desk.remarks import warnings_on_po_number
from stellr_tui.reference.catalog import Product
from stellr_tui.rules import fields, money
from stellr_tui.rules.calendar import OrderDates
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.store import tables

MOST_CANDIDATES = 20
_NAMED = 3  # candidates that a sentence names


@dataclass(frozen=True, slots=True)
class QuickOrder:
    """What a line orders, ready to become a PO. `like`: the order whose contact and details it takes over, if any."""

    form: OrderForm
    choices: tuple[Choice, ...]
    like: int | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a line means so far. `order` is None as long as something is missing or not clear, which `findings` say.

    customers and products (item by item) are what the parts could mean, at most 20 each. total is in yen, excluding
    tax. warnings: what is unusual, and can yet be ordered.
    """

    read: QuickLine
    customers: tuple[EndUser, ...]
    products: tuple[tuple[Product, ...], ...]
    customer: EndUser | None
    location: Location | None
    contact: Contact | None
    lines: tuple[Line, ...]
    po_number: str
    is_po_proposed: bool
    dates: tuple[OrderDates, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    order: QuickOrder | None

    @property
    def total(self) -> int:
        """合計金額 of what is clear so far, in yen, excluding tax."""
        return money.total(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Repeated:
    """An earlier order as the line that would order the same again."""

    line: str
    order_id: int


def foresee_quick_order(desk: Desk, by: SignedIn, line: str, *, pattern: str = "", like: int | None = None) -> Foreseen:
    """What a line means, and what placing it and sending it today would lead to. Stores nothing.

    pattern: that of the PO number that is proposed where none is typed. like: the order that is to be repeated; for
    its end user its location, contact and details are taken over, for others those of their last order that was sent.
    What is wrong with the line is not refused but said. Refused: UNKNOWN_ORDER.
    """
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        if like is not None:
            find_order(session, by, like)
    everything = [product for vendor in desk.catalog.vendors for product in vendor.products]
    read = read_line(line, everything)
    gathering = Gathering()
    customers = _customers(desk, by, read.customer)
    customer = gathering.keep(_the_customer, read.customer, customers)
    products = tuple(matching_products(item.product.text, everything) if item.product else () for item in read.items)
    lines = gathering.keep(_lines, desk, today, read, products, everything) or ()
    typed = read.po_number.text if read.po_number else ""
    proposed = "" if typed.strip() else propose_po_number(desk, by, pattern)
    po_number = gathering.keep(fields.po_number, typed or proposed)
    gathering.add(Finding(Reason.NOT_PART_OF_IT, "", part.text) for part in read.unread)
    place, like_id = _where(desk, by, customer, like)
    order = None
    if customer and lines and po_number and not gathering.findings:
        location, contact = place or (None, None)
        form = OrderForm(
            reseller_contact_id=by.person_id,
            end_user_number=customer.number,
            location_id=location.id if location else None,
            contact_id=contact.id if contact else None,
            po_number=po_number,
        )
        order = QuickOrder(form, tuple(Choice(one.product.sku, one.seats) for one in lines), like_id)
    return Foreseen(
        read=read,
        customers=customers,
        products=tuple(found[:MOST_CANDIDATES] for found in products),
        customer=customer,
        location=place[0] if place else None,
        contact=place[1] if place else None,
        lines=lines,
        po_number=po_number or "",
        is_po_proposed=bool(proposed),
        dates=dates_if_sent(today, (one.product.plan for one in lines)),
        findings=tuple(gathering.findings),
        warnings=warnings_on_po_number(desk, by, po_number) if po_number else (),
        order=order,
    )


def place_quick_order(desk: Desk, by: SignedIn, order: QuickOrder) -> Order:
    """発注する for a quick order: a PO, not complete yet, with the contact and the details of the order it is like.

    The cart stays as it is. Refused: as `place_order`.
    """
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        row = create_order(session, desk, by, order.form, order.choices)
        if order.like is not None:
            row.details = asdict(details_of(find_order(session, by, order.like)))
        session.flush()
        return order_value(row)


def same_again(desk: Desk, by: SignedIn, contract_number: int) -> Repeated:
    """The order that a contract came from, as a line for the same again: what was ordered then, without its PO number.

    Refused: UNKNOWN_CONTRACT.
    """
    with desk.store.reading() as session:
        permit(session, by)
        contract = session.get(tables.Contract, contract_number) if is_key(contract_number) else None
        if contract is None or contract.account_number != by.account.number:
            raise Refused(Finding(Reason.UNKNOWN_CONTRACT, "", str(contract_number)))
        order = contract.order
        items = [f"{one.sku} x{_ordered_seats(one)}" for one in order.contracts]
        return Repeated(" ".join([str(order.end_user_number), *items]), order.id)


def _ordered_seats(contract: tables.Contract) -> int:
    """The seats as they were ordered; those of today may be more or fewer."""
    return next(int(one.facts["seats"]) for one in contract.events if one.kind == "po-created")


def _customers(desk: Desk, by: SignedIn, part: Part | None) -> tuple[EndUser, ...]:
    """Whom the part could mean. A whole 顧客番号 or 会社名 means its own, whoever else it would find."""
    typed = plain(part.text) if part else ""
    if part is None or not typed:
        return ()
    if typed.isascii() and typed.isdecimal():
        with suppress(Refused):
            return (end_user(desk, by, int(typed)),)
    found = search_end_users(desk, by, part.text, limit=MOST_CANDIDATES).rows
    if len(found) > 1 and (named := _called(desk, by, part.text)):
        return named
    return found


def _called(desk: Desk, by: SignedIn, company: str) -> tuple[EndUser, ...]:
    with desk.store.reading() as session:
        permit(session, by)
        numbers = session.scalars(
            select(tables.EndUser.number)
            .where(
                tables.EndUser.account_number == by.account.number,
                tables.EndUser.company == storable(company),
            )
            .order_by(tables.EndUser.number)
            .limit(MOST_CANDIDATES)
        ).all()
    return tuple(end_user(desk, by, number) for number in numbers)


def _the_customer(part: Part | None, found: Sequence[EndUser]) -> EndUser:
    """Refused: REQUIRED, NOBODY_FOUND, SEVERAL_MATCH (facts: candidates)."""
    if part is None:
        raise Refused(Finding(Reason.REQUIRED, "customer"))
    if not found:
        raise Refused(Finding(Reason.NOBODY_FOUND, "customer", part.text))
    if len(found) > 1:
        raise Refused(_several("customer", part, [f"{one.number} {one.company}" for one in found]))
    return found[0]


def _lines(
    desk: Desk, day: date, read: QuickLine, products: Sequence[Sequence[Product]], everything: Sequence[Product]
) -> tuple[Line, ...]:
    """The lines at the prices of a day.

    Refused: REQUIRED, MORE_QUANTITIES (quantities), NOT_A_CHOICE (allowed), SEVERAL_MATCH; as `priced`.
    """
    gathering = Gathering()
    choices = []
    if not read.items:
        gathering.add([Finding(Reason.REQUIRED, "lines"), Finding(Reason.REQUIRED, "seats")])
    named = sum(item.product is not None for item in read.items)
    quantities = [item.seats.text for item in read.items if item.seats]
    if 0 < named < len(quantities) or (not named and len(quantities) > 1):
        gathering.add([Finding(Reason.MORE_QUANTITIES, "seats", "", {"quantities": ", ".join(quantities)})])
    for item, found in zip(read.items, products, strict=True):
        if item.seats is None:
            gathering.add([Finding(Reason.REQUIRED, "seats")])
        if item.product is None:
            gathering.add([Finding(Reason.REQUIRED, "lines")] if not named else ())
        elif not found:
            allowed = ", ".join(one.sku for one in everything[:MOST_CANDIDATES])
            gathering.add([Finding(Reason.NOT_A_CHOICE, "lines", item.product.text, {"allowed": allowed})])
        elif len(found) > 1:
            gathering.add([_several("lines", item.product, [one.sku for one in found])])
        elif item.seats is not None:
            choices.append(Choice(found[0].sku, item.seats.text))
    try:
        lines = priced(desk, choices, day) if choices else ()
    except Refused as refused:
        gathering.add(one.at(one.field.rpartition(".")[2]) for one in refused.findings)
    gathering.settle()
    return lines


def _several(name: str, part: Part, candidates: Sequence[str]) -> Finding:
    named = ", ".join(candidates[:_NAMED]) + (", ..." if len(candidates) > _NAMED else "")
    return Finding(Reason.SEVERAL_MATCH, name, part.text, {"candidates": named})


def _where(
    desk: Desk, by: SignedIn, customer: EndUser | None, like: int | None
) -> tuple[tuple[Location, Contact] | None, int | None]:
    """Where to and to whom: as in the order that this one is like, else the first of each; and that order."""
    if customer is None:
        return None, None
    with desk.store.reading() as session:
        permit(session, by)
        row = _earlier(session, by, customer.number, like)
        if row is None:
            return (customer.locations[0], customer.contacts[0]), None
        location = next((one for one in customer.locations if one.id == row.location_id), customer.locations[0])
        contact = next((one for one in customer.contacts if one.id == row.contact_id), customer.contacts[0])
        return (location, contact), row.id


def _earlier(session: Session, by: SignedIn, customer: int, like: int | None) -> tables.PurchaseOrder | None:
    if like is not None:
        meant = find_order(session, by, like)
        if meant.end_user_number == customer:
            return meant
    return session.scalar(
        select(tables.PurchaseOrder)
        .where(
            tables.PurchaseOrder.account_number == by.account.number,
            tables.PurchaseOrder.end_user_number == customer,
            tables.PurchaseOrder.contracts.any(tables.Contract.sent_on.is_not(None)),
        )
        .order_by(tables.PurchaseOrder.id.desc())
        .limit(1)
    )

"""The cart and saved selections (オーダー①): products with a number of seats, before they become an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import permit
from stellr_tui.reference.catalog import Product
from stellr_tui.rules import fields, money
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.store.tables import BillingAccount, CartLine, SavedLine, SavedSelection


@dataclass(frozen=True, slots=True)
class Choice:
    """A product and how many seats of it, as typed; `seats` may be text with full-width digits."""

    sku: str
    seats: str | int


@dataclass(frozen=True, slots=True)
class Line:
    """A product of a cart or an order: 商品名 … 提供金額, with the unit price in yen of the day it was read on."""

    product: Product
    seats: int
    unit_price: int

    @property
    def amount(self) -> int:
        """提供金額 in yen, excluding tax."""
        return money.amount(self.unit_price, self.seats)


@dataclass(frozen=True, slots=True)
class Cart:
    """カート: its lines in the order they were put in."""

    lines: tuple[Line, ...] = ()

    @property
    def total(self) -> int:
        """合計金額 in yen, excluding tax."""
        return money.total(line.amount for line in self.lines)


def read_cart(desk: Desk, by: SignedIn) -> Cart:
    """The cart of this person for this billing account, at today's prices."""
    with desk.store.reading() as session:
        permit(session, by)
        return cart_in(session, desk, by)


def put_in_cart(desk: Desk, by: SignedIn, choices: Iterable[Choice]) -> Cart:
    """カートに入れる: these products with these seats; one that is in the cart already takes the new number.

    Refused: EMPTY_CART where nothing was chosen, NOT_A_QUANTITY, UNKNOWN_PRODUCT, NO_PRICE.
    """
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        chosen = priced(desk, choices, clock_in(session, desk).today)
        rows = {row.sku: row for row in _rows(session, by)}
        for position, line in enumerate(chosen, max((row.position for row in rows.values()), default=0) + 1):
            sku = line.product.sku
            if sku in rows:
                rows[sku].seats = line.seats
            else:
                session.add(
                    CartLine(
                        person_id=by.person_id,
                        account_number=by.account.number,
                        sku=sku,
                        position=position,
                        seats=line.seats,
                    )
                )
        session.flush()
        return cart_in(session, desk, by)


def take_from_cart(desk: Desk, by: SignedIn, sku: str) -> Cart:
    """The Action of 選択済み商品: remove a product. One that is not there is left alone."""
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        for row in _rows(session, by):
            if row.sku == sku:
                session.delete(row)
        session.flush()
        return cart_in(session, desk, by)


def save_selection(desk: Desk, by: SignedIn, name: str, choices: Iterable[Choice]) -> None:
    """構成保存: keep these products and seats under a name; the same name again replaces what it held.

    Refused: as for the cart, and what is no name.
    """
    gathering = Gathering()
    kept = gathering.keep(fields.name, name, "selection_name", required=True)
    gathering.settle()
    with desk.store.writing() as session:
        permit(session, by)
        # Two colleagues who save at once queue at their account, so that the later one replaces the earlier.
        session.get(BillingAccount, by.account.number, with_for_update={"key_share": True})
        chosen = priced(desk, choices, clock_in(session, desk).today)
        session.execute(
            delete(SavedLine).where(
                SavedLine.selection_id.in_(
                    select(SavedSelection.id).where(
                        SavedSelection.account_number == by.account.number, SavedSelection.name == kept
                    )
                )
            )
        )
        session.execute(
            delete(SavedSelection).where(
                SavedSelection.account_number == by.account.number, SavedSelection.name == kept
            )
        )
        lines = [
            SavedLine(sku=line.product.sku, seats=line.seats, position=position)
            for position, line in enumerate(chosen, 1)
        ]
        session.add(SavedSelection(account_number=by.account.number, name=kept or "", saved_at=desk.now(), lines=lines))


def saved_selections(desk: Desk, by: SignedIn) -> dict[str, tuple[Choice, ...]]:
    """The saved selections of the billing account, by name."""
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(
            select(SavedSelection)
            .where(SavedSelection.account_number == by.account.number)
            .order_by(SavedSelection.name)
        )
        return {row.name: tuple(Choice(line.sku, line.seats) for line in row.lines) for row in rows}


def priced(desk: Desk, choices: Iterable[Choice], day: date) -> tuple[Line, ...]:
    """The choices as lines, at the prices of the day. Refused: EMPTY_CART, and every line that cannot be ordered.

    Findings stand at `lines.N.seats` and `lines.N.sku`, N from 1.
    """
    gathering = Gathering()
    lines: list[Line] = []
    seen: set[str] = set()
    for position, choice in enumerate(choices, 1):
        seats = gathering.keep(fields.quantity, choice.seats, f"lines.{position}.seats")
        try:
            product = desk.catalog.product(choice.sku)
            price = product.price_on(day)
            if choice.sku in seen:
                raise Refused(Finding(Reason.TWICE_IN_ORDER, "sku", choice.sku))
        except Refused as refused:
            gathering.add(one.at(f"lines.{position}.sku") for one in refused.findings)
            continue
        seen.add(choice.sku)
        lines.append(Line(product, seats or 0, price))
    gathering.settle()
    if not lines:
        raise Refused(Finding(Reason.EMPTY_CART, "lines"))
    return tuple(lines)


def cart_in(session: Session, desk: Desk, by: SignedIn) -> Cart:
    """The cart within a transaction; what has left the catalogue is left out."""
    today = clock_in(session, desk).today
    lines = []
    for row in _rows(session, by):
        try:
            product = desk.catalog.product(row.sku)
            lines.append(Line(product, row.seats, product.price_on(today)))
        except Refused:
            continue
    return Cart(tuple(lines))


def empty_cart(session: Session, by: SignedIn, skus: Iterable[str]) -> None:
    """Take out what has been ordered."""
    session.execute(
        delete(CartLine).where(
            CartLine.person_id == by.person_id,
            CartLine.account_number == by.account.number,
            CartLine.sku.in_(list(skus)),
        )
    )


def _rows(session: Session, by: SignedIn) -> Sequence[CartLine]:
    query = (
        select(CartLine)
        .where(CartLine.person_id == by.person_id, CartLine.account_number == by.account.number)
        .order_by(CartLine.position)
    )
    return session.scalars(query).all()

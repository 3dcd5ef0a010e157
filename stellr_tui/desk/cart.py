"""The cart and saved selections (オーダー①): products with a number of seats, before they become an order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import is_key
from stellr_tui.desk.people import permit
from stellr_tui.reference.catalog import Product
from stellr_tui.rules import fields, money
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.store.tables import BillingAccount, OrderDraft, SavedLine, SavedSelection


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
    """カート: its lines in the order they were put in.

    draft: as which order half entered they are kept; 0 for none. version: how that stood when this was read.
    changed: what is otherwise than when it was kept: products that are gone, prices.
    """

    lines: tuple[Line, ...] = ()
    draft: int = field(default=0, compare=False)
    version: str = field(default="", compare=False)
    changed: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def total(self) -> int:
        """合計金額 in yen, excluding tax."""
        return money.total(line.amount for line in self.lines)


def read_cart(desk: Desk, by: SignedIn, seen: Cart | None = None) -> Cart:
    """The cart of this person for this billing account, at today's prices: that of the order changed last.

    seen: what a session that works at an order saw last. It gets that order again, and without one what lies in the
    cart. An order that was changed elsewhere meanwhile stays to the session as it was.
    """
    with desk.store.reading() as session:
        permit(session, by)
        if seen is None:
            return cart_of(session, desk, latest(session, by))
        if not seen.draft:
            return cart_of(session, desk, latest(session, by, set_aside=False))
        row = find_draft(session, by, seen.draft)
        return seen if row is not None and row.version != seen.version else cart_of(session, desk, row)


def put_in_cart(desk: Desk, by: SignedIn, choices: Iterable[Choice], seen: Cart | None = None) -> Cart:
    """カートに入れる: these products with these seats; one that is in the cart already takes the new number.

    seen: as in `read_cart`; an order that was changed elsewhere meanwhile is left as it is, and goes on as another.
    Refused: EMPTY_CART where nothing was chosen, NOT_A_QUANTITY, UNKNOWN_PRODUCT, NO_PRICE.
    """
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        chosen = priced(desk, choices, clock_in(session, desk).today)
        row, lines = _to_change(session, desk, by, seen)
        by_sku = {line.product.sku: line for line in (*lines, *chosen)}
        return keep_draft(session, desk, by, row, tuple(by_sku.values()))


def take_from_cart(desk: Desk, by: SignedIn, sku: str, seen: Cart | None = None) -> Cart:
    """The Action of 選択済み商品: remove a product. One that is not there is left alone. seen: as in `put_in_cart`."""
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        row, lines = _to_change(session, desk, by, seen)
        return keep_draft(session, desk, by, row, tuple(line for line in lines if line.product.sku != sku))


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


def cart_of(session: Session, desk: Desk, row: OrderDraft | None) -> Cart:
    """The cart of an order half entered, within a transaction; what has left the catalogue is left out, and said."""
    if row is None:
        return Cart()
    today = clock_in(session, desk).today
    lines: list[Line] = []
    changed = []
    for kept in kept_lines(row):
        try:
            product = desk.catalog.product(kept.sku)
            line = Line(product, kept.seats, product.price_on(today))
        except Refused:
            changed.append(Finding(Reason.PRODUCT_GONE, "lines", kept.name or kept.sku))
            continue
        lines.append(line)
        if kept.unit_price not in (None, line.unit_price):
            facts = {"before": kept.unit_price, "now": line.unit_price}
            changed.append(Finding(Reason.PRICE_CHANGED, "lines", product.name, facts))
    return Cart(tuple(lines), row.id, row.version, tuple(changed))


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A product of an order half entered as it was kept; the unit price in yen is that of the day it was seen."""

    sku: str
    seats: int
    name: str = ""
    unit_price: int | None = None


def kept_lines(row: OrderDraft) -> Iterator[KeptLine]:
    """The lines of an order half entered. What is no line, from whatever wrote it, is passed over."""
    for one in row.lines if isinstance(row.lines, list) else ():
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            price = one.get("unit_price")
            yield KeptLine(str(one["sku"]), int(one["seats"]), str(one.get("name", "")), price and int(price))


def latest(session: Session, by: SignedIn, *, set_aside: bool | None = None) -> OrderDraft | None:
    """The order half entered that this person changed last; of those set aside or not, where that is asked for."""
    query = drafts_of(by).limit(1)
    if set_aside is not None:
        query = query.where(OrderDraft.set_aside.is_(set_aside))
    return session.scalar(query)


def drafts_of(by: SignedIn) -> Select[OrderDraft]:
    """The orders this person has half entered for this billing account, the one changed last first."""
    return (
        select(OrderDraft)
        .where(OrderDraft.person_id == by.person_id, OrderDraft.account_number == by.account.number)
        .order_by(OrderDraft.changed_at.desc(), OrderDraft.id.desc())
    )


def find_draft(session: Session, by: SignedIn, number: int) -> OrderDraft | None:
    """An order that this person has half entered for this billing account; None where there is none."""
    row = session.get(OrderDraft, number) if is_key(number) else None
    is_own = row is not None and (row.person_id, row.account_number) == (by.person_id, by.account.number)
    return row if is_own else None


def unchanged(session: Session, by: SignedIn, seen: Cart) -> OrderDraft | None:
    """The row of an order half entered, as long as nobody else has changed it, sent it or thrown it away."""
    row = find_draft(session, by, seen.draft)
    return row if row is not None and row.version == seen.version else None


def keep_draft(
    session: Session,
    desk: Desk,
    by: SignedIn,
    row: OrderDraft | None,
    lines: Sequence[Line],
    typed: Mapping[str, Mapping[str, str]] | None = None,
    *,
    set_aside: bool = False,
) -> Cart:
    """Keep an order half entered, by default with what was typed before; a new row for None, and none for nothing."""
    kept = dict(row.typed if row else {}) if typed is None else {name: dict(texts) for name, texts in typed.items()}
    if not lines and not kept:
        if row is not None:
            session.delete(row)
            session.flush()
        return Cart()
    now = desk.now()
    if row is None:
        row = OrderDraft(person_id=by.person_id, account_number=by.account.number, begun_at=now)
        session.add(row)
    row.changed_at, row.version = now, uuid4().hex
    row.lines = [
        {"sku": one.product.sku, "seats": one.seats, "name": one.product.name, "unit_price": one.unit_price}
        for one in lines
    ]
    row.typed = kept
    row.set_aside = bool(row.set_aside or set_aside)
    session.flush()
    return Cart(tuple(lines), row.id, row.version)


def _to_change(
    session: Session, desk: Desk, by: SignedIn, seen: Cart | None
) -> tuple[OrderDraft | None, tuple[Line, ...]]:
    if seen is None:
        row = latest(session, by)
        return row, cart_of(session, desk, row).lines
    return unchanged(session, by, seen), seen.lines

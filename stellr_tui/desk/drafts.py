"""Drafts: orders half entered, which wait for whoever began them until they are sent or thrown away."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from stellr_tui.desk.cart import Cart, cart_of, drafts_of, find_draft, keep_draft, kept_lines, unchanged
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import find_row
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE
from stellr_tui.desk.people import permit
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.store import tables

Typed = Mapping[str, Mapping[str, str]]
"""What was typed, field by field, by form."""

ORDER, NEW_END_USER = "order", "new-end-user"
"""The forms: the order page, and the one of オーダー③ on top of it. Others come and go with the screens."""

_TAKEN_ALONE = "reseller_contact"  # chosen by the program where there is nothing to choose from


@dataclass(frozen=True, slots=True)
class DraftProduct:
    """A product of a draft, by its name where that is known, and its seats."""

    sku: str
    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An order half entered, as a list shows it. Total in yen of today, excluding tax; the moments are UTC.

    customer_number is None while no end user has been chosen; company is then the one being typed, or "".
    set_aside: something was typed, or it was put aside; else it only lies in the cart.
    """

    id: int
    begun_at: datetime
    changed_at: datetime
    customer_number: int | None
    company: str
    po_number: str
    set_aside: bool
    products: tuple[DraftProduct, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A draft to go on with: its products, and what was typed. missing: what of that is gone from the book."""

    cart: Cart
    typed: Typed
    missing: tuple[Finding, ...]


def list_drafts(desk: Desk, by: SignedIn) -> tuple[Draft, ...]:
    """The orders this person has half entered for this billing account, the one changed last first, at most 200."""
    with desk.store.reading() as session:
        permit(session, by)
        return tuple(_draft(session, desk, by, row) for row in session.scalars(drafts_of(by).limit(MAX_PAGE)))


def save_draft(desk: Desk, by: SignedIn, seen: Cart, typed: Typed, *, set_aside: bool = False) -> Cart:
    """Keep what has been entered so far; without products and anything typed nothing is kept.

    Where the draft has been changed, sent or thrown away elsewhere meanwhile, this becomes another one beside it.
    """
    kept = worth_keeping(typed, of_products=bool(seen.lines))
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        row = unchanged(session, by, seen)
        return keep_draft(session, desk, by, row, seen.lines, kept, set_aside=set_aside or bool(kept))


def worth_keeping(typed: Typed, *, of_products: bool) -> dict[str, dict[str, str]]:
    """What somebody has typed: nothing blank, and no form in which only the program has filled something in.

    An end user alone, who came along from another page, is no order as long as there are no products. Names that
    begin with # are the form's own notes.
    """
    by_itself = {_TAKEN_ALONE} if of_products else {_TAKEN_ALONE, "end_user"}
    forms = {name: {one: text for one, text in fields.items() if text.strip()} for name, fields in typed.items()}
    return {
        name: fields
        for name, fields in forms.items()
        if any(not one.startswith("#") and one not in by_itself for one in fields)
    }


def take_up_draft(desk: Desk, by: SignedIn, number: int) -> TakenUp:
    """A draft to go on with. What is gone from the book or the catalogue is left out, and said. Refused: UNKNOWN_DRAFT.

    The cart says PRODUCT_GONE and PRICE_CHANGED (facts: before, now; in yen); missing is UNKNOWN_CUSTOMER.
    """
    with desk.store.reading() as session:
        permit(session, by)
        row = _own(session, by, number)
        cart, typed = cart_of(session, desk, row), typed_in(row)
        missing = []
        fields = typed.get(ORDER, {})
        customer = fields.get("end_user", "")
        if customer and _end_user(session, by, customer) is None:
            missing.append(Finding(Reason.UNKNOWN_CUSTOMER, "customer", customer))
            typed[ORDER] = {name: text for name, text in fields.items() if name != "end_user"}
        return TakenUp(cart, typed, tuple(missing))


def throw_away_draft(desk: Desk, by: SignedIn, number: int) -> None:
    """Throw a draft away, whatever is in it. Refused: UNKNOWN_DRAFT."""
    with desk.store.writing() as session:
        permit(session, by, one_at_a_time=True)
        session.delete(_own(session, by, number))


def typed_in(row: tables.OrderDraft) -> dict[str, dict[str, str]]:
    """What was typed. What is no text, from whatever wrote it, is passed over."""
    forms = row.typed if isinstance(row.typed, dict) else {}
    return {
        name: {one: text for one, text in fields.items() if isinstance(text, str)}
        for name, fields in forms.items()
        if isinstance(fields, dict)
    }


def _own(session: Session, by: SignedIn, number: int) -> tables.OrderDraft:
    row = find_draft(session, by, number)
    if row is None:
        raise Refused(Finding(Reason.UNKNOWN_DRAFT, "", str(number)))
    return row


def _end_user(session: Session, by: SignedIn, typed: str) -> tables.EndUser | None:
    with suppress(Refused, ValueError):
        return find_row(session, by, int(typed))
    return None


def _draft(session: Session, desk: Desk, by: SignedIn, row: tables.OrderDraft) -> Draft:
    typed = typed_in(row)
    order = typed.get(ORDER, {})
    end_user = _end_user(session, by, order.get("end_user", ""))
    return Draft(
        id=row.id,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        customer_number=end_user.number if end_user else None,
        company=end_user.company if end_user else typed.get(NEW_END_USER, {}).get("company", ""),
        po_number=order.get("po_number", ""),
        set_aside=row.set_aside,
        products=tuple(DraftProduct(one.sku, one.name, one.seats) for one in kept_lines(row)),
        total=money.total(line.amount for line in cart_of(session, desk, row).lines),
    )

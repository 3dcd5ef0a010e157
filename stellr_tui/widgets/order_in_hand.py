"""The order that a session works at: what of it is kept, how soon, and which of the drafts it is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any

from stellr_tui.desk.cart import Cart, Choice, put_in_cart, read_cart, take_from_cart
from stellr_tui.desk.drafts import (
    NEW_END_USER,
    ORDER,
    Draft,
    TakenUp,
    Typed,
    list_drafts,
    save_draft,
    take_up_draft,
    throw_away_draft,
    worth_keeping,
)
from stellr_tui.desk.orders import Order, OrderForm, place_order
from stellr_tui.rules.findings import Finding

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn

_CONTACT = "contact"
_VENDOR = "vendor."
ORDER_FORM = ("OrderPage", "order-form")
_KEYS: Mapping[str, Hashable] = {
    ORDER: ORDER_FORM,
    NEW_END_USER: "new-end-user",
    _CONTACT: "order-contact",
}
"""Under what the forms of an order are kept while one goes from page to page, by their names in a draft."""


def quantity_field(sku: str) -> str:
    """The name of the field for the quantity of a product."""
    return f"quantity.{sku}"


def vendor_form(code: str) -> Hashable:
    """Under what the quantities typed on a vendor's page are kept."""
    return (("VendorProductsPage", code), "selection-form")


class OrderInHand:
    """What one session has entered of an order. Its questions to the desk are asked in threads, one at a time.

    What the session sees is what is kept and ordered: a draft that is changed elsewhere meanwhile goes on as another.
    """

    def __init__(self, *, goes_on: bool = False) -> None:
        """goes_on: with the order changed last, whoever was at work on it, and not with what lies in the cart only."""
        self._goes_on = goes_on
        self._alone = RLock()
        self._cart = Cart()
        self._typed: Typed = {}
        self._kept: Typed = {}
        self._is_over = False
        self.is_behind = self.is_being_kept = False
        """Whether something was typed that is to be kept still, and whether that is under way. For the event loop."""
        self.missing: tuple[Finding, ...] = ()
        """What was gone from the book when the draft was taken up."""

    @property
    def draft(self) -> int:
        """Which draft it is; 0 as long as nothing is kept."""
        return self._cart.draft

    def is_typed(self, typed: Typed) -> None:
        """This is what is typed now; to be kept."""
        self._typed = typed

    def go_on(self) -> None:
        """The pages show what is in hand now: what is typed from here on belongs to it."""
        self._is_over = False

    def keep(self, desk: Desk, by: SignedIn) -> None:
        """Keep what is typed, if that is not kept already."""
        with self._alone:
            typed = self._worth_keeping()
            if typed != self._kept and not self._is_over:
                self._cart = save_draft(desk, by, self._cart, typed)
                self._kept = typed

    def read(self, desk: Desk, by: SignedIn) -> Cart:
        """The products of the order."""
        with self._alone:
            self._cart = read_cart(desk, by, None if self._goes_on else self._cart)
            self._goes_on = False
            return self._cart

    def put(self, desk: Desk, by: SignedIn, choices: Iterable[Choice]) -> Cart:
        """カートに入れる. Refused: as `put_in_cart`."""
        with self._alone:
            return self._change(desk, by, put_in_cart(desk, by, choices, self._cart))

    def take(self, desk: Desk, by: SignedIn, sku: str) -> Cart:
        """Remove a product."""
        with self._alone:
            return self._change(desk, by, take_from_cart(desk, by, sku, self._cart))

    def place(self, desk: Desk, by: SignedIn, form: OrderForm) -> Order:
        """発注する for what the session sees. Refused: as `place_order`."""
        with self._alone:
            order = place_order(desk, by, form, self._cart)
            self._let_go()
            return order

    def set_aside(self, desk: Desk, by: SignedIn) -> None:
        """Let it wait among the drafts; another one can begin."""
        with self._alone:
            if not self._is_over:
                save_draft(desk, by, self._cart, self._worth_keeping(), set_aside=True)
            self._let_go()

    def drafts(self, desk: Desk, by: SignedIn) -> tuple[Draft, ...]:
        """The drafts that wait, this one as it is now."""
        with self._alone:
            self.keep(desk, by)
            return list_drafts(desk, by)

    def take_up(self, desk: Desk, by: SignedIn, number: int) -> TakenUp:
        """Go on with a draft; what was in hand waits among the others. Refused: UNKNOWN_DRAFT."""
        with self._alone:
            self.keep(desk, by)
            taken = take_up_draft(desk, by, number)
            if number != self._cart.draft:
                self.set_aside(desk, by)
            self._let_go()
            self._cart, self._kept, self.missing = taken.cart, taken.typed, taken.missing
            return taken

    def throw_away(self, desk: Desk, by: SignedIn, number: int) -> bool:
        """Throw a draft away; whether it was the one in hand. Refused: UNKNOWN_DRAFT."""
        with self._alone:
            throw_away_draft(desk, by, number)
            is_in_hand = number == self._cart.draft
            if is_in_hand:
                self._let_go()
            return is_in_hand

    def _change(self, desk: Desk, by: SignedIn, cart: Cart) -> Cart:
        if cart.draft != self._cart.draft:
            self._kept = {}
        self._cart = cart
        self.keep(desk, by)
        return self._cart

    def _let_go(self) -> None:
        """Nothing is in hand. What the pages still show is kept no more."""
        self._cart, self._typed, self._kept, self.missing, self._is_over = Cart(), {}, {}, (), True

    def _worth_keeping(self) -> Typed:
        """What is typed, without the quantities that only say what lies in the cart."""
        in_cart = {quantity_field(line.product.sku): str(line.seats) for line in self._cart.lines}
        typed = {
            form: {
                name: text for name, text in fields.items() if not form.startswith(_VENDOR) or in_cart.get(name) != text
            }
            for form, fields in self._typed.items()
        }
        return worth_keeping(typed, of_products=bool(self._cart.lines))


def typed_for_order(typed: Mapping[Any, Mapping[str, str]]) -> Typed:
    """Of all that is typed in the app what belongs to an order, by form."""
    forms = {name: dict(typed[key]) for name, key in _KEYS.items() if key in typed}
    if not is_of_order(forms.get(NEW_END_USER, {})):
        forms.pop(NEW_END_USER, None)
    for key, fields in typed.items():
        match key:
            case ((_page, str(code)), "selection-form") if key == vendor_form(code):
                forms[f"{_VENDOR}{code}"] = dict(fields)
    return forms


def is_of_order(fields: Mapping[str, str]) -> bool:
    """Whether a new end user is being entered for an order."""
    return bool(fields.get("#of_order"))


def lay_out(typed: dict[Hashable, dict[str, str]], order: Typed) -> None:
    """Put what belongs to an order in place of what was typed for another."""
    for name in typed_for_order(typed):
        typed.pop(_key_of(name), None)
    for name, fields in order.items():
        if name in _KEYS or name.startswith(_VENDOR):
            typed[_key_of(name)] = dict(fields)


def vendor_typed_in(order: Typed) -> str | None:
    """The code of a vendor whose page something is typed on."""
    return next((name.removeprefix(_VENDOR) for name in order if name.startswith(_VENDOR)), None)


def _key_of(name: str) -> Hashable:
    return _KEYS[name] if name in _KEYS else vendor_form(name.removeprefix(_VENDOR))

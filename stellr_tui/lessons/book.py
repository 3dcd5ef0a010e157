"""The order book as statements ask for it, through the desk's own queries."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from stellr_tui.desk.cart import Cart, read_cart
from stellr_tui.desk.changes import WaitingChange, waiting_changes
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import IssuedInvoice, list_invoices
from stellr_tui.desk.orders import Order, read_order
from stellr_tui.desk.outbox import OpenedLetter, list_mail, read_mail
from stellr_tui.desk.pages import Page
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions, subscription

Answer = TypeVar("Answer")
Row = TypeVar("Row")


class Book:
    """The order book of a lesson, seen by the one who is signed in there.

    Every question is asked once and its answer kept until something was written: a look costs little.
    """

    def __init__(self, desk: Desk, by: SignedIn) -> None:
        self.desk = desk
        self.by = by
        self._answers: dict[object, Any] = {}
        self._version: int | None = None

    def turn(self) -> None:
        """Where something was written since the last turn forget the answers: ask anew from now on."""
        version = self.desk.store.version()
        if version is None or version != self._version:
            self._version = version
            self._answers.clear()

    def today(self) -> date:
        """The business date."""
        return self._once("today", lambda: read_clock(self.desk).today)

    def contracts(self) -> tuple[Subscription, ...]:
        """Every contract, by number, without those discarded."""
        return self._once(
            "contracts",
            lambda: _all_pages(lambda after: list_subscriptions(self.desk, self.by, after=after)),
        )

    def orders(self) -> tuple[Order, ...]:
        """Every order that has such a contract, in the order they were placed."""
        return self._once("orders", self._orders)

    def waiting(self) -> tuple[WaitingChange, ...]:
        """The changes that wait, what takes effect first first."""
        return self._once("waiting", lambda: waiting_changes(self.desk, self.by))

    def end_users(self) -> tuple[EndUser, ...]:
        """Every end user, by number."""
        return self._once(
            "end users", lambda: _all_pages(lambda after: search_end_users(self.desk, self.by, after=after))
        )

    def invoices(self) -> tuple[IssuedInvoice, ...]:
        """Every invoice, the newest first."""
        return self._once("invoices", lambda: list_invoices(self.desk, self.by))

    def letters(self) -> tuple[OpenedLetter, ...]:
        """Every mail in full, the newest first."""
        return self._once("letters", self._letters)

    def cart(self) -> Cart:
        """The cart."""
        return self._once("cart", lambda: read_cart(self.desk, self.by))

    def order(self, order_id: int) -> Order:
        """One order, also one that was discarded. Refused: UNKNOWN_ORDER."""
        return self._once(("order", order_id), lambda: read_order(self.desk, self.by, order_id))

    def _letters(self) -> tuple[OpenedLetter, ...]:
        closed = _all_pages(lambda before: list_mail(self.desk, self.by, before=before))
        return tuple(read_mail(self.desk, self.by, one.id) for one in closed)

    def _orders(self) -> tuple[Order, ...]:
        found: dict[int, Order] = {}
        known: set[int] = set()
        for contract in self.contracts():
            if contract.contract_number not in known:
                order = subscription(self.desk, self.by, contract.contract_number).order
                found[order.id] = order
                known |= {one.number for one in order.contracts}
        return tuple(found[number] for number in sorted(found))

    def _once(self, question: object, ask: Callable[[], Answer]) -> Answer:
        if question not in self._answers:
            self._answers[question] = ask()
        answer: Answer = self._answers[question]
        return answer


def _all_pages(read: Callable[[int | None], Page[Row]]) -> tuple[Row, ...]:
    rows: list[Row] = []
    page = read(None)
    rows += page.rows
    while page.next is not None:
        page = read(page.next)
        rows += page.rows
    return tuple(rows)

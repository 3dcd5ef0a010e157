"""The world of a lesson: a training database in a folder of its own, in which the past has happened.

A lesson works only with the `Desk` made here. It names no database, reads no variable and no settings of the user, and
so cannot touch real data. The folder survives the program: opened again, the world is as it was left.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import ChangeForm, apply_change, withdraw_change
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.document import OrderDocument
from stellr_tui.desk.end_users import add_end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.opening import open_training
from stellr_tui.desk.orders import OrderForm, place_order
from stellr_tui.desk.people import choose_account, known_as
from stellr_tui.desk.submission import submit_order
from stellr_tui.desk.training import LOGIN, OPERATOR
from stellr_tui.lessons.book import Book
from stellr_tui.lessons.scenario import Filed, OfContract, Past, PastChange
from stellr_tui.reference.data import data_path
from stellr_tui.reference.toml_file import read_toml
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import Policy

DATABASE = "world.db"
_MORNING = time(1, 30, tzinfo=UTC)  # half past ten in Tokyo


@dataclass(frozen=True, slots=True)
class OpenWorld:
    """A world that is open: its desk, and who works there (signed in already, or about to be)."""

    filed: Filed
    folder: Path
    desk: Desk
    user: SignedIn

    def book(self) -> Book:
        """The order book, for conditions."""
        return Book(self.desk, self.user)

    def close(self) -> None:
        """Give the database back; the folder stays."""
        self.desk.store.close()


def open_world(filed: Filed, folder: Path) -> OpenWorld:
    """The world of a scenario in a folder: made anew where the folder holds none, else as it was left.

    Refused with file and line where the past cannot have happened, or the policy cannot be.
    """
    world = filed.scenario.world
    policy = _named(filed, "world.policy", lambda: Policy.from_mapping(_shipped_policy() | dict(world.policy)))
    morning = datetime.combine(world.today, _MORNING)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DATABASE
    if not path.exists():
        draft = folder / f"{DATABASE}.draft"
        for left in folder.glob(f"{draft.name}*"):
            left.unlink()
        desk = open_training(draft, policy, lambda: morning)
        try:
            _live_through(filed, desk)
        finally:
            desk.store.close()
        # At once and whole, also where the program is killed meanwhile.
        draft.replace(path)
    desk = open_training(path, policy, lambda: morning)
    user = _named(filed, "world.signed_in", lambda: _worker(desk, world.signed_in))
    return OpenWorld(filed, folder, desk, user)


def fresh_world(left: OpenWorld) -> OpenWorld:
    """The world of a scenario as it began, in the folder of one that was closed and is given up."""
    folder = left.folder
    for file in folder.glob(f"{DATABASE}*"):
        file.unlink()
    return open_world(left.filed, folder)


def _worker(desk: Desk, login: str) -> SignedIn:
    # Without the password, which is slow to check on purpose: everyone here has the one that is shown to everyone.
    return choose_account(known_as(desk, login or LOGIN))


def _shipped_policy() -> dict[str, object]:
    return read_toml(data_path("policy.toml"))


def _live_through(filed: Filed, desk: Desk) -> None:
    world = filed.scenario.world
    _named(filed, "world.today", lambda: set_clock(desk, world.today))
    by = _named(filed, "world.signed_in", lambda: _worker(desk, world.signed_in))
    for number, one in enumerate(world.past, 1):
        _named(filed, f"world.past.{number}", lambda one=one: _happen(desk, by, one))  # type: ignore[misc]


def _happen(desk: Desk, by: SignedIn, past: Past) -> None:
    match past:
        case Past(end_user=Mapping() as written):
            add_end_user(desk, by, _new_end_user(written))
        case Past(order=Mapping() as written):
            _order(desk, by, written)
        case Past(today=date() as day):
            set_clock(desk, day)
        case Past(change=PastChange() as change):
            form = ChangeForm(change.kind, change.seats or "", change.wish)
            apply_change(desk, by, _contract(desk, by, change.po_number, change.sku), form)
        case Past(withdraw=OfContract() as one):
            withdraw_change(desk, by, _contract(desk, by, one.po_number, one.sku))
        case Past(approve=OfContract() as one):
            approve(desk, _worker(desk, OPERATOR), _contract(desk, by, one.po_number, one.sku))
        case Past(send_back=OfContract() as one):
            send_back(desk, _worker(desk, OPERATOR), _contract(desk, by, one.po_number, one.sku), one.reason)
        case _:
            put_in_cart(desk, by, [Choice(line.sku, line.seats) for line in past.cart])


def _new_end_user(written: Mapping[str, Any]) -> Any:
    """The form of an end user, whose keys are those of the order file's customer."""
    document = OrderDocument.from_mapping({"po_number": "-", "lines": [], "customer": dict(written)})
    return document.new_customer


def _order(desk: Desk, by: SignedIn, written: Mapping[str, Any]) -> None:
    """An order that was sent, or left at PO作成."""
    said = dict(written)
    sent = said.pop("sent", True)
    if isinstance(customer := said.get("customer"), str):
        said["customer"] = _customer(desk, by, customer)
    document = OrderDocument.from_mapping(said)
    if sent:
        submit_order(desk, by, document)
        return
    put_in_cart(desk, by, [Choice(line.sku, line.seats) for line in document.lines])
    form = OrderForm(
        reseller_contact_id=by.person_id,
        end_user_number=document.customer_number,
        po_number=document.po_number,
        end_user_order_number=document.end_user_order_number,
    )
    place_order(desk, by, form)


def _customer(desk: Desk, by: SignedIn, company: str) -> int:
    for one in Book(desk, by).end_users():
        if company in (one.company, str(one.number)):
            return one.number
    raise Refused(Finding(Reason.UNKNOWN_CUSTOMER, "customer", company))


def _contract(desk: Desk, by: SignedIn, po_number: str, sku: str) -> int:
    for order in Book(desk, by).orders():
        for one in order.contracts:
            if order.po_number == po_number and sku in ("", one.sku):
                return one.number
    raise Refused(Finding(Reason.UNKNOWN_CONTRACT, "contract_number", po_number))


def _named(filed: Filed, key: str, ask: Callable[[], Any]) -> Any:
    """What is refused is said with the file and the line of its key."""
    try:
        return ask()
    except Refused as refused:
        here = {"file": str(filed.source.path), "line": filed.source.line(key)}
        raise Refused(
            *(Finding(one.reason, one.field, one.given, {**one.facts, **here}) for one in refused.findings)
        ) from None

"""A whole order from one document: the PO and its provisioning in one transaction, once for each key."""

import hashlib
import json
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stellr_tui.desk.cart import Choice
from stellr_tui.desk.clock import held_today
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.document import OrderDocument
from stellr_tui.desk.end_users import EndUserForm, store_end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Order, OrderForm, create_order, details_of, order_value
from stellr_tui.desk.people import permit
from stellr_tui.desk.provisioning import complete
from stellr_tui.desk.remarks import warnings_on_end_user, warnings_on_po_number
from stellr_tui.rules import fields
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused
from stellr_tui.rules.status import Status
from stellr_tui.store import tables

KEY_LIMIT = 100


@dataclass(frozen=True, slots=True)
class SubmittedContract:
    """A contract of a submitted order; without a number while it is only tried out. Amount in yen, excluding tax."""

    contract_number: int | None
    status: Status
    sku: str
    plan: Plan
    seats: int
    amount: int
    delivered_on: date


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a submitted order. Total in yen, excluding tax; warnings are what was unusual and yet taken."""

    po_number: str
    total: int
    contracts: tuple[SubmittedContract, ...]
    warnings: tuple[Finding, ...] = ()


class _TriedOut(Exception):
    """Carries the answer of a dry run out of the transaction that is taken back."""

    def __init__(self, answer: Submitted) -> None:
        self.answer = answer


def submit_written(
    desk: Desk, by: SignedIn, written: Mapping[str, Any], *, key: str | None = None, dry_run: bool = False
) -> Submitted:
    """What an order file says, submitted. Refused with what is wrong with its keys and with its values at once."""
    document, wrong = OrderDocument.read(written)
    if not wrong:
        return submit_order(desk, by, document, key=key, dry_run=dry_run)
    try:
        submit_order(desk, by, document, dry_run=True)
    except Refused as refused:
        # What could not be read is missing to the rules as well: that is no second mistake.
        unread = [one.field for one in wrong]
        unread += _follows_from(unread)
        wrong += tuple(one for one in refused.findings if not any(_is_within(one.field, name) for name in unread))
    raise Refused(*wrong)


def _follows_from(names: Iterable[str]) -> list[str]:
    """The fields that a postal code would have filled in."""
    return ["customer.city", "customer.prefecture"] if "customer.postal_code" in names else []


def _is_within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def submit_order(
    desk: Desk, by: SignedIn, document: OrderDocument, *, key: str | None = None, dry_run: bool = False
) -> Submitted:
    """Place an order and send its provisioning information, or nothing at all.

    The same key with the same document gives the answer of the first time and no second order. A dry run passes
    through every rule and leaves no trace. Refused: every finding of the document, named as in the document;
    KEY_USED_OTHERWISE for a key that came with another document.
    """
    kept_key = None if key is None else fields.text(key, "key", required=True, limit=KEY_LIMIT)
    try:
        return _submit(desk, by, document, kept_key, dry_run)
    except _TriedOut as tried:
        return tried.answer
    except IntegrityError:
        # The same key came in from elsewhere at the same moment and was first: its answer stands now.
        if kept_key is None:
            raise
        return _submit(desk, by, document, kept_key, dry_run)


def _submit(desk: Desk, by: SignedIn, document: OrderDocument, key: str | None, dry_run: bool) -> Submitted:
    warnings = warnings_on_document(desk, by, document)
    with desk.store.writing() as session:
        permit(session, by)
        if key and (earlier := earlier_answer(session, by, document, key)):
            return earlier
        answer = replace(place_and_send(session, desk, by, document, key), warnings=warnings)
        if dry_run:
            raise _TriedOut(without_numbers(answer))
        return answer


def earlier_answer(session: Session, by: SignedIn, document: OrderDocument, key: str) -> Submitted | None:
    """What was answered when this document came with this key before. Refused: KEY_USED_OTHERWISE."""
    earlier = session.get(tables.Submission, (by.account.number, key))
    if earlier is None:
        return None
    if earlier.digest != digest_of(document):
        raise Refused(Finding(Reason.KEY_USED_OTHERWISE, "key", key, {"key": key}))
    return _read(earlier.answer)


def place_and_send(
    session: Session,
    desk: Desk,
    by: SignedIn,
    document: OrderDocument,
    key: str | None = None,
    known: MutableMapping[EndUserForm, int] | None = None,
) -> Submitted:
    """The order of a document within a transaction that is under way, kept under its key.

    known: new end users that documents before have brought into the book, who are not brought in again.
    """
    row = _order(session, desk, by, document, {} if known is None else known)
    answer = _answer(order_value(row))
    if key:
        session.add(
            tables.Submission(
                account_number=by.account.number,
                key=key,
                digest=digest_of(document),
                order_id=row.id,
                answer=_written(answer),
            )
        )
    return answer


def without_numbers(answer: Submitted) -> Submitted:
    """The answer to what was only tried out: its contracts do not exist."""
    return replace(answer, contracts=tuple(replace(one, contract_number=None) for one in answer.contracts))


def _order(
    session: Session, desk: Desk, by: SignedIn, document: OrderDocument, known: MutableMapping[EndUserForm, int]
) -> tables.PurchaseOrder:
    today = held_today(session, desk)
    gathering = Gathering()
    number = document.customer_number
    if document.new_customer is not None:
        number = known.get(document.new_customer)
        if number is None and (stored := gathering.keep(store_end_user, session, desk, by, document.new_customer)):
            number = known[document.new_customer] = stored.number
        gathering.findings = [one.at(f"customer.{one.field}") for one in gathering.findings]
    department = gathering.keep(fields.name, document.department, "department")
    form = OrderForm(
        reseller_contact_id=by.person_id,
        end_user_number=number,
        po_number=document.po_number,
        end_user_order_number=document.end_user_order_number,
    )
    choices = [Choice(line.sku, line.seats) for line in document.lines]
    row = gathering.keep(create_order, session, desk, by, form, choices)
    if gathering.findings:
        # A customer that was refused is no second mistake of the order.
        refused_customer = document.new_customer is not None and number is None
        named = [one for one in gathering.findings if not (refused_customer and one.field == "end_user")]
        raise Refused(*(one.at("customer") if one.field == "end_user" else one for one in named))
    if row is None:
        raise AssertionError("not refused, so there is an order")
    complete(session, desk, by, row, replace(details_of(row), department=department or ""), today)
    return row


def warnings_on_document(desk: Desk, by: SignedIn, document: OrderDocument) -> tuple[Finding, ...]:
    """What is unusual about an order, and yet taken; named as in the document."""
    found = list(warnings_on_po_number(desk, by, document.po_number))
    if document.new_customer is not None:
        found += [one.at(f"customer.{one.field}") for one in warnings_on_end_user(desk, by, document.new_customer)]
    return tuple(found)


def _answer(order: Order) -> Submitted:
    return Submitted(
        po_number=order.po_number,
        total=order.total,
        contracts=tuple(
            SubmittedContract(one.number, one.status, one.sku, one.plan, one.seats, one.amount, one.delivered_on)
            for one in order.contracts
            if one.delivered_on is not None
        ),
    )


def _written(answer: Submitted) -> dict[str, Any]:
    contracts = [
        {
            "contract_number": one.contract_number,
            "status": one.status,
            "sku": one.sku,
            "plan": one.plan,
            "seats": one.seats,
            "amount": one.amount,
            "delivered_on": one.delivered_on.isoformat(),
        }
        for one in answer.contracts
    ]
    return {"po_number": answer.po_number, "total": answer.total, "contracts": contracts}


def _read(written: Mapping[str, Any]) -> Submitted:
    contracts = tuple(
        SubmittedContract(
            contract_number=one["contract_number"],
            status=Status(one["status"]),
            sku=one["sku"],
            plan=Plan(one["plan"]),
            seats=one["seats"],
            amount=one["amount"],
            delivered_on=date.fromisoformat(one["delivered_on"]),
        )
        for one in written["contracts"]
    )
    return Submitted(written["po_number"], written["total"], contracts)


def digest_of(document: OrderDocument) -> str:
    """What tells whether two documents say the same."""
    plain = json.dumps(document.as_mapping(), sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()

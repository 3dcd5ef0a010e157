"""Storefront: what an end user with access sees, at the reseller's selling price, and never what the reseller pays."""

from dataclasses import dataclass
from datetime import date

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import find_row
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import MAX_PAGE, PAGE, Page
from stellr_tui.desk.people import permit
from stellr_tui.desk.subscriptions import list_subscriptions
from stellr_tui.rules import fields, money
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import BillingAccount

SEEN = frozenset({Status.PROVISIONING, Status.ACTIVE, Status.ENDING, Status.ENDED})
"""What an end user sees: not what the reseller is still preparing, correcting, or has thrown away."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A contract as its end user sees it. The amount is in yen for a period of the plan, excluding tax.

    It is the selling price; None where the reseller has set no markup, for then there is none to be shown.
    """

    contract_number: int
    service: str
    plan: Plan
    status: Status
    seats: int
    term_starts_on: date | None
    term_ends_on: date | None
    amount: int | None


def read_markup(desk: Desk, by: SignedIn) -> int | None:
    """The markup of the billing account in percent, None where none is set."""
    with desk.store.reading() as session:
        permit(session, by)
        return session.get_one(BillingAccount, by.account.number).markup_percent


def set_markup(desk: Desk, by: SignedIn, typed: str) -> int | None:
    """Set the markup by which selling prices are reckoned, in percent; empty: no price is shown.

    Refused: NOT_A_MARKUP.
    """
    percent = fields.markup(typed)
    with desk.store.writing() as session:
        permit(session, by)
        session.get_one(BillingAccount, by.account.number, with_for_update=True).markup_percent = percent
    return percent


def storefront_of(
    desk: Desk, by: SignedIn, customer: int, after: int | None = None, limit: int = PAGE
) -> Page[Offered]:
    """What an end user would see with access, by contract number. Refused: UNKNOWN_CUSTOMER."""
    with desk.store.reading() as session:
        permit(session, by)
        find_row(session, by, customer)
        percent = session.get_one(BillingAccount, by.account.number).markup_percent
    page = list_subscriptions(desk, by, customer=customer, after=after, limit=min(limit, MAX_PAGE))
    seen = tuple(
        Offered(
            contract_number=one.contract_number,
            service=one.service,
            plan=one.plan,
            status=one.status,
            seats=one.seats,
            term_starts_on=one.term_starts_on,
            term_ends_on=one.term_ends_on,
            amount=None if percent is None else money.selling_price(one.amount, percent),
        )
        for one in page.rows
        if one.status in SEEN
    )
    return Page(seen, page.next)

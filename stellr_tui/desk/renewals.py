"""Renewals of annual seats that can still be stopped: what they will bill, and the last day to cancel before that."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots import billed_lots
from stellr_tui.desk.people import permit
from stellr_tui.rules import calendar
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Contract, EndUser, SeatLot


@dataclass(frozen=True, slots=True)
class Renewal:
    """Seats of a contract that are invoiced for another term on `invoiced_on` unless cancelled by `decide_by`."""

    contract_number: int
    customer_number: int
    company: str
    seats: int
    invoiced_on: date
    decide_by: date


def renewals_near(desk: Desk, by: SignedIn, days: int | None = None) -> tuple[Renewal, ...]:
    """The renewals whose last day to cancel is near by the policy, or at most so many days ahead, the nearest first.

    A monthly plan has such a day every month, and is left out.
    """
    days = desk.policy.near_days if days is None else days
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        # The invoice comes at least the notice and a day after its deadline, so no due lot is missed.
        first = today + timedelta(days=calendar.NOTICE_DAYS)
        meant = [
            Contract.account_number == by.account.number,
            Contract.status == Status.ACTIVE,
            Contract.plan == Plan.ANNUAL,
            SeatLot.seats > 0,
            SeatLot.next_invoice_on.between(first, first + timedelta(days=days + 1)),
        ]
        lots = [lot for those in billed_lots(session, *meant).values() for lot in those if lot.has_been_billed]
        rows = session.execute(
            select(Contract.number, EndUser.number, EndUser.company)
            .join(EndUser, EndUser.number == Contract.end_user_number)
            .join(SeatLot, SeatLot.contract_number == Contract.number)
            .where(*meant)
        )
        end_users = {number: (customer, company) for number, customer, company in rows}
    found: dict[tuple[date, int], int] = {}
    for lot in lots:
        key = (lot.next_invoice_on, lot.contract)
        found[key] = found.get(key, 0) + lot.seats
    return tuple(
        Renewal(contract, *end_users[contract], seats, invoiced_on, calendar.renewal_stop_deadline(invoiced_on))
        for (invoiced_on, contract), seats in sorted(found.items())
        if calendar.is_near(calendar.renewal_stop_deadline(invoiced_on), today, days)
    )

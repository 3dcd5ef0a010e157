"""発注番号 that is proposed: the next one of the user's own pattern, behind those this billing account has used."""

from sqlalchemy import select

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import permit
from stellr_tui.rules.po_numbers import before_number, next_po_number
from stellr_tui.store.tables import PurchaseOrder


def propose_po_number(desk: Desk, by: SignedIn, pattern: str) -> str:
    """The number for an order of today; "" without a pattern. A PO that was discarded has used its number."""
    if not pattern:
        return ""
    with desk.store.reading() as session:
        permit(session, by)
        today = clock_in(session, desk).today
        used = session.scalars(
            select(PurchaseOrder.po_number).where(
                PurchaseOrder.account_number == by.account.number,
                PurchaseOrder.po_number.startswith(before_number(pattern, today), autoescape=True),
            )
        )
        return next_po_number(pattern, today, used)

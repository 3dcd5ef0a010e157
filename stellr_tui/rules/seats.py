"""Seats are kept as lots, one for each order or addition; how many may go, and from which lot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stellr_tui.rules.findings import Finding, Reason, Refused


@dataclass(frozen=True, slots=True)
class Lot:
    """The seats of one order or addition, with the day of their next invoice and the day they were ordered."""

    number: int
    seats: int
    next_invoice_on: date
    ordered_on: date


def reducible(seats: int, pending: int, minimum: int = 1) -> int:
    """How many seats can still be given up: what is in force, less what is about to go, less the minimum.

    減数: 10 seats with 4 about to go leave 5 more. To go to none is a cancellation.
    """
    return max(0, seats - pending - minimum)


def check_reduction(wanted: int, seats: int, pending: int, minimum: int = 1) -> None:
    """Raise Refused (TOO_FEW_SEATS_LEFT, facts: allowed, seats, pending, minimum) if that many cannot go."""
    allowed = reducible(seats, pending, minimum)
    if wanted > allowed:
        facts = {"allowed": allowed, "seats": seats, "pending": pending, "minimum": minimum}
        raise Refused(Finding(Reason.TOO_FEW_SEATS_LEFT, "seats", str(wanted), facts))


def take_seats(lots: Iterable[Lot], wanted: int) -> Sequence[tuple[Lot, int]]:
    """From which lots a reduction takes its seats: first the next to be invoiced, between equals the newest.

    Returns (lot, seats taken from it) in that order; raises ValueError if the lots hold fewer than wanted.
    """
    taken: list[tuple[Lot, int]] = []
    left = wanted
    newest_first = sorted(lots, key=lambda lot: (lot.ordered_on, lot.number), reverse=True)
    for lot in sorted(newest_first, key=lambda lot: lot.next_invoice_on):
        if left == 0:
            break
        seats = min(lot.seats, left)
        if seats:
            taken.append((lot, seats))
            left -= seats
    if left:
        raise ValueError(f"{wanted} seats wanted, {wanted - left} there")
    return taken

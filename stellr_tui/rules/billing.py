"""What is billed on the 1st: which lots are due, for which days, at which price; and what the months ahead will bring.

全ての請求書は1日に当月分発行. The run that issues invoices and the preview of a month both work with these functions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from stellr_tui.rules import money
from stellr_tui.rules.calendar import (
    TERM_MONTHS,
    Plan,
    month_start,
    next_invoice_on,
    next_month_start,
    paid_until,
    renewal_stop_deadline,
)
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.seats import Lot, take_seats

MONTHS_FORESEEN = 60
"""How many months ahead an invoice can be foreseen: who looks further has mistyped the year."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What billing goes by. Where there is no price or no rate, asking for it raises Refused.

    price_on: the catalogue's price in yen of a SKU on a day. tax_percent_on: the rate of consumption tax that is in
    force on the day of an invoice. renewal_months: for how long an annual contract renews.
    """

    price_on: Callable[[str, date], int]
    tax_percent_on: Callable[[date], int]
    renewal_months: int = TERM_MONTHS


@dataclass(frozen=True, slots=True)
class BilledLot:
    """A lot as billing sees it: seats in force, the price of its order in yen, the 1st of its next invoice."""

    lot: int
    contract: int
    sku: str
    plan: Plan
    seats: int
    unit_price: int
    ordered_on: date
    delivered_on: date
    next_invoice_on: date
    gone: tuple[tuple[date, int], ...] = ()
    """What reductions took and when; told where a period may still be unbilled that began before one of them."""

    def seats_on(self, day: date) -> int:
        """The seats that were in force on a day: a period billed late is for the seats of its own first day."""
        return self.seats + sum(seats for took_effect_on, seats in self.gone if took_effect_on > day)

    @property
    def has_been_billed(self) -> bool:
        """Whether a first invoice has been issued; later ones are renewals."""
        return self.next_invoice_on > next_month_start(self.delivered_on)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an invoice: the seats of one lot for the days from first_day to last_day. Yen, excluding tax."""

    lot: int
    contract: int
    sku: str
    seats: int
    unit_price: int
    first_day: date
    last_day: date

    @property
    def amount(self) -> int:
        """The amount in yen, excluding tax."""
        return money.amount(self.unit_price, self.seats)


@dataclass(frozen=True, slots=True)
class PlannedReduction:
    """Seats that go on a 1st, by the number of the change that was applied for."""

    change: int
    seats: int
    takes_effect_on: date


@dataclass(frozen=True, slots=True)
class BilledContract:
    """One contract with its lots, the reductions that wait, and its last day where it was cancelled."""

    lots: tuple[BilledLot, ...]
    reductions: tuple[PlannedReduction, ...] = ()
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Seats that a reduction takes from a lot."""

    change: int
    lot: int
    seats: int


def reduce_lots(
    lots: Sequence[BilledLot], reductions: Iterable[PlannedReduction], day: date
) -> tuple[tuple[BilledLot, ...], tuple[Taken, ...]]:
    """The lots after the reductions that take effect on a day, and what each of them took from which lot.

    Seats come from the lot whose next invoice comes first, between equals from the newest. Only delivered seats go.
    """
    left = {lot.lot: lot for lot in lots}
    taken: list[Taken] = []
    for reduction in sorted(reductions, key=lambda one: one.change):
        if reduction.takes_effect_on != day:
            continue
        there = [
            Lot(one.lot, one.seats, one.next_invoice_on, one.ordered_on)
            for one in left.values()
            if one.delivered_on <= day
        ]
        for lot, seats in take_seats(there, reduction.seats):
            before = left[lot.number]
            left[lot.number] = replace(before, seats=before.seats - seats, gone=(*before.gone, (day, seats)))
            taken.append(Taken(reduction.change, lot.number, seats))
    return tuple(left.values()), tuple(taken)


def bill(lot: BilledLot, day: date, tariff: Tariff, until: date | None = None) -> tuple[BilledLot, tuple[Line, ...]]:
    """The lot after the invoice of a day, and its lines there: one for each period that is due and not yet billed.

    The first invoice is at the price of the order, every later one at the catalogue's price in force on the 1st its
    period begins with. `until` is the last day on which a period can begin, of a contract that has ended meanwhile.
    Raises what the tariff raises; then nothing of the lot has been billed.
    """
    lines: list[Line] = []
    while lot.next_invoice_on <= (until or day):
        first_day = lot.next_invoice_on
        months = tariff.renewal_months if lot.has_been_billed else TERM_MONTHS
        following = next_invoice_on(lot.plan, first_day, renewal_months=months)
        if seats := lot.seats_on(first_day):
            tariff.tax_percent_on(day)
            price = tariff.price_on(lot.sku, first_day) if lot.has_been_billed else lot.unit_price
            lines.append(Line(lot.lot, lot.contract, lot.sku, seats, price, first_day, following - timedelta(days=1)))
        lot = replace(lot, next_invoice_on=following)
    return lot, tuple(lines)


def decide_by(lots: Iterable[BilledLot], today: date, renewal_months: int = TERM_MONTHS) -> date | None:
    """The last day to cancel before the next renewal that can still be stopped, of whichever seats renew first.

    None where no seats are left. The first invoice is no renewal.
    """
    deadlines: list[date] = []
    for lot in lots:
        if not lot.seats:
            continue
        renewal = lot.next_invoice_on if lot.has_been_billed else next_invoice_on(lot.plan, lot.next_invoice_on)
        while renewal_stop_deadline(renewal) < today:
            renewal = next_invoice_on(lot.plan, renewal, renewal_months=renewal_months)
        deadlines.append(renewal_stop_deadline(renewal))
    return min(deadlines, default=None)


def forecast(
    contracts: Iterable[BilledContract], after: date, until: date, tariff: Tariff
) -> dict[date, tuple[Line, ...]]:
    """The lines of every invoice day later than `after` and not later than `until`, if nothing else is applied for.

    A lot whose price or tax is missing is left out, as the run leaves it, until that is there.
    """
    months: dict[date, list[Line]] = {day: [] for day in _firsts(after, until)}
    for contract in contracts:
        for day, _lots, lines in _live_on(contract, after, until, tariff):
            months[day].extend(lines)
    return {day: tuple(lines) for day, lines in months.items()}


def unrefunded(
    contract: BilledContract, changed: BilledContract, after: date, effect: date, tariff: Tariff, paid: Iterable[Line]
) -> tuple[Line, ...]:
    """What is paid for of the seats that a change takes away from `effect` on, and is not refunded (返金なし).

    contract and changed: without the change and with it. effect: the 1st from which there are fewer seats, or the
    day after the last one. paid: the lines issued until `after`; those still issued before `effect` come on top.
    """
    lots, lines = contract.lots, list(paid)
    for _day, lots, more in _live_on(contract, after, effect - timedelta(days=1), tariff):  # noqa: B007 - the last lots
        lines.extend(more)
    there = {one.lot: one.seats for one in lots}
    left: dict[int, int] = {}
    if changed.ends_on is None:
        there = {one.lot: one.seats for one in reduce_lots(lots, contract.reductions, effect)[0]}
        left = {one.lot: one.seats for one in reduce_lots(lots, changed.reductions, effect)[0]}
    latest = {line.lot: line for line in sorted(lines, key=lambda line: line.first_day)}
    return tuple(
        replace(line, seats=there[lot] - left.get(lot, 0))
        for lot, line in latest.items()
        if line.last_day >= effect and there.get(lot, 0) > left.get(lot, 0)
    )


def paid_up_on(contract: BilledContract, after: date, earliest: date, tariff: Tariff) -> date:
    """The last day on which a contract can end without being billed more than if it ends on the earliest possible."""
    lots = contract.lots
    for _day, lots, _lines in _live_on(contract, after, earliest, tariff):  # noqa: B007 - the last lots
        pass
    return max(earliest, min((paid_until(lot.next_invoice_on) for lot in lots if lot.seats), default=earliest))


def _live_on(
    contract: BilledContract, after: date, until: date, tariff: Tariff
) -> Iterator[tuple[date, tuple[BilledLot, ...], tuple[Line, ...]]]:
    """For every 1st later than `after`, up to `until`: the lots of a contract behind its invoice, and the lines."""
    lots = contract.lots
    for day in _firsts(after, until):
        # After the end only what could not be billed before it is left.
        last = day if contract.ends_on is None else min(day, contract.ends_on)
        if last >= day:
            lots = reduce_lots(lots, contract.reductions, day)[0]
        kept: list[BilledLot] = []
        lines: list[Line] = []
        for lot in lots:
            try:
                billed, due = bill(lot, day, tariff, last)
            except Refused:
                billed, due = lot, ()
            kept.append(billed)
            lines.extend(due)
        lots = tuple(kept)
        yield day, lots, tuple(lines)


def _firsts(after: date, until: date) -> Iterator[date]:
    day = next_month_start(after)
    while day <= until:
        yield day
        day = next_month_start(day)


def last_month_foreseen(today: date) -> date:
    """The 1st of the last month whose invoice can be foreseen."""
    return month_start(today) + relativedelta(months=MONTHS_FORESEEN)


def check_foreseen(month: date, today: date) -> None:
    """An invoice is foreseen for a 1st later than today, and not for ever.

    Refused: PAST_MONTH (facts: today), TOO_FAR_AHEAD (facts: last).
    """
    if month_start(month) <= today:
        raise Refused(Finding(Reason.PAST_MONTH, "month", f"{month:%Y-%m}", {"today": today}))
    if month_start(month) > (last := last_month_foreseen(today)):
        raise Refused(Finding(Reason.TOO_FAR_AHEAD, "month", f"{month:%Y-%m}", {"last": f"{last:%Y-%m}"}))

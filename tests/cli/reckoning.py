"""What the rules of delivery, notice and billing make of a list of commands: worked out apart from the program.

Written from the description alone. Money is whole yen.
"""

import shlex
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

Rates = Sequence[tuple[date, int]]


class Product(NamedTuple):
    """Months a period lasts, and the prices in yen with the day from which each is in force."""

    months: int
    prices: Rates


class Line(NamedTuple):
    """A line of an invoice."""

    contract: int
    seats: int
    unit_price: int


@dataclass
class Bill:
    """An invoice: its lines, and the sums that follow from them."""

    lines: list[Line]
    percent: int

    @property
    def sums(self) -> tuple[int, int, int]:
        """Subtotal, tax rounded down once, total."""
        subtotal = sum(line.seats * line.unit_price for line in self.lines)
        tax = subtotal * self.percent // 100
        return subtotal, tax, subtotal + tax


@dataclass
class Lot:
    """The seats of one order or addition."""

    seats: int
    price: int
    ordered: date
    delivered: date
    next_invoice: date
    is_first: bool = True


@dataclass
class Contract:
    """Its lots, the reductions as (from when, seats), and its last day."""

    product: Product
    lots: list[Lot] = field(default_factory=list)
    reductions: list[tuple[date, int]] = field(default_factory=list)
    ends: date | None = None
    changes: list[tuple[str, object]] = field(default_factory=list)


def in_force(rates: Rates, day: date) -> int:
    """The last rate that began on the day or before it."""
    return [rate for since, rate in rates if since <= day][-1]


def the_1st_after(day: date, months: int = 1) -> date:
    """The 1st that many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def delivered(sent: date, wish: date | None = None) -> date:
    """By the 15th: on the 20th of that month, else of the next; as wished for, the first 20th from then on."""
    earliest = (sent if sent.day <= 15 else the_1st_after(sent)).replace(day=20)
    if wish is None or wish <= earliest:
        return earliest
    return (wish if wish.day <= 20 else the_1st_after(wish)).replace(day=20)


def last_day(applied: date) -> date:
    """The first month end that is at least 20 days away."""
    end = month_end(applied)
    while end - timedelta(days=20) < applied:
        end = month_end(end + timedelta(days=1))
    return end


def bills(commands: str, products: Mapping[str, Product], tax: Rates, until: date) -> dict[str, Bill]:
    """The invoices by month that follow from lines of `day command`, each order being NAME:CONTRACT:SEATS."""
    contracts: dict[int, Contract] = {}
    for line in commands.strip().splitlines():
        written, *words = shlex.split(line.partition(" #")[0])
        _take(contracts, date.fromisoformat(written), words, products)
    found: dict[str, Bill] = {}
    day = the_1st_after(min(lot.ordered for one in contracts.values() for lot in one.lots))
    while day <= until:
        lines = [line for number in sorted(contracts) for line in _billed(number, contracts[number], day)]
        if lines:
            found[f"{day:%Y-%m}"] = Bill(lines, in_force(tax, day))
        day = the_1st_after(day)
    return found


def _take(contracts: dict[int, Contract], day: date, words: list[str], products: Mapping[str, Product]) -> None:
    wish = date.fromisoformat(words[words.index("--wish") + 1]) if "--wish" in words else None
    match words:
        case ["order", "submit", order, *_]:
            name, number, seats = order.split(":")
            contracts[int(number)] = Contract(products[name])
            _add(contracts[int(number)], day, int(seats), None)
        case ["send-back", number, *_]:
            contracts[int(number)].lots.clear()
        case ["change", "add", number, seats, *_]:
            _add(contracts[int(number)], day, int(seats), wish)
        case ["change", "reduce", number, seats, *_]:
            start = last_day(day) + timedelta(days=1)
            if wish is not None:
                start = max(start, wish if wish.day == 1 else the_1st_after(wish))
            contracts[int(number)].reductions.append((start, int(seats)))
            contracts[int(number)].changes.append(("reduce", contracts[int(number)].reductions[-1]))
        case ["change", "cancel", number, *_]:
            contracts[int(number)].ends = max(last_day(day), month_end(wish) if wish else date.min)
            contracts[int(number)].changes.append(("cancel", None))
        case ["change", "withdraw", number]:
            _withdraw(contracts[int(number)])


def _add(contract: Contract, day: date, seats: int, wish: date | None) -> None:
    price = in_force(contract.product.prices, day)
    arrives = delivered(day, wish)
    contract.lots.append(Lot(seats, price, day, arrives, the_1st_after(arrives)))
    contract.changes.append(("add", contract.lots[-1]))


def _withdraw(contract: Contract) -> None:
    kind, what = contract.changes.pop()
    if kind == "reduce":
        contract.reductions = [one for one in contract.reductions if one is not what]
    elif kind == "add":
        contract.lots = [one for one in contract.lots if one is not what]
    else:
        contract.ends = None


def _billed(number: int, contract: Contract, day: date) -> Iterable[Line]:
    if contract.ends is not None and day > contract.ends:
        return
    for start, seats in contract.reductions:
        if start == day:
            _reduce(contract, day, seats)
    for lot in contract.lots:
        if lot.next_invoice == day:
            price = lot.price if lot.is_first else in_force(contract.product.prices, day)
            lot.next_invoice, lot.is_first = the_1st_after(day, contract.product.months), False
            if lot.seats:
                yield Line(number, lot.seats, price)


def _reduce(contract: Contract, day: date, seats: int) -> None:
    """From the lot that is invoiced first, between equals from the newest; only seats that have been delivered."""
    newest_first = [lot for lot in reversed(contract.lots) if lot.delivered <= day]
    for lot in sorted(newest_first, key=lambda one: one.next_invoice):
        taken = min(seats, lot.seats)
        lot.seats -= taken
        seats -= taken

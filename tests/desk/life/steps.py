"""What happens in the life of a contract, as steps that a test takes, and a diary of what happens by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from stellr_tui.desk.changes import ChangeForm, Kind, PlannedChange, apply_change, waiting_changes
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import IssuedInvoice, invoices_of, list_invoices
from stellr_tui.desk.subscriptions import Subscription, subscription
from stellr_tui.reference.catalog import Price
from stellr_tui.rules.policy import Policy
from stellr_tui.store.tables import Table
from tests.desk.office import MONTHLY, a_sent_order, everything, turn_to


def day(written: str) -> date:
    return date.fromisoformat(written)


def sent(desk: Desk, by: SignedIn, on: str, seats: int = 1, sku: str = MONTHLY, **more: int | str) -> int:
    """A contract that was sent on a day: its number."""
    turn_to(desk, on)
    given = {"po_number": f"PO-{on}", **more}
    (contract,) = a_sent_order(desk, by, seats, sku=sku, **given).contracts  # type: ignore[arg-type]  # by keyword
    assert contract.number is not None
    return contract.number


def change(
    desk: Desk, by: SignedIn, contract: int, kind: Kind, seats: int | str = "", wish: str | None = None
) -> PlannedChange:
    """送信 of the change wizard."""
    return apply_change(desk, by, contract, ChangeForm(kind, seats, date.fromisoformat(wish) if wish else None))


def invoices(desk: Desk, by: SignedIn) -> tuple[IssuedInvoice, ...]:
    """Every invoice, the oldest first."""
    return tuple(reversed(list_invoices(desk, by)))


def billed(desk: Desk, by: SignedIn) -> list[tuple[str, int]]:
    """The month and the seats of every invoice line, the oldest first."""
    return [(f"{one.month:%Y-%m}", line.seats) for one in invoices(desk, by) for line in one.lines]


def standing(desk: Desk, by: SignedIn, contract: int) -> Subscription:
    return subscription(desk, by, contract).subscription


def in_full(desk: Desk, by: SignedIn, contract: int, as_of: date | None = None) -> tuple[object, ...]:
    """All that the detail of a contract says of it, now or as of a day, but for the order, which is as it is now."""
    detail = subscription(desk, by, contract, as_of)
    changes = waiting_changes(desk, by, contract, as_of)
    invoices = invoices_of(desk, by, contract, as_of)
    return detail.subscription, detail.lots, detail.history, detail.dates, detail.decide_by, changes, invoices


def under(desk: Desk, **choices: object) -> Desk:
    """The same order book under another policy."""
    return replace(desk, policy=Policy.from_mapping(choices))


def priced(desk: Desk, sku: str, *prices: tuple[str, int]) -> Desk:
    """The same order book with a catalogue that has these prices of a product, each from a day on."""
    vendors = tuple(
        replace(
            vendor,
            products=tuple(
                replace(one, prices=tuple(Price(date.fromisoformat(on), yen) for on, yen in prices))
                if one.sku == sku
                else one
                for one in vendor.products
            ),
        )
        for vendor in desk.catalog.vendors
    )
    return replace(desk, catalog=replace(desk.catalog, vendors=vendors))


def diary(desk: Desk, until: str) -> Mapping[str, set[str]]:
    """Let the days go by one by one, and say for each day on which anything but the date changed what did.

    "invoice +1" is one row more in that table, "contract ~2" two rows that are otherwise than before, "order_draft -1"
    one that is gone. A day on which nothing happened is not in the diary.
    """
    kept: dict[str, set[str]] = {}
    before = _rows(desk)
    today = read_clock(desk).today
    while (today := today + timedelta(days=1)) <= date.fromisoformat(until):
        turn_to(desk, today.isoformat())
        after = _rows(desk)
        happened: set[str] = set()
        for table, rows in after.items():
            then = before[table]
            counts = {
                "+": len(rows.keys() - then.keys()),
                "-": len(then.keys() - rows.keys()),
                "~": sum(1 for key in rows.keys() & then.keys() if rows[key] != then[key]),
            }
            happened |= {f"{table} {sign}{count}" for sign, count in counts.items() if count}
        if happened:
            kept[today.isoformat()] = happened
        before = after
    return kept


def _rows(desk: Desk) -> Mapping[str, Mapping[object, tuple[object, ...]]]:
    """The rows of every table by their keys, the book with its date left out."""
    found: dict[str, dict[object, tuple[object, ...]]] = {}
    for table in Table.metadata.sorted_tables:
        found[table.name] = {}
    for name, rows in everything(desk).items():
        if name == "book":
            continue
        columns = list(Table.metadata.tables[name].columns)
        keys = [position for position, column in enumerate(columns) if column.primary_key]
        found[name] = {tuple(row[at] for at in keys): row for row in rows}
    return found

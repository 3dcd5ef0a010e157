"""How long a year takes to close: `python -m tests.bench.closing [CONTRACTS]`, by default for 10,000 contracts.

The order book is an SQLite file of its own, which is deleted afterwards.
"""

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

from rich.progress import Progress
from sqlalchemy import func, select

from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import furnish
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.policy import Policy
from stellr_tui.store.engine import connect
from stellr_tui.store.schema import create_file
from stellr_tui.store.tables import InvoiceLine
from tests.desk.life.many import add_contracts

FIRST = date(2024, 3, 11)
LAST = date(2025, 3, 11)


def main(contracts: int) -> None:
    """Make the contracts, close the year, and print how many of them were closed in a second."""
    moment = datetime(2024, 3, 11, 3, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        path = Path(folder) / "order-book.db"
        create_file(path, lambda session: furnish(session, moment))
        with connect(str(path)) as store:
            desk = Desk(store, load_catalog(data_path("catalog.toml")), Policy(), now=lambda: moment)
            making = progress.add_task(f"{contracts:,} contracts", total=contracts)
            add_contracts(
                desk, at_the_command_line(desk), contracts, lambda more: progress.update(making, advance=more)
            )
            closing = progress.add_task(f"{FIRST} to {LAST}", total=(LAST - FIRST).days)
            began, worked = perf_counter(), process_time()
            closed = set_clock(desk, LAST, lambda day, _goal: progress.update(closing, completed=(day - FIRST).days))
            seconds, busy = perf_counter() - began, process_time() - worked
            with store.reading() as session:
                lines = session.scalar(select(func.count()).select_from(InvoiceLine))
    print(f"{closed.delivered:,} delivered, {len(closed.invoices)} invoices, {lines:,} lines")
    print(f"{seconds:.1f} s, of which {busy:.1f} s of the processor")
    print(f"{contracts / seconds:,.0f} contracts/s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

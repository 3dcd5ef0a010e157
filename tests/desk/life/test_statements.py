"""A year for many contracts is closed with as many statements as for few, none of which names too many of them."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, update

from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import parked_lots
from stellr_tui.store.tables import Change, Contract
from tests.desk.life.many import SEATS, add_contracts
from tests.desk.life.steps import billed, priced, under
from tests.desk.office import MONTHLY, everything

# The mails on delivery are written for that many contracts at a time.
CHUNK = 500


def statements_of_a_year(desk: Desk, until: date) -> int:
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1

    event.listen(desk.store.engine, "before_cursor_execute", count)
    try:
        set_clock(desk, until)
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", count)
    return counted


def test_the_number_of_statements_does_not_grow_with_the_contracts(desk: Desk, lucy: SignedIn) -> None:
    set_clock(desk, date(2024, 3, 11))
    few = add_contracts(desk, lucy, 20)
    change_every_other(desk, few)
    with_few = statements_of_a_year(desk, date(2025, 3, 11))
    many = add_contracts(desk, lucy, 400)
    change_every_other(desk, many)
    with_many = statements_of_a_year(desk, date(2026, 3, 11))
    assert with_few > 0
    assert with_many <= with_few
    lines = everything(desk)["invoice_line"]
    assert len(lines) > 400 * 12 / 2


def change_every_other(desk: Desk, contracts: list[int]) -> None:
    """One seat less of every other contract from June on."""
    year = 2024 if len(contracts) == 20 else 2025
    with desk.store.writing() as session:
        session.add_all(a_change(number, "reduce", date(year, 6, 1)) for number in contracts[::2])


# What SQLite allowed before 3.32, and what a program may be built with still; today's is 32,766.
FEW_VALUES = 999
MORE_THAN_THAT = 1_100


@pytest.fixture
def few_values(desk: Desk) -> Iterator[None]:
    """An SQLite that takes no more values in one statement than that."""

    def lower(connection: sqlite3.Connection, _record: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, FEW_VALUES)

    desk.store.close()
    event.listen(desk.store.engine, "connect", lower)
    yield
    event.remove(desk.store.engine, "connect", lower)


# The limit of PostgreSQL's protocol cannot be lowered.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("few_values")
def test_more_contracts_than_a_statement_takes_values_live_through_all_that_can_happen(
    desk: Desk, lucy: SignedIn
) -> None:
    slow = under(desk, approval="operator")
    contracts = add_contracts(slow, lucy, MORE_THAN_THAT)
    assert set_clock(slow, date(2024, 3, 21)).postponed == MORE_THAN_THAT
    assert set_clock(desk, date(2024, 5, 1)).delivered == MORE_THAN_THAT
    with desk.store.writing() as session:
        session.add_all(a_change(number, "reduce", date(2024, 6, 1)) for number in contracts)
        session.add_all(a_change(number, "cancel", date(2024, 7, 31)) for number in contracts)
        session.execute(update(Contract).values(status="ending", ends_on=date(2024, 7, 31)))
    broken = priced(desk, MONTHLY, ("2030-01-01", 1))
    closed = set_clock(broken, date(2024, 6, 2))
    assert (closed.reduced, closed.parked, closed.invoices) == (MORE_THAN_THAT, MORE_THAN_THAT // 2, [])
    assert len(parked_lots(broken, lucy)) == MORE_THAN_THAT // 2
    closed = set_clock(desk, date(2024, 8, 2))
    assert (closed.ended, closed.parked, len(closed.invoices)) == (MORE_THAN_THAT, 0, 1)
    assert parked_lots(desk, lucy) == ()
    # In May all of them; June and July of the monthly ones, with a seat less.
    assert sum(seats for _month, seats in billed(desk, lucy)) == MORE_THAN_THAT // 2 * (2 * SEATS + 2 * (SEATS - 1))


def a_change(contract: int, kind: str, effective_on: date) -> Change:
    """Applied for long ago; of a reduction one seat."""
    applied_on = date(effective_on.year, 3, 11)
    return Change(
        contract_number=contract,
        kind=kind,
        seats=1,
        applied_on=applied_on,
        effective_on=effective_on,
        deadline=applied_on,
        status="waiting",
    )

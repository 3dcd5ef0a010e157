"""A year for many contracts is closed with as many statements as a year for few."""

from datetime import date
from typing import Any

from sqlalchemy import event

from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.store.tables import Change
from tests.desk.life.many import add_contracts
from tests.desk.office import everything

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
        for number in contracts[::2]:
            session.add(
                Change(
                    contract_number=number,
                    kind="reduce",
                    seats=1,
                    applied_on=date(year, 3, 11),
                    effective_on=date(year, 6, 1),
                    deadline=date(year, 5, 11),
                    status="waiting",
                )
            )

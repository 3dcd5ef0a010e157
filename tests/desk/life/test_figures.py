"""Orders and seats over time, month by month (管理と実績)."""

from datetime import date

import pytest
from sqlalchemy import event

from stellr_tui.desk.changes import Kind, withdraw_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.figures import MonthFigures, figures_by_month
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import discard_order
from stellr_tui.desk.subscriptions import sum_subscriptions
from stellr_tui.rules.status import Status
from tests.desk.life.many import add_contracts
from tests.desk.life.steps import change, day, sent
from tests.desk.office import ANNUAL, an_order, turn_to


def seats(desk: Desk, by: SignedIn) -> list[int]:
    return [one.seats for one in figures_by_month(desk, by)]


def test_without_an_order_there_is_nothing_to_show(desk: Desk, lucy: SignedIn) -> None:
    assert figures_by_month(desk, lucy) == ()
    discard_order(desk, lucy, an_order(desk, lucy).id)
    assert figures_by_month(desk, lucy) == ()


def test_an_order_counts_in_the_month_of_the_po_and_its_seats_from_the_delivery_on(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-16", 5)
    an_order(desk, lucy)
    assert figures_by_month(desk, lucy) == (MonthFigures(day("2024-03-01"), day("2024-03-16"), 2, 0),)
    turn_to(desk, "2024-04-19")
    assert seats(desk, lucy) == [0, 0]
    turn_to(desk, "2024-05-10")
    assert figures_by_month(desk, lucy) == (
        MonthFigures(day("2024-03-01"), day("2024-03-31"), 2, 0),
        MonthFigures(day("2024-04-01"), day("2024-04-30"), 0, 5),
        MonthFigures(day("2024-05-01"), day("2024-05-10"), 0, 5),
    )


def test_seats_come_and_go_with_additions_reductions_and_ends(desk: Desk, lucy: SignedIn) -> None:
    first = sent(desk, lucy, "2024-03-11", 10)
    second = sent(desk, lucy, "2024-03-11", 3, ANNUAL, po_number="second")
    turn_to(desk, "2024-04-02")
    change(desk, lucy, first, Kind.ADD, 7)
    change(desk, lucy, first, Kind.REDUCE, 4)
    change(desk, lucy, second, Kind.CANCEL)
    turn_to(desk, "2024-04-30")
    assert seats(desk, lucy) == [13, 20]
    turn_to(desk, "2024-05-01")
    assert seats(desk, lucy) == [13, 20, 13]
    change(desk, lucy, first, Kind.ADD, 50)
    withdraw_change(desk, lucy, first)
    change(desk, lucy, first, Kind.CANCEL)
    turn_to(desk, "2024-07-01")
    assert seats(desk, lucy) == [13, 20, 13, 0, 0]


def test_seats_that_would_come_after_the_end_never_count(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 10)
    turn_to(desk, "2024-04-02")
    change(desk, lucy, contract, Kind.ADD, 5, "2024-08-20")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-09-02")
    assert seats(desk, lucy) == [10, 10, 0, 0, 0, 0, 0]


def test_the_seats_of_a_month_are_those_of_the_list_on_its_last_day(desk: Desk, lucy: SignedIn) -> None:
    contracts = [sent(desk, lucy, "2024-03-11", number, po_number=f"PO-{number}") for number in (4, 9, 30)]
    turn_to(desk, "2024-05-02")
    change(desk, lucy, contracts[0], Kind.CANCEL, wish="2024-07-31")
    change(desk, lucy, contracts[1], Kind.REDUCE, 5, "2024-08-01")
    change(desk, lucy, contracts[2], Kind.ADD, 12, "2024-07-20")
    turn_to(desk, "2024-10-15")
    for one in figures_by_month(desk, lucy):
        in_use = [
            sum_subscriptions(desk, lucy, as_of=one.until, status=status).seats
            for status in (Status.ACTIVE, Status.ENDING)
        ]
        assert one.seats == sum(in_use), one.month


@pytest.mark.parametrize(("months", "shown"), [(3, 3), (1, 1), (0, 1), (-5, 1), (24, 14), (10**9, 14)])
def test_as_many_months_are_told_as_are_asked_for_and_known(
    desk: Desk, lucy: SignedIn, months: int, shown: int
) -> None:
    sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2025-04-02")
    figures = figures_by_month(desk, lucy, months)
    assert len(figures) == shown
    assert figures[-1] == MonthFigures(date(2025, 4, 1), date(2025, 4, 2), 0, 5)
    assert {one.seats for one in figures} == {5}


def test_another_account_has_figures_of_its_own(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-04-02")
    assert figures_by_month(desk, rival) == ()


def test_the_statements_do_not_grow_with_the_contracts(desk: Desk, lucy: SignedIn) -> None:
    counted = []
    for many in (2, 300):
        add_contracts(desk, lucy, many)
        statements: list[str] = []
        listening = (desk.store.engine, "before_cursor_execute", lambda *said, told=statements: told.append(said[2]))
        event.listen(*listening)
        figures_by_month(desk, lucy)
        event.remove(*listening)
        counted.append(len(statements))
    assert counted[0] == counted[1]

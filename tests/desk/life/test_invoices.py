"""Invoices: one for each billing account and month, without gaps, never changed, the tax rounded down once."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import Kind
from stellr_tui.desk.closing import close_days
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import foresee_invoice, list_invoices, read_invoice
from stellr_tui.desk.orders import place_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.rules.findings import Reason
from stellr_tui.store.schema import migration_config, upgrade
from stellr_tui.store.tables import Invoice
from tests.desk.life.programs import start_closing
from tests.desk.life.steps import billed, change, day, invoices, priced, sent, under
from tests.desk.office import ANNUAL, DETAILS, MONTHLY, another_end_user, everything, order_form, row_counts, turn_to
from tests.desk.programs import at_the_same_moment
from tests.rules.refusals import refusal_of

A_YEAR = [f"2024-{month:02}" for month in range(4, 13)] + [f"2025-{month:02}" for month in range(1, 4)]


def test_four_processes_at_once_issue_each_invoice_once(
    desk: Desk, lucy: SignedIn, rival: SignedIn, database_url: str
) -> None:
    theirs = another_end_user(desk, rival, "よその会社")
    contract = sent(desk, lucy, "2024-03-11", 5)
    sent(desk, lucy, "2024-03-11", 2, ANNUAL, po_number="second")
    sent(desk, rival, "2024-03-11", 1, customer=theirs)
    turn_to(desk, "2024-03-25")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    said = at_the_same_moment(*[start_closing(database_url, "2025-03-25") for _ in range(4)])
    issued = sorted(number for one in said for number in one["invoices"])
    with desk.store.reading() as session:
        stored = session.scalars(select(Invoice.id).order_by(Invoice.id)).all()
    assert issued == list(stored)
    assert sum(one["reduced"] for one in said) == 1
    for by in (lucy, rival):
        assert [f"{one.month:%Y-%m}" for one in invoices(desk, by)] == A_YEAR
        assert [one.number for one in invoices(desk, by)] == list(range(1, 13))
    assert [line.seats for one in invoices(desk, lucy) for line in one.lines if line.sku == MONTHLY] == [5] + [3] * 11
    before = everything(desk)
    assert all(
        one == {"invoices": [], "delivered": 0, "reduced": 0}
        for one in at_the_same_moment(*[start_closing(database_url, "2025-03-25") for _ in range(4)])
    )
    assert everything(desk) == before


@pytest.mark.parametrize("table", ["invoice", "invoice_line", "lot_reduction"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 1", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_issued(
    desk: Desk, lucy: SignedIn, table: str, statement: str
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-03-25")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    turn_to(desk, "2024-05-01")
    assert row_counts(desk)[table] > 0
    before = everything(desk)
    column = "total" if table == "invoice" else "seats"
    with pytest.raises(DBAPIError, match="append-only"), desk.store.writing() as session:
        session.execute(text(statement.format(table, column)))
    assert everything(desk) == before


A_LINE = (
    "INSERT {or_replace} INTO invoice_line (invoice_id, position, lot_id, contract_number, sku, product_name, "
    "po_number, end_user_order_number, first_day, last_day, seats, unit_price, amount) "
    "SELECT {invoice}, {position}, lot_id, contract_number, sku, product_name, po_number, end_user_order_number, "
    "{first_day}, last_day, seats, unit_price, 0 FROM invoice_line "
    "WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1)"
)
AN_INVOICE = (
    "INSERT {or_replace} INTO invoice "
    "(id, account_number, number, month, issued_on, subtotal, tax_percent, tax, total, line_count) "
    "SELECT {id}, account_number, {number}, {month}, issued_on, 0, 0, 0, 0, 1 FROM invoice WHERE number = 1"
)
THE_FIRST, THE_SECOND = "(SELECT id FROM invoice WHERE number = 1)", "(SELECT id FROM invoice WHERE number = 2)"
ANOTHER_DAY = "'2031-01-01'"


@pytest.mark.parametrize(
    "statement",
    [
        A_LINE.format(or_replace="", invoice=THE_FIRST, position=2, first_day=ANOTHER_DAY),
        A_LINE.format(or_replace="", invoice=THE_FIRST, position=0, first_day=ANOTHER_DAY),
        AN_INVOICE.format(or_replace="", id=999_999, number=4, month=ANOTHER_DAY),
        AN_INVOICE.format(or_replace="", id=999_999, number=2, month=ANOTHER_DAY),
        AN_INVOICE.format(or_replace="", id=999_999, number=0, month=ANOTHER_DAY),
    ],
    ids=["one more line", "a line before the first", "a gap", "a number twice", "a number before the first"],
)
def test_the_database_itself_takes_no_further_line_and_no_number_out_of_turn(
    desk: Desk, lucy: SignedIn, statement: str
) -> None:
    sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    before = everything(desk)
    with pytest.raises(DBAPIError, match="append-only|no gaps"), desk.store.writing() as session:
        session.execute(text(postgresql_days(desk, statement)))
    assert everything(desk) == before
    turn_to(desk, "2024-06-01")
    assert [one.number for one in invoices(desk, lucy)] == [1, 2, 3]


def postgresql_days(desk: Desk, statement: str) -> str:
    """SQLite takes a text for a day; PostgreSQL wants to be told."""
    return statement.replace(ANOTHER_DAY, f"DATE {ANOTHER_DAY}") if desk.store.path is None else statement


# PostgreSQL has no REPLACE; its ON CONFLICT is an UPDATE.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        A_LINE.format(or_replace="OR REPLACE", invoice=THE_FIRST, position=1, first_day="first_day"),
        A_LINE.format(or_replace="OR REPLACE", invoice=THE_SECOND, position=1, first_day="first_day"),
        AN_INVOICE.format(or_replace="OR REPLACE", id=THE_FIRST, number=1, month="month"),
        AN_INVOICE.format(or_replace="OR REPLACE", id=999_999, number=3, month="month"),
        AN_INVOICE.format(or_replace="OR REPLACE", id=999_999, number=1, month=ANOTHER_DAY),
    ],
    ids=["line", "line of another invoice", "invoice", "month of another invoice", "number of another invoice"],
)
def test_nothing_takes_the_place_of_what_was_issued(desk: Desk, lucy: SignedIn, statement: str) -> None:
    sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    before = everything(desk)
    # As another program at the file may have it, for which a line without its invoice is no fault.
    assert desk.store.path is not None
    with closing(sqlite3.connect(desk.store.path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert everything(desk) == before


def test_invoices_of_an_older_book_are_finished_by_its_upgrade(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 5)
    sent(desk, lucy, "2024-03-11", 2, ANNUAL, po_number="second")
    turn_to(desk, "2024-05-01")
    before = everything_but_mail(desk)
    go_back_to(desk, "0002")
    with pytest.raises(DBAPIError, match="append-only"), desk.store.writing() as session:
        session.execute(text("UPDATE invoice SET total = 1"))
    upgrade(desk.store)
    assert everything_but_mail(desk) == before
    with pytest.raises(DBAPIError, match="append-only"), desk.store.writing() as session:
        session.execute(text("UPDATE invoice SET line_count = 9"))


def everything_but_mail(desk: Desk) -> Mapping[str, list[tuple[object, ...]]]:
    """Mail gets the identity that an older book does not know anew at each upgrade."""
    return {name: rows for name, rows in everything(desk).items() if name != "mail"}


def go_back_to(desk: Desk, revision: str) -> None:
    """The order book as an older program knew it."""
    with desk.store.engine.connect() as connection:
        if desk.store.path is not None:
            # To take out a column SQLite makes the table anew, and the lines must not miss it meanwhile.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        with connection.begin():
            command.downgrade(migration_config(connection), revision)
    desk.store.close()


def test_numbers_have_no_gaps_where_a_month_has_no_lines(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-10")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-07-01")
    sent(desk, lucy, "2024-07-01", 1)
    turn_to(desk, "2024-09-01")
    assert [(one.number, f"{one.month:%m}") for one in invoices(desk, lucy)] == [(1, "04"), (2, "08"), (3, "09")]


def test_a_close_that_fails_leaves_nothing_of_its_day_and_no_gap(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2025-03-31")

    class Unreadable:
        def product(self, sku: str) -> object:
            raise RuntimeError(sku)

    before = everything(desk)
    broken = replace(desk, catalog=Unreadable())  # type: ignore[arg-type]  # a catalogue that breaks in the middle
    with pytest.raises(RuntimeError, match=ANNUAL):
        close_days(broken, day("2025-04-01"))
    assert everything(desk) == before
    turn_to(desk, "2025-04-01")
    assert [one.number for one in invoices(desk, lucy)] == [1, 2]


def test_tax_is_rounded_down_once_on_the_sum_and_not_on_each_line(desk: Desk, lucy: SignedIn) -> None:
    desk = priced(desk, MONTHLY, ("2024-01-01", 1_005))
    for number in range(3):
        sent(desk, lucy, "2024-03-11", 1, po_number=f"PO-{number}")
    turn_to(desk, "2024-04-01")
    (invoice,) = invoices(desk, lucy)
    # 1,005 three times: 301.5 on the sum, three times 100 if it were done on each line.
    assert (invoice.subtotal, invoice.tax, invoice.total) == (3_015, 301, 3_316)


def rates(*since: tuple[str, int]) -> list[dict[str, object]]:
    """Rates of consumption tax, each from a day on, as the policy file has them."""
    return [{"from": day(on), "percent": percent} for on, percent in since]


@pytest.mark.parametrize(("percent", "tax"), [(0, 0), (8, 80), (10, 100), (100, 1_009)])
def test_the_rate_of_the_tax_is_the_policys(desk: Desk, lucy: SignedIn, percent: int, tax: int) -> None:
    desk = priced(under(desk, tax_rate=rates(("2024-01-01", percent))), MONTHLY, ("2024-01-01", 1_009))
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-01")
    (invoice,) = invoices(desk, lucy)
    assert (invoice.tax_percent, invoice.tax, invoice.total) == (percent, tax, 1_009 + tax)


def test_the_rate_is_the_one_in_force_on_the_day_of_the_invoice(desk: Desk, lucy: SignedIn) -> None:
    desk = under(desk, tax_rate=rates(("2019-10-01", 10), ("2024-05-01", 12), ("2024-05-02", 99), ("2024-06-02", 15)))
    desk = priced(desk, MONTHLY, ("2024-01-01", 1_009))
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-03-31")
    foreseen = [foresee_invoice(desk, lucy, day(month)) for month in ("2024-04-01", "2024-05-01", "2024-06-01")]
    turn_to(desk, "2024-06-30")
    issued = invoices(desk, lucy)
    assert [(one.tax_percent, one.tax, one.total) for one in issued] == [
        (10, 100, 1_109),
        (12, 121, 1_130),
        (99, 998, 2_007),
    ]
    assert [replace(one, number=None) for one in issued] == foreseen


def test_what_was_issued_keeps_its_rate_when_the_policy_changes(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-01")
    before = invoices(desk, lucy)
    raised = under(desk, tax_rate=rates(("2019-10-01", 20)))
    turn_to(raised, "2024-04-30")
    assert invoices(raised, lucy) == before
    turn_to(raised, "2024-05-01")
    assert [one.tax_percent for one in invoices(raised, lucy)] == [10, 20]


def test_the_first_invoice_has_the_price_of_the_order_and_a_renewal_that_of_its_day(desk: Desk, lucy: SignedIn) -> None:
    desk = priced(
        desk, ANNUAL, ("2024-01-01", 24_710), ("2024-03-12", 25_000), ("2025-04-01", 26_001), ("2025-04-02", 9)
    )
    sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2025-04-01")
    assert [line.unit_price for one in invoices(desk, lucy) for line in one.lines] == [24_710, 26_001]


def test_each_line_names_the_order_that_it_stands_on(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = replace(order_form(desk, lucy, po_number="PO-7"), end_user_order_number="EU-7")
    send_provisioning(desk, lucy, place_order(desk, lucy, form).id, DETAILS)
    turn_to(desk, "2024-04-01")
    (line,) = invoices(desk, lucy)[0].lines
    assert (line.po_number, line.end_user_order_number) == ("PO-7", "EU-7")


def test_a_foreseen_invoice_is_what_the_run_issues(desk: Desk, lucy: SignedIn) -> None:
    monthly = sent(desk, lucy, "2024-03-11", 10)
    annual = sent(desk, lucy, "2024-03-11", 3, ANNUAL, po_number="second")
    turn_to(desk, "2024-04-02")
    change(desk, lucy, monthly, Kind.REDUCE, 4, "2024-08-15")
    change(desk, lucy, monthly, Kind.ADD, 7, "2024-06-21")
    change(desk, lucy, annual, Kind.ADD, 1)
    change(desk, lucy, annual, Kind.CANCEL, wish="2025-04-30")
    foreseen = {}
    for month in range(5, 24):
        first = date(2024 + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        foreseen[first] = foresee_invoice(desk, lucy, first.replace(day=17))
    turn_to(desk, "2025-11-02")
    for first, one in foreseen.items():
        (issued,) = list_invoices(desk, lucy, first)
        assert one is not None
        assert one.number is None
        assert replace(issued, number=None) == one
    # The newest seats are the first to go.
    assert [seats for month, seats in billed(desk, lucy) if month == "2024-09"] == [10, 3]


def test_what_is_not_due_is_foreseen_as_nothing(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 1, ANNUAL)
    turn_to(desk, "2024-04-01")
    assert foresee_invoice(desk, lucy, day("2024-05-01")) is None
    assert foresee_invoice(desk, lucy, day("2025-04-30")) is not None


@pytest.mark.parametrize("month", ["2024-03-01", "2024-02-29"])
def test_a_month_that_was_worked_is_not_foreseen(desk: Desk, lucy: SignedIn, month: str) -> None:
    assert refusal_of(foresee_invoice, desk, lucy, day(month)).reason is Reason.PAST_MONTH


def test_an_invoice_of_another_account_is_unknown(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 1)
    turn_to(desk, "2024-04-01")
    assert read_invoice(desk, lucy, 1) == invoices(desk, lucy)[0]
    assert list_invoices(desk, rival) == ()
    assert foresee_invoice(desk, rival, day("2024-05-01")) is None
    for number in (1, 2, 0, -1, 2**31, 10**30):
        assert refusal_of(read_invoice, desk, rival, number).reason is Reason.UNKNOWN_INVOICE

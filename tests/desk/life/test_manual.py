"""The manual's own examples (納品及び請求ルール), lived through from the order to the invoice."""

from datetime import date

import pytest

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.rules.status import Status
from tests.desk.life.steps import billed, change, day, invoices, sent, standing, under
from tests.desk.office import ANNUAL, turn_to


def test_an_order_of_5_15_is_delivered_on_5_20_and_billed_from_6_1(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10)
    turn_to(desk, "2024-05-19")
    assert standing(desk, lucy, contract).status is Status.PROVISIONING
    turn_to(desk, "2024-05-20")
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    turn_to(desk, "2024-05-31")
    assert invoices(desk, lucy) == ()
    turn_to(desk, "2024-06-01")
    (june,) = invoices(desk, lucy)
    (line,) = june.lines
    assert (june.number, june.issued_on, june.month) == (1, day("2024-06-01"), day("2024-06-01"))
    assert (line.contract_number, line.first_day, line.last_day) == (contract, day("2024-06-01"), day("2024-06-30"))
    assert (line.seats, line.unit_price, line.amount) == (10, 2_200, 22_000)
    assert (june.subtotal, june.tax_percent, june.tax, june.total) == (22_000, 10, 2_200, 24_200)
    turn_to(desk, "2024-08-01")
    assert billed(desk, lucy) == [("2024-06", 10), ("2024-07", 10), ("2024-08", 10)]


def test_an_order_of_the_16th_is_delivered_and_billed_a_month_later(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-16", 10)
    turn_to(desk, "2024-06-19")
    assert standing(desk, lucy, contract).status is Status.PROVISIONING
    turn_to(desk, "2024-06-20")
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    turn_to(desk, "2024-06-30")
    assert invoices(desk, lucy) == ()
    turn_to(desk, "2024-07-01")
    assert billed(desk, lucy) == [("2024-07", 10)]


def test_an_annual_order_of_3_11_is_billed_for_the_whole_year_on_4_1(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 1, ANNUAL)
    turn_to(desk, "2025-03-31")
    (invoice,) = invoices(desk, lucy)
    (line,) = invoice.lines
    assert (line.first_day, line.last_day, line.amount) == (day("2024-04-01"), day("2025-03-31"), 24_710)
    assert (invoice.tax, invoice.total) == (2_471, 27_181)
    assert standing(desk, lucy, contract).term_starts_on == day("2024-03-21")
    turn_to(desk, "2025-04-01")
    assert [f"{one.month:%Y-%m}" for one in invoices(desk, lucy)] == ["2024-04", "2025-04"]


@pytest.mark.parametrize(
    ("applied", "from_then", "seats"),
    [("2024-06-10", "2024-07-01", [10, 10, 5, 5]), ("2024-06-11", "2024-08-01", [10, 10, 10, 5])],
)
def test_fewer_seats_from_7_1_must_be_applied_for_by_6_10(
    desk: Desk, lucy: SignedIn, applied: str, from_then: str, seats: list[int]
) -> None:
    contract = sent(desk, lucy, "2024-04-15", 10)
    turn_to(desk, applied)
    assert change(desk, lucy, contract, Kind.REDUCE, 5).takes_effect_on == day(from_then)
    turn_to(desk, "2024-08-31")
    assert billed(desk, lucy) == list(zip(["2024-05", "2024-06", "2024-07", "2024-08"], seats, strict=True))


@pytest.mark.parametrize(
    ("applied", "last_day", "months"),
    [
        ("2024-06-10", "2024-06-30", ["2024-05", "2024-06"]),
        ("2024-06-11", "2024-07-31", ["2024-05", "2024-06", "2024-07"]),
    ],
)
def test_the_end_with_june_must_be_applied_for_by_6_10(
    desk: Desk, lucy: SignedIn, applied: str, last_day: str, months: list[str]
) -> None:
    contract = sent(desk, lucy, "2024-04-15", 10)
    turn_to(desk, applied)
    assert change(desk, lucy, contract, Kind.CANCEL).takes_effect_on == day(last_day)
    assert standing(desk, lucy, contract).status is Status.ENDING
    turn_to(desk, last_day)
    assert standing(desk, lucy, contract).status is Status.ENDING
    turn_to(desk, date.fromordinal(day(last_day).toordinal() + 1).isoformat())
    assert standing(desk, lucy, contract).status is Status.ENDED
    turn_to(desk, "2024-10-01")
    assert billed(desk, lucy) == [(month, 10) for month in months]


@pytest.mark.parametrize(
    ("rule", "applied", "june", "july"),
    [
        ("notice", "2024-05-11", 5, 5),
        ("notice", "2024-05-12", 10, 5),
        ("notice", "2024-05-15", 10, 5),
        ("order-cutoff", "2024-05-15", 5, 5),
        ("order-cutoff", "2024-05-16", 10, 5),
    ],
)
def test_10_to_5_seats_and_the_invoice_of_the_1st_under_both_rules(
    desk: Desk, lucy: SignedIn, rule: str, applied: str, june: int, july: int
) -> None:
    desk = under(desk, reduction_rule=rule)
    contract = sent(desk, lucy, "2024-03-15", 10)
    turn_to(desk, applied)
    planned = change(desk, lucy, contract, Kind.REDUCE, 5)
    foreseen = [(one.without, one.subtotal) for one in planned.next_invoices]
    turn_to(desk, "2024-07-01")
    assert billed(desk, lucy) == [("2024-04", 10), ("2024-05", 10), ("2024-06", june), ("2024-07", july)]
    assert foreseen == [(22_000, june * 2_200), (22_000, july * 2_200), (22_000, 11_000)]


def test_cancelling_follows_the_notice_also_under_the_order_cutoff(desk: Desk, lucy: SignedIn) -> None:
    desk = under(desk, reduction_rule="order-cutoff")
    contract = sent(desk, lucy, "2024-03-15", 10)
    turn_to(desk, "2024-05-15")
    assert change(desk, lucy, contract, Kind.CANCEL).takes_effect_on == day("2024-06-30")


def test_added_seats_follow_the_rules_of_an_order(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-15", 10)
    turn_to(desk, "2024-05-15")
    assert change(desk, lucy, contract, Kind.ADD, 3).takes_effect_on == day("2024-05-20")
    turn_to(desk, "2024-05-16")
    assert change(desk, lucy, contract, Kind.ADD, 4).takes_effect_on == day("2024-06-20")
    turn_to(desk, "2024-07-01")
    assert billed(desk, lucy) == [
        ("2024-04", 10),
        ("2024-05", 10),
        ("2024-06", 10),
        ("2024-06", 3),
        ("2024-07", 10),
        ("2024-07", 3),
        ("2024-07", 4),
    ]

"""Day by day: what is expected happens on its day, and nothing else does on any day."""

from datetime import UTC, date, datetime

import pytest

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import Kind, withdraw_change
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.closing import Closed, catch_up, close_days, set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.opening import open_desk
from stellr_tui.desk.orders import place_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Book
from tests.desk.life.steps import billed, change, day, diary, invoices, sent, standing, under
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    MONTHLY,
    an_order,
    another_end_user,
    everything,
    go_live,
    order_form,
    turn_to,
)

DELIVERED = {"contract ~1", "contract_event +1", "mail +1"}
FIRST_INVOICE = {"counter +1", "invoice +1", "invoice_line +1", "mail +1", "seat_lot ~1"}
INVOICE = {"counter ~1", "invoice +1", "invoice_line +1", "mail +1", "seat_lot ~1"}


def test_a_po_that_is_never_sent_leads_to_nothing(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy)
    assert diary(desk, "2024-07-31") == {}


def test_the_life_of_a_monthly_contract(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10)
    assert diary(desk, "2024-06-05") == {"2024-05-20": DELIVERED, "2024-06-01": FIRST_INVOICE}
    change(desk, lucy, contract, Kind.REDUCE, 1)
    change(desk, lucy, contract, Kind.ADD, 2)
    reduced = {"contract_change ~1", "contract_event +1", "lot_reduction +1"}
    assert diary(desk, "2024-08-03") == {
        "2024-06-20": {"contract_change ~1", "contract_event +1"},
        "2024-07-01": {"counter ~1", "invoice +1", "invoice_line +2", "mail +1", "seat_lot ~2"} | reduced,
        "2024-08-01": {"counter ~1", "invoice +1", "invoice_line +2", "mail +1", "seat_lot ~2"},
    }
    change(desk, lucy, contract, Kind.CANCEL)
    assert diary(desk, "2024-12-31") == {"2024-09-01": {"contract ~1", "contract_change ~1", "contract_event +1"}}
    assert [seats for _month, seats in billed(desk, lucy)] == [10, 10, 1, 10, 1]


def test_the_life_of_an_annual_contract(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-05-15", 2, ANNUAL)
    assert diary(desk, "2025-06-30") == {
        "2024-05-20": DELIVERED,
        "2024-06-01": FIRST_INVOICE,
        "2025-06-01": INVOICE,
    }


def test_a_change_that_was_taken_back_leads_to_nothing(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 2, ANNUAL)
    turn_to(desk, "2024-06-02")
    for kind, seats in ((Kind.REDUCE, 1), (Kind.ADD, 5), (Kind.CANCEL, "")):
        change(desk, lucy, contract, kind, seats)
        withdraw_change(desk, lucy, contract)
    assert diary(desk, "2025-05-31") == {}
    turn_to(desk, "2025-06-01")
    assert billed(desk, lucy) == [("2024-06", 2), ("2025-06", 2)]


def test_what_an_operator_has_not_approved_is_put_off_a_month(desk: Desk, lucy: SignedIn, operator: SignedIn) -> None:
    desk = under(desk, approval="operator")
    contract = sent(desk, lucy, "2024-05-15", 2)
    put_off = {"contract ~1", "contract_event +1", "seat_lot ~1"}
    assert diary(desk, "2024-06-19") == {"2024-05-21": put_off}
    detail = subscription(desk, lucy, contract)
    assert detail.dates is not None
    assert (detail.dates.sent_on, detail.dates.delivered_on) == (day("2024-05-15"), day("2024-06-20"))
    assert approve(desk, operator, contract) == day("2024-06-20")
    assert standing(desk, lucy, contract).status is Status.PROVISIONING
    assert diary(desk, "2024-07-01") == {"2024-06-20": DELIVERED, "2024-07-01": FIRST_INVOICE}


def test_what_was_not_approved_is_put_off_also_where_nobody_needs_to_approve_any_more(
    desk: Desk, lucy: SignedIn
) -> None:
    contract = sent(desk, lucy, "2024-05-15", 2)
    turn_to(under(desk, approval="operator"), "2024-05-20")
    assert standing(desk, lucy, contract).status is Status.PROVISIONING
    assert diary(desk, "2024-07-01") == {
        "2024-05-21": {"contract ~1", "contract_event +1", "seat_lot ~1"},
        "2024-06-20": DELIVERED,
        "2024-07-01": FIRST_INVOICE,
    }
    assert billed(desk, lucy) == [("2024-07", 2)]


def test_what_is_approved_on_the_delivery_day_is_active_at_once(desk: Desk, lucy: SignedIn, operator: SignedIn) -> None:
    desk = under(desk, approval="operator")
    contract = sent(desk, lucy, "2024-05-15", 2)
    turn_to(desk, "2024-05-20")
    assert standing(desk, lucy, contract).status is Status.PROVISIONING
    assert approve(desk, operator, contract) == day("2024-05-20")
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    assert diary(desk, "2024-06-01") == {"2024-06-01": FIRST_INVOICE}


def test_a_contract_that_was_sent_back_counts_from_the_day_it_is_sent_again(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy, 3, sku=MONTHLY)
    send_provisioning(desk, lucy, order.id, DETAILS)
    number = order.contracts[0].number
    send_back(desk, lucy, number, "担当者名がありません")
    assert standing(desk, lucy, number).status is Status.SENT_BACK
    assert diary(desk, "2024-05-15") == {}
    send_provisioning(desk, lucy, order.id, DETAILS)
    assert diary(desk, "2024-06-01") == {"2024-05-20": DELIVERED, "2024-06-01": FIRST_INVOICE}


def test_of_an_order_only_the_contract_that_was_sent_back_is_sent_again(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    back, kept = (one.number for one in send_provisioning(desk, lucy, order.id, DETAILS).contracts)
    send_back(desk, lucy, back, "電話番号")
    turn_to(desk, "2024-03-16")
    again = {one.number: one.delivered_on for one in send_provisioning(desk, lucy, order.id, DETAILS).contracts}
    assert again == {back: day("2024-04-20"), kept: day("2024-03-20")}
    turn_to(desk, "2024-03-20")
    assert standing(desk, lucy, kept).status is Status.ACTIVE
    assert standing(desk, lucy, back).status is Status.PROVISIONING


def test_a_day_that_was_closed_is_never_worked_again(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-05-15", 10)
    turn_to(desk, "2024-06-01")
    before = everything(desk)
    for _again in range(3):
        closed = close_days(desk)
        assert (closed.delivered, closed.invoices) == (0, [])
        assert close_days(desk, day("2024-05-20")).delivered == 0
    assert everything(desk) == before


def test_a_long_jump_leads_to_what_the_days_one_by_one_lead_to(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 3)
    told: list[tuple[date, date]] = []
    turn_to(desk, "2024-03-31")
    change(desk, lucy, contract, Kind.REDUCE, 1)
    closed = set_clock(desk, day("2025-03-01"), lambda at, goal: told.append((at, goal)))
    assert (closed.through, closed.reduced, len(closed.invoices)) == (day("2025-03-01"), 1, 12)
    assert [at for at, _goal in told] == sorted({at for at, _goal in told})
    assert told[-1] == (day("2025-03-01"), day("2025-03-01"))
    assert [seats for _month, seats in billed(desk, lucy)] == [3] + [2] * 11


def test_a_live_database_left_closed_for_14_months_is_caught_up_with_once_it_is_open_again(
    desk: Desk, lucy: SignedIn, database_url: str
) -> None:
    sent(desk, lucy, "2024-05-15", 10)
    another = another_end_user(desk, lucy, "別の会社")
    sent(desk, lucy, "2024-05-16", 2, ANNUAL, customer=another)
    go_live(desk, datetime(2024, 5, 16, 3, tzinfo=UTC))
    moment = datetime(2025, 7, 15, 3, tzinfo=UTC)
    opened = open_desk(database_url, lambda: moment)
    try:
        closed = catch_up(opened)
        assert closed is not None
        assert (closed.through, closed.delivered, len(closed.invoices)) == (day("2025-07-15"), 2, 14)
        issued = invoices(opened, lucy)
        assert [f"{one.month:%Y-%m}" for one in issued] == [
            *(f"2024-{month:02}" for month in range(6, 13)),
            *(f"2025-{month:02}" for month in range(1, 8)),
        ]
        assert [one.number for one in issued] == list(range(1, 15))
        assert all(one.issued_on == one.month for one in issued)
        assert [seats for _month, seats in billed(opened, lucy)].count(2) == 2
        before = everything(opened)
    finally:
        opened.store.close()
    again = open_desk(database_url, lambda: moment)
    try:
        assert catch_up(again) == Closed(day("2025-07-15"))
        assert everything(again) == before
    finally:
        again.store.close()


def test_a_training_database_is_never_caught_up_with(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-05-15", 10)
    before = everything(desk)
    assert catch_up(desk) is None
    assert everything(desk) == before


def test_a_long_jump_can_be_left_between_any_two_days_and_gone_on_with(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 3)
    another = sent(desk, lucy, "2024-03-16", 2, ANNUAL, po_number="second")
    turn_to(desk, "2024-04-20")
    change(desk, lucy, another, Kind.ADD, 1)

    def only_one(_day: date, _goal: date) -> bool:
        return False

    stops = []
    while (closed := set_clock(desk, day("2025-06-10"), only_one)).through < day("2025-06-10"):
        stops.append(closed.through)
        assert read_clock(desk).today == closed.through
        with desk.store.reading() as session:
            assert session.get_one(Book, 1).closed_through == closed.through
    assert {on.day for on in stops} == {1, 20, 21}
    assert stops == sorted(set(stops))
    assert [f"{one.month:%Y-%m}" for one in invoices(desk, lucy)] == [
        *(f"2024-{month:02}" for month in range(4, 13)),
        *(f"2025-{month:02}" for month in range(1, 7)),
    ]
    assert [line.seats for one in invoices(desk, lucy) for line in one.lines if line.sku == ANNUAL] == [2, 1, 2, 1]


@pytest.mark.parametrize(
    ("sent_on", "applied", "fewer_from", "months"),
    [
        ("2028-01-15", "2028-02-09", "2028-03-01", ["2028-02", "2028-03"]),
        ("2028-01-15", "2028-02-10", "2028-04-01", ["2028-02", "2028-03", "2028-04"]),
        ("2027-01-15", "2027-02-08", "2027-03-01", ["2027-02", "2027-03"]),
        ("2024-10-15", "2024-12-11", "2025-01-01", ["2024-11", "2024-12", "2025-01"]),
        ("2024-10-15", "2024-12-12", "2025-02-01", ["2024-11", "2024-12", "2025-01", "2025-02"]),
    ],
)
def test_leap_days_and_year_ends(
    desk: Desk, lucy: SignedIn, sent_on: str, applied: str, fewer_from: str, months: list[str]
) -> None:
    contract = sent(desk, lucy, sent_on, 3)
    turn_to(desk, applied)
    assert change(desk, lucy, contract, Kind.REDUCE, 1).takes_effect_on == day(fewer_from)
    turn_to(desk, fewer_from)
    assert billed(desk, lucy) == [*((month, 3) for month in months[:-1]), (months[-1], 2)]
    for one in invoices(desk, lucy):
        (line,) = one.lines
        assert line.first_day == one.month
        assert date.fromordinal(line.last_day.toordinal() + 1).day == 1


@pytest.mark.parametrize(
    ("applied", "fewer_from", "ends"),
    [
        ("2024-05-31", "2024-07-01", "2024-06-30"),
        ("2024-06-30", "2024-08-01", "2024-07-31"),
        ("2024-07-31", "2024-09-01", "2024-08-31"),
        ("2024-12-31", "2025-02-01", "2025-01-31"),
        ("2025-01-30", "2025-03-01", "2025-02-28"),
        ("2025-01-31", "2025-03-01", "2025-02-28"),
        ("2025-02-28", "2025-04-01", "2025-03-31"),
        ("2028-01-31", "2028-03-01", "2028-02-29"),
        ("2028-02-29", "2028-04-01", "2028-03-31"),
    ],
)
def test_what_is_applied_for_on_the_last_days_of_a_month_comes_in_the_month_after_the_next_1st(
    desk: Desk, lucy: SignedIn, applied: str, fewer_from: str, ends: str
) -> None:
    contract = sent(desk, lucy, "2024-03-15", 3)
    turn_to(desk, applied)
    assert change(desk, lucy, contract, Kind.REDUCE, 1).takes_effect_on == day(fewer_from)
    assert change(desk, lucy, contract, Kind.CANCEL).takes_effect_on == day(ends)
    turn_to(desk, ends)
    assert standing(desk, lucy, contract).status is Status.ENDING
    assert standing(desk, lucy, contract).seats == 3
    last = invoices(desk, lucy)[-1].lines[0]
    assert (last.last_day, last.seats) == (day(ends), 3)
    turn_to(desk, fewer_from)
    assert standing(desk, lucy, contract).status is Status.ENDED
    turn_to(desk, date.fromordinal(day(fewer_from).toordinal() + 62).isoformat())
    assert invoices(desk, lucy)[-1].lines[0].last_day == day(ends)


@pytest.mark.parametrize(
    ("wish", "added_on", "fewer_from", "ends"),
    [
        ("2024-08-20", "2024-08-20", "2024-09-01", "2024-08-31"),
        ("2024-08-21", "2024-09-20", "2024-09-01", "2024-08-31"),
        ("2024-08-31", "2024-09-20", "2024-09-01", "2024-08-31"),
        ("2024-09-01", "2024-09-20", "2024-09-01", "2024-09-30"),
        ("2024-09-30", "2024-10-20", "2024-10-01", "2024-09-30"),
        ("2024-12-31", "2025-01-20", "2025-01-01", "2024-12-31"),
        ("2028-02-29", "2028-03-20", "2028-03-01", "2028-02-29"),
    ],
)
def test_a_wish_for_the_last_or_first_days_of_a_month_is_met_by_the_next_day_that_can_be(
    desk: Desk, lucy: SignedIn, wish: str, added_on: str, fewer_from: str, ends: str
) -> None:
    contract = sent(desk, lucy, "2024-03-15", 3)
    turn_to(desk, "2024-05-31")
    assert change(desk, lucy, contract, Kind.ADD, 1, wish).takes_effect_on == day(added_on)
    assert change(desk, lucy, contract, Kind.REDUCE, 1, wish).takes_effect_on == day(fewer_from)
    assert change(desk, lucy, contract, Kind.CANCEL, wish=wish).takes_effect_on == day(ends)


def test_an_order_of_december_the_16th_is_billed_in_february(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-12-16", 1)
    assert diary(desk, "2025-02-01") == {"2025-01-20": DELIVERED, "2025-02-01": FIRST_INVOICE}


def test_an_annual_contract_of_a_leap_year_renews_on_the_1st_of_march(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 1, ANNUAL)
    sent(desk, lucy, "2028-02-15", 1, ANNUAL)
    turn_to(desk, "2029-03-01")
    lines = [line for one in invoices(desk, lucy) for line in one.lines if line.po_number == "PO-2028-02-15"]
    assert [(line.first_day, line.last_day) for line in lines] == [
        (day("2028-03-01"), day("2029-02-28")),
        (day("2029-03-01"), day("2030-02-28")),
    ]

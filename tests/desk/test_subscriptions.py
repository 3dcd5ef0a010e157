"""The list of contracts as it is or was, and one contract in full (オーダー⑥)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Unpack

import pytest
from sqlalchemy import update

from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots_then import Lot
from stellr_tui.desk.orders import discard_order, read_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.standing import NextChange
from stellr_tui.desk.subscriptions import (
    Subscription,
    Totals,
    Which,
    list_subscriptions,
    subscription,
    sum_subscriptions,
)
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.calendar import Plan, order_dates
from stellr_tui.rules.policy import ListTerm, Policy
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Contract, ContractEvent, SeatLot
from tests.desk.office import DETAILS, MONTHLY, NOON, a_sent_order, an_order, another_end_user, turn_to

THE_MANUALS_ROW = Subscription(
    contract_number=81766,
    customer_number=159813,
    company="テスト株式会社",
    sku="6900990",
    service="ポケットーク同時通訳(年額サブスクリプション)シリアルコード",
    vendor_code="pocketalk",
    vendor="ソースネクスト株式会社",
    plan=Plan.ANNUAL,
    status=Status.PROVISIONING,
    seats=1,
    amount=24_710,
    next_change=NextChange("new", 1, date(2024, 3, 21)),
    term_starts_on=date(2024, 3, 21),
    term_ends_on=date(2025, 3, 20),
    shown_from=date(2024, 3, 21),
    shown_until=date(2025, 3, 20),
    is_sample=False,
)


def add_many(desk: Desk, order_id: int, numbers: range) -> None:
    """Contracts straight into the book, all of one order: placing hundreds of orders would only take longer."""
    with desk.store.writing() as session:
        first = session.get_one(Contract, 81766)
        for number in numbers:
            session.add(
                Contract(
                    number=number,
                    order_id=order_id,
                    account_number=first.account_number,
                    end_user_number=first.end_user_number,
                    sku=first.sku,
                    product_name=first.product_name,
                    manufacturer_part_number=first.manufacturer_part_number,
                    vendor_code=first.vendor_code,
                    vendor_name=first.vendor_name,
                    plan=first.plan,
                    status="po-created",
                    lots=[SeatLot(number=1, seats=1, unit_price=24_710, ordered_on=date(2024, 3, 11))],
                    events=[
                        ContractEvent(
                            kind="po-created",
                            status="po-created",
                            happened_on=date(2024, 3, 11),
                            happened_at=NOON,
                            person_name="Lucy Jin",
                        )
                    ],
                )
            )


def numbers(desk: Desk, by: SignedIn, searched: str) -> list[int]:
    return [row.contract_number for row in list_subscriptions(desk, by, searched=searched).rows]


def test_an_order_that_was_sent_is_listed_as_the_manual_pictures_it(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    assert list_subscriptions(desk, lucy).rows == (THE_MANUALS_ROW,)
    assert sum_subscriptions(desk, lucy, customer=CUSTOMER).contracts == 1


def test_before_it_is_sent_a_contract_has_no_term(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy)
    (row,) = list_subscriptions(desk, lucy).rows
    assert (row.status, row.seats, row.amount) == (Status.PO_CREATED, 1, 24_710)
    assert (row.term_starts_on, row.term_ends_on, row.shown_from, row.shown_until) == (None,) * 4


def test_the_total_price_is_for_all_seats_and_one_period(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 12)
    a_sent_order(desk, lucy, 7, sku=MONTHLY)
    annual, monthly = list_subscriptions(desk, lucy).rows
    assert (annual.seats, annual.amount) == (12, 296_520)
    assert (monthly.seats, monthly.amount) == (7, 15_400)
    assert (annual.is_sample, monthly.is_sample) == (False, True)


def test_a_monthly_term_ends_with_the_first_month_that_will_be_invoiced(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, sku=MONTHLY)
    (row,) = list_subscriptions(desk, lucy).rows
    assert (row.term_starts_on, row.term_ends_on) == (date(2024, 3, 21), date(2024, 4, 30))


def test_a_policy_can_show_the_days_that_are_billed_instead(desk: Desk, lucy: SignedIn) -> None:
    billing = replace(desk, policy=Policy(list_term=ListTerm.BILLING))
    a_sent_order(desk, lucy)
    a_sent_order(desk, lucy, sku=MONTHLY)
    annual, monthly = list_subscriptions(billing, lucy).rows
    assert annual == replace(THE_MANUALS_ROW, shown_from=date(2024, 4, 1), shown_until=date(2025, 3, 31))
    assert (monthly.shown_from, monthly.shown_until) == (date(2024, 4, 1), date(2024, 4, 30))
    assert (monthly.term_starts_on, monthly.term_ends_on) == (date(2024, 3, 21), date(2024, 4, 30))


def test_the_list_can_be_that_of_one_end_user(desk: Desk, lucy: SignedIn) -> None:
    other = another_end_user(desk, lucy, "別会社")
    a_sent_order(desk, lucy)
    a_sent_order(desk, lucy, customer=other)
    assert [row.company for row in list_subscriptions(desk, lucy, customer=other).rows] == ["別会社"]
    assert [row.contract_number for row in list_subscriptions(desk, lucy, customer=CUSTOMER).rows] == [81766]
    assert sum_subscriptions(desk, lucy, customer=other).contracts == 1


def test_the_list_can_be_that_of_one_status(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    an_order(desk, lucy)
    discard_order(desk, lucy, an_order(desk, lucy).id)
    by_status = {
        status: [row.contract_number for row in list_subscriptions(desk, lucy, status=status).rows] for status in Status
    }
    assert {status: listed for status, listed in by_status.items() if listed} == {
        Status.PROVISIONING: [81766],
        Status.PO_CREATED: [81767],
        Status.DISCARDED: [81768],
    }


def test_the_list_can_be_that_of_one_plan_or_one_vendor(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    a_sent_order(desk, lucy, sku=MONTHLY)

    def listed(**which: Unpack[Which]) -> list[int]:
        return [row.contract_number for row in list_subscriptions(desk, lucy, **which).rows]

    assert listed(plan=Plan.MONTHLY) == [81767]
    assert listed(plan=Plan.ANNUAL, status=Status.PROVISIONING) == [81766]
    assert listed(vendor="pocketalk") == [81766, 81767]
    assert listed(vendor="chatwork") == []
    assert listed(vendor="\0") == []
    assert listed(vendor="pocketalk", plan=Plan.MONTHLY, searched="81766") == []


def test_the_sums_are_those_of_every_page_and_not_of_the_first(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    a_sent_order(desk, lucy, 7, sku=MONTHLY)
    add_many(desk, order.id, range(81768, 82217))
    today = date(2024, 3, 11)
    assert sum_subscriptions(desk, lucy) == Totals(
        today, 451, 0, 457, {Plan.ANNUAL: 450 * 24_710, Plan.MONTHLY: 7 * 2_200}
    )
    assert sum_subscriptions(desk, lucy, plan=Plan.MONTHLY) == Totals(today, 1, 0, 7, {Plan.MONTHLY: 15_400})
    assert sum_subscriptions(desk, lucy, searched="no such thing") == Totals(today, 0, 0, 0, {})


def test_what_has_ended_is_counted_and_its_seats_and_price_are_not(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 3)
    a_sent_order(desk, lucy, 7, sku=MONTHLY)
    a_sent_order(desk, lucy, 5, sku=MONTHLY)
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, 81767, ChangeForm(Kind.CANCEL))
    last_day, next_day = date(2024, 4, 30), date(2024, 5, 1)
    turn_to(desk, "2024-04-30")
    there = Totals(last_day, 3, 0, 15, {Plan.ANNUAL: 3 * 24_710, Plan.MONTHLY: 12 * 2_200})
    assert sum_subscriptions(desk, lucy) == there
    turn_to(desk, "2024-05-01")
    left = Totals(next_day, 3, 1, 8, {Plan.ANNUAL: 3 * 24_710, Plan.MONTHLY: 5 * 2_200})
    assert sum_subscriptions(desk, lucy) == left
    assert sum_subscriptions(desk, lucy, status=Status.ENDED) == Totals(next_day, 1, 1, 0, {})
    assert sum_subscriptions(desk, lucy, as_of=last_day) == there
    assert sum_subscriptions(desk, lucy, as_of=last_day, status=Status.ENDED) == Totals(last_day, 0, 0, 0, {})


def test_sums_larger_than_a_column_of_the_book_are_right(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 9_999)
    with desk.store.writing() as session:
        session.execute(update(SeatLot).values(unit_price=2_000_000_000))
    assert sum_subscriptions(desk, lucy).amounts == {Plan.ANNUAL: 9_999 * 2_000_000_000}


def test_the_sums_of_a_past_day_are_those_of_its_list(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 10, sku=MONTHLY)
    a_sent_order(desk, lucy, 3)
    turn_to(desk, "2024-04-05")
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 4))
    apply_change(desk, lucy, 81766, ChangeForm(Kind.ADD, 2))
    apply_change(desk, lucy, 81767, ChangeForm(Kind.CANCEL))
    turn_to(desk, "2024-06-05")
    seats = {}
    for day in ("2024-03-10", "2024-03-11", "2024-04-19", "2024-04-20", "2024-04-30", "2024-05-01", "2024-06-05"):
        as_of = date.fromisoformat(day)
        for status in (None, *Status):
            rows = list_subscriptions(desk, lucy, as_of=as_of, status=status).rows
            totals = sum_subscriptions(desk, lucy, as_of=as_of, status=status)
            there = [row for row in rows if row.status is not Status.ENDED]
            assert (totals.contracts, totals.ended) == (len(rows), len(rows) - len(there)), (day, status)
            assert totals.seats == sum(row.seats for row in there), (day, status)
            assert sum(totals.amounts.values()) == sum(row.amount for row in there), (day, status)
        seats[day] = sum_subscriptions(desk, lucy, as_of=as_of).seats
    assert list(seats.values()) == [0, 13, 13, 15, 15, 8, 8]


def test_discarded_pos_are_neither_listed_nor_counted_unless_asked_for(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    discard_order(desk, lucy, an_order(desk, lucy).id)
    assert numbers(desk, lucy, "") == [81766]
    assert sum_subscriptions(desk, lucy, customer=CUSTOMER).contracts == 1


@pytest.mark.parametrize(
    "searched",
    [
        "81766",
        "１７６６",
        "年額サブスクリプション",
        "シリアルコード",
        "ｼﾘｱﾙｺｰﾄﾞ",
        "しりあるこーど",
        "PO-ひかえ１%",
        "po-ひかえ",
        "ひかえ１",
        "159813",
        "テスト株式会社",
        "てすとかぶしき",
        "テスト太郎",
        "TEST@company.com",
        "031-2345-6798",
        "ポケットーク テスト太郎",
    ],
)
def test_a_contract_is_found_by_service_contract_number_po_number_and_end_user(
    desk: Desk, lucy: SignedIn, searched: str
) -> None:
    a_sent_order(desk, lucy, po_number="PO-ひかえ１%")
    other = another_end_user(desk, lucy, "別会社", phone="0698765432", email="x@else.example")
    a_sent_order(desk, lucy, sku=MONTHLY, customer=other, po_number="PO-2")
    assert numbers(desk, lucy, searched) == [81766]


def test_a_po_number_written_with_hyphens_is_found(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy, po_number="2024-001")
    an_order(desk, lucy, po_number="2024001")
    assert 81766 in numbers(desk, lucy, "2024-001")
    assert 81767 in numbers(desk, lucy, "2024001")


@pytest.mark.parametrize("searched", ["nothing", "%", "_", "8%6", "\\", "\x00", "\ud800", "9" * 400, "[/x]"])
def test_what_no_contract_has_finds_none(desk: Desk, lucy: SignedIn, searched: str) -> None:
    a_sent_order(desk, lucy)
    assert numbers(desk, lucy, searched) == []


def test_450_contracts_are_read_in_pages_each_exactly_once(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    add_many(desk, order.id, range(81767, 82216))
    seen: list[int] = []
    sizes = []
    after = None
    while True:
        page = list_subscriptions(desk, lucy, after=after, limit=150)
        seen += [row.contract_number for row in page.rows]
        sizes.append(len(page.rows))
        if len(sizes) == 1:
            add_many(desk, order.id, range(70_000, 70_010))
        after = page.next
        if after is None:
            break
    assert seen == list(range(81766, 82216))
    assert sizes == [150, 150, 150]
    assert len(list_subscriptions(desk, lucy, limit=10**9).rows) == 200


def test_the_list_as_it_was_on_a_past_day(desk: Desk, lucy: SignedIn) -> None:
    turn_to(desk, "2024-03-12")
    order = an_order(desk, lucy, 3)
    turn_to(desk, "2024-03-14")
    send_provisioning(desk, lucy, order.id, DETAILS)
    turn_to(desk, "2024-03-18")
    assert list_subscriptions(desk, lucy, as_of=date(2024, 3, 11)).rows == ()
    now = list_subscriptions(desk, lucy).rows
    for day in (date(2024, 3, 12), date(2024, 3, 13)):
        (then,) = list_subscriptions(desk, lucy, as_of=day).rows
        assert (then.status, then.seats, then.amount) == (Status.PO_CREATED, 3, 74_130)
        assert (then.term_starts_on, then.shown_from, then.next_change) == (None, None, None)
    for day in (date(2024, 3, 14), date(2024, 3, 17), date(2024, 3, 18)):
        assert list_subscriptions(desk, lucy, as_of=day).rows == now
    assert now[0].status is Status.PROVISIONING


def test_a_status_is_asked_for_as_it_was_on_the_day(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    turn_to(desk, "2024-03-14")
    send_provisioning(desk, lucy, order.id, DETAILS)
    day_before = date(2024, 3, 13)
    assert len(list_subscriptions(desk, lucy, status=Status.PO_CREATED, as_of=day_before).rows) == 1
    assert list_subscriptions(desk, lucy, status=Status.PROVISIONING, as_of=day_before).rows == ()
    assert list_subscriptions(desk, lucy, status=Status.PO_CREATED).rows == ()


def test_a_discarded_po_stands_in_the_list_of_the_days_before(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    turn_to(desk, "2024-03-14")
    discard_order(desk, lucy, order.id)
    assert len(list_subscriptions(desk, lucy, as_of=date(2024, 3, 13)).rows) == 1
    assert list_subscriptions(desk, lucy, as_of=date(2024, 3, 14)).rows == ()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_any_day_of_the_calendar_can_be_asked_for(desk: Desk, lucy: SignedIn, day: date) -> None:
    a_sent_order(desk, lucy)
    assert len(list_subscriptions(desk, lucy, as_of=day).rows) == (1 if day == date.max else 0)


def test_a_contract_in_full_has_its_order_lot_and_dates(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy, 2)
    detail = subscription(desk, lucy, 81766)
    assert detail.subscription == list_subscriptions(desk, lucy).rows[0]
    assert detail.order == read_order(desk, lucy, order.id)
    assert detail.lots == (Lot(1, 2, 24_710, date(2024, 3, 11), date(2024, 3, 20), date(2024, 4, 1)),)
    assert detail.dates == order_dates(date(2024, 3, 11), Plan.ANNUAL)
    assert detail.dates is not None
    assert (detail.dates.billing_starts_on, detail.dates.free_until) == (date(2024, 4, 1), date(2024, 3, 31))


def test_the_history_says_who_did_what_when_and_where_it_led(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    order = an_order(desk, lucy)
    turn_to(desk, "2024-03-14")
    later = replace(desk, now=lambda: NOON + timedelta(days=3))
    send_provisioning(later, hanako, order.id, DETAILS)
    history = subscription(desk, lucy, 81766).history
    assert [(one.kind, one.status, one.person_name) for one in history] == [
        ("po-created", Status.PO_CREATED, "Lucy Jin"),
        ("sent", Status.PROVISIONING, hanako.name),
    ]
    assert [(one.happened_on, one.happened_at) for one in history] == [
        (date(2024, 3, 11), NOON),
        (date(2024, 3, 14), NOON + timedelta(days=3)),
    ]


def test_the_history_of_a_discarded_po_stays(desk: Desk, lucy: SignedIn) -> None:
    discard_order(desk, lucy, an_order(desk, lucy).id)
    detail = subscription(desk, lucy, 81766)
    assert [one.status for one in detail.history] == [Status.PO_CREATED, Status.DISCARDED]
    assert (detail.dates, detail.decide_by) == (None, None)


def test_before_it_is_sent_there_is_nothing_to_decide(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy)
    assert subscription(desk, lucy, 81766).decide_by is None


@pytest.mark.parametrize(
    ("today", "decide_by"),
    [
        ("2024-03-11", date(2025, 3, 11)),
        ("2025-03-11", date(2025, 3, 11)),
        ("2025-03-12", date(2026, 3, 11)),
    ],
)
def test_an_annual_renewal_can_be_stopped_until_20_days_before_the_last_day(
    desk: Desk, lucy: SignedIn, today: str, decide_by: date
) -> None:
    """Billed from 2024-04-01, so the renewal is invoiced on 2025-04-01: L is 2025-03-31, less 20 days."""
    a_sent_order(desk, lucy)
    turn_to(desk, today)
    assert subscription(desk, lucy, 81766).decide_by == decide_by


def test_a_monthly_renewal_can_be_stopped_every_month(desk: Desk, lucy: SignedIn) -> None:
    """Billed from 2024-04-01, so the renewal is invoiced on 2024-05-01: L is 2024-04-30, less 20 days."""
    a_sent_order(desk, lucy, sku=MONTHLY)
    assert subscription(desk, lucy, 81766).decide_by == date(2024, 4, 10)
    turn_to(desk, "2024-04-11")
    assert subscription(desk, lucy, 81766).decide_by == date(2024, 5, 11)


def test_a_policy_can_renew_for_another_number_of_months(desk: Desk, lucy: SignedIn) -> None:
    half_years = replace(desk, policy=Policy(renewal_months=6))
    a_sent_order(half_years, lucy)
    assert subscription(half_years, lucy, 81766).decide_by == date(2025, 3, 11)
    turn_to(half_years, "2025-03-12")
    assert subscription(half_years, lucy, 81766).decide_by == date(2025, 9, 10)

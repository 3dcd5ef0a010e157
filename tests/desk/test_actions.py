"""必要なアクション: what waits for someone, with the last day to do it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stellr_tui.desk.actions import Action, Need, actions_needed
from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import discard_order, place_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.policy import Policy
from tests.desk.life.many import add_contracts
from tests.desk.life.steps import priced, under
from tests.desk.office import ANNUAL, DETAILS, MONTHLY, a_sent_order, an_order, order_form, turn_to


def needs(desk: Desk, by: SignedIn) -> list[tuple[Need, int | None]]:
    return [(one.need, one.contract_number) for one in actions_needed(desk, by).rows]


def test_an_order_waits_to_be_sent_and_says_how_many_days_are_left(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy, 3, po_number="first")
    found = actions_needed(desk, lucy)
    assert found.rows == (
        Action(
            Need.SEND,
            date(2024, 3, 15),
            81766,
            CUSTOMER,
            "テスト株式会社",
            3,
            date(2024, 3, 20),
            order.id,
            "first",
            days_left=4,
        ),
    )
    assert (found.orders, found.others, found.total) == (1, 0, 1)
    assert (found.cutoff_on, found.days_left) == (date(2024, 3, 15), 4)


def test_an_order_that_missed_its_cut_off_says_so_and_what_sending_it_today_leads_to(
    desk: Desk, lucy: SignedIn
) -> None:
    first = an_order(desk, lucy, po_number="first")
    turn_to(desk, "2024-03-15")
    second = an_order(desk, lucy, po_number="second")
    assert [one.days_left for one in actions_needed(desk, lucy).rows] == [0, 0]
    turn_to(desk, "2024-03-16")
    third = an_order(desk, lucy, po_number="third")
    waits = actions_needed(desk, lucy).rows
    assert [one.order_id for one in waits] == [first.id, second.id, third.id]
    assert [one.finding.reason if one.finding else None for one in waits] == [Reason.MISSED_CUTOFF] * 2 + [None]
    assert waits[0].finding is not None and waits[0].finding.facts["cutoff_on"] == date(2024, 3, 15)
    assert {(one.by, one.days_left, one.takes_effect_on) for one in waits} == {
        (date(2024, 4, 15), 30, date(2024, 4, 20))
    }
    send_provisioning(desk, lucy, first.id, DETAILS)
    discard_order(desk, lucy, second.id)
    assert [one.order_id for one in actions_needed(desk, lucy).rows] == [third.id]


def test_a_po_of_several_products_is_one_order_that_waits(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    place_order(desk, lucy, order_form(desk, lucy))
    found = actions_needed(desk, lucy)
    assert (found.orders, found.counts[Need.SEND], len(found.rows)) == (1, 2, 2)


def test_what_was_sent_back_waits_with_the_operators_last_reason(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    send_back(desk, lucy, 81766, "部署名がありません")
    send_provisioning(desk, lucy, order.id, DETAILS)
    send_back(desk, lucy, 81766, "[red]まだ[/x]足りません")
    turn_to(desk, "2024-04-20")
    (waiting,) = actions_needed(desk, lucy).rows
    assert (waiting.need, waiting.reason, waiting.finding) == (Need.CORRECT, "[red]まだ[/x]足りません", None)
    assert (waiting.by, waiting.order_id) == (date(2024, 5, 15), order.id)


def test_an_operators_queue_waits_only_where_an_operator_approves(
    desk: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    assert needs(desk, lucy) == []
    operated = under(desk, approval="operator")
    (waiting,) = actions_needed(operated, lucy).rows
    assert (waiting.need, waiting.by, waiting.seats) == (Need.APPROVE, date(2024, 3, 20), 1)
    approve(operated, operator, 81766)
    assert needs(operated, lucy) == []


def test_a_change_waits_and_once_its_deadline_has_passed_it_comes_last(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 10, sku=MONTHLY)
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, 81766, ChangeForm(Kind.REDUCE, 5))
    apply_change(desk, lucy, 81766, ChangeForm(Kind.ADD, 1, date(2024, 6, 1)))
    found = actions_needed(desk, lucy)
    assert [(one.need, one.by, one.takes_effect_on, one.seats) for one in found.rows] == [
        (Need.REDUCE, date(2024, 4, 10), date(2024, 5, 1), 5),
        (Need.ADD, date(2024, 6, 15), date(2024, 6, 20), 1),
    ]
    assert (found.orders, found.others) == (0, 2)
    turn_to(desk, "2024-04-11")
    assert [(one.need, one.by, one.days_left) for one in actions_needed(desk, lucy).rows] == [
        (Need.ADD, date(2024, 6, 15), 65),
        (Need.REDUCE, None, None),
    ]


@pytest.mark.parametrize(("near_days", "ahead"), [(30, 30), (1, 1), (365, 300)])
def test_a_renewal_is_near_for_as_many_days_as_the_policy_says(
    desk: Desk, lucy: SignedIn, near_days: int, ahead: int
) -> None:
    """Billed from 2024-04-01: the renewal of 2025-04-01 can be stopped until 20 days before 3/31."""
    desk = replace(desk, policy=Policy(near_days=near_days))
    a_sent_order(desk, lucy, 2)
    last = date(2025, 3, 11)
    turn_to(desk, (last - timedelta(days=ahead)).isoformat())
    (renewal,) = actions_needed(desk, lucy).rows
    assert (renewal.need, renewal.by, renewal.days_left, renewal.takes_effect_on, renewal.seats) == (
        Need.RENEWAL,
        last,
        ahead,
        date(2025, 4, 1),
        2,
    )
    turn_to(desk, last.isoformat())
    assert needs(desk, lucy) == [(Need.RENEWAL, 81766)]
    turn_to(desk, "2025-03-12")
    assert needs(desk, lucy) == []


def test_a_renewal_further_away_is_not_near(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 2)
    turn_to(desk, "2025-02-08")
    assert needs(desk, lucy) == []


def test_what_cannot_be_billed_waits_with_the_reason_until_the_next_1st(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 2, sku=MONTHLY)
    turn_to(desk, "2024-04-02")
    broken = priced(desk, MONTHLY, ("2030-01-01", 2_200))
    turn_to(broken, "2024-05-02")
    (parked,) = actions_needed(broken, lucy).rows
    assert (parked.need, parked.by, parked.contract_number) == (Need.BILL, date(2024, 6, 1), 81766)
    assert parked.finding is not None and parked.finding.reason is Reason.NO_PRICE


def test_of_very_many_only_so_many_are_read_and_all_are_counted(desk: Desk, lucy: SignedIn) -> None:
    for number in range(3):
        an_order(desk, lucy, po_number=f"PO-{number}")
    add_contracts(desk, lucy, 300)
    operated = under(desk, approval="operator")
    found = actions_needed(operated, lucy, limit=50)
    assert len(found.rows) == 50
    assert [one.need for one in found.rows[:3]] == [Need.SEND] * 3
    assert (found.orders, found.others, found.total) == (3, 300, 303)


def test_page_by_page_everything_that_waits_is_read_once_and_in_order(desk: Desk, lucy: SignedIn) -> None:
    for number in range(3):
        an_order(desk, lucy, po_number=f"PO-{number}")
    add_contracts(desk, lucy, 300)
    operated = under(desk, approval="operator")
    everything = actions_needed(operated, lucy, limit=1_000)
    assert (len(everything.rows), everything.next) == (303, None)
    assert [one.position for one in everything.rows] == list(range(303))
    pages, after = [], 0
    while True:
        page = actions_needed(operated, lucy, limit=101, after=after)
        pages.append(page.rows)
        if page.next is None:
            break
        after = page.next
    assert [len(rows) for rows in pages] == [101, 101, 101]
    assert tuple(one for rows in pages for one in rows) == everything.rows
    assert actions_needed(operated, lucy, limit=0).rows == ()

"""What the list says of a term, and the detail of what is still to be decided, as contracts live on (rules 3 and 4)."""

from datetime import date

import pytest

from stellr_tui.desk.changes import Kind, withdraw_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions, subscription
from tests.desk.life.steps import change, day, priced, sent, standing
from tests.desk.office import ANNUAL, MONTHLY, turn_to


def term(row: Subscription) -> tuple[date | None, date | None]:
    return row.term_starts_on, row.term_ends_on


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        ("2024-03-11", "2024-04-30"),
        ("2024-03-31", "2024-04-30"),
        ("2024-04-01", "2024-04-30"),
        ("2024-04-30", "2024-04-30"),
        ("2024-05-01", "2024-05-31"),
        ("2025-02-14", "2025-02-28"),
    ],
)
def test_a_monthly_term_ends_with_the_latest_month_invoiced(desk: Desk, lucy: SignedIn, today: str, ends: str) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2)
    turn_to(desk, today)
    assert term(standing(desk, lucy, contract)) == (day("2024-03-21"), day(ends))


def test_a_month_that_could_not_be_invoiced_makes_no_monthly_term_longer_until_it_is(
    desk: Desk, lucy: SignedIn
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2)
    turn_to(desk, "2024-04-30")
    broken = priced(desk, MONTHLY, ("2030-01-01", 1))
    turn_to(broken, "2024-06-10")
    assert term(standing(broken, lucy, contract)) == (day("2024-03-21"), day("2024-04-30"))
    turn_to(desk, "2024-07-01")
    assert term(standing(desk, lucy, contract)) == (day("2024-03-21"), day("2024-07-31"))
    then = list_subscriptions(desk, lucy, as_of=day("2024-06-10")).rows
    assert [term(row) for row in then] == [(day("2024-03-21"), day("2024-04-30"))]


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        ("2025-03-20", "2025-03-20"),
        ("2025-03-21", "2026-03-20"),
        ("2026-03-20", "2026-03-20"),
        ("2026-03-21", "2027-03-20"),
    ],
)
def test_an_annual_term_renews_by_itself_for_twelve_months(desk: Desk, lucy: SignedIn, today: str, ends: str) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, today)
    assert term(standing(desk, lucy, contract)) == (day("2024-03-21"), day(ends))


def decide_by(desk: Desk, by: SignedIn, contract: int) -> date | None:
    return subscription(desk, by, contract).decide_by


def test_of_a_contract_that_is_cancelled_or_has_ended_nothing_is_to_be_decided(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2024-05-01")
    change(desk, lucy, contract, Kind.CANCEL)
    assert decide_by(desk, lucy, contract) is None
    withdraw_change(desk, lucy, contract)
    assert decide_by(desk, lucy, contract) == day("2025-03-11")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-06-01")
    assert decide_by(desk, lucy, contract) is None


def test_added_seats_have_a_renewal_of_their_own_to_decide_about(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2024-06-01")
    change(desk, lucy, contract, Kind.ADD, 3)
    assert decide_by(desk, lucy, contract) == day("2025-03-11")
    # The first seats renew on 2025-04-01 whatever is decided now; those added are invoiced again on 2025-07-01.
    turn_to(desk, "2025-03-12")
    assert decide_by(desk, lucy, contract) == day("2025-06-10")
    turn_to(desk, "2025-06-11")
    assert decide_by(desk, lucy, contract) == day("2026-03-11")


def test_seats_that_are_gone_have_no_renewal_to_decide_about(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2024-06-01")
    change(desk, lucy, contract, Kind.ADD, 3)
    turn_to(desk, "2024-07-02")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    assert decide_by(desk, lucy, contract) == day("2025-03-11")
    turn_to(desk, "2024-08-01")
    assert decide_by(desk, lucy, contract) == day("2025-06-10")

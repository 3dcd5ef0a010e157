"""Changes of a contract: lots, reductions that wait, taking back, and what a cancellation wastes."""

import pytest

from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, foresee_change, withdraw_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.subscriptions import list_subscriptions, subscription
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.status import Status
from tests.desk.life.steps import billed, change, day, invoices, sent, standing, under
from tests.desk.office import ANNUAL, everything, turn_to
from tests.rules.refusals import refusal_of


def lots(desk: Desk, by: SignedIn, contract: int) -> list[int]:
    return [lot.seats for lot in subscription(desk, by, contract).lots]


def test_a_reduction_takes_from_the_lot_that_is_invoiced_first(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2024-06-01")
    change(desk, lucy, contract, Kind.ADD, 3)
    turn_to(desk, "2024-07-02")
    # The first lot is invoiced again on 2025-04-01, the second on 2025-07-01.
    change(desk, lucy, contract, Kind.REDUCE, 2)
    turn_to(desk, "2024-08-01")
    assert lots(desk, lucy, contract) == [3, 3]
    change(desk, lucy, contract, Kind.REDUCE, 4)
    turn_to(desk, "2024-09-01")
    assert lots(desk, lucy, contract) == [0, 2]
    turn_to(desk, "2025-07-01")
    assert billed(desk, lucy) == [("2024-04", 5), ("2024-07", 3), ("2025-07", 2)]


def test_between_lots_invoiced_together_the_newest_goes_first(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-03-21")
    for seats in (2, 3):
        change(desk, lucy, contract, Kind.ADD, seats)
    turn_to(desk, "2024-05-02")
    change(desk, lucy, contract, Kind.REDUCE, 4)
    turn_to(desk, "2024-06-01")
    assert lots(desk, lucy, contract) == [5, 1, 0]


def test_reductions_that_wait_count_and_one_seat_stays(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 10)
    turn_to(desk, "2024-03-20")
    change(desk, lucy, contract, Kind.REDUCE, 4)
    refusal = refusal_of(apply_change, desk, lucy, contract, ChangeForm(Kind.REDUCE, 6))
    assert refusal.reason is Reason.TOO_FEW_SEATS_LEFT
    assert refusal.facts["allowed"] == 5
    change(desk, lucy, contract, Kind.REDUCE, 5)
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(Kind.REDUCE, 1)).facts["allowed"] == 0


def test_seats_that_are_not_delivered_cannot_be_reduced(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2)
    turn_to(desk, "2024-03-20")
    change(desk, lucy, contract, Kind.ADD, 50)
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(Kind.REDUCE, 2)).facts["allowed"] == 1


def test_the_policy_says_how_many_seats_stay(desk: Desk, lucy: SignedIn) -> None:
    desk = under(desk, minimum_seats=3)
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-03-20")
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(Kind.REDUCE, 3)).facts["allowed"] == 2
    change(desk, lucy, contract, Kind.REDUCE, 2)


@pytest.mark.parametrize(
    ("kind", "deadline"),
    [(Kind.REDUCE, "2024-05-11"), (Kind.CANCEL, "2024-05-11"), (Kind.ADD, "2024-05-15")],
)
def test_a_change_can_be_taken_back_up_to_and_including_its_deadline(
    desk: Desk, lucy: SignedIn, kind: Kind, deadline: str
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    seats = "" if kind is Kind.CANCEL else 2
    assert change(desk, lucy, contract, kind, seats).deadline == day(deadline)
    turn_to(desk, deadline)
    withdraw_change(desk, lucy, contract)
    assert standing(desk, lucy, contract).status is Status.ACTIVE
    assert standing(desk, lucy, contract).next_change is None
    assert refusal_of(withdraw_change, desk, lucy, contract).reason is Reason.NOTHING_WAITS
    change(desk, lucy, contract, kind, seats)
    later = day(deadline).replace(day=day(deadline).day + 1).isoformat()
    turn_to(desk, later)
    before = everything(desk)
    refusal = refusal_of(withdraw_change, desk, lucy, contract)
    assert (refusal.reason, refusal.facts["deadline"]) == (Reason.PAST_DEADLINE, day(deadline))
    assert everything(desk) == before


def test_a_change_past_its_deadline_does_not_keep_an_earlier_one_from_being_taken_back(
    desk: Desk, lucy: SignedIn
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    far = change(desk, lucy, contract, Kind.REDUCE, 2, "2024-09-01")
    change(desk, lucy, contract, Kind.ADD, 1)
    turn_to(desk, "2024-05-16")
    assert withdraw_change(desk, lucy, contract).number == far.number
    turn_to(desk, "2024-09-01")
    assert lots(desk, lucy, contract) == [5, 1]


@pytest.mark.parametrize("kind", Kind)
def test_after_a_cancellation_no_change_is_accepted(desk: Desk, lucy: SignedIn, kind: Kind) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    change(desk, lucy, contract, Kind.CANCEL)
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(kind, 1)).reason is Reason.STATUS_FORBIDS
    turn_to(desk, "2024-06-01")
    assert standing(desk, lucy, contract).status is Status.ENDED
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(kind, 1)).reason is Reason.STATUS_FORBIDS
    assert refusal_of(withdraw_change, desk, lucy, contract).reason is Reason.NOTHING_WAITS


@pytest.mark.parametrize("kind", Kind)
def test_before_delivery_no_change_is_accepted(desk: Desk, lucy: SignedIn, kind: Kind) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-03-19")
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(kind, 1)).reason is Reason.STATUS_FORBIDS


def test_what_would_have_changed_after_the_end_does_not(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    change(desk, lucy, contract, Kind.ADD, 2, "2024-07-20")
    change(desk, lucy, contract, Kind.REDUCE, 1, "2024-06-01")
    change(desk, lucy, contract, Kind.REDUCE, 1, "2024-09-01")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-06-01")
    ended = standing(desk, lucy, contract)
    assert (ended.status, ended.seats, ended.next_change) == (Status.ENDED, 5, None)
    before = everything(desk)
    turn_to(desk, "2024-12-31")
    assert [rows for name, rows in everything(desk).items() if name != "book"] == [
        rows for name, rows in before.items() if name != "book"
    ]
    assert standing(desk, lucy, contract) == ended
    assert billed(desk, lucy) == [("2024-04", 5), ("2024-05", 5)]


def test_a_cancelled_annual_contract_says_until_when_it_is_paid_and_which_end_wastes_nothing(
    desk: Desk, lucy: SignedIn
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2024-06-10")
    foreseen = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL))
    assert foreseen.takes_effect_on == day("2024-06-30")
    assert foreseen.paid_until == foreseen.costs_nothing_on == day("2025-03-31")
    kept = foresee_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=foreseen.costs_nothing_on))
    assert kept.takes_effect_on == kept.costs_nothing_on == day("2025-03-31")
    assert everything(desk)["contract_change"] == []
    apply_change(desk, lucy, contract, ChangeForm(Kind.CANCEL, wish=foreseen.costs_nothing_on))
    turn_to(desk, "2025-06-01")
    assert len(invoices(desk, lucy)) == 1


def test_a_cancellation_too_late_for_the_renewal_pays_for_another_year(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2025-03-12")
    planned = change(desk, lucy, contract, Kind.CANCEL)
    assert planned.takes_effect_on == day("2025-04-30")
    assert planned.paid_until == planned.costs_nothing_on == day("2026-03-31")
    turn_to(desk, "2026-06-01")
    assert [f"{one.month:%Y-%m}" for one in invoices(desk, lucy)] == ["2024-04", "2025-04"]


def test_a_cancellation_before_the_renewals_deadline_stops_it(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    assert subscription(desk, lucy, contract).decide_by == day("2025-03-11")
    turn_to(desk, "2025-03-11")
    assert change(desk, lucy, contract, Kind.CANCEL).costs_nothing_on == day("2025-03-31")
    turn_to(desk, "2025-06-01")
    assert len(invoices(desk, lucy)) == 1


@pytest.mark.parametrize("seats", [0, -1, "1.5", "たくさん", "", 10_000])
@pytest.mark.parametrize("kind", [Kind.ADD, Kind.REDUCE])
def test_seats_that_are_no_quantity_are_refused_and_nothing_is_written(
    desk: Desk, lucy: SignedIn, kind: Kind, seats: int | str
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-05-01")
    before = everything(desk)
    assert refusal_of(apply_change, desk, lucy, contract, ChangeForm(kind, seats)).field == "seats"
    assert everything(desk) == before


def test_the_list_as_of_a_past_day_is_what_it_was_then(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2024-04-05")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    change(desk, lucy, contract, Kind.ADD, 4)
    then = list_subscriptions(desk, lucy).rows
    turn_to(desk, "2024-05-02")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-08-01")
    assert list_subscriptions(desk, lucy, as_of=day("2024-04-05")).rows == then
    seats = {
        on: list_subscriptions(desk, lucy, as_of=day(on)).rows[0].seats
        for on in ("2024-04-19", "2024-04-20", "2024-04-30", "2024-05-01", "2024-07-31")
    }
    assert seats == {"2024-04-19": 5, "2024-04-20": 9, "2024-04-30": 9, "2024-05-01": 7, "2024-07-31": 7}

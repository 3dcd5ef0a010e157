"""How many seats may go and from which lot they are taken (rule 4)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.findings import Reason
from stellr_tui.rules.seats import Lot, check_reduction, reducible, take_seats
from tests.rules.refusals import refusal_of

JULY, AUGUST, MARCH = date(2024, 7, 1), date(2024, 8, 1), date(2025, 3, 1)


def lot(number: int, seats: int, next_invoice_on: date = JULY, ordered_on: date = date(2024, 5, 1)) -> Lot:
    return Lot(number=number, seats=seats, next_invoice_on=next_invoice_on, ordered_on=ordered_on)


def taken(lots: list[Lot], wanted: int) -> list[tuple[int, int]]:
    """The numbers of the lots and what went from each."""
    return [(one.number, seats) for one, seats in take_seats(lots, wanted)]


def test_ten_seats_with_four_about_to_go_leave_five_that_can_be_reduced() -> None:
    assert reducible(10, 4) == 5
    check_reduction(5, 10, 4)


def test_a_sixth_seat_is_refused_with_what_would_be_allowed() -> None:
    finding = refusal_of(check_reduction, 6, 10, 4)
    assert finding.reason is Reason.TOO_FEW_SEATS_LEFT
    assert dict(finding.facts) == {"allowed": 5, "seats": 10, "pending": 4, "minimum": 1}


@pytest.mark.parametrize(
    ("seats", "pending", "allowed"), [(10, 0, 9), (2, 0, 1), (1, 0, 0), (10, 9, 0), (9999, 0, 9998), (2, 1, 0)]
)
def test_one_seat_always_stays(seats: int, pending: int, allowed: int) -> None:
    assert reducible(seats, pending) == allowed
    assert refusal_of(check_reduction, allowed + 1, seats, pending).reason is Reason.TOO_FEW_SEATS_LEFT


def test_the_manuals_reduction_from_ten_to_five_is_allowed() -> None:
    check_reduction(5, 10, 0)


def test_giving_up_every_seat_is_no_reduction() -> None:
    assert refusal_of(check_reduction, 10, 10, 0).facts["allowed"] == 9


def test_a_policy_that_keeps_more_seats_allows_fewer_to_go() -> None:
    assert reducible(10, 4, 3) == 3
    check_reduction(3, 10, 4, 3)
    finding = refusal_of(check_reduction, 4, 10, 4, 3)
    assert dict(finding.facts) == {"allowed": 3, "seats": 10, "pending": 4, "minimum": 3}


def test_a_contract_below_the_minimum_can_give_up_none_rather_than_fewer_than_none() -> None:
    assert reducible(2, 0, 5) == 0
    assert refusal_of(check_reduction, 1, 2, 0, 5).facts["allowed"] == 0


def test_a_reduction_takes_from_the_lot_that_is_invoiced_next() -> None:
    assert taken([lot(1, 5, MARCH), lot(2, 5, JULY), lot(3, 5, AUGUST)], 3) == [(2, 3)]


def test_an_older_lot_goes_first_where_its_invoice_comes_first() -> None:
    older = lot(1, 5, JULY, ordered_on=date(2023, 6, 1))
    newer = lot(2, 5, AUGUST, ordered_on=date(2024, 6, 1))
    assert taken([newer, older], 2) == [(1, 2)]


def test_between_lots_of_the_same_invoice_day_the_newest_goes_first() -> None:
    older = lot(1, 5, ordered_on=date(2024, 4, 1))
    newer = lot(2, 5, ordered_on=date(2024, 5, 1))
    assert taken([older, newer], 5) == [(2, 5)]
    assert taken([newer, older], 5) == [(2, 5)]


def test_between_lots_of_the_same_two_days_the_higher_number_is_the_newer() -> None:
    assert taken([lot(1, 5), lot(2, 5)], 1) == [(2, 1)]
    assert taken([lot(2, 5), lot(1, 5)], 1) == [(2, 1)]


def test_what_one_lot_cannot_give_comes_from_the_next_in_turn() -> None:
    lots = [
        lot(1, 4, MARCH),
        lot(2, 2, JULY, ordered_on=date(2024, 4, 1)),
        lot(3, 3, JULY, ordered_on=date(2024, 5, 1)),
    ]
    assert taken(lots, 3) == [(3, 3)]
    assert taken(lots, 4) == [(3, 3), (2, 1)]
    assert taken(lots, 9) == [(3, 3), (2, 2), (1, 4)]


def test_lots_that_hold_too_few_seats_cannot_be_taken_from() -> None:
    with pytest.raises(ValueError):
        take_seats([lot(1, 2), lot(2, 3)], 6)
    with pytest.raises(ValueError):
        take_seats([], 1)


LOTS = st.lists(
    st.builds(
        Lot,
        number=st.integers(1, 10_000),
        seats=st.integers(1, 9999),
        next_invoice_on=st.sampled_from([JULY, AUGUST, MARCH]),
        ordered_on=st.dates(date(2023, 1, 1), date(2024, 6, 1)),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.number,
)


@given(LOTS, st.data())
def test_taking_seats_takes_exactly_that_many_and_never_more_than_a_lot_has(
    lots: list[Lot], data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(1, sum(one.seats for one in lots)))
    parts = take_seats(lots, wanted)
    assert sum(seats for _, seats in parts) == wanted
    assert all(0 < seats <= one.seats for one, seats in parts)
    assert all(one in lots for one, _ in parts)
    assert len({one.number for one, _ in parts}) == len(parts)


@given(LOTS, st.data())
def test_no_lot_is_touched_while_one_that_goes_first_still_has_seats(lots: list[Lot], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(1, sum(one.seats for one in lots)))
    gone = {one.number: seats for one, seats in take_seats(lots, wanted)}
    for touched in (one for one in lots if one.number in gone):
        for other in lots:
            comes_first = other.next_invoice_on < touched.next_invoice_on or (
                other.next_invoice_on == touched.next_invoice_on and other.ordered_on > touched.ordered_on
            )
            if comes_first:
                assert gone.get(other.number) == other.seats


@given(LOTS, st.data())
def test_the_order_in_which_lots_are_named_changes_nothing(lots: list[Lot], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(1, sum(one.seats for one in lots)))
    assert take_seats(data.draw(st.permutations(lots)), wanted) == take_seats(lots, wanted)


@given(st.integers(1, 9999), st.data())
def test_whatever_is_given_up_in_turn_at_least_one_seat_stays(seats: int, data: st.DataObject) -> None:
    pending = 0
    for _ in range(5):
        allowed = reducible(seats, pending)
        assert refusal_of(check_reduction, allowed + 1, seats, pending).facts["allowed"] == allowed
        if allowed == 0:
            break
        wanted = data.draw(st.integers(1, allowed))
        check_reduction(wanted, seats, pending)
        pending += wanted
    assert seats - pending >= 1

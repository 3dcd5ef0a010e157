"""Money is whole yen, in integers (rule 5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.money import amount, total, yen

YEN = st.integers(0, 10**9)


def test_the_manuals_one_seat_costs_its_unit_price() -> None:
    assert amount(24_710, 1) == 24_710


def test_an_amount_is_the_unit_price_for_each_seat() -> None:
    assert amount(24_710, 5) == 123_550
    assert amount(24_710, 9_999) == 247_075_290


def test_a_total_is_the_sum_of_its_amounts_and_nothing_costs_nothing() -> None:
    assert total([24_710, 123_550]) == 148_260
    assert total([]) == 0


@pytest.mark.parametrize(
    ("value", "printed"),
    [(24_710, "¥24,710"), (0, "¥0"), (999, "¥999"), (1_000, "¥1,000"), (247_075_290, "¥247,075,290")],
)
def test_money_is_printed_as_the_manual_prints_it(value: int, printed: str) -> None:
    assert yen(value) == printed


@given(YEN, st.integers(1, 9_999))
def test_an_amount_is_always_a_whole_number_of_yen(price: int, seats: int) -> None:
    result = amount(price, seats)
    assert type(result) is int
    assert result == sum([price] * seats)


@given(st.lists(YEN, max_size=20))
def test_a_total_does_not_depend_on_the_order_of_its_amounts(amounts: list[int]) -> None:
    assert type(total(amounts)) is int
    assert total(amounts) == total(reversed(amounts))


@given(YEN)
def test_printed_money_can_be_read_back(value: int) -> None:
    assert int(yen(value).removeprefix("¥").replace(",", "")) == value

"""The steps of a chart's axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.widgets.bars import step_of


@pytest.mark.parametrize(
    ("highest", "most", "step"),
    [(1, 2, 1), (3, 2, 2), (4, 2, 2), (5, 2, 5), (10, 2, 5), (141, 2, 100), (141, 4, 50), (141, 8, 20), (0, 3, 1)],
)
def test_steps_are_round(highest: int, most: int, step: int) -> None:
    assert step_of(highest, most) == step


@given(st.integers(0, 10**9), st.integers(1, 20))
def test_never_more_steps_than_there_is_room_for(highest: int, most: int) -> None:
    step = step_of(highest, most)
    assert step * most >= highest
    assert str(step).rstrip("0") in {"1", "2", "5"}

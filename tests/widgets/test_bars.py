"""A chart: the steps of its axis, and the room that it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual_hires_canvas import Canvas

from stellr_tui.widgets.bars import Bars, step_of
from tests.waiting import rests, until


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


@pytest.mark.parametrize("highest", [3, 1_234_567])
async def test_what_is_drawn_takes_all_the_room_that_the_numbers_leave(highest: int) -> None:
    class Chart(App[None]):
        def compose(self) -> ComposeResult:
            yield Bars(id="chart", colour="primary")

    app = Chart()
    async with app.run_test(size=(60, 12)) as pilot:
        chart = app.query_one(Bars)
        await until(lambda: chart.size, pilot)
        await rests(pilot)
        chart.show(["a", "b"], [highest, 1])
        await rests(pilot)
        canvas = chart.query_one("#plot", Canvas)
        assert canvas._canvas_size == canvas.size
        assert canvas.size.width == 60 - chart.margin_left
        assert chart._scale_rectangle.width == canvas.size.width - 2

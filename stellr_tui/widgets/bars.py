"""A bar for each month or step, drawn by textual-plot. Only a page that shows a chart imports this: it needs numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from math import ceil

from textual.reactive import reactive
from textual_hires_canvas import HiResMode
from textual_plot import PlotWidget
from textual_plot.axis_formatter import AxisFormatter

_BETWEEN = 2  # cells between two names below the axis
_LEFT = 6  # cells for the numbers, so that charts below each other begin at the same place


class Bars(PlotWidget, can_focus=False):
    """Whole numbers, each with a name. It takes no keys: the numbers stand in a table beside it."""

    DEFAULT_CSS = """
    Bars {
        & > .plot--axis { color: $foreground 50%; }
        & > .plot--tick { color: $foreground; text-style: none; }
    }
    """

    margin_top = reactive(0)
    margin_bottom = reactive(1)
    margin_left = reactive(_LEFT)

    def __init__(self, *, id: str, colour: str, whole: int = 1) -> None:
        """colour: the name of a colour of the theme. whole: how far the scale goes at least, as 100 for percent."""
        super().__init__(id=id, allow_pan_and_zoom=False)
        self._colour = colour
        self._whole = whole
        self._names: Sequence[str] = ()
        self._values: Sequence[int] = ()

    def show(self, names: Sequence[str], values: Sequence[int]) -> None:
        """Draw these, at least one."""
        self._names, self._values = names, values
        self.margin_left = max(_LEFT, len(str(max(values))) + 2)
        self._draw()

    def watch_margin_left(self) -> None:
        """What is drawn is as wide as the room beside it, once that is laid out."""
        super().watch_margin_left()
        self.call_after_refresh(self.refresh, layout=True)

    def on_resize(self) -> None:
        """As many of them are named as have room."""
        self._draw()

    def notify_style_update(self) -> None:
        """In the colours of another theme."""
        self._draw()
        super().notify_style_update()

    def _draw(self) -> None:
        if not self._names or not self.is_mounted:
            return
        self.clear()
        highest = max(self._whole, *self._values)
        step = step_of(highest, max(1, self.size.height // 3))
        self.set_y_formatter(_Named(str))
        self.set_yticks([float(at) for at in range(0, highest + step, step)])
        self.set_ylimits(0, ceil(highest / step) * step)
        room = max(map(len, self._names)) + _BETWEEN
        every = max(1, ceil(len(self._names) * room / max(1, self.size.width - self.margin_left)))
        named = range(len(self._names), 0, -every)
        self.set_x_formatter(_Named(lambda at: self._names[at - 1]))
        self.set_xticks([float(at) for at in named])
        self.set_xlimits(0.5, len(self._names) + 0.5)
        self.bar(
            [float(at) for at in range(1, len(self._names) + 1)],
            self._values,
            bar_style=self.app.theme_variables[self._colour],
            hires_mode=HiResMode.QUADRANT,
        )


class _Named(AxisFormatter):
    """Ticks are whole numbers, each with a name."""

    def __init__(self, name_of: Callable[[int], str]) -> None:
        self._name_of = name_of

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """The chart sets its ticks itself."""
        return []

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """The names."""
        return [self._name_of(round(tick)) for tick in ticks]


def step_of(highest: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … by which at most so many steps lead to the highest value."""
    step, factors = 1, cycle((2, 2.5, 2))
    while ceil(highest / step) > most:
        step = round(step * next(factors))
    return step

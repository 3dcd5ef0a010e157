"""The keys that do something here, at the foot of every page: each of them shown whole."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.layouts.horizontal import HorizontalLayout
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterLabel


class InLines(HorizontalLayout):
    """From left to right, and on in a further line where there is no room left."""

    name = "in-lines"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        placed: list[WidgetPlacement] = []
        left = line = 0
        for together in _labelled(super().arrange(parent, children, size, greedy)):
            if placed and together[-1].region.right - left > size.width:
                left, line = together[0].region.x, line + 1
            placed += [one._replace(region=one.region.translate((-left, line))) for one in together]
        return placed


class Keys(Footer):
    """The footer. More than one line is for many keys at 80 columns, for long names, and for keys one chose oneself."""

    DEFAULT_CSS = "Keys { height: auto; min-height: 1; }"

    _lines: ClassVar[Layout] = InLines()

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    @property
    def layout(self) -> Layout:
        """The layout of Footer would go on beyond the edge."""
        return self._lines


def _labelled(placements: ArrangeResult) -> list[list[WidgetPlacement]]:
    """What must stand in one line: a key, or a group of keys with the label behind it."""
    together: list[list[WidgetPlacement]] = []
    for one in placements:
        if together and isinstance(one.widget, FooterLabel):
            together[-1].append(one)
        else:
            together.append([one])
    return together

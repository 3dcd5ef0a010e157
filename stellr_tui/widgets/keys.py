"""The keys that do something here, at the foot of every page: each of them shown whole."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
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

    _shown: list[tuple[str, Binding, bool]] | None = None

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """The keys, once they are known."""
        self._shown = self._offered() if self._bindings_ready else None
        yield from super().compose()

    async def recompose(self) -> None:
        """Show the keys that there are now. Mostly the focus has moved and they are the same: then nothing is done.

        It is called behind a refresh; by then the page may have been left, or be on its way out.
        """
        if self.is_attached and not self._pruning and self._offered() != self._shown:
            await super().recompose()

    def _offered(self) -> list[tuple[str, Binding, bool]]:
        """The keys that are to be shown: how, for what, and whether they do it now."""
        offered = (one for one in self.screen.active_bindings.values() if one.binding.show)
        return [(self.app.get_key_display(one.binding), one.binding, one.enabled) for one in offered]

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

"""A box to tick whose state shows without its colour."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Checkbox

from stellr_tui.widgets.entry import EXPLAIN


class Tick(Checkbox):
    """An X where it is ticked, nothing where it is not."""

    BINDINGS: ClassVar[list[BindingType]] = [EXPLAIN]

    @property
    def _button(self) -> Content:
        self.BUTTON_INNER = "X" if self.value else " "
        return super()._button

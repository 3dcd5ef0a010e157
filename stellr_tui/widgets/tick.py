"""A box to tick whose state shows without its colour."""

from __future__ import annotations

from textual.widgets import Checkbox


class Tick(Checkbox):
    """An X where it is ticked, nothing where it is not."""

    def watch_value(self) -> None:
        """Show the state, and tell of it."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()

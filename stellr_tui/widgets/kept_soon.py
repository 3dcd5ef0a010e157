"""Screens on which an order is entered: each change of what is typed is kept soon."""

from __future__ import annotations

from textual.screen import ScreenResultType
from textual.timer import Timer
from textual.widgets import Input, Select

from stellr_tui.widgets.asking import AskingScreen

KEEPING = ("order", "details")
"""The groups of the workers that keep what is typed."""

SOON = 0.3
"""Seconds from a change until what is typed is kept, at most; what follows within them goes with it."""


class KeptSoon(AskingScreen[ScreenResultType]):
    """Subclasses say in `keep` how what is typed is kept."""

    _soon: Timer | None = None

    def keep(self) -> None:
        """Keep what is typed, in a thread."""
        raise NotImplementedError

    def has_unsaved(self) -> bool:
        """It is kept as it is typed."""
        return False

    def keep_soon(self) -> None:
        """Something has changed."""
        if self._soon is None:
            self._soon = self.set_timer(SOON, self._keep_now)

    def _keep_now(self) -> None:
        self._soon = None
        self.keep()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed."""
        self.keep_soon()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Something was chosen."""
        self.keep_soon()

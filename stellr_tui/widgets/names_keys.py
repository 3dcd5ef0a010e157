"""What names keys in its words: as the user has them, and anew as soon as they are others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from textual.screen import Screen
from textual.widget import Widget

from stellr_tui.widgets.workplace import Workplace


class NamesKeys(Widget):
    """A widget that names keys. Like the footer it hears from its screen when they may have changed."""

    _named: Mapping[str, str] | None = None

    def on_mount(self) -> None:
        """Listen from now on."""
        self._named = cast(Workplace, self.app).chosen_keys
        self.screen.bindings_updated_signal.subscribe(self, self._look)

    def _look(self, _screen: Screen[object]) -> None:
        keys = cast(Workplace, self.app).chosen_keys
        if keys != self._named:
            self._named = keys
            self.name_keys()

    def cap(self, id: str) -> str:
        """The key of a binding as it stands on the keyboard: `Ctrl+S`."""
        return cast(Workplace, self.app).cap(id)

    def is_of_screen(self, id: str) -> bool:
        """Whether a binding is one of the screen on which this stands; elsewhere its key is not to be named."""
        return any(one.id == id for _key, one in self.screen._bindings)

    def name_keys(self) -> None:
        """Say once more what names keys."""
        raise NotImplementedError

"""Tiles: a grid of buttons that the arrow keys walk through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Button

from stellr_tui.reference.texts import N_


class Tile(Button):
    """A tile. Its name is shown as it is."""

    DEFAULT_CSS = """
    Tile {
        width: 1fr; height: 2; min-width: 10;
        text-align: left; content-align: left top; border-left: thick $primary;
    }
    Tile:focus { border-left: thick $accent; background: $primary-muted; color: $text; }
    """

    def __init__(self, name: str, *, id: str, note: str = "") -> None:
        super().__init__(Content(f"{name}\n{note}" if note else name), id=id, compact=True)


class Tiles(Grid):
    """Tiles in rows; left, right, up and down move the focus."""

    DEFAULT_CSS = """
    Tiles { grid-size: 2; grid-gutter: 0 2; grid-rows: 2; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", N_("左"), id="tiles.left", show=False),
        Binding("right", "move(1)", N_("右"), id="tiles.right", show=False),
        Binding("up", "move_row(-1)", N_("上"), id="tiles.up", show=False),
        Binding("down", "move_row(1)", N_("下"), id="tiles.down", show=False),
    ]

    def __init__(self, tiles: Iterable[Tile], *, id: str) -> None:
        super().__init__(id=id)
        self._tiles = list(tiles)

    def compose(self) -> ComposeResult:
        yield from self._tiles

    def action_move(self, step: int) -> None:
        """Focus the tile that many further on, if there is one."""
        focused = self.screen.focused
        if isinstance(focused, Tile) and focused in self._tiles:
            target = self._tiles.index(focused) + step
            if 0 <= target < len(self._tiles):
                self._tiles[target].focus()

    def action_move_row(self, step: int) -> None:
        """Focus the tile below or above."""
        self.action_move(step * (self.styles.grid_size_columns or 1))

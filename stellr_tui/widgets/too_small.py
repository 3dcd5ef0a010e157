"""Where the terminal is smaller than the pages need: says so over the page, which stays below as it was."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from stellr_tui.reference.texts import _

WIDTH, HEIGHT = 80, 24
"""The smallest terminal in which every page can be worked with, in cells."""


class TooSmall(Static):
    """Covers the page while there is too little room for it."""

    DEFAULT_CSS = """
    TooSmall {
        layer: _loading; dock: top; display: none; width: 100%; height: 100%;
        background: $background; color: $text-warning; content-align: center middle; text-align: center;
    }
    """

    def __init__(self, further: Callable[[], str]) -> None:
        """further: what else is said of the screen."""
        # One of Textual's own parts of a screen, such as the notices: it stays where the screen is composed anew.
        super().__init__(id="too-small", classes="-textual-system")
        self._further = further

    def render(self) -> Content:
        """How much room is needed, how much there is, and what becomes of what was typed: all of it on 20x5, too."""
        size = self.app.size
        words = _("画面が小さすぎます。\n{width}桁{height}行が必要です。\n今は{columns}桁{rows}行です。")
        said = words.format(width=WIDTH, height=HEIGHT, columns=size.width, rows=size.height)
        return Content(said + "\n" + self._further())

"""Scrolling to what one works with, everywhere in the same way, so that it does not matter what scrolls first."""

from __future__ import annotations

from textual.widget import Widget


def bring_into_sight(widget: Widget) -> None:
    """Scroll so far that a widget can be seen, into the middle where it cannot yet. Call it once all is laid out."""
    screen = widget.screen
    if not screen.can_view_entire(widget):
        screen.scroll_to_center(widget, animate=False, origin_visible=True)

"""The screen when nothing moves on it any more, so that a picture of it is the same each time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual._compositor import LayoutUpdate
from textual.strip import Strip
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

if TYPE_CHECKING:
    from stellr_tui.classroom.actor import Actor
    from stellr_tui.classroom.app import LessonApp

_A_FRAME = 1 / 50  # longer than Textual takes from a change to its being drawn

Frame = tuple[Strip, ...]
"""What is shown, row by row."""


def frame_of(app: LessonApp) -> Frame:
    """What the app shows, with what lies below a dialog."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    return tuple(Strip.join(list(row)) for row in update.strips)


async def still(app: LessonApp, actor: Actor) -> Frame:
    """Wait until nothing moves, the cursors included; what is then shown."""
    before: Frame = ()
    while True:
        await actor.settles()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        for key in app.screen.query(FooterKey):
            key.refresh()  # one that was laid out before it was mounted has been painted empty
        await actor.until(lambda: not _is_to_be_drawn(app))
        now = frame_of(app)
        if now == before:
            return now
        before = now
        await asyncio.sleep(_A_FRAME)


def _is_to_be_drawn(app: LessonApp) -> bool:
    screen = app.screen
    waits = screen._layout_required or screen._scroll_required or screen._repaint_required
    return bool(waits or screen._recompose_required or screen._dirty_widgets or screen._callbacks) or _lags(app)


def _lags(app: LessonApp) -> bool:
    """Whether the footer does not yet show the keys there are: it is composed behind everything else."""
    bindings = [one.binding for one in app.screen.active_bindings.values()]
    shown, known = {one.action for one in bindings if one.show}, {one.action for one in bindings}
    return any(not shown <= {key.action for key in one.query(FooterKey)} <= known for one in app.screen.query(Footer))

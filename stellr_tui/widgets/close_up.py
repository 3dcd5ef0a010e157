"""Painting a frame from close up: what stands elsewhere than where something has changed is not rendered."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class CloseUp(Compositor):
    """A compositor for pages of many widgets, on which mostly one field changes at a time.

    Textual renders every widget whose container reaches into the changed part, which on a form are all of them.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and (crop is None or seen.overlaps(crop)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))

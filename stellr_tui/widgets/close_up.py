"""Laying out and painting a page: every widget is told its size, and only what has changed is rendered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class CloseUp(Compositor):
    """A compositor for pages of many widgets, on which mostly one field changes at a time.

    Textual renders every widget whose container reaches into the changed part, which on a form are all of them.
    """

    @property
    def cuts(self) -> list[list[int]]:
        """Where on each line one widget that is seen ends and another begins.

        Textual cuts lines where a covered widget ends as well, and loses a wide character that such a cut would part:
        of a notice over a page, say.
        """
        if self._cuts is None:
            self._cuts = self._where_seen(super().cuts)
        return self._cuts

    def _where_seen(self, cuts: Sequence[list[int]]) -> list[list[int]]:
        """Of the cuts of all widgets, each line's first and last and those before which another one is in front."""
        in_front: list[dict[int, Widget]] = [{} for _line in cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            for of_line, line in zip(in_front[seen.y : seen.bottom], cuts[seen.y : seen.bottom], strict=True):
                for cut in line[bisect_left(line, seen.x) : bisect_left(line, seen.right)]:
                    of_line.setdefault(cut, widget)
        return [
            [
                cut
                for before, cut in zip([-1, *line], line, strict=False)
                if cut in (0, line[-1]) or of_line.get(before) is not of_line.get(cut)
            ]
            for of_line, line in zip(in_front, cuts, strict=True)
        ]

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and (crop is None or seen.overlaps(crop)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out the page anew.

        Textual tells a widget of its new size if that differs from the one in the map of before. But after scrolling,
        who asks for the place of a widget out of sight has that map drawn anew, with margins and rows that are not laid
        out yet, and of these nobody was told. Here what counts is the size that the widget has.
        """
        found = super().reflow(parent, size)
        resized = {widget for widget, place in self._full_map.items() if widget.outer_size != place.region.size}
        return found._replace(resized=found.resized | resized)

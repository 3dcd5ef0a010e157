"""A picture of a step to be read alone: its target is marked, and below stand the step and its instruction."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from stellr_tui.classroom.sheet import marked
from stellr_tui.reference.line_breaks import wrapped
from stellr_tui.widgets.picture import CELL_WIDTH

if TYPE_CHECKING:
    from textual.geometry import Region

_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_MARK = 'fill="none" stroke="#ff9d00" stroke-width="4"'
_WINDOW = "translate(9, 41)"  # where Rich draws the terminal in its window
_LINE = 32
_PADDING = 16
_FONT = "font-family: system-ui, 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', sans-serif"


def captioned(svg: str, head: str, words: str, target: Region | None = None) -> str:
    """The picture that the app exported, higher by the caption. target: the cells to mark."""
    found = _VIEW.search(svg)
    if found is None:
        raise ValueError("the picture does not say how large it is")
    width, height = float(found[1]), float(found[2])
    # No letter of these fonts is wider than its cells in the terminal, so that no line is too long.
    lines = wrapped(words.strip(), int((width - 2 * _PADDING) / CELL_WIDTH))
    below = _LINE * (1 + len(lines)) + _PADDING
    texts = "".join(
        f'<text x="{_PADDING}" y="{height + _LINE * at:g}" font-size="{size}" fill="{ink}">{escape(line)}</text>'
        for at, (line, size, ink) in enumerate([(head, 18, "#b45f06"), *((one, 22, "#1b2530") for one in lines)], 1)
    )
    ground = f'<rect y="{height:g}" width="{width:g}" height="{below:g}" fill="#fff8ec"/>'
    mark = f'<g transform="{_WINDOW}">{marked(target, _MARK)}</g>' if target else ""
    higher = svg.replace(found[0], f'viewBox="0 0 {width:g} {height + below:g}"', 1)
    return higher.replace("</svg>", f'{mark}{ground}<g style="{_FONT}">{texts}</g></svg>')

"""Many pictures of a terminal on one page: each different row of all of them is written down once.

Takes the SVG that the app exports, in which every run of text is as wide as its cells, and keeps those widths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from stellr_tui.widgets.picture import CELL_WIDTH

if TYPE_CHECKING:
    from textual.geometry import Region

ROW_HEIGHT = 24.4
"""Height of a row in the units of the SVG, as Rich chooses it."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_STYLE = re.compile(r"\.([\w-]+) \{ ([^}]*) \}")
_TEXT_STYLE = re.compile(r"\.[\w-]+-matrix \{([^}]*)\}")
_ROUND_ABOUT = 3


@dataclass(frozen=True, slots=True)
class _Row:
    y: int
    id: str


class Sheet:
    """Collects the rows, the colours and the styles of pictures."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}
        self._styles: dict[str, str] = {}
        self._text_style = ""

    def add(self, svg: str, label: str, target: Region | None = None) -> str:
        """A picture as an `svg` element that refers to the rows. target: the cells that are marked in it."""
        root = ElementTree.fromstring(svg)
        style = "".join(one.text or "" for one in root.iter(f"{_NAMESPACE}style"))
        named = {name: self._style(body) for name, body in _STYLE.findall(style)}
        found = _TEXT_STYLE.search(style)
        self._text_style = found[1].strip() if found else ""
        body = next(one for one in root.findall(f"{_NAMESPACE}g") if "clip-path" in one.attrib)
        rows: dict[int, list[ElementTree.Element]] = {}
        for one in body.iter():
            if one.tag in (f"{_NAMESPACE}rect", f"{_NAMESPACE}text"):
                rows.setdefault(int(float(one.attrib["y"]) / ROW_HEIGHT - 0.5 * one.tag.endswith("text")), []).append(
                    one
                )
        width, height = self._size(root)
        uses = "".join(
            f'<use href="#{self._row(elements, named)}" y="{y * ROW_HEIGHT:g}"/>'
            for y, elements in sorted(rows.items())
        )
        mark = marked(target, 'class="mark"') if target else ""
        size = f'viewBox="0 0 {width:g} {height:g}"'
        return f'<svg {size} role="img" aria-label="{escape(label)}">{uses}{mark}</svg>'

    def definitions(self) -> str:
        """The rows, to stand once on the page."""
        rows = "".join(f'<g id="{id}">{row}</g>' for row, id in self._rows.items())
        return f'<svg width="0" height="0" aria-hidden="true"><defs>{rows}</defs></svg>'

    def css(self) -> str:
        """Font, colours and styles of the rows."""
        rules = "".join(f".{name}{{{body}}}" for body, name in self._styles.items())
        # In what `use` shows an element has no ancestors beyond the row: no selector may name one.
        return f"text{{{self._text_style} white-space: pre}}{rules}"

    def _size(self, root: ElementTree.Element) -> tuple[float, float]:
        """Without the window that Rich draws around the terminal."""
        clip = next(one for one in root.iter(f"{_NAMESPACE}clipPath"))[0]
        return float(clip.attrib["width"]) + 1, float(clip.attrib["height"]) + 1

    def _style(self, body: str) -> str:
        return self._styles.setdefault(body.strip().rstrip(";"), f"s{len(self._styles)}")

    def _row(self, elements: list[ElementTree.Element], named: dict[str, str]) -> str:
        rects = [one for one in elements if one.tag.endswith("rect")]
        grounds = []
        for fill, group in groupby(rects, lambda one: one.attrib["fill"]):
            of_one_colour = list(group)
            x = float(of_one_colour[0].attrib["x"])
            end = float(of_one_colour[-1].attrib["x"]) + float(of_one_colour[-1].attrib["width"])
            name = self._style(f"fill: {fill}")
            grounds.append(f'<rect class="{name}" x="{x:g}" y="1.5" width="{end - x:g}" height="24.65"/>')
        texts = [self._text(one, named) for one in elements if one.tag.endswith("text")]
        return self._rows.setdefault("".join([*grounds, *texts]), f"_{len(self._rows)}")

    def _text(self, text: ElementTree.Element, named: dict[str, str]) -> str:
        words = text.text or ""
        style = named[text.attrib["class"]]
        is_lined = any("text-decoration" in body for body, name in self._styles.items() if name == style)
        if not words.strip("\u00a0 ") and not is_lined:
            return ""
        size = text.attrib.get("font-size")
        if size:
            style = f"{style} {self._style(f'font-size: {size}')}"
        at = f'x="{text.attrib["x"]}" y="20" textLength="{text.attrib["textLength"]}" lengthAdjust="spacingAndGlyphs"'
        return f'<text class="{style}" {at}>{escape(words)}</text>'


def marked(target: Region, look: str) -> str:
    """The frame around the cells of a target, in the units of the SVG; `look`: its attributes."""
    x, y = target.x * CELL_WIDTH - _ROUND_ABOUT, target.y * ROW_HEIGHT + 1.5 - _ROUND_ABOUT
    width, height = target.width * CELL_WIDTH + 2 * _ROUND_ABOUT, target.height * ROW_HEIGHT + 2 * _ROUND_ABOUT
    return f'<rect {look} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"/>'

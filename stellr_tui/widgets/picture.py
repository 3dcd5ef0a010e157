"""Pictures of the screen as SVG, put right for Japanese text and for browsers without a network.

Rich gives a run of text the width of its characters instead of that of its cells, so a browser presses Japanese
text to half its width, and it loads a web font. Here every run is cut into pieces that one font draws at one width,
and each piece is fitted to its cells.
"""

import re
from enum import Enum
from html import escape, unescape

from rich.cells import split_graphemes

CELL_WIDTH = 12.2
"""Width of a cell in the units of the SVG, as Rich chooses it: 0.61 of its 20 px letters."""

FONTS = (
    # Half as wide as high is a Latin letter here, and a little more: these fill a cell of Rich's by themselves.
    "Fira Code",
    "Cascadia Mono",
    "SF Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
    "Liberation Mono",
    # Japanese with all letters at one or at two widths.
    "Noto Sans Mono CJK JP",
    "Source Han Mono",
    "Source Han Code JP",
    "BIZ UDGothic",
    "BIZ UDゴシック",
    "MS Gothic",
    "ＭＳ ゴシック",
    "Osaka-Mono",
    "IPAGothic",
    "Noto Sans CJK JP",
    "Hiragino Sans",
)

_FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_TEXT_STYLE = re.compile(r"(?<=-matrix \{)[^}]*(?=\})")
_TITLE_FONT = re.compile(r"font-family: arial;")
_RUN = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="[^"]*"'
    r'(?: lengthAdjust="[^"]*")?(?: font-size="[^"]*")? clip-path="(?P<clip>[^"]*)">(?P<text>[^<]*)</text>'
)
_LATIN = re.compile("[\u0020-\u024f]+")
_BOX = re.compile("[\u2500-\u259f]+")
_KANA = re.compile("[\uff61-\uff9f]+")
_WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u3099\u309a]+")


class _Kind(Enum):
    """What one font draws at one width. Everything else stands alone, as nobody knows which font has it."""

    LATIN = _LATIN
    BOX = _BOX
    HALF_WIDTH_KANA = _KANA
    WIDE = _WIDE


# Lines that meet from row to row, and Japanese that is not pulled broad to fill its two cells.
_SIZES = {_Kind.BOX: "21px", _Kind.WIDE: "22px"}


def correct_svg(svg: str) -> str:
    """The picture that `App.export_screenshot` of Textual returned, with every character in its cells in a browser.

    Nothing in it points to the network any more. Correcting a corrected picture changes nothing.
    """
    svg = _FONT_FACE.sub("", svg)
    svg = _TEXT_STYLE.sub(_text_style(), svg)
    svg = _TITLE_FONT.sub("font-family: arial, sans-serif;", svg)
    return _RUN.sub(_fitted, svg)


def _text_style() -> str:
    families = ", ".join(f"'{font}'" for font in FONTS)
    return f"""
        font-family: {families}, monospace;
        font-size: 20px;
        line-height: 24.4px;
        font-kerning: none;
        font-variant-ligatures: none;
    """


def _fitted(run: re.Match[str]) -> str:
    """A run as pieces, each of them as wide as its cells; nothing for a run without a cell, a line's end."""
    x = float(run["x"])
    pieces = []
    for text, cells, kind in _pieces(unescape(run["text"])):
        width = cells * CELL_WIDTH
        size = f' font-size="{_SIZES[kind]}"' if kind in _SIZES else ""
        shown = escape(text).replace(" ", "&#160;").replace("\u00a0", "&#160;")
        pieces.append(
            f'<text class="{run["style"]}" x="{x:g}" y="{run["y"]}" textLength="{width:g}"'
            f' lengthAdjust="spacingAndGlyphs"{size} clip-path="{run["clip"]}">{shown}</text>'
        )
        x += width
    return "".join(pieces)


def _pieces(text: str) -> list[tuple[str, int, _Kind | None]]:
    """The text cut where the kind of character changes; each piece with its number of cells and its kind."""
    pieces: list[tuple[str, int, _Kind | None]] = []
    for start, end, cells in split_graphemes(text)[0]:
        grapheme = text[start:end]
        kind = next((kind for kind in _Kind if kind.value.fullmatch(grapheme)), None)
        if pieces and (cells == 0 or kind is pieces[-1][2] is not None):
            before, width, kind_before = pieces[-1]
            pieces[-1] = (before + grapheme, width + cells, kind_before)
        elif cells:
            pieces.append((grapheme, cells, kind))
    return pieces

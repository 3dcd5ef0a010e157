"""Where a line of Japanese may end: nearly anywhere, but never inside a Latin word or before a closing mark."""

import re
from functools import lru_cache

from rich.cells import cell_len

# What must not stand at the end of a line, and what not at its beginning (禁則).
_OPENING = "「『（【〔｛〈《“‘"
_CLOSING = "。、，．・：；？！」』）】〕｝〉》”’ー～々ゝヽぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％"
# What belongs to the character before it: accents, voicing marks, variants, joiners.
_MARKS = "\u0300-\u036f\u3099\u309a\u200c\u200d\ufe00-\ufe0f"
_PIECES = re.compile(rf"[ ]+|[{_OPENING}]*(?:[!-~]+|[^ ][{_MARKS}]*)[{_CLOSING}]*")


@lru_cache(maxsize=1024)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The text in lines of at most `width` cells, except for a word that is longer; its own line ends stay.

    A line that fits stays as it is, blanks included; of one that is broken the blanks at the break are left out.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if cell_len(paragraph) <= width:
            lines.append(paragraph)
            continue
        line = ""
        for piece in _PIECES.findall(paragraph):
            if line.strip() and cell_len(line + piece.rstrip(" ")) > width:
                lines.append(line.rstrip(" "))
                line = piece.lstrip(" ")
            else:
                line += piece
        lines.append(line.rstrip(" "))
    return tuple(lines)

"""Long lists are read a page at a time, each page from where the last one ended."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE = 100
MAX_PAGE = 200
LARGEST_KEY = 2**31 - 1

# What stands between the digits of a number; Japanese input methods give ー and − as well.
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\u30fc]")
# Syllables, doubled consonants (nippon, matcha), a lone n; the consonants of a syllable that is being typed may follow.
_SYLLABLE = (
    r"(?:(?P<twice>[kstpcgzdbfr])(?=(?P=twice))|t(?=ch))?"
    r"(?:[kgsztdnhbpmrjfvwy]|[kgszjtdnhbpmrc]y|[sc]h|ts)?[aeiou]-*|n(?![aeiouy])'?"
)
_ROMAJI = re.compile(rf"((?:{_SYLLABLE})+)[^\Waeiou\d_]{{0,3}}")
_HYPHENED = re.compile(rf"\d+({_DASHES.pattern}\d+)+")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the key to ask for those behind them (None at the end)."""

    rows: tuple[Row, ...]
    next: int | None = None


def every_row(read: Callable[[int | None], Page[Row]]) -> Iterator[Row]:
    """The rows of all pages, one page after the other; `read` gives the page behind a key, or the first one."""
    page = read(None)
    yield from page.rows
    while page.next is not None:
        page = read(page.next)
        yield from page.rows


def words_of(searched: str) -> list[str]:
    """The words that a row must contain, each anywhere; at most ten, so that no search becomes a burden."""
    return searched[:200].split()[:10]


def is_key(number: int) -> bool:
    """Whether a number can be a key of the book at all; what people type can be larger than any column."""
    return 0 < number <= LARGEST_KEY


def behind(number: int) -> int:
    """A key to go on from, brought into the range of the column: what is behind it stays the same."""
    return max(0, min(number, LARGEST_KEY))


def storable(typed: str) -> str:
    """What was typed, without what no database takes (NUL, lone surrogates): it can then be looked for, in vain."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", typed)


def searchable(*parts: str) -> str:
    """What a row can be found by, as one text: one width and case, kana as katakana, numbers also without hyphens."""
    compared = [plain(part) for part in parts if part]
    joined = [part.replace("-", "") for part in compared if part.replace("-", "").isdecimal() and "-" in part]
    return "\n".join([*compared, *joined])


def containing(searched: str) -> tuple[str, ...]:
    """LIKE patterns for what was typed, wherever it stands in a `searchable` text; `\\` is their escape.

    A number typed with hyphens is also looked for without, and romaji also as the katakana it stands for.
    """
    typed = plain(searched)
    forms = [typed]
    if _HYPHENED.fullmatch(typed):
        forms.append(_DASHES.sub("", typed))
    if kana := from_romaji(typed):
        forms.append(kana)
    return tuple(literally(form) for form in forms)


def literally(text: str) -> str:
    """A LIKE pattern for exactly this text, wherever it stands; `\\` is its escape."""
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{storable(text)}%"


def from_romaji(typed: str) -> str | None:
    """The katakana that Latin letters are romaji for (`tesuto` テスト); None where they are not, or for one kana only.

    What is typed of a further syllable is left out (`tesut` テス), so that nothing is lost from sight on the way.
    """
    romaji = _ROMAJI.fullmatch(typed)
    if romaji is None:
        return None
    import jaconv

    kana: str = jaconv.alphabet2kata(romaji[1])
    return kana if len(kana) > 1 else None


def plain(part: str) -> str:
    """A text as it is compared: one width and case, kana as katakana, no blanks around it."""
    import jaconv

    return jaconv.hira2kata(unicodedata.normalize("NFKC", part).strip().casefold())

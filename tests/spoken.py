"""The Japanese words that a test names, as the program says them in the language spoken now.

They come out of the catalogue that the program uses. What is in no message stays as it is: names, numbers, dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter

from babel.messages.mofile import read_mo

from stellr_tui.reference.data import data_path
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, language

_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_TOKEN = re.compile(r"\s+|[\u3001-\u301f\uff01-\uff0f]|[\u3020-\u30ff\u4e00-\u9fff\uff10-\uffef]+|[!-~¥]+|.", re.DOTALL)
_LETTER = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]")
_PARTICLE = re.compile("[\u3040-\u309f]")
_VALUE = re.compile(r"「[^「」]+」|¥?\d[\d,./-]*|[A-Za-z][A-Za-z.@+]*")
FRAMES_AND_BLANKS = re.compile("[\\s\u2500-\u259f]+")
_MARKS = {"（": " (", "）": ")", "。": ".", "＊": "＊"}
_ANYTHING = ".{0,300}?"
_QUOTED = "「{text}」"
_NO_MARK = r"「[^」]*」|(?!  |\n|、)."
_OR_A_COMMA = "|、"
_BLANK = rf"(?:\s+|(?<!{_LETTER.pattern})|(?!{_LETTER.pattern}))"
_PART = 2  # letters that the words must have to be looked for within messages
_PART_AMONG_OTHERS = 5


class Untranslated(AssertionError):
    """Japanese words were not found, and there is no message that they are of: they may be wanted in vain."""


@dataclass(frozen=True)
class Expected:
    """What is to be expected for some words: each way to say them is texts, and None for anything between them."""

    ways: tuple[tuple[str | None, ...], ...]
    kept: tuple[str, ...] = ()
    """The Japanese among them that is in no message."""

    def pattern(self, close: Callable[[str], str] = str) -> str:
        """A regular expression of it, for a text that was changed by `close`."""
        ways = ("".join(_ANYTHING if text is None else re.escape(close(text)) for text in way) for way in self.ways)
        return f"(?s:{'|'.join(ways)})"


@dataclass(frozen=True)
class _Message:
    """A text of the program, and what it is in another language."""

    source: str
    target: str

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return tuple(_closed(text) for text, *_ in Formatter().parse(self.source) if text)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = []
        seen: set[str] = set()
        for text, name, *_ in Formatter().parse(self.source):
            parts.append(re.escape(text))
            parts[-1] = re.sub(r"\\?\s", lambda _: _BLANK, parts[-1])
            if name is not None:
                given = _NO_MARK + ("" if "、" in self.source else _OR_A_COMMA)
                given = f"(?![\\s:,.>~、。])(?:{given})+?"
                parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{given})")
                seen.add(name)
        return re.compile("".join(parts), re.DOTALL)

    @cached_property
    def says(self) -> int:
        """How many Japanese letters it has of its own."""
        return len(_LETTER.findall("".join(self.literals)))

    def fits(self, closed: str) -> bool:
        """Whether words may be this message with something in its places; particles alone tell nothing."""
        own = _JAPANESE.findall("".join(self.literals))
        return all(text in closed for text in self.literals) and any(not _PARTICLE.match(one) for one in own)

    def filled(self, given: Mapping[str, tuple[str | None, ...]]) -> tuple[str | None, ...]:
        """The text in the other language, with what is given in its places."""
        texts: list[str | None] = []
        for text, name, *_ in Formatter().parse(self.target):
            texts.append(text)
            if name is not None:
                texts.extend(given.get(name, (None,)))
        return tuple(texts)


def expected(words: str) -> Expected:
    """What the program says for these words in the language spoken now: as they are, in the language of the words."""
    spoken = language()
    same = spoken == DEFAULT_LANGUAGE or isinstance(words, Given)
    return Expected(((words,),)) if same else _expected(spoken, words)


def spoken(words: str) -> str:
    """A label or a whole sentence in the language spoken now; Japanese that is in no message raises Untranslated."""
    found = expected(words)
    if found.kept or None in found.ways[0]:
        raise Untranslated(f"{words} is no text of the program in itself: {found}")
    return "".join(text or "" for text in found.ways[0])


class Given(str):
    """Words that somebody typed: they are the same in each language."""


class Shown(str):
    """Text of a screen. Japanese words are compared with it as what they are in the language spoken now."""

    _close: Callable[[str], str]

    def __new__(cls, text: str, close: Callable[[str], str] = str) -> Shown:
        """`close` is what was done to the text, and must be done to words that are looked for in it."""
        self = super().__new__(cls, text)
        self._close = close
        return self

    def _has(self, words: str, before: str = "", after: str = "") -> bool:
        found = expected(words)
        if re.search(before + found.pattern(self._close) + after, self):
            return True
        if found.kept:
            raise Untranslated(f"{words}: in no message is {' '.join(found.kept)}; it is not in\n{self!s}")
        return False

    def __contains__(self, words: object) -> bool:
        return isinstance(words, str) and self._has(words)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str) or isinstance(other, Shown):
            return super().__eq__(other)
        return self._has(other, r"\A", r"\Z")

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def startswith(self, words: str | tuple[str, ...], *bounds: object) -> bool:
        assert not bounds
        return any(self._has(one, before=r"\A") for one in ((words,) if isinstance(words, str) else words))

    def endswith(self, words: str | tuple[str, ...], *bounds: object) -> bool:
        assert not bounds
        return any(self._has(one, after=r"\Z") for one in ((words,) if isinstance(words, str) else words))

    def count(self, words: str, *bounds: object) -> int:
        assert not bounds
        return len(re.findall(expected(words).pattern(self._close), self))


@cache
def _messages(spoken: str) -> Mapping[str, _Message]:
    """The messages of the program that say something in Japanese, the one that says most first."""
    with data_path("translations", spoken, "LC_MESSAGES", "stellr.mo").open("rb") as file:
        every = [_Message(str(one.id), str(one.string)) for one in read_mo(file) if one.id]
    return {one.source: one for one in sorted(every, key=lambda one: (-one.says, -len("".join(one.literals))))}


@cache
def _expected(spoken: str, words: str, *, parts: bool = True) -> Expected:
    """Words as one message, as a part of some, or else piece by piece."""
    if not _JAPANESE.search(words):
        return Expected(((words,),))
    whole = _whole(spoken, words)
    part = _part(spoken, words, _PART) if parts else None
    if whole and part and whole[0] < part[0]:
        return part[1]
    ways = [found[1] for found in (whole, part) if found]
    pieces = _pieces(spoken, words, parts=parts)
    if not ways or not pieces.kept:
        ways.append(pieces)  # as a heading and what stands beside it
    kept = ways[0].kept
    if kept and len(_LETTER.findall(words)) == len(_LETTER.findall("".join(kept))):
        return Expected(((words,),), kept)  # with its full stops
    return Expected(tuple(way for one in ways for way in one.ways), kept)


def _whole(spoken: str, words: str) -> tuple[int, Expected] | None:
    """The words as one message with something in its places, and how many letters are the message's own."""
    messages = _messages(spoken)
    if same := messages.get(words):
        return same.says, Expected((same.filled({}),))
    closed = _closed(words)
    for message in messages.values():
        if message.fits(closed) and (found := message.pattern.fullmatch(words)):
            if message.says == 1 and any(_LETTER.search(text) for text in found.groups()):
                continue  # as of a counter, which is no counter behind a word
            given = {name: _given(spoken, message, text) for name, text in found.groupdict().items()}
            kept = tuple(text for one in given.values() for text in one.kept)
            return message.says, Expected((message.filled({name: one.ways[0] for name, one in given.items()}),), kept)
    return None


def _given(spoken: str, message: _Message, text: str) -> Expected:
    """What stands in a place of a message. Between quotation marks it is what somebody typed."""
    if message.source == _QUOTED and _JAPANESE.search(text):
        return Expected(((text,),), (text,))
    return _expected(spoken, text, parts=not message.says)


def _part(spoken: str, words: str, least: int) -> tuple[int, Expected] | None:
    """The words as a part of messages: the whole of each is expected, with anything in the places not named."""
    if len(_LETTER.findall(words)) < least:
        return None
    wanted = re.compile(_as_a_part(words))
    ways: dict[tuple[str | None, ...], int] = {}
    for message in _messages(spoken).values():
        if found := wanted.search(message.source):
            values = zip(found.groups(), _places(words), strict=True)
            given = {name[1:-1]: _open_at_the_end(words, value) for name, value in values if name}
            ways.setdefault(message.filled(given), len(_LETTER.findall(found[0])))
    return (max(ways.values()), Expected(tuple(ways))) if ways else None


def _open_at_the_end(words: str, value: str) -> tuple[str | None, ...]:
    """A value in the words, which may go on beyond them."""
    return (value, None) if words.endswith(value) else (value,)


def _as_a_part(words: str) -> str:
    """An expression of the words in a message, where each number, name and quotation may be a place."""
    pattern, end = "", 0
    for value in _VALUE.finditer(words):
        pattern += re.escape(words[end : value.start()])
        same, place = re.escape(value[0]), r"(\{\w+\})"
        pattern += f"(?:{same}|{place}|「{place}」)" if value[0].startswith("「") else f"(?:{same}|{place})"
        end = value.end()
    return pattern + re.escape(words[end:])


def _places(words: str) -> Iterator[str]:
    """What would stand in the places of that expression."""
    for value in _VALUE.findall(words):
        if value.startswith("「"):
            yield f'"{value[1:-1]}"'
            yield value[1:-1]
        else:
            yield value


def _pieces(spoken: str, words: str, *, parts: bool) -> Expected:
    """The words piece by piece, each as long as a message can be; what is in none stays."""
    tokens = _TOKEN.findall(words)
    longest = max(len(tokens) - 1, 1)
    texts: list[str | None] = []
    kept: list[str] = []
    is_kept = False
    while tokens:
        count, piece = _longest(spoken, tokens[:longest], parts=parts)
        # A full stop behind what somebody wrote is theirs.
        texts.extend((tokens[0],) if is_kept and tokens[0] in _MARKS else piece.ways[0])
        kept.extend(piece.kept)
        is_kept = bool(piece.kept)
        del tokens[:count]
    return Expected((tuple(texts),), tuple(kept))


def _longest(spoken: str, tokens: list[str], *, parts: bool) -> tuple[int, Expected]:
    """The longest piece at the start that is of a message, and of how many tokens it is."""
    first = tokens[0]
    if first.isspace():
        return 1, Expected(((first,),))
    pieces = [(count, "".join(tokens[:count])) for count in range(len(tokens), 0, -1)]
    for count, piece in pieces:
        if _JAPANESE.search(piece) and (found := _whole(spoken, piece)):
            return count, found[1]
    for count, piece in pieces if parts else []:
        if found := _part(spoken, piece, _PART_AMONG_OTHERS):
            return count, found[1]
    is_text = first in _MARKS or not _JAPANESE.search(first)
    return 1, Expected(((_MARKS.get(first, first),),), () if is_text else (first,))


def _closed(text: str) -> str:
    """The text without blanks: words are named with and without."""
    return re.sub(r"\s+", "", text)


def run_together(text: str) -> str:
    """The text without blanks, line breaks, frames and scroll bars."""
    return FRAMES_AND_BLANKS.sub("", text)

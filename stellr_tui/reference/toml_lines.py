"""On which line of a TOML file each key stands, which `tomllib` does not tell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

_BLANKS = " \t"
_BARE_ENDS = ",]}\n#"


def lines_of(text: str) -> dict[str, int]:
    """The line, from 1, of every key by its way there: `step.2.until.place`, lists counted from 1.

    The text has been read by `tomllib` already, so that it is known to be TOML.
    """
    scanner = _Scanner(text)
    scanner.read()
    return scanner.lines


def line_at(lines: Mapping[str, int], key: str) -> int:
    """The line of a key; of what it would stand in where it is missing; 1 for the whole file."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


class _Scanner:
    """Walks through the text once, from key to key and over the values between."""

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self._text = text.replace("\r\n", "\n") + "\n"
        self._breaks = [at for at, one in enumerate(self._text) if one == "\n"]
        self._at = 0
        self._tables: Counter[str] = Counter()

    def read(self) -> None:
        """The whole document: headers of tables, and pairs below them."""
        where = ""
        while self._skip(_BLANKS + "\n"):
            if self._here() != "[":
                self._pair(where)
                continue
            line = self._line()
            doubled = self._text.startswith("[[", self._at)
            self._at += 1 + doubled
            where = self._table(self._key("]"), doubled=doubled)
            self._at += 1 + doubled
            self.lines.setdefault(where, line)

    def _table(self, parts: list[str], *, doubled: bool) -> str:
        """The way to a table; `[step.until]` belongs to the last `[[step]]` before it."""
        where = ""
        for number, part in enumerate(parts, 1):
            where = _within(where, part)
            if doubled and number == len(parts):
                self._tables[where] += 1
            if self._tables[where]:
                where = _within(where, str(self._tables[where]))
        return where

    def _pair(self, where: str) -> None:
        line = self._line()
        for part in self._key("="):
            where = _within(where, part)
            self.lines.setdefault(where, line)
        self._at += 1
        self._value(where)

    def _key(self, end: str) -> list[str]:
        """The parts of a key up to a character that ends it."""
        parts = [""]
        while self._skip(_BLANKS) and (one := self._here()) != end:
            if one == ".":
                parts.append("")
                self._at += 1
            elif one in "\"'":
                start = self._at
                self._string()
                parts[-1] = self._text[start + 1 : self._at - 1]
            else:
                parts[-1] += one
                self._at += 1
        return parts

    def _value(self, where: str) -> None:
        self._skip(_BLANKS)
        one = self._here()
        if one in "\"'":
            self._string()
        elif one == "[":
            self._list(where)
        elif one == "{":
            self._at += 1
            while self._skip(_BLANKS + "\n,") and self._here() != "}":
                self._pair(where)
            self._at += 1
        else:
            while self._here() not in _BARE_ENDS:
                self._at += 1

    def _list(self, where: str) -> None:
        self._at += 1
        number = 0
        while self._skip(_BLANKS + "\n,") and self._here() != "]":
            number += 1
            within = _within(where, str(number))
            self.lines[within] = self._line()
            self._value(within)
        self._at += 1

    def _string(self) -> None:
        """Over one of the four kinds of strings."""
        quote = self._here()
        mark = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        self._at += len(mark)
        while not self._text.startswith(mark, self._at):
            self._at += 2 if quote == '"' and self._here() == "\\" else 1
        self._at += len(mark)
        # Up to two quotation marks may stand right before the three that end it.
        while len(mark) == 3 and self._here() == quote:
            self._at += 1

    def _skip(self, blanks: str) -> bool:
        """Over blanks and comments; whether anything is left."""
        while self._at < len(self._text) and (self._here() in blanks or self._here() == "#"):
            self._at = self._text.index("\n", self._at) if self._here() == "#" else self._at + 1
        return self._at < len(self._text)

    def _here(self) -> str:
        return self._text[self._at]

    def _line(self) -> int:
        return bisect_right(self._breaks, self._at - 1) + 1


def _within(where: str, part: str) -> str:
    return f"{where}.{part}" if where else part

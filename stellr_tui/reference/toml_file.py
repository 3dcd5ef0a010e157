"""Reading a TOML file that people edit: what is wrong with it is said with file, key, given and allowed."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from stellr_tui.reference.unreadable import not_read, not_utf8, not_valid
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused

Choice = TypeVar("Choice", bound=StrEnum)


def read_toml(path: Path) -> dict[str, object]:
    """What the file says. Refused: UNREADABLE_FILE (facts: file, detail)."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        detail = not_read(error)
    except tomllib.TOMLDecodeError as error:
        detail = not_valid("TOML", error)
    except UnicodeDecodeError as error:
        detail = not_utf8(error)
    raise Refused(Finding(Reason.UNREADABLE_FILE, "", path.name, {"file": str(path), "detail": detail}))


def in_file(refused: Refused, path: Path) -> Refused:
    """The same refusal, with the file in its facts."""
    return Refused(*(replace(one, facts={**one.facts, "file": str(path)}) for one in refused.findings))


class Section:
    """One table of a file: hands out its values by key and remembers what is wrong with them.

    A wrong value is replaced by an empty one, so that reading goes on and all findings come together. Findings are
    REQUIRED, UNKNOWN_KEY (facts: allowed), WRONG_TYPE (facts: allowed, in the words of `sentences`), and what
    `rules.fields.text` refuses; their field is the key with its way there, `vendor.2.product.1.sku`.
    """

    def __init__(self, values: Mapping[str, object], where: str = "", findings: list[Finding] | None = None) -> None:
        self.findings: list[Finding] = [] if findings is None else findings
        self._values = values
        self._where = where
        self._asked: list[str] = []

    def key(self, name: str) -> str:
        """The key with its way there."""
        return f"{self._where}.{name}" if self._where else name

    def refuse(self, name: str, allowed: str) -> None:
        """Remember that the value of a key is not what is allowed there."""
        given = str(self._values.get(name, ""))
        self.findings.append(Finding(Reason.WRONG_TYPE, self.key(name), given, {"allowed": allowed}))

    def text(
        self,
        name: str,
        *,
        required: bool = True,
        limit: int = fields.NAME_LIMIT,
        pattern: str = "",
        allowed: str = "text",
    ) -> str:
        """A line of text, "" where an optional one is left out; `pattern` must match the whole of it."""
        value = self._value(name, str, allowed, required=required)
        if not isinstance(value, str):
            return ""
        try:
            value = fields.text(value, self.key(name), required=required, limit=limit)
        except Refused as refused:
            self.findings.extend(refused.findings)
            return ""
        if value and pattern and not re.fullmatch(pattern, value):
            self.refuse(name, allowed)
        return value

    def prose(self, name: str) -> str:
        """Some lines of text, kept as they were broken."""
        value = self._value(name, str, "text", required=True)
        lines = []
        for line in value.strip().splitlines() if isinstance(value, str) else ():
            try:
                lines.append(fields.text(line, self.key(name), limit=fields.PROSE_LIMIT))
            except Refused as refused:
                self.findings.extend(refused.findings)
        if isinstance(value, str) and not any(lines):
            self.missing(name)
        return "\n".join(lines)

    def texts(self, name: str) -> list[str]:
        """A list of lines of text; empty where it is left out."""
        value = self._value(name, list, "texts", required=False)
        if not isinstance(value, list):
            return []
        if not all(isinstance(one, str) for one in value):
            self.refuse(name, "texts")
            return []
        return list(value)

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number in a range; where it is missing the default, else its least."""
        value = self._value(name, int, "number", required=default is None)
        if isinstance(value, int) and least <= value <= most:
            return value
        if isinstance(value, int):
            self.refuse(name, f"{least}-{most}")
        return least if default is None else default

    def text_or_number(self, name: str) -> str | int:
        """A line of text, or a whole number."""
        value = self._values.get(name)
        return self.number(name, 0, 2**31 - 1) if type(value) is int else self.text(name, allowed="text, number")

    def raw(self, name: str) -> dict[str, object]:
        """A table as it stands, for somebody else to read."""
        value = self._value(name, dict, "table", required=True)
        return value if isinstance(value, dict) else {}

    def yen(self, name: str, *, required: bool = True) -> int | None:
        """Whole yen, 0 or more."""
        value = self._value(name, int, "yen", required=required)
        if isinstance(value, int) and value < 0:
            self.refuse(name, "yen")
            return None
        return value if isinstance(value, int) else None

    def flag(self, name: str) -> bool:
        """true or false; false where it is left out."""
        return self._value(name, bool, "true-or-false", required=False) is True

    def day(self, name: str) -> date:
        """A day, written without quotation marks."""
        value = self._value(name, date, "date", required=True)
        return value if isinstance(value, date) else date.min

    def choice(self, name: str, kind: type[Choice], *, required: bool = True) -> Choice:
        """One of an enumeration's values; the first of them where an optional one is left out."""
        first = next(iter(kind))
        allowed = ", ".join(kind)
        value = self._value(name, str, allowed, required=required)
        if not isinstance(value, str):
            return first
        try:
            return kind(value)
        except ValueError:
            self.refuse(name, allowed)
            return first

    def sections(self, name: str, *, required: bool = True) -> "list[Section]":
        """The tables of a list of tables, `[[name]]`, numbered from 1 in the findings."""
        value = self._value(name, list, "tables", required=required)
        if not isinstance(value, list):
            return []
        if not all(isinstance(one, dict) for one in value):
            self.refuse(name, "tables")
            return []
        return [Section(one, f"{self.key(name)}.{number}", self.findings) for number, one in enumerate(value, 1)]

    def table(self, name: str, *, required: bool = True) -> "Section | None":
        """The table under a key; None where something else stands there, or nothing."""
        value = self._value(name, dict, "table", required=required)
        return Section(value, self.key(name), self.findings) if isinstance(value, dict) else None

    def lists(self, name: str) -> "list[list[Section]]":
        """A list of lists of tables; empty where it is left out."""
        value = self._value(name, list, "lists-of-tables", required=False)
        if not isinstance(value, list):
            return []
        if not all(isinstance(each, list) and all(isinstance(one, dict) for one in each) for each in value):
            self.refuse(name, "lists-of-tables")
            return []
        return [
            [Section(one, f"{self.key(name)}.{outer}.{inner}", self.findings) for inner, one in enumerate(each, 1)]
            for outer, each in enumerate(value, 1)
        ]

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self._values

    def holds_text(self, name: str) -> bool:
        """Whether a text stands under the key."""
        return isinstance(self._values.get(name), str)

    def missing(self, name: str) -> None:
        """Remember that a key is needed that is not there."""
        self._asked.append(name)
        self.findings.append(Finding(Reason.REQUIRED, self.key(name)))

    def refuse_table(self, allowed: str) -> None:
        """Remember that the table has none or several of the keys of which it needs exactly one."""
        self.findings.append(Finding(Reason.ONE_OF, self._where, ", ".join(self._values), {"allowed": allowed}))

    def close(self) -> None:
        """Say that every key has been asked for: any other one in the file is not known."""
        allowed = ", ".join(dict.fromkeys(self._asked))
        for name, value in self._values.items():
            if name not in self._asked:
                self.findings.append(
                    Finding(Reason.UNKNOWN_KEY, self.key(name), str(value), {"key": name, "allowed": allowed})
                )

    def _value(self, name: str, kind: type, allowed: str, *, required: bool) -> object:
        self._asked.append(name)
        value = self._values.get(name)
        if value is None or value == []:
            if required:
                self.findings.append(Finding(Reason.REQUIRED, self.key(name)))
            return None
        # Exactly this type: TOML's true is no number, and a moment is no day.
        if type(value) is not kind:
            self.refuse(name, allowed)
            return None
        return value

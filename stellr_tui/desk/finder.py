"""Finding anything by what one types: commands by their names, and end users and contracts in the order book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.pages import from_romaji, plain, words_of
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions
from stellr_tui.reference.kana import read_aloud

MANY = 8
"""So many end users and contracts are named at most; typing on narrows them down."""


@dataclass(frozen=True, slots=True)
class Found:
    """The commands that fit by their place, the best first; and the first end users and contracts."""

    commands: tuple[int, ...]
    end_users: tuple[EndUser, ...] = ()
    contracts: tuple[Subscription, ...] = ()


def find(desk: Desk, by: SignedIn | None, searched: str, names: Sequence[tuple[Sequence[str], str]]) -> Found:
    """What fits all the words that were typed. `names`: of each command its names, and what else it is known by.

    It has a name in each language, the one that is shown first. A word stands in a name, in how that is read, or in
    what else it is known by; romaji is taken for kana. Without words all commands fit, and nothing else is looked for;
    without somebody signed in nothing of the order book is.
    """
    words = words_of(searched)
    if not words:
        return Found(tuple(range(len(names))))
    ranked = ((_rank(words, *known_by), at) for at, known_by in enumerate(names))
    commands = tuple(at for _rank_of, at in sorted((rank, at) for rank, at in ranked if rank is not None))
    if by is None:
        return Found(commands)
    end_users = search_end_users(desk, by, searched, limit=MANY).rows
    contracts = list_subscriptions(desk, by, limit=MANY, searched=searched).rows
    return Found(commands, end_users, contracts)


def _rank(words: Iterable[str], names: Iterable[str], also: str) -> int | None:
    """How well names fit all words: 0 where the first one begins with them, then where another does; None if none."""
    said = [(plain(name), read_aloud(name) or "") for name in names]
    rank = 0
    for word in map(plain, words):
        kana = from_romaji(word) or word
        begins = [name.startswith(word) or reading.startswith(kana) for name, reading in said]
        if begins[0]:
            continue
        within = any(word in name or kana in reading for name, reading in said)
        if not (within or word in plain(also)):
            return None
        rank = max(rank, 1 if any(begins) else 2)
    return rank

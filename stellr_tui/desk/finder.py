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


def find(desk: Desk, by: SignedIn | None, searched: str, names: Sequence[tuple[str, str]]) -> Found:
    """What fits all the words that were typed. `names`: of each command its name, and what else it is known by.

    A word stands in the name, in how that is read, or in what else it is known by; romaji is taken for kana. Without
    words all commands fit, and nothing else is looked for; without somebody signed in nothing of the order book is.
    """
    words = words_of(searched)
    if not words:
        return Found(tuple(range(len(names))))
    ranked = ((_rank(words, name, also), at) for at, (name, also) in enumerate(names))
    commands = tuple(at for _rank_of, at in sorted((rank, at) for rank, at in ranked if rank is not None))
    if by is None:
        return Found(commands)
    end_users = search_end_users(desk, by, searched, limit=MANY).rows
    contracts = list_subscriptions(desk, by, limit=MANY, searched=searched).rows
    return Found(commands, end_users, contracts)


def _rank(words: Iterable[str], name: str, also: str) -> int | None:
    """How well a name fits all words, best 0; None where it does not."""
    plainly = plain(name)
    reading = read_aloud(name) or ""
    rank = 0
    for word in map(plain, words):
        kana = from_romaji(word) or word
        if plainly.startswith(word) or reading.startswith(kana):
            continue
        if not (word in plainly or kana in reading or word in plain(also)):
            return None
        rank = 1
    return rank

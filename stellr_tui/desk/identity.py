"""Who someone is, as plain values: light enough for the first screen, which opens no order book."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """請求先口座番号 and the reseller it belongs to."""

    number: str
    reseller: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone whose password was right, and the billing accounts to choose from (at least one)."""

    id: int
    name: str
    accounts: tuple[Account, ...]
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who acts, and for which billing account. Every use case asks for it, and checks it against the book.

    may_answer: whether 承認 and 差戻し are offered; what is done there is checked against the book, too.
    """

    person_id: int
    name: str
    account: Account
    may_answer: bool = False

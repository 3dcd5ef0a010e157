"""Passwords are kept as Argon2 hashes, in training databases too."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return hashed("nobody has this password")


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the one behind the hash; takes as long for a login that does not exist (None)."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(stored or _nobodys_hash(), password) and stored is not None
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False

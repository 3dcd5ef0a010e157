"""Where the order book is: an address as the user gave it, read, and made safe to show."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from stellr_tui.store.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class Address:
    """A database address that was understood.

    url: for SQLAlchemy, which hides a password that stands before the host. options: passwords that stood behind the
    ?, where it would show them. path: the file, on SQLite only. shown: the address for people, without a password.
    """

    url: URL = field(repr=False)
    path: Path | None
    shown: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def without_password(self, text: str) -> str:
        """The text of a driver with every password of this address blotted out."""
        for secret in (self.url.password, *self.options.values()):
            if secret:
                text = text.replace(secret, "***")
        return text


def read_address(given: str) -> Address:
    """A plain path, `sqlite:///…`, `postgresql://…`, `postgres://…` or `postgresql+psycopg://…`.

    A path is made absolute at once, so that it means the same file for as long as the program runs.
    Raises StoreUnavailable for anything else, without showing a password.
    """
    if "://" not in given:
        return _file(given, given)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        # From nothing: what was made of the address may show a part of the password.
        raise StoreUnavailable(_blotted(given), "not an address that can be read") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        if url.host or url.query:
            raise StoreUnavailable(_blotted(given), "an SQLite address is sqlite:/// and a path, without options")
        return _file(url.database or "", given)
    if kind not in ("postgresql", "postgres"):
        raise StoreUnavailable(_blotted(given), "neither SQLite nor PostgreSQL")
    if "@" in (url.host or ""):
        # Part of the password was taken for the host, and would be shown as one.
        raise StoreUnavailable(_blotted(given), "an @ inside a password is written %40")
    passwords = {key: value for key, value in url.query.items() if "password" in key and isinstance(value, str)}
    url = url.set(drivername="postgresql+psycopg").difference_update_query(passwords)
    return Address(url, None, url.render_as_string(hide_password=True), passwords)


def _file(name: str, given: str) -> Address:
    # In memory each connection would see a database of its own, and "" would be a temporary one.
    if name in ("", ":memory:") or "\0" in name:
        raise StoreUnavailable(_blotted(given), "not the name of a file")
    path = Path(name).expanduser().absolute()
    return Address(URL.create("sqlite", database=str(path)), path, _blotted(str(path)))


def _blotted(text: str) -> str:
    """For an address that could not be read: everything that might be a password goes."""
    text = re.sub(r"://.*@", "://***@", text, flags=re.DOTALL)
    return re.sub(r"(password\s*=\s*)('[^']*'|[^&\s]*)", r"\1***", text)

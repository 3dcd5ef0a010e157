"""The desk that every use case works at: the order book, the catalogue, the policy and the clock on the wall."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stellr_tui.reference.catalog import Catalog, load_catalog
from stellr_tui.reference.policy import load_policy
from stellr_tui.rules.policy import Policy
from stellr_tui.store import schema
from stellr_tui.store.engine import Store, connect

DATABASE_VARIABLE = "STELLR_DATABASE"


def system_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a use case needs. `now` gives the present moment with its zone; business dates come from the book."""

    store: Store
    catalog: Catalog
    policy: Policy
    now: Callable[[], datetime] = system_now
    is_new: bool = False
    """Whether the order book was made just now, because there was none."""


def default_database() -> Path:
    """Where the order book is kept if nobody says otherwise: an SQLite file in the platform's data folder."""
    from platformdirs import user_data_path

    return user_data_path("stellr-tui", appauthor=False) / "stellr.db"


def open_desk(database: str | None = None, now: Callable[[], datetime] = system_now) -> Desk:
    """Open the order book named by a URL or a file's path; without one the user's own.

    A database that is not there yet, or is empty, is made for training. An older one is brought up to date.
    Raises Refused for a catalogue or policy that cannot be used, StoreUnavailable and SchemaTooNew from the store.
    """
    from stellr_tui.desk.training import furnish

    policy = load_policy()
    catalog = load_catalog()
    store = connect(database or os.environ.get(DATABASE_VARIABLE) or str(default_database()))
    is_new = False
    match schema.state(store):
        case "empty":
            moment = now()
            is_new = schema.create(store, lambda session: furnish(session, moment))
        case "older" | "newer":
            schema.upgrade(store)
    return Desk(store, catalog, policy, now, is_new)

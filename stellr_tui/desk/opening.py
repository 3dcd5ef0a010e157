"""Opening the desk: which order book, made for training where there is none, brought up to date where it is older."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stellr_tui.desk.desk import Desk, system_now
from stellr_tui.desk.training import furnish
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_folder, data_path
from stellr_tui.reference.mail_settings import load_mail_settings
from stellr_tui.reference.mail_texts import check_mail_texts
from stellr_tui.reference.policy import load_policy
from stellr_tui.rules.policy import Policy
from stellr_tui.store import schema
from stellr_tui.store.engine import connect
from stellr_tui.store.unfinished import take_away_unfinished

DATABASE_VARIABLE = "STELLR_DATABASE"


def default_database() -> Path:
    """Where the order book is kept if nobody says otherwise: an SQLite file in the platform's data folder."""
    return data_folder() / "stellr.db"


def open_training(path: Path, policy: Policy, now: Callable[[], datetime]) -> Desk:
    """Open the training database at exactly this path, made where there is none, with the shipped catalogue.

    Neither the user's own order book nor the user's settings are looked at. Raises as `open_desk`.
    """
    store = connect(str(path))
    moment = now()
    is_new = not path.exists() and schema.create(store, lambda session: furnish(session, moment))
    if not is_new:
        schema.upgrade(store)
    return Desk(store, load_catalog(data_path("catalog.toml")), policy, now, is_new)


def open_desk(database: str | None = None, now: Callable[[], datetime] = system_now) -> Desk:
    """Open the order book named by a URL or a file's path; without one the user's own.

    A database that is not there yet, or is empty, is made for training. An older one gets the tables of today; the days
    that have gone by are worked by `closing.catch_up`.
    Raises Refused for a file of the settings that cannot be used, StoreUnavailable and SchemaTooNew from the store.
    """
    policy = load_policy()
    catalog = load_catalog()
    mail = load_mail_settings()
    check_mail_texts(mail)
    store = connect(database or os.environ.get(DATABASE_VARIABLE) or str(default_database()))
    if store.path is not None:
        take_away_unfinished(store.path)
    is_new = False
    match schema.state(store):
        case "empty":
            moment = now()
            is_new = schema.create(store, lambda session: furnish(session, moment))
        case "older" | "newer":
            schema.upgrade(store)
    return Desk(store, catalog, policy, now, is_new, mail)

"""A desk furnished for training on each database, and the people who work at it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, text

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import furnish
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.policy import Policy
from stellr_tui.store.engine import Store, connect
from stellr_tui.store.schema import create_file
from stellr_tui.store.tables import Table
from tests.conftest import TEMPLATE, postgresql_url
from tests.desk.office import NOON, add_colleague, add_rival, an_operator


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An order book to copy, furnished for training. Furnishing hashes a password, and that is made to be slow."""
    path = tmp_path_factory.mktemp("furnished") / "order-book.db"
    create_file(path, lambda session: furnish(session, NOON))
    return path


@pytest.fixture(scope="session")
def furnished_database(postgresql_server: psycopg.Connection, worker_id: str) -> Iterator[str]:
    """One database for all tests of a worker: making one for each takes longer than the tests."""
    name = f"desk_{worker_id}"
    postgresql_server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    url = postgresql_url(postgresql_server, name)
    with connect(url) as store, store.writing() as session:
        furnish(session, NOON)
    yield url
    postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_database(furnished_database: str) -> Iterator[str]:
    """The worker's database, as furnishing left it. Only the ids that PostgreSQL gives go on from test to test."""
    tables = Table.metadata.sorted_tables
    with connect(furnished_database) as store:
        with store.reading() as session:
            furnished = [(table, [row._asdict() for row in session.execute(select(table))]) for table in tables]
        yield furnished_database
        with store.writing() as session:
            # Without the triggers that keep a history from being deleted.
            session.execute(text("SET LOCAL session_replication_role = replica"))
            for table in reversed(tables):
                session.execute(table.delete())
            for table, rows in furnished:
                if rows:
                    session.execute(insert(table), rows)


@pytest.fixture
def desk(store: Store) -> Desk:
    """The shipped catalogue, every default, and a book for training whose date is 2024-03-11."""
    return Desk(store, load_catalog(data_path("catalog.toml")), Policy(), now=lambda: NOON)


@pytest.fixture
def lucy(desk: Desk) -> SignedIn:
    """The manual's reseller contact, working for her billing account."""
    return at_the_command_line(desk)


@pytest.fixture
def hanako(desk: Desk) -> SignedIn:
    """Someone else of Lucy's billing account."""
    return add_colleague(desk)


@pytest.fixture
def operator(desk: Desk) -> SignedIn:
    """The one who approves orders or sends them back."""
    return an_operator(desk)


@pytest.fixture
def rival(desk: Desk) -> SignedIn:
    """Someone of another billing account."""
    return add_rival(desk)

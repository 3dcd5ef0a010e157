"""The migrations make what is declared, and a database is recognised for what it is."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from stellr_tui.store.engine import Store, connect
from stellr_tui.store.errors import SchemaTooNew, StoreUnavailable
from stellr_tui.store.schema import HEAD, create, create_in_place, migration_config, state, upgrade
from stellr_tui.store.tables import BillingAccount, Table
from tests.store.programs import finish, furnish, start
from tests.store.rows import add_account, add_contract


@pytest.fixture
def blank(store: Store) -> Iterator[Store]:
    """A database without a table, not even Alembic's."""
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "base")
        connection.execute(text("DROP TABLE alembic_version"))
    yield store


def constraints(connection: Connection) -> dict[str, object]:
    """Of every table what `compare_metadata` does not look at, or only in part."""
    seen = inspect(connection)
    return {
        name: (
            {check["name"]: check["sqltext"] for check in seen.get_check_constraints(name)},
            {key["name"]: (key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(name)},
            {unique["name"]: unique["column_names"] for unique in seen.get_unique_constraints(name)},
            {index["name"]: index["column_names"] for index in seen.get_indexes(name)},
            seen.get_pk_constraint(name),
        )
        for name in seen.get_table_names()
        if name != "alembic_version"
    }


def test_the_migrated_schema_is_the_declared_one(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []


def test_the_migrated_constraints_are_the_declared_ones(store: Store, blank: Store) -> None:
    with blank.engine.connect() as connection, connection.begin():
        Table.metadata.create_all(connection)
        declared = constraints(connection)
        Table.metadata.drop_all(connection)
    upgrade(store)
    with store.engine.connect() as connection:
        assert constraints(connection) == declared


def test_every_check_has_a_name(store: Store) -> None:
    with store.engine.connect() as connection:
        seen = inspect(connection)
        names = {check["name"] for table in seen.get_table_names() for check in seen.get_check_constraints(table)}
    assert names >= {
        "ck_book_one_row",
        "ck_book_mode",
        "ck_book_training_has_a_date",
        "ck_contract_status",
        "ck_contract_sent_means_delivered",
        "ck_seat_lot_seats",
        "ck_seat_lot_unit_price",
    }
    assert all(name is not None and name.startswith("ck_") for name in names)


def test_down_to_nothing_and_up_again(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert state(store) == "empty"
    upgrade(store)
    assert state(store) == "current"
    with store.writing() as session:
        add_contract(session)


def test_an_upgrade_of_a_current_database_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        add_account(session)
    upgrade(store)
    with store.reading() as session:
        assert session.get(BillingAccount, "100001") is not None


def test_revisions_are_numbered_in_the_order_they_are_applied(store: Store) -> None:
    with store.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migration_config(connection))
    newest_first = [script.revision for script in scripts.walk_revisions()]
    assert newest_first == [f"{number:04}" for number in range(len(newest_first), 0, -1)]
    assert newest_first[0] == HEAD


def test_a_new_migration_can_be_drafted_and_finds_nothing_to_do(store: Store, tmp_path: Path) -> None:
    with store.engine.connect() as connection, connection.begin():
        config = migration_config(connection)
        scripts = shutil.copytree(str(config.get_main_option("script_location")), tmp_path / "migrations")
        config.set_main_option("script_location", str(scripts))
        command.revision(config, "nothing new", autogenerate=True, rev_id="9999")
    draft = (scripts / "versions" / "9999_nothing_new.py").read_text(encoding="utf-8")
    compile(draft, "draft", "exec")
    assert f'down_revision = "{HEAD}"' in draft.replace("'", '"')
    assert draft.count("    pass\n") == 2


def set_revision(store: Store, revision: str) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_a_migrated_database_is_current(store: Store) -> None:
    assert state(store) == "current"


def test_a_database_without_tables_is_empty(blank: Store) -> None:
    assert state(blank) == "empty"


def test_a_file_that_does_not_exist_is_empty_and_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert state(connect(str(path))) == "empty"
    assert not path.exists()


def test_a_database_of_a_newer_program_is_newer_and_not_touched(store: Store) -> None:
    set_revision(store, "9999")
    assert state(store) == "newer"
    with pytest.raises(SchemaTooNew) as caught:
        upgrade(store)
    assert (caught.value.found, caught.value.known) == ("9999", HEAD)
    assert state(store) == "newer"


def test_a_database_of_an_earlier_program_is_older(store: Store) -> None:
    set_revision(store, "0000")
    assert state(store) == "older"


def test_somebody_elses_database_is_left_alone(blank: Store) -> None:
    with blank.writing() as session:
        session.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    for attempt in (state, upgrade):
        with pytest.raises(StoreUnavailable, match="bookmarks"):
            attempt(blank)
    with blank.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["bookmarks"]


def test_somebody_elses_file_stays_byte_for_byte_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE bookmarks (id INTEGER)")
        assert theirs.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    before = path.read_bytes()
    for attempt in (state, upgrade, lambda store: create(store, lambda session: None)):
        with connect(str(path)) as store, pytest.raises(StoreUnavailable, match="bookmarks"):
            attempt(store)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_looking_at_the_state_does_not_load_alembic(database_url: str) -> None:
    assert finish(start("look", database_url)) == ["current", "False"]


def test_programs_may_upgrade_at_the_same_time(blank: Store, database_url: str) -> None:
    for program in [start("upgrade", database_url) for _ in range(3)]:
        finish(program)
    assert state(blank) == "current"


def test_made_in_place_the_tables_and_what_fills_them_come_together(blank: Store) -> None:
    assert create_in_place(blank, furnish)
    assert state(blank) == "current"
    with blank.reading() as session:
        assert session.get(BillingAccount, "100001") is not None


def test_made_in_place_an_error_while_filling_leaves_no_table(blank: Store) -> None:
    def fail(session: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_in_place(blank, fail)
    with blank.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_made_in_place_a_database_that_is_there_stays_as_it_is(store: Store) -> None:
    assert not create_in_place(store, furnish)
    with store.reading() as session:
        assert session.get(BillingAccount, "100001") is None


def test_an_upgrade_that_finds_broken_references_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);"
            "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
            "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id));"
            "INSERT INTO child VALUES (1);"
        )
    connection.close()
    with connect(str(path)) as store:
        with pytest.raises(StoreUnavailable, match="child refers to a row of parent"):
            upgrade(store)
        assert state(store) == "empty"


def test_the_function_behind_the_triggers_goes_with_them(postgresql_database: str) -> None:
    with connect(postgresql_database) as store, store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "base")
        found = connection.scalar(text("SELECT count(*) FROM pg_proc WHERE proname LIKE 'contract_event%'"))
        assert found == 0

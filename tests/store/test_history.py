"""The history of a contract can only grow, whoever asks."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from stellr_tui.store.engine import Store, connect
from stellr_tui.store.tables import ContractEvent
from tests.store.rows import a_happening, add_contract


def kinds(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(ContractEvent.kind).order_by(ContractEvent.id)))


def test_an_event_can_be_added(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
        session.add(a_happening(kind="sent"))
    assert kinds(store) == ["ordered", "sent"]


def test_an_event_cannot_be_changed(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.scalars(select(ContractEvent)).one().kind = "never happened"
    assert kinds(store) == ["ordered"]


def test_an_event_cannot_be_deleted(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.delete(session.scalars(select(ContractEvent)).one())
    assert kinds(store) == ["ordered"]


REPLACING = (
    "INTO contract_event (id, contract_number, kind, status, happened_on, happened_at, person_name, facts) "
    "SELECT id, contract_number, 'never happened', status, happened_on, happened_at, person_name, facts "
    "FROM contract_event"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_event SET kind = 'never happened'",
        "DELETE FROM contract_event",
        f"INSERT {REPLACING} WHERE true ON CONFLICT (id) DO UPDATE SET kind = 'never happened'",
    ],
)
def test_plain_sql_cannot_either(store: Store, statement: str) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.execute(text(statement))
    assert kinds(store) == ["ordered"]


def test_an_event_cannot_be_replaced_on_sqlite(sqlite_path: object) -> None:
    with connect(str(sqlite_path)) as store:
        with store.writing() as session:
            add_contract(session)
        with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
            session.execute(text(f"REPLACE {REPLACING}"))
        assert kinds(store) == ["ordered"]


def test_the_history_cannot_be_emptied_on_postgresql(postgresql_database: str) -> None:
    with connect(postgresql_database) as store:
        with store.writing() as session:
            add_contract(session)
        with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
            session.execute(text("TRUNCATE contract CASCADE"))
        assert kinds(store) == ["ordered"]

"""What the database itself holds of changed end users: a history that only grows, and what earlier programs left."""

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from stellr_tui.store.engine import Store
from stellr_tui.store.schema import migration_config, upgrade
from stellr_tui.store.tables import Contract, EndUser, EndUserChange
from tests.store.rows import NOON, add_contract


def a_change(kind: str = "changed") -> EndUserChange:
    return EndUserChange(
        end_user_number=1,
        version=2,
        kind=kind,
        part="",
        part_id=0,
        part_name="",
        field="company",
        before="旧",
        after="新",
        happened_on=NOON.date(),
        happened_at=NOON,
        person_name="太郎",
    )


def changes(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(EndUserChange.after)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE end_user_change SET after = '別'",
        "DELETE FROM end_user_change",
        "INSERT INTO end_user_change SELECT * FROM end_user_change WHERE true "
        "ON CONFLICT (id) DO UPDATE SET after = '別'",
    ],
)
def test_a_change_is_neither_changed_nor_deleted_nor_replaced(store: Store, statement: str) -> None:
    with store.writing() as session:
        add_contract(session)
        session.add(a_change())
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.execute(text(statement))
    assert changes(store) == ["新"]


def test_what_happens_is_of_a_known_kind(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with pytest.raises(IntegrityError, match="ck_end_user_change_kind"), store.writing() as session:
        session.add(a_change("vanished"))


def test_the_order_book_of_an_earlier_program_knows_for_whom_its_contracts_were_sent(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "0004")
        connection.execute(
            text("UPDATE contract SET status = 'provisioning', sent_on = '2024-05-15', delivered_on = '2024-05-20'")
        )
    upgrade(store)
    with store.reading() as session:
        contract = session.scalars(select(Contract)).one()
        end_user = session.scalars(select(EndUser)).one()
        assert contract.sent_for == {
            "company": "テスト株式会社",
            "company_kana": "テストカブシキガイシャ",
            "location": "本社",
            "postal_code": "1350001",
            "prefecture_code": "13",
            "city": "江東区",
            "address1": "毛利 123",
            "address2": "",
            "contact": "テスト太郎",
            "phone": "0312345678",
            "email": "test@example.com",
        }
        assert end_user.version == 1
        assert (end_user.locations[0].retired_on, end_user.contacts[0].retired_on) == (None, None)
    assert changes(store) == []


def test_a_contract_that_was_not_sent_was_sent_for_nobody_yet(store: Store) -> None:
    with store.writing() as session:
        add_contract(session)
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "0004")
    upgrade(store)
    with store.reading() as session:
        assert session.scalars(select(Contract)).one().sent_for is None
        assert session.scalar(text("SELECT count(*) FROM contract WHERE sent_for IS NULL")) == 1

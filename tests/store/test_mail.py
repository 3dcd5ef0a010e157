"""What the database itself holds of the outbox: a forward is a draft, and every mail has an identity of its own."""

from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from stellr_tui.store.engine import Store
from stellr_tui.store.schema import migration_config, upgrade
from stellr_tui.store.tables import Mail
from tests.store.rows import NOON, add_account


def a_mail(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "account_number": "100001",
        "kind": "completed",
        "message_id": f"{number}@stellr.invalid",
        "recipient_name": "太郎",
        "recipient": "taro@example.com",
        "subject": "件名",
        "body": "本文\n",
        "written_on": date(2024, 3, 20),
        "written_at": NOON,
        **more,
    }


@pytest.fixture
def account(store: Store) -> None:
    with store.writing() as session:
        add_account(session)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("status", ["waiting", "sent", "failed"])
def test_a_forward_is_nothing_but_a_draft(store: Store, status: str) -> None:
    sent_at = NOON if status == "sent" else None
    with pytest.raises(IntegrityError, match="a_forward_is_a_draft"), store.writing() as session:
        session.execute(insert(Mail), [a_mail(kind="forward", status=status, sent_at=sent_at)])
    with store.writing() as session:
        session.execute(insert(Mail), [a_mail(kind="forward", status="draft")])
    with pytest.raises(IntegrityError, match="a_forward_is_a_draft"), store.writing() as session:
        session.execute(update(Mail).values(status=status, sent_at=sent_at))


@pytest.mark.usefixtures("account")
def test_only_a_forward_is_a_draft(store: Store) -> None:
    with pytest.raises(IntegrityError, match="a_forward_is_a_draft"), store.writing() as session:
        session.execute(insert(Mail), [a_mail(status="draft")])


@pytest.mark.usefixtures("account")
def test_what_is_sent_was_sent_at_some_moment(store: Store) -> None:
    with pytest.raises(IntegrityError, match="sent_at_a_moment"), store.writing() as session:
        session.execute(insert(Mail), [a_mail(status="sent")])


@pytest.mark.usefixtures("account")
def test_no_two_mails_are_known_by_the_same_name(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.execute(insert(Mail), [a_mail(1), a_mail(2, message_id="1@stellr.invalid")])


@pytest.mark.usefixtures("account")
def test_the_mails_of_an_earlier_program_get_an_identity_each(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migration_config(connection), "0003")
        for number in range(1, 4):
            connection.execute(
                text(
                    "INSERT INTO mail (id, account_number, kind, recipient_name, recipient, subject, body, "
                    "written_on, written_at, status, tries, trouble) VALUES (:id, '100001', 'completed', '太郎', "
                    "'taro@example.com', '件名', '本文', '2024-03-20', '2024-03-20 03:00:00+00:00', 'waiting', 0, '')"
                ),
                {"id": number},
            )
    upgrade(store)
    with store.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [one.body for one in mails] == ["本文"] * 3
    assert len({one.message_id for one in mails}) == 3
    for one in mails:
        local, _at, domain = one.message_id.partition("@")
        assert (len(local), domain) == (32, "stellr.invalid")
        assert int(local, 16) > 0

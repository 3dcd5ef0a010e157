"""`stellr mail send`: as cron runs it, against a real mail server."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.running import ANNUAL, Run, order, run_program
from tests.desk.mail.server import Office, open_office


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as opened:
        yield opened


@pytest.fixture
def billed(stellr: Run, tmp_path: Path) -> None:
    """Two notices in the outbox."""
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 1))
    stellr("clock", "advance", "2024-04-02")


@pytest.fixture
def live(billed: None, database: Path) -> Path:
    """The same book for real work."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE book SET mode = 'live', today = NULL, closed_through = '2999-01-01'")
    return database


def set_up(folder: Path, office: Office) -> None:
    settings = folder / "home" / "stellr-tui"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "mail.toml").write_text(
        f'from = "stellr@example.jp"\n[smtp]\nhost = "localhost"\nport = {office.port}\nsecurity = "none"\n',
        encoding="utf-8",
    )


def test_every_notice_is_sent_once(live: Path, office: Office, tmp_path: Path, stellr: Run) -> None:
    set_up(tmp_path, office)
    sent = run_program("--database", live, "mail", "send", "--json")
    assert (sent.status, sent.err) == (0, "")
    assert sent.json == {"sent": 2, "put_off": 0, "failed": 0, "trouble": None}
    assert run_program("--database", live, "mail", "send", "--json").json["sent"] == 0
    arrived = [message_from_bytes(one.content, policy=policy.default) for one in office.accepted]
    assert [str(one["From"]) for one in arrived] == ["StreamOne Stellr <stellr@example.jp>"] * 2
    assert arrived[0]["Subject"] == "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"
    listed = stellr("mail", "--json").json
    assert [(one["status"], one["tries"]) for one in listed] == [("sent", 1)] * 2
    assert all(one["sent_at"].endswith("+00:00") for one in listed)
    assert run_program("--database", live, "mail", "show", "1", "--eml").out == office.accepted[0].content.decode()


def test_a_failure_is_said_counted_listed_and_waits_for_action(
    live: Path, office: Office, tmp_path: Path, stellr: Run
) -> None:
    set_up(tmp_path, office)
    office.says["RCPT"] = ["550 5.1.1 No such user", "450 4.2.1 Later", "as usual"]
    ran = stellr("mail", "send")
    assert ran.status == 1
    for words in ("送信済", "送信失敗", "後でもう一度送信"):
        assert words in ran.out
    assert "stellr mail" in ran.err
    listed = stellr("mail", "--json").json
    assert [(one["number"], one["status"], one["trouble"], one["detail"]) for one in listed] == [
        (2, "waiting", "recipient", "450 4.2.1 Later"),
        (1, "failed", "recipient", "550 5.1.1 No such user"),
    ]
    assert "メールサーバーが宛先のアドレスを受け付けません。 (550 5.1.1 No such user)" in stellr("mail").out
    waiting = [one for one in stellr("waiting", "--json").json if one["kind"] == "mail"]
    assert [(one["reason"], one["contract_number"]) for one in waiting] == [("recipient", None), ("recipient", 81766)]
    assert "メール 1: メールサーバーが宛先のアドレスを受け付けません。" in stellr("waiting").out
    again = stellr("mail", "again", "1", "--json")
    assert (again.json["status"], again.json["trouble"]) == ("waiting", None)
    assert stellr("mail", "send", "--json").json["sent"] == 1
    assert [one["status"] for one in stellr("mail", "--json").json] == ["waiting", "sent"]


def test_an_unreachable_server_is_said_with_its_reason(live: Path, tmp_path: Path, stellr: Run) -> None:
    with open_office() as gone:
        set_up(tmp_path, gone)
    ran = stellr("mail", "send", "--json")
    assert ran.status == 1
    assert ran.json == {"sent": 0, "put_off": 2, "failed": 0, "trouble": "unreachable"}
    assert "メールサーバーに接続できません。" in ran.err
    assert "refused" in ran.err


@pytest.mark.usefixtures("billed")
def test_a_training_database_sends_nothing(office: Office, tmp_path: Path, stellr: Run) -> None:
    set_up(tmp_path, office)
    refused = stellr("mail", "send")
    assert (refused.status, refused.out) == (1, "")
    assert "訓練用データベースのメールは送信されません" in refused.err
    assert office.connections == 0
    assert "訓練用" in stellr("mail", "again", "1").err


@pytest.mark.usefixtures("live")
def test_without_a_server_it_says_where_to_name_one(stellr: Run) -> None:
    refused = stellr("mail", "send")
    assert (refused.status, refused.out) == (1, "")
    assert "mail.toml" in refused.err


@pytest.mark.usefixtures("live")
def test_an_account_that_is_not_there_is_refused(office: Office, tmp_path: Path, stellr: Run) -> None:
    set_up(tmp_path, office)
    refused = stellr("mail", "send", "--account", "999999")
    assert (refused.status, refused.out) == (1, "")
    assert "999999" in refused.err
    assert office.connections == 0
    assert stellr("mail", "send", "--account", "700100", "--json").json["sent"] == 2

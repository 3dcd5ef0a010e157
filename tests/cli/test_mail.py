"""`stellr mail`: the outbox, and one mail of it."""

import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.running import ANNUAL, ROOT, Run, environment, order, run_program

TITLE = "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"


@pytest.fixture
def billed(stellr: Run, tmp_path: Path) -> None:
    """An annual seat, delivered and invoiced: two mails; it is 2024-04-02."""
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 1))
    stellr("clock", "advance", "2024-04-02")


@pytest.mark.usefixtures("billed")
def test_the_mails_are_listed_the_newest_first(stellr: Run) -> None:
    listed = stellr("mail", "--json")
    assert listed.json == stellr("mail", "list", "--json").json
    assert [one["number"] for one in listed.json] == [2, 1]
    completed = listed.json[1]
    assert completed == {
        "number": 1,
        "kind": "completed",
        "status": "waiting",
        "written_on": "2024-03-20",
        "subject": TITLE,
        "sender_name": "StreamOne Stellr",
        "sender": "noreply@stellr.invalid",
        "recipient_name": "Lucy Jin",
        "recipient": "lucyj@synnex.com",
        "contract_number": 81766,
        "forward_of": None,
        "tries": 0,
        "try_after": None,
        "sent_at": None,
        "trouble": None,
        "detail": "",
    }
    shown = stellr("mail").out
    for words in ("2024-03-20", "完了通知", "未送信", TITLE, "Lucy Jin <lucyj@synnex.com>", "請求書の通知"):
        assert words in shown


def test_an_empty_outbox_is_empty(stellr: Run) -> None:
    assert stellr("mail", "--json").json == []
    none = stellr("mail")
    assert (none.status, none.out) == (0, "")
    assert "該当するものはありません" in none.err


@pytest.mark.usefixtures("billed")
def test_one_mail_is_shown_as_the_reseller_reads_it(stellr: Run) -> None:
    shown = stellr("mail", "show", "1")
    assert shown.status == 0
    for words in (TITLE, "Lucy Jin <lucyj@synnex.com>", "販売店情報", "エンドユーザー情報", "0000339760"):
        assert words in shown.out
    document = stellr("mail", "show", "1", "--json").json
    assert document["body"].startswith("契約番号 81766\n")
    assert document["body"] in shown.out
    assert document["message_id"].endswith("@stellr.invalid")


@pytest.mark.usefixtures("billed")
def test_the_message_goes_into_a_file_byte_for_byte(database: Path, tmp_path: Path) -> None:
    with (tmp_path / "mail.eml").open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "stellr_tui", "--database", str(database), "mail", "show", "1", "--eml"],
            stdout=file,
            env=environment(),
            cwd=ROOT,
            check=True,
        )
    raw = (tmp_path / "mail.eml").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Subject"] == TITLE
    assert message["To"] == "Lucy Jin <lucyj@synnex.com>"


@pytest.mark.usefixtures("billed")
def test_the_encoding_of_the_settings_is_used(database: Path, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "stellr-tui"
    settings.mkdir(parents=True)
    (settings / "mail.toml").write_text('encoding = "iso-2022-jp"\nfrom = "orders@example.jp"\n', encoding="utf-8")
    ran = run_program("--database", database, "mail", "show", "1", "--eml")
    message = message_from_bytes(ran.out.encode("ascii"), policy=policy.default)
    assert message.get_content_charset() == "iso-2022-jp"
    assert message["Subject"] == TITLE
    assert message["From"] == "StreamOne Stellr <orders@example.jp>"


def test_faulty_settings_are_refused_at_the_start_with_file_and_key(stellr: Run, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "stellr-tui"
    settings.mkdir(parents=True)
    (settings / "mail.toml").write_text('[smtp]\nhost = "mail"\nsecurity = "none"\n', encoding="utf-8")
    refused = stellr("clock")
    assert (refused.status, refused.out) == (1, "")
    for words in ("mail.toml", "smtp.security", "starttls"):
        assert words in refused.err


@pytest.mark.parametrize("number", ["3", "999999999999"])
@pytest.mark.usefixtures("billed")
def test_a_mail_that_is_not_there_is_refused(stellr: Run, number: str) -> None:
    for more in ((), ("--json",), ("--eml",)):
        refused = stellr("mail", "show", number, *more)
        assert (refused.status, refused.out) == (1, "")
        assert f"「{number}」" in refused.err


@pytest.mark.usefixtures("billed")
def test_english(stellr: Run) -> None:
    shown = stellr("mail", "--lang", "en").out
    for words in ("Not sent", "Notice of completion", "Notice of an invoice"):
        assert words in shown


@pytest.mark.usefixtures("billed")
def test_a_forward_is_drafted_and_can_be_opened_by_a_mail_program(stellr: Run) -> None:
    drafted = stellr("mail", "forward", "1", "--json")
    assert drafted.status == 0
    assert "送信されません" in drafted.err
    draft = drafted.json
    assert (draft["kind"], draft["status"], draft["forward_of"]) == ("forward", "draft", 1)
    assert (draft["sender"], draft["recipient"]) == ("lucyj@synnex.com", "test@company.com")
    assert "テスト太郎 様" in draft["body"]
    assert f"stellr mail show {draft['number']} --eml" in drafted.err
    message = message_from_bytes(stellr("mail", "show", str(draft["number"]), "--eml").out.encode("ascii"))
    assert message["X-Unsent"] == "1"
    assert stellr("mail", "forward", "1", "--json").json == draft
    assert "下書き" in stellr("mail").out


@pytest.mark.usefixtures("billed")
def test_an_invoice_is_not_forwarded(stellr: Run) -> None:
    refused = stellr("mail", "forward", "2")
    assert (refused.status, refused.out) == (1, "")
    assert "請求書の通知「2」は転送できません" in refused.err

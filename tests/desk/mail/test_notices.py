"""The notices in the outbox: the manual's own, in the language of the settings, each with an identity of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.eml import eml_of, save_eml
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.outbox import list_mail, read_mail
from stellr_tui.reference.mail_settings import Encoding, MailSettings
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, Language, use_language
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import MailKind, MailStatus
from tests.desk.life.steps import change, sent
from tests.desk.mail.letters import address, read, text_of
from tests.desk.office import ANNUAL, a_sent_order, another_end_user, turn_to
from tests.rules.refusals import refusal_of

# オーダー⑦ of the manual, with this book's spelling of the names it prints.
MANUALS_TITLE = "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"
MANUALS_OWN = """\
契約番号 81766

販売店情報

販売店企業名 SYNNEX DEMO ACCT
担当者 Lucy Jin
住所 東京都江東区東陽 SYNNEX DEMO ACCT *** DO NOT SHIP ***
City, State, Zip Code 江東区, 13, 1358559
電話番号 01-2345-2345
Email lucyj@synnex.com

エンドユーザー情報

企業名 テスト株式会社
担当者 テスト太郎
住所 毛利
City, State, Zip Code 江東区, 13, 1350001
電話番号 03123456798
Email test@company.com

Service Name | MFG Part# | SKU | QTY
ポケットーク同時通訳(年額サブスクリプション)シリアルコード | 0000339760 | 6900990 | 1

ご発注ありがとうございます!

StreamOne Stellr
"""


def in_english(desk: Desk) -> Desk:
    return replace(desk, mail=MailSettings(language=Language.ENGLISH))


def test_the_manuals_own_notice_word_for_word(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    assert (letter.kind, letter.status, letter.contract_number) == (MailKind.COMPLETED, MailStatus.WAITING, 81766)
    assert read_mail(desk, lucy, letter.id).body == MANUALS_OWN
    message = read(eml_of(desk, lucy, letter.id).content)
    assert message["Subject"] == MANUALS_TITLE
    assert address(message, "To") == ("Lucy Jin", "lucyj@synnex.com")
    assert address(message, "From") == ("StreamOne Stellr", "noreply@stellr.invalid")
    assert text_of(message) == MANUALS_OWN


def test_the_notices_are_in_the_language_of_the_settings_whatever_the_screen_speaks(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    use_language("en")
    try:
        turn_to(desk, "2024-03-20")
        change(desk, lucy, contract, Kind.REDUCE, 2)
        change(in_english(desk), lucy, contract, Kind.ADD, 1)
    finally:
        use_language(DEFAULT_LANGUAGE)
    change(in_english(desk), lucy, contract, Kind.CANCEL)
    cancelled, added, reduced, completed = (read_mail(desk, lucy, one.id) for one in list_mail(desk, lucy).rows)
    assert completed.subject == MANUALS_TITLE
    assert "変更内容 数量減少\n数量 2\n" in reduced.body
    for english, what in ((added, "Add seats"), (cancelled, "Cancellation")):
        assert english.subject == f"StreamOne Stellr: notice of a change of contract {contract}"
        assert f"Change {what}" in english.body
        assert english.body.isascii() or "ポケットーク" in english.body


def test_every_mail_has_an_identity_of_its_own_that_stays(desk: Desk, lucy: SignedIn) -> None:
    for number in range(3):
        sent(desk, lucy, "2024-03-11", 1, ANNUAL, po_number=f"PO-{number}")
    turn_to(desk, "2024-04-01")
    letters = [read_mail(desk, lucy, one.id) for one in list_mail(desk, lucy).rows]
    assert len(letters) == 4
    assert len({one.message_id for one in letters}) == 4
    otherwise = replace(desk, mail=MailSettings(encoding=Encoding.ISO_2022_JP, sender="orders@example.jp"))
    for one in letters:
        first, again, other = (eml_of(at, lucy, one.id).content for at in (desk, desk, otherwise))
        assert first == again
        assert read(first)["Message-ID"] == read(other)["Message-ID"] == f"<{one.message_id}>"
        assert address(read(other), "From")[1] == "orders@example.jp"


def test_what_customers_are_called_becomes_no_header(desk: Desk, lucy: SignedIn) -> None:
    nasty = '㈱"[red]" <x@y.co>, =?utf-8?q?Bcc?='
    customer = another_end_user(desk, lucy, nasty)
    sent(desk, lucy, "2024-03-11", 1, ANNUAL, customer=customer)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    message = read(eml_of(desk, lucy, letter.id).content)
    assert f"企業名 {nasty}\n" in text_of(message)
    assert message["Bcc"] is None
    assert address(message, "To") == ("Lucy Jin", "lucyj@synnex.com")


def test_a_mail_is_saved_as_it_is_and_nothing_is_overwritten(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, po_number="../../x;rm")
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    eml = eml_of(desk, lucy, letter.id)
    assert eml.name == f"2024-03-20-completed-{letter.id}.eml"
    path = tmp_path / eml.name
    assert save_eml(desk, lucy, letter.id, str(path)) == path
    assert path.read_bytes() == eml.content
    path.write_bytes(b"mine")
    finding = refusal_of(save_eml, desk, lucy, letter.id, str(path))
    assert (finding.reason, finding.field, finding.given) == (Reason.FILE_EXISTS, "file", str(path))
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no/such/folder/x.eml", Reason.UNWRITABLE_FILE),
        ("x" * 300, Reason.UNWRITABLE_FILE),
        ("~nobody-of-that-name/x.eml", Reason.UNWRITABLE_FILE),
        ("x\0.eml", Reason.CONTROL_CHARACTER),
        ("  ", Reason.REQUIRED),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_at_its_field(
    desk: Desk, lucy: SignedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: Reason
) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    monkeypatch.chdir(tmp_path)
    finding = refusal_of(save_eml, desk, lucy, letter.id, name)
    assert (finding.reason, finding.field) == (reason, "file")
    assert list(tmp_path.glob("*.eml")) == []

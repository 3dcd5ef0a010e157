"""The forward to the end user: a draft from the reseller with the notice in it, for a mail program to open."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.eml import eml_of
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.outbox import Letter, list_mail, read_mail
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.reference.texts import Language
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import MailKind, MailStatus
from stellr_tui.store.tables import Contact, Mail
from tests.desk.life.steps import change, sent
from tests.desk.mail.letters import address, read, text_of
from tests.desk.office import ANNUAL, a_sent_order, another_end_user, at_once, everything, turn_to
from tests.rules.refusals import refusal_of


@pytest.fixture
def completed(desk: Desk, lucy: SignedIn) -> Letter:
    """The manual's notice of completion."""
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    return letter


def test_it_goes_from_the_reseller_to_the_end_users_contact_with_the_notice_quoted(
    desk: Desk, lucy: SignedIn, completed: Letter
) -> None:
    turn_to(desk, "2024-03-21")
    draft = draft_forward(desk, lucy, completed.id)
    assert (draft.kind, draft.status, draft.forward_of) == (MailKind.FORWARD, MailStatus.DRAFT, completed.id)
    assert (draft.recipient_name, draft.recipient) == ("テスト太郎", "test@company.com")
    assert (draft.sender_name, draft.sender) == ("Lucy Jin", "lucyj@synnex.com")
    assert (draft.contract_number, str(draft.written_on)) == (81766, "2024-03-21")
    assert draft.subject == f"Fwd: {completed.subject}"
    greeting, quoted = draft.body.split("-------- 転送メッセージ --------\n")
    for words in (
        "テスト株式会社\nテスト太郎 様\n",
        "SYNNEX DEMO ACCT",
        "Lucy Jin",
        "01-2345-2345",
        "lucyj@synnex.com",
    ):
        assert words in greeting
    head, body = quoted.split("\n\n", 1)
    assert head.splitlines() == [
        "差出人: StreamOne Stellr <noreply@stellr.invalid>",
        "日付: 2024-03-20",
        "宛先: Lucy Jin <lucyj@synnex.com>",
        f"件名: {completed.subject}",
    ]
    assert body == read_mail(desk, lucy, completed.id).body


def test_a_mail_program_opens_it_as_a_draft_of_the_resellers_own(desk: Desk, lucy: SignedIn, completed: Letter) -> None:
    draft = draft_forward(desk, lucy, completed.id)
    eml = eml_of(desk, lucy, draft.id)
    message = read(eml.content)
    assert message["X-Unsent"] == "1"
    assert message["Auto-Submitted"] is None
    assert address(message, "From") == ("Lucy Jin", "lucyj@synnex.com")
    assert address(message, "To") == ("テスト太郎", "test@company.com")
    assert text_of(message) == draft.body
    assert eml.name.endswith(f"-forward-{draft.id}.eml")
    assert list_mail(desk, lucy).rows[0].id == draft.id


def test_it_is_written_by_whoever_makes_it(desk: Desk, lucy: SignedIn, hanako: SignedIn, completed: Letter) -> None:
    drafts = [draft_forward(desk, by, completed.id) for by in (lucy, hanako)]
    assert [one.sender_name for one in drafts] == ["Lucy Jin", "山田 hanako"]
    assert drafts[0].id != drafts[1].id


def test_in_english_where_the_notices_are(desk: Desk, lucy: SignedIn, completed: Letter) -> None:
    english = replace(desk, mail=MailSettings(language=Language.ENGLISH))
    draft = draft_forward(english, lucy, completed.id)
    assert "Dear テスト太郎" in draft.body
    assert "-------- Forwarded Message --------" in draft.body


def test_made_again_it_is_the_same_draft(desk: Desk, lucy: SignedIn, completed: Letter) -> None:
    first = draft_forward(desk, lucy, completed.id)
    before = everything(desk)
    assert draft_forward(desk, lucy, completed.id) == first
    assert at_once(*[lambda: draft_forward(desk, lucy, completed.id)] * 3) == [first] * 3
    assert everything(desk) == before


def test_a_contact_that_was_corrected_meanwhile_gets_a_draft_of_its_own(
    desk: Desk, lucy: SignedIn, completed: Letter
) -> None:
    first = draft_forward(desk, lucy, completed.id)
    with desk.store.writing() as session:
        session.execute(update(Contact).values(email="right@company.com"))
    second = draft_forward(desk, lucy, completed.id)
    assert second.id != first.id
    assert (first.recipient, second.recipient) == ("test@company.com", "right@company.com")


def test_a_change_can_be_forwarded_and_an_invoice_cannot(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2024-04-02")
    change(desk, lucy, contract, Kind.REDUCE, 1)
    changed, invoiced, _completed = list_mail(desk, lucy).rows
    assert (changed.kind, invoiced.kind) == (MailKind.CHANGED, MailKind.INVOICED)
    assert "数量減少" in draft_forward(desk, lucy, changed.id).body
    before = everything(desk)
    finding = refusal_of(draft_forward, desk, lucy, invoiced.id)
    assert (finding.reason, finding.given) == (Reason.NO_FORWARD_OF_AN_INVOICE, str(invoiced.id))
    assert everything(desk) == before


def test_what_the_reseller_pays_stands_in_no_forward(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    turn_to(desk, "2024-03-20")
    change(desk, lucy, contract, Kind.ADD, 1)
    for letter in list_mail(desk, lucy).rows:
        assert "24,710" not in draft_forward(desk, lucy, letter.id).body


def test_a_draft_is_not_forwarded_again(desk: Desk, lucy: SignedIn, completed: Letter) -> None:
    draft = draft_forward(desk, lucy, completed.id)
    assert refusal_of(draft_forward, desk, lucy, draft.id).reason is Reason.A_FORWARD_ALREADY


def test_names_full_of_marks_stay_names(desk: Desk, lucy: SignedIn) -> None:
    customer = another_end_user(desk, lucy, "{company} <a@b.co>, x", name='"髙橋", =?utf-8?q?x?=')
    sent(desk, lucy, "2024-03-11", 1, ANNUAL, customer=customer)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    draft = draft_forward(desk, lucy, letter.id)
    message = read(eml_of(desk, lucy, draft.id).content)
    assert address(message, "To") == ('"髙橋", =?utf-8?q?x?=', "a@b.co")
    assert text_of(message).startswith("{company} <a@b.co>, x\n")


def test_every_draft_in_the_book_is_a_forward(desk: Desk, lucy: SignedIn, completed: Letter) -> None:
    draft_forward(desk, lucy, completed.id)
    with desk.store.reading() as session:
        rows = session.execute(select(Mail.kind, Mail.status).order_by(Mail.id)).all()
    assert [tuple(row) for row in rows] == [("completed", "waiting"), ("forward", "draft")]

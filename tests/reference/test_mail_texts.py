"""The mails' templates: the manual's words, in both languages; a faulty one is refused before it is needed."""

import string
from dataclasses import replace
from pathlib import Path

import pytest

from stellr_tui.reference.data import data_path
from stellr_tui.reference.mail_settings import MailSettings
from stellr_tui.reference.mail_texts import FACTS, check_mail_texts, mail_text
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import Language
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import MailKind
from tests.rules.refusals import findings_of, refusal_of

JAPANESE = MailSettings(own_texts=True)
ENGLISH = MailSettings(language=Language.ENGLISH, own_texts=True)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own templates."""
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", MailKind)
def test_every_fact_is_told_in_every_language(kind: MailKind, language: Language) -> None:
    written = data_path(f"mail/{kind}.{language}.txt").read_text(encoding="utf-8")
    named = {name for _text, name, _form, _conversion in string.Formatter().parse(written) if name}
    assert named == FACTS[kind]
    check_mail_texts(MailSettings(language=language))


def test_the_notice_of_completion_has_the_manuals_words_in_the_manuals_order() -> None:
    facts = {name: f"<{name}>" for name in FACTS[MailKind.COMPLETED]} | {"vendor": "ソースネクスト株式会社"}
    text = mail_text(MailKind.COMPLETED, JAPANESE, facts)
    assert text.subject == "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"
    place = -1
    for words in (
        "契約番号",
        "販売店情報",
        "販売店企業名",
        "担当者",
        "住所",
        "City, State, Zip Code",
        "電話番号",
        "Email",
        "エンドユーザー情報",
        "企業名",
        "担当者",
        "住所",
        "City, State, Zip Code",
        "電話番号",
        "Email",
        "Service Name",
        "MFG Part#",
        "SKU",
        "QTY",
        "ご発注ありがとうございます!",
        "StreamOne",
    ):
        place = text.body.find(words, place + 1)
        assert place >= 0, words


def test_a_brace_in_a_name_is_no_template() -> None:
    facts = dict.fromkeys(FACTS[MailKind.COMPLETED], "{vendor} {0} {")
    assert "企業名 {vendor} {0} {\n" in mail_text(MailKind.COMPLETED, JAPANESE, facts).body


def test_the_users_own_template_goes_first(own: Path) -> None:
    (own / "changed.ja.txt").write_text("\ufeff変更: {company}\n\n{what}\n", encoding="utf-8")
    facts = {name: name for name in FACTS[MailKind.CHANGED]}
    text = mail_text(MailKind.CHANGED, JAPANESE, facts)
    assert (text.subject, text.body) == ("変更: company", "what\n")
    assert "変更通知" in mail_text(MailKind.CHANGED, replace(JAPANESE, own_texts=False), facts).subject
    assert "changed" not in mail_text(MailKind.CHANGED, ENGLISH, facts).subject


@pytest.mark.parametrize("written", ["{nmae}", "{company!r}", "{company:>9}", "{company.__class__}", "{0}", "{}"])
def test_a_gap_that_nothing_fills_is_refused_with_file_gap_and_what_there_is(own: Path, written: str) -> None:
    path = own / "changed.ja.txt"
    path.write_text(f"変更\n\n{written}\n", encoding="utf-8")
    finding = refusal_of(check_mail_texts, JAPANESE)
    assert finding.reason is Reason.UNKNOWN_KEY
    said = sentence(finding)
    for part in (str(path), f"「{written.strip('{}')}」", "contract_number", "effective_on"):
        assert part in said


@pytest.mark.parametrize("content", [b"title\n{company\n", b"title\n}\n", b"\xff\xfe"])
def test_a_file_that_is_no_template_is_refused(own: Path, content: bytes) -> None:
    path = own / "completed.ja.txt"
    path.write_bytes(content)
    finding = refusal_of(check_mail_texts, JAPANESE)
    assert finding.reason is Reason.UNREADABLE_FILE
    assert str(path) in sentence(finding)


def test_a_mail_has_a_title(own: Path) -> None:
    path = own / "completed.ja.txt"
    path.write_text("\n\nご発注ありがとうございます!\n", encoding="utf-8")
    finding = refusal_of(check_mail_texts, JAPANESE)
    assert finding.reason is Reason.REQUIRED
    assert str(path) in sentence(finding)
    assert "件名" in sentence(finding)


def test_the_faults_of_all_templates_of_the_language_are_found_at_once(own: Path) -> None:
    for kind in ("completed", "changed"):
        (own / f"{kind}.ja.txt").write_text("t\n{x}{y}\n", encoding="utf-8")
    (own / "changed.en.txt").write_text("t\n{z}\n", encoding="utf-8")
    assert len(findings_of(check_mail_texts, JAPANESE)) == 4
    assert len(findings_of(check_mail_texts, ENGLISH)) == 1

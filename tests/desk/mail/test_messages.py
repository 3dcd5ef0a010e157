"""A mail as an RFC 5322 message: what any mail program makes of it is what was written, and nothing else gets in."""

import re
from base64 import b64decode
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stellr_tui.desk.message import compose
from stellr_tui.reference.mail_settings import Encoding
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import MailStatus
from tests.desk.mail.letters import MESSAGE_ID, a_letter, address, header_lines, read, text_of
from tests.rules.refusals import refusal_of

UTF_8, JIS = Encoding.UTF_8, Encoding.ISO_2022_JP
FIELDS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
}


@pytest.mark.parametrize("encoding", Encoding)
def test_a_mail_program_reads_what_was_written(encoding: Encoding) -> None:
    message = read(compose(a_letter(recipient_name="山田 太郎", sender_name="ステラ"), encoding))
    assert set(message.keys()) == FIELDS
    assert message["Subject"] == "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"
    assert address(message, "From") == ("ステラ", "stellr@example.jp")
    assert address(message, "To") == ("山田 太郎", "lucyj@synnex.com")
    assert message["Date"] == "Wed, 20 Mar 2024 00:00:05 +0900"
    assert message["Message-ID"] == f"<{MESSAGE_ID}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", encoding)
    assert text_of(message) == "契約番号 81766\n\nご発注ありがとうございます!\n"


@pytest.mark.parametrize("encoding", Encoding)
def test_every_byte_is_ascii_and_every_line_short_and_ended_by_crlf(encoding: Encoding) -> None:
    message = compose(a_letter(recipient_name="長い名前" * 25, body="長い行" * 200 + "\n短い行\n"), encoding)
    assert message.isascii()
    assert message.count(b"\n") == message.count(b"\r\n") == message.count(b"\r")
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert max(len(line) for line in header_lines(message)) <= 78
    words = re.findall(rb"=\?[^?]+\?[bB]\?[^?]*\?=", message)
    assert len(words) > 5
    assert max(len(word) for word in words) <= 75
    assert text_of(read(message)) == "長い行" * 200 + "\n短い行\n"


@pytest.mark.parametrize("encoding", Encoding)
def test_each_encoded_word_stands_for_itself(encoding: Encoding) -> None:
    """RFC 2047 5: a program that decodes the words one by one must not meet half a character."""
    letter = a_letter(subject="あいうえお漢字" * 30)
    (raw,) = (value for name, value in read(compose(letter, encoding)).raw_items() if name == "Subject")
    words = re.findall(r"=\?([^?]+)\?[bB]\?([^?]*)\?=", str(raw))
    assert len(words) > 5
    assert {charset.lower() for charset, _data in words} == {encoding}
    assert "".join(b64decode(data).decode(charset) for charset, data in words) == letter.subject


def test_iso_2022_jp_goes_out_in_seven_bits_and_begins_and_ends_every_line_in_ascii() -> None:
    message = compose(a_letter(body="一行目\n二行目 abc\n"), JIS)
    assert read(message)["Content-Transfer-Encoding"] == "7bit"
    body = message.partition(b"\r\n\r\n")[2]
    assert body.split(b"\r\n")[0] == b"\x1b$B0l9TL\\\x1b(B"
    for line in body.split(b"\r\n"):
        assert line == b"" or re.findall(rb"\x1b..", line)[-1] == b"\x1b(B"


# 〜 (U+301C), ― and − are JIS's own; ～ (U+FF5E), － and — are what Windows types in their place and JIS does not have.
@pytest.mark.parametrize("fits", ["〜", "―", "−", "¥24,710", "ヴ", "・", "々", "ゑ"])
def test_what_iso_2022_jp_has_goes_out_in_it(fits: str) -> None:
    for letter in (a_letter(subject=fits), a_letter(body=f"{fits}\n"), a_letter(recipient_name=fits)):
        message = read(compose(letter, JIS))
        assert message.get_content_charset() == "iso-2022-jp"
        assert fits in (message["Subject"], text_of(message).strip(), address(message, "To")[0])


@pytest.mark.parametrize("lacking", ["～", "－", "—", "①", "㈱", "Ⅳ", "髙", "﨑", "ｶﾌﾞ", "®", "é", "한", "😀", "𠮷"])
def test_what_iso_2022_jp_lacks_takes_the_whole_mail_to_utf_8_as_it_was_typed(lacking: str) -> None:
    for letter in (
        a_letter(subject=f"株式会社{lacking}"),
        a_letter(body=f"株式会社{lacking}\n"),
        a_letter(recipient_name=f"株式会社{lacking}"),
        a_letter(sender_name=f"株式会社{lacking}"),
    ):
        raw = compose(letter, JIS)
        message = read(raw)
        assert message.get_content_charset() == "utf-8"
        assert b"iso-2022-jp" not in raw.lower()
        assert message["Subject"] == letter.subject
        assert text_of(message) == letter.body
        assert address(message, "To")[0] == letter.recipient_name
        assert address(message, "From")[0] == letter.sender_name


def test_the_same_letter_is_the_same_message() -> None:
    assert compose(a_letter(), UTF_8) == compose(a_letter(), UTF_8)
    other = compose(a_letter(message_id="f" * 32 + "@stellr.invalid"), UTF_8)
    assert read(other)["Message-ID"] == f"<{'f' * 32}@stellr.invalid>"


@pytest.mark.parametrize("body", ["From the beginning\n", ".\n..\nend\n", "\n\n\n", "no end of line", ""])
@pytest.mark.parametrize("encoding", Encoding)
def test_lines_that_mail_programs_stumble_over_arrive_whole(body: str, encoding: Encoding) -> None:
    expected = body if body.endswith("\n") or not body else body + "\n"
    assert text_of(read(compose(a_letter(body=body), encoding))) == expected


NASTY = [
    "x\r\nBcc: victim@example.com",
    "x\nBcc: victim@example.com",
    "x\rBcc: victim@example.com",
    "x\r\n\r\nanother body",
    "x\u2028Bcc: victim@example.com",
    "x\x85Bcc: victim@example.com",
    "x\x00\x0b\x0c\x1b[2J",
    "山田\r\nBcc: victim@example.com",
    "\r\nBcc: victim@example.com",
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("encoding", Encoding)
def test_no_text_becomes_a_header(nasty: str, encoding: Encoding) -> None:
    flat = " ".join(re.sub(r"[\x00-\x1f\x85\u2028]", " ", nasty).split())
    for field, letter in (
        ("subject", a_letter(subject=nasty)),
        ("name", a_letter(recipient_name=nasty)),
        ("sender", a_letter(sender_name=nasty)),
    ):
        message = read(compose(letter, encoding))
        assert set(message.keys()) == FIELDS
        assert [address(message, "To")[1], address(message, "From")[1]] == ["lucyj@synnex.com", "stellr@example.jp"]
        shown = {
            "subject": message["Subject"],
            "name": address(message, "To")[0],
            "sender": address(message, "From")[0],
        }
        assert shown[field] == flat


@pytest.mark.parametrize(
    "nasty",
    [
        "lucyj@synnex.com\r\nBcc: victim@example.com",
        "lucyj@synnex.com, victim@example.com",
        "lucyj@synnex.com> <victim@example.com",
        "lucy jin@synnex.com",
        "victim@example.com (lucyj@synnex.com)",
        "太郎@synnex.com",
        "lucyj",
        "",
    ],
)
def test_what_is_more_than_one_address_is_refused(nasty: str) -> None:
    for letter in (a_letter(recipient=nasty), a_letter(sender=nasty)):
        assert refusal_of(compose, letter, UTF_8).reason is Reason.NOT_AN_EMAIL


@pytest.mark.parametrize(
    "name",
    [
        'Yamada, "Taro"',
        "victim@example.com",
        "a <victim@example.com>",
        "J. R. Doe (sales); all: x",
        "=?utf-8?b?dmljdGlt?=",
        "=?utf-8?q?victim?= <a@b.co>",
        "back\\slash",
    ],
)
@pytest.mark.parametrize("encoding", Encoding)
def test_a_name_is_only_a_name(name: str, encoding: Encoding) -> None:
    raw = compose(a_letter(recipient_name=name, subject=name), encoding)
    message = read(raw)
    assert address(message, "To") == (name, "lucyj@synnex.com")
    assert str(make_header(decode_header(str(dict(message.raw_items())["Subject"])))) == name


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=100)


@given(subject=PRINTABLE, name=PRINTABLE, body=PRINTABLE, encoding=st.sampled_from(Encoding))
@settings(max_examples=200, deadline=None)
def test_any_text_arrives_as_it_was_written(subject: str, name: str, body: str, encoding: Encoding) -> None:
    raw = compose(a_letter(subject=subject, recipient_name=name, body=f"{body}\n"), encoding)
    message = read(raw)
    assert set(message.keys()) == FIELDS
    assert str(message["Subject"]).split() == subject.split()
    assert address(message, "To")[0].split() == name.split()
    assert text_of(message) == f"{body}\n"
    assert max(len(line) for line in header_lines(raw)) <= 78


def test_a_draft_says_that_it_is_one() -> None:
    draft = read(compose(a_letter(status=MailStatus.DRAFT), UTF_8))
    assert draft["X-Unsent"] == "1"
    assert draft["Auto-Submitted"] is None
    assert read(compose(a_letter(), UTF_8))["X-Unsent"] is None

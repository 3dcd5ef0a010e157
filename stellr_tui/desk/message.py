"""A mail as the world reads it: an RFC 5322 message, in the characters that were chosen or in UTF-8.

Built with the older half of Python's email package: the newer one encodes every title in UTF-8, whatever is asked for.
"""

import re
import unicodedata
from email.charset import BASE64, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime

from stellr_tui.desk.clock import TOKYO
from stellr_tui.desk.outbox import OpenedLetter
from stellr_tui.reference.mail_settings import Encoding
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import MailStatus

_POLICY = compat32.clone(linesep="\r\n", max_line_length=75)  # as long as an encoded word may be, RFC 2047 2
_LONGEST_LINE = 998  # bytes, RFC 5322 2.1.1
_ADDRESS = re.compile(r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~.-]+@[0-9A-Za-z.-]+")
_PLAIN = re.compile(r"[0-9A-Za-z!#$%&'*+/=^_`{|}~ -]+")
_PLAIN_TITLE = re.compile(r"[ -~]*")
# Controls, lone surrogates, and the separators of lines and paragraphs: in a header each would begin another one.
_BREAKING = {"Cc", "Cs", "Zl", "Zp"}


def compose(letter: OpenedLetter, encoding: Encoding) -> bytes:
    """The message of a letter, every line ended by CRLF; the same letter always gives the same bytes.

    A draft says that it is one, so that a mail program opens it to be sent by hand. Refused: NOT_AN_EMAIL for an
    address that would break out of its header.
    """
    charset = _charset(encoding, letter.subject, letter.sender_name, letter.recipient_name, letter.body)
    message: Message[Header | str, Header | str] = Message(policy=_POLICY)
    message["From"] = _person("From", letter.sender_name, letter.sender, charset)
    message["To"] = _person("To", letter.recipient_name, letter.recipient, charset)
    message["Subject"] = _title(letter.subject, charset)
    message["Date"] = format_datetime(letter.written_at.astimezone(TOKYO))
    message["Message-ID"] = f"<{letter.message_id}>"
    if letter.status is MailStatus.DRAFT:
        message["X-Unsent"] = "1"
    else:
        # No absence notice comes back for it (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
    # Text has CRLF at its ends of line also within Base64 (RFC 2049 4).
    message.set_payload("".join(f"{line}\r\n" for line in letter.body.splitlines()), charset)
    return message.as_bytes()


def _charset(wanted: Encoding, *texts: str) -> Charset:
    """The wanted characters where they are enough for every text, else UTF-8. No text is bent until it fits."""
    chosen = wanted if all(_fits(text, wanted) for text in texts) else Encoding.UTF_8
    charset = Charset(chosen)
    charset.header_encoding = BASE64  # for UTF-8 Python would take what is shorter, which not every program reads
    longest = max((len(line) for line in texts[-1].encode(chosen).splitlines()), default=0)
    if longest > _LONGEST_LINE:
        charset.body_encoding = BASE64
    return charset


def _fits(text: str, encoding: Encoding) -> bool:
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def _person(field: str, name: str, address: str, charset: Charset) -> Header:
    if not _ADDRESS.fullmatch(address):
        raise Refused(Finding(Reason.NOT_AN_EMAIL, "email", address))
    shown = _one_line(name)
    header = Header(header_name=field)
    if shown:
        is_plain = _PLAIN.fullmatch(shown)
        header.append(shown, "us-ascii" if is_plain else charset)
    header.append(f"<{address}>", "us-ascii")
    return header


def _title(subject: str, charset: Charset) -> Header:
    shown = _one_line(subject)
    # What only looks encoded would be shown decoded.
    is_plain = _PLAIN_TITLE.fullmatch(shown) and "=?" not in shown
    return Header(shown, "us-ascii" if is_plain else charset, header_name="Subject")


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(one) in _BREAKING else one for one in text).split())

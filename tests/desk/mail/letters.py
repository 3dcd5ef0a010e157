"""Letters as the outbox gives them, made for a test, and messages as a mail program reads them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from stellr_tui.desk.outbox import OpenedLetter
from stellr_tui.rules.mail import MailKind, MailStatus

MESSAGE_ID = "0123456789abcdef0123456789abcdef@stellr.invalid"


def a_letter(**more: Any) -> OpenedLetter:
    """A notice to Lucy, with other values where the test names them."""
    values: dict[str, Any] = {
        "id": 7,
        "kind": MailKind.COMPLETED,
        "status": MailStatus.WAITING,
        "subject": "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。",
        "sender_name": "StreamOne Stellr",
        "sender": "stellr@example.jp",
        "recipient_name": "Lucy Jin",
        "recipient": "lucyj@synnex.com",
        "written_on": date(2024, 3, 20),
        "written_at": datetime(2024, 3, 19, 15, 0, 5, tzinfo=UTC),
        "contract_number": 81766,
        "forward_of": None,
        "tries": 0,
        "try_after": None,
        "sent_at": None,
        "trouble": None,
        "detail": "",
        "message_id": MESSAGE_ID,
        "body": "契約番号 81766\n\nご発注ありがとうございます!\n",
    }
    return OpenedLetter(**{**values, **more})


def read(message: bytes) -> EmailMessage:
    """The message as Python's own parser reads it; the test fails where it finds a fault."""
    found = message_from_bytes(message, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    assert [value.defects for _field, value in found.items()] == [()] * len(found)
    return found


def text_of(message: EmailMessage) -> str:
    """The text, with plain ends of line."""
    content = message.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def address(message: EmailMessage, field: str) -> tuple[str, str]:
    """The one name and address of a field, its encoded words put together as RFC 2047 6.2 has it.

    Python's newer parser leaves the blank between two of them in a name.
    """
    (raw,) = (str(value) for name, value in message.raw_items() if name == field)
    ((name, found),) = getaddresses([raw])
    return str(make_header(decode_header(name))), found


def header_lines(message: bytes) -> Iterable[bytes]:
    return message.partition(b"\r\n\r\n")[0].split(b"\r\n")

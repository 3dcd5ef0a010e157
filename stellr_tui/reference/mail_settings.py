"""The settings for mail: in which language and characters it is written, from whom it comes, who delivers it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from stellr_tui.reference.data import chosen_path
from stellr_tui.reference.texts import Language
from stellr_tui.reference.toml_file import Section, in_file, read_toml
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused

PASSWORD_VARIABLE = "STELLR_SMTP_PASSWORD"
KEYRING_SERVICE = "stellr-tui"

Value = TypeVar("Value")


class Encoding(StrEnum):
    """In which characters a mail goes out. A mail that ISO-2022-JP has not every character for goes out in UTF-8."""

    UTF_8 = "utf-8"
    ISO_2022_JP = "iso-2022-jp"


class Security(StrEnum):
    """How the way to the mail server is protected: from the first byte, after STARTTLS, or not at all."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes the mails. Without a user there is no login; ca_file: whose certificates are believed instead of the
    system's."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    ca_file: Path | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Everything about mail that can be chosen. Without a server no mail leaves the outbox by itself.

    language: in which the mails are written, whatever language the screen speaks.
    own_texts: whether templates of the user's own go before the shipped ones.
    """

    language: Language = Language.JAPANESE
    encoding: Encoding = Encoding.UTF_8
    sender_name: str = "StreamOne Stellr"
    sender: str = "noreply@stellr.invalid"
    server: MailServer | None = None
    own_texts: bool = False


def load_mail_settings(path: Path | None = None) -> MailSettings:
    """The settings of a file: the user's own `mail.toml` where there is one, else the shipped one.

    Refused with every fault of the file: UNREADABLE_FILE, UNKNOWN_KEY, WRONG_TYPE, REQUIRED, NOT_AN_EMAIL and the
    refusals of `rules.fields.text`; the file's path is in their facts (file).
    """
    path = path or chosen_path("mail.toml")
    book = Section(read_toml(path))
    default = MailSettings()
    smtp = book.table("smtp", required=False)
    settings = MailSettings(
        language=book.choice("language", Language, required=False),
        encoding=book.choice("encoding", Encoding, required=False),
        sender_name=book.text("from_name", required=False) or default.sender_name,
        # A server takes no mail from an address that is nobody's.
        sender=_address(book, "from", required=smtp is not None) or default.sender,
        server=_server(smtp) if smtp else None,
        own_texts=True,
    )
    book.close()
    if book.findings:
        raise in_file(Refused(*book.findings), path)
    return settings


def password_of(server: MailServer) -> str:
    """The password of the server's user: of the environment, else of the system's keyring; "" if neither has one."""
    if found := os.environ.get(PASSWORD_VARIABLE):
        return found
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra is not installed
        return ""
    try:
        return keyring.get_password(KEYRING_SERVICE, server.user) or ""
    except KeyringError:
        return ""


def _server(section: Section) -> MailServer:
    security = section.choice("security", Security, required=False)
    host = section.text("host", pattern=r"[0-9A-Za-z.:_-]+", allowed="host")
    is_allowed = section.flag("allow_unencrypted") or security is not Security.NONE
    if host and not is_allowed and not _is_this_computer(host):
        section.refuse("security", "starttls, tls, none-here")
    server = MailServer(
        host=host,
        port=section.number("port", 1, 65_535, _PORTS[security]),
        security=security,
        user=section.text("user", required=False, limit=fields.TEXT_LIMIT),
        ca_file=_file(section, "ca_file"),
    )
    section.close()
    return server


def _address(section: Section, name: str, *, required: bool) -> str:
    typed = section.text(name, required=required, limit=fields.TEXT_LIMIT)
    return _checked(section, lambda: fields.email(typed, section.key(name), required=False)) or ""


def _file(section: Section, name: str) -> Path | None:
    typed = section.text(name, required=False, limit=1_000)
    if not typed:
        return None
    path = Path(typed).expanduser()
    if not path.is_file():
        section.refuse(name, "file")
    return path


def _checked(section: Section, check: Callable[[], Value]) -> Value | None:
    try:
        return check()
    except Refused as refused:
        section.findings.extend(refused.findings)
        return None


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"

"""A real mail server, which can be told to refuse, to hang up or to keep silent, and keeps what it accepted."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from stellr_tui.reference.mail_settings import MailServer, Security

USER, PASSWORD = "stellr", "correct horse"


@dataclass(frozen=True)
class Accepted:
    """A message that the server answered with 250: whom it came from and went to, and whether the way was encrypted."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool
    user: str | None


@dataclass
class Office:
    """What the server does, and what it has seen.

    says: answers to a command in the place of the usual ones, one after the other; the last of them stays.
    A "hang up" cuts the connection off, a "keep silent" answers nothing until the test is over.
    """

    says: dict[str, list[str]] = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)
    connections: int = 0
    seen: list[str] = field(default_factory=list)
    port: int = 0

    def server(self, security: Security = Security.NONE, **more: Any) -> MailServer:
        """The settings that lead here."""
        return MailServer("localhost", self.port, security, **more)

    def answer(self, command: str, server: SMTP) -> str | None:
        """What was ordered for this command, if anything."""
        answers = self.says.get(command, [])
        if not answers:
            return None
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        if said == "hang up":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return None if said == "as usual" else said


class _Counter(SMTP):
    """The server of one connection. It can be told to hang up while a message is coming in."""

    office: Office

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self.transport is None:
            self.office.connections += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        if self.office.says.get("middle of DATA"):
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readline()
            self.office.answer("middle of DATA", self)
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, office: Office) -> None:
        self.office = office

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.office.seen.append("EHLO")
        await self._maybe_silent("EHLO")
        return responses

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.office.seen.append("MAIL")
        if said := self.office.answer("MAIL", server):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self.office.answer("RCPT", server):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        await self._maybe_silent("DATA")
        said = self.office.answer("DATA", server) or "250 OK"
        if said.startswith("250") or self.office.says.get("takes it and hangs up"):
            assert isinstance(envelope.original_content, bytes)
            assert envelope.mail_from is not None
            user = session.auth_data.login.decode() if isinstance(session.auth_data, LoginPassword) else None
            self.office.accepted.append(
                Accepted(
                    envelope.mail_from,
                    tuple(envelope.rcpt_tos),
                    envelope.original_content,
                    server.transport is not None and server.transport.get_extra_info("ssl_object") is not None,
                    user,
                )
            )
        self.office.answer("takes it and hangs up", server)
        return said

    async def _maybe_silent(self, command: str) -> None:
        if self.office.says.get(command) == ["keep silent"]:
            await asyncio.sleep(3600)


def _who(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=data)


@contextmanager
def open_office(
    certificate: tuple[Path, Path] | None = None, security: Security = Security.NONE, *, asks_for_login: bool = False
) -> Iterator[Office]:
    """A server on a free port of this computer, for as long as the block lasts.

    certificate: the files of a certificate and its key, for STARTTLS or TLS.
    """
    office = Office()
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)

    def counter() -> _Counter:
        made = _Counter(
            _Handler(office),
            hostname="mail.test",
            tls_context=context if security is Security.STARTTLS else None,
            authenticator=_who if asks_for_login else None,
            auth_required=asks_for_login,
            auth_require_tls=security is Security.STARTTLS,
        )
        made.office = office
        return made

    loop = asyncio.new_event_loop()
    ready = Event()

    async def serve() -> None:
        server = await loop.create_server(counter, "127.0.0.1", 0, ssl=context if security is Security.TLS else None)
        office.port = server.sockets[0].getsockname()[1]
        ready.set()
        await finished
        server.close()

    finished: asyncio.Future[None] = loop.create_future()
    thread = Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(finished.set_result, None)
        thread.join(30)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

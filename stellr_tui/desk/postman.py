"""Handing messages to a mail server (SMTP), over one connection for as long as it lasts."""

import smtplib
import ssl
import unicodedata
from contextlib import suppress

from stellr_tui.reference.mail_settings import MailServer, Security, password_of
from stellr_tui.rules.mail import Trouble

ANSWER_SECONDS = 30
LAST_ANSWER_SECONDS = 300
"""To a whole message a server answers late: it looks at it first. Who gives up too soon sends it twice."""

_CLOSING = 421
_TOO_LARGE = 552
_WHY_BROKEN = (smtplib.SMTPException, OSError)


class Undelivered(Exception):
    """A message was not taken. detail: what the other side said; for_good: asked again it would say the same."""

    def __init__(self, trouble: Trouble, detail: str = "", *, for_good: bool = False) -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail
        self.for_good = for_good


class Postman:
    """Connects when there is the first message to hand over, and anew where the server has hung up meanwhile."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def hand_over(self, sender: str, recipient: str, message: bytes) -> None:
        """Give a message to the server; when this returns, the server has it. Raises Undelivered.

        Trouble.BROKEN_OFF: the connection was lost before the last answer; the server may have it all the same.
        """
        connection = self._begin(sender, len(message))
        try:
            self._agree(connection.rcpt(recipient), Trouble.RECIPIENT)
            if connection.sock is not None:
                connection.sock.settimeout(LAST_ANSWER_SECONDS)
            self._agree(_data(connection, message), Trouble.MESSAGE)
            if connection.sock is not None:
                connection.sock.settimeout(ANSWER_SECONDS)
        except _WHY_BROKEN as error:
            self.hang_up()
            raise Undelivered(Trouble.BROKEN_OFF, _said_by(error)) from error

    def close(self) -> None:
        """Take leave of the server."""
        if self._connection is not None:
            with suppress(*_WHY_BROKEN):
                self._connection.quit()
            self.hang_up()

    def hang_up(self) -> None:
        """Drop the connection without a word."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _begin(self, sender: str, size: int) -> smtplib.SMTP:
        """Say whom a message comes from. A server that hung up since the last message is called once more."""
        was_connected = self._connection is not None
        for is_last in (not was_connected, True):
            connection = self._connection or self._connect()
            try:
                options = [f"size={size}"] if connection.has_extn("size") else []
                code, answer = connection.mail(sender, options)
            except _WHY_BROKEN as error:
                self.hang_up()
                if is_last:
                    raise Undelivered(Trouble.BROKEN_OFF, _said_by(error)) from error
                continue
            if code == _CLOSING and not is_last:
                self.hang_up()
                continue
            # An address that is refused for good is wrong in the settings; anything else is about this message.
            is_the_address = code >= 500 and code != _TOO_LARGE
            self._agree((code, answer), Trouble.SENDER if is_the_address else Trouble.MESSAGE)
            return connection
        raise AssertionError("the last attempt either answers or fails")

    def _agree(self, answer: tuple[int, bytes], trouble: Trouble) -> None:
        code, words = answer
        if 200 <= code < 300:
            return
        detail = _said(f"{code} {words.decode('utf-8', 'replace')}")
        if code == _CLOSING:
            self.hang_up()
            raise Undelivered(Trouble.UNREACHABLE, detail)
        if self._connection is not None:
            try:
                self._connection.rset()
            except _WHY_BROKEN:
                self.hang_up()
        raise Undelivered(trouble, detail, for_good=code >= 500)

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        password = password_of(server) if server.user else ""
        if server.user and not password:
            raise Undelivered(Trouble.NO_PASSWORD)
        try:
            context = ssl.create_default_context(cafile=server.ca_file)
            if server.security is Security.TLS:
                connection: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=ANSWER_SECONDS, context=context
                )
            else:
                connection = smtplib.SMTP(server.host, server.port, timeout=ANSWER_SECONDS)
        except ssl.SSLError as error:
            raise Undelivered(Trouble.INSECURE, _said_by(error)) from error
        except _WHY_BROKEN as error:
            raise Undelivered(Trouble.UNREACHABLE, _said_by(error)) from error
        self._connection = connection
        try:
            if server.security is Security.STARTTLS:
                _start_tls(connection, context)
            if server.user:
                _log_in(connection, server.user, password)
            connection.ehlo_or_helo_if_needed()
        except _WHY_BROKEN as error:
            self.hang_up()
            raise Undelivered(Trouble.UNREACHABLE, _said_by(error)) from error
        except Undelivered:
            self.hang_up()
            raise
        return connection


def _start_tls(connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        connection.starttls(context=context)
    except (ssl.SSLError, smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as error:
        raise Undelivered(Trouble.INSECURE, _said_by(error)) from error


def _log_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    try:
        connection.login(user, password)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        raise Undelivered(Trouble.LOGIN, _said_by(error).replace(password, "***")) from None
    except ValueError:
        # A user or a password that smtplib cannot write down; its error would show it.
        raise Undelivered(Trouble.LOGIN, "not ASCII") from None


def _data(connection: smtplib.SMTP, message: bytes) -> tuple[int, bytes]:
    try:
        return connection.data(message)
    except smtplib.SMTPDataError as error:
        answer = error.smtp_error
        return error.smtp_code, answer if isinstance(answer, bytes) else answer.encode()


def _said_by(error: Exception) -> str:
    if not isinstance(error, smtplib.SMTPResponseException):
        return _said(str(error))
    answer = error.smtp_error
    return _said(f"{error.smtp_code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}")


def _said(words: str) -> str:
    """What another program said, on one line and harmless for a terminal, cut to what is kept of it."""
    return " ".join("".join(" " if unicodedata.category(one)[0] == "C" else one for one in words).split())[:300]

"""The mails that tell of an order: of which kind they are, where they stand, and what keeps one from being delivered.

The end user never receives mail from the system (オーダー⑥): a forward is a draft, and stays one.
"""

from datetime import timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """What a mail tells: provisioning is completed, a change was sent, an invoice is issued; or it is a forward."""

    COMPLETED = "completed"
    CHANGED = "changed"
    INVOICED = "invoiced"
    FORWARD = "forward"


class MailStatus(StrEnum):
    """Where a mail stands. A draft is never delivered: a person sends it, with a mail program of their own."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DRAFT = "draft"


class Trouble(StrEnum):
    """What keeps a mail from being delivered."""

    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    NO_PASSWORD = "no-password"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    MESSAGE = "message"
    BROKEN_OFF = "broken-off"

    @property
    def is_the_servers(self) -> bool:
        """Whether every other mail would meet it as well."""
        return self in _THE_SERVERS


# A sender that is not accepted stands in the settings, and so in every mail.
_THE_SERVERS = {Trouble.UNREACHABLE, Trouble.INSECURE, Trouble.NO_PASSWORD, Trouble.LOGIN, Trouble.SENDER}

FRESH = timedelta(days=5)
"""For so long after it was written a mail is delivered by itself: who sets up a mail server does not send a year's."""

TRIES = 28
"""After so many tries a mail has failed; with the growing pauses between them that is five days (RFC 5321 4.5.4.1)."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)
_LONGEST_PAUSE_OF_A_SERVER = timedelta(hours=1)


def pause_after(tries: int, trouble: Trouble) -> timedelta | None:
    """How long to wait after so many tries, doubling from a minute; None where there is no further try.

    What is the server's trouble is not held against a mail: it is tried for as long as it takes, at least every hour.
    """
    if trouble.is_the_servers:
        return min(_FIRST_PAUSE * (1 << min(tries - 1, 20)), _LONGEST_PAUSE_OF_A_SERVER)
    if tries >= TRIES:
        return None
    return min(_FIRST_PAUSE * (1 << tries - 1), _LONGEST_PAUSE)

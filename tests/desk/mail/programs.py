"""Programs that deliver mail as processes of their own: `python -m tests.desk.mail.programs NAME ARGUMENT…`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import event

from stellr_tui.desk.delivery import deliver_mail
from stellr_tui.desk.desk import Desk
from stellr_tui.reference.mail_settings import MailServer, Security
from stellr_tui.store.engine import Store, connect
from tests.desk.mail.posting import served
from tests.desk.programs import ROOT, desk_at, say, wait_for_the_moment


def start(name: str, *arguments: object) -> subprocess.Popen[str]:
    """Run one of the programs below."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desk.mail.programs", name, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _desk(store: Store, port: str) -> Desk:
    return served(desk_at(store), MailServer("localhost", int(port), Security.NONE))


def deliver(url: str, port: str) -> None:
    """Deliver what is due, at the moment that a line comes in."""
    with connect(url) as store:
        desk = _desk(store, port)
        wait_for_the_moment()
        say({key: value for key, value in asdict(deliver_mail(desk)).items() if key in ("sent", "put_off", "failed")})


def die_when_it_is_taken(url: str, port: str) -> None:
    """Deliver one mail, and be killed when the server has said 250 and before that is written down."""
    with connect(url) as store:

        def die(*given: Any) -> None:
            if "sent_message" in given[2] and given[2].startswith("UPDATE"):
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(store.engine, "before_cursor_execute", die)
        deliver_mail(_desk(store, port))


def die_before_it_is_sent(url: str, port: str) -> None:
    """Claim a mail, and be killed before it is handed over."""
    with connect(url) as store:
        claimed = []

        def note(*given: Any) -> None:
            claimed.extend([True] if given[2].startswith("UPDATE mail SET") else [])

        def die(*_: Any) -> None:
            if claimed:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(store.engine, "before_cursor_execute", note)
        event.listen(store.engine, "checkin", die)
        deliver_mail(_desk(store, port))


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {
        "deliver": deliver,
        "die-when-it-is-taken": die_when_it_is_taken,
        "die-before-it-is-sent": die_before_it_is_sent,
    }
    programs[sys.argv[1]](*sys.argv[2:])

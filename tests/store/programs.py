"""Programs that the tests run as processes of their own: `python -m tests.store.programs NAME ARGUMENT…`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from stellr_tui.store.engine import connect, take_number
from stellr_tui.store.schema import create_file, state, upgrade
from stellr_tui.store.tables import BillingAccount
from stellr_tui.store.unfinished import take_away_unfinished
from tests.store.rows import add_account

ROOT = Path(__file__).parents[2]


def start(name: str, *arguments: object) -> subprocess.Popen[str]:
    """Run one of the programs below."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.programs", name, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(program: subprocess.Popen[str]) -> list[str]:
    """The lines it printed, once it has ended well."""
    printed, _ = program.communicate(timeout=60)
    assert program.returncode == 0
    return printed.splitlines()


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def take(url: str, times: str) -> None:
    """Take numbers, each in its own transaction."""
    with connect(url) as store:
        for _ in range(int(times)):
            with store.writing() as session:
                say(take_number(session, "contract", first=1000))


def write_and_wait(url: str) -> None:
    """Be in the middle of a transaction until killed."""
    with connect(url) as store, store.writing() as session:
        add_account(session)
        take_number(session, "contract")
        say("written")
        sys.stdin.read()


def upgrade_it(url: str) -> None:
    with connect(url) as store:
        upgrade(store)


def look(url: str) -> None:
    """Say how the database stands, and whether Alembic was loaded for it."""
    with connect(url) as store:
        say(state(store))
        say("alembic" in sys.modules)


def create(path: str) -> None:
    """Say whether the order book was made here."""
    say(create_file(Path(path), furnish))


def begin_anew(path: str) -> None:
    """The same, with what a killed program left taken away before."""
    take_away_unfinished(Path(path))
    create(path)


def create_and_wait(path: str) -> None:
    """Be in the middle of creating an order book until told to go on, or killed."""

    def wait(session: Session) -> None:
        add_account(session)
        say("in the middle")
        sys.stdin.readline()

    say(create_file(Path(path), wait))


def furnish(session: Session) -> None:
    add_account(session)


def die_creating(folder: str, deaths: str) -> None:
    """Create an order book again and again, each time killed at a later moment; say what each death left behind.

    The moments are events that Python reports to auditors: opening, linking and removing files, connecting, compiling.
    """
    create_file(Path(folder) / "rehearsal.db", furnish)  # loads all modules
    events = count_events(Path(folder) / "count.db")
    for moment in sorted(
        {round(events * step / int(deaths)) for step in range(int(deaths))} | set(range(events - 12, events))
    ):
        path = Path(folder) / f"book-{moment}.db"
        child = os.fork()
        if child == 0:
            kill_at(moment)
            create_file(path, furnish)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        left = what_is(path)
        made_after = create_file(path, furnish)
        say(
            json.dumps({"killed": os.WIFSIGNALED(status), "left": left, "made_after": made_after, "now": what_is(path)})
        )


def count_events(path: Path) -> int:
    """How many events creating an order book makes; counted in a process of its own, as auditors cannot be removed."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        seen: list[str] = []
        sys.addaudithook(lambda event, _: seen.append(event))
        create_file(path, furnish)
        os.write(writing, str(len(seen)).encode())
        os._exit(0)
    os.wait()
    return int(os.read(reading, 20))


def kill_at(moment: int) -> None:
    """Kill this process, as kill -9 does, at its n-th event from now on."""
    remaining = [moment]

    def audit(event: str, _: object) -> None:
        remaining[0] -= 1
        if remaining[0] < 0 and event != "os.kill":
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)


def what_is(path: Path) -> str:
    if not path.exists():
        return "nothing"
    with connect(str(path)) as store:
        if state(store) != "current":
            return "half"
        with store.reading() as session:
            return "whole" if session.get(BillingAccount, "100001") else "half"


PROGRAMS: dict[str, Callable[..., None]] = {
    "take": take,
    "write-and-wait": write_and_wait,
    "upgrade": upgrade_it,
    "look": look,
    "create": create,
    "begin-anew": begin_anew,
    "create-and-wait": create_and_wait,
    "die-creating": die_creating,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])

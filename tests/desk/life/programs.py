"""Programs that the tests run as processes of their own: `python -m tests.desk.life.programs NAME ARGUMENT…`."""

import subprocess
import sys
from datetime import date

from stellr_tui.desk.closing import close_days
from stellr_tui.store.engine import connect
from tests.desk.programs import ROOT, desk_at, say, wait_for_the_moment


def start_closing(url: str, until: str) -> subprocess.Popen[str]:
    """Run `close` below."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desk.life.programs", url, until],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def close(url: str, until: str) -> None:
    """Work through the days until then, at the moment that a line comes in."""
    with connect(url) as store:
        desk = desk_at(store)
        wait_for_the_moment()
        closed = close_days(desk, date.fromisoformat(until))
        say({"invoices": closed.invoices, "delivered": closed.delivered, "reduced": closed.reduced})


if __name__ == "__main__":
    close(*sys.argv[1:])

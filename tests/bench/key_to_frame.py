"""How long it takes from a key to its painted frame, in our forms beside a bare Textual Input.

`python -m tests.bench.key_to_frame [ROUNDS]`

All run at once, each in a real terminal of its own, and get a key each by turns, so that whatever else the machine does
hits all alike. The time is from the byte written to the end of the frame that shows its character, as read from the
terminal. Before the next key what follows from it is done. The byte code is compiled beforehand for all.
"""

import os
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.bench.startup import compile_all
from tests.journeys.book import ROOT
from tests.journeys.clerk import Clerk
from tests.journeys.terminal import Terminal

HERE = Path(__file__).parent
ROWS, COLUMNS = 36, 120
ROUNDS = 100
WITHIN = 30.0
QUIET = 0.05
"""Seconds without output after which what follows from a key is done."""

TYPED = "あいうえおかきくけこ"  # no part of a control sequence
CLEARS = b"\x15"
FRAME_ENDS = b"\x1b[?2026l"

STELLR = ("-m", "stellr_tui")
BARE = (str(HERE / "bare_form.py"),)


def _at_once(clerk: Clerk) -> None:
    """The bare one is ready as soon as it is painted."""
    clerk.terminal.await_that(lambda: clerk.terminal.cursor != (0, 0), "the input has the focus")


def _at(label: str) -> Callable[[Clerk], None]:
    """A field of the form of a new end user."""

    def go(clerk: Clerk) -> None:
        clerk.sign_in()
        clerk.put_in_cart()
        clerk.open_end_user_form()
        clerk.go_to(label)

    return go


def _at_the_po_number(clerk: Clerk) -> None:
    """The field of the order page."""
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.go_to("発注番号")


PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[Clerk], None]]] = {
    "a bare Textual Input": (BARE, _at_once),
    "new end user, 担当者名": (STELLR, _at("担当者名")),
    "new end user, 会社名, with its kana": (STELLR, _at("会社名")),
    "order page, 発注番号": (STELLR, _at_the_po_number),
}


class Typist:
    """Types into the field that has the focus in a terminal, and looks at nothing but the bytes."""

    def __init__(self, terminal: Terminal) -> None:
        self._file: int = terminal._child.child_fd

    def milliseconds_to_frame(self, key: str) -> float:
        """From the byte of a key to the end of the frame that shows it. RuntimeError where none comes."""
        began = time.perf_counter()
        os.write(self._file, key.encode())
        written = b""
        while key.encode() not in written or not written.endswith(FRAME_ENDS):
            if not self._comes(WITHIN):
                raise RuntimeError(f"no frame for {key!r}: {written!r}")
            written += os.read(self._file, 65536)
        return (time.perf_counter() - began) * 1000

    def clear(self) -> None:
        """Empty the field."""
        os.write(self._file, CLEARS)

    def come_to_rest(self) -> None:
        """Read on until what follows has been painted."""
        while self._comes(QUIET):
            os.read(self._file, 65536)

    def _comes(self, within: float) -> bool:
        return bool(select.select([self._file], [], [], within)[0])


def main(rounds: int) -> None:
    """Measure and print."""
    compile_all()
    with ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        typists = {}
        for at, (name, (program, go)) in enumerate(PLACES.items()):
            own = home / str(at)
            own.mkdir()
            env = {"HOME": str(own), "PYTHONPATH": str(ROOT), "TEXTUAL_DISABLE_KITTY_KEY": "1"}
            terminal = Terminal([sys.executable, *program], rows=ROWS, columns=COLUMNS, env=env, cwd=own)
            opened.callback(terminal.close)
            go(Clerk(terminal))
            typists[name] = Typist(terminal)
        seen: dict[str, list[float]] = {name: [] for name in typists}
        for number in range(rounds):
            key = TYPED[number % len(TYPED)]
            for name, typist in typists.items():
                if number % len(TYPED) == 0:
                    typist.clear()
                typist.come_to_rest()
                seen[name].append(typist.milliseconds_to_frame(key))
                typist.come_to_rest()
    print(f"{rounds} keys each, by turns, on {os.cpu_count()} cores:")
    bare = statistics.median(next(iter(seen.values())))
    for name, times in seen.items():
        median = statistics.median(times)
        print(f"{name}: median {median:.1f} ms, min {min(times):.1f} ms, {median / bare:.2f} of the bare one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

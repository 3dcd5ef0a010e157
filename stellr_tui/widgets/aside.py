"""Another command of `stellr` in this terminal, while the app stands still and keeps everything as it is."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any

from stellr_tui.reference.texts import language

if TYPE_CHECKING:
    from textual.app import App

_TO_END = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]

_BETWEEN_LOOKS = 0.05  # seconds


def run_aside(app: App[Any], *command: str) -> None:
    """Run it to its end; the app does nothing meanwhile and is then as it was.

    Where the terminal goes away, or the system ends the app, the command is told so as well: the system tells only the
    app, and that hears it when the command has ended.

    Raises textual.app.SuspendNotSupported where there is no terminal to lend, as in a browser.
    """
    # A program of its own, from the place where this one was found and from no other.
    program = [sys.executable, "-P", "-m", "stellr_tui", *command, "--lang", language()]
    told: list[int] = []
    # Ctrl+C while it begins is meant for it. A handler, unlike ignoring, is not handed down to it.
    handlers: dict[int, Callable[[int], object]] = {signal.SIGINT: lambda _number: None}
    with app.suspend(), _handled(handlers | dict.fromkeys(_TO_END, told.append)):
        running = subprocess.Popen(program)
        # A signal may come to any thread, and is handled here between two looks only.
        while running.poll() is None:
            while told:
                running.send_signal(told.pop())
            sleep(_BETWEEN_LOOKS)


@contextmanager
def _handled(handlers: Mapping[int, Callable[[int], object]]) -> Iterator[None]:
    """Handle signals in a block; what waits for them in the event loop hears of them all the same, behind it."""
    before = {number: signal.signal(number, _only_number(handle)) for number, handle in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _only_number(handle: Callable[[int], object]) -> Callable[[int, object], None]:
    def handler(number: int, _frame: object) -> None:
        handle(number)

    return handler

"""Another command of `stellr` in this terminal, while the app stands still and keeps everything as it is."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from stellr_tui.reference.texts import language

if TYPE_CHECKING:
    from textual.app import App


def run_aside(app: App[Any], *command: str) -> None:
    """Run it to its end; the app does nothing meanwhile and is then as it was.

    Raises textual.app.SuspendNotSupported where there is no terminal to lend, as in a browser.
    """
    # A program of its own, from the place where this one was found and from no other.
    program = [sys.executable, "-P", "-m", "stellr_tui", *command, "--lang", language()]
    with app.suspend():
        # Ctrl+C while it begins is meant for it. A handler, unlike ignoring, is not handed down to it.
        before = signal.signal(signal.SIGINT, lambda *_anything: None)
        try:
            subprocess.run(program, check=False)
        finally:
            signal.signal(signal.SIGINT, before)

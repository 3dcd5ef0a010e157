"""A program in a real terminal, used as a person would: read the screen, press keys, wait until something is there."""

import os
import signal
import string
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pexpect

from tests.journeys.screen import Screen

WITHIN = 20.0
_A_MOMENT = 0.1
"""Seconds until a wait gives up; generous, for a busy machine with two cores."""

_ROW_OF_KEYS = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
_ROW_OF_KEYS |= {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_NUMBERED_KEYS = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f6": 17, "f7": 18, "f8": 19}
_NUMBERED_KEYS |= {"f9": 20, "f10": 21, "f11": 23, "f12": 24}
_KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "ctrl+backspace": "\x08",
    "space": " ",
    "ctrl+space": "\x00",
    "ctrl+backslash": "\x1c",
    "ctrl+right_square_bracket": "\x1d",
    "ctrl+circumflex_accent": "\x1e",
    "ctrl+underscore": "\x1f",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in string.ascii_lowercase},
    **{name: f"\x1bO{letter}" if name.startswith("f") else f"\x1b[{letter}" for name, letter in _ROW_OF_KEYS.items()},
    **{name: f"\x1b[{number}~" for name, number in _NUMBERED_KEYS.items()},
}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(key: str) -> bytes:
    """What an xterm sends for a key named as Textual names it: `a`, `ctrl+s`, `shift+tab`, `alt+left`, `f2`.

    ValueError for a key that a plain xterm has no bytes for.
    """
    if key in _KEYS:
        return _KEYS[key].encode()
    if len(key) == 1:
        return key.encode()
    *modifiers, name = key.split("+")
    if modifiers and all(modifier in _MODIFIERS for modifier in modifiers):
        code = 1 + sum(_MODIFIERS[modifier] for modifier in modifiers)
        if name in _ROW_OF_KEYS:
            return f"\x1b[1;{code}{_ROW_OF_KEYS[name]}".encode()
        if name in _NUMBERED_KEYS:
            return f"\x1b[{_NUMBERED_KEYS[name]};{code}~".encode()
        if modifiers[0] == "alt":
            return b"\x1b" + key_bytes("+".join([*modifiers[1:], name]))
    raise ValueError(f"a plain xterm sends nothing for {key}")


class Terminal:
    """A command running in a terminal of a size, in a clean environment of its own.

    Everything that waits does so for a condition, at most `within` seconds, and shows the screen when it gives up.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        rows: int = 30,
        columns: int = 100,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        program, *arguments = [str(part) for part in command]
        passed_on = {name: os.environ[name] for name in ("PATH", "HOME", "USER", "TMPDIR") if name in os.environ}
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            program,
            arguments,
            env={**passed_on, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(env or {})},
            cwd=None if cwd is None else str(cwd),
            dimensions=(rows, columns),
            timeout=WITHIN,
        )
        self._child.delaybeforesend = None
        self._screen = Screen(rows, columns, lambda answer: self._send(answer.encode()))
        self._ended = False
        self.written = b""
        """Everything the program has sent to the terminal so far."""

    @property
    def text(self) -> str:
        """The screen as it is now, a line for each row."""
        self._read(0)
        return "\n".join(self._screen.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, in cells from 0; where an input method would show its window."""
        self._read(0)
        return self._screen.cursor

    @property
    def from_cursor(self) -> str:
        """The row of the cursor, from the cursor on."""
        self._read(0)
        return self._screen.text_from(*self._screen.cursor)

    def where(self, text: str) -> tuple[int, int]:
        """Row and column of a text on the screen, in cells from 0; AssertionError where it is not shown."""
        self._read(0)
        place = self._screen.where(text)
        if place is None:
            raise AssertionError(self._report(f"{text!r} is not on the screen"))
        return place

    def await_that(self, condition: Callable[[], bool], wish: str, within: float = WITHIN) -> None:
        """Read on until a condition holds; `wish` says in the failure what was waited for."""
        if not self.comes_true(condition, within):
            raise AssertionError(self._report(f"waited in vain until {wish}"))

    def comes_true(self, condition: Callable[[], bool], within: float) -> bool:
        """Read on until a condition holds; False where it does not by then, or the program ends before."""
        deadline = time.monotonic() + within
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or self._ended:
                return False
            self._read(left)
        return True

    def come_to_rest(self) -> None:
        """Read on until nothing has been written for a moment: between two frames cursor and rows need not agree."""
        seen = -1
        while seen < len(self.written) and not self._ended:
            seen = len(self.written)
            self._read(_A_MOMENT)

    def await_text(self, text: str, within: float = WITHIN) -> tuple[int, int]:
        """Wait until a text is shown on one row; its place, as of `where`."""
        self.await_that(lambda: self._screen.where(text) is not None, f"{text!r} is shown", within)
        return self.where(text)

    def await_gone(self, text: str, within: float = WITHIN) -> None:
        """Wait until a text is shown no longer."""
        self.await_that(lambda: self._screen.where(text) is None, f"{text!r} is gone", within)

    def press(self, *keys: str) -> None:
        """Press keys, named as Textual names them.

        Escape only as the last one: what follows it at once is part of another key. Wait for its effect first.
        """
        if "escape" in keys[:-1]:
            raise ValueError("wait for the effect of escape before pressing the next key")
        self._send(b"".join(map(key_bytes, keys)))

    def type(self, text: str) -> None:
        """Type a text, or commit it with an input method: its bytes arrive all at once."""
        self._send(text.encode())

    def paste(self, text: str) -> None:
        """Paste a text from the clipboard, marked as pasted where the program asked for that."""
        self._read(0)
        if self._screen.wants_paste_marked:
            text = f"\x1b[200~{text}\x1b[201~"
        self._send(text.encode())

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size."""
        self._read(0)
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def kill9(self) -> None:
        """End the program, and what it started, with no chance to tidy up."""
        if self._child.pid is not None and self._child.isalive():
            os.killpg(self._child.pid, signal.SIGKILL)
        self.wait_closed()

    def hang_up(self) -> None:
        """Close the window: the system tells the program, and nobody answers it any more. Wait until it has ended."""
        process = vars(self._child)["ptyproc"]  # pexpect itself would send further signals
        process.fileobj.close()
        waiting = threading.Thread(target=process.wait, daemon=True)
        waiting.start()
        waiting.join(WITHIN)
        if waiting.is_alive():
            raise AssertionError(self._report("the program lives on without its terminal"))
        deadline = time.monotonic() + WITHIN
        while left := list(_living(process.pid)):
            if time.monotonic() > deadline:
                raise AssertionError(self._report(f"what the program started lives on without it: {left}"))
            time.sleep(_A_MOMENT)
        self._ended = self._child.closed = True

    def wait_closed(self, within: float = WITHIN) -> int:
        """Wait until the program has ended by itself; its exit status, or minus the signal that ended it."""
        deadline = time.monotonic() + within
        while not self._ended:
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(self._report("the program did not end"))
            self._read(left)
        if not self._child.terminated:
            self._child.wait()
        if self._child.exitstatus is not None:
            return self._child.exitstatus
        return -(self._child.signalstatus or 0)

    def close(self) -> None:
        """Take the terminal away, whatever runs in it."""
        self.kill9()
        self._child.close()

    def _send(self, data: bytes) -> None:
        self._child.send(data)

    def _read(self, wait: float) -> None:
        """Show what has been written by now; where there is nothing, wait for something."""
        timeout = wait
        while not self._ended:
            try:
                data = self._child.read_nonblocking(65536, timeout=timeout)
                self.written += data
                self._screen.feed(data)
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                self._ended = True
            timeout = 0

    def _report(self, what: str) -> str:
        rows, columns = self._screen.size
        state = "the program has ended" if self._ended else f"cursor at {self._screen.cursor}"
        rule = "-" * columns
        return "\n".join([f"{what} ({rows} rows, {columns} columns, {state})", rule, *self._screen.lines, rule])


def _living(group: int) -> Iterator[int]:
    """The processes of a group that have not ended."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, its_group = status.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                yield int(status.parent.name)

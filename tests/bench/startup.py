"""How long it takes from the start of the program to its first screen, beside a bare Textual app.

python tests/bench/startup.py [ROUNDS]

Both start in a real terminal, by turns, so that whatever else the machine does hits both alike. A start is over when
the expected words have arrived on the terminal. The byte code is compiled beforehand for both.
"""

import compileall
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WITHIN = 60.0
ROUNDS = 15
CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")

BARE = ("a bare Textual app", [sys.executable, str(HERE / "bare_app.py")], "用意ができました")
STELLR = ("stellr, to its login", [str(Path(sys.executable).with_name("stellr"))], "パスワード")


def seconds_to(words: str, command: Sequence[str], env: Mapping[str, str]) -> float:
    """Seconds from the start of a command until its terminal has got the words; RuntimeError when they do not come."""
    started = time.perf_counter()
    child: pexpect.spawn[bytes] = pexpect.spawn(
        command[0], list(command[1:]), env=dict(env), dimensions=(40, 120), timeout=WITHIN
    )
    written = b""
    try:
        # A word may change its colour half way: what counts is the text without the control sequences.
        while words.encode() not in CONTROL.sub(b"", written):
            written += child.read_nonblocking(65536, timeout=WITHIN)
        return time.perf_counter() - started
    except (pexpect.EOF, pexpect.TIMEOUT) as error:
        raise RuntimeError(f"{command} did not show {words}: {written!r}") from error
    finally:
        child.kill(9)
        child.close()


def compile_all() -> None:
    """Compile what both import: the packages installed, the program, and the bare app."""
    import textual

    for folder in (Path(textual.__file__).parents[1], ROOT / "stellr_tui", ROOT / "screens"):
        compileall.compile_dir(folder, quiet=2)


def main(rounds: int) -> None:
    """Measure and print."""
    compile_all()
    with tempfile.TemporaryDirectory() as home:
        env = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}
        env |= {"HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        env |= {"TEXTUAL_DISABLE_KITTY_KEY": "1"}
        seen: dict[str, list[float]] = {name: [] for name, _, _ in (BARE, STELLR)}
        for name, command, words in (BARE, STELLR):
            print(f"{name}, first start: {seconds_to(words, command, env):.3f} s")
        for _ in range(rounds):
            for name, command, words in (BARE, STELLR):
                seen[name].append(seconds_to(words, command, env))
    print(f"{rounds} starts each, by turns, on {os.cpu_count()} cores:")
    for name, times in seen.items():
        print(f"{name}: median {statistics.median(times):.3f} s, min {min(times):.3f} s, max {max(times):.3f} s")
    bare, stellr = (statistics.median(times) for times in seen.values())
    print(f"ratio of the medians: {stellr / bare:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

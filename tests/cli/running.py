"""Running `stellr`, in this process or in one of its own, and looking into the order book behind its back."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stellr_tui.desk.training import CUSTOMER

ROOT = Path(__file__).parents[2]
ORDERS = Path(__file__).parent / "orders"
WITHIN = 60.0
ANNUAL = "6900990"
MONTHLY = "9900990"


@dataclass(frozen=True)
class Result:
    """What a run of `stellr` left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Result]


def environment(**more: str) -> dict[str, str]:
    """The environment of this test, without anything else that would speak of Python's or our own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STELLR_", "PYTHONIO"))}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def start(
    *arguments: str | Path, env: Mapping[str, str] | None = None, stdout: int | None = None, stdin: int | None = None
) -> "subprocess.Popen[bytes]":
    """Start the real program."""
    return subprocess.Popen(
        [sys.executable, "-m", "stellr_tui", *map(str, arguments)],
        stdin=subprocess.PIPE if stdin is None else stdin,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        env=environment(**(env or {})),
    )


def finish(program: "subprocess.Popen[bytes]", given: bytes = b"") -> Result:
    """Wait until it has ended."""
    out, err = program.communicate(given, timeout=WITHIN)
    return Result(program.returncode, (out or b"").decode(), err.decode())


def run_program(*arguments: str | Path, given: bytes = b"", env: Mapping[str, str] | None = None) -> Result:
    """Run the real program to its end."""
    return finish(start(*arguments, env=env), given)


def example() -> dict[str, Any]:
    """The order of the description, as a document to change."""
    found: dict[str, Any] = json.loads((ORDERS / "example.json").read_text(encoding="utf-8"))
    return found


def changed(document: Mapping[str, Any], place: str, value: Any) -> dict[str, Any]:
    """The document with another value at `lines.1.seats`, positions counted from 1."""
    copy = deepcopy(dict(document))
    *way, last = place.split(".")
    inside: Any = copy
    for step in way:
        inside = inside[int(step) - 1] if step.isdecimal() else inside[step]
    inside[last] = value
    return copy


def without(document: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The document without the key `customer.contact.phone`."""
    copy = changed(document, place, None)
    *way, last = place.split(".")
    inside: Any = copy
    for step in way:
        inside = inside[int(step) - 1] if step.isdecimal() else inside[step]
    del inside[last]
    return copy


def written(folder: Path, document: object, name: str = "order.json") -> Path:
    """The document as a file."""
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def contents(database: Path) -> list[str]:
    """Everything an SQLite order book holds, as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def japanese(text: str) -> str:
    """The Japanese characters of a text."""
    return "".join(one for one in text if "\u3040" <= one <= "\u30ff" or "\u4e00" <= one <= "\u9fff")


def order(folder: Path, po_number: str, sku: str, seats: int) -> Path:
    """An order file of one line for the manual's own end user."""
    document = {"po_number": po_number, "customer": CUSTOMER, "lines": [{"sku": sku, "seats": seats}]}
    return written(folder, document, f"{po_number}.json")


def choose_policy(folder: Path, **values: str) -> None:
    """A policy of the user's own: each value as it stands in the file."""
    settings = folder / "home" / "stellr-tui"
    settings.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{key} = {value}\n" for key, value in values.items())
    (settings / "policy.toml").write_text(text, encoding="utf-8")

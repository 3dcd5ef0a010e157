"""Terminals for journeys, each with a home of its own, closed when the test is over."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from stellr_tui.cli import LANGUAGE_VARIABLE
from stellr_tui.desk.opening import open_desk
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language
from tests.journeys.book import ROOT
from tests.journeys.clerk import Clerk
from tests.journeys.terminal import Terminal


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> str:
    """The language of a journey: each is made in every one, unless it says in which."""
    found: str = request.param
    return found


@pytest.fixture
def told(spoken: str) -> Iterator[dict[str, str]]:
    """How the program is told the language, in which the clerk reads as well; the first one needs no telling."""
    use_language(spoken)
    yield {} if spoken == DEFAULT_LANGUAGE else {LANGUAGE_VARIABLE: spoken}
    use_language(DEFAULT_LANGUAGE)


class OpenTerminal(Protocol):
    """Opens a terminal with a command in it; the home folder of the test is its home and its working directory."""

    def __call__(
        self,
        *command: str | Path,
        rows: int = 30,
        columns: int = 100,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Terminal: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder, so that no journey meets the data or the settings of whoever runs it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def open_terminal(home: Path) -> Iterator[OpenTerminal]:
    """Open as many terminals as the test needs."""
    opened: list[Terminal] = []

    def open_one(
        *command: str | Path,
        rows: int = 30,
        columns: int = 100,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Terminal:
        terminal = Terminal(
            command, rows=rows, columns=columns, env={"HOME": str(home), **(env or {})}, cwd=cwd or home
        )
        opened.append(terminal)
        return terminal

    yield open_one
    for terminal in opened:
        terminal.close()


class SitDown(Protocol):
    """Opens `stellr` on the test's order book in a terminal, and gives a clerk before the login screen."""

    def __call__(
        self, size: tuple[int, int] = (24, 80), *, env: Mapping[str, str] | None = None, book: Path | None = None
    ) -> Clerk: ...


@pytest.fixture(scope="session")
def new_order_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training database as the first start makes it, to copy."""
    path = tmp_path_factory.mktemp("journeys") / "new.db"
    open_desk(str(path)).store.close()
    return path


@pytest.fixture
def order_book(new_order_book: Path, tmp_path: Path) -> Path:
    """A training database of this test's own."""
    return Path(shutil.copyfile(new_order_book, tmp_path / "stellr.db"))


@pytest.fixture
def sit_down(open_terminal: OpenTerminal, order_book: Path, told: dict[str, str]) -> SitDown:
    """Sit down as often as the test needs; each time the program starts anew."""

    def start(
        size: tuple[int, int] = (24, 80), *, env: Mapping[str, str] | None = None, book: Path | None = None
    ) -> Clerk:
        rows, columns = size
        terminal = open_terminal(
            sys.executable,
            "-m",
            "stellr_tui",
            "--database",
            book or order_book,
            rows=rows,
            columns=columns,
            env={"PYTHONPATH": str(ROOT), "TEXTUAL_ANIMATIONS": "none", **told, **(env or {})},
        )
        return Clerk(terminal)

    return start


class Learn(Protocol):
    """Opens `stellr lesson ...` in a terminal, and gives a clerk before it."""

    def __call__(self, *arguments: str, size: tuple[int, int] = (24, 80)) -> Clerk: ...


@pytest.fixture
def learn(open_terminal: OpenTerminal, home: Path, told: dict[str, str]) -> Learn:
    """Learn as often as the test needs; what is kept of it stays in the test's home folder."""

    def start(*arguments: str, size: tuple[int, int] = (24, 80)) -> Clerk:
        rows, columns = size
        terminal = open_terminal(
            sys.executable,
            "-m",
            "stellr_tui",
            "lesson",
            *arguments,
            rows=rows,
            columns=columns,
            env={
                "PYTHONPATH": str(ROOT),
                "TEXTUAL_ANIMATIONS": "none",
                "STELLR_LESSONS": str(home / "lessons"),
                **told,
            },
        )
        return Clerk(terminal)

    return start

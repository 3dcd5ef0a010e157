"""A fresh order book for each test, and `stellr` run in this process on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stellr_tui.cli import main
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.opening import open_desk
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, use_language
from tests.cli.running import Result, Run


@pytest.fixture(scope="session")
def new_order_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training database as the first start makes it, to copy."""
    path = tmp_path_factory.mktemp("cli") / "new.db"
    open_desk(str(path)).store.close()
    return path


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test meets the settings, the data or the language of whoever runs it, or of the test before."""
    for name in ("STELLR_DATABASE", "STELLR_LANG", "_STELLR_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture
def database(new_order_book: Path, tmp_path: Path) -> Path:
    """A training database of this test's own."""
    return Path(shutil.copyfile(new_order_book, tmp_path / "stellr.db"))


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    """The desk at that database."""
    desk = open_desk(str(database))
    yield desk
    desk.store.close()


@pytest.fixture
def stellr(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `stellr` in this process, on the database of this test."""
    monkeypatch.setenv("STELLR_DATABASE", str(database))

    def run(*arguments: str | Path) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return run

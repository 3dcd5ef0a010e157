"""The real app on a real order book of the test's own, under Textual's pilot."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from stellr_tui.app import StellrApp
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.opening import open_desk
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language
from stellr_tui.widgets.places import Place
from tests.screens.clerk import Clerk, Open


@pytest.fixture(scope="session")
def new_order_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training database as the first start makes it, to copy."""
    path = tmp_path_factory.mktemp("screens") / "new.db"
    open_desk(str(path)).store.close()
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs in each language, unless it says in which: `parametrize("spoken", ...)`."""
    given = [one.args[0] for one in metafunc.definition.iter_markers("parametrize")]
    if "spoken" in metafunc.fixturenames and not any("spoken" in names for names in given):
        metafunc.parametrize("spoken", LANGUAGES)


@pytest.fixture(autouse=True)
def own_place(spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test meets the settings, the data or the language of whoever runs it, or of the test before."""
    use_language(spoken)
    for name in ("STELLR_DATABASE", "STELLR_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The user's settings folder."""
    folder = tmp_path / "home" / "stellr-tui"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def database(new_order_book: Path, tmp_path: Path) -> Path:
    """A training database of this test's own."""
    return Path(shutil.copyfile(new_order_book, tmp_path / "stellr.db"))


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    """The desk at that database, beside the app's."""
    desk = open_desk(str(database))
    yield desk
    desk.store.close()


@pytest.fixture
def lucy(desk: Desk) -> SignedIn:
    """The manual's reseller contact."""
    return at_the_command_line(desk)


@pytest.fixture
def login_screen(database: Path) -> Open:
    """Open the app; it stands at its login screen."""

    def open_app(size: tuple[int, int] = (100, 40)) -> AbstractAsyncContextManager[Clerk]:
        return opened(StellrApp(str(database)), size)

    return open_app


@pytest.fixture
def portal(database: Path, lucy: SignedIn) -> Open:
    """Open the app at a place, with Lucy signed in already; the way there has tests of its own."""

    @asynccontextmanager
    async def open_at(place: Place, by: SignedIn = lucy, size: tuple[int, int] = (100, 40)) -> AsyncIterator[Clerk]:
        async with opened(SignedInApp(str(database), by, place), size) as clerk:
            await clerk.arrives(place)
            yield clerk

    return open_at


class SignedInApp(StellrApp):
    """The app as it stands behind the login."""

    def __init__(self, database: str, by: SignedIn, place: Place) -> None:
        super().__init__(database)
        self._begin_as = by, place

    def begin(self) -> None:
        self.begin_at(*self._begin_as)


@asynccontextmanager
async def opened(app: StellrApp, size: tuple[int, int]) -> AsyncIterator[Clerk]:
    """An app for as long as a block lasts."""
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Clerk(app, pilot)
        if app._desk is not None:
            await pilot.pause()
    if app._desk is not None:
        app._desk.store.close()

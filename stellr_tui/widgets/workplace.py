"""What every screen finds around it: the desk, who is signed in, the business date, and the way to other pages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from threading import Lock
from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import var

if TYPE_CHECKING:
    from stellr_tui.desk.clock import Clock
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.widgets.places import Place


class Workplace(App[None]):
    """The app as screens know it."""

    clock: var[Clock | None] = var(None)
    """The business date as last read from the order book."""

    def __init__(self, database: str | None = None) -> None:
        super().__init__()
        self.signed_in: SignedIn | None = None
        self.typed: dict[Hashable, dict[str, str]] = {}
        """What was typed into forms that have been left, by form; it comes back with the form."""
        self._database = database
        self._desk: Desk | None = None
        self._opening = Lock()

    def desk(self) -> Desk:
        """The desk, opened at the first call. Call it from a thread: opening reads files and may make a database."""
        with self._opening:
            if self._desk is None:
                from stellr_tui.desk.desk import open_desk

                self._desk = open_desk(self._database)
            return self._desk

    @property
    def user(self) -> SignedIn:
        """Who is signed in. Pages behind the login are only ever reached by someone."""
        if self.signed_in is None:
            raise RuntimeError("nobody is signed in")
        return self.signed_in

    @abstractmethod
    def go(self, place: Place) -> None:
        """Show another page in place of the one that is shown."""

    @abstractmethod
    def back(self) -> None:
        """Show the page that was left last."""

    @abstractmethod
    def sign_out(self) -> None:
        """Leave the portal for the login screen; what was typed is forgotten."""

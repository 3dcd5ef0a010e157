"""ECNex portal: the tile StreamOne Stellr opens Stellr."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.places import Home
from stellr_tui.widgets.tiles import Tile, Tiles
from stellr_tui.widgets.words import Words


class PortalPage(Page):
    """The portal behind the login."""

    CSS_PATH = "portal.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "sign_out", N_("ログアウト"), id="portal.sign-out")]

    def crumbs(self) -> Sequence[str]:
        return ["ECNex"]

    def compose_page(self) -> Iterable[Widget]:
        yield Words(_("StreamOne Stellr タイルを選んでください。"), classes="section")
        yield Tiles([Tile("StreamOne Stellr", id="tile-stellr")], id="tiles")

    def on_mount(self) -> None:
        self.query_one("#tile-stellr").focus()

    @on(Button.Pressed, "#tile-stellr")
    def _open(self) -> None:
        self.workplace.go(Home())

    def action_sign_out(self) -> None:
        """Back to the login."""
        self.workplace.sign_out()

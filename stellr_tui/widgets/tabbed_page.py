"""A page whose parts stand behind tabs; keys walk through them, whatever has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TabbedContent, TabPane, Tabs

from stellr_tui.reference.texts import N_
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.rows import Rows

_TABS = Binding.Group(N_("タブ"), compact=True)


class TabbedPage(Page):
    """A page with one `TabbedContent`. F7 and F8, which every terminal sends, open the tab before and behind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "open_tab(-1)", N_("前のタブ"), id="tabs.previous", group=_TABS),
        Binding("f8", "open_tab(1)", N_("次のタブ"), id="tabs.next", group=_TABS),
    ]

    def action_open_tab(self, step: int) -> None:
        """Open the tab so many further on, round and round, and go to what can be done there.

        The focus goes to the tab's table or what else there takes it, else to the bar of the tabs; Textual opens
        the tab that holds the focus, so it must not stay in another one.
        """
        tabs = self.query_one(TabbedContent)
        panes = list(tabs.query(TabPane))
        pane = panes[([one.id for one in panes].index(tabs.active) + step) % len(panes)]
        inside: list[Widget] = [*pane.query(Rows), *pane.query("*")]
        self.set_focus(next((one for one in inside if one.focusable), tabs.query_one(Tabs)))
        tabs.active = pane.id or ""

"""管理と実績: 必要なアクション, all subscriptions, invoices, the operator's queue, and the mails of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TabbedContent

from screens.results.figures import FiguresTab
from screens.results.invoices import InvoicesTab
from screens.results.mail import MailTab
from screens.results.queue import QueueTab
from screens.results.subscriptions import SubscriptionsTab
from screens.results.waiting import WaitingTab
from screens.save_file import save_calendar
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.tabbed_page import TabbedPage


class ResultsPage(TabbedPage):
    """管理と実績."""

    CSS_PATH = "page.tcss"
    area = "results"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "export_dates", N_("カレンダー"), id="results.export-dates"),
    ]

    def __init__(self, tab: str = "") -> None:
        """Begin at a tab by its id, by default at the one that was left."""
        super().__init__()
        self._begins_at = tab
        self._tab = ""

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("管理と実績"), *([_(self._tab)] if self._tab else [])]

    def compose_page(self) -> Iterable[Widget]:
        begins_at = "" if self.is_as_left else self._begins_at
        with TabbedContent(id="tabs", initial=begins_at or self.left_at("tabs")):
            yield WaitingTab()
            yield SubscriptionsTab()
            yield InvoicesTab()
            yield FiguresTab()
            if self.workplace.user.may_answer:
                yield QueueTab()
            yield MailTab()

    @on(TabbedContent.TabActivated)
    def _open(self, event: TabbedContent.TabActivated) -> None:
        """The breadcrumb says which tab is open, and what it shows is read now."""
        if isinstance(event.pane, PageTab):
            self._tab = event.pane.heading
            event.pane.load()
        self.show_crumbs()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The dates are those of 必要なアクション, also where nothing waits and the focus is not in the tab."""
        if action == "export_dates":
            # None yet while the page comes, and none any more while it goes.
            return any(tabs.active == WaitingTab.tab_id for tabs in self.query(TabbedContent))
        return super().check_action(action, parameters)

    def action_export_dates(self) -> None:
        """Deadlines, deliveries and invoices for a calendar."""
        save_calendar(self)

    def mail_moved(self) -> None:
        """Read the mails anew, or what they ask someone to do."""
        pane = self.query_one(TabbedContent).active_pane
        if isinstance(pane, MailTab | WaitingTab):
            pane.load()

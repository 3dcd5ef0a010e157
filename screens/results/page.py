"""管理と実績: 必要なアクション, all subscriptions, invoices, the operator's queue, and the mails of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import TabbedContent

from screens.results.figures import FiguresTab
from screens.results.invoices import InvoicesTab
from screens.results.mail import MailTab
from screens.results.queue import QueueTab
from screens.results.subscriptions import SubscriptionsTab
from screens.results.waiting import WaitingTab
from stellr_tui.reference.texts import _
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.tabbed_page import TabbedPage


class ResultsPage(TabbedPage):
    """管理と実績."""

    CSS_PATH = "page.tcss"
    area = "results"

    def __init__(self, tab: str = "") -> None:
        """Begin at a tab by its id, by default at the one that was left."""
        super().__init__()
        self._begins_at = tab
        self._tab = ""

    def crumbs(self) -> Sequence[str]:
        return ["ECNex", "StreamOne Stellr", _("管理と実績"), *([self._tab] if self._tab else [])]

    def compose_page(self) -> Iterable[Widget]:
        with TabbedContent(id="tabs", initial=self._begins_at or self.left_at("tabs")):
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
        self._tab = event.tab.label_text
        self.show_crumbs()
        if isinstance(event.pane, PageTab):
            event.pane.load()

    def mail_moved(self) -> None:
        """Read the mails anew, or what they ask someone to do."""
        pane = self.query_one(TabbedContent).active_pane
        if isinstance(pane, MailTab | WaitingTab):
            pane.load()

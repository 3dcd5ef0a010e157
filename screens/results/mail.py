"""メール: the outbox, the newest first, each mail readable as the reseller gets it (オーダー⑦)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from screens.reading import ReadDialog
from stellr_tui.desk.outbox import Letter, OpenedLetter, list_mail, read_mail
from stellr_tui.desk.pages import Page as RowsPage
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.rows import Column, Rows


class MailTab(PageTab):
    """メール."""

    heading = N_("メール")
    tab_id = "tab-mail"

    def __init__(self) -> None:
        super().__init__()
        self._older: int | None = None

    def compose(self) -> ComposeResult:
        yield Rows(_columns(), id="mail")

    def load(self) -> None:
        self.ask(lambda desk: list_mail(desk, self.workplace.user), self._show, about="mail", latest_only=True)

    def _show(self, page: RowsPage[Letter]) -> None:
        self._older = page.next
        self.query_one("#mail", Rows).fill((str(one.id), _cells(one)) for one in page.rows)

    def _append(self, page: RowsPage[Letter]) -> None:
        self._older = page.next
        self.query_one("#mail", Rows).append((str(one.id), _cells(one)) for one in page.rows)

    @on(Rows.EndReached, "#mail")
    def _read_older(self) -> None:
        before = self._older
        if before is not None:
            self.ask(lambda desk: list_mail(desk, self.workplace.user, before), self._append, about="more-mail")

    @on(DataTable.RowSelected, "#mail")
    def _open(self, event: DataTable.RowSelected) -> None:
        number = int(event.row_key.value or "0")
        self.ask(lambda desk: read_mail(desk, self.workplace.user, number), self._read, about="read-mail")

    def _read(self, one: OpenedLetter) -> None:
        self.app.push_screen(ReadDialog(one.subject, f"{one.recipient_name} <{one.recipient}>\n\n{one.body}"))


def _cells(one: Letter) -> Sequence[str]:
    return [one.written_on.isoformat(), one.subject, one.recipient]


def _columns() -> Sequence[Column]:
    return (Column(_("日付"), 11, 0), Column(_("件名"), 58, 1), Column(_("宛先"), 30, 1))

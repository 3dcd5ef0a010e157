"""承認待ち: the operator's queue of contracts in Manual Provisioning, 承認 and 差戻し."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from screens.confirm import Confirm
from screens.one_line import OneLine
from stellr_tui.desk.approval import Queued, approval_queue, approve, send_back
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.widgets.names_keys import NamesKeys
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class QueueTab(PageTab, NamesKeys):
    """承認待ち."""

    heading = N_("承認待ち")
    tab_id = "tab-queue"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "send_back", N_("差し戻す"), id="results.send-back"),
    ]

    def compose(self) -> ComposeResult:
        yield Words(self._words(), id="queue-words", classes="note")
        yield Rows(_columns(), id="queue")

    def name_keys(self) -> None:
        self.query_one("#queue-words", Words).update(self._words())

    def _words(self) -> str:
        return _("Enter で承認、{key} で差戻し。").format(key=self.cap("results.send-back"))

    def load(self) -> None:
        self.ask(lambda desk: approval_queue(desk, self.workplace.user), self._show, about="queue")

    def _show(self, queue: Sequence[Queued]) -> None:
        self.query_one("#queue", Rows).fill((str(one.contract_number), _cells(one)) for one in queue)

    @on(DataTable.RowSelected, "#queue")
    @work
    async def _approve(self, event: DataTable.RowSelected) -> None:
        number = int(event.row_key.value or "0")
        question = _("契約番号 {number} を承認します。よろしいですか。").format(number=number)
        if await self.app.push_screen_wait(Confirm(question, _("承認する"))):
            self.ask(
                lambda desk: approve(desk, self.workplace.user, number),
                lambda _delivered_on: self.load(),
                about="approve",
            )

    @work
    async def action_send_back(self) -> None:
        """差戻し of the contract under the cursor."""
        current = self.query_one("#queue", Rows).current
        if current is None:
            return
        number = int(current)
        reason = await self.app.push_screen_wait(OneLine(_("差し戻す"), "reason", fields.text, yes=_("差し戻す")))
        if reason is not None:
            self.ask(
                lambda desk: send_back(desk, self.workplace.user, number, reason),
                lambda _nothing: self.load(),
                about="send-back",
            )


def _cells(one: Queued) -> Sequence[str]:
    return [
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        one.service,
        str(one.seats),
        one.sent_on.isoformat(),
        one.delivered_on.isoformat(),
        one.approved_on.isoformat() if one.approved_on else "",
    ]


def _columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("エンドユーザー"), 26, 0),
        Column(_("サービス"), 24, 0),
        Column(_("数量"), 6, 1, right=True),
        Column(_("送信日"), 11, 2),
        Column(_("納品"), 11, 2),
        Column(_("承認日"), 11, 2),
    )

"""The rows of a list of contracts: ＋数量追加, －数量減少 and 解約 of the one under the cursor (オーダー⑧)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable

from screens.change import ChangeWizard, why_not
from stellr_tui.desk.changes import Kind
from stellr_tui.desk.subscriptions import Subscription
from stellr_tui.reference.labels import next_change
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.asking import asking_screen
from stellr_tui.widgets.paged_rows import PagedRows


class ContractRows(PagedRows):
    """Contracts, each found as a `Subscription`. `Changed` says that a change of one was sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "change('add')", N_("＋数量追加"), id="contracts.add"),
        Binding("minus", "change('reduce')", N_("－数量減少"), id="contracts.reduce"),
        Binding("ctrl+d", "change('cancel')", N_("解約"), id="contracts.cancel"),
        Binding("ctrl+r", "again", N_("同じ内容で再発注"), id="contracts.again", show=False),
        # The same keys where the contract does not take the change: they say why.
        Binding("plus", "say_why_not('add')", N_("＋数量追加"), id="contracts.add", show=False),
        Binding("minus", "say_why_not('reduce')", N_("－数量減少"), id="contracts.reduce", show=False),
        Binding("ctrl+d", "say_why_not('cancel')", N_("解約"), id="contracts.cancel", show=False),
    ]

    past_day: date | None = None
    """The past day as of which the contracts are shown; None where they are shown as they are."""

    class Changed(Message):
        """A change of one of the contracts was sent: the list reads otherwise now."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A change is offered where it is possible; else its key says why not."""
        if action in ("change", "say_why_not"):
            possible = not self._why_not(Kind(str(parameters[0])))
            return self.current is not None and possible == (action == "change")
        if action == "again":
            return self.current is not None
        return super().check_action(action, parameters)

    @on(DataTable.RowHighlighted)
    def _offer(self) -> None:
        """Each contract stands elsewhere, and is offered something else."""
        self.screen.refresh_bindings()

    @work
    async def action_change(self, kind: str) -> None:
        """＋数量追加, －数量減少, 解約 of the contract under the cursor: the change wizard."""
        sent = await self.app.push_screen_wait(ChangeWizard(self._contract(), Kind(kind)))
        if sent is not None:
            words = _("契約番号 {number} の変更を受け付けました: {change}").format(
                number=sent.contract_number, change=next_change(sent.kind, sent.seats, sent.takes_effect_on)
            )
            self.app.notify(words, markup=False)
            self.post_message(self.Changed())

    def action_say_why_not(self, kind: str) -> None:
        """Why the contract under the cursor does not take the change."""
        asking_screen(self).show_refusal(tuple(self._why_not(Kind(kind))))

    def action_again(self) -> None:
        """同じ内容で再発注: the order that the contract under the cursor came from, once more."""
        asking_screen(self).workplace.quick_order(self._contract().contract_number)

    def _contract(self) -> Subscription:
        contract: Subscription = self.found(self.current or "")
        return contract

    def _why_not(self, kind: Kind) -> Sequence[Finding]:
        return () if self.current is None else why_not(self._contract(), kind, self.past_day)

"""必要なアクション: orders without provisioning, changes that wait, and lots that cannot be billed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from stellr_tui.desk.changes import WaitingChange, waiting_changes
from stellr_tui.desk.invoicing import Parked, parked_lots
from stellr_tui.desk.orders import WaitingOrder, orders_waiting
from stellr_tui.desk.outbox import MailInTrouble, mail_in_trouble
from stellr_tui.reference.labels import next_change, trouble_words
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.places import OrderCreated, SubscriptionPage
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class WaitingTab(PageTab):
    """必要なアクション."""

    heading = N_("必要なアクション")
    tab_id = "tab-waiting"

    def compose(self) -> ComposeResult:
        yield Words(id="waiting-words", classes="note")
        yield Rows(_waiting_columns(), id="waiting")
        yield Rows(_change_columns(), id="changes")
        yield Words(id="parked", classes="warning")
        yield Words(id="mail-in-trouble", classes="warning")

    def load(self) -> None:
        user = self.workplace.user
        self.ask(
            lambda desk: (
                orders_waiting(desk, user),
                waiting_changes(desk, user),
                parked_lots(desk, user),
                mail_in_trouble(desk, user, limit=1),
            ),
            lambda read: self._show(*read),
            about="waiting",
        )

    def _show(
        self,
        waiting: Sequence[WaitingOrder],
        changes: Sequence[WaitingChange],
        parked: Sequence[Parked],
        mail: MailInTrouble,
    ) -> None:
        words = "" if mail.count else _("必要なアクションはありません。")
        if waiting:
            words = _("プロビジョニング情報の送信を待っているオーダー: {count}件").format(count=len(waiting))
        self.query_one("#waiting-words", Words).update(words)
        rows = self.query_one("#waiting", Rows)
        rows.display = bool(waiting)
        rows.fill((str(one.order.id), _waiting_cells(one)) for one in waiting)
        planned = self.query_one("#changes", Rows)
        planned.display = bool(changes)
        planned.fill((f"{one.contract_number}/{at}", _change_cells(one)) for at, one in enumerate(changes))
        stuck = self.query_one("#parked", Words)
        stuck.display = bool(parked)
        stuck.update("\n".join(_parked_words(one) for one in parked))
        unsent = self.query_one("#mail-in-trouble", Words)
        unsent.display = mail.count > 0
        unsent.update(_mail_words(mail))
        if self.screen.focused is None:
            (rows if waiting else planned if changes else self.screen.query_one("#tabs ContentTabs")).focus()

    @on(DataTable.RowSelected, "#waiting")
    def _open_order(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(OrderCreated(int(event.row_key.value or "0")))

    @on(DataTable.RowSelected, "#changes")
    def _open_contract(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(SubscriptionPage(int((event.row_key.value or "0").split("/")[0])))


def _waiting_cells(one: WaitingOrder) -> Sequence[str]:
    cutoff = _("{day} (あと{days}日)").format(day=one.cutoff_on, days=one.days_left)
    if one.missed_cutoff:
        cutoff = _("{day} を過ぎました").format(day=one.missed_cutoff)
    return [
        one.order.po_number,
        str(one.order.end_user),
        ", ".join(str(contract.number) for contract in one.order.contracts),
        one.order.created_on.isoformat(),
        cutoff,
        _("{day} 納品").format(day=one.delivered_on),
    ]


def _change_cells(one: WaitingChange) -> Sequence[str]:
    return [
        str(one.contract_number),
        f"{one.customer_number} - {one.company}",
        next_change(one.kind, one.seats, one.takes_effect_on),
        one.deadline.isoformat(),
    ]


def _parked_words(one: Parked) -> str:
    words = _("契約番号 {number} は {day} から請求できません。{reason}")
    reason = sentence(Finding(one.reason, "sku", one.sku))
    return words.format(number=one.contract_number, day=one.parked_on, reason=reason)


def _mail_words(mail: MailInTrouble) -> str:
    words = _("送信できない通知: {count}件。{reason} 「メール」のタブで確認し、再送信できます。")
    reasons = [trouble_words(one.trouble, one.detail) for one in mail.letters]
    return words.format(count=mail.count, reason=reasons[0]) if reasons else ""


def _waiting_columns() -> Sequence[Column]:
    return (
        Column(_("発注番号"), 24, 0),
        Column(_("エンドユーザー"), 28, 0),
        Column(_("契約番号"), 14, 1),
        Column(_("発注日"), 12, 1),
        Column(_("締切"), 28, 2),
        Column(_("今日送信すると"), 28, 2),
    )


def _change_columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("エンドユーザー"), 28, 0),
        Column(_("次の変更"), 32, 1),
        Column(_("受付期限"), 12, 1),
    )

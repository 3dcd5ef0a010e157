"""必要なアクション: everything that waits for someone, what has to be done first coming first; each opens its place."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from stellr_tui.desk.actions import Action, Actions, Need, actions_needed
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.pages import PAGE, Page
from stellr_tui.reference.labels import mail_trouble, need_label, next_change
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.page_tab import PageTab
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.places import OrderCreated, Place, Results, SubscriptionPage
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words

_CHANGES = (Need.ADD, Need.REDUCE, Need.CANCEL)


class WaitingTab(PageTab):
    """必要なアクション."""

    heading = N_("必要なアクション")
    tab_id = "tab-waiting"

    def compose(self) -> ComposeResult:
        yield Words(id="waiting-words", classes="note")
        yield PagedRows(_columns(), id="waiting")
        yield Words(id="waiting-detail")

    def load(self) -> None:
        user = self.workplace.user

        def page(desk: Desk, after: int | None) -> Page[Action]:
            found = actions_needed(desk, user, after=after or 0, limit=PAGE)
            return Page(found.rows, found.next)

        self.query_one("#waiting", PagedRows).read("waiting", page, _row)
        self.ask(
            lambda desk: _summary(actions_needed(desk, user, limit=0)),
            lambda said: self.query_one("#waiting-words", Words).update(said),
            about="waiting-words",
            latest_only=True,
        )

    @on(PagedRows.Filled)
    def _begin(self, event: PagedRows.Filled) -> None:
        event.rows.display = bool(event.rows.keys)
        self._show_detail()
        if self.screen.focused is None:
            (event.rows if event.rows.keys else self.screen.query_one("#tabs ContentTabs")).focus()

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        """The row under the cursor in full: a reason can be longer than its cell."""
        rows = self.query_one("#waiting", PagedRows)
        self.query_one("#waiting-detail", Words).update(_detail(rows.found(rows.current)) if rows.current else "")

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        one = self.query_one("#waiting", PagedRows).found(event.row_key.value or "")
        self.workplace.go(_place_of(one, may_answer=self.workplace.user.may_answer))


def _place_of(one: Action, *, may_answer: bool) -> Place:
    """Where something can be done about it; what others have to approve is at least to be seen."""
    if one.order_id is not None:
        return OrderCreated(one.order_id)
    if one.need is Need.APPROVE and may_answer:
        return Results("tab-queue")
    if one.contract_number is None or one.mail:
        return Results("tab-mail")
    return SubscriptionPage(one.contract_number)


def _summary(actions: Actions) -> str:
    if not actions.total:
        return _("必要なアクションはありません。")
    parts = []
    if actions.orders:
        words = _("プロビジョニング情報の送信を待っているオーダー: {count}件")
        parts.append(words.format(count=actions.orders))
    if actions.others:
        parts.append(_("そのほか: {count}件").format(count=actions.others))
    return "  ".join(parts)


def _row(one: Action) -> tuple[str, Sequence[str]]:
    return f"{one.need}-{one.contract_number}-{one.position}", _cells(one)


def _cells(one: Action) -> Sequence[str]:
    number = "" if one.contract_number is None else str(one.contract_number)
    return [
        _deadline(one),
        need_label(one.need),
        f"{one.po_number} ({number})" if one.po_number else number,
        "" if one.customer_number is None else f"{one.customer_number} - {one.company}",
        _detail(one),
    ]


def _deadline(one: Action) -> str:
    if one.by is None and one.mail:
        return _("期限なし")
    if one.by is None:
        return _("期限を過ぎました")
    return _("{day} (あと{days}日)").format(day=one.by, days=one.days_left)


def _detail(one: Action) -> str:
    """What it is about: why it cannot go on, or what will happen and when."""
    if one.mail:
        return mail_trouble(one.mail.id, one.mail.trouble, one.mail.detail)
    if one.reason:
        return _("理由: {reason}").format(reason=one.reason)
    if one.finding:
        return sentence(one.finding)
    if one.need in _CHANGES and one.takes_effect_on:
        return next_change(one.need, one.seats or 0, one.takes_effect_on)
    if one.need is Need.RENEWAL:
        words = _("{day} に{seats}シートを更新")
    elif one.need is Need.APPROVE:
        words = _("{day} に{seats}シートを納品")
    else:
        words = _("今日送信すると {day} 納品")
    return words.format(day=one.takes_effect_on, seats=one.seats)


def _columns() -> Sequence[Column]:
    return (
        Column(_("期限"), 22, 0),
        Column(_("必要なアクション"), 36, 0),
        Column(_("発注番号 / 契約番号"), 24, 0),
        Column(_("エンドユーザー"), 28, 1),
        Column(_("詳細"), 34, 1),
    )

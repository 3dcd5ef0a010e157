"""Storefront, as an end user with access would see it: own contracts, seats, term and the selling price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget

from stellr_tui.desk.end_users import EndUser
from stellr_tui.desk.storefront import Offered, storefront_of
from stellr_tui.reference.labels import plan_label, status_label, term
from stellr_tui.reference.texts import _
from stellr_tui.rules import money
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.rows import Column
from stellr_tui.widgets.words import Words


class StorefrontView(Dialog[None]):
    """What the end user would see; nothing of what the reseller pays."""

    CSS_PATH = "storefront_view.tcss"

    def __init__(self, end_user: EndUser) -> None:
        super().__init__()
        self._end_user = end_user

    def title_text(self) -> str:
        return f"Storefront  {self._end_user.company}"

    def compose_dialog(self) -> Iterable[Widget]:
        words = _("アクセスを許可すると、エンドユーザー様にはこのように表示されます。")
        if self._end_user.storefront_access:
            words = _("エンドユーザー様にはこのように表示されます。")
        yield Words(words, classes="note")
        yield PagedRows(_columns(), id="offered")
        yield Words(_("契約はまだありません。"), id="nothing-offered")
        yield Words(_("ご注意: 価格には税抜き価格です。"), classes="note")

    def on_mount(self) -> None:
        """Read what is shown."""
        self.query_one("#nothing-offered").display = False
        user, customer = self.workplace.user, self._end_user.number
        self.query_one(PagedRows).read(None, lambda desk, after: storefront_of(desk, user, customer, after), _row)

    @on(PagedRows.Filled)
    def _begin(self) -> None:
        rows = self.query_one(PagedRows)
        rows.display = bool(rows.keys)
        self.query_one("#nothing-offered").display = not rows.keys
        (rows if rows.keys else self.query_one("#close")).focus()


def _row(one: Offered) -> tuple[str, Sequence[str]]:
    cells = [
        one.service,
        str(one.contract_number),
        str(one.seats),
        _("お問い合わせください") if one.amount is None else money.yen(one.amount),
        plan_label(one.plan),
        status_label(one.status),
        term(one.term_starts_on, one.term_ends_on),
    ]
    return str(one.contract_number), cells


def _columns() -> Sequence[Column]:
    return (
        Column(_("サブスクリプション"), 16, 0),
        Column(_("契約番号"), 9, 0),
        Column(_("シート数"), 8, 1, right=True),
        Column(_("販売価格"), 20, 1, right=True),
        Column(_("契約期間"), 14, 2),
        Column(_("ステータス"), 19, 2),
        Column(_("期間"), 23, 2),
    )

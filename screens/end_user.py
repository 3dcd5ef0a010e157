"""顧客管理, one end user: the company, its locations and contacts, and its contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, DataTable

from screens.edit_end_user import EditEndUserScreen
from screens.subscriptions import add_subscription
from stellr_tui.desk.clock import TOKYO
from stellr_tui.desk.end_user_changes import end_user_history
from stellr_tui.desk.end_user_history import PastChange
from stellr_tui.desk.end_users import ContactForm, EndUser, Location, end_user, set_storefront_access
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions
from stellr_tui.reference.change_labels import change_kind, changed_label, changed_text
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import price, status_label, term
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.paged_rows import PagedRows
from stellr_tui.widgets.places import SubscriptionPage, Subscriptions
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words, relabel


class EndUserDetailPage(Page):
    """An end user in full. Enter on a contract opens it."""

    CSS_PATH = "end_user.tcss"
    area = "customers"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "edit", N_("編集"), id="end-user.edit"),
        Binding("ctrl+l", "subscriptions", N_("契約一覧"), id="end-user.subscriptions"),
        Binding("ctrl+n", "add", N_("新しいサブスクリプションを追加"), id="end-user.add", show=False),
        Binding("ctrl+r", "again", N_("同じ内容で再発注"), id="end-user.again", show=False),
        Binding("ctrl+t", "storefront", N_("Storefront Access"), id="end-user.storefront", show=False),
    ]

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer
        self._end_user: EndUser | None = None
        self._awaited = {"end-user", "subscriptions", "end-user-history"}

    def crumbs(self) -> Sequence[str]:
        name = self._end_user.company if self._end_user else str(self._customer)
        return ["ECNex", "StreamOne Stellr", _("顧客管理"), name, _("エンドユーザー情報")]

    def typed_key(self) -> object:
        return (type(self).__name__, self._customer)

    def compose_page(self) -> Iterable[Widget]:
        yield Facts(id="company-facts")
        yield Words(_("契約"), classes="section")
        yield PagedRows(_contract_columns(), id="subscriptions")
        yield Words(_("契約はまだありません。"), id="no-contracts", classes="note")
        yield Words(_("場所"), classes="section")
        yield Rows(_location_columns(), id="locations", cursor=False)
        yield Words(_("連絡先"), classes="section")
        yield Rows(_contact_columns(), id="contacts", cursor=False)
        yield Words(_("変更履歴"), classes="section")
        yield PagedRows(_history_columns(), id="end-user-history")

    def compose_actions(self) -> Iterable[Button]:
        yield Button(_("編集"), id="edit", compact=True, variant="primary", action="screen.edit")
        yield Button(_("新しいサブスクリプションを追加"), id="add-subscription", compact=True, action="screen.add")
        yield Button("", id="storefront-access", compact=True, action="screen.storefront")
        yield Button(_("契約一覧"), id="to-subscriptions", compact=True, action="screen.subscriptions")

    def load(self) -> None:
        self.query_one("#no-contracts").display = False
        user = self.workplace.user
        self.ask(lambda desk: end_user(desk, user, self._customer), self._show, about="end-user")
        self.query_one("#subscriptions", PagedRows).read(
            None, lambda desk, after: list_subscriptions(desk, user, customer=self._customer, after=after), _row
        )
        self.query_one("#end-user-history", PagedRows).read(
            None, lambda desk, after: end_user_history(desk, user, self._customer, after), _change_row
        )

    def _show(self, one: EndUser) -> None:
        self._end_user = one
        self.show_crumbs()
        self.query_one("#company-facts", Facts).show(_company_facts(one))
        self.query_one("#locations", Rows).fill((str(place.id), _location_cells(place)) for place in one.locations)
        self.query_one("#contacts", Rows).fill(
            (str(person.id), [person.name, person.phone, person.email]) for person in one.contacts
        )
        label = _("Storefrontを取消") if one.storefront_access else _("Storefrontを許可")
        relabel(self.query_one("#storefront-access", Button), label)
        self._has_come("end-user")

    @on(PagedRows.Filled)
    def _show_rows(self, event: PagedRows.Filled) -> None:
        if event.rows.id == "subscriptions":
            event.rows.display = bool(event.rows.keys)
            self.query_one("#no-contracts").display = not event.rows.keys
        self._has_come(event.rows.id or "")

    def _has_come(self, part: str) -> None:
        """Once all of it stands there: which part of the page is in sight must not hang on what came last."""
        if self._awaited:
            self._awaited.discard(part)
            if not self._awaited:
                self._begin()

    def _begin(self) -> None:
        """One begins at the contracts; where there are none the keys scroll the page."""
        if self.focused is None:
            contracts, page = self.query_one("#subscriptions", PagedRows), self.query_one("#page")
            page.can_focus = not contracts.keys
            # From the top of the page, where its contracts are in sight as well.
            (contracts if contracts.keys else page).focus(scroll_visible=False)

    @on(DataTable.RowSelected, "#subscriptions")
    def _open_contract(self, event: DataTable.RowSelected) -> None:
        self.workplace.go(SubscriptionPage(int(event.row_key.value or "0")))

    @work
    async def action_edit(self) -> None:
        """編集: the form, filled with what is stored."""
        if await self.app.push_screen_wait(EditEndUserScreen(self._customer)) is not None:
            self.load()

    def action_subscriptions(self) -> None:
        """契約一覧 with its tabs: contract numbers, services, terms."""
        self.workplace.go(Subscriptions(self._customer))

    def action_again(self) -> None:
        """同じ内容で再発注: the order that the contract under the cursor came from, once more."""
        if current := self.query_one("#subscriptions", PagedRows).current:
            self.workplace.quick_order(int(current))

    def action_add(self) -> None:
        """新しいサブスクリプションを追加."""
        add_subscription(self, self._customer)

    def action_storefront(self) -> None:
        """Give this end user access to the storefront, or take it."""
        if self._end_user is not None:
            allowed = not self._end_user.storefront_access
            self.ask(
                lambda desk: set_storefront_access(desk, self.workplace.user, self._customer, allowed=allowed),
                lambda _changed: self.load(),
                about="storefront",
            )


def _company_facts(one: EndUser) -> list[tuple[str, str]]:
    return [
        (field_label("customer_number"), str(one.number)),
        (field_label("company"), one.company),
        (field_label("company_kana"), one.company_kana),
        (field_label("security_contact"), _person(one.security_contact)),
        (field_label("microsoft_id"), one.microsoft_id or _("なし")),
        (field_label("storefront_access"), _("あり") if one.storefront_access else _("なし")),
    ]


def _person(one: ContactForm) -> str:
    return ", ".join(part for part in (one.name, one.phone, one.email) if part) or _("なし")


def _location_cells(one: Location) -> Sequence[str]:
    address = " ".join(part for part in (one.prefecture, one.city, one.address1, one.address2) if part)
    return [one.name, one.postal_code, address]


def _row(one: Subscription) -> tuple[str, Sequence[str]]:
    cells = [
        str(one.contract_number),
        one.service,
        str(one.seats),
        price(one.amount, sample=one.is_sample),
        status_label(one.status),
        term(one.shown_from, one.shown_until),
    ]
    return str(one.contract_number), cells


def _contract_columns() -> Sequence[Column]:
    return (
        Column(_("契約番号"), 9, 0),
        Column(_("サブスクリプション"), 25, 0),
        Column(_("現在のシート数"), 14, 1, right=True),
        Column(_("合計価格"), 20, 1, right=True),
        Column(_("ステータス"), 19, 2),
        Column(_("請求開始/終了"), 23, 2),
    )


def _location_columns() -> Sequence[Column]:
    return (Column(_("場所名"), 20, 0), Column(_("〒"), 8, 0), Column(_("住所"), 52, 1))


def _contact_columns() -> Sequence[Column]:
    return (Column(_("担当者名"), 20, 0), Column(_("電話番号"), 14, 1), Column(_("Eメール"), 30, 2))


def _what(one: PastChange) -> str:
    """The field that was changed, or the part and what became of it."""
    label = changed_label(one.part, one.part_name, one.field)
    return label if one.field else _("{what}の{kind}").format(what=label, kind=change_kind(one.kind))


def _change_row(one: PastChange) -> tuple[str, Sequence[str]]:
    cells = [
        one.happened_on.isoformat(),
        one.person_name,
        _what(one),
        f"{one.happened_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
        changed_text(one.field, one.before),
        changed_text(one.field, one.after),
    ]
    return str(one.id), cells


def _history_columns() -> Sequence[Column]:
    return (
        Column(_("処理日"), 11, 0),
        Column(_("担当者"), 16, 0),
        Column(_("項目"), 28, 1),
        Column(_("記録時刻"), 16, 1),
        Column(_("変更前"), 26, 2),
        Column(_("変更後"), 26, 2),
    )

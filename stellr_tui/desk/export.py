"""The lists as files for spreadsheets: contracts, invoices with their lines, end users and orders, whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import EndUser, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoices import InvoiceHead, NumberedLine, invoice_heads, invoice_lines
from stellr_tui.desk.orders import Order, list_orders
from stellr_tui.desk.pages import MAX_PAGE, every_row
from stellr_tui.desk.subscriptions import Subscription, Which, list_subscriptions
from stellr_tui.reference.csv_text import Cell
from stellr_tui.reference.labels import billing_type, next_change, plan_label, status_label
from stellr_tui.reference.new_file import suggested_path
from stellr_tui.reference.sheet_files import XLSX, Heading, Written, write_list
from stellr_tui.reference.texts import _

Rows = Callable[[Desk, SignedIn], Iterator[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to be written down, in the language spoken now: its name in a file's name, its title, its columns."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    rows: Rows


def export_sheet(desk: Desk, by: SignedIn, sheet: Sheet, file: str, *, bom: bool = False) -> Written:
    """Write a list into a new file, CSV or XLSX by its ending. It is read a page at a time, never held as a whole.

    Refused: UNKNOWN_FILE_KIND, FILE_EXISTS, UNWRITABLE_FILE, NOT_YOUR_ACCOUNT; then there is no file.
    """
    return write_list(file, sheet.title, sheet.headings, sheet.rows(desk, by), bom=bom)


def suggested_sheet_file(desk: Desk, sheet: Sheet) -> str:
    """Where a list could be saved: under its name and the business date, where downloads go."""
    return suggested_path(f"stellr-{sheet.name}-{read_clock(desk).today}{XLSX}")


def subscriptions_sheet(**which: Unpack[Which]) -> Sheet:
    """The contracts that are meant, a row each, as the list shows them."""

    def rows(desk: Desk, by: SignedIn) -> Iterator[Sequence[Cell]]:
        found = every_row(lambda after: list_subscriptions(desk, by, after=after, limit=MAX_PAGE, **which))
        return (_subscription_row(one) for one in found)

    headings = (
        Heading(_("契約番号"), 10),
        Heading(_("顧客番号"), 10),
        Heading(_("エンドユーザー"), 30),
        Heading(_("サービス"), 40),
        Heading(_("SKU番号"), 12),
        Heading(_("ベンダー名"), 24),
        Heading(_("契約期間"), 16),
        Heading(_("ステータス"), 22),
        Heading(_("現在のシート数"), 16),
        Heading(_("合計価格"), 12),
        Heading(_("請求タイプ"), 24),
        Heading(_("次の変更"), 26),
        Heading(_("請求開始"), 12),
        Heading(_("請求終了"), 12),
        Heading(_("注記"), 14),
    )
    return Sheet("subscriptions", _("契約一覧"), headings, rows)


def invoices_sheet(month: date | None = None) -> Sheet:
    """The lines of the issued invoices, the newest invoice first, or of that of a month.

    The sums of an invoice stand in its first row alone, so that a column can be added up.
    """

    def rows(desk: Desk, by: SignedIn) -> Iterator[Sequence[Cell]]:
        for head in every_row(lambda before: invoice_heads(desk, by, before=before, limit=MAX_PAGE)):
            if head.number is not None and month in (None, head.month):
                yield from _invoice_rows(desk, by, head, head.number)

    headings = (
        Heading(_("請求書番号"), 12),
        Heading(_("年月"), 10),
        Heading(_("発行日"), 12),
        Heading(_("契約番号"), 10),
        Heading(_("SKU番号"), 12),
        Heading(_("サブスクリプション"), 40),
        Heading(_("発注番号"), 20),
        Heading(_("エンドユーザー注文番号"), 24),
        Heading(_("請求期間の初日"), 16),
        Heading(_("請求期間の末日"), 16),
        Heading(_("数量"), 8),
        Heading(_("提供単価"), 12),
        Heading(_("提供金額"), 12),
        Heading(_("注記"), 14),
        Heading(_("小計"), 12),
        Heading(_("消費税"), 12),
        Heading(_("合計"), 12),
    )
    return Sheet("invoices", _("請求書"), headings, rows)


def customers_sheet(searched: str = "") -> Sheet:
    """The end users, a row for each, and one more for each further contact or location."""

    def rows(desk: Desk, by: SignedIn) -> Iterator[Sequence[Cell]]:
        for one in every_row(lambda after: search_end_users(desk, by, searched, after, MAX_PAGE)):
            yield from _customer_rows(one)

    headings = (
        Heading(_("顧客番号"), 10),
        Heading(_("会社名"), 30),
        Heading(_("会社名カナ"), 30),
        Heading(_("場所名"), 24),
        Heading(_("〒"), 10),
        Heading(_("都道府県"), 10),
        Heading(_("市区町村"), 16),
        Heading(_("住所1"), 30),
        Heading(_("住所2"), 20),
        Heading(_("担当者名"), 16),
        Heading(_("電話番号"), 16),
        Heading(_("Eメール"), 28),
        Heading("Security Contact Name", 22),
        Heading("Security Contact Phone", 22),
        Heading("Security Contact Email", 28),
        Heading("Storefront", 12),
    )
    return Sheet("customers", _("顧客管理"), headings, rows)


def orders_sheet(customer: int | None = None) -> Sheet:
    """The orders in the order they were placed, a row for each contract; of one end user, or all of them."""

    def rows(desk: Desk, by: SignedIn) -> Iterator[Sequence[Cell]]:
        for one in every_row(lambda after: list_orders(desk, by, customer=customer, after=after, limit=MAX_PAGE)):
            yield from _order_rows(desk, one)

    headings = (
        Heading(_("発注番号"), 20),
        Heading(_("エンドユーザー注文番号"), 24),
        Heading(_("予約番号"), 10),
        Heading(_("発注日"), 12),
        Heading(_("リセラー担当者"), 16),
        Heading(_("顧客番号"), 10),
        Heading(_("エンドユーザー"), 30),
        Heading(_("契約番号"), 10),
        Heading(_("ステータス"), 22),
        Heading(_("SKU番号"), 12),
        Heading(_("商品名"), 40),
        Heading(_("契約期間"), 16),
        Heading(_("数量"), 8),
        Heading(_("提供単価"), 12),
        Heading(_("提供金額"), 12),
        Heading(_("注記"), 14),
        Heading(_("送信日"), 12),
        Heading(_("納品日"), 12),
    )
    return Sheet("orders", _("オーダー"), headings, rows)


def _subscription_row(one: Subscription) -> Sequence[Cell]:
    change = one.next_change
    return (
        one.contract_number,
        one.customer_number,
        one.company,
        one.service,
        one.sku,
        one.vendor,
        plan_label(one.plan),
        status_label(one.status),
        one.seats,
        one.amount,
        billing_type(one.plan),
        next_change(change.kind, change.seats, change.on) if change else "",
        one.shown_from,
        one.shown_until,
        _note(one.is_sample),
    )


def _invoice_rows(desk: Desk, by: SignedIn, head: InvoiceHead, number: int) -> Iterator[Sequence[Cell]]:
    lines = every_row(lambda after: invoice_lines(desk, by, number, after=after, limit=MAX_PAGE))
    for at, one in enumerate(lines):
        sums = (head.subtotal, head.tax, head.total) if at == 0 else (None, None, None)
        yield (number, f"{head.month:%Y-%m}", head.issued_on, *_line_cells(one), *sums)


def _line_cells(one: NumberedLine) -> Sequence[Cell]:
    line = one.line
    return (
        line.contract_number,
        line.sku,
        line.product_name,
        line.po_number,
        line.end_user_order_number,
        line.first_day,
        line.last_day,
        line.seats,
        line.unit_price,
        line.amount,
        _note(one.is_sample),
    )


def _customer_rows(one: EndUser) -> Iterator[Sequence[Cell]]:
    security = one.security_contact
    for position in range(max(len(one.contacts), len(one.locations))):
        place = one.locations[position] if position < len(one.locations) else None
        person = one.contacts[position] if position < len(one.contacts) else None
        yield (
            one.number,
            one.company,
            one.company_kana,
            *(
                (place.name, place.postal_code, place.prefecture, place.city, place.address1, place.address2)
                if place
                else ("",) * 6
            ),
            *((person.name, person.phone, person.email) if person else ("",) * 3),
            security.name,
            security.phone,
            security.email,
            _("あり") if one.storefront_access else _("なし"),
        )


def _order_rows(desk: Desk, one: Order) -> Iterator[Sequence[Cell]]:
    for contract in one.contracts:
        yield (
            one.po_number,
            one.end_user_order_number,
            one.reservation_number,
            one.created_on,
            one.reseller_contact.name,
            one.end_user.number,
            one.end_user.company,
            contract.number,
            status_label(contract.status),
            contract.sku,
            contract.product_name,
            plan_label(contract.plan),
            contract.seats,
            contract.unit_price,
            contract.amount,
            _note(desk.catalog.is_sample(contract.sku)),
            contract.sent_on,
            contract.delivered_on,
        )


def _note(is_sample: bool) -> str:
    """A price that is made up says so."""
    return _("サンプル価格") if is_sample else ""

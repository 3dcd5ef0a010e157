"""What can be said of things in the order book: orders, contracts, invoices, mails, end users, the cart.

Each is about one thing, named by its first field; what is said beside it must all be true of the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from stellr_tui.lessons.stating import Fact, counted, differing, instead_of, stated
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.labels import status_label
from stellr_tui.reference.texts import _
from stellr_tui.rules import money
from stellr_tui.rules.status import Status

if TYPE_CHECKING:
    from stellr_tui.desk.orders import Order
    from stellr_tui.desk.subscriptions import Subscription
    from stellr_tui.lessons.conditions import Look


class ChangeKind(StrEnum):
    """What waits to be changed of a contract."""

    NONE = "none"
    ADD = "add"
    REDUCE = "reduce"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class OrderIs:
    """There is an order with this PO number, not discarded, of which all this is true.

    With a SKU, seats, status and days are those of its contract of that SKU; else those of each contract, seats of
    all together. total: 合計金額 in yen. count: how many orders there are with that PO number.
    """

    order: str
    sku: str = ""
    status: Status | None = None
    seats: int | None = None
    total: int | None = None
    sent_on: date | None = None
    delivered_on: date | None = None
    company: str | None = None
    postal_code: str | None = None
    department: str | None = None
    end_user_order_number: str | None = None
    count: int | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return stated(self._name(), self._facts(None, self.count))

    def instead(self, look: Look) -> str | None:
        found = [one for one in look.book.orders() if one.po_number == self.order]
        if self.sku:
            found = [one for one in found if any(contract.sku == self.sku for contract in one.contracts)]
        return instead_of(self._name(), [self._facts(one, len(found)) for one in found])

    def _name(self) -> str:
        said = _("発注番号「{number}」、SKU番号 {sku} のオーダー") if self.sku else _("発注番号「{number}」のオーダー")
        return said.format(number=self.order, sku=self.sku)

    def _facts(self, order: Order | None, count: int | None) -> list[Fact]:
        contracts = [one for one in order.contracts if self.sku in ("", one.sku)] if order else []
        details = order.details if order else None
        return [
            Fact(field_label("status"), _label(self.status), _same(_label(one.status) for one in contracts)),
            Fact(field_label("seats"), self.seats, sum(one.seats for one in contracts)),
            Fact(_("合計金額"), _yen(self.total), _yen(order.total) if order else None),
            Fact(_("送信日"), self.sent_on, _same(one.sent_on for one in contracts)),
            Fact(_("納品"), self.delivered_on, _same(one.delivered_on for one in contracts)),
            Fact(field_label("company"), self.company, order.end_user.company if order else None),
            Fact(field_label("postal_code"), self.postal_code, order.location.postal_code if order else None),
            Fact(field_label("department"), self.department, details.department if details else None),
            Fact(
                field_label("end_user_order_number"),
                self.end_user_order_number,
                order.end_user_order_number if order else None,
            ),
            Fact(_("件数"), self.count, count),
        ]


@dataclass(frozen=True, slots=True)
class ContractIs:
    """There is a contract of this PO, or with this number, of which all this is true.

    amount: 合計価格 in yen for one period. change, change_on: of each change that waits; change_seats: of all together.
    """

    contract: str | int
    sku: str = ""
    status: Status | None = None
    seats: int | None = None
    amount: int | None = None
    term_ends_on: date | None = None
    change: ChangeKind | None = None
    change_seats: int | None = None
    change_on: date | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return stated(self._name(), self._facts(None, None))

    def instead(self, look: Look) -> str | None:
        numbers = {
            one.number
            for order in look.book.orders()
            for one in order.contracts
            if str(self.contract) in (order.po_number, str(one.number)) and self.sku in ("", one.sku)
        }
        found = [one for one in look.book.contracts() if one.contract_number in numbers]
        return instead_of(self._name(), [self._facts(one, look) for one in found])

    def _name(self) -> str:
        said = _("契約「{number}」、SKU番号 {sku}") if self.sku else _("契約「{number}」")
        return said.format(number=self.contract, sku=self.sku)

    def _facts(self, one: Subscription | None, look: Look | None) -> list[Fact]:
        waiting = look.book.waiting() if look else ()
        changes = [each for each in waiting if one and each.contract_number == one.contract_number]
        return [
            Fact(field_label("status"), _label(self.status), _label(one.status) if one else None),
            Fact(field_label("seats"), self.seats, one.seats if one else None),
            Fact(_("合計価格"), _yen(self.amount), _yen(one.amount) if one else None),
            Fact(_("契約の最終日"), self.term_ends_on, one.term_ends_on if one else None),
            Fact(_("申請中の変更"), self.change, _same(each.kind for each in changes) or ChangeKind.NONE),
            Fact(_("変更の数量"), self.change_seats, sum(each.seats for each in changes) if changes else None),
            Fact(_("変更の適用日"), self.change_on, _same(each.takes_effect_on for each in changes) or None),
        ]


@dataclass(frozen=True, slots=True)
class InvoiceIs:
    """There is an invoice of this month (`2024-04`). subtotal: in yen, excluding tax; lines: how many it has."""

    invoice: str
    subtotal: int | None = None
    lines: int | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        facts = [Fact(_("小計"), _yen(self.subtotal), None), Fact(_("明細"), self.lines, None)]
        return stated(self._name(), facts)

    def instead(self, look: Look) -> str | None:
        found = [one for one in look.book.invoices() if f"{one.month:%Y-%m}" == self.invoice]
        return instead_of(
            self._name(),
            [
                [
                    Fact(_("小計"), _yen(self.subtotal), _yen(one.subtotal)),
                    Fact(_("明細"), self.lines, len(one.lines)),
                ]
                for one in found
            ],
        )

    def _name(self) -> str:
        return _("{month}の請求書").format(month=self.invoice)


@dataclass(frozen=True, slots=True)
class MailIs:
    """There is a mail of this kind (`completed`, `changed`, `invoiced` …, `any`) of which all this is true.

    says: words of its subject or text. to: the address. count: how many such mails there are.
    """

    mail: str
    status: str | None = None
    to: str | None = None
    says: Wording | None = None
    count: int | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        facts = [
            Fact(field_label("status"), self.status, None),
            Fact(_("宛先"), self.to, None),
            Fact(_("内容"), self.says, None),
            Fact(_("件数"), self.count, None),
        ]
        return stated(self._name(), facts)

    def instead(self, look: Look) -> str | None:
        found = [one for one in look.book.letters() if self.mail in ("any", one.kind)]
        facts = [
            [
                Fact(field_label("status"), self.status, one.status),
                Fact(_("宛先"), self.to, one.recipient),
                Fact(_("内容"), self.says, self._found(f"{one.subject}\n{one.body}") or one.subject),
            ]
            for one in found
        ]
        if self.count is None:
            return instead_of(self._name(), facts)
        matching = sum(not differing(one) for one in facts)
        return None if matching == self.count else counted(self._name(), self.count, matching)

    def _found(self, text: str) -> Wording | None:
        """The words themselves where the mail holds them, in whichever language it is written."""
        return self.says if self.says and (self.says.ja in text or self.says.en in text) else None

    def _name(self) -> str:
        return _("メール「{kind}」").format(kind=self.mail)


@dataclass(frozen=True, slots=True)
class EndUserIs:
    """There is an end user of this company, with a location and a contact of which all this is true."""

    end_user: str
    postal_code: str | None = None
    prefecture: str | None = None
    city: str | None = None
    address1: str | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    count: int | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return stated(self._name(), self._facts((), (), None))

    def instead(self, look: Look) -> str | None:
        found = [one for one in look.book.end_users() if one.company == self.end_user]
        return instead_of(
            self._name(),
            [
                self._facts((place,), (one,), len(found))
                for each in found
                for place in each.locations
                for one in each.contacts
            ],
        )

    def _facts(self, places: Sequence[object], people: Sequence[object], count: int | None) -> list[Fact]:
        place = next(iter(places), None)
        person = next(iter(people), None)
        return [
            *(
                Fact(field_label(name), getattr(self, name), getattr(place, name, None))
                for name in ("postal_code", "prefecture", "city", "address1")
            ),
            Fact(field_label("contact.name"), self.contact, getattr(person, "name", None)),
            Fact(field_label("contact.phone"), self.phone, getattr(person, "phone", None)),
            Fact(field_label("contact.email"), self.email, getattr(person, "email", None)),
            Fact(_("件数"), self.count, count),
        ]

    def _name(self) -> str:
        return _("エンドユーザー「{company}」").format(company=self.end_user)


@dataclass(frozen=True, slots=True)
class CartHolds:
    """The cart holds this SKU, with so many seats; 0: it does not hold it."""

    cart: str
    seats: int | None = None
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return stated(self._name(), [Fact(field_label("seats"), self.seats, None)])

    def instead(self, look: Look) -> str | None:
        seats = next((line.seats for line in look.book.cart().lines if line.product.sku == self.cart), 0)
        if seats == self.seats or (self.seats is None and seats):
            return None
        return stated(self._name(), [Fact(field_label("seats"), seats, seats)])

    def _name(self) -> str:
        return _("カートのSKU「{sku}」").format(sku=self.cart)


def _same(values: Iterable[object]) -> object:
    """The one value that all share, or all of them, side by side."""
    found = list(dict.fromkeys(values))
    return found[0] if len(found) == 1 else ", ".join(map(str, found))


def _label(status: Status | None) -> str | None:
    return None if status is None else status_label(status)


def _yen(amount: int | None) -> str | None:
    return None if amount is None else money.yen(amount)

"""The pages one can go to, as values. A place says what is shown there, not how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Portal:
    """ECNex with its tiles."""


@dataclass(frozen=True, slots=True)
class Home:
    """ホーム of StreamOne Stellr."""


@dataclass(frozen=True, slots=True)
class VendorCatalog:
    """ベンダーカタログ."""


@dataclass(frozen=True, slots=True)
class VendorPage:
    """A vendor's products, by the vendor's code in the catalogue."""

    code: str


@dataclass(frozen=True, slots=True)
class NewOrder:
    """The order page for what is in the cart."""


@dataclass(frozen=True, slots=True)
class ImportOrders:
    """Many orders from one sheet."""


@dataclass(frozen=True, slots=True)
class OrderCreated:
    """PO作成: an order that is created and not complete."""

    order_id: int


@dataclass(frozen=True, slots=True)
class Customers:
    """顧客管理."""


@dataclass(frozen=True, slots=True)
class EndUserPage:
    """One end user in full, by 顧客番号."""

    customer: int


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The contracts of an end user, by 顧客番号."""

    customer: int


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """One contract in full, by 契約番号; as of a past day, how it stood at the end of it."""

    contract_number: int
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """管理と実績, at a tab by its id, by default at the one that was left."""

    tab: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceOfMonth:
    """請求書 of a month, issued or foreseen; by default that of the next 1st."""

    month: date | None = None


@dataclass(frozen=True, slots=True)
class Storefront:
    """Which end users may look at the storefront."""


Place = (
    Portal
    | Home
    | VendorCatalog
    | VendorPage
    | NewOrder
    | ImportOrders
    | OrderCreated
    | Customers
    | EndUserPage
    | Subscriptions
    | SubscriptionPage
    | Results
    | InvoiceOfMonth
    | Storefront
)


@dataclass(frozen=True, slots=True)
class Left:
    """How a page was left: what it is called, the id of what had the focus, and how far it was scrolled.

    names: by language, since the page is gone when another one is spoken.
    at: by their ids which tab was open, at which row each table stood, and what was searched for.
    """

    names: Mapping[str, str]
    focus: str
    scroll: int
    at: Mapping[str, str]

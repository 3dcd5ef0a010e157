"""The tables of the order book. Money is whole yen, moments are UTC, business dates are days in Asia/Tokyo."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Takes only datetimes that know their zone, stores UTC, and gives UTC back on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WholeNumber(TypeDecorator[int]):
    """Yen or seats. Takes only an int: of 1.5 SQLite would keep the fraction and PostgreSQL silently round it."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise ValueError(f"not a whole number: {value!r}")
        return value


class Table(DeclarativeBase):
    """The declarative base: constraints have names, so that migrations can speak of them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}


class Book(Table):
    """The one row that says what this database is: for training or for real work, and its business date.

    closed_through is the last day whose deliveries and invoices have been worked through.
    """

    __tablename__ = "book"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("mode IN ('training', 'live')", name="mode"),
        CheckConstraint("(mode = 'training') = (today IS NOT NULL)", name="training_has_a_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    mode: Mapped[str] = mapped_column(String(10))
    today: Mapped[date | None]
    closed_through: Mapped[date]
    created_at: Mapped[datetime]


class Counter(Table):
    """The next number of a kind (contract, customer, …), taken in the transaction that uses it."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    next: Mapped[int]


class BillingAccount(Table):
    """請求先口座: a reseller's billing account, with the reseller as the mails print it.

    markup_percent: by how much selling prices in the storefront are above the reseller's; none is shown without.
    """

    __tablename__ = "billing_account"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    reseller: Mapped[str] = mapped_column(String(100))
    postal_code: Mapped[str] = mapped_column(String(7))
    prefecture_code: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    markup_percent: Mapped[int | None]


class Person(Table):
    """Someone who can sign in; with a Stellr account also a リセラー担当者 that an order can name."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(21))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default="clerk")
    has_stellr: Mapped[bool] = mapped_column(default=True)


class Membership(Table):
    """Which person may work for which billing account."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"), primary_key=True)

    person: Mapped[Person] = relationship()
    account: Mapped[BillingAccount] = relationship()


class EndUser(Table):
    """エンドユーザー of one billing account; 顧客番号 is its key. version counts how often it was changed, from 1."""

    __tablename__ = "end_user"
    __table_args__ = (Index("ix_end_user_account_company", "account_number", "company", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"), index=True)
    company: Mapped[str] = mapped_column(String(100))
    company_kana: Mapped[str] = mapped_column(String(100))
    security_name: Mapped[str] = mapped_column(String(100), default="")
    security_phone: Mapped[str] = mapped_column(String(21), default="")
    security_email: Mapped[str] = mapped_column(String(200), default="")
    microsoft_id: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    storefront_access: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    locations: Mapped[list["Location"]] = relationship(back_populates="end_user", order_by="Location.id")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="end_user", order_by="Contact.id")


class Location(Table):
    """場所: an address of an end user; one that is retired stays for the orders that name it."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    end_user_number: Mapped[int] = mapped_column(ForeignKey("end_user.number"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    postal_code: Mapped[str] = mapped_column(String(7))
    prefecture_code: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(String(200))
    address1: Mapped[str] = mapped_column(String(200))
    address2: Mapped[str] = mapped_column(String(200), default="")
    retired_on: Mapped[date | None]

    end_user: Mapped[EndUser] = relationship(back_populates="locations")


class Contact(Table):
    """連絡先: a person at an end user; one that is retired stays for the orders that name them."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    end_user_number: Mapped[int] = mapped_column(ForeignKey("end_user.number"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(21))
    email: Mapped[str] = mapped_column(String(200))
    retired_on: Mapped[date | None]

    end_user: Mapped[EndUser] = relationship(back_populates="contacts")


class EndUserChange(Table):
    """The history of an end user: who changed which field of which part, from what to what. Rows are only ever added.

    part and field: see `rules.merging`; of a part that was added, retired or taken up again the field is "".
    """

    __tablename__ = "end_user_change"
    __table_args__ = (CheckConstraint("kind IN ('added', 'changed', 'retired', 'restored')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    end_user_number: Mapped[int] = mapped_column(ForeignKey("end_user.number"), index=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    part: Mapped[str] = mapped_column(String(10))
    part_id: Mapped[int]
    part_name: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(30))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date]
    happened_at: Mapped[datetime]
    person_name: Mapped[str] = mapped_column(String(100))


class OrderDraft(Table):
    """An order half entered: what one person has put into the cart for one billing account, and typed on the way.

    lines: the products in their order, each with its seats, its name, and the unit price in yen it was last seen at.
    typed: texts by field by form. version: another one after every change, and of no other draft. set_aside: it is
    taken up again from the list of drafts only; what is not set aside lies in the cart, whichever session comes next.
    """

    __tablename__ = "order_draft"
    __table_args__ = (Index("ix_order_draft_person_account", "person_id", "account_number", "changed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"))
    version: Mapped[str] = mapped_column(String(32))
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    set_aside: Mapped[bool] = mapped_column(default=False)
    lines: Mapped[list[Any]] = mapped_column(default=list)
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SavedSelection(Table):
    """構成保存: a selection of products kept under a name, for everyone of the billing account."""

    __tablename__ = "saved_selection"
    __table_args__ = (UniqueConstraint("account_number", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"))
    name: Mapped[str] = mapped_column(String(100))
    saved_at: Mapped[datetime]

    lines: Mapped[list["SavedLine"]] = relationship(order_by="SavedLine.position", cascade="all, delete-orphan")


class SavedLine(Table):
    """One product of a saved selection."""

    __tablename__ = "saved_line"

    selection_id: Mapped[int] = mapped_column(ForeignKey("saved_selection.id"), primary_key=True)
    sku: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int]
    seats: Mapped[int] = mapped_column(WholeNumber)


class PurchaseOrder(Table):
    """PO: what 発注する creates. Each of its lines is a contract.

    details: what the wizard was told so far, by field; a name that begins with # is the wizard's own note.
    """

    __tablename__ = "purchase_order"
    __table_args__ = (Index("ix_purchase_order_account_po_number", "account_number", "po_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"))
    po_number: Mapped[str] = mapped_column(String(40))
    end_user_order_number: Mapped[str] = mapped_column(String(200), default="")
    reservation_number: Mapped[str] = mapped_column(String(20), default="")
    reseller_contact_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    end_user_number: Mapped[int] = mapped_column(ForeignKey("end_user.number"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    created_on: Mapped[date]
    created_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    end_user: Mapped[EndUser] = relationship()
    location: Mapped[Location] = relationship()
    contact: Mapped[Contact] = relationship()
    reseller_contact: Mapped[Person] = relationship()
    contracts: Mapped[list["Contract"]] = relationship(back_populates="order", order_by="Contract.number")


class Submission(Table):
    """An order that came in with a key: the same key with the same contents gets the same answer, no second order."""

    __tablename__ = "submission"

    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    answer: Mapped[dict[str, Any]]


class Contract(Table):
    """契約: one product of an order as it was sold, with its seats as lots and its history.

    sent_for: the end user as it was when the order was sent; nothing before.
    """

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint(
            "status IN ('po-created', 'provisioning', 'sent-back', 'active', 'ending', 'ended', 'discarded')",
            name="status",
        ),
        CheckConstraint("(sent_on IS NULL) = (delivered_on IS NULL)", name="sent_means_delivered"),
        Index("ix_contract_account_status", "account_number", "status", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"), index=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"))
    end_user_number: Mapped[int] = mapped_column(ForeignKey("end_user.number"), index=True)
    sku: Mapped[str] = mapped_column(String(20))
    product_name: Mapped[str] = mapped_column(String(200))
    manufacturer_part_number: Mapped[str] = mapped_column(String(40))
    vendor_code: Mapped[str] = mapped_column(String(40))
    vendor_name: Mapped[str] = mapped_column(String(100))
    plan: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    sent_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    sent_for: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    order: Mapped[PurchaseOrder] = relationship(back_populates="contracts")
    end_user: Mapped[EndUser] = relationship()
    lots: Mapped[list["SeatLot"]] = relationship(back_populates="contract", order_by="SeatLot.number")
    events: Mapped[list["ContractEvent"]] = relationship(back_populates="contract", order_by="ContractEvent.id")


class SeatLot(Table):
    """The seats of one order or addition, with their own price and, once sent, their own dates."""

    __tablename__ = "seat_lot"
    __table_args__ = (
        UniqueConstraint("contract_number", "number"),
        CheckConstraint("seats >= 0", name="seats"),
        CheckConstraint("unit_price >= 0", name="unit_price"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_number: Mapped[int] = mapped_column(ForeignKey("contract.number"))
    number: Mapped[int]
    seats: Mapped[int] = mapped_column(WholeNumber)
    unit_price: Mapped[int] = mapped_column(WholeNumber)
    ordered_on: Mapped[date]
    delivered_on: Mapped[date | None]
    next_invoice_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="lots")


class ContractEvent(Table):
    """The history of a contract: who did what and when. Rows are only ever added."""

    __tablename__ = "contract_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_number: Mapped[int] = mapped_column(ForeignKey("contract.number"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    happened_at: Mapped[datetime]
    person_name: Mapped[str] = mapped_column(String(100))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    contract: Mapped[Contract] = relationship(back_populates="events")


class Change(Table):
    """A change that was applied for (オーダー⑧): seats added or reduced, or the end of the contract.

    effective_on: an addition's delivery, the 1st from which there are fewer seats, or the contract's last day.
    deadline: the last day to withdraw it. status: waiting, done or withdrawn.
    """

    __tablename__ = "contract_change"
    __table_args__ = (
        CheckConstraint("kind IN ('add', 'reduce', 'cancel')", name="kind"),
        CheckConstraint("status IN ('waiting', 'done', 'withdrawn')", name="status"),
        CheckConstraint("seats >= 0", name="seats"),
        Index("ix_contract_change_status_effective_on", "status", "effective_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_number: Mapped[int] = mapped_column(ForeignKey("contract.number"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    seats: Mapped[int] = mapped_column(WholeNumber)
    applied_on: Mapped[date]
    wish: Mapped[date | None]
    effective_on: Mapped[date]
    deadline: Mapped[date]
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    withdrawn_on: Mapped[date | None]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("seat_lot.id"))

    contract: Mapped[Contract] = relationship()
    lot: Mapped[SeatLot | None] = relationship()


class LotReduction(Table):
    """Seats that a reduction took from a lot on a 1st. Rows are only ever added."""

    __tablename__ = "lot_reduction"

    change_id: Mapped[int] = mapped_column(ForeignKey("contract_change.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("seat_lot.id"), primary_key=True)
    seats: Mapped[int] = mapped_column(WholeNumber)
    effective_on: Mapped[date]


class Invoice(Table):
    """請求書 of a billing account for a month, numbered without gaps. Never changed once it is issued.

    line_count is how many lines it was issued with: the database takes no further one.
    """

    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("account_number", "month"), UniqueConstraint("account_number", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"))
    number: Mapped[int]
    month: Mapped[date]
    issued_on: Mapped[date]
    subtotal: Mapped[int] = mapped_column(WholeNumber)
    tax_percent: Mapped[int] = mapped_column(WholeNumber)
    tax: Mapped[int] = mapped_column(WholeNumber)
    total: Mapped[int] = mapped_column(WholeNumber)
    line_count: Mapped[int]

    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.position")


class InvoiceLine(Table):
    """The seats of a lot for a period. Never changed; a lot is billed once for each period."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("lot_id", "first_day"),)

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("seat_lot.id"))
    contract_number: Mapped[int] = mapped_column(ForeignKey("contract.number"), index=True)
    sku: Mapped[str] = mapped_column(String(20))
    product_name: Mapped[str] = mapped_column(String(200))
    po_number: Mapped[str] = mapped_column(String(40))
    end_user_order_number: Mapped[str] = mapped_column(String(200))
    first_day: Mapped[date]
    last_day: Mapped[date]
    seats: Mapped[int] = mapped_column(WholeNumber)
    unit_price: Mapped[int] = mapped_column(WholeNumber)
    amount: Mapped[int] = mapped_column(WholeNumber)


class ParkedLot(Table):
    """A lot that could not be billed, since when and why; it is billed and taken out once that is mended."""

    __tablename__ = "parked_lot"

    lot_id: Mapped[int] = mapped_column(ForeignKey("seat_lot.id"), primary_key=True)
    parked_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40))
    sku: Mapped[str] = mapped_column(String(20))


class Mail(Table):
    """The outbox: what is told is stored in the transaction of what it tells.

    kind, status and trouble_kind: see `rules.mail`. written_on is the business date, written_at the moment.
    A forward is a draft from a person of the reseller (sender) to an end user, and the database lets it be nothing
    else; every other mail is from the portal. claimed_by and claimed_until: which program is delivering it just now,
    and until when no other may. sent_message: what the mail server took, byte for byte.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'sent', 'failed', 'draft')", name="status"),
        CheckConstraint("(kind = 'forward') = (status = 'draft')", name="a_forward_is_a_draft"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_at_a_moment"),
        UniqueConstraint("message_id"),
        Index("ix_mail_status_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_number: Mapped[str] = mapped_column(ForeignKey("billing_account.number"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    message_id: Mapped[str] = mapped_column(String(60))
    sender_name: Mapped[str] = mapped_column(String(100), default="")
    sender: Mapped[str] = mapped_column(String(200), default="")
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recipient_name: Mapped[str] = mapped_column(String(100))
    recipient: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    written_on: Mapped[date]
    written_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    try_after: Mapped[datetime | None]
    claimed_by: Mapped[str] = mapped_column(String(32), default="")
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_message: Mapped[bytes | None]
    trouble_kind: Mapped[str] = mapped_column(String(20), default="")
    trouble: Mapped[str] = mapped_column(String(300), default="")
    contract_number: Mapped[int | None] = mapped_column(ForeignKey("contract.number"), index=True)
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    forward_of: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)

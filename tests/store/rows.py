"""Rows for the tests of the store, with no more in them than the tables ask for."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from stellr_tui.store.tables import (
    BillingAccount,
    Contact,
    Contract,
    ContractEvent,
    EndUser,
    Location,
    Person,
    PurchaseOrder,
    SeatLot,
)

NOON = datetime(2024, 5, 15, 3, 0, tzinfo=UTC)


def add_account(session: Session, number: str = "100001") -> BillingAccount:
    account = BillingAccount(
        number=number,
        reseller="株式会社リセラー",
        postal_code="1350001",
        prefecture_code="13",
        city="江東区",
        address="1-1",
    )
    session.add(account)
    session.flush()
    return account


def add_person(session: Session, login: str = "taro") -> Person:
    person = Person(login=login, email=f"{login}@example.com", name="太郎", phone="0312345678", password_hash="a-hash")
    session.add(person)
    session.flush()
    return person


def add_contract(session: Session, number: int = 1) -> Contract:
    """A contract with one lot and one event, and everything that they refer to."""
    account = add_account(session)
    person = add_person(session)
    customer = EndUser(
        number=1,
        account_number=account.number,
        company="テスト株式会社",
        company_kana="テストカブシキガイシャ",
        search_text="テスト株式会社",
        created_at=NOON,
    )
    session.add(customer)
    session.flush()
    location = Location(
        end_user=customer, name="本社", postal_code="1350001", prefecture_code="13", city="江東区", address1="毛利 123"
    )
    contact = Contact(end_user=customer, name="テスト太郎", phone="0312345678", email="test@example.com")
    order = PurchaseOrder(
        account_number=account.number,
        po_number="PO-1",
        reseller_contact=person,
        end_user=customer,
        location=location,
        contact=contact,
        created_on=date(2024, 5, 15),
        created_at=NOON,
        details={},
    )
    contract = Contract(
        number=number,
        order=order,
        account_number=account.number,
        end_user=customer,
        sku="6900990",
        product_name="製品",
        manufacturer_part_number="MFG-1",
        vendor_code="V",
        vendor_name="Vendor",
        plan="annual",
        status="po-created",
    )
    session.add_all([location, contact, order, contract])
    session.flush()
    session.add(SeatLot(contract_number=number, number=1, seats=10, unit_price=1000, ordered_on=date(2024, 5, 15)))
    session.add(a_happening(number))
    session.flush()
    return contract


def a_happening(contract_number: int = 1, kind: str = "ordered") -> ContractEvent:
    return ContractEvent(
        contract_number=contract_number,
        kind=kind,
        status="po-created",
        happened_on=date(2024, 5, 15),
        happened_at=NOON,
        person_name="太郎",
        facts={"seats": 10},
    )

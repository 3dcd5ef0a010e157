"""The order file is read strictly: a key that is not known is refused by name, as is a missing one."""

from collections.abc import Mapping
from typing import Any

import pytest

from stellr_tui.desk.document import DocumentLine, OrderDocument
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm
from stellr_tui.rules.findings import Reason
from tests.rules.refusals import findings_of, refusal_of

CONTACT = {"name": "テスト太郎", "phone": "0312345678", "email": "test@yourcompany.com"}
CUSTOMER: dict[str, Any] = {
    "company": "テスト株式会社",
    "company_kana": "テストカブシキガイシャ",
    "location": "本社",
    "postal_code": "1350001",
    "address1": "毛利 123 BLDG",
    "address2": "",
    "contact": CONTACT,
    "security_contact": {"name": "", "phone": "", "email": ""},
}
WRITTEN: dict[str, Any] = {
    "po_number": "PO-2024-001",
    "end_user_order_number": "EU-7",
    "department": "営業部",
    "customer": CUSTOMER,
    "lines": [{"sku": "6900990", "seats": 1}],
}


def without(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name != key}


def test_the_file_of_the_manual_is_read() -> None:
    assert OrderDocument.from_mapping(WRITTEN) == OrderDocument(
        po_number="PO-2024-001",
        lines=(DocumentLine("6900990", 1),),
        new_customer=EndUserForm(
            "テスト株式会社",
            "テストカブシキガイシャ",
            (LocationForm("本社", "1350001", "毛利 123 BLDG"),),
            (ContactForm("テスト太郎", "0312345678", "test@yourcompany.com"),),
            ContactForm(),
        ),
        end_user_order_number="EU-7",
        department="営業部",
    )


def test_a_customer_can_be_a_number() -> None:
    document = OrderDocument.from_mapping({**WRITTEN, "customer": 159813})
    assert (document.customer_number, document.new_customer) == (159813, None)


def test_prefecture_and_city_may_be_written() -> None:
    document = OrderDocument.from_mapping(
        {**WRITTEN, "customer": {**CUSTOMER, "city": "江東区", "prefecture": "東京都"}}
    )
    assert document.new_customer is not None
    assert document.new_customer.locations[0].city == "江東区"
    assert document.new_customer.locations[0].prefecture == "東京都"


@pytest.mark.parametrize("key", ["end_user_order_number", "department"])
def test_optional_keys_may_be_left_out(key: str) -> None:
    assert getattr(OrderDocument.from_mapping(without(WRITTEN, key)), key) == ""


@pytest.mark.parametrize("key", ["address2", "security_contact"])
def test_optional_keys_of_a_customer_may_be_left_out(key: str) -> None:
    written = {**WRITTEN, "customer": without(CUSTOMER, key)}
    assert OrderDocument.from_mapping(written) == OrderDocument.from_mapping(WRITTEN)


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (without(WRITTEN, "po_number"), "po_number"),
        (without(WRITTEN, "customer"), "customer"),
        (without(WRITTEN, "lines"), "lines"),
        ({**WRITTEN, "customer": without(CUSTOMER, "company")}, "customer.company"),
        ({**WRITTEN, "customer": without(CUSTOMER, "company_kana")}, "customer.company_kana"),
        ({**WRITTEN, "customer": without(CUSTOMER, "location")}, "customer.location"),
        ({**WRITTEN, "customer": without(CUSTOMER, "postal_code")}, "customer.postal_code"),
        ({**WRITTEN, "customer": without(CUSTOMER, "address1")}, "customer.address1"),
        ({**WRITTEN, "customer": without(CUSTOMER, "contact")}, "customer.contact"),
        ({**WRITTEN, "customer": {**CUSTOMER, "contact": without(CONTACT, "phone")}}, "customer.contact.phone"),
        ({**WRITTEN, "lines": [{"sku": "6900990"}]}, "lines.1.seats"),
        ({**WRITTEN, "lines": [{"sku": "6900990", "seats": 1}, {"seats": 1}]}, "lines.2.sku"),
    ],
)
def test_a_missing_key_is_refused_by_name(written: dict[str, Any], field: str) -> None:
    refusal = refusal_of(OrderDocument.from_mapping, written)
    assert (refusal.field, refusal.reason) == (field, Reason.REQUIRED)


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({**WRITTEN, "po_nunber": "x"}, "po_nunber"),
        ({**WRITTEN, "customer": {**CUSTOMER, "fax": ""}}, "customer.fax"),
        ({**WRITTEN, "customer": {**CUSTOMER, "contact": {**CONTACT, "fax": ""}}}, "customer.contact.fax"),
        ({**WRITTEN, "customer": {**CUSTOMER, "security_contact": {"x": ""}}}, "customer.security_contact.x"),
        ({**WRITTEN, "lines": [{"sku": "6900990", "seats": 1, "price": 1}]}, "lines.1.price"),
    ],
)
def test_an_unknown_key_is_refused_by_name(written: dict[str, Any], field: str) -> None:
    found = findings_of(OrderDocument.from_mapping, written)
    assert (field, Reason.UNKNOWN_KEY) in {(one.field, one.reason) for one in found}


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({**WRITTEN, "po_number": 1}, "po_number"),
        ({**WRITTEN, "po_number": None}, "po_number"),
        ({**WRITTEN, "department": ["x"]}, "department"),
        ({**WRITTEN, "customer": "159813"}, "customer"),
        ({**WRITTEN, "customer": True}, "customer"),
        ({**WRITTEN, "customer": 1.5}, "customer"),
        ({**WRITTEN, "customer": []}, "customer"),
        ({**WRITTEN, "customer": {**CUSTOMER, "postal_code": 1350001}}, "customer.postal_code"),
        ({**WRITTEN, "customer": {**CUSTOMER, "contact": "x"}}, "customer.contact"),
        ({**WRITTEN, "lines": {}}, "lines"),
        ({**WRITTEN, "lines": "x"}, "lines"),
        ({**WRITTEN, "lines": ["x"]}, "lines.1"),
        ({**WRITTEN, "lines": [{"sku": 6900990, "seats": 1}]}, "lines.1.sku"),
        ({**WRITTEN, "lines": [{"sku": "6900990", "seats": True}]}, "lines.1.seats"),
        ({**WRITTEN, "lines": [{"sku": "6900990", "seats": None}]}, "lines.1.seats"),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(written: dict[str, Any], field: str) -> None:
    refusal = refusal_of(OrderDocument.from_mapping, written)
    assert (refusal.field, refusal.reason) == (field, Reason.WRONG_TYPE)


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    found = findings_of(OrderDocument.from_mapping, {"po": 1, "customer": {"fax": 1}, "lines": [{}, 5]})
    assert {"po", "po_number", "customer.fax", "customer.company", "lines.1.sku", "lines.2"} <= {
        one.field for one in found
    }

"""`stellr customers`, `subscriptions` and `subscription`: whole, searched, as they were, and safe to look at."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from stellr_tui.desk.cart import Choice
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, store_end_user
from stellr_tui.desk.orders import OrderForm, create_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.status import Status
from tests.cli.running import ORDERS, Run, written

MANY = 450
HARMFUL = "\x1b[31mRED\x1b]0;title\x07\x9b2J\u202eabc\u2028[/x] [bold]"


def test_the_first_customer_is_the_manuals(stellr: Run) -> None:
    assert stellr("customers", "--json").json == [
        {
            "number": 159813,
            "company": "テスト株式会社",
            "company_kana": "テストカブシキガイシャ",
            "locations": [
                {
                    "name": "テスト株式会社",
                    "postal_code": "1350001",
                    "prefecture": "東京都",
                    "prefecture_code": "13",
                    "city": "江東区",
                    "address1": "毛利",
                    "address2": "",
                }
            ],
            "contacts": [{"name": "テスト太郎", "phone": "03123456798", "email": "test@company.com"}],
            "security_contact": {"name": "", "phone": "", "email": ""},
            "storefront_access": False,
        }
    ]
    shown = stellr("customers").out
    for words in ("159813", "テスト株式会社, 毛利, 江東区, 13, 1350001, JP", "03123456798", "test@company.com"):
        assert words in shown


def test_customers_are_found_by_what_they_are_called(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    assert [one["number"] for one in stellr("customers", "--search", "yourcompany", "--json").json] == [159814]
    assert [one["number"] for one in stellr("customers", "--search", "てすと", "--json").json] == [159813, 159814]


def test_where_nothing_is_found_a_script_gets_an_empty_list_and_a_person_a_sentence(stellr: Run) -> None:
    for command in ("customers", "subscriptions"):
        assert stellr(command, "--search", "nobody", "--json").json == []
        shown = stellr(command, "--search", "nobody")
        assert (shown.status, shown.out) == (0, "")
        assert "該当するものはありません。" in shown.err


@pytest.mark.parametrize("command", ["customers", "subscriptions"])
@pytest.mark.parametrize("searched", ["a" * 201, "a b " * 1000, "\x1b[31m", "\udcff"], ids=ascii)
def test_what_nobody_would_search_for_is_refused(stellr: Run, command: str, searched: str) -> None:
    refused = stellr(command, "--search", searched, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "--search" in refused.err
    assert "\x1b" not in refused.err
    assert len(refused.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["customers", "subscriptions"])
@pytest.mark.parametrize("searched", ["%", "_", "\\", "' OR 1=1 --", " ".join("q" * 100)])
def test_a_search_takes_every_character_as_it_is(stellr: Run, command: str, searched: str) -> None:
    assert stellr(command, "--search", searched, "--json").json == []


def test_a_list_of_more_than_two_pages_is_complete(stellr: Run, desk: Desk) -> None:
    by = at_the_command_line(desk)
    place = LocationForm(location="本社", postal_code="1350001", address1="毛利 1", city="江東区", prefecture="東京都")
    contact = ContactForm("山田 花子", "0312345678", "hanako@example.com")
    with desk.store.writing() as session:
        for number in range(MANY):
            form = EndUserForm(f"会社{number}", "カイシャ", (place,), (contact,))
            store_end_user(session, desk, by, form)
            order = OrderForm(by.person_id, CUSTOMER, po_number=f"PO-{number}")
            create_order(session, desk, by, order, [Choice("6900990", 1)])
    customers = [one["number"] for one in stellr("customers", "--json").json]
    assert customers == list(range(CUSTOMER, CUSTOMER + MANY + 1))
    contracts = [one["contract_number"] for one in stellr("subscriptions", "--json").json]
    assert contracts == list(range(81766, 81766 + MANY))
    assert len(stellr("customers").out.splitlines()) == len(customers) + 2
    assert len(stellr("subscriptions").out.splitlines()) == MANY + 2


def test_a_subscription_stands_in_the_list_as_described(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    assert stellr("subscriptions", "--json").json == [
        {
            "contract_number": 81766,
            "customer": 159814,
            "status": "provisioning",
            "sku": "6900990",
            "plan": "annual",
            "seats": 1,
            "amount": 24710,
            "term_starts_on": "2024-03-21",
            "term_ends_on": "2025-03-20",
            "next_change": {"kind": "new", "seats": 1, "on": "2024-03-21"},
        }
    ]
    shown = stellr("subscriptions").out
    for words in (
        "ポケットーク同時通訳(年額サブスクリプション)シリアルコード",
        "81766",
        "ソースネクスト株式会社",
        "¥24,710",
        "Manual Provisioning",
        "New 1 Seat 24/03/21",
        "2024/03/21 ~ 2025/03/20",
    ):
        assert words in shown


def test_a_po_that_was_not_sent_has_no_term_and_no_next_change(stellr: Run, desk: Desk) -> None:
    by = at_the_command_line(desk)
    with desk.store.writing() as session:
        create_order(session, desk, by, OrderForm(by.person_id, CUSTOMER, po_number="PO-1"), [Choice("6900990", 3)])
    [found] = stellr("subscriptions", "--json").json
    assert (found["status"], found["seats"], found["amount"]) == ("po-created", 3, 74130)
    assert (found["term_starts_on"], found["term_ends_on"], found["next_change"]) == (None, None, None)
    assert stellr("subscription", "81766", "--json").json["dates"] is None
    assert "要プロビジョニング" in stellr("subscription", "81766").out


def test_subscriptions_are_chosen_by_status_and_search(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    order = {"po_number": "PO-9", "customer": CUSTOMER, "lines": [{"sku": "9900990", "seats": 2}]}
    stellr("order", "submit", written(tmp_path, order))

    def found(*options: str) -> list[int]:
        return [one["contract_number"] for one in stellr("subscriptions", "--json", *options).json]

    assert found() == [81766, 81767]
    assert found("--status", "provisioning") == [81766, 81767]
    assert found("--status", "active") == []
    assert found("--search", "PO-9") == [81767]
    assert found("--search", "月額") == [81767]
    assert found("--search", "159814") == [81766]


def test_the_list_can_be_read_as_it_was(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    stellr("clock", "set", "2024-04-02")
    order = {"po_number": "PO-9", "customer": CUSTOMER, "lines": [{"sku": "9900990", "seats": 2}]}
    stellr("order", "submit", written(tmp_path, order))
    assert stellr("subscriptions", "--as-of", "2024-03-10", "--json").json == []
    [then] = stellr("subscriptions", "--as-of", "2024-03-11", "--json").json
    assert then["contract_number"] == 81766


def test_the_help_names_every_status_that_can_be_asked_for(stellr: Run) -> None:
    shown = "".join(stellr("subscriptions", "--help").out.split())
    assert all(status.value in shown for status in Status)
    refused = stellr("subscriptions", "--status", "gone")
    assert refused.status == 2
    assert "「gone」" in refused.err
    assert all(status.value in refused.err for status in Status)


def test_one_subscription_tells_its_lots_its_history_and_its_dates(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    found = stellr("subscription", "81766", "--json").json
    assert found["po_number"] == "PO-2024-001"
    assert found["lots"] == [
        {
            "number": 1,
            "seats": 1,
            "unit_price": 24710,
            "amount": 24710,
            "ordered_on": "2024-03-11",
            "delivered_on": "2024-03-20",
            "next_invoice_on": "2024-04-01",
        }
    ]
    assert [(one["status"], one["happened_on"], one["person"]) for one in found["history"]] == [
        ("po-created", "2024-03-11", "Lucy Jin"),
        ("provisioning", "2024-03-11", "Lucy Jin"),
    ]
    assert found["dates"] == stellr("dates", "order", "2024-03-11", "--json").json
    assert found["decide_by"] == "2025-03-11"
    [listed] = stellr("subscriptions", "--json").json
    assert {key: found[key] for key in listed} == listed
    shown = stellr("subscription", "81766").out
    for words in ("81766", "PO-2024-001", "Lucy Jin, 01-2345-2345, lucyj@synnex.com", "2025-03-11", "発注", "送信済"):
        assert words in shown


def test_one_subscription_reads_as_of_a_past_day_as_it_read_then(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    stellr("clock", "advance", "2024-03-31")
    stellr("change", "add", "81766", "4")
    stellr("change", "withdraw", "81766")
    stellr("change", "add", "81766", "3")
    before = stellr("subscription", "81766", "--json").json
    stellr("clock", "advance", "2024-05-02")
    stellr("change", "cancel", "81766")
    assert stellr("subscription", "81766", "--json").json != before
    assert stellr("subscription", "81766", "--as-of", "2024-03-31", "--json").json == before
    assert (
        stellr("subscription", "81766", "--as-of", "2024-05-02", "--json").json
        == stellr("subscription", "81766", "--json").json
    )
    shown = stellr("subscription", "81766", "--as-of", "2024-03-19").out
    assert "Manual Provisioning" in shown and "2024-03-19" in shown.splitlines()[0]
    refused = stellr("subscription", "81766", "--as-of", "2024-03-10", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "「81766」" in refused.err and "2024-03-10" in refused.err and "2024-03-11" in refused.err


@pytest.mark.parametrize("number", ["1", "999999999999"])
def test_a_contract_that_is_not_there_is_refused(stellr: Run, number: str) -> None:
    refused = stellr("subscription", number, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert f"「{number}」" in refused.err


def harm(database: Path) -> None:
    """Put into the book, behind the program's back, what it would never take."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE end_user SET company = ?", [HARMFUL])
        connection.execute("UPDATE contract SET product_name = ?", [HARMFUL])


@pytest.mark.parametrize("command", [["customers"], ["subscriptions"], ["subscription", "81766"]])
def test_what_would_harm_a_terminal_is_shown_by_its_code(stellr: Run, database: Path, command: list[str]) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    harm(database)
    shown = stellr(*command).out
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2028")
    assert "<U+001B>[31mRED<U+001B>]0;title<U+0007><U+009B>2J<U+202E>abc<U+2028>[/x] [bold]" in shown
    document = stellr(*command, "--json").out
    assert not set(document) & set("\x1b\x07\x7f\x9b\u202e\u2028")
    assert command == ["subscriptions"] or HARMFUL in texts(json.loads(document))


@pytest.mark.parametrize("command", [["waiting"], ["invoices", "--foresee", "--month", "2025-04"]])
def test_what_waits_and_what_will_be_invoiced_does_no_harm_either(
    stellr: Run, database: Path, command: list[str]
) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    stellr("clock", "advance", "2024-04-02")
    stellr("change", "add", "81766", "2")
    harm(database)
    shown = stellr(*command).out
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2028")
    assert "<U+001B>[31mRED<U+001B>]0;title<U+0007><U+009B>2J<U+202E>abc<U+2028>[/x] [bold]" in shown
    assert not set(stellr(*command, "--json").out) & set("\x1b\x07\x7f\x9b\u202e\u2028")


def texts(value: object) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []

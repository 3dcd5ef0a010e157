"""`stellr order submit`: a whole order from a file, once for each key, or only tried out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    ORDERS,
    Run,
    changed,
    contents,
    example,
    finish,
    run_program,
    start,
    without,
    written,
)

# The example is of the manual's own company at its own address, which every training database holds.
LIKELY_KNOWN = "「1350001」には同じ会社名のエンドユーザーが登録されています"


@pytest.mark.parametrize("name", ["example.json", "example.toml"])
def test_the_example_becomes_one_contract_in_manual_provisioning(stellr: Run, name: str) -> None:
    submitted = stellr("order", "submit", ORDERS / name, "--json")
    assert submitted.status == 0
    assert LIKELY_KNOWN in submitted.err
    assert len(submitted.err.splitlines()) == 1
    assert submitted.json == {
        "po_number": "PO-2024-001",
        "total": 24710,
        "contracts": [
            {
                "contract_number": 81766,
                "status": "provisioning",
                "sku": "6900990",
                "plan": "annual",
                "seats": 1,
                "amount": 24710,
                "delivered_on": "2024-03-20",
            }
        ],
    }


def test_prefecture_and_city_come_from_the_postal_code(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    [place] = stellr("customers", "--search", "159814", "--json").json[0]["locations"]
    assert (place["prefecture"], place["prefecture_code"], place["city"]) == ("東京都", "13", "江東区")


def test_an_order_can_name_a_customer_by_number_and_mix_plans(stellr: Run, tmp_path: Path) -> None:
    order = {
        "po_number": "PO-7",
        "customer": 159813,
        "lines": [{"sku": "9900990", "seats": "１０"}, {"sku": "6900990", "seats": 2}],
    }
    submitted = stellr("order", "submit", written(tmp_path, order), "--json").json
    assert submitted["total"] == 10 * 2200 + 2 * 24710
    assert [(one["plan"], one["seats"], one["amount"]) for one in submitted["contracts"]] == [
        ("monthly", 10, 22000),
        ("annual", 2, 49420),
    ]
    assert len(stellr("customers", "--json").json) == 1


def test_what_is_sent_on_the_16th_is_delivered_next_month(stellr: Run) -> None:
    stellr("clock", "set", "2024-05-16")
    submitted = stellr("order", "submit", ORDERS / "example.json", "--json").json
    assert submitted["contracts"][0]["delivered_on"] == "2024-06-20"


def test_the_table_for_people_names_contract_status_price_and_delivery(stellr: Run) -> None:
    shown = stellr("order", "submit", ORDERS / "example.json").out
    for words in ("PO-2024-001", "81766", "Manual Provisioning", "¥24,710", "2024-03-20"):
        assert words in shown


@pytest.mark.parametrize("name", ["example.json", "example.toml"])
def test_an_order_can_come_from_standard_input(database: Path, name: str) -> None:
    given = (ORDERS / name).read_bytes()
    submitted = run_program("order", "submit", "-", "--json", "--database", database, given=given)
    assert submitted.json["contracts"][0]["contract_number"] == 81766


@pytest.mark.parametrize("name", ["example.json", "example.toml"])
def test_a_file_without_a_telling_name_is_read_all_the_same(stellr: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "order"
    path.write_bytes((ORDERS / name).read_bytes())
    assert stellr("order", "submit", path).status == 0


def test_a_byte_order_mark_does_no_harm(stellr: Run, tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_bytes(b"\xef\xbb\xbf" + (ORDERS / "example.json").read_bytes())
    assert stellr("order", "submit", path).status == 0


def test_the_same_key_gets_the_same_answer_and_no_second_order(stellr: Run, database: Path) -> None:
    first = stellr("order", "submit", ORDERS / "example.json", "--key", "k1", "--json")
    after_first = contents(database)
    again = stellr("order", "submit", ORDERS / "example.toml", "--key", "k1", "--json")
    assert again.status == 0
    assert again.json == first.json
    assert contents(database) == after_first
    assert len(stellr("subscriptions", "--json").json) == 1


def test_the_same_key_with_other_contents_is_refused(stellr: Run, database: Path, tmp_path: Path) -> None:
    stellr("order", "submit", ORDERS / "example.json", "--key", "k1")
    before = contents(database)
    other = written(tmp_path, changed(example(), "lines.1.seats", 2))
    refused = stellr("order", "submit", other, "--key", "k1", "--json")
    assert refused.status == 1
    assert refused.out == ""
    assert "「k1」" in refused.err
    assert contents(database) == before


def test_another_key_is_another_order(stellr: Run) -> None:
    for key in ("k1", "k2"):
        assert stellr("order", "submit", ORDERS / "example.json", "--key", key).status == 0
    assert [one["contract_number"] for one in stellr("subscriptions", "--json").json] == [81766, 81767]


def test_two_processes_with_the_same_key_at_once_make_one_order(stellr: Run, database: Path) -> None:
    command = ("order", "submit", ORDERS / "example.json", "--key", "k1", "--json", "--database", database)
    programs = [start(*command) for _ in range(4)]
    answers = [finish(program) for program in programs]
    assert [answer.status for answer in answers] == [0] * 4
    assert {line for answer in answers for line in answer.err.splitlines() if LIKELY_KNOWN not in line} == set()
    assert {json.dumps(answer.json) for answer in answers} == {json.dumps(answers[0].json)}
    assert len(stellr("subscriptions", "--json").json) == 1
    assert len(stellr("customers", "--json").json) == 2


def test_a_dry_run_leaves_no_trace(stellr: Run, database: Path) -> None:
    before = contents(database)
    tried = stellr("order", "submit", ORDERS / "example.json", "--dry-run", "--key", "k1", "--json")
    assert tried.status == 0
    assert tried.json["total"] == 24710
    [contract] = tried.json["contracts"]
    assert contract["contract_number"] is None
    assert (contract["status"], contract["delivered_on"]) == ("provisioning", "2024-03-20")
    assert "何も保存していません" in tried.err
    assert contents(database) == before
    assert stellr("order", "submit", ORDERS / "example.json", "--key", "k1", "--json").status == 0


def test_a_dry_run_is_refused_by_the_same_rules(stellr: Run, database: Path, tmp_path: Path) -> None:
    before = contents(database)
    refused = stellr("order", "submit", written(tmp_path, changed(example(), "lines.1.seats", 0)), "--dry-run")
    assert refused.status == 1
    assert "1行目の数量" in refused.err
    assert contents(database) == before


def test_a_po_number_used_before_is_a_warning_that_names_the_earlier_order(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    again = stellr("order", "submit", ORDERS / "example.json", "--json")
    assert again.status == 0
    assert again.json["contracts"][0]["contract_number"] == 81767
    for named in ("発注番号", "「PO-2024-001」", "81766", "2024-03-11"):
        assert named in again.err


def test_an_unknown_postal_code_and_an_odd_phone_number_are_warnings(stellr: Run, tmp_path: Path) -> None:
    order = changed(whole(), "customer.postal_code", "0000000")
    order = changed(order, "customer.contact.phone", "03123456798")
    order = changed(order, "customer.company", "別の株式会社")
    taken = stellr("order", "submit", written(tmp_path, order), "--json")
    assert taken.status == 0
    assert len(taken.json["contracts"]) == 1
    first, second = taken.err.splitlines()
    assert "customer.postal_code" in first
    assert "「0000000」" in first
    assert "customer.contact.phone" in second
    assert "「03123456798」" in second


def test_without_a_known_postal_code_prefecture_and_city_are_needed(
    stellr: Run, database: Path, tmp_path: Path
) -> None:
    before = contents(database)
    refused = stellr("order", "submit", written(tmp_path, changed(example(), "customer.postal_code", "0000000")))
    assert refused.status == 1
    assert "市区町村" in refused.err
    assert "都道府県" in refused.err
    assert contents(database) == before


def whole() -> dict[str, Any]:
    """The example with prefecture and city written out, so that a wrong postal code is the only mistake."""
    order = example()
    order["customer"] |= {"prefecture": "東京都", "city": "江東区"}
    return order


# Each bad value of the rules' list, where it stands, the label that must be named, and how the value is shown.
REFUSED = [
    *(("lines.1.seats", given, "1行目の数量", f"「{given}」") for given in (0, -1, 1.5, "abc", 10_000, "1.0", "¹")),
    ("lines.1.seats", "", "1行目の数量", "（空欄）"),
    ("lines.1.seats", True, "1行目の数量", "「True」"),
    ("lines.1.seats", [1], "1行目の数量", "「[1]」"),
    ("lines.1.sku", "123", "1行目のSKU番号", "「123」"),
    ("lines", [], "カート", "商品"),
    ("lines", "6900990", "商品", "「6900990」"),
    ("lines", [{"sku": "6900990", "seats": 1}] * 2, "2行目のSKU番号", "「6900990」"),
    ("customer", 1, "エンドユーザー", "「1」"),
    ("customer", 10**30, "エンドユーザー", f"「{10**30}」"),
    ("customer", "159813", "エンドユーザー", "「159813」"),
    ("customer", True, "エンドユーザー", "「True」"),
    ("customer.company", "", "会社名", "必須"),
    ("customer.company", " \u3000", "会社名", "必須"),
    ("customer.company", "あ" * 101, "会社名", "100文字以内"),
    ("customer.company", 7, "会社名", "「7」"),
    ("customer.company_kana", "test", "会社名カナ", "「test」"),
    ("customer.company_kana", "会社", "会社名カナ", "「会社」"),
    ("customer.company_kana", "ア" * 101, "会社名カナ", "100文字以内"),
    *(("customer.postal_code", given, "〒", f"「{given}」") for given in ("123", "12345678", "135000A")),
    ("customer.location", "", "場所名", "必須"),
    ("customer.address1", "", "住所1", "必須"),
    ("customer.address1", "あ" * 201, "住所1", "200文字以内"),
    ("customer.address2", "あ" * 201, "住所2", "200文字以内"),
    ("customer.prefecture", "東京", "都道府県", "「東京」"),
    ("customer.contact.name", "", "担当者名", "必須"),
    *(("customer.contact.email", given, "Eメール", f"「{given}」") for given in ("a@", "a", "a b@c.jp", "名@c.jp")),
    *(("customer.contact.phone", given, "電話番号", f"「{given}」") for given in ("123", "031234567", "03-abcd-5678")),
    ("customer.contact.phone", "", "電話番号", "必須"),
    ("customer.security_contact.email", "a@", "Security Contact Email", "「a@」"),
    ("customer.security_contact.phone", "1", "Security Contact Phone", "「1」"),
    ("customer.security_contact", "nobody", "Security Contact", "「nobody」"),
    ("po_number", "", "発注番号", "必須"),
    ("po_number", "P" * 41, "発注番号", "40文字以内"),
    ("end_user_order_number", "E" * 201, "エンドユーザー注文番号", "200文字以内"),
    ("department", "あ" * 101, "担当部署名", "100文字以内"),
    *(
        (place, f"x{one}y", label, f"U+{ord(one):04X}")
        for place, label in (
            ("po_number", "発注番号"),
            ("end_user_order_number", "エンドユーザー注文番号"),
            ("department", "担当部署名"),
            ("customer.company", "会社名"),
            ("customer.location", "場所名"),
            ("customer.address1", "住所1"),
            ("customer.contact.name", "担当者名"),
        )
        for one in ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\n")
    ),
]


@pytest.mark.parametrize(("place", "given", "label", "shown"), REFUSED)
def test_what_the_rules_forbid_is_refused_by_field_and_value_and_changes_nothing(
    stellr: Run, database: Path, tmp_path: Path, place: str, given: object, label: str, shown: str
) -> None:
    before = contents(database)
    path = written(tmp_path, changed(whole(), place, given))
    file_before = path.read_bytes()
    refused = stellr("order", "submit", path, "--json", "--key", "k1")
    assert refused.status == 1
    assert refused.out == ""
    assert label in refused.err
    assert shown in refused.err
    assert len(refused.err.splitlines()) == 1
    assert "\x1b" not in refused.err
    assert contents(database) == before
    assert path.read_bytes() == file_before


def test_every_mistake_is_named_at_once_by_its_key(stellr: Run, tmp_path: Path) -> None:
    order = changed(changed(whole(), "customer.postal_code", "1"), "lines.1.seats", 0)
    refused = stellr("order", "submit", written(tmp_path, changed(order, "po_number", "")))
    assert [line.partition(":")[0] for line in refused.err.splitlines()] == [
        "customer.postal_code",
        "po_number",
        "lines.1.seats",
    ]


@pytest.mark.parametrize(
    "place",
    [
        "po_number",
        "customer",
        "lines",
        "lines.1.sku",
        "lines.1.seats",
        "customer.company",
        "customer.company_kana",
        "customer.location",
        "customer.postal_code",
        "customer.address1",
        "customer.contact",
        "customer.contact.name",
        "customer.contact.phone",
        "customer.contact.email",
    ],
)
def test_a_missing_key_is_refused_by_name(stellr: Run, database: Path, tmp_path: Path, place: str) -> None:
    before = contents(database)
    refused = stellr("order", "submit", written(tmp_path, without(example(), place)))
    assert refused.status == 1
    assert any(line.startswith(f"{place}: ") for line in refused.err.splitlines())
    assert contents(database) == before


@pytest.mark.parametrize(
    "place", ["end_user_order_number", "department", "customer.address2", "customer.security_contact"]
)
def test_what_may_be_left_out_is_not_missed(stellr: Run, tmp_path: Path, place: str) -> None:
    assert stellr("order", "submit", written(tmp_path, without(example(), place))).status == 0


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("po_nummer", "end_user_order_number"),
        ("customer.compny", "company_kana"),
        ("customer.contact.fax", "phone"),
        ("customer.security_contact.fax", "phone"),
        ("lines.1.plan", "seats"),
    ],
)
def test_a_key_that_is_not_known_is_refused_by_name_with_those_that_are(
    stellr: Run, database: Path, tmp_path: Path, place: str, allowed: str
) -> None:
    before = contents(database)
    refused = stellr("order", "submit", written(tmp_path, changed(example(), place, "x")))
    assert refused.status == 1
    assert place.rpartition(".")[2] in refused.err
    assert allowed in refused.err
    assert contents(database) == before


@pytest.mark.parametrize("key", ["", "k" * 101, "k\x1b"])
def test_a_key_that_cannot_be_one_is_refused(stellr: Run, database: Path, key: str) -> None:
    before = contents(database)
    refused = stellr("order", "submit", ORDERS / "example.json", "--key", key)
    assert refused.status == 1
    assert "キー" in refused.err
    assert contents(database) == before


def test_a_file_with_wrong_keys_and_wrong_values_is_refused_for_all_of_them_at_once(
    stellr: Run, database: Path, tmp_path: Path
) -> None:
    before = contents(database)
    order = changed(changed(example(), "customer.contact.phone", "1"), "lines.1.seats", 0)
    order = without(changed(order, "po_number", "P" * 41), "customer.postal_code")
    order["customer"]["adress2"] = "3F"
    refused = stellr("order", "submit", written(tmp_path, order))
    assert refused.status == 1
    assert sorted(line.partition(":")[0] for line in refused.err.splitlines()) == sorted(
        [
            "customer.postal_code",
            "「customer.adress2」というキーはありません（使えるキーは company, company_kana, location, postal_code,"
            " address1, contact, address2, prefecture, city, security_contact）。",
            "customer.contact.phone",
            "lines.1.seats",
            "po_number",
        ]
    )
    assert contents(database) == before


def test_a_customer_who_is_likely_there_already_is_named_and_taken(stellr: Run) -> None:
    submitted = stellr("order", "submit", ORDERS / "example.json")
    assert submitted.status == 0
    assert submitted.err.startswith(f"customer.postal_code: 〒の{LIKELY_KNOWN}")
    assert "顧客番号 159813" in submitted.err


def test_the_help_names_every_key_of_an_order_file(stellr: Run, tmp_path: Path) -> None:
    order = example()
    for table in (order, order["lines"][0], order["customer"], order["customer"]["contact"]):
        table["nonsense"] = 1
    refused = stellr("order", "submit", written(tmp_path, order)).err
    known = {key for keys in re.findall(r"使えるキーは ([^）]+)）", refused) for key in keys.split(", ")}
    assert {"po_number", "seats", "company_kana", "security_contact", "prefecture", "email"} < known
    shown = stellr("order", "submit", "--help").out
    assert {key for key in known if not re.search(rf"\b{key}\b", shown)} == set()

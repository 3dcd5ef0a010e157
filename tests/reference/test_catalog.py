"""The vendor catalogue: what is shipped, prices by day, and what a faulty file is told."""

from datetime import date
from pathlib import Path

import pytest

from stellr_tui.reference.catalog import Catalog, load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.reference.labels import billing_type
from stellr_tui.reference.sentences import sentence
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Finding, Reason, Refused

ONE_PRODUCT = """
[[vendor]]
code = "acme"
name = "Acme"
company = "アクメ株式会社"
group = "Acme"
wizard_title = "アクメ"

[[vendor.product]]
sku = "1234567"
name = "アクメ"
manufacturer_part_number = "A-1"
product_code = "A1"
msrp = 1500
plan = "monthly"
billing_type = "1ユーザー当たり / 月額"

[[vendor.product.price]]
from = 2024-01-01
yen = 1000

[[vendor.product.price]]
from = 2024-07-01
yen = 1200
"""


@pytest.fixture
def shipped() -> Catalog:
    return load_catalog(data_path("catalog.toml"))


def written(folder: Path, text: str) -> Path:
    path = folder / "catalog.toml"
    path.write_text(text, encoding="utf-8")
    return path


def findings_of(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as refused:
        load_catalog(path)
    return refused.value.findings


def test_the_vendors_of_the_portal_are_there_in_its_order(shipped: Catalog) -> None:
    assert [vendor.name for vendor in shipped.vendors] == [
        "PHONE APPLI",
        "Chatwork",
        "LANSCOPE Endpoint Manager for IaaS",
        "LANSCOPE Endpoint Manager Cloud",
        "SYNNEX DaaS",
        "IBM Cloud",
        "AhnLab V3 Security for Business",
        "vade FOR M365",
        "SOFTCAMP",
        "CLOMO",
        "OneBe",
        "Money Forward クラウド",
        "ポケットーク for BUSINESS 同時通訳",
    ]
    assert shipped.vendor("synnex-daas").note == "プリンターを月額料金で利用可能!"


def test_the_vendor_of_the_manual_has_its_company_heading_and_wizard_title(shipped: Catalog) -> None:
    vendor = shipped.vendor("pocketalk")
    assert (vendor.company, vendor.group, vendor.wizard_title) == (
        "ソースネクスト株式会社",
        "Sourcenext",
        "ポケットーク字幕",
    )


def test_the_annual_product_is_the_row_of_the_manual(shipped: Catalog) -> None:
    product = shipped.product("6900990")
    assert product.name == "ポケットーク同時通訳(年額サブスクリプション)シリアルコード"
    assert product.manufacturer_part_number == "0000339760"
    assert product.product_code == "SS104TS"
    assert product.msrp is None
    assert product.plan is Plan.ANNUAL
    assert product.price_on(date(2024, 4, 1)) == 24_710
    assert not product.sample
    assert product.vendor_code == "pocketalk"


def test_the_monthly_product_is_a_sample(shipped: Catalog) -> None:
    product = shipped.product("9900990")
    assert product.name == "ポケットーク同時通訳(月額サブスクリプション)【サンプル】"
    assert (product.manufacturer_part_number, product.product_code) == ("SAMPLE-M", "SAMPLE-M")
    assert product.plan is Plan.MONTHLY
    assert product.price_on(date(2024, 4, 1)) == 2_200
    assert product.sample


def test_shipped_billing_types_are_those_of_their_plans(shipped: Catalog) -> None:
    products = shipped.products("pocketalk")
    assert [one.billing_type for one in products] == [billing_type(one.plan) for one in products]


def test_products_can_be_asked_for_by_plan(shipped: Catalog) -> None:
    assert [one.sku for one in shipped.products("pocketalk")] == ["6900990", "9900990"]
    assert [one.sku for one in shipped.products("pocketalk", Plan.MONTHLY)] == ["9900990"]
    assert shipped.products("clomo") == ()


def test_an_unknown_sku_is_refused(shipped: Catalog) -> None:
    with pytest.raises(Refused) as refused:
        shipped.product("6900991")
    assert refused.value.findings == (Finding(Reason.UNKNOWN_PRODUCT, "sku", "6900991"),)


def test_an_unknown_vendor_is_refused_with_those_there_are(shipped: Catalog) -> None:
    with pytest.raises(Refused) as refused:
        shipped.products("nobody")
    finding = refused.value.findings[0]
    assert (finding.reason, finding.given) == (Reason.NOT_A_CHOICE, "nobody")
    assert "pocketalk" in str(finding.facts["allowed"])


def test_a_price_is_in_force_from_its_day_until_the_next(tmp_path: Path) -> None:
    product = load_catalog(written(tmp_path, ONE_PRODUCT)).product("1234567")
    assert product.price_on(date(2024, 1, 1)) == 1_000
    assert product.price_on(date(2024, 6, 30)) == 1_000
    assert product.price_on(date(2024, 7, 1)) == 1_200
    assert product.price_on(date(2030, 1, 1)) == 1_200


def test_before_the_first_price_there_is_none(tmp_path: Path) -> None:
    product = load_catalog(written(tmp_path, ONE_PRODUCT)).product("1234567")
    with pytest.raises(Refused) as refused:
        product.price_on(date(2023, 12, 31))
    facts = {"day": date(2023, 12, 31), "first_on": date(2024, 1, 1)}
    assert refused.value.findings == (Finding(Reason.NO_PRICE, "sku", "1234567", facts),)


def test_a_vendor_with_products_added_to_the_shipped_file_can_be_ordered_from(tmp_path: Path) -> None:
    shipped_text = data_path("catalog.toml").read_text(encoding="utf-8")
    catalog = load_catalog(written(tmp_path, shipped_text + ONE_PRODUCT))
    assert [one.name for one in catalog.products("acme")] == ["アクメ"]
    assert catalog.product("1234567").msrp == 1_500
    assert catalog.product("6900990").price_on(date(2024, 5, 15)) == 24_710


@pytest.mark.parametrize(
    ("shipped_line", "faulty_line", "key", "reason", "given"),
    [
        ("yen = 1200", 'yen = "1200"', "vendor.1.product.1.price.2.yen", Reason.WRONG_TYPE, "1200"),
        ("yen = 1200", "yen = 1200.5", "vendor.1.product.1.price.2.yen", Reason.WRONG_TYPE, "1200.5"),
        ("yen = 1200", "yen = -1", "vendor.1.product.1.price.2.yen", Reason.WRONG_TYPE, "-1"),
        ("yen = 1200", "yen = true", "vendor.1.product.1.price.2.yen", Reason.WRONG_TYPE, "True"),
        ("yen = 1200", "", "vendor.1.product.1.price.2.yen", Reason.REQUIRED, ""),
        ("msrp = 1500", "msrp = -1500", "vendor.1.product.1.msrp", Reason.WRONG_TYPE, "-1500"),
        ("from = 2024-07-01", 'from = "7/1"', "vendor.1.product.1.price.2.from", Reason.WRONG_TYPE, "7/1"),
        ("from = 2024-07-01", "from = 2024-01-01", "vendor.1.product.1.price.2.from", Reason.WRONG_TYPE, "2024-01-01"),
        ("from = 2024-07-01", "from = 2023-12-31", "vendor.1.product.1.price.2.from", Reason.WRONG_TYPE, "2023-12-31"),
        ('plan = "monthly"', 'plan = "weekly"', "vendor.1.product.1.plan", Reason.WRONG_TYPE, "weekly"),
        ('product_code = "A1"', "product_code = 1", "vendor.1.product.1.product_code", Reason.WRONG_TYPE, "1"),
        ('product_code = "A1"', "", "vendor.1.product.1.product_code", Reason.REQUIRED, ""),
        ('product_code = "A1"', 'produkt_code = "A1"', "vendor.1.product.1.produkt_code", Reason.UNKNOWN_KEY, "A1"),
        ('code = "acme"', 'code = "Acme Inc"', "vendor.1.code", Reason.WRONG_TYPE, "Acme Inc"),
        ('company = "アクメ株式会社"', "", "vendor.1.company", Reason.REQUIRED, ""),
        ('name = "Acme"', 'name = "A\\u001bcme"', "vendor.1.name", Reason.CONTROL_CHARACTER, "A\x1bcme"),
    ],
)
def test_a_fault_is_refused_with_its_key_what_was_given_and_the_file(
    tmp_path: Path, shipped_line: str, faulty_line: str, key: str, reason: Reason, given: str
) -> None:
    assert shipped_line in ONE_PRODUCT
    path = written(tmp_path, ONE_PRODUCT.replace(shipped_line, faulty_line))
    finding = next(one for one in findings_of(path) if one.field == key)
    assert (finding.reason, finding.given, finding.facts["file"]) == (reason, given, str(path))
    if reason in (Reason.WRONG_TYPE, Reason.UNKNOWN_KEY):
        assert finding.facts["allowed"]
    assert str(path) in sentence(finding)


def test_a_sku_may_stand_in_the_file_only_once(tmp_path: Path) -> None:
    path = written(tmp_path, ONE_PRODUCT + ONE_PRODUCT.replace('"acme"', '"acme-2"'))
    (finding,) = findings_of(path)
    assert (finding.field, finding.given) == ("vendor.2.product.1.sku", "1234567")
    assert "重ならない" in sentence(finding)


def test_a_vendor_code_may_stand_in_the_file_only_once(tmp_path: Path) -> None:
    path = written(tmp_path, ONE_PRODUCT + ONE_PRODUCT.replace("1234567", "7654321"))
    (finding,) = findings_of(path)
    assert (finding.field, finding.given) == ("vendor.2.code", "acme")


def test_a_product_without_a_price_is_refused(tmp_path: Path) -> None:
    (finding,) = findings_of(written(tmp_path, ONE_PRODUCT.partition("[[vendor.product.price]]")[0]))
    assert (finding.reason, finding.field) == (Reason.REQUIRED, "vendor.1.product.1.price")


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = ONE_PRODUCT.replace("yen = 1000", "yen = -1").replace('plan = "monthly"', 'plan = "weekly"')
    assert {one.field for one in findings_of(written(tmp_path, text))} == {
        "vendor.1.product.1.price.1.yen",
        "vendor.1.product.1.plan",
    }


@pytest.mark.parametrize("content", [b"[[vendor", b"\xff\xfe", b"vendor = 1 2"])
def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalog.toml"
    path.write_bytes(content)
    (finding,) = findings_of(path)
    assert finding.reason is Reason.UNREADABLE_FILE
    assert finding.facts["file"] == str(path)
    assert finding.facts["detail"]


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path / "none.toml")
    assert (finding.reason, finding.given) == (Reason.UNREADABLE_FILE, "none.toml")


@pytest.mark.parametrize("text", ["", "vendor = []", "vendor = 1", "vendor = [1]", "[vendor]"])
def test_a_file_without_a_list_of_vendors_is_refused(tmp_path: Path, text: str) -> None:
    (finding,) = findings_of(written(tmp_path, text))
    assert finding.field == "vendor"


def test_the_users_own_catalogue_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    assert load_catalog().vendor("pocketalk")
    written(tmp_path, ONE_PRODUCT)
    assert [vendor.code for vendor in load_catalog().vendors] == ["acme"]

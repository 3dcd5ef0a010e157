"""`stellr postal` and `stellr catalog`."""

from pathlib import Path

import pytest

from tests.cli.running import Run


@pytest.mark.parametrize("given", ["1350001", "135-0001", "〒135-0001", "１３５０００１"])
def test_a_postal_code_is_understood_however_it_is_written(stellr: Run, given: str) -> None:
    assert stellr("postal", given, "--json").json == {
        "code": "1350001",
        "matches": [{"prefecture": "東京都", "prefecture_code": "13", "city": "江東区", "town": "毛利", "office": ""}],
    }


def test_an_office_with_a_code_of_its_own_is_known(stellr: Run) -> None:
    [match] = stellr("postal", "1358559", "--json").json["matches"]
    assert "SYNNEX" in match["office"]
    assert match["city"] == "江東区"


def test_every_place_of_a_code_is_listed(stellr: Run) -> None:
    matches = stellr("postal", "4980000", "--json").json["matches"]
    assert len(matches) > 1
    shown = stellr("postal", "4980000").out
    assert all(match["town"] in shown for match in matches)


def test_an_unknown_code_is_a_warning_and_no_refusal(stellr: Run) -> None:
    found = stellr("postal", "0000000", "--json")
    assert found.json == {"code": "0000000", "matches": []}
    assert found.status == 0
    assert "「0000000」" in found.err


@pytest.mark.parametrize("given", ["135000", "13500011", "abcdefg", "135 00 0x"])
def test_what_is_no_postal_code_is_refused(stellr: Run, given: str) -> None:
    refused = stellr("postal", given, "--json")
    assert refused.status == 1
    assert refused.out == ""
    assert f"「{given}」" in refused.err
    assert "7桁" in refused.err


def test_the_catalogue_has_the_manuals_product_with_its_price(stellr: Run) -> None:
    vendors = {vendor["code"]: vendor for vendor in stellr("catalog", "--json").json}
    assert len(vendors) == 13
    assert vendors["chatwork"]["products"] == []
    annual, monthly = vendors["pocketalk"]["products"]
    assert (annual["sku"], annual["manufacturer_part_number"], annual["product_code"], annual["plan"]) == (
        "6900990",
        "0000339760",
        "SS104TS",
        "annual",
    )
    assert annual["msrp"] is None
    assert annual["prices"] == [{"starts_on": "2024-01-01", "unit_price": 24710}]
    assert (monthly["sku"], monthly["plan"], monthly["sample"]) == ("9900990", "monthly", True)


def test_the_catalogue_for_people_marks_the_sample_price(stellr: Run) -> None:
    lines = stellr("catalog").out.splitlines()
    [annual] = [line for line in lines if "6900990" in line]
    [monthly] = [line for line in lines if "9900990" in line]
    assert "¥24,710" in annual
    assert "N/A" in annual
    assert "サンプル価格" not in annual
    assert "¥2,200" in monthly
    assert "サンプル価格" in monthly
    assert any("SYNNEX DaaS" in line for line in lines)


def test_neither_needs_an_order_book(stellr: Run, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "stellr.db"
    assert stellr("postal", "1350001", "--database", missing).status == 0
    assert stellr("catalog", "--database", missing).status == 0
    assert not missing.parent.exists()

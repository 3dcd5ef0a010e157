"""A second end user of the same name in the same place, or with the same phone, is warned of and never refused."""

from collections.abc import Mapping

import pytest

from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.rules.likeness import Known, likely_known

MOURI = Known(159813, "テスト株式会社", frozenset({"1350001"}), frozenset({"03-1234-5678", "0451234567"}))
ELSEWHERE = Known(159820, "テスト株式会社", frozenset({"1000001"}), frozenset())


def warned(company: str, codes: Mapping[str, str], phones: Mapping[str, str]) -> tuple[str, object] | None:
    finding = likely_known(company, codes, phones, [ELSEWHERE, MOURI])
    return (finding.field, finding.facts["customer_number"]) if finding else None


def test_the_same_name_at_the_same_postal_code_is_named_at_that_field() -> None:
    assert likely_known("テスト株式会社", {"postal_code": "1350001"}, {}, [ELSEWHERE, MOURI]) == Finding(
        Reason.LIKELY_KNOWN, "postal_code", "1350001", {"customer_number": 159813, "company": "テスト株式会社"}
    )


@pytest.mark.parametrize("phone", ["0312345678", "03-1234-5678", "0451234567"])
def test_the_same_name_with_the_same_phone_however_it_is_hyphened_is_named_there(phone: str) -> None:
    assert warned("テスト株式会社", {"postal_code": "2310023"}, {"contact.phone": phone}) == ("contact.phone", 159813)


@pytest.mark.parametrize("company", ["テスト 株式会社", "ﾃｽﾄ株式会社", " テスト株式会社　"])
def test_width_and_blanks_of_the_name_do_not_matter(company: str) -> None:
    assert warned(company, {"postal_code": "1350001"}, {}) == ("postal_code", 159813)


def test_a_further_location_or_contact_counts_as_well() -> None:
    codes = {"postal_code": "2310023", "locations.2.postal_code": "1000001"}
    assert warned("テスト株式会社", codes, {}) == ("locations.2.postal_code", 159820)
    phones = {"contact.phone": "0120000000", "contacts.2.phone": "0451234567"}
    assert warned("テスト株式会社", {}, phones) == ("contacts.2.phone", 159813)


@pytest.mark.parametrize("company", ["別の株式会社", "テスト", "", "　"])
def test_another_name_at_the_same_place_is_nothing_unusual(company: str) -> None:
    assert warned(company, {"postal_code": "1350001"}, {"contact.phone": "0312345678"}) is None


def test_the_same_name_elsewhere_is_nothing_unusual() -> None:
    assert warned("テスト株式会社", {"postal_code": "2310023"}, {"contact.phone": "0312345679"}) is None
    assert warned("テスト株式会社", {}, {}) is None

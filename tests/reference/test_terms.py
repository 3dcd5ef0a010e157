"""The vendor's terms in each language."""

from pathlib import Path

import pytest

from stellr_tui.reference.terms import vendor_terms
from stellr_tui.rules.findings import Reason, Refused


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_terms_tell_the_days_of_the_rules(language: str) -> None:
    terms = vendor_terms("pocketalk", language)
    for told in ("15", "16", "20", "5/15", "5/20", "5/21", "5/31", "6/1", "7/1", "6/10", "cloudsw@tdsynnex.com"):
        assert told in terms


def test_each_language_has_its_own_text() -> None:
    assert "返金はありません" in vendor_terms("pocketalk", "ja")
    assert "Nothing is refunded" in vendor_terms("pocketalk", "en")


def test_a_language_without_terms_gets_the_japanese_ones() -> None:
    assert vendor_terms("pocketalk", "fr") == vendor_terms("pocketalk", "ja")


def test_a_vendor_without_terms_has_none() -> None:
    assert vendor_terms("clomo", "ja") == ""


def test_the_users_own_terms_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    own = tmp_path / "terms" / "clomo.ja.md"
    own.parent.mkdir()
    own.write_text("# 規約", encoding="utf-8")
    assert vendor_terms("clomo", "ja") == "# 規約"


def test_terms_that_cannot_be_read_are_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    own = tmp_path / "terms" / "clomo.ja.md"
    own.parent.mkdir()
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused) as refused:
        vendor_terms("clomo", "ja")
    assert refused.value.findings[0].reason is Reason.UNREADABLE_FILE

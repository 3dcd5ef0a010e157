"""Which tests run in each language: those that hold no Japanese words, neither in themselves nor in what they name."""

from __future__ import annotations

import pytest

from stellr_tui.reference.texts import LANGUAGES, language
from tests.screens.japanese import holds_japanese

COMPANY = "テスト株式会社"
ROWS = {"81766": ("annual", 12)}
WORDS = {"81766": ("年額", 12)}


def says_it() -> str:
    return "エンドユーザー"


def names_it() -> str:
    return COMPANY


def calls_it() -> str:
    return says_it()


def waits_for_it() -> bool:
    return any(key in WORDS for key in ROWS)


def goes_by_ids() -> str:
    """エンドユーザー is only spoken of here."""
    return f"#end-users {ROWS}"


@pytest.mark.parametrize("function", [says_it, names_it, calls_it, waits_for_it])
def test_words_are_found_in_a_test_and_in_what_it_names(function: object) -> None:
    assert holds_japanese(function)


def test_what_goes_by_ids_and_values_holds_none() -> None:
    assert not holds_japanese([goes_by_ids, len, ("end-users", 12), None])
    assert not holds_japanese(test_a_test_without_words_runs_in_each_language)


def test_a_test_without_words_runs_in_each_language(spoken: str) -> None:
    assert spoken in LANGUAGES
    assert language() == spoken

"""What may be typed as text: lengths, blanks, and the characters that never get in (rule 9)."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.fields import (
    calendar_day,
    email,
    katakana,
    name,
    phone,
    po_number,
    postal_code,
    quantity,
    text,
)
from stellr_tui.rules.findings import Reason, Refused
from tests.rules.refusals import refusal_of

CONTROLS = [chr(code) for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)]]
BIDI = [chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]]


@pytest.mark.parametrize("character", CONTROLS, ids=ascii)
def test_every_control_character_is_refused_with_its_place(character: str) -> None:
    typed = f"株式{character}会社"
    finding = refusal_of(text, typed, "note")
    assert finding.reason is Reason.CONTROL_CHARACTER
    assert (finding.field, finding.given) == ("note", typed)
    assert finding.facts["position"] == 3


@pytest.mark.parametrize("character", BIDI, ids=ascii)
def test_every_bidirectional_override_is_refused_with_its_place(character: str) -> None:
    finding = refusal_of(name, f"{character}テスト株式会社", "company")
    assert finding.reason is Reason.CONTROL_CHARACTER
    assert finding.facts["position"] == 1


@pytest.mark.parametrize(
    "typed",
    [
        "\x1b[31m赤\x1b[0m",
        "\x1b]0;題\x07",
        "\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\",
        "\x9b31m",
        "\x1bc",
        "\x1b",
    ],
    ids=ascii,
)
def test_terminal_escapes_are_refused(typed: str) -> None:
    assert refusal_of(text, typed, "note").reason is Reason.CONTROL_CHARACTER


@pytest.mark.parametrize(
    "typed", ["一行\n二行", "一行\r\n二行", "一\t二", "一行\n", "\n一行", "\t一", "一\r", "\n", "\t"], ids=ascii
)
def test_a_line_break_or_tab_is_refused_wherever_it_stands(typed: str) -> None:
    assert refusal_of(text, typed, "note").reason is Reason.CONTROL_CHARACTER


def test_the_place_of_a_control_character_is_counted_in_what_was_typed() -> None:
    assert refusal_of(text, "  ab\x1bc", "note").facts["position"] == 5


@pytest.mark.parametrize("dirt", ["\x1b[2J", "\x00", "\n", "\u202e", "\u2066", "\x9b"], ids=ascii)
@pytest.mark.parametrize(
    ("check", "good"),
    [
        (katakana, "テスト"),
        (po_number, "sourcenexttest"),
        (postal_code, "1350001"),
        (email, "test@yourcompany.com"),
        (phone, "0312345678"),
        (quantity, "12"),
        (calendar_day, "2024-05-15"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_no_field_lets_a_control_character_through(check: Callable[[str], object], good: str, dirt: str) -> None:
    check(good)
    for typed in (dirt + good, good[:1] + dirt + good[1:], good + dirt):
        assert refusal_of(check, typed).given == typed


@pytest.mark.parametrize(
    "typed", ["[/x]", "[red]株式会社[/red]", "[", "[[]]", "[@click=app.bell]", "\\[b]", "{0} %s ${x}", "<b>"]
)
def test_brackets_and_other_marks_are_kept_as_typed(typed: str) -> None:
    assert text(typed, "note") == typed
    assert name(typed, "company") == typed
    assert po_number(typed) == typed


@pytest.mark.parametrize(("length", "check"), [(1, text), (199, text), (200, text), (99, name), (100, name)])
def test_a_text_up_to_its_limit_is_kept(length: int, check: Callable[[str, str], str]) -> None:
    assert check("字" * length, "note") == "字" * length


@pytest.mark.parametrize(("limit", "check"), [(200, text), (100, name)])
@pytest.mark.parametrize("more", [1, 2, 10_000])
def test_a_text_over_its_limit_is_refused_and_not_cut(limit: int, check: Callable[..., object], more: int) -> None:
    typed = "字" * (limit + more)
    finding = refusal_of(check, typed, "note")
    assert finding.reason is Reason.TOO_LONG
    assert (finding.field, finding.given) == ("note", typed)
    assert finding.facts["limit"] == limit
    assert finding.facts["length"] == limit + more


def test_a_name_of_a_hundred_kanji_is_a_name() -> None:
    typed = "齋藤髙橋渡邉𠮷野" * 12 + "株式会社"
    assert len(typed) == 100
    assert name(typed, "company") == typed


def test_lengths_are_characters_and_not_what_was_needed_to_type_them() -> None:
    typed = "が" * 100
    assert len(unicodedata.normalize("NFD", typed)) == 200
    assert name(unicodedata.normalize("NFD", typed), "company") == typed


@pytest.mark.parametrize(
    ("typed", "kept"), [("か\u3099", "が"), ("ハ\u309a", "パ"), ("e\u0301", "é"), ("カ\u3099イシャ", "ガイシャ")]
)
def test_text_is_kept_in_its_composed_form(typed: str, kept: str) -> None:
    assert text(typed, "note") == kept


@pytest.mark.parametrize("typed", ["ｱｲｳ", "ＡＢＣ", "①", "㈱テスト", "ﬁ", "テスト　株式会社"])
def test_composing_changes_no_other_form_of_a_character(typed: str) -> None:
    assert text(typed, "note") == typed


@pytest.mark.parametrize("typed", [" テスト ", "　テスト　", "　 テスト"])
def test_blanks_around_a_text_are_dropped(typed: str) -> None:
    assert text(typed, "note") == "テスト"


@pytest.mark.parametrize("typed", ["", " ", "　", " 　 "])
def test_a_required_text_of_nothing_but_blanks_is_refused(typed: str) -> None:
    for check in (text, name):
        finding = refusal_of(check, typed, "note", required=True)
        assert finding.reason is Reason.REQUIRED
        assert (finding.field, finding.given) == ("note", typed)


def test_a_text_that_is_not_required_may_stay_empty() -> None:
    assert text("", "note") == ""
    assert name("　", "department") == ""


def test_the_manuals_purchase_order_number_is_one() -> None:
    assert po_number("sourcenexttest") == "sourcenexttest"


@pytest.mark.parametrize("length", [1, 2, 39, 40])
def test_a_purchase_order_number_has_1_to_40_characters(length: int) -> None:
    assert po_number("9" * length) == "9" * length
    assert po_number("号" * length) == "号" * length


@pytest.mark.parametrize("length", [41, 200, 201])
def test_a_purchase_order_number_of_more_than_40_characters_is_refused(length: int) -> None:
    finding = refusal_of(po_number, "9" * length)
    assert finding.reason is Reason.TOO_LONG
    assert finding.facts["limit"] == 40


@pytest.mark.parametrize("typed", ["", " ", "　"])
def test_a_purchase_order_number_is_required(typed: str) -> None:
    assert refusal_of(po_number, typed).reason is Reason.REQUIRED


@given(st.text(max_size=250))
def test_whatever_is_typed_is_kept_composed_or_refused_as_typed(typed: str) -> None:
    try:
        kept = text(typed, "note")
    except Refused as refused:
        assert all(finding.given == typed for finding in refused.findings)
    else:
        assert kept == unicodedata.normalize("NFC", typed).strip()
        assert len(kept) <= 200
        assert not set(kept) & {*CONTROLS, *BIDI}


@given(st.text(max_size=120))
def test_what_a_text_check_kept_it_keeps_again_unchanged(typed: str) -> None:
    try:
        kept = name(typed, "company")
    except Refused:
        return
    assert name(kept, "company") == kept

"""The explanations of the fields: each quotation says where it stands, what is allowed is what the refusal says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stellr_tui.reference import manual
from stellr_tui.reference.explanations import _EXPLANATIONS, Explanation, Rule, explanation_of
from stellr_tui.reference.manual import HEADINGS, Quotation
from stellr_tui.reference.sentences import constraint, sentence
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.po_numbers import po_pattern

QUOTATIONS = [one for one in vars(manual).values() if isinstance(one, Quotation)]


def test_every_quotation_stands_under_a_heading_of_the_manual_and_is_quoted_somewhere() -> None:
    assert QUOTATIONS
    assert [one for one in QUOTATIONS if one.heading not in HEADINGS or not one.words.strip()] == []
    quoted = {one for explanation in _EXPLANATIONS.values() for one in explanation.quoted}
    assert set(QUOTATIONS) == quoted


def test_every_field_says_what_it_is_for() -> None:
    assert [id for id, one in _EXPLANATIONS.items() if not one.words.endswith("。")] == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.DELIVERY, {manual.DELIVERY, manual.MONTHLY_INVOICES, manual.INVOICES}),
        (Rule.REDUCTION, {manual.REDUCTION}),
        (Rule.CANCELLATION, {manual.CANCELLATION}),
    ],
)
def test_where_dates_are_worked_out_their_rule_is_quoted(rule: Rule, words: set[Quotation]) -> None:
    ruled = [one for one in _EXPLANATIONS.values() if one.rule is rule]
    assert ruled
    assert [one for one in ruled if not words & set(one.quoted)] == []


@pytest.mark.parametrize(
    ("id", "general"),
    [
        ("locations-2-postal-code", "postal-code"),
        ("contacts-3-email", "contact-email"),
        ("quantity-6900990", "seats"),
        ("cell-security_contact-name".replace("_", "-"), "security-contact-name"),
    ],
)
def test_a_field_that_stands_in_several_places_has_one_explanation(id: str, general: str) -> None:
    assert explanation_of(id) is explained(general)


def test_what_is_no_field_has_no_explanation() -> None:
    assert explanation_of("save") is None
    assert explanation_of("") is None


LONG = "あ" * 1_000
WRONG: list[tuple[str, Callable[[str], object], str]] = [
    ("seats", fields.quantity, "1.5"),
    ("seats-add", fields.quantity, "0"),
    ("seats-reduce", fields.quantity, "many"),
    ("selection-name", lambda given: fields.name(given, "selection_name"), LONG),
    ("po-number", fields.po_number, LONG),
    ("company", lambda given: fields.name(given, "company"), LONG),
    ("company-kana", fields.katakana, "漢字"),
    ("postal-code", fields.postal_code, "12"),
    ("address1", lambda given: fields.text(given, "address1"), LONG),
    ("contact-phone", fields.phone, "12"),
    ("security-contact-phone", fields.phone, "12"),
    ("contact-email", fields.email, "test@"),
    ("email", fields.email, "test@"),
    ("phone", fields.phone, "12"),
    ("wish-add", fields.calendar_day, "tomorrow"),
    ("wish-cancel", fields.calendar_day, "2024-02-30"),
    ("as-of", fields.calendar_day, "昨日"),
    ("date", fields.calendar_day, "昨日"),
    ("month", fields.month, "2024"),
    ("markup", fields.markup, "0"),
    ("po-pattern", po_pattern, "PO-{yyyy}"),
]


@pytest.mark.parametrize(("id", "check", "wrong"), WRONG)
def test_what_is_allowed_is_said_in_the_words_of_the_refusal(
    id: str, check: Callable[[str], object], wrong: str
) -> None:
    with pytest.raises(Refused) as refused:
        check(wrong)
    [finding] = refused.value.findings
    assert [one for one in explained(id).allowed if constraint(one) in sentence(finding)] != []


def test_no_constraint_is_empty() -> None:
    allowed = [one for explanation in _EXPLANATIONS.values() for one in explanation.required().allowed]
    assert [one for one in allowed if not constraint(one)] == []


def explained(id: str) -> Explanation:
    found = explanation_of(id)
    assert found is not None
    return found

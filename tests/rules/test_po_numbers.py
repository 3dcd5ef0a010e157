"""発注番号 from a pattern: one number in it, parts of the day, and which comes next."""

from datetime import date

import pytest

from stellr_tui.rules.findings import Reason
from stellr_tui.rules.po_numbers import next_po_number, po_pattern
from tests.rules.refusals import refusal_of

DAY = date(2024, 3, 9)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("PO-{yyyy}-{nnn}", "PO-2024-001"),
        ("{yy}{mm}{dd}{nn}", "24030901"),
        ("{n}", "1"),
        ("発注 {nnnn}", "発注 0001"),
        ("A.{n}+", "A.1+"),
        ("", ""),
    ],
)
def test_the_first_number_is_one(pattern: str, number: str) -> None:
    assert next_po_number(po_pattern(pattern), DAY) == number


def test_the_next_number_is_behind_the_highest_whatever_is_missing_before_it() -> None:
    assert next_po_number("PO-{yyyy}-{nnn}", DAY, ["PO-2024-001", "PO-2024-007", "PO-2024-003"]) == "PO-2024-008"


def test_a_new_year_begins_anew() -> None:
    assert next_po_number("PO-{yyyy}-{nnn}", date(2025, 1, 1), ["PO-2024-007"]) == "PO-2025-001"


def test_numbers_that_the_pattern_does_not_make_do_not_count() -> None:
    used = ["PO-2024-00x", "XPO-2024-009", "PO-2024-009-2", "po-2024-009", ""]
    assert next_po_number("PO-{yyyy}-{nnn}", DAY, used) == "PO-2024-001"


def test_a_point_in_the_pattern_is_a_point() -> None:
    assert next_po_number("A.{n}", DAY, ["AB7"]) == "A.1"


def test_a_number_outgrows_its_digits() -> None:
    assert next_po_number("{nn}", DAY, ["99"]) == "100"
    assert next_po_number("{nn}", DAY, ["99", "100"]) == "101"


@pytest.mark.parametrize("pattern", ["PO-{yyyy}", "{n}{n}", "{n}{", "{n}}", "{yyy}{n}", "{N}", "{}", "{n}{now}"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    assert refusal_of(po_pattern, pattern).reason is Reason.WRONG_TYPE


def test_a_pattern_is_no_longer_than_a_number_may_be() -> None:
    assert refusal_of(po_pattern, "P" * 38 + "{n}").reason is Reason.TOO_LONG

"""Where a line of Japanese ends: the line is filled, Latin words stay whole, no line begins with a closing mark."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from stellr_tui.reference.line_breaks import wrapped

NOTE = "ご担当者様にTD SYNNEXから直接連絡することはありません。"


def test_a_line_is_filled_although_a_latin_word_with_a_blank_follows() -> None:
    assert wrapped(NOTE, 24) == ("ご担当者様にTD SYNNEXか", "ら直接連絡することはあり", "ません。")


def test_a_latin_word_stays_whole() -> None:
    assert wrapped(NOTE, 20) == ("ご担当者様にTD", "SYNNEXから直接連絡す", "ることはありません。")


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert wrapped("これは「東京」です。", 8) == ("これは", "「東京」", "です。")
    assert wrapped("データベース", 8) == ("データ", "ベース")


def test_a_line_that_fits_keeps_its_blanks_and_one_that_is_broken_its_indentation() -> None:
    assert wrapped("  81766  PO-1  ", 20) == ("  81766  PO-1  ",)
    assert wrapped("  81766  PO-1 商品名", 16) == ("  81766  PO-1 商", "品名")


def test_a_word_that_is_longer_than_the_line_stands_alone() -> None:
    assert wrapped("宛先 test@yourcompany.com です", 10) == ("宛先", "test@yourcompany.com", "です")


@given(st.text(alphabet="あ漢、。「」ーッab1 (-)Ａ　\n", max_size=60), st.integers(min_value=8, max_value=30))
def test_nothing_is_lost_and_only_what_cannot_be_broken_is_too_long(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split(" ")) == "".join(text.replace("\n", "").split(" "))
    for line in lines:
        assert cell_len(line) <= width or len(wrapped(line.strip(), 1)) == 1

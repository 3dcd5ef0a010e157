"""One line `customer product x seats PO` is taken apart as it was meant, in whatever width, order and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.desk.quick_line import Part, QuickLine, matching_products, read_line
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.fields import half_width

PRODUCTS = [product for vendor in load_catalog(data_path("catalog.toml")).vendors for product in vendor.products]

Meaning = tuple[str | None, list[tuple[str | None, str | None]], str | None]


def meaning(line: str) -> Meaning:
    """The customer, the products with their seats, and the PO number of a line."""
    read = read_line(line, PRODUCTS)
    items = [(text_of(one.product), text_of(one.seats)) for one in read.items]
    return text_of(read.customer), items, text_of(read.po_number)


def text_of(part: Part | None) -> str | None:
    return part.text if part else None


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("159813 6900990 x5 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813　６９００９９０　×５　PO-1", ("159813", [("６９００９９０", "5")], "PO-1")),
        ("１５９８１３ 6900990 *5 PO-1", ("１５９８１３", [("6900990", "5")], "PO-1")),
        ("159813 6900990 ＊５ PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 Ｘ５ PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 x 5 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 × 5 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990x5 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 SS104TSx5 PO-1", ("159813", [("SS104TS", "5")], "PO-1")),
        ("159813 SAMPLE-M*5 PO-1", ("159813", [("SAMPLE-M", "5")], "PO-1")),
        ("159813 6900990 5x PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 5シート PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 5席 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("159813 6900990 5 PO-1", ("159813", [("6900990", "5")], "PO-1")),
        ("03-1234-5678 0000339760 x5 PO-1", ("03-1234-5678", [("0000339760", "5")], "PO-1")),
        ("ﾃｽﾄ ss104ts x5 PO-1", ("ﾃｽﾄ", [("ss104ts", "5")], "PO-1")),
        ("てすと 年額 x5 PO-1", ("てすと", [("年額", "5")], "PO-1")),
        ("テスト 株式会社 ポケットーク 年額 x5 PO-1", ("テスト 株式会社", [("ポケットーク 年額", "5")], "PO-1")),
        ("テスト ﾎﾟｹｯﾄｰｸ x5", ("テスト", [("ﾎﾟｹｯﾄｰｸ", "5")], None)),
        # The PO number: last, with its blanks, or behind a mark wherever it stands.
        ("テスト 6900990 x5 PO 2024 1", ("テスト", [("6900990", "5")], "PO 2024 1")),
        ("#PO-1 テスト 6900990 x5", ("テスト", [("6900990", "5")], "PO-1")),
        ("＃PO-1 テスト 6900990 x5", ("テスト", [("6900990", "5")], "PO-1")),
        ("テスト PO:1234 6900990 x5", ("テスト", [("6900990", "5")], "1234")),
        ("テスト 6900990 x5 発注番号 ＰＯ－１", ("テスト", [("6900990", "5")], "ＰＯ－１")),
        ("テスト 6900990 x5 発注番号：PO-1", ("テスト", [("6900990", "5")], "PO-1")),
        ('#"PO 1" テスト 6900990 x5', ("テスト", [("6900990", "5")], "PO 1")),
        ("テスト 6900990 x5 #159813", ("テスト", [("6900990", "5")], "159813")),
        # An x within the PO number is its own.
        ("159813 6900990 PO-X12", ("159813", [("6900990", None)], "PO-X12")),
        ("159813 6900990 x3 PO-X1", ("159813", [("6900990", "3")], "PO-X1")),
        ("159813 6900990 ×3 PO-2024X1", ("159813", [("6900990", "3")], "PO-2024X1")),
        ("159813 6900990x3 ＰＯ／Ｘ１２", ("159813", [("6900990", "3")], "ＰＯ／Ｘ１２")),
        ("159813 年額x3 発注-X1", ("159813", [("年額", "3")], "発注-X1")),
        ("159813 6900999x3 PO-1", ("159813", [("6900999", "3")], "PO-1")),
        # Any order.
        ("6900990 x5 テスト PO-1", ("テスト", [("6900990", "5")], "PO-1")),
        ("x5 6900990 テスト", ("テスト", [("6900990", "5")], None)),
        ("x5 年額 テスト #PO-1", ("テスト", [("年額", "5")], "PO-1")),
        ("159813 annual x2 PO-1", ("159813", [("annual", "2")], "PO-1")),
        ("Annual Works monthly x2 PO-1", ("Annual Works", [("monthly", "2")], "PO-1")),
        # Customers with words that could be something else.
        ("サンプル 月額 x5 PO-1", ("サンプル", [("月額", "5")], "PO-1")),
        ("サンプル 6900990 x5 PO-1", ("サンプル", [("6900990", "5")], "PO-1")),
        ("xerox 6900990 x5 PO-1", ("xerox", [("6900990", "5")], "PO-1")),
        ('"A x 5" 6900990 x5 PO-1', ("A x 5", [("6900990", "5")], "PO-1")),
        ("「年額 商会」 6900990 x5 PO-1", ("年額 商会", [("6900990", "5")], "PO-1")),
        # Several products.
        (
            "テスト 6900990 x5 9900990 x3 PO-1",
            ("テスト", [("6900990", "5"), ("9900990", "3")], "PO-1"),
        ),
        # Not all there yet.
        ("", (None, [], None)),
        ("   ", (None, [], None)),
        ("テスト", ("テスト", [], None)),
        ("テスト 株式会社", ("テスト 株式会社", [], None)),
        ("サンプル", ("サンプル", [], None)),
        ("テスト 6900990", ("テスト", [("6900990", None)], None)),
        ("テスト 6900990 x", ("テスト", [("6900990", None)], "x")),
        ("テスト 6900990 x5", ("テスト", [("6900990", "5")], None)),
        ("6900990 x5", (None, [("6900990", "5")], None)),
        ("テスト x5", ("テスト", [(None, "5")], None)),
        # A product that there is not, and seats that a rule refuses, are kept for it to say so.
        ("テスト 6900999 x5 PO-1", ("テスト", [("6900999", "5")], "PO-1")),
        ("テスト 6900990 x0 PO-1", ("テスト", [("6900990", "0")], "PO-1")),
        ("テスト 6900990 x1.5 PO-1", ("テスト", [("6900990", "1.5")], "PO-1")),
        ("テスト 6900990 x-1 PO-1", ("テスト", [("6900990", "-1")], "PO-1")),
    ],
)
def test_a_line_means(line: str, meant: Meaning) -> None:
    assert meaning(line) == meant


def test_what_stands_where_nothing_can_is_unread() -> None:
    read = read_line("テスト 6900990 余り x5 PO-1", PRODUCTS)
    assert [one.text for one in read.unread] == ["余り"]
    assert [one.text for one in read_line("テスト 6900990 x5 #1 #2", PRODUCTS).unread] == ["2"]


def test_each_part_knows_where_it_stands() -> None:
    line = "テスト  ss104tsx5　PO-1"
    read = read_line(line, PRODUCTS)
    assert read.customer and read.items[0].product and read.po_number
    parts = (read.customer, read.items[0].product, read.po_number)
    assert [line[one.start : one.end] for one in parts] == ["テスト", "ss104ts", "PO-1"]
    assert read.at(0) == read.at(3) == read.customer
    assert read.at(4) is None
    assert read.at(12) == read.items[0].product


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("6900990", ["6900990"]),
        ("６９００９９０", ["6900990"]),
        ("0000339760", ["6900990"]),
        ("ss104ts", ["6900990"]),
        ("sample-m", ["9900990"]),
        ("年額", ["6900990"]),
        ("ぽけっとーく", ["6900990", "9900990"]),
        ("ﾎﾟｹｯﾄｰｸ 月額", ["9900990"]),
        ("Annual", ["6900990"]),
        ("ポケットーク monthly", ["9900990"]),
        ("nnu", []),
        ("690099", []),
        ("", []),
    ],
)
def test_a_product_is_meant_by_a_code_or_by_words_of_its_name(typed: str, skus: list[str]) -> None:
    assert [one.sku for one in matching_products(typed, PRODUCTS)] == skus


CUSTOMERS = st.sampled_from(["159813", "テスト", "ﾃｽﾄ", "てすと", "03-1234-5678", "0312345678", "別 会社", "(株)A"])
KINDS = st.sampled_from(["6900990", "0000339760", "SS104TS", "9900990", "SAMPLE-M", "年額", "ポケットーク 月額"])
SEATS = st.integers(1, 9999)
PO_NUMBERS = st.from_regex(r"[A-Z]{2}-[0-9]{1,6}", fullmatch=True)
MARKS = st.sampled_from(["x{}", "X{}", "×{}", "*{}", "x {}", "× {}", "{}x", "{}シート", "{}席"])
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(CUSTOMERS, KINDS, SEATS, PO_NUMBERS, MARKS, st.booleans(), st.sampled_from([" ", "  ", "\u3000"]))
def test_what_is_written_in_the_usual_order_is_read_as_it_was_meant(
    customer: str, product: str, seats: int, po_number: str, mark: str, wide: bool, gap: str
) -> None:
    written = [customer, product, mark.format(seats), po_number]
    if wide:
        written = [one.translate(WIDE) for one in written]
    read_customer, items, read_po = meaning(gap.join(written))
    assert read_customer is not None and read_po is not None
    assert half_width(read_customer) == customer
    assert [(half_width(kind or ""), count) for kind, count in items] == [(product, str(seats))]
    assert half_width(read_po) == po_number


@given(st.permutations(["customer", "items", "po"]), CUSTOMERS, KINDS, SEATS, PO_NUMBERS, MARKS)
def test_with_a_marked_po_number_the_parts_stand_in_any_order(
    order: list[str], customer: str, product: str, seats: int, po_number: str, mark: str
) -> None:
    written = {"customer": customer, "items": f"{product} {mark.format(seats)}", "po": f"#{po_number}"}
    line = " ".join(written[part] for part in order)
    assert meaning(line) == (customer, [(product, str(seats))], po_number)


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.text(alphabet='x×#5 6"「」発注番号テ', max_size=30)
)
def test_whatever_is_typed_is_taken_apart_without_losing_its_place(line: str) -> None:
    read = read_line(line, PRODUCTS)
    parts = [read.customer, read.po_number, *read.unread]
    parts += [part for one in read.items for part in (one.product, one.seats)]
    for part in parts:
        assert part is None or (0 <= part.start < part.end <= len(line) and part.text)


def test_a_line_of_any_length_is_read_at_once() -> None:
    assert isinstance(read_line("x" * 1_000_000, PRODUCTS), QuickLine)
    assert read_line("テスト " * 100_000, PRODUCTS).customer is not None

"""Lists as files for spreadsheets: whole, harmless, and read a page at a time."""

import csv
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, add_end_user
from stellr_tui.desk.export import (
    Sheet,
    customers_sheet,
    export_sheet,
    invoices_sheet,
    orders_sheet,
    subscriptions_sheet,
)
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import discard_order
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference import sheet_files
from stellr_tui.reference.csv_text import Cell, as_it_was
from stellr_tui.reference.sheet_files import Heading, write_list
from stellr_tui.reference.texts import use_language
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.status import Status
from tests.desk.office import ANNUAL, FORM, MONTHLY, a_sent_order, an_order, another_end_user, turn_to
from tests.rules.refusals import findings_of

FORMULAS = ["=1+1", "+81312345678", "-5", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1+1", '=HYPERLINK("x")']
HARMLESS = ["株式会社=サンプル", "'引用'", 'a"b', "一行目\n二行目", "1,000", "0312345678", ""]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> list[dict[str, Any]]:
    """The rows of the only sheet, each by its headings; nothing in it may be a formula."""
    book = load_workbook(path)
    [sheet] = book.worksheets
    cells = [list(row) for row in sheet.iter_rows()]
    assert [cell.coordinate for row in cells for cell in row if cell.data_type == "f"] == []
    headings, *rows = [[cell.value for cell in row] for row in cells]
    book.close()
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def exported(desk: Desk, by: SignedIn, sheet: Sheet, folder: Path) -> list[dict[str, Any]]:
    """A list as XLSX; the same as CSV says the same in text."""
    book = export_sheet(desk, by, sheet, str(folder / "list.xlsx"))
    text = export_sheet(desk, by, sheet, str(folder / "list.csv"))
    rows = read_xlsx(book.path)
    assert book.rows == text.rows == len(rows)
    assert read_csv(text.path) == [{name: _text(value) for name, value in row.items()} for row in rows]
    for one in (book, text):
        one.path.unlink()
    return rows


def _text(value: object) -> str:
    return str(value.date()) if hasattr(value, "date") else "" if value is None else str(value)


def test_the_contracts_are_exported_as_the_list_has_them(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5)
    a_sent_order(desk, lucy, 3, sku=MONTHLY, po_number="second")
    first, second = exported(desk, lucy, subscriptions_sheet(), tmp_path)
    assert first["契約番号"] == 81766
    assert first["顧客番号"] == CUSTOMER
    assert (first["現在のシート数"], first["合計価格"]) == (5, 123_550)
    assert first["SKU番号"] == ANNUAL
    assert first["ステータス"] == "Manual Provisioning"
    assert first["請求開始"].date() == date(2024, 3, 21)
    assert first["請求終了"].date() == date(2025, 3, 20)
    assert first["次の変更"] == "New 5 Seats 24/03/21"
    assert (first["注記"], second["注記"]) == (None, "サンプル価格")
    only = exported(desk, lucy, subscriptions_sheet(status=Status.PROVISIONING, searched="second"), tmp_path)
    assert [row["契約番号"] for row in only] == [81767]


def test_every_line_of_every_invoice_is_exported_and_its_sums_once(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5, sku=MONTHLY, po_number="first")
    a_sent_order(desk, lucy, 3, sku=MONTHLY, po_number="second")
    turn_to(desk, "2024-05-02")
    rows = exported(desk, lucy, invoices_sheet(), tmp_path)
    assert [(row["年月"], row["発注番号"], row["数量"], row["提供金額"]) for row in rows] == [
        ("2024-05", "first", 5, 11_000),
        ("2024-05", "second", 3, 6_600),
        ("2024-04", "first", 5, 11_000),
        ("2024-04", "second", 3, 6_600),
    ]
    assert [row["合計"] for row in rows] == [19_360, None, 19_360, None]
    assert sum(row["小計"] or 0 for row in rows) == sum(row["提供金額"] for row in rows)
    assert rows[0]["請求期間の初日"].date() == date(2024, 5, 1)
    assert len(exported(desk, lucy, invoices_sheet(date(2024, 4, 1)), tmp_path)) == 2


def test_an_end_user_has_a_row_for_each_contact_and_location(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    form = EndUserForm(
        "株式会社二つ",
        "フタツ",
        (LocationForm("本社", "1350001", "毛利 1"), LocationForm("支社", "0600001", "北1条")),
        (FORM.contacts[0], ContactForm("二人目", "0312345679", "second@example.com"), FORM.contacts[0]),
    )
    added = add_end_user(desk, lucy, form)
    rows = [row for row in exported(desk, lucy, customers_sheet(), tmp_path) if row["顧客番号"] == added.number]
    assert [(row["会社名"], row["場所名"], row["〒"], row["担当者名"]) for row in rows] == [
        ("株式会社二つ", "本社", "1350001", "テスト太郎"),
        ("株式会社二つ", "支社", "0600001", "二人目"),
        ("株式会社二つ", None, None, "テスト太郎"),
    ]
    assert rows[1]["都道府県"] == "北海道"
    assert len(exported(desk, lucy, customers_sheet("二つ"), tmp_path)) == 3


def test_every_order_is_exported_but_those_discarded(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5, po_number="sent")
    discard_order(desk, lucy, an_order(desk, lucy, po_number="discarded").id)
    other = another_end_user(desk, lucy, "株式会社別")
    an_order(desk, lucy, 2, customer=other, po_number="waits")
    sent, waits = exported(desk, lucy, orders_sheet(), tmp_path)
    assert (sent["発注番号"], sent["契約番号"], sent["数量"], sent["提供金額"]) == ("sent", 81766, 5, 123_550)
    assert (sent["送信日"].date(), sent["納品日"].date()) == (date(2024, 3, 11), date(2024, 3, 20))
    assert (waits["発注番号"], waits["顧客番号"], waits["送信日"]) == ("waits", other, None)
    assert [row["発注番号"] for row in exported(desk, lucy, orders_sheet(other), tmp_path)] == ["waits"]


def test_nobody_exports_what_is_anothers(desk: Desk, lucy: SignedIn, rival: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 5, sku=MONTHLY)
    turn_to(desk, "2024-05-02")
    for sheet in (subscriptions_sheet(), invoices_sheet(), customers_sheet(), orders_sheet()):
        assert exported(desk, rival, sheet, tmp_path) == []


def test_headings_and_words_are_in_the_language_spoken(desk: Desk, lucy: SignedIn, tmp_path: Path) -> None:
    a_sent_order(desk, lucy, 1)
    use_language("en")
    try:
        [row] = exported(desk, lucy, subscriptions_sheet(), tmp_path)
    finally:
        use_language("ja")
    assert row["Contract#"] == 81766


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_text_never_becomes_a_formula_and_reads_back_as_it_was(ending: str, tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [(one,) for one in (*FORMULAS, *HARMLESS)]
    path = write_list(str(tmp_path / f"list{ending}"), "一覧", [Heading("名前")], rows).path
    if ending == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for [cell] in list(csv.reader(file))[1:]]
        assert not any(cell.lstrip(" \u3000").startswith(tuple("=+-@\t\r＝")) for cell in cells)
        assert [as_it_was(cell) for cell in cells] == [cell for (cell,) in rows]
    else:
        book = load_workbook(path)
        [sheet] = book.worksheets
        found: list[Any] = [sheet.cell(at + 2, 1) for at in range(len(rows))]
        assert {cell.data_type for cell in found if cell.value} == {"s"}
        assert all(cell.quotePrefix for cell in found[: len(FORMULAS)])
        # XML ends its lines in its own way.
        assert [(cell.value or "").replace("\r", "\n") for cell in found] == [
            str(cell).replace("\r", "\n") for (cell,) in rows
        ]
        book.close()


def test_numbers_and_days_are_numbers_and_days(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [(-5, date(2024, 2, 29), None)]
    path = write_list(str(tmp_path / "list.xlsx"), "一覧", [Heading("数"), Heading("日"), Heading("無")], rows).path
    [sheet] = load_workbook(path).worksheets
    cells: tuple[Any, ...] = sheet[2]
    number, day, none = cells
    assert (number.value, number.data_type) == (-5, "n")
    assert day.is_date and day.value.date() == date(2024, 2, 29)
    assert none.value is None
    path = write_list(str(tmp_path / "list.csv"), "一覧", [Heading("数"), Heading("日"), Heading("無")], rows).path
    assert path.read_bytes().splitlines()[1] == b'-5,"2024-02-29",""'


@pytest.mark.parametrize("bom", [True, False])
def test_a_csv_begins_with_a_byte_order_mark_where_it_is_asked_for(bom: bool, tmp_path: Path) -> None:
    path = write_list(str(tmp_path / "list.csv"), "一覧", [Heading("名前")], [("株式会社",)], bom=bom).path
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is bom
    assert path.read_text(encoding="utf-8-sig") == '"名前"\n"株式会社"\n'


def test_a_file_that_is_there_and_a_name_of_no_kind_are_refused(tmp_path: Path) -> None:
    there = tmp_path / "list.csv"
    there.write_text("mine")
    for file, reason in (
        (there, Reason.FILE_EXISTS),
        (tmp_path / "list.xls", Reason.UNKNOWN_FILE_KIND),
        (tmp_path / "list", Reason.UNKNOWN_FILE_KIND),
        (tmp_path / "missing" / "list.csv", Reason.UNWRITABLE_FILE),
    ):
        found = findings_of(write_list, str(file), "一覧", [Heading("名前")], [("株式会社",)])
        assert [(one.reason, one.field) for one in found] == [(reason, "file")]
    assert there.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [there]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_list_that_breaks_off_leaves_no_file(ending: str, tmp_path: Path) -> None:
    def rows() -> Iterator[Sequence[Cell]]:
        yield ("株式会社",)
        raise Refused

    with pytest.raises(Refused):
        write_list(str(tmp_path / f"list{ending}"), "一覧", [Heading("名前")], rows())
    assert list(tmp_path.iterdir()) == []


def test_a_list_longer_than_a_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "SHEET_ROWS", 4)
    for count, sheets in ((0, [0]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])):
        path = write_list(
            str(tmp_path / f"{count}.xlsx"), "一覧", [Heading("番号")], ((at,) for at in range(count))
        ).path
        book = load_workbook(path)
        assert [sheet.max_row - 1 for sheet in book.worksheets] == sheets
        assert [sheet.cell(1, 1).value for sheet in book.worksheets] == ["番号"] * len(sheets)
        assert [row[0].value for sheet in book.worksheets for row in sheet.iter_rows(min_row=2)] == list(range(count))


@pytest.mark.parametrize(("ending", "count"), [(".csv", 100_000), (".xlsx", 20_000)])
def test_a_long_list_is_not_held_in_memory(ending: str, count: int, tmp_path: Path) -> None:
    rows = ((at, f"株式会社{at}", date(2024, 3, 11)) for at in range(count))
    headings = [Heading("番号"), Heading("名前"), Heading("日")]
    write_list(str(tmp_path / f"first{ending}"), "一覧", headings, [(1, "一", date(2024, 3, 11))])
    tracemalloc.start()
    try:
        written = write_list(str(tmp_path / f"list{ending}"), "一覧", headings, rows)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written.rows == count
    assert peak < 3_000_000


def test_orders_are_read_by_pages_in_a_number_of_queries_that_does_not_grow_with_a_page(
    desk: Desk, lucy: SignedIn, tmp_path: Path
) -> None:
    def queries(name: str) -> int:
        seen: list[str] = []

        def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(desk.store.engine, "before_cursor_execute", listen)
        try:
            export_sheet(desk, lucy, orders_sheet(), str(tmp_path / name))
        finally:
            event.remove(desk.store.engine, "before_cursor_execute", listen)
        return len(seen)

    an_order(desk, lucy, po_number="one")
    few = queries("few.csv")
    for number in range(5):
        an_order(desk, lucy, po_number=f"PO-{number}", customer=another_end_user(desk, lucy, f"株式会社{number}"))
    assert queries("many.csv") == few

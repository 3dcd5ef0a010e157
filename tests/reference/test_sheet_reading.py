"""Sheets as Japanese spreadsheets write them: encodings, quotes, line breaks, empty rows, and files that are none."""

import io
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from stellr_tui.reference.sheet_reading import MAX_ROWS, read_sheet_file
from stellr_tui.rules.findings import Reason
from tests.rules.refusals import findings_of

WORDS = "会社名,〒\r\n株式会社①髙﨑,１３５０００１\r\n"


def read(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in read_sheet_file(str(path))]


def a_csv(folder: Path, data: bytes) -> Path:
    path = folder / "sheet.csv"
    path.write_bytes(data)
    return path


def a_workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    [sheet] = book.worksheets
    for row in rows:
        sheet.append(row)
    book.save(folder / "sheet.xlsx")
    return folder / "sheet.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_that_excel_writes_is_recognised(encoding: str, tmp_path: Path) -> None:
    path = a_csv(tmp_path, WORDS.encode(encoding))
    assert read(path) == [(1, ("会社名", "〒")), (2, ("株式会社①髙﨑", "１３５０００１"))]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_quotes_line_breaks_in_cells_and_empty_rows_leave_the_numbers_of_the_rows_right(
    line_end: str, tmp_path: Path
) -> None:
    lines = ["a,b", '"x ""y"", z","一行目', '  二行目"', "", ",", " ,\u3000", "c,d", ""]
    path = a_csv(tmp_path, line_end.join(lines).encode())
    assert read(path) == [(1, ("a", "b")), (2, ('x "y", z', "一行目 二行目")), (6, ("c", "d"))]


def test_tabs_are_understood_too(tmp_path: Path) -> None:
    assert read(a_csv(tmp_path, "会社名\t数量\nA, B\t1\n".encode("utf-16"))) == [
        (1, ("会社名", "数量")),
        (2, ("A, B", "1")),
    ]


def test_an_apostrophe_before_a_formula_is_taken_off_and_any_other_stays(tmp_path: Path) -> None:
    assert read(a_csv(tmp_path, b"'=1+1,'+81,'quoted',O'Neil\n")) == [(1, ("=1+1", "+81", "'quoted'", "O'Neil"))]


def test_the_cells_of_a_workbook_read_as_somebody_would_type_them(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path,
        ["番号", "数", "小数", "日", "時", "真", "空"],
        [],
        [159813, 3.0, 1.5, date(2024, 3, 11), datetime(2024, 3, 11, 9, 30), True, None],  # noqa: DTZ001 - Excel knows no zone
        ["０１", "一\n二", " x ", "", "", "", "y"],
    )
    assert read(path) == [
        (1, ("番号", "数", "小数", "日", "時", "真", "空")),
        (3, ("159813", "3", "1.5", "2024-03-11", "2024-03-11 09:30:00", "True")),
        (4, ("０１", "一 二", "x", "", "", "", "y")),
    ]


def test_a_formula_is_never_worked_out_nor_kept(tmp_path: Path) -> None:
    assert read(a_workbook(tmp_path, ["a", "b"], ["=1+1", "x"])) == [(1, ("a", "b")), (2, ("", "x"))]


def bomb() -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 210_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sheet.csv", b'a,b\n"never closed'),
        ("sheet.csv", b"\x81\x00\xe3"),
        ("sheet.csv", b"a" * 10_000_001),
        ("sheet.csv", b"a\n" * (MAX_ROWS + 2)),
        ("sheet.xlsx", b"PK\x03\x04 no workbook"),
        ("sheet.xlsx", b"a,b\n1,2\n"),
        ("sheet.xlsx", bomb),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(name: str, data: object, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data() if callable(data) else data)  # type: ignore[arg-type]  # bytes, or what makes them
    [found] = findings_of(read_sheet_file, str(path))
    assert (found.reason, found.field) == (Reason.UNREADABLE_FILE, "file")
    assert found.facts["detail"]


def test_another_zip_is_no_workbook(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "sheet.xlsx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    [found] = findings_of(read_sheet_file, str(tmp_path / "sheet.xlsx"))
    assert found.reason is Reason.UNREADABLE_FILE


def test_as_many_rows_as_there_may_be_are_read(tmp_path: Path) -> None:
    assert len(read(a_csv(tmp_path, b"a\n" * (MAX_ROWS + 1)))) == MAX_ROWS + 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.csv", Reason.UNREADABLE_FILE),
        ("folder.csv", Reason.UNREADABLE_FILE),
        ("sheet.xls", Reason.UNKNOWN_FILE_KIND),
    ],
)
def test_a_file_that_cannot_be_opened_or_is_of_no_kind_is_refused(name: str, reason: Reason, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    [found] = findings_of(read_sheet_file, str(tmp_path / name))
    assert (found.reason, found.field) == (reason, "file")

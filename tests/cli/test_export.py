"""`stellr export`: the lists as CSV or XLSX, by the file's ending."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import MONTHLY, WITHIN, Run, environment, order, run_program

LISTS = ["subscriptions", "invoices", "customers", "orders"]


@pytest.fixture
def lived(stellr: Run, tmp_path: Path) -> Run:
    """Two monthly contracts of five seats since April; 2024-06-03."""
    for name in ("PO-1", "PO-2"):
        stellr("order", "submit", order(tmp_path, name, MONTHLY, 5))
    stellr("clock", "advance", "2024-06-03")
    return stellr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("what", LISTS)
def test_a_list_is_written_as_csv_and_as_a_workbook(lived: Run, tmp_path: Path, what: str) -> None:
    for ending in (".csv", ".XLSX"):
        ran = lived("export", what, tmp_path / f"list{ending}")
        assert (ran.status, ran.out) == (0, "")
        assert str(tmp_path / f"list{ending}") in ran.err
    written = rows(tmp_path / "list.csv")
    [sheet] = load_workbook(tmp_path / "list.XLSX").worksheets
    headings, *cells = sheet.iter_rows(values_only=True)
    assert list(written[0]) == list(headings)
    assert len(written) == len(cells) == {"subscriptions": 2, "invoices": 6, "customers": 1, "orders": 2}[what]
    assert f"{len(written)}行" in ran.err


def test_what_is_exported_can_be_narrowed_as_the_list_can(lived: Run, tmp_path: Path) -> None:
    lived("change", "cancel", "81766")
    for arguments, numbers in (
        (["--status", "ending"], ["81766"]),
        (["--search", "PO-2"], ["81767"]),
        (["--as-of", "2024-03-11"], ["81766", "81767"]),
    ):
        path = tmp_path / f"{arguments[0]}.csv"
        assert lived("export", "subscriptions", path, *arguments).status == 0
        assert [row["契約番号"] for row in rows(path)] == numbers
    lived("export", "invoices", tmp_path / "may.csv", "--month", "2024-05")
    assert {row["年月"] for row in rows(tmp_path / "may.csv")} == {"2024-05"}
    lived("export", "customers", tmp_path / "nobody.csv", "--search", "いません")
    assert rows(tmp_path / "nobody.csv") == []


def test_a_byte_order_mark_is_written_where_it_is_asked_for(lived: Run, tmp_path: Path) -> None:
    lived("export", "orders", tmp_path / "with.csv", "--bom")
    lived("export", "orders", tmp_path / "without.csv")
    assert (tmp_path / "with.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "without.csv").read_bytes()


def test_a_file_that_is_there_is_refused_and_stays(lived: Run, tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    ran = lived("export", "orders", there)
    assert (ran.status, ran.out) == (1, "")
    assert "すでにあります" in ran.err
    assert there.read_text() == "mine"


def test_a_name_that_says_no_kind_is_refused(lived: Run, tmp_path: Path) -> None:
    ran = lived("export", "orders", tmp_path / "list.pdf")
    assert ran.status == 1
    assert ".csv, .xlsx" in ran.err
    assert not (tmp_path / "list.pdf").exists()


def test_the_headings_speak_the_language_asked_for(lived: Run, tmp_path: Path) -> None:
    assert lived("--lang", "en", "export", "orders", tmp_path / "list.csv").status == 0
    assert {"Contract#", "PO number", "Customer#"} <= rows(tmp_path / "list.csv")[0].keys()


def test_other_commands_do_without_what_only_exports_need(database: Path) -> None:
    code = (
        "import sys; from stellr_tui.cli import main; main(sys.argv[1:]); "
        "print(sorted({'openpyxl', 'icalendar'} & set(sys.modules)), file=sys.stderr)"
    )
    for command in (["clock", "--json"], ["subscriptions", "--json"], ["export", "--help"]):
        ran = subprocess.run(
            [sys.executable, "-c", code, *command],
            env=environment(STELLR_DATABASE=str(database)),
            capture_output=True,
            timeout=WITHIN,
            check=True,
            encoding="utf-8",
        )
        assert ran.stderr.splitlines()[-1] == "[]", command


def test_the_real_program_exports(database: Path, tmp_path: Path) -> None:
    ran = run_program("export", "customers", tmp_path / "list.csv", env={"STELLR_DATABASE": str(database)})
    assert ran.status == 0, ran.err
    assert [row["顧客番号"] for row in rows(tmp_path / "list.csv")] == ["159813"]


def test_the_dates_are_written_for_a_calendar(lived: Run, tmp_path: Path) -> None:
    ran = lived("export", "dates", tmp_path / "dates.ics")
    assert (ran.status, ran.out) == (0, "")
    assert "件の予定" in ran.err
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert lived("export", "dates", tmp_path / "dates.csv").status == 1

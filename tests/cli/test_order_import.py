"""`stellr order import`: many orders from a sheet, all of them or none."""

from pathlib import Path

import pytest

from tests.cli.running import Run, contents, run_program

GOOD = """発注番号,SKU番号,数量,顧客番号
PO-1,6900990,３,159813
PO-1,9900990,2,

PO-2,6900990,1,159813
"""
BAD = GOOD + "PO-3,6900990,0,159813\nPO-3,123,1,159813\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(GOOD, encoding="cp932")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD, encoding="utf-8-sig")
    return path


def test_the_answer_has_the_keys_that_are_written(stellr: Run, sheet: Path) -> None:
    ran = stellr("order", "import", sheet, "--json")
    assert (ran.status, ran.json) == (0, {"accepted": 3, "rejected": []})
    assert len(stellr("subscriptions", "--json").json) == 3


def test_bad_rows_are_said_with_row_column_and_reason_and_nothing_is_stored(
    stellr: Run, bad: Path, database: Path
) -> None:
    before = contents(database)
    ran = stellr("order", "import", bad, "--json")
    assert ran.status == 1
    assert ran.json == {
        "accepted": 0,
        "rejected": [
            {"row": 6, "column": "seats", "reason": "not-a-quantity"},
            {"row": 7, "column": "sku", "reason": "unknown-product"},
        ],
    }
    assert [line[:8] for line in ran.err.splitlines()] == ["6行目の数量に「", "7行目のSKU番"]
    assert contents(database) == before
    for_people = stellr("order", "import", bad)
    assert (for_people.status, for_people.out, for_people.err) == (1, "", ran.err)


def test_a_dry_run_leaves_no_trace(stellr: Run, sheet: Path, database: Path) -> None:
    before = contents(database)
    ran = stellr("order", "import", sheet, "--dry-run")
    assert ran.status == 0
    for words in ("PO-1", "PO-2", "2, 3", "¥78,530", "2024-03-20", "2件のオーダー、3行、合計 ¥103,240"):
        assert words in ran.out
    assert "何も保存していません" in ran.err
    assert contents(database) == before


def test_the_same_file_again_is_answered_without_doubling(stellr: Run, sheet: Path) -> None:
    stellr("order", "import", sheet)
    again = stellr("order", "import", sheet)
    assert again.status == 0
    assert again.out.count("取り込み済み") == 2
    assert stellr("order", "import", sheet, "--json").json == {"accepted": 3, "rejected": []}
    assert len(stellr("subscriptions", "--json").json) == 3


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_empty_sheet_is_written_and_never_over_what_is_there(stellr: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet{ending}"
    ran = stellr("order", "import", "--template", path)
    assert (ran.status, ran.out) == (0, "")
    assert str(path) in ran.err
    assert stellr("order", "import", path, "--json").json == {"accepted": 0, "rejected": []}
    assert stellr("order", "import", "--template", path).status == 1


def test_without_a_file_it_is_wrong_usage(stellr: Run) -> None:
    ran = stellr("order", "import")
    assert ran.status == 2
    assert "FILE" in ran.err


@pytest.mark.parametrize(("name", "words"), [("missing.csv", "ファイルがありません"), ("orders.pdf", ".csv, .xlsx")])
def test_a_file_that_cannot_be_read_is_one_sentence(stellr: Run, tmp_path: Path, name: str, words: str) -> None:
    ran = stellr("order", "import", tmp_path / name)
    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_real_program_imports(sheet: Path, database: Path) -> None:
    ran = run_program("order", "import", sheet, "--json", env={"STELLR_DATABASE": str(database)})
    assert (ran.status, ran.json) == (0, {"accepted": 3, "rejected": []})

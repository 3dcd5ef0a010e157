"""Order files that cannot be read: said in a sentence, with the line where there is one."""

from pathlib import Path

import pytest

from tests.cli.running import ORDERS, Run, contents, run_program

EXAMPLE_JSON = (ORDERS / "example.json").read_text(encoding="utf-8")
EXAMPLE_TOML = (ORDERS / "example.toml").read_text(encoding="utf-8")

TOML_BROKEN = EXAMPLE_TOML.replace('department = "営業部"', "department =")

UNREADABLE = [
    ("broken.json", EXAMPLE_JSON.replace('"lines":', '"lines"').encode(), "JSONとして読めません、6行目の10文字目"),
    (
        "broken.toml",
        TOML_BROKEN.encode(),
        "TOMLとして読めません、3行目",
    ),
    ("cut.json", EXAMPLE_JSON[:100].encode(), "JSON"),
    ("cut.toml", EXAMPLE_TOML[:-60].encode() + b'"', "TOML"),
    ("empty.json", b"", "JSON"),
    ("wrong-name.toml", EXAMPLE_JSON.encode(), "TOMLとして読めません、1行目の1文字目"),
    ("twice.json", b'{"po_number": "A", "po_number": "B"}', "「po_number」が2回"),
    ("twice.toml", b'po_number = "A"\npo_number = "B"\n', "2行目"),
    ("deep.json", b'{"po_number": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "JSON"),
    ("digits.json", b'{"customer": ' + b"9" * 5_000 + b"}", "JSON"),
    ("digits.toml", b"customer = 0x" + b"f" * 20_000, "TOML"),
    ("deep.toml", b"lines = " + b"[" * 100_000 + b"]" * 100_000, "TOML"),
    ("sjis.json", EXAMPLE_JSON.encode("cp932"), "UTF-8の文字ではありません、1行目"),
    ("garbage.json", bytes(range(256)) * 4, "UTF-8"),
    ("garbage", b"\x00\xff\xfe\x1b[31m", "UTF-8"),
    ("large.json", b" " * 1_000_001, "1,000,000"),
]


@pytest.mark.parametrize(("name", "data", "said"), UNREADABLE, ids=[name for name, *_ in UNREADABLE])
def test_a_file_that_cannot_be_read_is_refused_and_says_where(
    stellr: Run, database: Path, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    before = contents(database)
    path = tmp_path / name
    path.write_bytes(data)
    refused = stellr("order", "submit", path, "--json")
    assert refused.status == 1
    assert refused.out == ""
    assert str(path) in refused.err
    assert said in refused.err
    assert len(refused.err.splitlines()) == 1
    assert contents(database) == before


@pytest.mark.parametrize("text", ["[]", "7", '"x"', "null"])
def test_json_that_is_no_table_is_refused(stellr: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "order.json"
    path.write_text(text, encoding="utf-8")
    refused = stellr("order", "submit", path)
    assert refused.status == 1
    assert f"「{text}」" in refused.err
    assert "テーブル" in refused.err


def test_a_file_that_is_not_there_is_refused_by_name(stellr: Run, tmp_path: Path) -> None:
    refused = stellr("order", "submit", tmp_path / "no\x1b[31msuch.json")
    assert refused.status == 1
    assert "no<U+001B>[31msuch.json" in refused.err
    assert "ファイルがありません" in refused.err


def test_a_folder_is_no_order_file(stellr: Run, tmp_path: Path) -> None:
    refused = stellr("order", "submit", tmp_path)
    assert refused.status == 1
    assert "フォルダー" in refused.err


def test_garbage_on_standard_input_is_refused(database: Path) -> None:
    refused = run_program("order", "submit", "-", "--database", database, given=b"\xff\xfe\x00")
    assert refused.status == 1
    assert "標準入力" in refused.err
    assert "Traceback" not in refused.err

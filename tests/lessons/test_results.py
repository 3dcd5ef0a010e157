"""`stellr lesson results`: for each trainee and attempt what was right at once, hints, time, points, passed or not."""

import csv
import io
import json
from pathlib import Path

import pytest

from stellr_tui.cli import main
from stellr_tui.lessons.attempt import Mark, Mode
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.report import Hurdle, hurdles
from stellr_tui.reference.csv_text import csv_text
from tests.lessons.clock import Clock, a_mark, an_attempt

KEYS = [
    "id",
    "trainee",
    "lesson",
    "title",
    "mode",
    "begun",
    "ended",
    "steps",
    "first_try",
    "hints",
    "seconds",
    "points",
    "possible",
    "percent",
    "passed",
    "lost",
    "marks",
]


@pytest.fixture
def records() -> Records:
    """花子 practised new-order, and failed an exam two days later; 太郎 did a lesson that is not kept any more."""
    clock = Clock()
    records = Records(now=clock)
    sitting = records.begin("花子", "new-order", Mode.GUIDE)
    clock.wait(125)
    sitting.finish(an_attempt(a_mark("sign-in", seconds=65), a_mark("send", hints=2, seconds=60, possible=10)))
    clock.wait(24 * 3600)
    records.begin("太郎", "gone", Mode.GUIDE).finish(an_attempt(a_mark("x"), scenario="gone"))
    clock.wait(24 * 3600)
    wrong = Mark("must-1", False, False, 0, 0.0, 0, 30, "数量は10")
    records.begin("花子", "new-order", Mode.TEST).finish(
        an_attempt(wrong, mode=Mode.TEST, lost="締切の15日を過ぎたので、3月20日には納品されません。")
    )
    return records


@pytest.fixture
def run(records: Records, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(capsys)


class Run:
    """Runs the command, and gives what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.status = 0
        self.err = ""

    def __call__(self, *arguments: str | Path) -> str:
        self.status = main(["lesson", "results", *map(str, arguments)])
        printed = self._capsys.readouterr()
        self.err = printed.err
        return printed.out


def test_the_table_says_how_each_attempt_went(run: Run) -> None:
    lines = run().splitlines()
    assert [line.split()[0:3] for line in lines[2:]] == [
        ["2024-05-16", "09:32", "花子"],
        ["2024-05-17", "09:32", "太郎"],
        ["2024-05-18", "09:32", "花子"],
    ]
    assert lines[2].split()[3:] == ["新しいエンドユーザーの新規オーダー", "練習", "1/2", "2", "2:05", "7/12", "不合格"]
    assert lines[3].split()[3:] == ["gone", "練習", "1/1", "0", "0:10", "2/2", "合格"]
    assert lines[4].split()[4:] == ["試験", "0/1", "0", "0:00", "0/30", "不合格"]


def test_it_speaks_english(run: Run) -> None:
    out = run("--lang", "en")
    assert "A new order for a new end user" in out
    assert "Practice" in out
    assert "failed" in out.lower()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--trainee", "花子"), [("花子", "guide"), ("花子", "test")]),
        (("--lesson", "gone"), [("太郎", "guide")]),
        (("--since", "2024-05-17"), [("太郎", "guide"), ("花子", "test")]),
        (("--until", "2024-05-17"), [("花子", "guide"), ("太郎", "guide")]),
        (("--trainee", "花子", "--since", "2024-05-17"), [("花子", "test")]),
        (("--trainee", "nobody"), []),
    ],
)
def test_it_is_narrowed_by_trainee_lesson_and_day(
    run: Run, asked: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    document = json.loads(run(*asked, "--json"))
    assert [(one["trainee"], one["mode"]) for one in document] == found


def test_the_json_document_holds_every_mark(run: Run) -> None:
    practised, _gone, examined = json.loads(run("--json"))
    assert list(practised) == KEYS
    assert (practised["first_try"], practised["hints"], practised["seconds"], practised["points"]) == (1, 2, 125, 7)
    assert (practised["percent"], practised["passed"]) == (58, False)
    assert [(one["of"], one["name"], one["hints"]) for one in practised["marks"]] == [
        ("sign-in", "ECNexにログインします", 0),
        ("send", "今日送信したときの納品日、無償期間、課金開始日、最初の請求書を確認し、「送信」を実行します", 2),
    ]
    assert practised["ended"] == practised["marks"][0]["reached"] == "2024-05-16T00:32:05+00:00"
    assert (examined["marks"][0]["name"], examined["marks"][0]["instead"]) == (
        "エンドユーザーが正しく登録されている",
        "数量は10",
    )
    assert examined["lost"].startswith("締切の15日")


def test_nothing_is_said_where_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "results"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "該当するものはありません" in printed.err


def test_csv_is_a_line_for_each_attempt_with_a_byte_order_mark_only_if_asked(run: Run, tmp_path: Path) -> None:
    assert run("--csv", tmp_path / "results.csv") == ""
    assert "3件" in run.err
    plain = (tmp_path / "results.csv").read_bytes()
    run("--csv", tmp_path / "excel.csv", "--bom")
    assert (tmp_path / "excel.csv").read_bytes() == b"\xef\xbb\xbf" + plain
    assert run("--csv", "-").encode() == plain
    rows = list(csv.DictReader(io.StringIO(plain.decode(), newline="")))
    assert [row["受講者"] for row in rows] == ["花子", "太郎", "花子"]
    assert (rows[0]["1回で正解"], rows[0]["ヒント"], rows[0]["時間（秒）"], rows[0]["点数"]) == ("1", "2", "125", "7")
    assert rows[2]["途中終了の理由"].startswith("締切の15日")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "  =", "　@"])
def test_no_cell_begins_a_formula(begin: str) -> None:
    text = csv_text(["名前", "点数"], [(f"{begin}HYPERLINK(1)", -5)])
    [_headings, [name, points]] = csv.reader(io.StringIO(text, newline=""))
    assert name == f"'{begin}HYPERLINK(1)"
    assert points == "-5"


@pytest.mark.parametrize("name", ['山田 "太郎"', "a,b", "a;=1", "a=1", "O'Hara"])
def test_other_words_stay_as_they_are(name: str) -> None:
    [_headings, [cell]] = csv.reader(io.StringIO(csv_text(["名前"], [(name,)]), newline=""))
    assert cell == name


@pytest.mark.parametrize("option", ["--csv", "--xapi"])
def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path, option: str) -> None:
    path = tmp_path / "kept"
    path.write_text("mine", encoding="utf-8")
    run(option, path)
    assert run.status == 1
    assert "すでにあります" in run.err
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("both", [("--json", "--csv", "-"), ("--json", "--xapi", "-"), ("--csv", "-", "--xapi", "-")])
def test_only_one_document_goes_to_standard_output(run: Run, both: tuple[str, ...]) -> None:
    assert run(*both) == ""
    assert run.status == 2
    assert "標準出力" in run.err


def test_a_record_that_cannot_be_read_is_named_and_left_out(run: Run, records: Records) -> None:
    path = next(records.folder.glob("*/gone/attempts/*.json"))
    path.write_text("{}", encoding="utf-8")
    assert len(json.loads(run("--json"))) == 2
    assert str(path) in run.err


def test_people_fail_where_they_took_hints_were_refused_or_gave_up(records: Records) -> None:
    clock = Clock()
    more = Records(now=clock)
    for marks in (
        (a_mark("sign-in"), a_mark("send", hints=3)),
        (a_mark("sign-in", right=False), a_mark("send", right=False)),
        (a_mark("sign-in"), a_mark("send")),
    ):
        more.begin("次郎", "new-order", Mode.GUIDE).finish(an_attempt(*marks))
    attempts = more.attempts("次郎")
    # Who gave up at the first step has never come to the second.
    assert hurdles(attempts, Mode.GUIDE) == (Hurdle("sign-in", 3, 1, 0), Hurdle("send", 2, 1, 3))
    assert [one.share for one in hurdles(attempts, Mode.GUIDE)] == [33, 50]
    assert hurdles(attempts, Mode.TEST) == ()
    assert hurdles(records.attempts("花子"), Mode.TEST) == (Hurdle("must-1", 1, 1, 0),)

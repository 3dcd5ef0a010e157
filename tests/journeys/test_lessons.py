"""Lessons in a real terminal: shown from start to end, practised across kill -9, examined; no real data in sight."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stellr_tui.desk.opening import open_desk
from stellr_tui.lessons.shelf import find_scenarios
from tests.journeys.book import ROOT
from tests.journeys.clerk import SIZES_AND_LANGUAGES, Clerk, said
from tests.journeys.conftest import Learn, OpenTerminal
from tests.lessons.test_real_data import WATCHING
from tests.spoken import Shown

LONG = 180.0  # seconds; a whole lesson on a busy machine
STEPS = len(find_scenarios(["new-order"])[0].scenario.step)


def at_step(number: int) -> str:
    """How the box says which step it is."""
    return f"訓練 {number}/{STEPS}"


def is_ended_by(clerk: Clerk, key: str, status: int = 0) -> None:
    """A key ends the program."""
    clerk.terminal.press(key)
    assert clerk.terminal.wait_closed() == status


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_the_first_lesson_is_shown_from_start_to_end(size: tuple[int, int], learn: Learn) -> None:
    clerk = learn("show", "new-order", "--pace", "100", size=size)
    clerk.sees("見本はここまでです。", within=LONG)
    clerk.sees("Manual Provisioning")
    is_ended_by(clerk, "q")


def test_a_show_stops_quickens_and_walks_step_by_step_and_back(learn: Learn, home: Path) -> None:
    clerk = learn("show", "new-order", "--pace", "4")
    clerk.sees(f"訓練 見本 1/{STEPS}", "Space 一時停止", "速さ 4倍")
    clerk.terminal.press("space")
    clerk.sees("Space 再開")
    clerk.terminal.press("up", "up", "up")
    clerk.sees("速さ 32倍")
    clerk.terminal.press("right")
    clerk.sees(f"訓練 見本 2/{STEPS}", "Space 再開", "StreamOne Stellr タイルを選んでください。")
    clerk.terminal.press("x", "tab", "enter")  # these are nobody's here
    clerk.terminal.press("left")
    clerk.sees(f"訓練 見本 1/{STEPS}", "Space 再開", "パスワードをお忘れですか?")
    is_ended_by(clerk, "ctrl+q")
    assert not (home / "lessons").exists()


# The longest journey there is: every second step in the one language, and the others in the other.
@pytest.mark.parametrize(("spoken", "killed_at"), [("ja", range(1, STEPS + 1, 2)), ("en", range(2, STEPS + 1, 2))])
def test_killed_at_any_step_it_goes_on_at_that_step(learn: Learn, killed_at: range) -> None:
    clerk = learn("guide", "new-order", "--trainee", "山田")
    for number in range(1, STEPS + 1):
        clerk.sees(at_step(number), within=LONG)
        if number in killed_at:
            clerk.terminal.kill9()
            clerk = learn("guide", "new-order", "--trainee", "山田")
            clerk.sees(at_step(number), "中断", within=LONG)
        else:
            clerk.terminal.come_to_rest()  # so that nothing of the step before is read
        has_it_done(clerk)
    clerk.sees("練習の結果", within=LONG)
    is_ended_by(clerk, "enter")


def has_it_done(clerk: Clerk) -> None:
    """Go up the ladder of help to its end, or on from what is only read."""
    terminal = clerk.terminal
    if clerk.reads("読みました"):
        terminal.press("f12")
        return
    rungs = [f"F10 ^/ {label}" for label in ("ヒント", "キーを表示", "代わりに実行")]
    offered = ""
    while offered != rungs[-1]:
        terminal.await_that(lambda: any(clerk.reads(rung) for rung in rungs), "help is offered")
        offered = next(rung for rung in rungs if clerk.reads(rung))
        terminal.press("f10")
        terminal.await_that(lambda offered=offered: not clerk.reads(offered), "the next rung is offered")  # type: ignore[misc]


def test_a_trainee_works_by_hand_is_killed_in_the_middle_of_a_form_and_ends_with_a_result(
    learn: Learn, home: Path
) -> None:
    clerk = learn("guide", "new-order", size=(36, 120))
    clerk.sees(at_step(1))
    clerk.sign_in()
    clerk.sees(at_step(2))
    clerk.put_in_cart()
    clerk.sees(at_step(6))
    clerk.open_end_user_form()
    clerk.fill("会社名", "テスト株式会社")
    clerk.sees(at_step(8))
    clerk.terminal.kill9()
    clerk = learn("guide", "new-order", size=(36, 120))
    clerk.sees(at_step(8), "テストカブシキガイシャ", "Security Contact Name>")
    clerk.fill("Security Contact Name", "テスト太郎")
    clerk.fill("Security Contact Phone", "0312345678")
    clerk.fill("Security Contact Email", "test@yourcompany.com")
    clerk.sees(at_step(9), "〒>")
    clerk.fill("場所名", "テスト株式会社")
    clerk.fill("〒", "1350001")
    clerk.sees("東京都", at_step(10), "住所1>")
    clerk.fill("住所1", " 123 BLDG")
    clerk.sees(at_step(11), "担当者名>")
    clerk.fill("担当者名", "テスト太郎")
    clerk.fill("電話番号", "0312345678")
    clerk.fill("Eメール", "test@yourcompany.com")
    clerk.sees(at_step(12))
    clerk.save_end_user()
    clerk.place_order()
    clerk.sees(at_step(15))
    clerk.terminal.press("ctrl+y")
    clerk.sees(at_step(16))
    clerk.open_wizard()
    clerk.empty("名")
    clerk.fill("名", "テスト")
    clerk.fill("姓", "太郎")
    clerk.fill("担当部署名", "営業部")
    clerk.see_services()
    clerk.see_check()
    clerk.do("送信")
    clerk.sees("練習の結果", "合格です。")
    is_ended_by(clerk, "enter")
    [kept] = (home / "lessons").glob("*/new-order/attempts/*.json")
    attempt = json.loads(kept.read_text(encoding="utf-8"))["attempt"]
    assert (attempt["passed"], attempt["mode"]) == (True, "guide")


def test_in_an_exam_only_the_task_is_shown_and_the_result_says_what_is_true_instead(learn: Learn) -> None:
    clerk = learn("test", "new-order")
    clerk.sees("試験", "sourcenexttest")
    clerk.terminal.press("f10")
    clerk.sees_no_longer("sourcenexttest")
    clerk.sign_in()
    clerk.terminal.press("f12")
    clerk.sees("もう一度押すと提出します。")
    clerk.terminal.press("f12")
    clerk.sees("試験の結果", "不合格です。", f"[{said('誤')}]")
    is_ended_by(clerk, "escape")


def test_a_lesson_that_is_open_on_one_screen_is_not_opened_on_another(learn: Learn, home: Path) -> None:
    first = learn("guide", "new-order", "--trainee", "山田")
    first.sees(at_step(1))
    first.sign_in()
    first.sees(at_step(2))
    progress = next((home / "lessons").glob("*/new-order/progress.json"))
    before = json.loads(progress.read_text(encoding="utf-8"))
    for other in (["guide"], ["guide", "--restart"], ["test", "--restart"]):
        second = learn(*other, "new-order", "--trainee", "山田")
        second.sees("レッスン「new-order」は、別の画面で開いています", "受講者 山田")
        assert second.terminal.wait_closed() == 1
    now = json.loads(progress.read_text(encoding="utf-8"))
    assert (now["id"], now["course"]["marks"]) == (before["id"], before["course"]["marks"])

    # Somebody else's, or another one of his own, is another matter.
    for other in (["new-order", "--trainee", "佐藤"], ["postal-codes", "--trainee", "山田"]):
        second = learn("guide", *other)
        second.sees("訓練 1/")
        is_ended_by(second, "ctrl+q")

    # The first screen still works, and is no hindrance any more once it is killed.
    first.open_stellr()
    first.sees(at_step(3))
    first.terminal.kill9()
    second = learn("guide", "new-order", "--trainee", "山田")
    second.sees(at_step(3))
    is_ended_by(second, "ctrl+q")


def test_a_lesson_neither_opens_nor_changes_the_users_own_order_book(
    open_terminal: OpenTerminal, home: Path, told: dict[str, str]
) -> None:
    own = home / "own.db"
    open_desk(str(own)).store.close()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in home.iterdir()}
    log = home / "opened"
    terminal = open_terminal(
        sys.executable,
        *("-c", WATCHING, log, "lesson", "guide", "new-order"),
        env={"PYTHONPATH": str(ROOT), "STELLR_DATABASE": str(own), "STELLR_LESSONS": str(home / "lessons"), **told},
    )
    clerk = Clerk(terminal)
    clerk.sees(at_step(1))
    clerk.sign_in()
    clerk.sees(at_step(2))
    is_ended_by(clerk, "ctrl+q")
    opened = log.read_text(encoding="utf-8").splitlines()
    assert any("world.db" in path for path in opened)  # so the watching works
    assert [path for path in opened if "own.db" in path or "stellr.db" in path] == []
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_outside_a_terminal_it_is_said_that_there_is_no_screen(tmp_path: Path, told: dict[str, str]) -> None:
    command = [sys.executable, "-m", "stellr_tui", "lesson", "guide", "new-order"]
    done = subprocess.run(
        command,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **told},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "画面を開けるのはターミナルの中だけです。" in Shown(done.stderr.decode())

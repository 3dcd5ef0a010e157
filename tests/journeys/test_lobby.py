"""From the list of lessons into one, out of it in the middle, and on with it; and to the lessons from the portal."""

import sys
from pathlib import Path

import pytest

from stellr_tui.lessons.records import Records
from tests.journeys.book import ROOT
from tests.journeys.clerk import SIZES, Clerk
from tests.journeys.conftest import OpenTerminal, SitDown
from tests.journeys.terminal import Terminal

LESSON = "新しいエンドユーザーの新規オーダー"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where progress and attempts are kept."""
    return tmp_path / "kept"


@pytest.fixture
def trainee(kept: Path) -> dict[str, str]:
    """Who practises, as the environment says."""
    return {"STELLR_LESSONS": str(kept), "STELLR_TRAINEE": "花子"}


def lobby(open_terminal: OpenTerminal, trainee: dict[str, str], size: tuple[int, int]) -> Clerk:
    """`stellr lesson`, with nothing behind it."""
    rows, columns = size
    environment = {"PYTHONPATH": str(ROOT), "TEXTUAL_ANIMATIONS": "none", **trainee}
    return Clerk(
        open_terminal(sys.executable, "-m", "stellr_tui", "lesson", rows=rows, columns=columns, env=environment)
    )


def progress(terminal: Terminal) -> str:
    """What the list says of the first lesson."""
    lines = (line for line in terminal.text.split("\n") if f" 1 {LESSON}" in line)
    return " ".join(next(lines, "").split())


def await_progress(clerk: Clerk, said: str) -> None:
    clerk.terminal.await_that(lambda: progress(clerk.terminal).endswith(said), f"the list says {said}")


@pytest.mark.parametrize("size", SIZES)
def test_a_lesson_is_begun_from_the_list_left_in_the_middle_and_gone_on_with(
    open_terminal: OpenTerminal, trainee: dict[str, str], kept: Path, size: tuple[int, int]
) -> None:
    clerk = lobby(open_terminal, trainee, size)
    await_progress(clerk, "未着手")
    clerk.sees("受講者: 花子")
    clerk.do("練習")
    clerk.sees("ECNexにログインします。", "パスワード: stellr-demo")
    # The mark of the lesson stands between the label and the field.
    clerk.terminal.await_that(lambda: "ログインID>" in clerk.line, "the cursor is at the marked field")
    clerk.terminal.type("lucyj@synnex.com")
    clerk.terminal.press("enter")
    clerk.comes_to("パスワード")
    clerk.terminal.type("stellr-demo")
    clerk.terminal.press("enter")
    clerk.sees("のタイルを開きます。")
    clerk.terminal.press("enter")
    clerk.sees("のページを開きます。")
    clerk.terminal.press("ctrl+q")
    await_progress(clerk, "ステップ 3/19")

    clerk.terminal.press("enter")
    clerk.sees("のページを開きます。", "StreamOne Stellr")
    clerk.terminal.press("ctrl+q")
    await_progress(clerk, "ステップ 3/19")
    clerk.terminal.press("escape")
    assert clerk.terminal.wait_closed() == 0

    [sitting] = Records(kept).sittings("花子")
    assert (sitting.scenario, sitting.steps) == ("new-order", 2)


def test_in_the_list_it_is_said_that_a_lesson_is_open_on_another_screen_and_nothing_of_it_is_reset(
    open_terminal: OpenTerminal, trainee: dict[str, str], kept: Path
) -> None:
    first = lobby(open_terminal, trainee, (24, 80))
    await_progress(first, "未着手")
    first.do("練習")
    first.sees("ECNexにログインします。")
    [sitting] = Records(kept).sittings()

    second = lobby(open_terminal, trainee, (24, 80))
    await_progress(second, "ステップ 1/19")
    second.terminal.press("enter")
    second.sees("別の画面で")
    second.terminal.press("escape")
    assert second.terminal.wait_closed() == 0

    second = lobby(open_terminal, trainee, (24, 80))
    await_progress(second, "ステップ 1/19")
    second.do("リセット")
    second.comes_to("キャンセル")
    second.push("破棄する")
    second.sees("別の画面で")
    second.do("全員の結果")
    second.sees("途中 1件")
    second.do("リセット")
    second.comes_to("キャンセル")
    second.sees("途中経過 1件")
    second.push("リセットする")
    second.sees("別の画面で")
    assert [one.id for one in Records(kept).sittings()] == [sitting.id]
    assert sitting.world.exists()

    first.terminal.press("ctrl+q")
    await_progress(first, "ステップ 1/19")
    second.do("リセット")
    second.comes_to("キャンセル")
    second.sees("途中経過 1件")
    second.push("リセットする")
    second.sees("途中 0件")
    assert Records(kept).sittings() == ()


def test_the_portal_lends_its_terminal_to_the_lessons_and_is_as_it_was(
    sit_down: SitDown, trainee: dict[str, str]
) -> None:
    clerk = sit_down(env=trainee)
    clerk.sees("パスワード: stellr-demo")
    clerk.comes_to("ログインID")
    clerk.fill("ログインID", "lucyj@")
    clerk.do("レッスン")
    await_progress(clerk, "未着手")
    clerk.terminal.press("escape")
    clerk.comes_to("ログインID lucyj@")
    clerk.fill("ログインID", "synnex.com")
    clerk.terminal.press("tab")
    clerk.comes_to("パスワード")
    clerk.terminal.type("stellr-demo")
    clerk.terminal.press("enter")
    clerk.comes_to("StreamOne Stellr")

    # Where nothing says so the key leads there too, from a form in which not all is saved.
    clerk.put_in_cart()
    clerk.open_end_user_form()
    clerk.fill("会社名", "途中株式会社")
    clerk.terminal.press("f12")
    await_progress(clerk, "未着手")
    clerk.terminal.resize(*SIZES[1])
    clerk.terminal.press("escape")
    clerk.sees("＊ 会社名 途中株式会社", "トチュウカブシキガイシャ")
    # The page is laid out for the terminal as it now is, and the cursor is where it was.
    whole = "ご担当者様にTD SYNNEXから直接連絡することはありません。"
    clerk.terminal.await_that(lambda: whole in clerk.terminal.text, "the wide page is shown")
    clerk.comes_to("会社名")
    clerk.fill("会社名", "支店")
    clerk.sees("＊ 会社名 途中株式会社支店")
    clerk.terminal.press("ctrl+q")
    assert clerk.terminal.wait_closed() == 0

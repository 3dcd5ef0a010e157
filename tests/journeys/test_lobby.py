"""From the list of lessons into one, out of it in the middle, and on with it; and to the lessons from the portal."""

import sys
from pathlib import Path
from typing import Protocol

import pytest
from rich.cells import cell_len

from stellr_tui.lessons.records import Records
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.texts import _
from tests.journeys.book import ROOT, kept_texts
from tests.journeys.clerk import SIZES, SIZES_AND_LANGUAGES, Clerk, said
from tests.journeys.conftest import OpenTerminal, SitDown

LESSON = find_scenarios(["new-order"])[0].scenario


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where progress and attempts are kept."""
    return tmp_path / "kept"


@pytest.fixture
def trainee(kept: Path) -> dict[str, str]:
    """Who practises, as the environment says."""
    return {"STELLR_LESSONS": str(kept), "STELLR_TRAINEE": "花子"}


class OpenLobby(Protocol):
    """`stellr lesson`, with nothing behind it."""

    def __call__(self, size: tuple[int, int] = (24, 80)) -> Clerk: ...


@pytest.fixture
def lobby(open_terminal: OpenTerminal, trainee: dict[str, str], told: dict[str, str]) -> OpenLobby:
    def open_lobby(size: tuple[int, int] = (24, 80)) -> Clerk:
        rows, columns = size
        terminal = open_terminal(
            sys.executable,
            "-m",
            "stellr_tui",
            "lesson",
            rows=rows,
            columns=columns,
            env={"PYTHONPATH": str(ROOT), "TEXTUAL_ANIMATIONS": "none", **trainee, **told},
        )
        return Clerk(terminal)

    return open_lobby


def first_line(words: Wording) -> str:
    """What a lesson says first."""
    return str(words).splitlines()[0]


def progress(clerk: Clerk) -> str:
    """What the list says of the first lesson."""
    title = first_line(LESSON.title)
    lines = (line for line in clerk.terminal.text.split("\n") if f" 1 {title}" in line)
    return " ".join(next(lines, "").split())


def await_progress(clerk: Clerk, standing: str) -> None:
    wanted = said(standing)
    clerk.terminal.await_that(lambda: progress(clerk).endswith(wanted), f"the list says {wanted}")


def step_of(number: int) -> str:
    """How the list says how far somebody has come."""
    return _("ステップ {number}/{steps}").format(number=number, steps=len(LESSON.step))


def is_asked(clerk: Clerk, step: int) -> None:
    """Wait for what is to be done in a step of the lesson."""
    clerk.sees(first_line(LESSON.step[step - 1].instruction))


@pytest.mark.parametrize(("size", "spoken"), SIZES_AND_LANGUAGES)
def test_a_lesson_is_begun_from_the_list_left_in_the_middle_and_gone_on_with(
    lobby: OpenLobby, kept: Path, size: tuple[int, int]
) -> None:
    clerk = lobby(size)
    await_progress(clerk, "未着手")
    clerk.sees("受講者", "花子")
    clerk.do("練習")
    is_asked(clerk, 1)
    clerk.sees("パスワード: stellr-demo")
    # The mark of the lesson stands between the label and the field.
    clerk.terminal.await_that(lambda: f"{said('ログインID')}>" in clerk.line, "the cursor is at the marked field")
    clerk.terminal.type("lucyj@synnex.com")
    clerk.terminal.press("enter")
    clerk.comes_to("パスワード")
    clerk.terminal.type("stellr-demo")
    clerk.terminal.press("enter")
    is_asked(clerk, 2)
    clerk.terminal.press("enter")
    is_asked(clerk, 3)
    clerk.terminal.press("ctrl+q")
    await_progress(clerk, step_of(3))

    clerk.terminal.press("enter")
    is_asked(clerk, 3)
    clerk.sees("StreamOne Stellr")
    clerk.terminal.press("ctrl+q")
    await_progress(clerk, step_of(3))
    clerk.terminal.press("escape")
    assert clerk.terminal.wait_closed() == 0

    [sitting] = Records(kept).sittings("花子")
    assert (sitting.scenario, sitting.steps) == ("new-order", 2)


def test_in_the_list_it_is_said_that_a_lesson_is_open_on_another_screen_and_nothing_of_it_is_reset(
    lobby: OpenLobby, kept: Path
) -> None:
    first = lobby()
    await_progress(first, "未着手")
    first.do("練習")
    is_asked(first, 1)
    [sitting] = Records(kept).sittings()

    second = lobby()
    await_progress(second, step_of(1))
    second.terminal.press("enter")
    second.is_told("別の画面で")
    second.terminal.press("escape")
    assert second.terminal.wait_closed() == 0

    second = lobby()
    await_progress(second, step_of(1))
    second.do("リセット")
    second.comes_to("キャンセル")
    second.push("破棄する")
    second.is_told("別の画面で")
    second.do("全員の結果")
    second.sees("途中 1件")
    second.do("リセット")
    second.comes_to("キャンセル")
    second.sees("途中経過 1件")
    second.push("リセットする")
    second.is_told("別の画面で")
    assert [one.id for one in Records(kept).sittings()] == [sitting.id]
    assert sitting.world.exists()

    first.terminal.press("ctrl+q")
    await_progress(first, step_of(1))
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
    narrow = SIZES[0][1]
    clerk.terminal.await_that(
        lambda: any(cell_len(line) > narrow for line in clerk.terminal.text.split("\n")), "the wide page is shown"
    )
    clerk.comes_to("会社名")
    clerk.fill("会社名", "支店")
    clerk.sees("＊ 会社名 途中株式会社支店")
    clerk.terminal.press("ctrl+q")
    assert clerk.terminal.wait_closed() == 0


@pytest.mark.parametrize(("is_at_a_lesson", "spoken"), [(False, "ja"), (True, "en")], ids=["list-ja", "lesson-en"])
def test_all_ends_where_the_window_is_closed_over_the_lessons_and_what_was_typed_below_is_kept(
    sit_down: SitDown, trainee: dict[str, str], order_book: Path, is_at_a_lesson: bool
) -> None:
    clerk = sit_down(env=trainee)
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.fill("発注番号", "PO-BELOW")
    clerk.terminal.press("f12")
    await_progress(clerk, "未着手")
    if is_at_a_lesson:
        clerk.do("練習")
        is_asked(clerk, 1)
    clerk.terminal.hang_up()
    assert "PO-BELOW" in kept_texts(order_book)

"""The language is changed in the lobby and in the middle of a lesson; nothing of the user's own settings is lost."""

from pathlib import Path

import pytest
from textual.widgets import Button, Select

from screens.settings import SettingsScreen
from stellr_tui.classroom.lesson_list import LessonList
from stellr_tui.classroom.lobby import Lobby
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.records import Records
from stellr_tui.reference.settings import Theme, read_settings
from stellr_tui.reference.texts import Language, language
from stellr_tui.widgets.rows import Rows
from tests.lessons.files import SMALL, written
from tests.lessons.players import examined, practising
from tests.waiting import until

OWN = 'theme = "light"\naccount = "700100"\npo_pattern = "PO-{nnn}"\n[keys]\n"visit.home" = "ctrl+z"\n'


@pytest.fixture
def own_settings(tmp_path: Path) -> Path:
    """The user's own settings."""
    path = tmp_path / "home" / "stellr-tui" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN, encoding="utf-8")
    return path


def only_the_language_is_new() -> bool:
    own = read_settings().settings
    return (own.language, own.theme, own.account, own.po_pattern, own.keys) == (
        Language.ENGLISH,
        Theme.LIGHT,
        "700100",
        "PO-{nnn}",
        {"visit.home": "ctrl+z"},
    )


async def test_in_a_lesson_the_page_and_what_is_said_over_it_are_english_at_once(
    tmp_path: Path, own_settings: Path
) -> None:
    small = load_scenario(written(tmp_path, SMALL))
    async with practising(small, tmp_path / "records") as seat:
        assert seat.app.theme == "stellr-light"
        assert seat.box_says("開きます")
        await seat.presses("f11")
        await seat.until(
            lambda: isinstance(seat.app.screen, SettingsScreen) and seat.app.screen.query("#language #label")
        )
        await seat.actor.settles()
        seat.app.screen.query_one("#language", Select).value = "en"
        await seat.actor.settles()
        await seat.presses("ctrl+s")
        await seat.until(lambda: not isinstance(seat.app.screen, SettingsScreen))
        await seat.settles()
        assert seat.box_says("Open it.")
        assert seat.sees("Business date")
        assert not seat.sees("処理日")
        await seat.presses("enter")
        await seat.until(lambda: seat.app.course.step is None, "the step")
    assert only_the_language_is_new()


async def test_in_an_exam_the_task_is_said_in_the_other_language(tmp_path: Path, own_settings: Path) -> None:
    small = load_scenario(written(tmp_path, SMALL))
    async with examined(small, tmp_path / "records") as seat:
        await seat.presses("ctrl+p")
        await seat.until(lambda: seat.app.screen.query("#palette-found"))
        await seat.presses(*"english", "enter")
        await seat.until(lambda: language() == "en", "the language")
        await seat.settles()
        assert seat.box_says("Open the top page.")
    assert only_the_language_is_new()


async def test_in_the_lobby_the_list_stands_where_it_stood_in_the_other_language(own_settings: Path) -> None:
    app = Lobby("花子", Records())
    app.animation_level = "none"
    async with app.run_test(size=(100, 36)) as pilot:
        await until(lambda: isinstance(app.screen, LessonList) and app.screen.query_one(Rows).keys, pilot)
        rows = app.screen.query_one(Rows)
        await pilot.press("down", "down")
        await until(lambda: rows.cursor_row == 2, pilot)
        here = rows.current
        await pilot.press("f11")
        await until(lambda: isinstance(app.screen, SettingsScreen) and app.screen.query("#language #label"), pilot)
        app.screen.query_one("#language", Select).value = "en"
        await pilot.pause()
        await pilot.press("ctrl+s")

        def is_english() -> bool:
            table = app.screen.query_one(Rows)
            return table.current == here and "Not begun" in table.texts(here or "") and table.has_focus

        await until(lambda: isinstance(app.screen, LessonList) and is_english(), pilot)
        assert app.screen.query_one("#breadcrumb").render() != ""
    assert only_the_language_is_new()


async def test_in_the_lobby_which_has_no_order_book_nothing_looks_into_one(own_settings: Path) -> None:
    app = Lobby("花子", Records())
    async with app.run_test(size=(100, 36)) as pilot:
        await until(lambda: isinstance(app.screen, LessonList) and app.screen.query_one(Rows).keys, pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, LessonList)
        await pilot.press("f11")
        await until(lambda: isinstance(app.screen, SettingsScreen) and app.screen.query("#po-pattern"), pilot)
        app.screen.query_one("#po-pattern").focus()
        await pilot.press("X")
        await until(lambda: getattr(app.screen.query_one("#po-pattern"), "value", "").endswith("X"), pilot)
        await pilot.press("escape")
        await until(lambda: app.screen.query("#throw-away"), pilot)
        app.screen.query_one("#throw-away", Button).press()
        await until(lambda: isinstance(app.screen, LessonList), pilot)
    assert app.failure is None

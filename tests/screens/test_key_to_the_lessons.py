"""A key leads from everywhere in the portal to the lessons, is named on the way in, and leads nowhere from a lesson."""

from pathlib import Path

from stellr_tui.lessons.reading import load_scenario
from stellr_tui.widgets import places
from tests.lessons.classroom import room
from tests.lessons.files import written
from tests.screens.clerk import Clerk, Open
from tests.spoken import spoken


def named(clerk: Clerk) -> bool:
    """Whether the footer names the key."""
    return f"f12 {spoken('レッスン')}" in clerk.painted().splitlines()[-1]


async def test_it_is_named_at_the_login_and_at_the_portal(login_screen: Open, portal: Open) -> None:
    async with login_screen(size=(80, 24)) as clerk:
        await clerk.until(lambda: named(clerk))
    async with portal(places.Portal(), size=(80, 24)) as clerk:
        await clerk.until(lambda: named(clerk))
        await clerk.goes(places.Home())
        assert not named(clerk)
        assert "app.lessons" in {one.binding.id for one in clerk.app.screen.active_bindings.values()}


async def test_where_there_is_no_terminal_to_lend_it_says_what_to_do_instead(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        for key in ("f12", "ctrl+y"):
            clerk.app.clear_notifications()
            await clerk.presses(key)
            await clerk.until(lambda: "stellr lesson" in clerk.notices())


async def test_in_a_lesson_it_leads_nowhere(tmp_path: Path) -> None:
    async with room(load_scenario(written(tmp_path)), tmp_path / "world") as lesson:
        bound = {one.binding.id for one in lesson.app.screen.active_bindings.values()}
        assert "app.quit" in bound
        assert "app.lessons" not in bound

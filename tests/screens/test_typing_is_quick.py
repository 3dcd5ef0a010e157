"""A key in a form paints the field and nothing else: no page is laid out anew, no widget beside it is rendered."""

from collections.abc import Mapping
from statistics import median
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from stellr_tui.widgets.close_up import CloseUp
from tests.desk.office import ANNUAL
from tests.screens.clerk import Clerk, Open
from tests.spoken import spoken


async def laid_out_at_a_key(clerk: Clerk, name: str) -> float:
    """How often the screen is laid out at a key into a field; now and then the date in the masthead adds one."""
    clerk.control(name).focus()
    await clerk.until(lambda: clerk.control(name).has_focus)
    await clerk.settles()
    times: list[object] = []
    clerk.app.screen.screen_layout_refresh_signal.subscribe(clerk.app.screen, times.append, immediate=True)
    each = []
    for at in range(1, 8):
        before = len(times)
        await clerk.presses("x")
        await clerk.until(lambda at=at: clerk.sees("x" * at))  # type: ignore[misc]  # bound at once
        await clerk.settles()
        each.append(len(times) - before)
    return median(each)


async def test_a_key_lays_nothing_out_anew_in_the_form_of_a_new_end_user(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        assert await laid_out_at_a_key(clerk, "contact.name") == 0


async def test_a_key_lays_nothing_out_anew_on_the_order_page(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        assert await laid_out_at_a_key(clerk, "po_number") == 0


async def test_a_text_that_no_longer_fits_is_followed_to_its_end_and_back(portal: Open) -> None:
    async with portal(places.Customers(), size=(80, 24)) as clerk:
        await clerk.opens_new_end_user()
        await clerk.presses(*("0123456789" * 8), "x", "y", "z")
        await clerk.until(lambda: clerk.sees("789xyz"))
        await clerk.presses("home")
        await clerk.until(lambda: clerk.sees("0123456789012") and not clerk.sees("xyz"))


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_part_of_the_screen_looks_as_the_whole_does(
    portal: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with portal(places.Customers(), size=size) as clerk:
        await clerk.presses("f11")
        await clerk.until(lambda: clerk.app.screen.query("#settings-form") and clerk.sees("言語"))
        await clerk.settles()
        compositor: Any = clerk.app.screen._compositor
        assert isinstance(compositor, CloseUp)

        def painted(crop: Region) -> list[str]:
            return [strip_text(line, crop) for line in compositor._render_chops(crop, crop.line_range.__contains__)]

        def strip_text(chops: Mapping[int, Strip | None], crop: Region) -> str:
            inside = {at: one for at, one in chops.items() if one and at < crop.right and at + one.cell_length > crop.x}
            return repr([(at, list(one)) for at, one in sorted(inside.items())])

        crops = [Region(x, y, 7, 3) for x in range(0, size[0] - 7, 11) for y in range(0, size[1] - 3, 3)]
        close_up = {crop: painted(crop) for crop in crops}
        monkeypatch.setattr(CloseUp, "_get_renders", Compositor._get_renders)
        assert {crop: painted(crop) for crop in crops} == close_up
        assert any(spoken("言語") in line for lines in close_up.values() for line in lines)

"""A terminal that is too small is told so over the page; made larger again, everything is as it was left."""

from __future__ import annotations

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets.places import Customers, Home, Results
from tests.desk.office import a_sent_order
from tests.screens.clerk import POCKETALK, Clerk, Open


async def resizes(clerk: Clerk, width: int, height: int) -> None:
    await clerk.pilot.resize_terminal(width, height)
    await clerk.until(lambda: clerk.app.screen.size == (width, height), "the new size")
    await clerk.settles()


@pytest.mark.parametrize(("width", "height"), [(79, 24), (80, 23), (20, 5)])
async def test_below_80x24_the_page_says_how_much_room_it_needs(portal: Open, width: int, height: int) -> None:
    async with portal(Home(), size=(80, 24)) as clerk:
        assert not clerk.sees("小さすぎます")
        await resizes(clerk, width, height)
        await clerk.until(lambda: clerk.sees("小さすぎます") and clerk.sees("80桁24行"), "what is needed")
        assert clerk.sees(f"{width}桁{height}行です")
        assert clerk.sees("入力中のものは\nそのままです。")
        assert not clerk.sees("ECNex")


async def test_what_is_typed_and_where_one_is_stays_while_it_is_too_small(portal: Open) -> None:
    async with portal(POCKETALK, size=(80, 24)) as clerk:
        await clerk.types("quantity.6900990", "3")
        await resizes(clerk, 60, 20)
        await clerk.presses("7", "f4", "escape", "ctrl+s")
        await clerk.settles()
        await resizes(clerk, 80, 24)
        await clerk.until(lambda: not clerk.sees("小さすぎます"), "the page again")
        assert clerk.app.place == POCKETALK
        assert clerk.value("quantity.6900990") == "3"
        assert clerk.control("quantity.6900990").has_focus


async def test_a_dialog_is_covered_too_and_comes_back(portal: Open) -> None:
    async with portal(Home(), size=(80, 24)) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.control("date").has_focus)
        await resizes(clerk, 80, 12)
        await clerk.until(lambda: clerk.sees("小さすぎます"))
        await resizes(clerk, 80, 24)
        await clerk.until(lambda: clerk.sees("新しい処理日") and clerk.control("date").has_focus)


async def test_one_can_leave_where_it_is_too_small(portal: Open) -> None:
    async with portal(Home(), size=(80, 24)) as clerk:
        await resizes(clerk, 60, 20)
        await clerk.pilot.press("ctrl+q")
        await clerk.pilot.pause()
        assert not clerk.app.is_running


async def test_the_wider_the_terminal_the_more_room_is_around_a_page(portal: Open) -> None:
    async with portal(Customers(), size=(80, 24)) as clerk:
        room = []
        for width, height in ((80, 24), (116, 36), (156, 48), (200, 60)):
            await resizes(clerk, width, height)
            page = clerk.one("#page")
            room.append((page.styles.padding.left, page.styles.padding.top))
        assert room == [(1, 0), (2, 1), (4, 1), (4, 1)]


async def test_on_a_wide_terminal_the_columns_of_words_share_the_room_and_a_narrow_one_stays_narrow(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(Results("tab-queue"), size=(200, 60)) as clerk:
        await clerk.until(lambda: clerk.rows("#queue").row_count)
        queue = clerk.rows("#queue")
        number, company, service, *_others = (column.width for column in queue.ordered_columns)
        assert number == 9
        assert min(company, service) > 50
        assert clerk.sees("ポケットーク同時通訳(年額サブスクリプション)")
        assert sum(column.get_render_width(queue) for column in queue.ordered_columns) == queue.size.width - 1
        await resizes(clerk, 116, 36)
        assert next(column.width for column in queue.ordered_columns) > 9


async def test_on_a_wide_terminal_a_field_is_no_wider_than_can_be_read(portal: Open) -> None:
    async with portal(Customers(), size=(200, 60)) as clerk:
        await clerk.opens_new_end_user()
        assert clerk.field("company").size.width == 120

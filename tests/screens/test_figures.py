"""実績の推移 of 管理と実績: orders and seats over time, as a chart and as numbers."""

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, turn_to
from tests.screens.clerk import Clerk, Open


def is_filled(clerk: Clerk, chart: str) -> int:
    """How many cells of a chart are filled by its bars."""
    region = clerk.one(chart).region
    painted = "".join(clerk.painted().splitlines()[region.y : region.bottom])
    return sum(painted.count(block) for block in "█▀▄▌▐▘▝▖▗▙▟▛▜")


def a_year(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 40, sku=MONTHLY)
    turn_to(desk, "2024-06-16")
    a_sent_order(desk, lucy, 60, sku=MONTHLY)
    a_sent_order(desk, lucy, 5, sku=MONTHLY)
    turn_to(desk, "2025-03-05")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_the_numbers_stand_beside_the_chart_that_shows_them(
    portal: Open, desk: Desk, lucy: SignedIn, size: tuple[int, int]
) -> None:
    a_year(desk, lucy)
    async with portal(places.Results(), size=size) as clerk:
        await clerk.opens_tab("tab-figures")
        await clerk.until(lambda: is_filled(clerk, "#chart-seats") and is_filled(clerk, "#chart-orders"))
        table = clerk.rows("#figures-table")
        assert table.keys[0] == "2025-03" and table.keys[-1] == "2024-03" and len(table.keys) == 13
        assert clerk.cells("#figures-table", "2024-03").split() == ["2024-03", "1", "40"]
        assert clerk.cells("#figures-table", "2024-06").split() == ["2024-06", "2", "40"]
        assert clerk.cells("#figures-table", "2024-07").split() == ["2024-07", "0", "105"]
        assert is_filled(clerk, "#chart-seats") > is_filled(clerk, "#chart-orders")
        assert clerk.sees("25-03") and clerk.sees("100")
        assert clerk.sees("2025-03-05 まで")


async def test_the_first_month_alone_is_drawn_too(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 1)
    async with portal(places.Results()) as clerk:
        await clerk.opens_tab("tab-figures")
        await clerk.until(lambda: is_filled(clerk, "#chart-orders"))
        assert clerk.cells("#figures-table", "2024-03").split() == ["2024-03", "1", "0"]
        assert not is_filled(clerk, "#chart-seats")


async def test_without_orders_it_says_what_will_stand_there(portal: Open) -> None:
    async with portal(places.Results()) as clerk:
        await clerk.opens_tab("tab-figures")
        assert clerk.said("#figures-words").startswith("まだオーダーがありません。")
        assert not clerk.one("#figures").display


async def test_it_is_drawn_anew_when_it_is_shown_again(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy, 1)
    async with portal(places.Results()) as clerk:
        await clerk.opens_tab("tab-figures")
        a_sent_order(desk, lucy, 1)
        await clerk.opens_tab("tab-waiting")
        await clerk.opens_tab("tab-figures")
        await clerk.until(lambda: clerk.cells("#figures-table", "2024-03").split()[1] == "2")

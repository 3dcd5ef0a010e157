"""A row or a cell of any list goes to the clipboard by key: whole, and as it is."""

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from stellr_tui.widgets.copy_cell import CopyCell
from tests.desk.office import MONTHLY, a_sent_order, another_end_user, turn_to
from tests.screens.clerk import Open

LONG = "株式会社[red]とても長い名前" * 5
SIZE = (80, 24)


@pytest.fixture
def business(desk: Desk, lucy: SignedIn) -> None:
    """A contract of an end user with a long name and brackets, and its invoices."""
    a_sent_order(desk, lucy, 3, sku=MONTHLY, customer=another_end_user(desk, lucy, LONG[:100]))
    turn_to(desk, "2024-05-02")


@pytest.mark.usefixtures("business")
async def test_a_row_is_copied_whole_where_its_cells_are_cut(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await clerk.presses("down", "ctrl+c")
        await clerk.until(lambda: clerk.app.clipboard)
        assert clerk.app.clipboard.split("\t") == list(clerk.rows("#end-users").texts("159814"))
        assert LONG[:100] in clerk.app.clipboard
        assert "コピーしました: 159814" in clerk.notices()
        assert len(clerk.notices()) < 80


@pytest.mark.usefixtures("business")
async def test_a_cell_is_chosen_by_its_heading_and_copied(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await clerk.presses("down", "c")
        await clerk.until(lambda: isinstance(clerk.app.screen, CopyCell) and clerk.one("#copy-cells").has_focus)
        for words in ("行全体", "顧客番号: 159814", "連絡先名: 佐藤"):
            assert clerk.sees(words), words
        await clerk.presses("down", "enter")
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        assert clerk.app.clipboard == LONG[:100]
        await clerk.presses("c")
        await clerk.until(lambda: isinstance(clerk.app.screen, CopyCell))
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.clipboard == "159814", "what a list is known by is offered first")
        await clerk.presses("c")
        await clerk.until(lambda: isinstance(clerk.app.screen, CopyCell))
        await clerk.presses("up", "enter")
        await clerk.until(lambda: clerk.app.clipboard.startswith("159814\t"))


async def test_escape_copies_nothing(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        await clerk.presses("c")
        await clerk.until(lambda: isinstance(clerk.app.screen, CopyCell))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        assert clerk.app.clipboard == ""


@pytest.mark.usefixtures("business")
async def test_every_list_can_be_copied_from(portal: Open) -> None:
    lists = (
        (places.Subscriptions(CUSTOMER + 1), "#subscriptions", "81766"),
        (places.Results("tab-subscriptions"), "#all-subscriptions", "81766"),
        (places.Results("tab-invoices"), "#invoices", "¥7,260"),
        (places.Results("tab-mail"), "#mail", "lucyj@synnex.com"),
        (places.SubscriptionPage(81766), "#history", "2024-03-11"),
    )
    async with portal(places.Portal(), size=SIZE) as clerk:
        for place, selector, words in lists:
            await clerk.goes(place)
            await clerk.until(lambda selector=selector: clerk.rows(selector).row_count)  # type: ignore[misc]
            if clerk.rows(selector).focusable:
                clerk.one(selector).focus()
                await clerk.until(lambda selector=selector: clerk.one(selector).has_focus)  # type: ignore[misc]
                await clerk.presses("ctrl+c")
                await clerk.until(lambda words=words: words in clerk.app.clipboard, selector)  # type: ignore[misc]


async def test_the_letter_is_typed_where_one_types(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.one("#end-users").has_focus)
        clerk.one("#search").focus()
        await clerk.until(lambda: clerk.one("#search").has_focus)
        await clerk.presses("c")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, CopyCell)
        assert clerk.app.screen.query_one("#search").value == "c"  # type: ignore[attr-defined]  # it is an input

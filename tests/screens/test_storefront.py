"""Storefront on the screen: what an end user would see, the markup, and nothing of what the reseller pays."""

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.storefront import read_markup
from stellr_tui.widgets import places
from tests.desk.office import a_sent_order
from tests.screens.clerk import Open


async def test_an_end_user_would_see_the_selling_price_and_never_the_cost(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy, 2)
    async with portal(places.Storefront(), size=(80, 24)) as clerk:
        await clerk.until(lambda: clerk.sees("価格は表示されません"))
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.rows("#offered").row_count and clerk.sees("お問い合わせください"))
        assert not clerk.sees("24,710")
        assert not clerk.sees("49,420")
        await clerk.presses("escape")
        await clerk.arrives(places.Storefront())
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.one("#markup").has_focus)
        await clerk.types("markup", "0")
        await clerk.presses("enter")
        await clerk.refused_at("markup", "1～999の整数")
        await clerk.types("markup", "20")
        await clerk.presses("enter")
        await clerk.arrives(places.Storefront())
        await clerk.until(lambda: clerk.sees("20% を加えた額"))
        assert read_markup(desk, lucy) == 20
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.rows("#offered").row_count and clerk.sees("¥59,304"))
        assert clerk.sees("2024/03/21 ~ 2025/03/20")
        assert not clerk.sees("49,420")


async def test_an_end_user_without_contracts_would_see_none(portal: Open) -> None:
    async with portal(places.Storefront()) as clerk:
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.sees("契約はまだありません。"))
        await clerk.presses("escape")
        await clerk.arrives(places.Storefront())

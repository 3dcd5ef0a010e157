"""One end user: what is known of it in one place, and the ways there and on."""

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import MONTHLY, a_sent_order, another_end_user
from tests.screens.clerk import Open

SIZES = [(80, 24), (160, 48)]


@pytest.mark.parametrize("size", SIZES)
async def test_an_end_user_opens_from_the_customers_with_all_that_is_known(
    portal: Open, desk: Desk, lucy: SignedIn, size: tuple[int, int]
) -> None:
    a_sent_order(desk, lucy, 3, sku=MONTHLY)
    async with portal(places.Customers(), size=size) as clerk:
        await clerk.presses("enter")
        await clerk.arrives(places.EndUserPage(CUSTOMER))
        for words in ("159813", "テスト株式会社", "テストカブシキガイシャ", "81766", "¥6,600", "Manual Provisioning"):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once
        await clerk.presses("pagedown")
        for words in ("1350001", "東京都 江東区 毛利", "テスト太郎", "03123456798", "test@company.com"):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once


async def test_a_contract_opens_with_enter_and_leads_back_to_its_end_user(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.rows("#subscriptions").has_focus)
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(81766))
        await clerk.presses("ctrl+g")
        await clerk.arrives(places.EndUserPage(CUSTOMER))


async def test_the_list_of_contracts_is_a_key_away_and_back(portal: Open) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.sees("契約はまだありません。"))
        await clerk.presses("ctrl+l")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        await clerk.presses("ctrl+g")
        await clerk.arrives(places.EndUserPage(CUSTOMER))


async def test_storefront_access_is_given_and_taken_on_the_page(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.EndUserPage(CUSTOMER)) as clerk:
        await clerk.until(lambda: clerk.sees("Storefront Access なし"))
        await clerk.clicks("#storefront-access")
        await clerk.until(lambda: clerk.sees("Storefront Access あり"))
        assert end_user(desk, lucy, CUSTOMER).storefront_access
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.sees("Storefront Access なし"))
        assert not end_user(desk, lucy, CUSTOMER).storefront_access


async def test_a_new_subscription_begins_with_this_end_user(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = another_end_user(desk, lucy, "隣の会社")
    async with portal(places.EndUserPage(number)) as clerk:
        await clerk.presses("ctrl+n")
        await clerk.arrives(places.VendorCatalog())
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.value("end_user") == str(number))


async def test_contracts_of_another_end_user_are_not_shown(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = another_end_user(desk, lucy, "隣の会社")
    a_sent_order(desk, lucy)
    async with portal(places.EndUserPage(number)) as clerk:
        await clerk.until(lambda: clerk.sees("契約はまだありません。"))
        assert clerk.rows("#subscriptions").keys == ()


async def test_an_end_user_that_is_not_there_is_said_so_and_the_page_stays_open(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        clerk.app.go(places.EndUserPage(1))
        await clerk.until(lambda: "顧客番号" in clerk.notices())
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())

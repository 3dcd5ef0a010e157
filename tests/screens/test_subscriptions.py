"""The contracts of an end user: five tabs, a filter, and one contract in full."""

import pytest
from textual.widgets import TabbedContent, Tabs

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import discard_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import DETAILS, MONTHLY, a_sent_order, add_colleague, an_order, turn_to
from tests.screens.clerk import Clerk, Open


async def turns_to_tab(clerk: Clerk, tab: str) -> None:
    clerk.app.screen.query_one(Tabs).focus()
    for _tab in range(5):
        if clerk.app.screen.query_one(TabbedContent).active == tab:
            break
        await clerk.presses("right")
    await clerk.until(lambda: clerk.one(f"#{tab}").is_on_screen)
    await clerk.settles()


async def test_all_five_tabs_show_their_contents(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    an_order(desk, lucy, 2, sku=MONTHLY, po_number="second-po")
    async with portal(places.Subscriptions(CUSTOMER), size=(160, 48)) as clerk:
        contents = {
            "tab-contracts": (
                "81766",
                "81767",
                "¥24,710",
                "¥4,400",
                "Manual Provisioning",
                "要プロビジョニング",
                "合計: 2",
            ),
            "tab-numbers": ("81766", "81767", "sourcenexttest", "second-po", "2024-03-11"),
            "tab-services": (
                "ポケットーク同時通訳(年額サブスクリプション)",
                "年契約年払い",
                "字幕と音声で伝える同時通訳サービス",
            ),
            "tab-terms": ("規約",),
            "tab-storefront": ("Storefrontを利用できません",),
        }
        for tab, words in contents.items():
            await turns_to_tab(clerk, tab)
            for one in words:
                await clerk.until(lambda one=one: clerk.sees(one), f"{one} in {tab}")  # type: ignore[misc]  # bound at once


async def test_storefront_access_is_given_and_taken(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await turns_to_tab(clerk, "tab-storefront")
        await clerk.clicks("#storefront-access")
        await clerk.until(lambda: clerk.sees("Storefrontを利用できます"))
        assert end_user(desk, lucy, CUSTOMER).storefront_access
        await clerk.clicks("#storefront-access")
        await clerk.until(lambda: clerk.sees("Storefrontを利用できません"))
        assert not end_user(desk, lucy, CUSTOMER).storefront_access


async def test_the_storefront_page_gives_access_with_enter(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Storefront(), size=(160, 40)) as clerk:
        await clerk.until(lambda: clerk.rows("#end-users").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: "あり" in clerk.cells("#end-users", str(CUSTOMER)))
        assert end_user(desk, lucy, CUSTOMER).storefront_access


async def test_the_list_is_filtered_by_the_name_of_the_subscription(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    a_sent_order(desk, lucy, sku=MONTHLY, po_number="second")
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.presses("ctrl+f")
        await clerk.until(lambda: clerk.one("#filter").has_focus)
        await clerk.types_into("#filter", "月額")
        await clerk.until(lambda: clerk.rows("#subscriptions").keys == ("81767",))
        await clerk.types_into("#filter", "")
        await clerk.until(lambda: clerk.rows("#subscriptions").keys == ("81766", "81767"))


async def test_a_contract_in_full(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    colleague = add_colleague(desk)
    order = an_order(desk, lucy)
    turn_to(desk, "2024-03-12")
    send_provisioning(desk, colleague, order.id, DETAILS)
    async with portal(places.Subscriptions(CUSTOMER), size=(160, 60)) as clerk:
        await clerk.until(lambda: clerk.rows("#subscriptions").has_focus)
        await clerk.presses("enter")
        await clerk.arrives(places.SubscriptionPage(81766))
        history = [clerk.cells("#history", key) for key in clerk.rows("#history").keys]
        assert len(history) == 2
        assert all(words in history[0] for words in ("2024-03-11", "発注", "Lucy Jin", "要プロビジョニング"))
        assert all(words in history[1] for words in ("2024-03-12", "送信済", "山田 hanako", "Manual Provisioning"))
        for words in ("1", "¥24,710", "2024-03-11", "2024-03-20", "2024-04-01"):
            assert words in clerk.cells("#lots", "1")
        assert clerk.said("#planned") == "New 1 Seat 24/03/21"
        for words in (
            "2024-03-21 ~ 2024-03-31",
            "2024/03/21 ~ 2025/03/20",
            "更新を止める期限",
            "プロビジョニング中",
            "最初の請求書は 2024-04-01 に発行されます。",
            "sourcenexttest",
        ):
            assert clerk.sees(words), words
        # The renewal is invoiced on 2025-04-01; to be without it, the last day is 20 days before 2025-03-31.
        assert clerk.reads("#dates-facts").endswith("更新を止める期限2025-03-11")


async def test_a_contract_that_was_not_sent_says_so_and_leads_to_its_order(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.SubscriptionPage(81766)) as clerk:
        assert clerk.sees("まだ送信されていません")
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.OrderCreated(order.id))


async def test_an_order_that_waits_is_counted_on_the_home_page_with_its_cutoff(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.until(lambda: clerk.sees("1件がプロビジョニング待ち"))
        assert clerk.sees("2024-03-15")
        await clerk.clicks("#waiting")
        await clerk.arrives(places.Results("tab-waiting"))
        await clerk.presses("enter")
        await clerk.arrives(places.OrderCreated(order.id))


async def test_created_on_the_15th_and_sent_on_the_16th_is_said_before_and_shown_after(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    turn_to(desk, "2024-05-15")
    order = an_order(desk, lucy)
    turn_to(desk, "2024-05-16")
    async with portal(places.OrderCreated(order.id), size=(120, 40)) as clerk:
        await clerk.until(lambda: clerk.sees("締切を過ぎています"))
        assert clerk.sees("2024-06-20")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.value("given_name"))
        await clerk.types("family_name", "太郎")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3" and clerk.sees("締切を過ぎています"))
        assert clerk.sees("2024-06-20")
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        await clerk.goes(places.SubscriptionPage(81766))
        assert clerk.sees("2024-06-20 (この日から使用できます)")


async def test_a_discarded_order_is_asked_for_first_and_then_gone(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.OrderCreated(order.id)) as clerk:
        await clerk.presses("ctrl+d")
        await clerk.until(lambda: clerk.app.screen.query("#question") and clerk.one("#cancel").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.screen.query("#contracts"))
        await clerk.presses("ctrl+d")
        await clerk.until(lambda: clerk.app.screen.query("#question") and clerk.one("#cancel").has_focus)
        await clerk.presses("tab", "enter")
        await clerk.arrives(places.Home())
        await clerk.goes(places.Results())
        assert clerk.sees("必要なアクションはありません。")


@pytest.mark.parametrize("gone", [places.Subscriptions(1), places.SubscriptionPage(1), places.OrderCreated(99)])
async def test_a_page_for_what_is_not_there_says_so(portal: Open, gone: places.Place) -> None:
    async with portal(places.Home()) as clerk:
        clerk.app.go(gone)
        await clerk.until(lambda: "見つかりません" in clerk.notices() or clerk.sees("見つかりません"))
        await clerk.presses("escape")
        await clerk.arrives(places.Home())


async def test_a_discarded_order_still_opens(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    discard_order(desk, lucy, order.id)
    async with portal(places.OrderCreated(order.id)) as clerk:
        assert "破棄済" in clerk.cells("#contracts", "81766")
        assert not clerk.sees("今すぐプロビジョニング")


async def test_a_new_subscription_is_begun_with_the_end_user_already_picked(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Subscriptions(CUSTOMER)) as clerk:
        await clerk.presses("ctrl+n")
        await clerk.arrives(places.VendorCatalog())
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.sees("159813 - テスト株式会社"))

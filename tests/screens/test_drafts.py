"""Orders half entered: kept as they are typed, listed on the home page, gone on with and thrown away there."""

from dataclasses import replace

from textual.widgets import Button

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.drafts import Draft, list_drafts, take_up_draft, throw_away_draft
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import read_order
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, MONTHLY, an_order, another_end_user
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import fill_order


async def keeps(clerk: Clerk, desk: Desk, by: SignedIn, po_number: str) -> Draft:
    """Wait until a draft with a PO number is in the book."""
    await clerk.until(lambda: any(one.po_number == po_number for one in list_drafts(desk, by)), po_number)
    return next(one for one in list_drafts(desk, by) if one.po_number == po_number)


async def begin_order(clerk: Clerk, seats: str, po_number: str, customer: int = CUSTOMER) -> None:
    """From the products to the order page, with everything but 発注する."""
    await clerk.goes(POCKETALK)
    await clerk.types(f"quantity.{ANNUAL}", seats)
    await clerk.presses("ctrl+s")
    await clerk.arrives(places.NewOrder())
    await fill_order(clerk, {"po_number": po_number}, customer=customer)


async def test_what_is_typed_is_kept_without_any_key_that_keeps_it(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as clerk:
        assert not clerk.one("#drafts").display
        await begin_order(clerk, "3", "PO-1")
        kept = await keeps(clerk, desk, lucy, "PO-1")
        await clerk.until(lambda: list_drafts(desk, lucy)[0].customer_number == CUSTOMER)
        assert (kept.products[0].sku, kept.products[0].seats, kept.total) == (ANNUAL, 3, 74_130)


async def test_another_session_goes_on_where_the_one_before_ended(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as clerk:
        await begin_order(clerk, "3", "PO-[1]")
        await fill_order(clerk, {"end_user_order_number": "EU-7"})
        typed = clerk.typed()
        kept = await keeps(clerk, desk, lucy, "PO-[1]")
        told = {name: text for name, text in typed.items() if text}
        await clerk.until(lambda: take_up_draft(desk, lucy, kept.id).typed == {"order": told})
    async with portal(places.Home()) as clerk:
        [draft] = list_drafts(desk, lucy)
        assert clerk.one("#drafts").display
        shown = clerk.cells("#drafts", str(draft.id))
        assert "159813 - テスト株式会社" in shown
        assert "¥74,130" in shown
        await clerk.presses("ctrl+g")
        await clerk.arrives(places.NewOrder())
        await clerk.until(lambda: clerk.typed() == typed)
        await clerk.until(lambda: clerk.sees("159813 - テスト株式会社"))
        assert clerk.sees("合計金額: ¥74,130")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        created = clerk.app._places[-1]
        assert isinstance(created, places.OrderCreated)
        order = read_order(desk, lucy, created.order_id)
        assert (order.po_number, order.end_user_order_number, order.total) == ("PO-[1]", "EU-7", 74_130)
        assert list_drafts(desk, lucy) == ()
        await clerk.goes(places.Home())
        assert not clerk.one("#drafts").display


async def test_several_drafts_wait_and_each_comes_back_as_it_was(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    other = another_end_user(desk, lucy, "別の会社")
    async with portal(places.Home(), size=(100, 50)) as clerk:
        await begin_order(clerk, "3", "PO-1")
        await clerk.goes(places.Home())
        await clerk.presses("ctrl+n")
        await clerk.arrives(places.VendorCatalog())
        await begin_order(clerk, "5", "PO-2", other)
        await clerk.goes(places.Home())
        await clerk.until(lambda: clerk.rows("#drafts").row_count == 2)
        second, first = list_drafts(desk, lucy)
        assert (first.po_number, first.customer_number, first.total) == ("PO-1", CUSTOMER, 74_130)
        assert (second.po_number, second.customer_number, second.total) == ("PO-2", other, 123_550)
        clerk.rows("#drafts").focus()
        await clerk.presses("down", "enter")
        await clerk.arrives(places.NewOrder())
        await clerk.until(lambda: clerk.value("po_number") == "PO-1" and clerk.sees("159813 - テスト株式会社"))
        assert clerk.sees("合計金額: ¥74,130")
        assert {one.po_number for one in list_drafts(desk, lucy)} == {"PO-1", "PO-2"}


async def test_a_draft_is_thrown_away_only_after_asking(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as clerk:
        await begin_order(clerk, "3", "PO-1")
        await clerk.goes(places.Home())
        await clerk.presses("delete")
        await clerk.until(lambda: clerk.one("#cancel").has_focus)
        assert clerk.sees("159813 - テスト株式会社")
        await clerk.presses("enter")
        await clerk.arrives(places.Home())
        assert len(list_drafts(desk, lucy)) == 1
        await clerk.presses("delete")
        await clerk.until(lambda: isinstance(clerk.one("#confirm"), Button))
        await clerk.clicks("#confirm")
        await clerk.until(lambda: not clerk.one("#drafts").display)
        assert list_drafts(desk, lucy) == ()
        await clerk.goes(places.NewOrder())
        assert clerk.value("po_number") == ""
        assert clerk.sees("カートは空です")


async def test_two_sessions_at_one_draft_lose_neither(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as first:
        await begin_order(first, "3", "PO-1")
        await keeps(first, desk, lucy, "PO-1")
        async with portal(places.Home()) as second:
            await second.presses("ctrl+g")
            await second.arrives(places.NewOrder())
            await second.until(lambda: second.value("po_number") == "PO-1")
            await second.types("po_number", "PO-2")
            await keeps(second, desk, lucy, "PO-2")
            await first.types("po_number", "PO-3")
            await keeps(first, desk, lucy, "PO-3")
            assert {one.po_number: one.total for one in list_drafts(desk, lucy)} == {"PO-2": 74_130, "PO-3": 74_130}


async def test_a_draft_that_is_gone_says_so_and_leaves_the_list(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(places.Home()) as clerk:
        await begin_order(clerk, "3", "PO-1")
        await clerk.goes(places.Home())
        [draft] = list_drafts(desk, lucy)
        throw_away_draft(desk, lucy, draft.id)
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: "見つかりません" in clerk.notices())
        await clerk.until(lambda: not clerk.one("#drafts").display)


async def test_a_new_end_user_half_entered_comes_back_open(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "半分株式会社")
        await clerk.types("location", "本社")
        await clerk.until(lambda: list_drafts(desk, lucy)[0].company == "半分株式会社")
    async with portal(places.Home()) as clerk:
        assert "半分株式会社 (新規)" in clerk.cells("#drafts", str(list_drafts(desk, lucy)[0].id))
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: clerk.value("company") == "半分株式会社")
        assert clerk.value("location") == "本社"


async def test_quantities_that_are_not_in_the_cart_yet_wait_too(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "7")
        await clerk.until(lambda: list_drafts(desk, lucy))
    async with portal(places.Home()) as clerk:
        await clerk.presses("ctrl+g")
        await clerk.arrives(POCKETALK)
        await clerk.until(lambda: clerk.value(f"quantity.{ANNUAL}") == "7")


async def test_an_order_for_another_end_user_leaves_the_one_half_entered_as_it_is(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    other = another_end_user(desk, lucy, "別の会社")
    async with portal(places.Home()) as clerk:
        await begin_order(clerk, "3", "PO-1")
        await clerk.goes(places.Subscriptions(other))
        await clerk.clicks("#add-subscription")
        await clerk.arrives(places.VendorCatalog())
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.sees(f"{other} - 別の会社"))
        assert clerk.sees("カートは空です")
        [draft] = list_drafts(desk, lucy)
        assert (draft.customer_number, draft.po_number) == (CUSTOMER, "PO-1")


async def test_a_product_that_left_the_catalogue_is_said_and_the_rest_stays(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    async with portal(places.Home()) as clerk:
        catalog = clerk.desk.catalog
        vendors = tuple(
            replace(vendor, products=tuple(one for one in vendor.products if one.sku != MONTHLY))
            for vendor in catalog.vendors
        )
        clerk.app._desk = replace(clerk.desk, catalog=type(catalog)(vendors))
        await clerk.presses("ctrl+g")
        await clerk.arrives(places.NewOrder())
        assert "【サンプル】" in clerk.said("#changed-meanwhile")
        assert "外しました" in clerk.said("#changed-meanwhile")
        assert clerk.sees("合計金額: ¥24,710")


async def test_what_is_typed_in_the_wizard_is_kept_with_the_po(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.types("department", "[営業]部")
        await clerk.until(lambda: read_order(desk, lucy, order.id).details.department == "[営業]部")
        await clerk.types("phone", "not a number")
        await clerk.until(lambda: read_order(desk, lucy, order.id).details.phone == "not a number")


async def test_where_one_begins_stays_in_sight_whatever_comes_late_until_somebody_scrolls(portal: Open) -> None:
    async with portal(places.Home(), size=(80, 24)) as clerk:
        await clerk.until(lambda: clerk.one("#vendor-pocketalk").has_focus)
        above = clerk.one("#choose-vendor")
        above.styles.height = 15
        await clerk.until(lambda: above.size.height == 15 and clerk.is_seen(clerk.one("#vendor-pocketalk")))
        await clerk.presses("pageup")
        await clerk.until(lambda: not clerk.is_seen(clerk.one("#vendor-pocketalk")))
        above.styles.height = 16
        await clerk.until(lambda: above.size.height == 16)
        await clerk.settles()
        assert not clerk.is_seen(clerk.one("#vendor-pocketalk"))

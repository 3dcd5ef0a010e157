"""オーダー①: several products and plans, taking one out again, 構成保存, sample prices, and what follows typing."""

from stellr_tui.desk.cart import Choice, put_in_cart, read_cart, save_selection, saved_selections
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import orders_of
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, MONTHLY, an_order, turn_to
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.filled import fill_order

ANNUAL_FIELD = f"quantity.{ANNUAL}"
MONTHLY_FIELD = f"quantity.{MONTHLY}"


async def shows_both_plans(clerk: Clerk) -> None:
    clerk.one("#plan-monthly").focus()
    await clerk.presses("space")
    await clerk.until(lambda: clerk.is_seen(clerk.control(MONTHLY_FIELD)))


async def test_the_amount_follows_the_quantity_while_it_is_typed(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.until(lambda: clerk.control(ANNUAL_FIELD).has_focus)
        for key, amount in (("1", "¥24,710"), ("2", "¥296,520"), ("backspace", "¥24,710"), ("backspace", "¥0")):
            await clerk.presses(key)
            await clerk.until(lambda amount=amount: clerk.said(f"#amount-{ANNUAL}") == f"提供金額 {amount}")  # type: ignore[misc]  # bound at once


async def test_the_monthly_plan_is_shown_when_it_is_chosen_with_its_price_marked_as_a_sample(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        assert not clerk.sees("¥2,200")
        await shows_both_plans(clerk)
        assert clerk.sees("提供単価 ¥2,200  サンプル価格")
        assert clerk.sees("ポケットーク同時通訳(月額サブスクリプション)【サンプル】")
        assert not clerk.sees("¥24,710  サンプル価格")


async def test_a_sample_price_is_marked_wherever_it_is_shown(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 3)])
    for width in (80, 160):
        async with portal(places.NewOrder(), size=(width, 48)) as clerk:
            assert clerk.sees("¥2,200 サンプル価格")
    order = an_order(desk, lucy, 3, sku=MONTHLY)
    async with portal(places.Subscriptions(CUSTOMER), size=(160, 48)) as clerk:
        assert "¥6,600 サンプル価格" in clerk.cells("#subscriptions", str(order.contracts[0].number))
        await clerk.goes(places.SubscriptionPage(order.contracts[0].number))
        assert clerk.sees("¥6,600 サンプル価格")
        assert "¥2,200 サンプル価格" in clerk.cells("#lots", "1")
        assert "¥2,200 サンプル価格" in clerk.cells("#history", "0")


async def test_several_products_and_plans_go_into_one_cart_and_one_order(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(POCKETALK, size=(100, 50)) as clerk:
        await shows_both_plans(clerk)
        await clerk.types(ANNUAL_FIELD, "2")
        await clerk.types(MONTHLY_FIELD, "5")
        await clerk.until(lambda: clerk.rows("#selected").keys == (ANNUAL, MONTHLY))
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.NewOrder())
        assert clerk.sees("合計金額: ¥60,420")
        await fill_order(clerk, {"po_number": "PO-2"})
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        (order,) = orders_of(desk, lucy, CUSTOMER)
        assert [(one.sku, one.seats) for one in order.contracts] == [(ANNUAL, 2), (MONTHLY, 5)]
        assert read_cart(desk, lucy).lines == ()


async def test_a_product_is_removed_from_the_selection_by_its_action(portal: Open) -> None:
    async with portal(POCKETALK, size=(100, 50)) as clerk:
        await shows_both_plans(clerk)
        await clerk.types(ANNUAL_FIELD, "2")
        await clerk.types(MONTHLY_FIELD, "5")
        await clerk.until(lambda: clerk.rows("#selected").keys == (ANNUAL, MONTHLY))
        clerk.rows("#selected").focus()
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.rows("#selected").keys == (MONTHLY,))
        assert clerk.value(ANNUAL_FIELD) == ""
        await clerk.presses("delete")
        await clerk.until(lambda: clerk.rows("#selected").keys == ())
        assert clerk.value(MONTHLY_FIELD) == ""


async def test_a_product_is_removed_from_the_cart_on_the_order_page(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 1)])
    async with portal(places.NewOrder(), size=(100, 50)) as clerk:
        clerk.rows("#items-0").focus()
        await clerk.presses("delete")
        await clerk.until(lambda: clerk.sees("合計金額: ¥2,200"))
        assert [line.product.sku for line in read_cart(desk, lucy).lines] == [MONTHLY]


async def test_a_cart_waits_for_whoever_filled_it(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 4)])
    async with portal(POCKETALK) as clerk:
        assert clerk.said("#cart-words").endswith("¥98,840")
        await clerk.clicks("#to-order")
        await clerk.arrives(places.NewOrder())
        assert clerk.sees("合計金額: ¥98,840")


async def test_a_selection_is_saved_under_a_name_and_taken_up_again(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(POCKETALK, size=(100, 50)) as clerk:
        await shows_both_plans(clerk)
        await clerk.types(ANNUAL_FIELD, "２")
        await clerk.types(MONTHLY_FIELD, "5")
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: clerk.control("selection_name").has_focus)
        await clerk.presses(*"set A", "enter")
        await clerk.until(lambda: "set A" in clerk.notices())
        saved = saved_selections(desk, lucy)
        assert {(one.sku, one.seats) for one in saved["set A"]} == {(ANNUAL, 2), (MONTHLY, 5)}
        await clerk.types(ANNUAL_FIELD, "")
        await clerk.types(MONTHLY_FIELD, "")
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.app.screen.query("#selections") and clerk.one("#selections").has_focus)
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.app.screen.query("#selection-form") and clerk.value(MONTHLY_FIELD) == "5")
        assert clerk.value(ANNUAL_FIELD) == "2"
        assert clerk.rows("#selected").keys == (ANNUAL, MONTHLY)


async def test_a_selection_taken_up_shows_its_plan_even_if_that_was_not_ticked(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    save_selection(desk, lucy, "monthly", [Choice(MONTHLY, 5)])
    async with portal(POCKETALK, size=(100, 50)) as clerk:
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.app.screen.query("#selections") and clerk.one("#selections").has_focus)
        await clerk.presses("enter")
        await clerk.until(
            lambda: clerk.app.screen.query("#selection-form") and clerk.is_seen(clerk.control(MONTHLY_FIELD))
        )
        assert clerk.value(MONTHLY_FIELD) == "5"


async def test_an_empty_selection_is_not_saved(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: clerk.control("selection_name").has_focus)
        await clerk.presses("a", "enter")
        await clerk.until(lambda: "商品と数量を選んで" in clerk.notices())
        assert saved_selections(desk, lucy) == {}


async def test_the_rules_show_todays_case(portal: Open, desk: Desk) -> None:
    turn_to(desk, "2024-05-16")
    async with portal(POCKETALK, size=(100, 50)) as clerk:
        await clerk.clicks("#rules")
        await clerk.until(lambda: clerk.app.screen.query("#rules-today") and clerk.sees("2024-06-20"))
        for words in ("納品及び請求ルール", "2024-05-16", "2024-06-21 ~ 2024-06-30", "2024-07-01", "20日前が受付期限"):
            assert clerk.sees(words)

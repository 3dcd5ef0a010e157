"""What is unusual is said at its field and does not refuse."""

from stellr_tui.desk.actions import actions_needed
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, an_order
from tests.screens.clerk import Open
from tests.screens.filled import END_USER, fill_end_user, fill_order


async def test_an_unknown_postal_code_leaves_prefecture_and_city_to_be_typed(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.fills(END_USER | {"postal_code": "0000000"})
        await clerk.types("postal_code", "0000000")
        await clerk.presses("tab")
        await clerk.until(lambda: "郵便番号データにありません" in clerk.finding("postal_code"))
        assert not clerk.is_refused("postal_code")
        assert (clerk.value("prefecture"), clerk.value("city")) == ("", "")
        await clerk.types("prefecture", "東京都")
        await clerk.types("city", "新しい市")
        await clerk.settles()
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.Customers())
        added = search_end_users(desk, lucy, "0312345678").rows[-1]
        assert (added.locations[0].prefecture, added.locations[0].city) == ("東京都", "新しい市")
        assert added.locations[0].postal_code == "0000000"


async def test_the_manuals_phone_of_eleven_digits_is_taken_with_a_warning(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await clerk.types("contact.phone", "03123456798")
        await clerk.presses("tab")
        await clerk.until(lambda: "有効な日本の電話番号ではありません" in clerk.finding("contact.phone"))
        assert not clerk.is_refused("contact.phone")
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.Customers())
        assert search_end_users(desk, lucy).rows[-1].contacts[0].phone == "03123456798"


async def test_a_po_number_used_before_is_named_with_its_order_and_can_be_used_again(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    earlier = an_order(desk, lucy, po_number="sourcenexttest")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {})
        await clerk.types("po_number", "sourcenexttest")
        await clerk.presses("tab")
        await clerk.until(lambda: str(earlier.contracts[0].number) in clerk.finding("po_number"))
        assert not clerk.is_refused("po_number")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        assert [one.po_number for one in actions_needed(desk, lucy).rows] == ["sourcenexttest"] * 2


async def test_full_width_digits_are_understood_as_a_quantity(portal: Open) -> None:
    async with portal(places.VendorPage("pocketalk")) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "１２")
        await clerk.until(lambda: clerk.sees("提供金額 ¥296,520"))
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.NewOrder())
        assert clerk.sees("合計金額: ¥296,520")

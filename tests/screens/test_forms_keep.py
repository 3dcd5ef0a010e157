"""What was typed stays: on going back, on leaving, through a refusal and a resize. リセット clears."""

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import add_contact
from stellr_tui.desk.end_users import ContactForm
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import read_order
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, an_order, another_end_user, everything
from tests.screens.clerk import POCKETALK, Open
from tests.screens.filled import END_USER, FURTHER, fill_end_user, fill_order


async def test_quantities_are_still_there_when_one_comes_back_to_the_vendor(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "7")
        await clerk.goes(places.Home())
        await clerk.presses("escape")
        await clerk.arrives(POCKETALK)
        assert clerk.value(f"quantity.{ANNUAL}") == "7"
        await clerk.until(lambda: ANNUAL in clerk.rows("#selected").keys)


async def test_the_order_page_is_as_it_was_left(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-[1]", "end_user_order_number": "EU-1"})
        typed = clerk.typed()
        await clerk.goes(POCKETALK)
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.typed() == typed)
        assert clerk.sees("159813 - テスト株式会社")


async def test_the_contact_chosen_for_an_order_is_still_chosen_when_one_comes_back(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    add_contact(desk, lucy, CUSTOMER, ContactForm("佐藤花子", "0312345678", "sato@example.com"))
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        second = next(key for words, key in clerk.contact_choices() if "佐藤花子" in words)
        await clerk.types("chosen_contact", second)
        await clerk.clicks("#change")
        await clerk.until(lambda: "佐藤花子" in clerk.said("#end-user-picked"))
        await clerk.goes(POCKETALK)
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: "佐藤花子" in clerk.said("#end-user-picked"))
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        created = clerk.app._places[-1]
        assert isinstance(created, places.OrderCreated)
        assert read_order(desk, lucy, created.order_id).contact.name == "佐藤花子"


async def test_another_end_users_contact_is_never_taken_over(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    other = another_end_user(desk, lucy, "別の会社")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await clerk.clicks("#change")
        await clerk.until(lambda: clerk.app.screen.query("#order-form"))
        await fill_order(clerk, {}, customer=other)
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: isinstance(clerk.app._places[-1], places.OrderCreated))
        created = clerk.app._places[-1]
        assert isinstance(created, places.OrderCreated)
        assert read_order(desk, lucy, created.order_id).contact.name == "佐藤"


async def test_a_new_end_user_that_was_cancelled_comes_back_as_it_was_typed(portal: Open, desk: Desk) -> None:
    before = everything(desk)
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.presses("ctrl+l", "ctrl+n")
        await clerk.until(lambda: clerk.control("contacts.2.name").has_focus)
        await fill_end_user(clerk, END_USER | FURTHER)
        typed = clerk.typed()
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        assert clerk.typed() == typed
        assert everything(desk) == before


async def test_reset_asks_first_and_empties_nothing_unless_it_is_confirmed(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        typed = clerk.typed()
        # Enter, held down or pressed in the same moment, confirms nothing.
        clerk.presses_at_once("ctrl+r", "enter")
        await clerk.until(lambda: clerk.app.screen.query("#company") and clerk.typed() == typed)
        await clerk.settles()
        assert clerk.typed() == typed
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.sees("入力した内容を破棄して、最初の状態に戻します。よろしいですか。"))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.app.screen.query("#company"))
        assert clerk.typed() == typed


async def test_reset_does_not_ask_where_nothing_was_typed(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        clerk.control("contact.email").focus()
        await clerk.until(lambda: clerk.control("contact.email").has_focus)
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.control("company").has_focus)
        assert not any(clerk.typed().values())


async def test_reset_empties_the_form(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.fills({"company": "テスト株式会社", "postal_code": "1350001"})
        await clerk.presses("ctrl+s")
        await clerk.refused_at("location", "場所名")
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.app.screen.query("#question"))
        await clerk.clicks("#confirm")
        await clerk.until(lambda: not any(clerk.typed().values()) and not clerk.refused())
        await clerk.settles()
        assert not any(clerk.typed().values())
        assert clerk.control("company").has_focus
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        assert not any(clerk.typed().values())


async def test_a_stored_end_user_leaves_an_empty_form_behind(portal: Open, desk: Desk) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.app.screen.query("#end-users") and clerk.rows("#end-users").row_count == 2)
        assert clerk.rows("#end-users").current == str(CUSTOMER + 1), "the cursor is on the new one"
        await clerk.opens_new_end_user()
        assert not any(clerk.typed().values())


async def test_a_resize_loses_nothing(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        typed = clerk.typed()
        for size in ((80, 24), (160, 48), (60, 20)):
            await clerk.pilot.resize_terminal(*size)
            await clerk.settles()
            assert clerk.typed() == typed


async def test_the_wizard_keeps_what_was_typed_on_going_back_cancelling_and_resizing(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.fills({"family_name": "太郎", "department": "[営業]部", "phone": "0312345678"})
        typed = clerk.typed()
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3")
        assert clerk.sees("[営業]部")
        await clerk.pilot.resize_terminal(80, 24)
        await clerk.presses("ctrl+b", "ctrl+b")
        await clerk.until(lambda: clerk.current_step() == "step-1")
        assert clerk.typed() == typed
        await clerk.types("phone", "not a number")
        await clerk.presses("escape")
        await clerk.arrives(places.OrderCreated(order.id))
        await clerk.opens_wizard(order.id)
        assert clerk.typed() == typed | {"phone": "not a number"}
        assert read_order(desk, lucy, order.id).contracts[0].status == Status.PO_CREATED


async def test_what_was_typed_is_forgotten_with_whoever_typed_it(portal: Open, lucy: SignedIn) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "7")
        await clerk.goes(places.Portal())
        await clerk.presses("ctrl+l")
        await clerk.until(lambda: clerk.one("#login").has_focus)
        assert clerk.app.signed_in is None
        await clerk.is_let_in(lucy)
        await clerk.goes(POCKETALK)
        assert clerk.value(f"quantity.{ANNUAL}") == ""


async def test_a_page_that_is_left_before_it_is_loaded_keeps_what_was_typed_before(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {"po_number": "PO-1"})
        typed = clerk.typed()
        await clerk.goes(POCKETALK)
        await clerk.types(f"quantity.{ANNUAL}", "7")
        for place in (places.NewOrder(), POCKETALK) * 3:
            clerk.app.go(place)
            await clerk.pilot.pause()
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.typed() == typed)
        await clerk.goes(POCKETALK)
        await clerk.until(lambda: clerk.value(f"quantity.{ANNUAL}") == "7")

"""What the program proposed is replaced by typing, once one comes to it; what one typed oneself is typed on behind."""

from dataclasses import replace

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.widgets import places
from tests.desk.office import an_order
from tests.screens.clerk import Clerk, Open
from tests.screens.filled import END_USER, fill_end_user


async def comes_by_tab_and_types(clerk: Clerk, name: str, keys: str) -> None:
    """To a field with Tab, from the one before, and then some keys."""
    names = list(clerk.typed())
    before = clerk.control(names[names.index(name) - 1])
    before.focus()
    await clerk.until(lambda: before.has_focus)
    await clerk.presses("tab")
    await clerk.until(lambda: clerk.control(name).has_focus, f"focus at {name}")
    await clerk.presses(*keys.split())


async def test_typing_replaces_the_kana_the_prefecture_and_the_city_that_were_proposed(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        for name in ("company_kana", "prefecture", "city"):
            assert clerk.value(name)
            await comes_by_tab_and_types(clerk, name, "x y")
            assert clerk.value(name) == "xy"


async def test_one_types_on_behind_the_town_that_was_proposed_as_an_address(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "1350001")
        await clerk.until(lambda: clerk.value("address1") == "毛利")
        await comes_by_tab_and_types(clerk, "address1", "7")
        assert clerk.value("address1") == "毛利7"


async def test_one_types_on_behind_what_one_typed_or_corrected_oneself(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await comes_by_tab_and_types(clerk, "location", "x")
        assert clerk.value("location") == END_USER["location"] + "x"
        await comes_by_tab_and_types(clerk, "city", "end x")
        assert clerk.value("city") == "江東区x"
        await comes_by_tab_and_types(clerk, "city", "y")
        assert clerk.value("city") == "江東区xy"


async def test_kana_that_are_proposed_while_one_stands_there_are_replaced_by_typing(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await comes_by_tab_and_types(clerk, "company_kana", "")
        clerk.field("company").value = "テスト"
        await clerk.until(lambda: clerk.value("company_kana") == "テスト")
        await clerk.presses("x")
        assert clerk.value("company_kana") == "x"


async def test_a_proposal_is_still_one_after_the_form_was_left(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        await comes_by_tab_and_types(clerk, "prefecture", "x")
        assert clerk.value("prefecture") == "x"


async def test_the_wizard_lets_one_type_over_what_came_from_the_contact_but_not_over_what_one_typed(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.until(lambda: clerk.control("given_name").has_focus)
        await clerk.presses("x")
        assert clerk.value("given_name") == "x"
        await comes_by_tab_and_types(clerk, "phone", "0 3 1 2 3 4 5 6 7 8")
        assert clerk.value("phone") == "0312345678"
        await clerk.presses("escape")
        await clerk.arrives(places.OrderCreated(order.id))
        await clerk.opens_wizard(order.id)
        await clerk.until(lambda: clerk.control("given_name").has_focus)
        await clerk.presses("y")
        assert clerk.value("given_name") == "xy"


async def test_another_date_is_typed_over_the_one_that_is(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        await clerk.presses("f9")
        await clerk.until(lambda: clerk.value("date") == "2024-03-11" and clerk.control("date").has_focus)
        await clerk.presses(*"2024-04-01")
        assert clerk.value("date") == "2024-04-01"


async def test_a_po_number_is_proposed_from_the_pattern_and_replaced_by_typing(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    an_order(desk, lucy, po_number="PO-2024-001")
    async with portal(places.Home()) as clerk:
        clerk.app.settings = replace(clerk.app.settings, po_pattern="PO-{yyyy}-{nnn}")
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.value("po_number") == "PO-2024-002")
        clerk.control("po_number").focus()
        await clerk.until(lambda: clerk.control("po_number").has_focus)
        await clerk.presses("x")
        assert clerk.value("po_number") == "x"
        await clerk.goes(places.Home())
        await clerk.goes(places.NewOrder())
        assert clerk.value("po_number") == "x"


async def test_a_po_number_that_was_only_proposed_is_proposed_anew_when_one_comes_back(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(places.Home()) as clerk:
        clerk.app.settings = replace(clerk.app.settings, po_pattern="PO-{n}")
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.value("po_number") == "PO-1")
        await clerk.goes(places.Home())
        an_order(desk, lucy, po_number="PO-1")
        await clerk.goes(places.NewOrder())
        await clerk.until(lambda: clerk.value("po_number") == "PO-2")


async def test_without_a_pattern_no_po_number_is_proposed(portal: Open) -> None:
    async with portal(places.NewOrder()) as clerk:
        assert clerk.value("po_number") == ""

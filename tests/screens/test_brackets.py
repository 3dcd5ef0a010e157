"""Brackets in names are shown as they were typed, wherever a name is shown: they are never markup."""

import shutil
from pathlib import Path

from textual.widgets import OptionList

from stellr_tui.desk.cart import Choice, put_in_cart, save_selection
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, add_end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Details, OrderForm, place_order
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.reference.data import data_path
from stellr_tui.store.tables import Person
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL
from tests.screens.clerk import POCKETALK, Open
from tests.screens.filled import fill_order
from tests.spoken import Given

COMPANY = "[red]赤[/x] [b"
PERSON = "[/x]太郎"
NUMBER = "PO[/]1"
STREET = "[link=x]1"


def a_bracketed_order(desk: Desk, lucy: SignedIn, number: str = NUMBER) -> tuple[int, int]:
    """An order of an end user with brackets in every name: 顧客番号 and the order's id."""
    location = LocationForm(location=COMPANY, postal_code="1350001", address1=STREET)
    form = EndUserForm(COMPANY, "カナ", (location,), (ContactForm(PERSON, "0312345678", "a@example.com"),))
    end_user = add_end_user(desk, lucy, form)
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    order = place_order(desk, lucy, OrderForm(lucy.person_id, end_user.number, None, None, number, "[EU]"))
    return end_user.number, order.id


async def test_in_the_lists_of_end_users(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    a_bracketed_order(desk, lucy)
    for place in (places.Customers(), places.Storefront()):
        async with portal(place, size=(160, 48)) as clerk:
            assert clerk.sees(COMPANY)
            assert clerk.sees(PERSON)


async def test_in_the_search_of_the_order_page_and_in_what_was_picked(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number, _order = a_bracketed_order(desk, lucy)
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder(), size=(160, 60)) as clerk:
        await clerk.types("end_user", str(number))
        await clerk.until(lambda: clerk.sees(f"{number} - {COMPANY}") and clerk.sees(PERSON))
        await fill_order(clerk, {}, customer=number)
        assert clerk.sees(f"{COMPANY}, {STREET}, 江東区, 13, 1350001, JP")
        await clerk.types("po_number", NUMBER)
        await clerk.presses("tab")
        await clerk.until(lambda: f"「{NUMBER}」" in clerk.finding("po_number"))
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await clerk.until(lambda: clerk.sees(PERSON) and clerk.sees(STREET))


async def test_in_the_order_its_wizard_and_the_question_before_it_is_discarded(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    _number, order = a_bracketed_order(desk, lucy)
    async with portal(places.Home(), size=(160, 48)) as clerk:
        await clerk.opens_wizard(order)
        assert clerk.sees(COMPANY)
        assert clerk.sees(PERSON)
        await clerk.fills({"family_name": "[i]姓"})
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3" and clerk.sees(Given("[i]姓")))
        await clerk.presses("escape")
        await clerk.arrives(places.OrderCreated(order))
        assert clerk.sees(NUMBER)
        await clerk.presses("ctrl+d")
        await clerk.until(lambda: clerk.app.screen.query("#question") and clerk.sees(f"「{NUMBER}」"))


async def test_in_what_waits_and_in_the_contracts_of_the_end_user(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number, order = a_bracketed_order(desk, lucy)
    async with portal(places.Results(), size=(160, 48)) as clerk:
        assert clerk.sees(NUMBER)
        assert clerk.sees(COMPANY)
        sent = send_provisioning(desk, lucy, order, Details("太郎", "姓", "a@example.com", "0312345678"))
        await clerk.goes(places.Subscriptions(number))
        await clerk.until(lambda: clerk.said("#breadcrumb").endswith(COMPANY))
        assert clerk.sees(f"顧客管理 > {number} - {COMPANY}")
        await clerk.goes(places.SubscriptionPage(sent.contracts[0].number))
        for words in (COMPANY, NUMBER, "[EU]"):
            assert clerk.sees(words)


async def test_in_who_is_signed_in_and_in_the_history(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    with desk.store.writing() as session:
        session.get_one(Person, lucy.person_id).name = PERSON
    renamed = SignedIn(lucy.person_id, PERSON, lucy.account)
    _number, _order = a_bracketed_order(desk, renamed)
    async with portal(places.SubscriptionPage(81766), by=renamed, size=(160, 60)) as clerk:
        assert PERSON in clerk.said("#whose")
        assert clerk.reads("#history").count(PERSON) == 1
        put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
        await clerk.goes(places.NewOrder())
        assert clerk.sees(f"{PERSON}, 01-2345-2345")


async def test_in_the_names_of_saved_selections_and_the_notice_of_saving(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    save_selection(desk, lucy, COMPANY, [Choice(ANNUAL, 2)])
    async with portal(POCKETALK) as clerk:
        await clerk.presses("ctrl+o")
        await clerk.until(lambda: clerk.app.screen.query(OptionList) and clerk.sees(COMPANY))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.app.screen.query("#selection-form"))
        await clerk.types(f"quantity.{ANNUAL}", "1")
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: clerk.control("selection_name").has_focus)
        await clerk.types("selection_name", "[/x]構成")
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.sees("構成「[/x]構成」を保存しました"))


async def test_in_the_catalogue(portal: Open, settings: Path) -> None:
    shutil.copyfile(data_path("catalog.toml"), settings / "catalog.toml")
    with (settings / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write('[[vendor]]\ncode = "brackets"\nname = "[red]仕入先[/x]"\nnote = "[b"\n')
    async with portal(places.Home(), size=(100, 60)) as clerk:
        assert clerk.sees("[red]仕入先[/x]")
        await clerk.goes(places.VendorCatalog())
        assert clerk.sees("[red]仕入先[/x]  [b")
        await clerk.goes(places.VendorPage("brackets"))
        await clerk.until(lambda: clerk.said("#breadcrumb").endswith("[red]仕入先[/x]"))


async def test_in_a_sentence_about_what_was_typed(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "[/x]")
        await clerk.until(lambda: "「[/x]」" in clerk.finding(f"quantity.{ANNUAL}"))
        assert clerk.sees("「[/x]」")

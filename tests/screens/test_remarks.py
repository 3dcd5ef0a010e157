"""What is wrong with a field is said when it is left, in the words that a save would use, and the focus goes on."""

import pytest

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.sentences import sentence
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, an_order
from tests.screens.clerk import Clerk, Open
from tests.screens.filled import END_USER, fill_end_user, fill_order

WRONG = [
    (Reason.NOT_KATAKANA, "company_kana", "漢字"),
    (Reason.NOT_A_POSTAL_CODE, "postal_code", "135"),
    (Reason.NOT_A_PHONE_NUMBER, "contact.phone", "03"),
    (Reason.NOT_AN_EMAIL, "contact.email", "test@"),
    (Reason.NOT_A_PHONE_NUMBER, "security_contact.phone", "03"),
    (Reason.NOT_AN_EMAIL, "security_contact.email", "test@"),
    (Reason.NOT_A_PREFECTURE, "prefecture", "東京"),
]


async def leaves_with(clerk: Clerk, name: str, typed: str) -> None:
    """Type into a field and go on with Tab, until what there is to say has been said."""
    await clerk.types(name, typed)
    await clerk.settles()
    await clerk.presses("tab")
    await clerk.until(lambda: not clerk.control(name).has_focus)
    await clerk.settles()


@pytest.mark.parametrize(("reason", "name", "typed"), WRONG, ids=[name for _reason, name, _typed in WRONG])
async def test_a_field_of_a_new_end_user_is_refused_when_it_is_left(
    portal: Open, reason: Reason, name: str, typed: str
) -> None:
    async with portal(places.Customers(), size=(80, 24)) as clerk:
        await clerk.opens_new_end_user()
        await leaves_with(clerk, name, typed)
        await clerk.until(lambda: sentence(Finding(reason, name, typed)) in clerk.finding(name))
        assert clerk.refused() == [name]
        focused = clerk.app.screen.focused
        assert focused is not None
        assert clerk.is_seen(focused)
        await clerk.presses("shift+tab")
        await clerk.until(lambda: clerk.control(name).has_focus)
        await clerk.presses("end", "0")
        await clerk.until(lambda: clerk.refused() == [], "typing takes the sentence away")


async def test_nobody_is_reminded_of_empty_fields_before_saving(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        for _field in clerk.typed():
            await clerk.presses("tab")
            await clerk.settles()
        assert clerk.refused() == []
        await leaves_with(clerk, "contact.phone", "   ")
        assert clerk.refused() == []


async def test_a_field_is_not_refused_while_one_types_in_it(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await leaves_with(clerk, "contact.phone", "03")
        await clerk.until(lambda: clerk.refused() == ["contact.phone"])
        await clerk.presses("shift+tab", "end", "1")
        await leaves_with(clerk, "location", "本社")
        clerk.control("contact.phone").focus()
        await clerk.settles()
        await clerk.presses("end", "2")
        await clerk.settles()
        assert clerk.refused() == []


async def test_a_second_end_user_of_the_same_name_and_postal_code_is_warned_of_and_saved(portal: Open) -> None:
    async with portal(places.Customers(), size=(80, 24)) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        await leaves_with(clerk, "postal_code", "1350001")
        await clerk.until(lambda: f"顧客番号 {CUSTOMER}" in clerk.finding("postal_code"))
        assert clerk.refused() == []
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.Customers())
        await clerk.until(lambda: clerk.sees("159814"))


async def test_the_wizard_says_what_is_wrong_when_a_field_is_left(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.presses("tab", "tab", "tab")
        await clerk.settles()
        assert clerk.finding("phone") == "", "the contact's own number is not remarked on"
        for name, typed in (("email", "test@"), ("phone", "12")):
            await leaves_with(clerk, name, typed)
            await clerk.until(lambda name=name: clerk.is_refused(name))  # type: ignore[misc]  # bound at once
        assert clerk.refused() == ["email", "phone"]
        assert clerk.current_step() == "step-1"


async def test_a_new_contact_of_an_order_is_refused_when_its_field_is_left(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {})
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await leaves_with(clerk, "contact.email", "test@")
        await clerk.until(lambda: clerk.refused() == ["contact.email"])


async def test_a_number_of_the_order_page_is_refused_when_it_is_left(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await fill_order(clerk, {})
        await leaves_with(clerk, "po_number", "9" * 41)
        await clerk.until(lambda: "40文字以内" in clerk.finding("po_number"))
        assert clerk.control("end_user_order_number").has_focus

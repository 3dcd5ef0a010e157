"""An end user is changed on the screen: the same form, two clerks at once, and nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from screens.changed_meanwhile import ChangedMeanwhile
from screens.edit_end_user import EditEndUserScreen
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import EndUserEdit, change_end_user, edit_of, end_user_history
from stellr_tui.desk.end_users import ContactForm, LocationForm, end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.sentences import sentence
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.widgets import places
from tests.desk.office import a_sent_order, add_colleague, another_end_user, everything
from tests.screens.clerk import Clerk, Open

PAGE = places.EndUserPage(CUSTOMER)
TYPED = {"company": "改名株式会社", "company_kana": "カイメイ", "address1": "毛利 2-2", "contact.phone": "0398765432"}


async def opens_form(clerk: Clerk) -> None:
    await clerk.presses("ctrl+e")
    await clerk.until(lambda: isinstance(clerk.app.screen, EditEndUserScreen) and clerk.value("company"))
    await clerk.settles()


async def comes_back(clerk: Clerk) -> None:
    await clerk.until(lambda: clerk.app.screen.query("#company-facts"), "the page of the end user")
    await clerk.settles()


def somebody_changes(desk: Desk, by: SignedIn, change: Callable[[EndUserEdit], EndUserEdit]) -> None:
    change_end_user(desk, by, CUSTOMER, change(edit_of(end_user(desk, by, CUSTOMER))))


def rename(name: str) -> Callable[[EndUserEdit], EndUserEdit]:
    return lambda one: replace(one, form=replace(one.form, company=name))


def retire_first(one: EndUserEdit) -> EndUserEdit:
    """A new location in place of the one that is there."""
    toyo = LocationForm("東陽支店", "1350016", "東陽1-1", "", "江東区", "東京都")
    return replace(one, form=replace(one.form, locations=(toyo,)), locations=(-1,))


async def test_the_form_is_filled_with_what_is_stored_and_saves_what_is_typed(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(PAGE, size=(120, 40)) as clerk:
        await opens_form(clerk)
        assert {name: clerk.value(name) for name in ("company", "company_kana", "location", "postal_code", "city")} == {
            "company": "テスト株式会社",
            "company_kana": "テストカブシキガイシャ",
            "location": "テスト株式会社",
            "postal_code": "1350001",
            "city": "江東区",
        }
        await clerk.fills(TYPED)
        await clerk.presses("ctrl+s")
        await comes_back(clerk)
        await clerk.until(lambda: clerk.sees("改名株式会社") and clerk.sees("毛利 2-2"))
        newest = clerk.rows("#end-user-history").keys[0]
        _when, who, what, *_values = clerk.texts("#end-user-history", newest)
        assert who == lucy.name and "テスト太郎" in what and "電話番号" in what
        assert end_user(desk, lucy, CUSTOMER).contacts[0].phone == "0398765432"


async def test_a_postal_code_fills_in_the_address_as_in_the_form_of_a_new_one(portal: Open) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.types("postal_code", "5300001")
        await clerk.until(lambda: clerk.value("prefecture") == "大阪府")
        assert clerk.value("city") == "大阪市北区"
        assert clerk.value("address1") == "梅田", "the stored code's own town has gone with it"


async def test_a_stored_address_keeps_all_but_the_town_of_its_code(portal: Open) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.types("address1", "毛利2-2 毛利ビル")
        await clerk.types("postal_code", "5300001")
        await clerk.until(lambda: clerk.value("address1") == "梅田2-2 毛利ビル")
        await clerk.types("address1", "ビル2-2")
        await clerk.types("postal_code", "1350001")
        await clerk.until(lambda: clerk.value("city") == "江東区")
        assert clerk.value("address1") == "ビル2-2", "what somebody typed stays"


WRONG = [
    (Reason.REQUIRED, "company", ""),
    (Reason.NOT_KATAKANA, "company_kana", "漢字"),
    (Reason.NOT_A_POSTAL_CODE, "postal_code", "135"),
    (Reason.NOT_A_PHONE_NUMBER, "contact.phone", "03"),
    (Reason.NOT_AN_EMAIL, "contact.email", "test@"),
]


@pytest.mark.parametrize(("reason", "name", "typed"), WRONG)
async def test_what_is_refused_is_said_at_its_field_in_the_words_of_a_new_one(
    portal: Open, desk: Desk, reason: Reason, name: str, typed: str
) -> None:
    before = everything(desk)
    async with portal(PAGE, size=(80, 24)) as clerk:
        await opens_form(clerk)
        await clerk.fills({name: typed})
        await clerk.presses("ctrl+s")
        await clerk.refused_at(name, sentence(Finding(reason, name, typed)))
        assert everything(desk) == before


async def test_a_twin_is_named_when_the_field_is_left(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    number = another_end_user(desk, lucy, "隣の会社")
    async with portal(places.EndUserPage(number)) as clerk:
        await opens_form(clerk)
        await clerk.types("company", "テスト株式会社")
        await clerk.presses("tab")
        await clerk.until(lambda: f"顧客番号 {CUSTOMER}" in clerk.finding("postal_code"))


async def test_a_location_and_a_contact_are_added_and_the_first_ones_retired(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(PAGE, size=(120, 60)) as clerk:
        await opens_form(clerk)
        assert not clerk.one("#drop-locations-1").display, "the only location cannot be retired"
        await clerk.presses("ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        await clerk.presses("ctrl+n")
        await clerk.until(lambda: clerk.control("contacts.2.name").has_focus)
        await clerk.fills(
            {
                "locations.2.location": "東陽支店",
                "locations.2.postal_code": "1350016",
                "locations.2.address1": "東陽1-1",
                "contacts.2.name": "佐藤花子",
                "contacts.2.phone": "0398765432",
                "contacts.2.email": "sato@company.com",
            }
        )
        await clerk.until(lambda: clerk.value("locations.2.city") == "江東区")
        await clerk.clicks("#drop-locations-1")
        await clerk.until(lambda: clerk.value("location") == "東陽支店" and "locations.2.location" not in clerk.typed())
        await clerk.clicks("#drop-contacts-1")
        await clerk.until(lambda: clerk.value("contact.name") == "佐藤花子")
        await clerk.presses("ctrl+s")
        await comes_back(clerk)
        await clerk.until(lambda: clerk.rows("#contacts").row_count == 1 and clerk.sees("佐藤花子"))
        stored = end_user(desk, lucy, CUSTOMER)
        assert [one.name for one in stored.locations] == ["東陽支店"]
        assert [one.email for one in stored.contacts] == ["sato@company.com"]


async def test_what_was_typed_and_cancelled_comes_back_and_reset_shows_what_is_stored(portal: Open, desk: Desk) -> None:
    before = everything(desk)
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.presses("ctrl+n")
        await clerk.until(lambda: clerk.control("contacts.2.name").has_focus)
        await clerk.fills({**TYPED, "contacts.2.name": "[/x]佐藤"})
        typed = clerk.typed()
        await clerk.presses("escape")
        await comes_back(clerk)
        await opens_form(clerk)
        await clerk.until(lambda: clerk.typed() == typed)
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.one("#cancel").has_focus and clerk.app.screen.query("#question"))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.typed() == typed)
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.app.screen.query("#question"))
        await clerk.clicks("#confirm")
        await clerk.until(lambda: clerk.value("company") == "テスト株式会社" and "contacts.2.name" not in clerk.typed())
        assert everything(desk) == before


async def test_where_nothing_was_changed_reset_shows_at_once_what_is_stored_now(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        somebody_changes(desk, lucy, rename("改名株式会社"))
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: clerk.value("company") == "改名株式会社")


@pytest.fixture
def hanako(desk: Desk) -> SignedIn:
    return add_colleague(desk)


async def meets(clerk: Clerk) -> None:
    await clerk.presses("ctrl+s")
    await clerk.until(lambda: isinstance(clerk.app.screen, ChangedMeanwhile) and clerk.rows("#collisions").row_count)
    await clerk.settles()


async def test_the_second_clerk_learns_who_was_first_and_takes_over_field_by_field(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE, size=(80, 24)) as clerk:
        await opens_form(clerk)
        await clerk.fills(TYPED)
        somebody_changes(
            desk,
            hanako,
            lambda one: replace(rename("花子の会社")(one), microsoft_id="hanako.onmicrosoft.com"),
        )
        await meets(clerk)
        for words in (hanako.name, "会社名", "花子の会社", "改名株式会社"):
            assert clerk.sees(words), words
        assert [clerk.texts("#collisions", key)[1] for key in ("0", "1")] == ["自分の値", "相手の値"]
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.texts("#collisions", "0")[1] == "相手の値")
        await clerk.presses("ctrl+s")
        await comes_back(clerk)
        stored = end_user(desk, lucy, CUSTOMER)
        assert (stored.company, stored.company_kana) == ("花子の会社", "カイメイ")
        assert stored.microsoft_id == "hanako.onmicrosoft.com"
        assert stored.locations[0].address1 == "毛利 2-2"


async def test_ones_own_values_can_overwrite_and_the_others_stay_in_the_history(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.fills(TYPED)
        somebody_changes(desk, hanako, rename("花子の会社"))
        await meets(clerk)
        await clerk.clicks("#all-ours")
        await clerk.clicks("#keep")
        await comes_back(clerk)
        assert end_user(desk, lucy, CUSTOMER).company == "改名株式会社"
        befores = [one.before for one in end_user_history(desk, lucy, CUSTOMER).rows]
        assert "花子の会社" in befores


async def test_one_goes_back_to_the_form_with_all_that_was_typed(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.fills(TYPED)
        typed = clerk.typed()
        somebody_changes(desk, hanako, rename("花子の会社"))
        before = everything(desk)
        await meets(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, EditEndUserScreen))
        assert clerk.typed() == typed
        assert everything(desk) == before
        await meets(clerk)


async def test_a_location_that_the_other_clerk_retired_can_be_kept_or_let_go(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE, size=(120, 40)) as clerk:
        await opens_form(clerk)
        await clerk.fills({"address1": "毛利 2-2"})
        somebody_changes(desk, hanako, retire_first)
        await meets(clerk)
        assert clerk.sees("(廃止)")
        assert clerk.sees("東陽支店")
        await clerk.presses("ctrl+s")
        await comes_back(clerk)
        assert [one.address1 for one in end_user(desk, lucy, CUSTOMER).locations] == ["毛利 2-2", "東陽1-1"]


async def test_what_was_typed_before_somebody_elses_change_meets_it_also_after_a_pause(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.fills(TYPED)
        await clerk.presses("escape")
        await comes_back(clerk)
        somebody_changes(desk, hanako, rename("花子の会社"))
        await opens_form(clerk)
        await meets(clerk)
        assert clerk.sees("花子の会社")


async def test_two_who_change_different_things_both_find_theirs_saved(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE) as clerk:
        await opens_form(clerk)
        await clerk.fills({"contact.phone": "0398765432"})
        somebody_changes(desk, hanako, rename("花子の会社"))
        await meets(clerk)
        await clerk.presses("ctrl+s")
        await comes_back(clerk)
        stored = end_user(desk, lucy, CUSTOMER)
        assert (stored.company, stored.contacts[0].phone) == ("花子の会社", "0398765432")


async def test_brackets_and_long_values_are_shown_as_typed_where_two_meet(
    portal: Open, desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    async with portal(PAGE, size=(80, 24)) as clerk:
        await opens_form(clerk)
        await clerk.fills({"contact.name": "[red]太郎[/]"})
        somebody_changes(
            desk,
            hanako,
            lambda one: replace(one, form=replace(one.form, contacts=(ContactForm("[/x]" * 20, *CONTACT),))),
        )
        await meets(clerk)
        await clerk.until(lambda: "[red]太郎[/]" in clerk.reads("#collision"))
        assert "[/x]" * 20 in clerk.reads("#collision")


async def test_the_page_of_a_contract_says_for_whom_it_was_sent_where_that_has_changed(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    (contract,) = a_sent_order(desk, lucy).contracts
    async with portal(places.SubscriptionPage(contract.number), size=(120, 60)) as clerk:
        assert not clerk.sees("送信時のエンドユーザー")
        somebody_changes(desk, lucy, rename("改名株式会社"))
        await clerk.goes(places.Customers())
        await clerk.goes(places.SubscriptionPage(contract.number))
        await clerk.until(lambda: clerk.sees("159813 - 改名株式会社"))
        assert clerk.sees("送信時のエンドユーザー テスト株式会社")
        assert clerk.sees("テスト株式会社, 1350001 東京都 江東区 毛利")


CONTACT = ("03123456798", "test@company.com")

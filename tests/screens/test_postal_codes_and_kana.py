"""The form of a new end user fills in what the postal code and the company's name tell."""

from collections.abc import Sequence

import pytest
from textual.widgets import OptionList

from stellr_tui.reference import postal
from stellr_tui.reference.postal import PostalMatch
from stellr_tui.widgets import places
from tests.screens.clerk import Clerk, Open


def offered(clerk: Clerk) -> list[str]:
    """The towns that can be seen to choose from."""
    towns = clerk.app.screen.query_one("#postal-code-towns", OptionList)
    return [str(option.prompt) for option in towns.options] if towns.display else []


def address(clerk: Clerk) -> tuple[str, str, str]:
    return clerk.value("prefecture"), clerk.value("city"), clerk.value("address1")


@pytest.mark.parametrize("typed", ["1350001", "135-0001", "〒135-0001", "１３５０００１"])
async def test_a_postal_code_fills_in_prefecture_city_and_town(portal: Open, typed: str) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", typed)
        await clerk.until(lambda: address(clerk) == ("東京都", "江東区", "毛利"))
        assert offered(clerk) == []


async def test_an_offices_own_postal_code_fills_in_its_address(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "1358559")
        await clerk.until(lambda: address(clerk)[:2] == ("東京都", "江東区"))
        assert clerk.value("address1").startswith("東陽")


async def test_what_was_typed_as_the_address_is_not_overwritten(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("address1", "123 BLDG")
        await clerk.types("postal_code", "1350001")
        await clerk.until(lambda: address(clerk) == ("東京都", "江東区", "123 BLDG"))


SEVERAL_TOWNS = "4520961"
SEVERAL_CITIES = "4980000"


def towns_of(code: str) -> Sequence[PostalMatch]:
    return postal.lookup(code)


async def test_of_several_towns_the_one_chosen_fills_in_the_address(portal: Open) -> None:
    towns = towns_of(SEVERAL_TOWNS)
    assert len({one.town for one in towns}) > 1
    assert len({one.city for one in towns}) == 1
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", SEVERAL_TOWNS)
        await clerk.until(lambda: len(offered(clerk)) == len(towns))
        await clerk.settles()
        assert address(clerk) == (towns[0].prefecture, towns[0].city, "")
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#postal-code-towns").has_focus)
        await clerk.presses("home", "down", "enter")
        await clerk.until(lambda: clerk.value("address1") == towns[1].town)
        assert offered(clerk) == []
        assert clerk.control("address1").has_focus


async def test_of_several_cities_none_is_taken_before_one_is_chosen(portal: Open) -> None:
    towns = towns_of(SEVERAL_CITIES)
    assert len({one.city for one in towns}) > 1
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", SEVERAL_CITIES)
        await clerk.until(lambda: len(offered(clerk)) == len(towns))
        await clerk.settles()
        assert address(clerk) == ("", "", "")
        await clerk.presses("tab", "home", "enter")
        await clerk.until(lambda: address(clerk) == (towns[0].prefecture, towns[0].city, towns[0].town))


async def test_another_postal_code_replaces_what_the_first_one_filled_in(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "1350001")
        await clerk.until(lambda: address(clerk) == ("東京都", "江東区", "毛利"))
        await clerk.types("postal_code", "1000001")
        await clerk.until(lambda: address(clerk) == ("東京都", "千代田区", "千代田"))


async def corrects(clerk: Clerk, name: str, code: str) -> None:
    """Go back to a postal code and type it anew."""
    clerk.control(name).focus()
    await clerk.until(lambda: clerk.control(name).has_focus)
    await clerk.presses("ctrl+u", *code)


async def test_a_corrected_code_changes_the_town_before_what_was_typed_behind_it(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "１３５－０００２")
        await clerk.until(lambda: address(clerk) == ("東京都", "江東区", "住吉"))
        clerk.control("address1").focus()
        await clerk.until(lambda: clerk.control("address1").has_focus)
        await clerk.presses(*"1-2-3")
        await corrects(clerk, "postal_code", "1350001")
        await clerk.until(lambda: address(clerk) == ("東京都", "江東区", "毛利1-2-3"))
        await corrects(clerk, "postal_code", "1000001")
        await clerk.until(lambda: address(clerk) == ("東京都", "千代田区", "千代田1-2-3"))


async def test_a_corrected_code_leaves_an_address_alone_that_begins_otherwise(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "1350002")
        await clerk.until(lambda: address(clerk)[2] == "住吉")
        await clerk.types("address1", "江東 住吉1-2-3")
        await corrects(clerk, "postal_code", "1000001")
        await clerk.until(lambda: address(clerk) == ("東京都", "千代田区", "江東 住吉1-2-3"))


async def test_the_town_changes_in_a_further_location_that_was_left_and_come_back_to(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.presses("ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        await clerk.types("locations.2.postal_code", "1350002")
        await clerk.until(lambda: clerk.value("locations.2.address1") == "住吉")
        await clerk.types("locations.2.address1", "住吉1-2-3")
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        await corrects(clerk, "locations.2.postal_code", "1350001")
        await clerk.until(lambda: clerk.value("locations.2.address1") == "毛利1-2-3")
        assert address(clerk) == ("", "", "")


async def test_of_several_towns_the_one_chosen_takes_the_place_of_the_former(portal: Open) -> None:
    towns = towns_of(SEVERAL_TOWNS)
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("postal_code", "1350002")
        await clerk.until(lambda: address(clerk)[2] == "住吉")
        await clerk.types("address1", "住吉1-2-3")
        await corrects(clerk, "postal_code", SEVERAL_TOWNS)
        await clerk.until(lambda: len(offered(clerk)) == len(towns))
        await clerk.settles()
        await clerk.presses("tab")
        await clerk.until(lambda: clerk.one("#postal-code-towns").has_focus)
        await clerk.presses("home", "down", "enter")
        await clerk.until(lambda: address(clerk) == (towns[1].prefecture, towns[1].city, towns[1].town + "1-2-3"))


async def test_the_kana_follow_the_name_until_the_user_corrects_them(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト")
        await clerk.until(lambda: clerk.value("company_kana") == "テスト")
        await clerk.types("company", "テスト株式会社")
        await clerk.until(lambda: clerk.value("company_kana") == "テストカブシキガイシャ")
        await clerk.types("company_kana", "テスト")
        await clerk.types("company", "テスト有限会社")
        await clerk.settles()
        assert clerk.value("company_kana") == "テスト"


async def test_kana_of_half_a_name_do_not_stay_where_the_whole_has_no_sure_reading(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト")
        await clerk.until(lambda: clerk.value("company_kana") == "テスト")
        await clerk.types("company", "テスト24")
        await clerk.until(lambda: clerk.value("company_kana") == "")
        await clerk.types("company_kana", "テストニジュウヨン")
        await clerk.types("company", "テスト24株式会社")
        await clerk.settles()
        assert clerk.value("company_kana") == "テストニジュウヨン"


async def test_the_kana_go_on_following_after_the_form_was_left(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト")
        await clerk.until(lambda: clerk.value("company_kana") == "テスト")
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト株式会社")
        await clerk.until(lambda: clerk.value("company_kana") == "テストカブシキガイシャ")


async def test_kana_that_the_user_corrected_stay_after_the_form_was_left(portal: Open) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト")
        await clerk.until(lambda: clerk.value("company_kana") == "テスト")
        await clerk.types("company_kana", "シケン")
        await clerk.presses("escape")
        await clerk.arrives(places.Customers())
        await clerk.opens_new_end_user()
        await clerk.types("company", "テスト株式会社")
        await clerk.settles()
        assert clerk.value("company_kana") == "シケン"

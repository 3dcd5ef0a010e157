"""The one search field over end users (オーダー②), and reading a long list a page at a time."""

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import index_for_search, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.store.tables import Contact, EndUser, Location
from tests.desk.office import NOON, another_end_user


def add_many(desk: Desk, by: SignedIn, numbers: range) -> None:
    """End users straight into the book: adding hundreds by the form would only take longer."""
    with desk.store.writing() as session:
        for number in numbers:
            row = EndUser(
                number=number,
                account_number=by.account.number,
                company=f"会社{number}",
                company_kana="カイシャ",
                created_at=NOON,
                locations=[
                    Location(name="本社", postal_code="1350001", prefecture_code="13", city="江東区", address1="毛利")
                ],
                contacts=[Contact(name="佐藤", phone="0312345678", email="sato@example.com")],
            )
            index_for_search(row)
            session.add(row)


def found(desk: Desk, by: SignedIn, searched: str) -> list[str]:
    return [one.company for one in search_end_users(desk, by, searched).rows]


def test_an_empty_search_shows_everyone(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "別会社")
    assert found(desk, lucy, "") == ["テスト株式会社", "別会社"]
    assert found(desk, lucy, "  ") == ["テスト株式会社", "別会社"]


@pytest.mark.parametrize(
    "searched",
    [
        "159813",
        "１５９８１３",
        "59813",
        "テスト株式会社",
        "株式",
        " テスト ",
        "ﾃｽﾄ",
        "てすと",
        "てすとかぶしきがいしゃ",
        "ﾃｽﾄｶﾌﾞｼｷｶﾞｲｼｬ",
        "テストカブシキ",
        "テスト太郎",
        "太郎",
        "test@company.com",
        "TEST@Company.COM",
        "ｔｅｓｔ＠ｃｏｍｐａｎｙ",
        "@company",
        "03123456798",
        "０３１２３４５６７９８",
        "03-1234-56798",
        "031-2345-6798",
        "０３－１２３４－５６７９８",
        "03ー1234ー56798",
    ],
)
def test_the_manuals_end_user_is_found_by_number_name_reading_contact_mail_and_phone(
    desk: Desk, lucy: SignedIn, searched: str
) -> None:
    another_end_user(desk, lucy, "別会社", name="鈴木", phone="0698765432", email="suzuki@else.example")
    assert found(desk, lucy, searched) == ["テスト株式会社"]


@pytest.mark.parametrize("searched", ["06-9876-5432", "0698765432", "０６９８７６５４３２", "9876-54", "987654"])
def test_a_phone_number_kept_with_hyphens_is_found_with_and_without(desk: Desk, lucy: SignedIn, searched: str) -> None:
    another_end_user(desk, lucy, "大阪会社", phone="06-9876-5432")
    assert found(desk, lucy, searched) == ["大阪会社"]


def test_case_width_and_kind_of_kana_of_a_company_do_not_matter(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "ＡＢＣさーびす", company_kana="エービーシーサービス")
    for searched in ("abc", "ABC", "ＡＢＣ", "abcサービス", "ｻｰﾋﾞｽ", "さーびす", "Ａｂｃ"):
        assert found(desk, lucy, searched) == ["ＡＢＣさーびす"]


def test_a_microsoft_id_is_found(desk: Desk, lucy: SignedIn) -> None:
    with desk.store.writing() as session:
        row = session.get_one(EndUser, CUSTOMER)
        row.microsoft_id = "Contoso.onmicrosoft.com"
        index_for_search(row)
    assert found(desk, lucy, "contoso.ONMICROSOFT") == ["テスト株式会社"]


def test_percent_and_underscore_are_only_themselves(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "100%会社")
    another_end_user(desk, lucy, "snake_case社")
    another_end_user(desk, lucy, "snakeXcase社")
    assert found(desk, lucy, "%") == ["100%会社"]
    assert found(desk, lucy, "0%会") == ["100%会社"]
    assert found(desk, lucy, "_") == ["snake_case社"]
    assert found(desk, lucy, "e_c") == ["snake_case社"]
    assert found(desk, lucy, "1_0") == []
    assert found(desk, lucy, "%%") == []


@pytest.mark.parametrize(
    "company", ["[/x]会社", "[red]", "会社\\", "\\%", "O'Neil", '"quoted"', "a;b--", "(株)", "c*?"]
)
def test_brackets_backslashes_and_quotes_are_only_themselves(desk: Desk, lucy: SignedIn, company: str) -> None:
    another_end_user(desk, lucy, company)
    assert found(desk, lucy, company) == [company]


@pytest.mark.parametrize("searched", ["nobody", "\x00", "\ud800", "\x1b[31m", "x" * 10_000, "9" * 400, "?x"])
def test_what_nobody_has_finds_nobody(desk: Desk, lucy: SignedIn, searched: str) -> None:
    assert found(desk, lucy, searched) == []


def test_one_field_never_runs_over_into_the_next(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "前半", company_kana="コウハン", name="末尾")
    assert found(desk, lucy, "前半コウハン") == []
    assert found(desk, lucy, "前半\nコウハン末尾") == []


def test_two_words_narrow_the_search(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "テスト商事", name="花子")
    assert found(desk, lucy, "テスト") == ["テスト株式会社", "テスト商事"]
    assert found(desk, lucy, "テスト 花子") == ["テスト商事"]
    assert found(desk, lucy, "花子\u3000てすと") == ["テスト商事"]


def test_450_end_users_are_read_in_pages_each_exactly_once(desk: Desk, lucy: SignedIn) -> None:
    add_many(desk, lucy, range(200_001, 200_450))
    seen: list[int] = []
    sizes = []
    page = search_end_users(desk, lucy)
    while True:
        seen += [one.number for one in page.rows]
        sizes.append(len(page.rows))
        if page.next is None:
            break
        page = search_end_users(desk, lucy, after=page.next)
    assert seen == [CUSTOMER, *range(200_001, 200_450)]
    assert sizes == [100, 100, 100, 100, 50]


def test_end_users_added_while_reading_move_nobody_to_another_page(desk: Desk, lucy: SignedIn) -> None:
    """Rows come in before, at and behind the border that is being read past."""
    add_many(desk, lucy, range(200_000, 200_900, 2))
    there_from_the_start = {CUSTOMER, *range(200_000, 200_900, 2)}
    seen: list[int] = []
    added = iter(range(200_001, 200_900, 2))
    page = search_end_users(desk, lucy, limit=50)
    while True:
        seen += [one.number for one in page.rows]
        if page.next is None:
            break
        for number in (next(added), next(added), page.next + 1, 200_000 + 900 + len(seen)):
            if not search_end_users(desk, lucy, str(number)).rows:
                add_many(desk, lucy, range(number, number + 1))
        page = search_end_users(desk, lucy, after=page.next, limit=50)
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen)
    assert there_from_the_start <= set(seen)


def test_a_page_has_at_most_200_rows_however_many_are_asked_for(desk: Desk, lucy: SignedIn) -> None:
    add_many(desk, lucy, range(200_001, 200_250))
    page = search_end_users(desk, lucy, limit=100_000)
    assert len(page.rows) == 200
    assert len(search_end_users(desk, lucy, after=page.next, limit=100_000).rows) == 50


def test_a_list_that_just_fills_a_page_has_no_next_one(desk: Desk, lucy: SignedIn) -> None:
    add_many(desk, lucy, range(200_001, 200_100))
    page = search_end_users(desk, lucy)
    assert (len(page.rows), page.next) == (100, None)


def test_a_search_is_read_in_pages_too(desk: Desk, lucy: SignedIn) -> None:
    add_many(desk, lucy, range(200_001, 200_031))
    page = search_end_users(desk, lucy, "会社2000", limit=20)
    rest = search_end_users(desk, lucy, "会社2000", after=page.next, limit=20)
    assert [len(page.rows), len(rest.rows), rest.next] == [20, 10, None]

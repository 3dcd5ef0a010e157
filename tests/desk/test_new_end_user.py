"""新規エンドユーザーを追加 (オーダー③): what is kept, what is refused and where, what is only warned of."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import add_contact
from stellr_tui.desk.end_users import (
    ContactForm,
    EndUserForm,
    LocationForm,
    add_end_user,
    end_user,
    search_end_users,
    set_storefront_access,
)
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.remarks import warnings_on_end_user
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.policy import PhoneCheck, Policy, Requirement
from tests.desk.office import FORM, add_rival, at_once, everything
from tests.rules.refusals import findings_of, refusal_of

NEVER_GIVEN_OUT = "0000000"
ANOTHER = replace(FORM, company="別の株式会社")
Change = Callable[[EndUserForm, str], EndUserForm]


def with_location(form: EndUserForm, **changes: str) -> EndUserForm:
    return replace(form, locations=(replace(form.locations[0], **changes), *form.locations[1:]))


def with_contact(form: EndUserForm, **changes: str) -> EndUserForm:
    return replace(form, contacts=(replace(form.contacts[0], **changes), *form.contacts[1:]))


def with_security_contact(form: EndUserForm, **changes: str) -> EndUserForm:
    return replace(form, security_contact=replace(form.security_contact, **changes))


# Every field of the form by the name under which it is refused, and how to type something into it.
FIELDS: dict[str, Change] = {
    "company": lambda form, typed: replace(form, company=typed),
    "company_kana": lambda form, typed: replace(form, company_kana=typed),
    "security_contact.name": lambda form, typed: with_security_contact(form, name=typed),
    "security_contact.phone": lambda form, typed: with_security_contact(form, phone=typed),
    "security_contact.email": lambda form, typed: with_security_contact(form, email=typed),
    "location": lambda form, typed: with_location(form, location=typed),
    "postal_code": lambda form, typed: with_location(form, postal_code=typed),
    "address1": lambda form, typed: with_location(form, address1=typed),
    "address2": lambda form, typed: with_location(form, address2=typed),
    "city": lambda form, typed: with_location(form, city=typed),
    "prefecture": lambda form, typed: with_location(form, prefecture=typed),
    "contact.name": lambda form, typed: with_contact(form, name=typed),
    "contact.phone": lambda form, typed: with_contact(form, phone=typed),
    "contact.email": lambda form, typed: with_contact(form, email=typed),
}
REQUIRED = [
    "company",
    "company_kana",
    "location",
    "postal_code",
    "address1",
    "contact.name",
    "contact.phone",
    "contact.email",
]


def test_the_manuals_form_is_kept(desk: Desk, lucy: SignedIn) -> None:
    added = add_end_user(desk, lucy, FORM)
    (location,) = added.locations
    (contact,) = added.contacts
    assert (added.company, added.company_kana) == ("テスト株式会社", "テストカブシキガイシャ")
    assert (location.name, location.postal_code, location.address1) == ("テスト株式会社", "1350001", "123 BLDG")
    assert (location.prefecture, location.prefecture_code, location.city) == ("東京都", "13", "江東区")
    assert location.address2 == ""
    assert (contact.name, contact.phone, contact.email) == ("テスト太郎", "0312345678", "test@yourcompany.com")
    assert added.security_contact == ContactForm("テスト太郎", "0312345678", "test@yourcompany.com")
    assert not added.storefront_access
    assert end_user(desk, lucy, added.number) == added


def test_customer_numbers_count_on_from_the_manuals(desk: Desk, lucy: SignedIn) -> None:
    assert [add_end_user(desk, lucy, FORM).number for _ in range(3)] == [CUSTOMER + 1, CUSTOMER + 2, CUSTOMER + 3]


def test_a_refused_form_uses_up_no_customer_number(desk: Desk, lucy: SignedIn) -> None:
    findings_of(add_end_user, desk, lucy, EndUserForm())
    assert add_end_user(desk, lucy, FORM).number == CUSTOMER + 1


def test_end_users_added_at_once_have_numbers_of_their_own(desk: Desk, lucy: SignedIn) -> None:
    added = at_once(*[lambda: add_end_user(desk, lucy, FORM).number] * 6)
    assert sorted(added, key=str) == list(range(CUSTOMER + 1, CUSTOMER + 7))


@pytest.mark.parametrize("field", REQUIRED)
def test_a_required_field_left_empty_is_refused(desk: Desk, lucy: SignedIn, field: str) -> None:
    before = everything(desk)
    for typed in ("", "  ", "\u3000"):
        form = FIELDS[field](with_location(FORM, city="江東区", prefecture="東京都"), typed)
        refusal = refusal_of(add_end_user, desk, lucy, form)
        assert (refusal.reason, refusal.field, refusal.given) == (Reason.REQUIRED, field, typed)
    assert everything(desk) == before


def test_security_contact_and_second_address_line_are_optional(desk: Desk, lucy: SignedIn) -> None:
    added = add_end_user(desk, lucy, replace(FORM, security_contact=ContactForm()))
    assert added.security_contact == ContactForm()
    assert added.locations[0].address2 == ""


def test_a_security_contact_may_be_half_known(desk: Desk, lucy: SignedIn) -> None:
    form = replace(FORM, security_contact=ContactForm(name="安全太郎"))
    assert add_end_user(desk, lucy, form).security_contact == ContactForm(name="安全太郎")


def test_a_policy_can_require_the_second_address_line(desk: Desk, lucy: SignedIn) -> None:
    strict = replace(desk, policy=Policy(address2=Requirement.REQUIRED))
    refusal = refusal_of(add_end_user, strict, lucy, FORM)
    assert (refusal.reason, refusal.field) == (Reason.REQUIRED, "address2")
    assert add_end_user(strict, lucy, with_location(FORM, address2="3F")).locations[0].address2 == "3F"


@pytest.mark.parametrize("field", FIELDS)
def test_controls_escapes_and_bidirectional_overrides_are_refused_in_every_field(
    desk: Desk, lucy: SignedIn, field: str
) -> None:
    for bad in ("\x1b[31m", "\x07", "\x00", "\u202e", "\u2066", "\n", "\ud800"):
        form = FIELDS[field](with_location(FORM, city="江東区", prefecture="東京都"), f"1{bad}2")
        refusal = refusal_of(add_end_user, desk, lucy, form)
        assert (refusal.reason, refusal.field) == (Reason.CONTROL_CHARACTER, field)


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_too_long_is_refused_in_every_field(desk: Desk, lucy: SignedIn, field: str) -> None:
    form = FIELDS[field](with_location(FORM, city="江東区", prefecture="東京都"), "ア" * 201)
    refusal = refusal_of(add_end_user, desk, lucy, form)
    assert (refusal.reason, refusal.field) == (Reason.TOO_LONG, field)


@pytest.mark.parametrize("field", ["company", "company_kana", "security_contact.name", "location", "contact.name"])
def test_names_have_at_most_100_characters(desk: Desk, lucy: SignedIn, field: str) -> None:
    assert add_end_user(desk, lucy, FIELDS[field](FORM, "ア" * 100))
    refusal = refusal_of(add_end_user, desk, lucy, FIELDS[field](FORM, "ア" * 101))
    assert (refusal.reason, refusal.field, refusal.facts["limit"]) == (Reason.TOO_LONG, field, 100)


def test_every_field_holds_as_much_as_it_takes(desk: Desk, lucy: SignedIn) -> None:
    """Of the widest characters, too: no database may cut or refuse what the form took."""
    long_name, long_text = "𠮷" * 100, "𠮷" * 200
    address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.co"
    form = EndUserForm(
        company=long_name,
        company_kana="ア" * 100,
        locations=(LocationForm(long_name, "1350001", long_text, long_text, long_text, "東京都"),),
        contacts=(ContactForm(long_name, "090-1234-5678", address),),
        security_contact=ContactForm(long_name, "090-1234-5678", address),
    )
    added = add_end_user(desk, lucy, form)
    assert added.locations[0].address2 == long_text
    assert added.contacts[0].email == address
    assert search_end_users(desk, lucy, "𠮷𠮷").rows == (added,)


def test_a_phone_number_with_a_hyphen_after_every_digit_is_kept(desk: Desk, lucy: SignedIn) -> None:
    typed = "0-9-0-1-2-3-4-5-6-7-8"
    added = add_end_user(desk, lucy, with_security_contact(with_contact(FORM, phone=typed), phone=typed))
    assert (added.contacts[0].phone, added.security_contact.phone) == (typed, typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("テストカブシキガイシャ", "テストカブシキガイシャ"),
        ("てすとかぶしきがいしゃ", "テストカブシキガイシャ"),
        ("ﾃｽﾄｶﾌﾞｼｷｶﾞｲｼｬ", "テストカブシキガイシャ"),
        ("エー・ビー シー", "エー・ビー シー"),
        ("ヴァイオリン", "ヴァイオリン"),
        ("カ\u3099", "ガ"),
    ],
)
def test_the_reading_is_kept_in_full_width_katakana(desk: Desk, lucy: SignedIn, typed: str, kept: str) -> None:
    assert add_end_user(desk, lucy, replace(FORM, company_kana=typed)).company_kana == kept


@pytest.mark.parametrize("typed", ["テスト株式会社", "TEST", "テスト1", "テスト!", "테스트"])
def test_a_reading_that_is_no_katakana_is_refused(desk: Desk, lucy: SignedIn, typed: str) -> None:
    refusal = refusal_of(add_end_user, desk, lucy, replace(FORM, company_kana=typed))
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_KATAKANA, "company_kana", typed)


@pytest.mark.parametrize("typed", ["1350001", "135-0001", "〒135-0001", "１３５０００１", "〒１３５－０００１"])
def test_a_postal_code_is_understood_as_people_write_it(desk: Desk, lucy: SignedIn, typed: str) -> None:
    (location,) = add_end_user(desk, lucy, with_location(FORM, postal_code=typed)).locations
    assert (location.postal_code, location.city, location.prefecture_code) == ("1350001", "江東区", "13")


@pytest.mark.parametrize("typed", ["135000", "13500011", "ABCDEFG", "135 0001a", "一三五〇〇〇一"])
def test_what_is_no_postal_code_is_refused(desk: Desk, lucy: SignedIn, typed: str) -> None:
    form = with_location(FORM, postal_code=typed, city="江東区", prefecture="東京都")
    refusal = refusal_of(add_end_user, desk, lucy, form)
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_A_POSTAL_CODE, "postal_code", typed)


def test_a_wrong_code_that_was_to_fill_in_prefecture_and_city_is_one_mistake(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    assert refusal_of(add_end_user, desk, lucy, with_location(FORM, postal_code="135000")).field == "postal_code"
    assert everything(desk) == before


def test_an_office_with_its_own_code_fills_in_prefecture_and_city(desk: Desk, lucy: SignedIn) -> None:
    (location,) = add_end_user(desk, lucy, with_location(FORM, postal_code="1358559")).locations
    assert (location.prefecture, location.city) == ("東京都", "江東区")


def test_prefecture_and_city_as_typed_go_before_the_postal_code(desk: Desk, lucy: SignedIn) -> None:
    (location,) = add_end_user(desk, lucy, with_location(FORM, city="西宮市", prefecture="兵庫県")).locations
    assert (location.prefecture, location.prefecture_code, location.city) == ("兵庫県", "28", "西宮市")


def test_a_code_of_two_prefectures_fills_in_nothing(desk: Desk, lucy: SignedIn) -> None:
    form = with_location(FORM, postal_code="4980000")
    found = findings_of(add_end_user, desk, lucy, form)
    assert [(one.field, one.reason) for one in found] == [
        ("city", Reason.REQUIRED),
        ("prefecture", Reason.REQUIRED),
    ]
    (location,) = add_end_user(desk, lucy, with_location(form, city="弥富市", prefecture="愛知県")).locations
    assert (location.prefecture_code, location.city) == ("23", "弥富市")


def test_an_unknown_code_leaves_prefecture_and_city_to_be_typed(desk: Desk, lucy: SignedIn) -> None:
    form = with_location(FORM, postal_code=NEVER_GIVEN_OUT)
    found = findings_of(add_end_user, desk, lucy, form)
    assert [one.field for one in found] == ["city", "prefecture"]
    typed = with_location(form, city="江東区", prefecture="東京都")
    (warning,) = warnings_on_end_user(desk, lucy, typed)
    assert (warning.reason, warning.field, warning.given) == (
        Reason.UNKNOWN_POSTAL_CODE,
        "postal_code",
        NEVER_GIVEN_OUT,
    )
    assert add_end_user(desk, lucy, typed).locations[0].postal_code == NEVER_GIVEN_OUT


@pytest.mark.parametrize("typed", ["東京", "Tokyo", "関東", "13", "東京都江東区"])
def test_a_prefecture_is_one_of_the_47(desk: Desk, lucy: SignedIn, typed: str) -> None:
    refusal = refusal_of(add_end_user, desk, lucy, with_location(FORM, city="江東区", prefecture=typed))
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_A_PREFECTURE, "prefecture", typed)


@pytest.mark.parametrize("field", ["contact.phone", "security_contact.phone"])
@pytest.mark.parametrize("typed", ["031234567", "031234567890", "phone", "03-1234-567x", "-0312345678", "03--12345678"])
def test_what_is_no_phone_number_is_refused(desk: Desk, lucy: SignedIn, field: str, typed: str) -> None:
    refusal = refusal_of(add_end_user, desk, lucy, FIELDS[field](FORM, typed))
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_A_PHONE_NUMBER, field, typed)


@pytest.mark.parametrize("field", ["contact.email", "security_contact.email"])
@pytest.mark.parametrize("typed", ["test", "test@", "@yourcompany.com", "a b@c.jp", "テスト@会社.jp", "a@b..jp"])
def test_what_is_no_e_mail_address_is_refused(desk: Desk, lucy: SignedIn, field: str, typed: str) -> None:
    refusal = refusal_of(add_end_user, desk, lucy, FIELDS[field](FORM, typed))
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.NOT_AN_EMAIL, field, typed)


def test_the_manuals_own_eleven_digits_are_taken_with_a_warning(desk: Desk, lucy: SignedIn) -> None:
    form = with_security_contact(with_contact(ANOTHER, phone="03123456798"), phone="03-1234-56798")
    assert [(one.reason, one.field) for one in warnings_on_end_user(desk, lucy, form)] == [
        (Reason.UNUSUAL_PHONE_NUMBER, "contact.phone"),
        (Reason.UNUSUAL_PHONE_NUMBER, "security_contact.phone"),
    ]
    assert add_end_user(desk, lucy, form).contacts[0].phone == "03123456798"


def test_a_policy_can_refuse_odd_phone_numbers(desk: Desk, lucy: SignedIn) -> None:
    strict = replace(desk, policy=Policy(phone_check=PhoneCheck.REFUSAL))
    form = with_contact(ANOTHER, phone="03123456798")
    refusal = refusal_of(add_end_user, strict, lucy, form)
    assert (refusal.reason, refusal.field) == (Reason.UNUSUAL_PHONE_NUMBER, "contact.phone")
    assert warnings_on_end_user(strict, lucy, form) == ()


def test_a_form_without_anything_unusual_gives_no_warning(desk: Desk, lucy: SignedIn) -> None:
    assert warnings_on_end_user(desk, lucy, ANOTHER) == ()


def test_a_second_end_user_of_the_same_name_in_the_same_place_is_warned_of_and_stored(
    desk: Desk, lucy: SignedIn
) -> None:
    (warning,) = warnings_on_end_user(desk, lucy, FORM)
    assert (warning.reason, warning.field, warning.given) == (Reason.LIKELY_KNOWN, "postal_code", "1350001")
    assert warning.facts == {"customer_number": CUSTOMER, "company": "テスト株式会社"}
    assert add_end_user(desk, lucy, FORM).number != CUSTOMER


def test_a_second_end_user_of_the_same_name_with_the_same_phone_is_warned_of(desk: Desk, lucy: SignedIn) -> None:
    first = add_end_user(desk, lucy, with_contact(ANOTHER, phone="045-123-4567"))
    elsewhere = with_location(with_contact(ANOTHER, phone="0451234567"), postal_code="1000001")
    (warning,) = warnings_on_end_user(desk, lucy, elsewhere)
    assert (warning.reason, warning.field) == (Reason.LIKELY_KNOWN, "contact.phone")
    assert warning.facts["customer_number"] == first.number


def test_an_end_user_of_another_billing_account_is_not_given_away(desk: Desk, lucy: SignedIn) -> None:
    rival = add_rival(desk)
    add_end_user(desk, lucy, ANOTHER)
    assert warnings_on_end_user(desk, rival, ANOTHER) == ()


def test_a_form_full_of_mistakes_can_be_asked_for_its_warnings(desk: Desk, lucy: SignedIn) -> None:
    assert warnings_on_end_user(desk, lucy, EndUserForm()) == ()
    for field, change in FIELDS.items():
        for typed in ("\x00", "\ud800", "x" * 1_000):
            assert isinstance(warnings_on_end_user(desk, lucy, change(FORM, typed)), tuple), field


def test_an_empty_form_names_every_required_field_at_once_in_the_forms_order(desk: Desk, lucy: SignedIn) -> None:
    found = findings_of(add_end_user, desk, lucy, EndUserForm())
    assert [one.field for one in found] == [
        "company",
        "company_kana",
        "location",
        "postal_code",
        "address1",
        "city",
        "prefecture",
        "contact.name",
        "contact.phone",
        "contact.email",
    ]
    assert {one.reason for one in found} == {Reason.REQUIRED}


def test_all_kinds_of_mistakes_are_named_at_once_and_nothing_is_stored(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    form = EndUserForm(
        company="\x1b",
        company_kana="漢字",
        locations=(LocationForm("", "123", "毛利", "", "江東区", "東京"),),
        contacts=(ContactForm("テスト太郎", "1", "x"),),
        security_contact=ContactForm("x" * 101, "2", "y"),
    )
    assert [(one.field, one.reason) for one in findings_of(add_end_user, desk, lucy, form)] == [
        ("company", Reason.CONTROL_CHARACTER),
        ("company_kana", Reason.NOT_KATAKANA),
        ("security_contact.name", Reason.TOO_LONG),
        ("security_contact.phone", Reason.NOT_A_PHONE_NUMBER),
        ("security_contact.email", Reason.NOT_AN_EMAIL),
        ("location", Reason.REQUIRED),
        ("postal_code", Reason.NOT_A_POSTAL_CODE),
        ("prefecture", Reason.NOT_A_PREFECTURE),
        ("contact.phone", Reason.NOT_A_PHONE_NUMBER),
        ("contact.email", Reason.NOT_AN_EMAIL),
    ]
    assert everything(desk) == before


def test_an_end_user_can_have_several_locations_and_contacts(desk: Desk, lucy: SignedIn) -> None:
    form = replace(
        FORM,
        locations=(
            *FORM.locations,
            LocationForm("大阪支社", "5300001", "梅田1-1", "2F"),
            LocationForm("西宮工場", "6628567", "1-1", "", "西宮市", "兵庫県"),
        ),
        contacts=(*FORM.contacts, ContactForm("二人目", "06-1234-5678", "two@example.com")),
    )
    added = add_end_user(desk, lucy, form)
    assert [one.name for one in added.locations] == ["テスト株式会社", "大阪支社", "西宮工場"]
    assert [one.prefecture for one in added.locations] == ["東京都", "大阪府", "兵庫県"]
    assert [one.name for one in added.contacts] == ["テスト太郎", "二人目"]
    assert end_user(desk, lucy, added.number) == added


def test_mistakes_in_further_locations_and_contacts_carry_their_number(desk: Desk, lucy: SignedIn) -> None:
    form = replace(
        FORM,
        locations=(*FORM.locations, LocationForm("大阪支社", "530000", "梅田", "", "大阪市", "大阪府")),
        contacts=(*FORM.contacts, FORM.contacts[0], ContactForm("三人目", "06", "three@example.com")),
    )
    assert [(one.field, one.reason) for one in findings_of(add_end_user, desk, lucy, form)] == [
        ("locations.2.postal_code", Reason.NOT_A_POSTAL_CODE),
        ("contacts.3.phone", Reason.NOT_A_PHONE_NUMBER),
    ]


def test_warnings_of_further_locations_and_contacts_carry_their_number(desk: Desk, lucy: SignedIn) -> None:
    form = replace(
        ANOTHER,
        locations=(*FORM.locations, LocationForm("支社", NEVER_GIVEN_OUT, "1", "", "江東区", "東京都")),
        contacts=(*FORM.contacts, ContactForm("二人目", "03123456798", "two@example.com")),
    )
    assert [one.field for one in warnings_on_end_user(desk, lucy, form)] == [
        "locations.2.postal_code",
        "contacts.2.phone",
    ]


def test_an_end_user_without_any_location_or_contact_is_refused(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    assert refusal_of(add_end_user, desk, lucy, replace(FORM, locations=())).field == "location"
    assert refusal_of(add_end_user, desk, lucy, replace(FORM, contacts=())).field == "contact.name"
    assert everything(desk) == before


@pytest.mark.parametrize("company", ["[red]会社[/red]", "[/x]", "会社\\", "100%_会社", 'O\'Neil & "Co"', "<b>", "{0}"])
def test_a_company_is_kept_as_typed(desk: Desk, lucy: SignedIn, company: str) -> None:
    added = add_end_user(desk, lucy, replace(FORM, company=f"  {company} "))
    assert end_user(desk, lucy, added.number).company == company


def test_a_contact_can_be_added_later(desk: Desk, lucy: SignedIn) -> None:
    changed = add_contact(
        desk, lucy, CUSTOMER, ContactForm("新人花子", "０９０－１２３４－５６７８", "new@company.com")
    )
    assert [one.name for one in changed.contacts] == ["テスト太郎", "新人花子"]
    assert changed.contacts[1].phone == "090-1234-5678"
    assert end_user(desk, lucy, CUSTOMER) == changed
    assert search_end_users(desk, lucy, "新人花子").rows == (changed,)


def test_a_later_contact_is_refused_as_in_the_form(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    found = findings_of(add_contact, desk, lucy, CUSTOMER, ContactForm("", "1", "x"))
    assert [(one.field, one.reason) for one in found] == [
        ("contact.name", Reason.REQUIRED),
        ("contact.phone", Reason.NOT_A_PHONE_NUMBER),
        ("contact.email", Reason.NOT_AN_EMAIL),
    ]
    assert everything(desk) == before


def test_contacts_added_at_once_are_all_kept_and_found(desk: Desk, lucy: SignedIn) -> None:
    names = ["一郎", "二郎", "三郎", "四郎"]
    at_once(
        *[
            lambda name=name: add_contact(desk, lucy, CUSTOMER, ContactForm(name, "0312345678", "a@b.co"))
            for name in names
        ]
    )
    for name in names:
        assert [one.number for one in search_end_users(desk, lucy, name).rows] == [CUSTOMER]


def test_storefront_access_is_given_and_taken(desk: Desk, lucy: SignedIn) -> None:
    assert set_storefront_access(desk, lucy, CUSTOMER, allowed=True).storefront_access
    assert end_user(desk, lucy, CUSTOMER).storefront_access
    assert not set_storefront_access(desk, lucy, CUSTOMER, allowed=False).storefront_access
    assert not end_user(desk, lucy, CUSTOMER).storefront_access

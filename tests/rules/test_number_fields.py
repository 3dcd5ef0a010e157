"""What may be typed as a quantity, postal code, phone number, e-mail address or day (rule 9)."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.fields import calendar_day, email, month, phone, phone_warning, postal_code, quantity
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import PhoneCheck
from tests.rules.refusals import refusal_of

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@pytest.mark.parametrize(
    ("typed", "seats"),
    [
        ("1", 1),
        ("9999", 9999),
        ("１", 1),
        ("９９９９", 9999),
        ("１2", 12),
        (" 12 ", 12),
        ("　１２", 12),
        (1, 1),
        (9999, 9999),
    ],
)
def test_a_quantity_is_a_whole_number_from_1_to_9999(typed: str | int, seats: int) -> None:
    result = quantity(typed)
    assert result == seats
    assert type(result) is int


@pytest.mark.parametrize(
    "typed",
    [
        "0", "０", "00", "-1", "－１", "−1", "1.5", "１．５", "1.0", "1/2", "½", "10000", "１００００", "10,000",
        "abc", "一", "十", "五本", "1e3", "1_000", "0x10", "²", "10²", "①", "5②", "Ⅳ", "٣", "५", "1 2",
        "NaN", "inf", "True",
    ],
)  # fmt: skip
def test_everything_else_is_no_quantity(typed: str) -> None:
    finding = refusal_of(quantity, typed, "lines.1.seats")
    assert finding.reason is Reason.NOT_A_QUANTITY
    assert (finding.field, finding.given) == ("lines.1.seats", typed)


@pytest.mark.parametrize("typed", [0, -1, 10_000, True, False])
def test_a_number_that_is_no_quantity_is_refused_too(typed: int) -> None:
    finding = refusal_of(quantity, typed)
    assert finding.reason is Reason.NOT_A_QUANTITY
    assert finding.given == str(typed)


@pytest.mark.parametrize("typed", ["", " ", "　"])
def test_a_quantity_left_empty_is_refused(typed: str) -> None:
    assert refusal_of(quantity, typed).reason in {Reason.REQUIRED, Reason.NOT_A_QUANTITY}


@pytest.mark.parametrize("typed", ["9" * 200, "9" * 10_000, "0" * 10_000, "-" + "9" * 10_000])
def test_a_huge_quantity_is_refused_and_does_not_break_the_reading_of_numbers(typed: str) -> None:
    assert refusal_of(quantity, typed).field == "seats"


def test_a_huge_number_is_refused() -> None:
    assert refusal_of(quantity, 10**30).reason is Reason.NOT_A_QUANTITY
    assert refusal_of(quantity, 10**1_000).field == "seats"


@given(st.integers(1, 9999))
def test_every_quantity_is_understood_in_half_and_full_width(seats: int) -> None:
    assert quantity(seats) == quantity(str(seats)) == quantity(str(seats).translate(FULL_WIDTH)) == seats


@given(st.text(max_size=12))
def test_whatever_is_typed_as_a_quantity_is_one_or_is_refused(typed: str) -> None:
    try:
        assert 1 <= quantity(typed) <= 9999
    except Refused as refused:
        assert refused.findings[0].given == typed


@pytest.mark.parametrize(
    "typed",
    [
        "1350001",
        "135-0001",
        "〒1350001",
        "〒135-0001",
        "〒 135-0001",
        "〒　１３５－０００１",
        "１３５０００１",
        "１３５－０００１",
        "１３５-０００１",
        " 1350001 ",
    ],
)
def test_a_postal_code_is_kept_as_seven_digits(typed: str) -> None:
    assert postal_code(typed) == "1350001"


def test_a_postal_code_keeps_its_leading_zeros() -> None:
    assert postal_code("060-0001") == "0600001"
    assert postal_code("0010000") == "0010000"


@pytest.mark.parametrize(
    "typed",
    [
        "135000", "13500012", "135-000", "135-00012", "１３５０００", "abcdefg", "135000a", "135O001", "〒", "-",
        "一三五〇〇〇一", "١٣٥٠٠٠١", "①③⑤⓪⓪⓪①", "1350001 1350002", "135.0001", "+1350001", "東京都", "〒〒",
    ],
)  # fmt: skip
def test_what_is_not_seven_digits_is_no_postal_code(typed: str) -> None:
    finding = refusal_of(postal_code, typed, "postal_code")
    assert finding.reason is Reason.NOT_A_POSTAL_CODE
    assert (finding.field, finding.given) == ("postal_code", typed)


@pytest.mark.parametrize("typed", ["", " ", "　"])
def test_a_postal_code_is_required(typed: str) -> None:
    assert refusal_of(postal_code, typed).reason in {Reason.REQUIRED, Reason.NOT_A_POSTAL_CODE}


@given(st.integers(0, 9_999_999))
def test_every_seven_digits_are_understood_with_and_without_a_hyphen_in_either_width(number: int) -> None:
    digits = f"{number:07}"
    hyphenated = f"{digits[:3]}-{digits[3:]}"
    for typed in (digits, hyphenated, "〒" + hyphenated):
        assert postal_code(typed) == postal_code(typed.translate(FULL_WIDTH)) == digits


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0312345678", "0312345678"),
        ("03-1234-5678", "03-1234-5678"),
        ("０３１２３４５６７８", "0312345678"),
        ("０３－１２３４－５６７８", "03-1234-5678"),
        ("09012345678", "09012345678"),
        ("090-1234-5678", "090-1234-5678"),
        ("０９０－１２３４－５６７８", "090-1234-5678"),
        ("0120-123-456", "0120-123-456"),
        (" 0312345678 ", "0312345678"),
    ],
)
def test_a_phone_number_of_ten_or_eleven_digits_is_kept_with_its_hyphens(typed: str, kept: str) -> None:
    assert phone(typed) == kept


@pytest.mark.parametrize("typed", ["0312345678", "03-1234-5678", "06-6345-1234", "090-1234-5678"])
def test_a_valid_japanese_phone_number_gets_no_warning(typed: str) -> None:
    assert phone_warning(phone(typed)) is None
    assert phone(typed, check=PhoneCheck.REFUSAL) == typed


@pytest.mark.parametrize("typed", ["03123456798", "03123456789", "0000000000", "1234567890"])
def test_digits_that_are_no_valid_japanese_number_are_accepted_with_a_warning(typed: str) -> None:
    kept = phone(typed)
    assert kept == typed
    finding = phone_warning(kept, "contact.phone")
    assert finding is not None
    assert finding.reason is Reason.UNUSUAL_PHONE_NUMBER
    assert (finding.field, finding.given) == ("contact.phone", typed)


@pytest.mark.parametrize("typed", ["03123456798", "0000000000", "1234567890"])
def test_a_policy_can_refuse_what_is_no_valid_japanese_number(typed: str) -> None:
    finding = refusal_of(phone, typed, "phone", check=PhoneCheck.REFUSAL)
    assert finding.reason is Reason.UNUSUAL_PHONE_NUMBER
    assert (finding.field, finding.given) == ("phone", typed)


def test_the_manuals_reseller_contact_has_a_phone_number() -> None:
    assert phone("01-2345-2345") == "01-2345-2345"


@pytest.mark.parametrize(
    "typed",
    [
        "031234567", "031234567890", "03-1234-567", "03-1234-56789-0", "０３１２３４５６７", "03-1234-567a", "denwa",
        "O312345678", "----------", "-", "電話", "٠٣١٢٣٤٥٦٧٨", "0312345678 ext. 5", "03.1234.5678", "+81312345678",
    ],
)  # fmt: skip
def test_what_is_not_ten_or_eleven_digits_is_no_phone_number(typed: str) -> None:
    for check in PhoneCheck:
        finding = refusal_of(phone, typed, "contact.phone", check=check)
        assert finding.reason is Reason.NOT_A_PHONE_NUMBER
        assert (finding.field, finding.given) == ("contact.phone", typed)


@pytest.mark.parametrize("typed", ["-0312345678", "0312345678-", "03--1234-5678", "－0312345678"])
def test_a_hyphen_stands_between_digits_of_a_phone_number(typed: str) -> None:
    assert refusal_of(phone, typed).reason is Reason.NOT_A_PHONE_NUMBER


def test_a_phone_number_is_required_unless_the_form_says_otherwise() -> None:
    assert refusal_of(phone, "　").reason is Reason.REQUIRED
    assert phone("", required=False) == ""
    assert phone("", required=False, check=PhoneCheck.REFUSAL) == ""


@given(st.text(alphabet="0123456789-０９－ +()aア\u3000", max_size=16))
def test_whatever_is_typed_as_a_phone_number_has_ten_or_eleven_digits_or_is_refused(typed: str) -> None:
    try:
        kept = phone(typed)
    except Refused as refused:
        assert refused.findings[0].given == typed
    else:
        digits = kept.replace("-", "")
        assert digits.isascii()
        assert digits.isdigit()
        assert len(digits) in {10, 11}
        assert phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "test@yourcompany.com",
        "lucyj@synnex.com",
        "cloudsw@tdsynnex.com",
        "taro.test+orders@sub.your-company.co.jp",
        "o'brien@company.com",
        "a_b-c@company.com",
        "1@company.com",
        "test@no-such-company-anywhere.co.jp",
        "test@company.example",
        "test@company.test",
        "test@xn--u9j5h1b.jp",
    ],
)
def test_an_email_address_is_judged_by_its_syntax_alone(typed: str) -> None:
    assert email(typed) == typed


def test_blanks_around_an_email_address_are_dropped() -> None:
    assert email("　test@yourcompany.com ") == "test@yourcompany.com"


def test_an_email_address_keeps_the_case_before_its_at_sign() -> None:
    assert email("Taro.Test@yourcompany.com").startswith("Taro.Test@")


@pytest.mark.parametrize(
    "typed",
    [
        "test", "test@", "@yourcompany.com", "test@@yourcompany.com", "te st@yourcompany.com", "test@your company.com",
        ".test@yourcompany.com", "test.@yourcompany.com", "te..st@yourcompany.com", "test@yourcompany..com",
        "test@.com", "test@yourcompany.com.", "test@-yourcompany.com", "test@yourcompany-.com", "test@your_company.com",
        "①@yourcompany.com",
        "test@yourcompany.com,other@yourcompany.com", "Taro <test@yourcompany.com>", "test(taro)@yourcompany.com",
        "テスト@yourcompany.com", "test@会社.com", "test@yourcompany.com;", "mailto:",
    ],
)  # fmt: skip
def test_what_does_not_read_as_an_email_address_is_refused(typed: str) -> None:
    finding = refusal_of(email, typed, "contact.email")
    assert finding.reason is Reason.NOT_AN_EMAIL
    assert (finding.field, finding.given) == ("contact.email", typed)


@pytest.mark.parametrize(
    "typed", ["test@yourcompany.com\nBcc: all@yourcompany.com", "test@yourcompany.com\r\n", "\x1b@a.com"]
)
def test_an_email_address_cannot_smuggle_in_a_line(typed: str) -> None:
    assert refusal_of(email, typed).reason in {Reason.CONTROL_CHARACTER, Reason.NOT_AN_EMAIL}


def test_an_email_address_of_more_than_200_characters_is_refused() -> None:
    typed = "test@" + ".".join(["company"] * 30) + ".com"
    assert len(typed) > 200
    assert refusal_of(email, typed).reason in {Reason.TOO_LONG, Reason.NOT_AN_EMAIL}


def test_an_email_address_is_required_unless_the_form_says_otherwise() -> None:
    assert refusal_of(email, "　").reason is Reason.REQUIRED
    assert email("", required=False) == ""


@given(st.text(max_size=40))
def test_whatever_is_typed_as_an_email_address_is_one_or_is_refused(typed: str) -> None:
    try:
        kept = email(typed)
    except Refused as refused:
        assert refused.findings[0].given == typed
    else:
        assert kept.count("@") == 1
        assert email(kept) == kept


@given(st.emails())
def test_an_address_that_is_kept_is_kept_again_unchanged(typed: str) -> None:
    try:
        kept = email(typed)
    except Refused:
        return
    assert kept.lower() == typed.lower()
    assert email(kept) == kept


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-05-15", date(2024, 5, 15)),
        ("２０２４－０５－１５", date(2024, 5, 15)),
        ("２０２４-０５-１５", date(2024, 5, 15)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("2000-02-29", date(2000, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
        ("2024/3/20", date(2024, 3, 20)),
        ("2024/03/20", date(2024, 3, 20)),
        ("2024-3-20", date(2024, 3, 20)),
        ("2024.3.20", date(2024, 3, 20)),
        ("20240320", date(2024, 3, 20)),
        ("２０２４０３２０", date(2024, 3, 20)),
        ("２０２４／３／２０", date(2024, 3, 20)),
        ("２０２４．３．２０", date(2024, 3, 20)),
        ("２０２４−３−２０", date(2024, 3, 20)),
        ("２０２４ー０３ー２０", date(2024, 3, 20)),
        ("　2024/3/20　", date(2024, 3, 20)),
        ("2024年3月20日", date(2024, 3, 20)),
        ("２０２４年０３月２０日", date(2024, 3, 20)),
    ],
)
def test_a_day_is_written_year_month_day(typed: str, day: date) -> None:
    assert calendar_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "2023-02-29", "2100-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "0000-01-01",
        "2024-W20-3", "2024-136", "24-05-15", "2024/3-20", "2024/03", "2024320", "202403200", "2024。3。20",
        "20240230", "2024/2/30", "2024.13.1", "3/20/2024", "1899/12/31", "30000101", "2024/003/20", "2024//20",
        "2024 3 20", "2024/3/20/", "2024-05-15T00:00", "05-15-2024", "tomorrow",
        "令和6年5月15日", "2024年3月", "2024年3月20", "2024年2月30日", "24年3月20日", "2024年/3/20",
        "٢٠٢٤-٠٥-١٥", "2024--05-15",
    ],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_refused(typed: str) -> None:
    finding = refusal_of(calendar_day, typed, "wish")
    assert finding.reason is Reason.NOT_A_DATE
    assert (finding.field, finding.given) == ("wish", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-06",
        " ２０２４－０６ ",
        "2024-6",
        "2024/06",
        "2024/6",
        "2024.6",
        "202406",
        "２０２４／６",
        "２０２４ー６",
        "2024年6月",
        "２０２４年０６月",
    ],
)
def test_a_month_is_written_year_and_month(typed: str) -> None:
    assert month(typed) == date(2024, 6, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "", "2024", "2024-13", "2024-00", "20246", "2024060", "202413", "2024-06-01", "2024/06/", "2024-0601", "6月",
        "2024年6月1日", "2024年13月",
        "2024-06\x1b",
    ],
)  # fmt: skip
def test_what_is_no_month_is_refused(typed: str) -> None:
    assert refusal_of(month, typed) == Finding(Reason.WRONG_TYPE, "month", typed, {"allowed": "month"})


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back_as_written_in_either_width(day: date) -> None:
    for written in (day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}"):
        assert calendar_day(written) == calendar_day(written.translate(FULL_WIDTH)) == day


@pytest.mark.parametrize("check", [quantity, postal_code, phone, email, calendar_day])
def test_a_refusal_names_what_was_typed_with_its_blanks(check: Callable[[str], object]) -> None:
    assert refusal_of(check, "　12x ").given == "　12x "

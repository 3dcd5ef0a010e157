"""What may be typed into a field, and how it is kept. Each check returns the value to store or raises `Refused`.

Every check takes what was typed and the stable name of the field. Lengths are characters, not screen cells.
"""

import re
import unicodedata
from datetime import date

from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import PhoneCheck

TEXT_LIMIT = 200
NAME_LIMIT = 100
PO_NUMBER_LIMIT = 40
PROSE_LIMIT = 2_000  # a line of what is read aloud or shown at length
MAX_QUANTITY = 9_999
MAX_MARKUP = 999

_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc\u30fb\u3000 ]+")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\uff0d\u30fc\uff70]")
_DAY = re.compile(r"((?:19|2[0-9])[0-9]{2})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))")
_IN_WORDS = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_PHONE_MARKS = re.compile(r"[\s()]")
# Full-width letters, digits and marks, and the full-width blank. Unlike NFKC it leaves ² and ② alone: 10² is not 102.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Controls and escapes (Cc), bidirectional marks and other invisible formats (Cf), lone surrogates, line separators.
_FORBIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Joiners that family names written with variant or composed glyphs may hold are no danger.
_HARMLESS = {"\u200d", "\u200c"}


def half_width(given: str) -> str:
    """Letters, digits and marks of ASCII that were typed in full width, as ASCII."""
    return given.translate(_HALF_WIDTH)


def text(given: str, field: str, *, required: bool = False, limit: int = TEXT_LIMIT) -> str:
    """Free text of at most `limit` characters, without leading or trailing blanks, in Unicode's composed form (NFC).

    Refused: CONTROL_CHARACTER (facts: position from 1, code), TOO_LONG (facts: limit, length), REQUIRED.
    """
    for position, character in enumerate(given, 1):
        if unicodedata.category(character) in _FORBIDDEN and character not in _HARMLESS:
            facts = {"position": position, "code": f"U+{ord(character):04X}"}
            raise Refused(Finding(Reason.CONTROL_CHARACTER, field, given, facts))
    value = unicodedata.normalize("NFC", given).strip()
    if required and not value:
        raise Refused(Finding(Reason.REQUIRED, field, given))
    if len(value) > limit:
        raise Refused(Finding(Reason.TOO_LONG, field, given, {"limit": limit, "length": len(value)}))
    return value


def name(given: str, field: str, *, required: bool = False) -> str:
    """A name of a company, place or person: at most 100 characters."""
    return text(given, field, required=required, limit=NAME_LIMIT)


def quantity(given: str | int, field: str = "seats") -> int:
    """数量: a whole number from 1 to 9,999 seats; full-width digits are understood.

    Refused: NOT_A_QUANTITY, and what `text` refuses.
    """
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise Refused(Finding(Reason.NOT_A_QUANTITY, field, str(given), {"maximum": MAX_QUANTITY}))
    typed = text(str(given), field).translate(_HALF_WIDTH)
    if re.fullmatch(r"[0-9]{1,18}", typed) and 1 <= int(typed) <= MAX_QUANTITY:
        return int(typed)
    raise Refused(Finding(Reason.NOT_A_QUANTITY, field, str(given), {"maximum": MAX_QUANTITY}))


def markup(given: str, field: str = "markup") -> int | None:
    """マークアップ率: a whole number of percent from 1 to 999, full-width digits understood; None for nothing.

    At 0 the selling price would be the cost, which nobody but the reseller sees. Refused: NOT_A_MARKUP.
    """
    typed = text(given, field).translate(_HALF_WIDTH)
    if not typed:
        return None
    if re.fullmatch(r"[0-9]{1,3}", typed) and int(typed) >= 1:
        return int(typed)
    raise Refused(Finding(Reason.NOT_A_MARKUP, field, given, {"maximum": MAX_MARKUP}))


def katakana(given: str, field: str = "company_kana", *, required: bool = True) -> str:
    """会社名カナ: full-width katakana with ー, ・ and spaces; hiragana and half-width kana are turned into it.

    Refused: NOT_KATAKANA, and what `name` refuses.
    """
    import jaconv  # only forms need it, the way to the login screen does not

    typed = name(given, field, required=required)
    value = jaconv.hira2kata(jaconv.h2z(typed, kana=True, ascii=False, digit=False))
    value = unicodedata.normalize("NFC", value)
    if value and not _KATAKANA.fullmatch(value):
        raise Refused(Finding(Reason.NOT_KATAKANA, field, given))
    if len(value) > NAME_LIMIT:
        raise Refused(Finding(Reason.TOO_LONG, field, given, {"limit": NAME_LIMIT, "length": len(value)}))
    return value


def postal_code(given: str, field: str = "postal_code") -> str:
    """〒: seven digits; a hyphen, 〒 or full-width digits are understood and stripped. Refused: NOT_A_POSTAL_CODE."""
    typed = text(given, field, required=True)
    digits = _DASHES.sub("", typed.translate(_HALF_WIDTH)).replace("〒", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise Refused(Finding(Reason.NOT_A_POSTAL_CODE, field, given))
    return digits


def email(given: str, field: str = "email", *, required: bool = True) -> str:
    """An e-mail address by its syntax alone (RFC 5322: ASCII), without asking the network. Refused: NOT_AN_EMAIL."""
    typed = text(given, field, required=required)
    if not typed:
        return ""
    from email_validator import EmailNotValidError, validate_email

    typed = typed.translate(_HALF_WIDTH)
    if not typed.isascii():
        raise Refused(Finding(Reason.NOT_AN_EMAIL, field, given))
    try:
        parts = validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Refused(Finding(Reason.NOT_AN_EMAIL, field, given)) from None
    return f"{parts.local_part}@{parts.ascii_domain}"


def phone(given: str, field: str = "phone", *, required: bool = True, check: PhoneCheck = PhoneCheck.WARNING) -> str:
    """電話番号: ten or eleven digits, hyphens between them allowed; kept with its hyphens, in ASCII.

    Refused: NOT_A_PHONE_NUMBER; under `PhoneCheck.REFUSAL` also UNUSUAL_PHONE_NUMBER, else see `phone_warning`.
    """
    typed = text(given, field, required=required)
    if not typed:
        return ""
    value = _DASHES.sub("-", _PHONE_MARKS.sub("", typed.translate(_HALF_WIDTH)))
    if not re.fullmatch(r"[0-9]+(-[0-9]+)*", value) or len(value.replace("-", "")) not in (10, 11):
        raise Refused(Finding(Reason.NOT_A_PHONE_NUMBER, field, given))
    if check is PhoneCheck.REFUSAL and (warning := phone_warning(value, field)):
        raise Refused(warning)
    return value


def phone_warning(value: str, field: str = "phone") -> Finding | None:
    """A warning where a stored phone number is no valid Japanese number (the manual's own eleven digits are not)."""
    if not value:
        return None
    import phonenumbers

    if phonenumbers.is_valid_number(phonenumbers.parse(value, "JP")):
        return None
    return Finding(Reason.UNUSUAL_PHONE_NUMBER, field, value)


def po_number(given: str, field: str = "po_number") -> str:
    """発注番号: required, 1 to 40 characters."""
    return text(given, field, required=True, limit=PO_NUMBER_LIMIT)


def month(given: str, field: str = "month") -> date:
    """The 1st of a month written YYYY-MM, or otherwise as a day is, of the same years.

    Refused: WRONG_TYPE (facts: allowed).
    """
    try:
        typed = _plain_day(text(given, field))
        separator = next((one for one in "-/." if one in typed), "")
        return calendar_day(f"{typed}{separator}01", field)
    except Refused:
        raise Refused(Finding(Reason.WRONG_TYPE, field, given, {"allowed": "month"})) from None


def calendar_day(given: str, field: str = "date") -> date:
    """A day of the years 1900 to 2999, in either width: YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYY年M月D日 or YYYYMMDD.

    Refused: NOT_A_DATE, and what `text` refuses. The years leave room for every date that follows from one.
    """
    if found := _DAY.fullmatch(_plain_day(text(given, field))):
        year, _mark, *parts = found.groups()
        try:
            return date(int(year), *(int(part) for part in parts if part))
        except ValueError:
            pass
    raise Refused(Finding(Reason.NOT_A_DATE, field, given))


def _plain_day(typed: str) -> str:
    """Digits and separators as ASCII has them, which stand for 年, 月 and 日 as well."""
    plain = _DASHES.sub("-", typed.translate(_HALF_WIDTH))
    in_words = _IN_WORDS.fullmatch(plain)
    return "/".join(part for part in in_words.groups() if part) if in_words else plain

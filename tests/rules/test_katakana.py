"""会社名カナ: what is understood, what it becomes, and what is refused (rule 9)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.fields import katakana
from stellr_tui.rules.findings import Reason, Refused
from tests.rules.refusals import refusal_of

HIRAGANA = "".join(chr(code) for code in range(0x3041, 0x3097))
KATAKANA = "".join(chr(code) for code in range(0x30A1, 0x30F7))


def test_the_manuals_company_is_kept_as_it_is() -> None:
    assert katakana("テストカブシキガイシャ") == "テストカブシキガイシャ"


@pytest.mark.parametrize(
    "typed", ["スーパー", "テスト・ショップ", "ヴァイオリン", "ヵヶ", "ヱビス", "ッャュョヮ", KATAKANA]
)
def test_full_width_katakana_stays_as_typed(typed: str) -> None:
    assert katakana(typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("てすとかぶしきがいしゃ", "テストカブシキガイシャ"),
        ("すーぱー", "スーパー"),
        ("ゔぁいおりん", "ヴァイオリン"),
        ("ゐゑを", "ヰヱヲ"),
        ("てすと・しょっぷ", "テスト・ショップ"),
        ("テストかぶしきガイシャ", "テストカブシキガイシャ"),
        ("か\u3099っこう", "ガッコウ"),
        (HIRAGANA, KATAKANA),
    ],
)
def test_hiragana_is_turned_into_katakana(typed: str, kept: str) -> None:
    assert katakana(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ﾃｽﾄｶﾌﾞｼｷｶﾞｲｼｬ", "テストカブシキガイシャ"),
        ("ｶﾞｷﾞｸﾞｹﾞｺﾞ", "ガギグゲゴ"),
        ("ｻﾞｼﾞｽﾞｾﾞｿﾞ", "ザジズゼゾ"),
        ("ﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞ", "ダヂヅデド"),
        ("ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ", "バビブベボ"),
        ("ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", "パピプペポ"),
        ("ｳﾞｧｲｵﾘﾝ", "ヴァイオリン"),
        ("ｱｲｳｴｵﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ", "アイウエオヤユヨラリルレロワヲン"),
        ("ｧｨｩｪｫｯｬｭｮ", "ァィゥェォッャュョ"),
        ("ｽｰﾊﾟｰ", "スーパー"),
        ("ﾃｽﾄ･ｼｮｯﾌﾟ", "テスト・ショップ"),
        ("ﾃｽﾄかぶしきガイシャ", "テストカブシキガイシャ"),
    ],
)
def test_half_width_kana_is_turned_into_full_width(typed: str, kept: str) -> None:
    assert katakana(typed) == kept


@pytest.mark.parametrize("space", [" ", "　"], ids=["half", "full"])
def test_a_space_inside_is_allowed_in_either_width(space: str) -> None:
    assert katakana(f"テスト{space}カブシキガイシャ").split() == ["テスト", "カブシキガイシャ"]


def test_spaces_around_are_dropped() -> None:
    assert katakana("　テスト ") == "テスト"


@pytest.mark.parametrize(
    "typed",
    [
        "テスト株式会社", "株式会社", "Test", "ＴＥＳＴ", "テストA", "テスト1", "テスト１", "テスト(カ)",
        "（カ）テスト", "テスト-ショップ", "テスト－ショップ", "テスト—", "テスト。", "ﾃｽﾄ｡", "｢ﾃｽﾄ｣",
        "テスト、ショップ", "ﾞ", "ﾃｽﾄ ﾟ", "ｱﾞ", "㌔", "㈱", "한글", "テスト☆", "テスト😀",
        "々", "〆", "1", "-", "㋐", "カ\u0301",
    ],
)  # fmt: skip
def test_anything_else_is_refused(typed: str) -> None:
    finding = refusal_of(katakana, typed, "company_kana")
    assert finding.reason is Reason.NOT_KATAKANA
    assert (finding.field, finding.given) == ("company_kana", typed)


@pytest.mark.parametrize("typed", ["", " ", "　"])
def test_the_reading_is_required_unless_the_form_says_otherwise(typed: str) -> None:
    assert refusal_of(katakana, typed).reason is Reason.REQUIRED
    assert katakana(typed, required=False) == ""


def test_the_reading_has_at_most_100_characters() -> None:
    assert katakana("ア" * 100) == "ア" * 100
    finding = refusal_of(katakana, "ア" * 101)
    assert finding.reason is Reason.TOO_LONG
    assert finding.facts["limit"] == 100


@pytest.mark.parametrize("dirt", ["\x1b[31m", "\u202e", "\u2066", "\n", "\t", "\x00"], ids=ascii)
def test_control_characters_are_refused_as_such(dirt: str) -> None:
    assert refusal_of(katakana, f"テスト{dirt}カ").reason is Reason.CONTROL_CHARACTER


@given(st.text(alphabet=HIRAGANA + KATAKANA + "ー・ 　ｱｶﾞﾟｰ･漢aＡ", max_size=30))
def test_whatever_is_typed_becomes_full_width_katakana_or_is_refused(typed: str) -> None:
    try:
        kept = katakana(typed)
    except Refused as refused:
        assert refused.findings[0].given == typed
    else:
        assert set(kept) <= {*KATAKANA, *"ー・ 　"}
        assert katakana(kept) == kept


@given(st.text(alphabet=HIRAGANA, min_size=1, max_size=60))
def test_every_hiragana_word_becomes_its_katakana_one_for_one(typed: str) -> None:
    assert katakana(typed) == typed.translate(str.maketrans(HIRAGANA, KATAKANA))


@given(st.text(alphabet=KATAKANA, min_size=1, max_size=60))
def test_a_decomposed_reading_is_the_same_reading(typed: str) -> None:
    assert katakana(unicodedata.normalize("NFD", typed)) == typed

"""How names are read, by a dictionary: a proposal for 会社名カナ, which stays the user's, and names to be found by."""

import re
import threading
import unicodedata
from functools import cache
from importlib import import_module
from typing import Any

from stellr_tui.rules.fields import katakana
from stellr_tui.rules.findings import Refused

# Legal forms are read as one word (テストカブシキガイシャ); a dictionary reads カブシキ and カイシャ.
_LEGAL_FORMS = {
    "株式会社": "カブシキガイシャ",
    "有限会社": "ユウゲンガイシャ",
    "合同会社": "ゴウドウガイシャ",
    "合資会社": "ゴウシガイシャ",
    "合名会社": "ゴウメイガイシャ",
    "相互会社": "ソウゴガイシャ",
    "一般社団法人": "イッパンシャダンホウジン",
    "一般財団法人": "イッパンザイダンホウジン",
    "公益社団法人": "コウエキシャダンホウジン",
    "公益財団法人": "コウエキザイダンホウジン",
    "社会福祉法人": "シャカイフクシホウジン",
    "医療法人": "イリョウホウジン",
    "学校法人": "ガッコウホウジン",
    "特定非営利活動法人": "トクテイヒエイリカツドウホウジン",
}
_SHORT_FORMS = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(資)": "合資会社",
    "(名)": "合名会社",
    "(一社)": "一般社団法人",
    "(一財)": "一般財団法人",
    "(公社)": "公益社団法人",
    "(公財)": "公益財団法人",
    "(福)": "社会福祉法人",
    "(医)": "医療法人",
    "(学)": "学校法人",
    "(特非)": "特定非営利活動法人",
}
_FORM = re.compile("|".join(re.escape(form) for form in (*_LEGAL_FORMS, *_SHORT_FORMS)))
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_AS_IT_IS = {"・", " "}
# One numeral has one reading (第一 ダイイチ); whether 24 is ニジュウヨン or ニヨン only the company knows.
_NUMERALS = set("一二三四五六七八九十百千万")

# A tokenizer is one object with a buffer of its own: one thread at a time.
_one_at_a_time = threading.Lock()


def propose_kana(company: str) -> str | None:
    """会社名カナ for a company's name, as `rules.fields.katakana` would keep it.

    None where a part of the name has no sure reading (Latin letters or digits that the dictionary does not know,
    rare characters) or the extra `kana` is not installed.
    """
    name = " ".join(unicodedata.normalize("NFKC", company).split())
    parts: list[str | None] = []
    start = 0
    for form in _FORM.finditer(name):
        parts.append(_reading(name[start : form.start()]))
        parts.append(_LEGAL_FORMS[_SHORT_FORMS.get(form[0], form[0])])
        start = form.end()
    parts.append(_reading(name[start:]))
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    try:
        return katakana("".join(known))
    except Refused:
        return None


@cache
def read_aloud(words: str) -> str | None:
    """How a few words are read, in katakana, but for what has no sure reading; None without the extra `kana`."""
    import jaconv

    readings = _readings(unicodedata.normalize("NFKC", words))
    return None if readings is None else jaconv.hira2kata("".join(reading or word for word, reading in readings))


def _reading(words: str) -> str | None:
    """How the words between two legal forms are read, in kana; None where that is not sure."""
    if not words.strip():
        return words
    readings = _readings(words)
    known = [reading for _word, reading in readings or () if reading is not None]
    return "".join(known) if readings and len(known) == len(readings) else None


def _readings(words: str) -> list[tuple[str, str | None]] | None:
    """Each word, and how it is read, in kana, or None where that is not sure; None without the extra `kana`."""
    with _one_at_a_time:
        tokenizer = _tokenizer()
        if tokenizer is None:
            return None
        return [(token.surface(), _token_reading(token)) for token in tokenizer.tokenize(words)]


def _token_reading(token: Any) -> str | None:
    surface: str = token.surface()
    reading: str = token.reading_form()
    if surface in _AS_IT_IS or _KANA.fullmatch(surface):
        return surface
    kind, detail, *_ = token.part_of_speech()
    if detail == "数詞":
        return reading if surface in _NUMERALS else None
    if kind == "補助記号" or token.is_oov():
        return reading if surface == "&" else None
    return reading


@cache
def _tokenizer() -> Any | None:
    try:
        import_module("sudachidict_small")  # the dictionary that is opened below
        from sudachipy import Dictionary
    except ImportError:
        return None
    return Dictionary(dict="small").tokenizer()

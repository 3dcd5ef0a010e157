"""The words of the screens in the user's language, by gettext.

Japanese, word for word from the manual, is the source; a catalogue under `data/translations` holds each other
language. `_` looks a text up at the moment of the call, so the language can change while the app is open;
`N_` only marks a text, for places that are read before the language is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations

from stellr_tui.reference.data import data_path


class Language(StrEnum):
    """The languages that the program speaks."""

    JAPANESE = "ja"
    ENGLISH = "en"


LANGUAGES = tuple(one.value for one in Language)
DEFAULT_LANGUAGE = Language.JAPANESE.value

_current: tuple[str, NullTranslations] = (DEFAULT_LANGUAGE, NullTranslations())
_aside: ContextVar[tuple[str, NullTranslations] | None] = ContextVar("aside", default=None)


def use_language(language: str) -> None:
    """Speak `language` from now on; an unknown one raises ValueError."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not one of {', '.join(LANGUAGES)}")
    _current = (language, _catalogue(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language in a block, and nowhere else meanwhile: other threads go on with theirs."""
    token = _aside.set((language, _catalogue(language)))
    try:
        yield
    finally:
        _aside.reset(token)


def language() -> str:
    """The language spoken now: `ja` or `en`."""
    return (_aside.get() or _current)[0]


def _(message: str) -> str:
    """The text in the language spoken now."""
    return (_aside.get() or _current)[1].gettext(message) if message else ""


def in_language(language: str, message: str) -> str:
    """The text in a language of its own, whatever is spoken now: for what is written down for others to read."""
    return _catalogue(language).gettext(message) if message else ""


def in_each_language(said: str) -> Sequence[str]:
    """A whole text in the language spoken now, and as it is in each other language; one of people's stays alone.

    Texts that are said alike in this language cannot be told apart: it is then each of them in the others.
    """
    sources = _sources(language()).get(said, [said])
    return list(dict.fromkeys([said, *(in_language(one, source) for source in sources for one in LANGUAGES)]))


class _Catalogue(GNUTranslations):
    """A catalogue that can also be read from the translation to the source."""

    _catalog: Mapping[str, str]  # as `gettext` has it, which shows it nowhere


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    with data_path("translations", language, "LC_MESSAGES", "stellr.mo").open("rb") as catalogue:
        return _Catalogue(catalogue)


@cache
def _sources(language: str) -> Mapping[str, Sequence[str]]:
    """The texts of a catalogue, each with those of the program that are said so."""
    found: dict[str, list[str]] = {}
    catalogue = _catalogue(language)
    for source, said in catalogue._catalog.items() if isinstance(catalogue, _Catalogue) else ():
        found.setdefault(said, []).append(source)
    return found


def N_(message: str) -> str:  # the name that gettext's tools know
    """The text as it is, marked for translation."""
    return message

"""Text from the order book and from files, made harmless for a terminal."""

import unicodedata

from stellr_tui.reference.texts import _

# Controls and escapes, invisible and bidirectional marks, lone surrogates, separators of lines.
_HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def is_harmful(character: str) -> bool:
    """Whether a character does something to a terminal instead of being shown."""
    return unicodedata.category(character) in _HARMFUL


def visible(text: str) -> str:
    """The text on one line, with `<U+001B>` where a character would do something to the terminal."""
    return "".join(f"<U+{ord(one):04X}>" if is_harmful(one) else one for one in text)


def quoted(text: str) -> str:
    """What was given, in quotation marks."""
    return _("「{text}」").format(text=visible(text))

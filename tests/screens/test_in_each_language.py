"""Every test of a screen runs in each language, unless it says that one is enough."""

from stellr_tui.reference.texts import LANGUAGES, language


def test_the_program_speaks_the_language_of_the_test(spoken: str) -> None:
    assert spoken in LANGUAGES
    assert language() == spoken

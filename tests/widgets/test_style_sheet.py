"""A style is read once, whoever wears it, and looks as Textual's own style sheet has it."""

import pytest
from textual.css import stylesheet
from textual.css.parse import parse
from textual.css.stylesheet import StylesheetParseError

from stellr_tui.widgets.style_sheet import StyleSheet

PAGE = ("page.tcss", "Page.CSS")
FIRST = "Label { color: $words; }"
SECOND = "Label { background: $words; }"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read, in their order."""
    texts: list[str] = []

    def noted(scope: str, css: str, *rest: object, **more: object) -> object:
        texts.append(css)
        return parse(scope, css, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(stylesheet, "parse", noted)
    return texts


def sheet(words: str) -> StyleSheet:
    one = StyleSheet(variables={"words": words})
    one.add_source(FIRST, ("first.tcss", ""))
    one.reparse()
    return one


def test_what_is_new_is_read_and_nothing_else(read: list[str]) -> None:
    one = sheet("#010203")
    one.add_source(SECOND, PAGE)
    one.reparse()
    one.reparse()
    assert read == [FIRST, SECOND]
    assert len(one.rules) == 2


def test_another_sheet_with_the_same_variables_reads_nothing_anew(read: list[str]) -> None:
    assert sheet("#020304").rules == sheet("#020304").rules
    assert read == [FIRST]


def test_a_text_that_has_changed_is_read(read: list[str]) -> None:
    one = sheet("#030405")
    one.add_source(SECOND, ("first.tcss", ""))
    one.reparse()
    assert read == [FIRST, SECOND]
    assert [rule.styles.background.hex for rule in one.rules] == ["#030405"]


def test_other_variables_are_other_styles_and_the_old_ones_come_back_unread(read: list[str]) -> None:
    one = sheet("#040506")
    for words in ("#050607", "#040506"):
        one.set_variables({"words": words})
        one.reparse()
        assert [rule.styles.color.hex for rule in one.rules] == [words]
    assert read == [FIRST, FIRST]


def test_a_mistake_leaves_the_styles_as_they_were() -> None:
    one = sheet("#060708")
    one.add_source("Label { colour: red; }", PAGE)
    with pytest.raises(StylesheetParseError):
        one.reparse()
    assert [rule.styles.color.hex for rule in one._rules] == ["#060708"]

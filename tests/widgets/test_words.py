"""Words are broken as Japanese is, and what is marked with the mouse is copied as it is shown."""

from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Button

from stellr_tui.widgets.words import Words, relabel

NOTE = "[/x] ご担当者様にTD SYNNEXから直接連絡することはありません。"
LINES = ["[/x] ご担当者様にTD SYNNEXか", "ら直接連絡することはありませ", "ん。"]


class Note(App[None]):
    """A narrow note."""

    CSS = "Words { width: 28; height: auto; } #name { text-wrap: nowrap; text-overflow: ellipsis; }"

    def compose(self) -> ComposeResult:
        yield Words(NOTE, id="note")
        yield Words(NOTE, id="name")


async def test_words_are_as_high_as_their_lines_and_end_where_japanese_may_end() -> None:
    app = Note()
    async with app.run_test(size=(40, 8)):
        note = app.query_one("#note", Words)
        assert note.size.height == len(LINES)
        assert [note.render_line(y).text.rstrip() for y in range(len(LINES))] == LINES
        assert str(note.content) == NOTE


async def test_words_that_are_not_to_be_broken_stay_in_one_line() -> None:
    app = Note()
    async with app.run_test(size=(40, 8)):
        assert app.query_one("#name", Words).size.height == 1


async def test_what_is_marked_is_copied_as_it_is_shown() -> None:
    app = Note()
    async with app.run_test(size=(40, 8)):
        marked = Selection(Offset(14, 0), Offset(3, 1))
        assert app.query_one("#note", Words).get_selection(marked) == ("SYNNEXか\nら直接", "\n")


class Choice(App[None]):
    """A button as wide as what stands on it."""

    def compose(self) -> ComposeResult:
        yield Button("", compact=True)


async def test_a_button_becomes_as_wide_as_what_is_written_on_it_later() -> None:
    app = Choice()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        relabel(app.query_one(Button), "Storefrontを許可[/x]")
        await pilot.pause()
        painted = "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))
        assert "Storefrontを許可[/x]" in painted

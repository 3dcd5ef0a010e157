"""The terminal that the journeys look through, tried on a small app and on bare bytes."""

import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import OpenTerminal
from tests.journeys.screen import Screen
from tests.journeys.terminal import Terminal, key_bytes

ECHO_APP = Path(__file__).with_name("echo_app.py")


@pytest.fixture
def echo(open_terminal: OpenTerminal) -> Terminal:
    terminal = open_terminal(sys.executable, ECHO_APP, rows=12, columns=60, env={"TEXTUAL_DISABLE_KITTY_KEY": "1"})
    terminal.await_text("入力欄")
    return terminal


def test_a_long_japanese_commit_arrives_as_it_was_typed(echo: Terminal) -> None:
    committed = "株式会社東京第一営業部御中"
    echo.type(committed)
    echo.await_text(f"[{committed}] 13文字")


def test_a_place_is_counted_in_cells(echo: Terminal) -> None:
    echo.type("日本語abc")
    row, column = echo.await_text("[日本語abc]")
    assert echo.where("abc]") == (row, column + 7)


def test_the_cursor_is_found_in_front_of_the_second_character(echo: Terminal) -> None:
    echo.type("日本語")
    echo.await_text("[日本語] 3文字")
    row, column = echo.where("日本語")
    echo.press("home", "right")
    echo.await_that(lambda: echo.cursor == (row, column + 2), "the cursor is in front of 本")


@pytest.mark.parametrize(("key", "said"), [("f2", "F2"), ("ctrl+s", "ctrl+s"), ("escape", "escape")])
def test_a_key_arrives_under_its_name(echo: Terminal, key: str, said: str) -> None:
    echo.press(key)
    echo.await_text(f"key: {said}")


def test_backspace_takes_one_character_of_two_cells_away(echo: Terminal) -> None:
    echo.type("日本語")
    echo.await_text("[日本語]")
    echo.press("backspace")
    echo.await_gone("日本語")
    echo.await_text("[日本] 2文字")


def test_pasted_text_arrives_as_one_paste(echo: Terminal) -> None:
    echo.paste("貼り付けた文")
    echo.await_text("[貼り付けた文] 6文字")


def test_the_program_learns_that_the_window_has_another_size(echo: Terminal) -> None:
    echo.await_text("60x12")
    echo.resize(20, 70)
    echo.await_text("70x20")


def test_a_program_that_leaves_gives_the_screen_back(open_terminal: OpenTerminal) -> None:
    script = f"echo before; TEXTUAL_DISABLE_KITTY_KEY=1 '{sys.executable}' '{ECHO_APP}'; echo after; exit 3"
    terminal = open_terminal("sh", "-c", script)
    terminal.await_text("入力欄")
    assert "before" not in terminal.text
    terminal.press("ctrl+q")
    assert terminal.wait_closed() == 3
    assert terminal.text.split() == ["before", "after"]


def test_a_killed_program_is_gone_at_once(echo: Terminal) -> None:
    echo.kill9()
    assert echo.wait_closed() == -9


def test_a_wait_in_vain_shows_the_screen(echo: Terminal) -> None:
    with pytest.raises(AssertionError, match=r"(?s)'ここにない文' is shown.*60x12"):
        echo.await_text("ここにない文", within=0.2)


def test_a_wait_ends_with_the_program(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal("sh", "-c", "echo さようなら")
    with pytest.raises(AssertionError, match=r"(?s)the program has ended.*さようなら"):
        terminal.await_text("ここにない文", within=3600)


def test_nothing_of_the_environment_is_passed_on_by_chance(
    open_terminal: OpenTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STELLR_DATABASE", "sqlite:///somebody-elses")
    terminal = open_terminal("sh", "-c", 'echo "database: $STELLR_DATABASE." "$TERM"')
    terminal.await_text("database: . xterm-256color")


def test_escape_is_not_followed_by_another_key_at_once(echo: Terminal) -> None:
    with pytest.raises(ValueError, match="effect of escape"):
        echo.press("escape", "f2")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("a", b"a"),
        ("あ", "あ".encode()),
        ("ctrl+a", b"\x01"),
        ("enter", b"\r"),
        ("shift+tab", b"\x1b[Z"),
        ("f1", b"\x1bOP"),
        ("f12", b"\x1b[24~"),
        ("up", b"\x1b[A"),
        ("shift+left", b"\x1b[1;2D"),
        ("ctrl+shift+end", b"\x1b[1;6F"),
        ("ctrl+pagedown", b"\x1b[6;5~"),
        ("shift+f1", b"\x1b[1;2P"),
        ("alt+x", b"\x1bx"),
    ],
)
def test_a_key_is_sent_as_an_xterm_sends_it(key: str, expected: bytes) -> None:
    assert key_bytes(key) == expected


@pytest.mark.parametrize("key", ["ctrl+enter", "hyper+a", "nonsense"])
def test_a_key_that_an_xterm_does_not_send_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="sends nothing"):
        key_bytes(key)


UNSEEN = {
    "key protocol on": b"\x1b[>4;0m\x1b[=1;1u\x1b[>29u",
    "key protocol off": b"\x1b[<u",
    "cursor style": b"\x1b[4 q",
    "title": b"\x1b]0;\xe9\xa1\x8c\x07",
    "clipboard": b"\x1b]52;c;5pel5pys\x1b\\",
    "version": b"\x1b[>0q",
    "capabilities": b"\x1bP+q544e\x1b\\",
}


@pytest.mark.parametrize("sequence", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_an_xterm_swallows_is_not_shown_however_it_is_cut(sequence: bytes) -> None:
    screen = Screen(2, 20)
    for byte in b"<" + sequence + "続き>".encode():
        screen.feed(bytes([byte]))
    assert screen.lines == ["<続き>", ""]


def test_a_question_about_a_mode_is_answered() -> None:
    answers: list[str] = []
    Screen(2, 20, answers.append).feed(b"\x1b[?2026$p\x1b[?2048$p")
    assert answers == ["\x1b[?2026;2$y", "\x1b[?2048;0$y"]


def test_a_frame_is_shown_when_it_is_whole() -> None:
    screen = Screen(2, 20)
    for data in (b"before", b"\x1b[?2026h\x1b[H", b"half of "):
        screen.feed(data)
        assert screen.lines == ["before", ""]
    screen.feed(b"it\x1b[?2026l")
    assert screen.lines == ["half of it", ""]


def test_a_program_learns_that_its_window_was_closed(open_terminal: OpenTerminal, home: Path) -> None:
    script = f"trap 'echo told > {home}/told; exit' HUP; echo ready; while read -r line; do :; done"
    terminal = open_terminal("sh", "-c", script)
    terminal.await_text("ready")
    terminal.hang_up()
    assert (home / "told").read_text() == "told\n"


def test_half_a_character_that_is_written_over_leaves_a_blank() -> None:
    screen = Screen(3, 6)
    screen.feed("日本\r\n日本\r\n日本".encode() + b"\x1b[1;2Hx" + b"\x1b[2;1Hx" + "\x1b[3;2H語".encode())
    assert screen.lines == [" x本", "x 本", " 語"]


def test_a_program_can_ask_where_the_cursor_is() -> None:
    answers: list[str] = []
    Screen(5, 20, answers.append).feed("\x1b[2;1H日本\x1b[6n".encode())
    assert answers == ["\x1b[2;5R"]

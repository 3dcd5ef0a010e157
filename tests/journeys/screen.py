"""What a plain xterm would show and answer, on top of pyte."""

import codecs
import copy
import re
from collections.abc import Callable
from typing import Any

import pyte
from wcwidth import wcwidth

_ALTERNATE_SCREEN = 1049
_BRACKETED_PASTE = 2004
_WHOLE_FRAMES = 2026
_FRAME_BEGINS, _FRAME_ENDS = f"\x1b[?{_WHOLE_FRAMES}h", f"\x1b[?{_WHOLE_FRAMES}l"

# What pyte would print, or take for something else, and a plain xterm swallows.
_NOT_FOR_PYTE = re.compile(
    r"""
    \x1b\[ \? (?P<mode>\d+) \$p             # is this mode known? (the one question that wants an answer)
    | \x1b\[ [<=>] [0-?]* [ -/]* [@-~]      # private sequences: key protocols, pointer shapes, versions
    | \x1b\[ [0-?]* [ -/]+ [@-~]            # sequences with an intermediate: cursor styles, other requests
    | \x1b [\]P_^X] .*? (?: \x07 | \x1b\\ ) # strings: titles, clipboard, pictures
    """,
    re.VERBOSE | re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b (?: \[ [0-?]* [ -/]* | [\]P_^X] [^\x07]* | [ -/]* )? \Z", re.VERBOSE | re.DOTALL)


class _Pyte(pyte.Screen):
    """pyte's screen, which also puts the main screen aside while a program uses the alternate one."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        super().__init__(columns, lines)
        self._answer = answer
        self._aside: tuple[Any, Any] | None = None  # pyte's own buffer and cursor

    def write_process_input(self, data: str) -> None:
        self._answer(data)

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        super().set_mode(*modes, **kwargs)
        if _ALTERNATE_SCREEN in modes and self._aside is None:
            self._aside = (copy.deepcopy(self.buffer), copy.copy(self.cursor))
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        super().reset_mode(*modes, **kwargs)
        if _ALTERNATE_SCREEN in modes and self._aside is not None:
            self.buffer, self.cursor = self._aside
            self._aside = None
            self.dirty.update(range(self.lines))


class Screen:
    """Cells of text, fed with the bytes a program writes. `answer` gets what the terminal sends back by itself.

    It shows only whole frames to programs that say where a frame begins and ends, so that nobody sees half of one.
    """

    def __init__(self, rows: int, columns: int, answer: Callable[[str], None] = lambda _: None) -> None:
        self._answer = answer
        self._screen = _Pyte(columns, rows, answer)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""

    def feed(self, data: bytes) -> None:
        """Take in output, which may end in the middle of a character or of a control sequence."""
        text = self._pending + self._decoder.decode(data)
        text = _NOT_FOR_PYTE.sub(self._leave_out, text)
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        frame = text.rfind(_FRAME_BEGINS)
        if frame > text.rfind(_FRAME_ENDS):
            end = min(end, frame)
        self._pending = text[end:]
        self._stream.feed(text[:end])

    def _leave_out(self, found: re.Match[str]) -> str:
        if mode := found["mode"]:
            state = 2 if int(mode) == _WHOLE_FRAMES else 0  # known and off, not known
            self._answer(f"\x1b[?{mode};{state}$y")
        return ""

    def resize(self, rows: int, columns: int) -> None:
        """Make the screen larger or smaller; the program has to be told too."""
        self._screen.resize(rows, columns)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._screen.lines, self._screen.columns

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, shown or hidden, from 0."""
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def wants_paste_marked(self) -> bool:
        """Whether the program asked for the marks around pasted text."""
        return _BRACKETED_PASTE << 5 in self._screen.mode

    @property
    def lines(self) -> list[str]:
        """The rows as text without blanks at the end; a character of two cells is one character here."""
        return ["".join(text for _, text in self._row(y)).rstrip() for y in range(self._screen.lines)]

    def text_from(self, row: int, column: int) -> str:
        """What stands in a row from a column on, without blanks at the end."""
        return "".join(text for x, text in self._row(row) if x >= column).rstrip()

    def where(self, wanted: str) -> tuple[int, int] | None:
        """Row and column, in cells from 0, of the first place a text stands at; None where it is not shown."""
        for y, line in enumerate(self.lines):
            if (start := line.find(wanted)) >= 0:
                columns = [x for x, text in self._row(y) for _ in text]
                return y, columns[start]
        return None

    def _row(self, y: int) -> list[tuple[int, str]]:
        """The column and the text of each character in a row.

        pyte leaves a character of two cells standing when one of them is written over; a terminal shows a blank.
        """
        cells = self._screen.buffer[y]
        row = []
        x = 0
        while x < self._screen.columns:
            text = cells[x].data
            whole = wcwidth(text[0]) == 2 if text else False
            if whole and x + 1 < self._screen.columns and cells[x + 1].data == "":
                row.append((x, text))
                x += 2
            else:
                row.append((x, " " if whole or not text else text))
                x += 1
        return row

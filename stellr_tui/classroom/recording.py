"""A lesson as a recording of a terminal: asciicast v2, with a marker for each step, at a human's pace.

Below the screen stand the step, its instruction and the keys that are pressed. Time is reckoned and not measured, so
that a scenario gives the same recording each time.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import NULL_REGION, Region
from textual.strip import Strip

from stellr_tui.classroom.pictures import Photographer
from stellr_tui.classroom.stillness import Frame, still

if TYPE_CHECKING:
    from textual.widget import Widget

    from stellr_tui.classroom.actor import Actor
    from stellr_tui.classroom.app import LessonApp
    from stellr_tui.lessons.intents import Intent
    from stellr_tui.lessons.scenario import Scenario, Step

# Milliseconds.
_A_LETTER = 90
_A_KEY = 350
_BETWEEN_INTENTS = 600
_TO_READ_A_CELL = 45
_TO_READ_AT_LEAST = 2_000
_TO_SEE_WHAT_CAME = 1_200

_SIGNS = tuple(Strip([Segment(sign, Style(color="black", bgcolor="#ff9d00", bold=True))]) for sign in "><")
_PLAIN, _REVERSE, _DIM = "\x1b[0m", "\x1b[0;7m", "\x1b[0;2m"
_FRAME_BEGINS, _FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"


class Cast:
    """The events of a recording, and the terminal they have drawn so far."""

    def __init__(self, width: int, height: int, title: str) -> None:
        """Size in cells."""
        self._header = {
            "version": 2,
            "width": width,
            "height": height,
            "title": title,
            "env": {"TERM": "xterm-256color"},
        }
        self._events: list[tuple[float, str, str]] = []
        self._milliseconds = 0
        self._shown: list[str] = []

    def wait(self, milliseconds: int) -> None:
        """Let time pass."""
        self._milliseconds += milliseconds

    def show(self, rows: list[str]) -> None:
        """Draw the rows that have changed."""
        old = self._shown or [""] * len(rows)
        changed = [
            f"\x1b[{y};1H{new}{_PLAIN}"
            for y, (new, before) in enumerate(zip(rows, old, strict=True), 1)
            if new != before
        ]
        if changed:
            clear = "" if self._shown else "\x1b[?25l\x1b[2J"
            self._event("o", "".join([_FRAME_BEGINS, clear, *changed, _FRAME_ENDS]))
            self._shown = rows

    def mark(self, label: str) -> None:
        """A place to jump to."""
        self._event("m", label)

    def text(self) -> str:
        """The file."""
        lines: list[Any] = [self._header, *self._events]
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)

    def _event(self, code: str, data: str) -> None:
        self._events.append((self._milliseconds / 1_000, code, data))


class Film(Photographer):
    """Walks along, takes the pictures, and records all that happens between them."""

    def __init__(self, scenario: Scenario, size: tuple[int, int]) -> None:
        super().__init__()
        self._scenario = scenario
        width, height = size
        self._width = width
        self._console = Console(
            file=StringIO(), width=width, force_terminal=True, color_system="truecolor", legacy_windows=False
        )
        self._lines = max(len(self._wrapped(str(one.instruction))) for one in scenario.step)
        self.cast = Cast(width, height + 2 + self._lines, str(scenario.title))
        self._caption = [""] * (1 + self._lines)
        self._keys = ""
        self._target: Widget | None = None

    async def enters(self, app: LessonApp, actor: Actor) -> None:
        """Begin with the first screen."""
        await super().enters(app, actor)
        self._say(f"{self._scenario.title}  {self._scenario.manual}", "")
        await self._draw()

    async def begins(self, number: int, step: Step, target: Widget) -> None:
        """Mark the step, and let its instruction be read."""
        await super().begins(number, step, target)
        self._target = target
        first_line = str(step.instruction).partition("\n")[0]
        count = f"{number}/{len(self._scenario.step)}"
        self._keys = ""
        self.cast.mark(f"{count} {first_line}")
        self._say(f"{count}  {self._scenario.title}", str(step.instruction))
        await self._draw()
        self.cast.wait(max(_TO_READ_AT_LEAST, _TO_READ_A_CELL * cell_len(str(step.instruction))))

    async def before(self, intent: Intent) -> None:
        """A short rest."""
        await self._draw()
        self.cast.wait(_BETWEEN_INTENTS)
        self._keys = ""

    async def key(self, cap: str) -> None:
        """Draw what came of the key before, and show this one."""
        is_letter = len(cap) == 1
        joins = is_letter and self._keys[-2:-1] != " "
        self._keys += cap if joins else f" {cap}"
        await self._draw()
        self.cast.wait(_A_LETTER if is_letter else _A_KEY)

    async def ends(self, number: int, step: Step) -> None:
        """Let it be seen what came of the step."""
        await super().ends(number, step)
        self._target = None
        await self._draw()
        self.cast.wait(_TO_SEE_WHAT_CAME)

    async def _draw(self) -> None:
        frame = await still(self._app, self._actor)
        self.cast.show([*self._drawn(frame), *self._caption, f"{_DIM}{self._fitted(self._keys)}"])

    def _drawn(self, frame: Frame) -> list[str]:
        target = self._seen()
        between = range(target.y, target.bottom)
        return [(_marked(row, target) if y in between else row).render(self._console) for y, row in enumerate(frame)]

    def _seen(self) -> Region:
        """What of the target can be seen now."""
        screen = self._app.screen
        if self._target is None or self._target not in screen._compositor.visible_widgets:
            return NULL_REGION
        return screen.find_widget(self._target).visible_region

    def _say(self, head: str, words: str) -> None:
        lines = self._wrapped(words)
        lines += [""] * (self._lines - len(lines))
        self._caption = [f"{_REVERSE}{self._fitted(f' {head}')}", *(f"{_PLAIN}{self._fitted(one)}" for one in lines)]

    def _wrapped(self, words: str) -> list[str]:
        wrapped = Text(words).wrap(self._console, self._width - 2)
        return [f" {one.plain.rstrip()}" for one in wrapped]

    def _fitted(self, words: str) -> str:
        return set_cell_size(words, self._width)


def _marked(row: Strip, target: Region) -> Strip:
    """A row of the target between signs like those of a show; at the edge of the screen they stand on its own cells."""
    left, right = max(0, target.x - 1), min(row.cell_length - 1, target.right)
    parts = [row.crop(0, left), _SIGNS[0], row.crop(left + 1, right), _SIGNS[1], row.crop(right + 1)]
    return Strip.join(parts)

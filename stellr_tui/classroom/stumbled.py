"""A step, or what an exam looks for, and who did not manage it at the first try."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from stellr_tui.lessons.report import local_time, went
from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.attempt import Mark
    from stellr_tui.lessons.records import Kept


class Stumbled(Dialog[None]):
    """What the step says in full, and of each attempt what became of it."""

    DEFAULT_CSS = """
    Stumbled Words { margin: 0 0 1 0; }
    """

    def __init__(self, name: str, words: str, found: Sequence[tuple[Kept, Mark]]) -> None:
        super().__init__()
        self._of = name
        self._words = words
        self._found = found

    def title_text(self) -> str:
        return self._of

    def compose_dialog(self) -> Iterable[Widget]:
        if self._words:
            yield Words(self._words, id="stumbled-words", classes="note")
        for number, (kept, mark) in enumerate(self._found, 1):
            yield Words(_told(kept, mark), id=f"stumbled-{number}")
        if not self._found:
            yield Words(_("全員が1回でできました。"), id="stumbled-nobody")


def _told(kept: Kept, mark: Mark) -> str:
    lines = [f"{kept.trainee}   {local_time(kept.ended)}   {went(mark)}"]
    if mark.instead:
        lines.append(_("実際: {instead}").format(instead=mark.instead))
    return "\n".join(lines)

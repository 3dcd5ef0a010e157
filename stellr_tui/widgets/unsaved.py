"""What is asked before something that was typed, and is kept nowhere, is lost."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words


class Fate(Enum):
    """What becomes of what was typed."""

    SAVE = "save"
    THROW_AWAY = "throw-away"


class Unsaved(Dialog[Fate]):
    """Save it, where it can be saved, throw it away, or stay where it is: None, which is where Escape leads."""

    def __init__(self, words: str, throw_away: str, *, can_save: bool = False) -> None:
        """words: what would be lost. throw_away: the button that does it."""
        super().__init__()
        self._words = words
        self._throw_away = throw_away
        self._can_save = can_save

    def title_text(self) -> str:
        return _("保存していない入力")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(self._words, id="unsaved-words")

    def compose_buttons(self) -> Iterable[Button]:
        if self._can_save:
            yield Button(_("保存"), id="save-unsaved", compact=True, variant="primary")
        yield Button(_("編集に戻る"), id="stay", compact=True, action="screen.leave")
        yield Button(self._throw_away, id="throw-away", compact=True, variant="error")

    @on(Button.Pressed, "#save-unsaved")
    def _save(self) -> None:
        self.dismiss(Fate.SAVE)

    @on(Button.Pressed, "#throw-away")
    def _lose(self) -> None:
        self.dismiss(Fate.THROW_AWAY)


class UnsavedAtTheEnd(Unsaved):
    """Before the program ends, or somebody signs out: what is lost then stands in several places."""

    def __init__(self, places: Iterable[str], throw_away: str) -> None:
        """places: what the pages are called where something was typed."""
        words = _("保存していない入力があります。終わると失われます。")
        super().__init__("\n".join([words, *(_("・{place}").format(place=one) for one in places)]), throw_away)

    def words_where_too_small(self) -> str:
        """There nobody sees the buttons."""
        words = _("もう一度 {key} で\n入力を破棄して終了。")
        return words.format(key=self.workplace.cap("app.quit"))

"""Giving up what trainees have begun, asked once more; what is over is kept unless it is expressly removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Select

from stellr_tui.lessons.report import title_of
from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import ChoiceField, Form
from stellr_tui.widgets.tick import Tick
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Records
    from stellr_tui.lessons.scenario import Scenario

Place = tuple[str, str]
"""A trainee, and the id of a scenario."""

_ROW, _SHOWN = "row", "shown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is given up. with_history: what is over is removed too."""

    places: tuple[Place, ...]
    with_history: bool


class Reset(Dialog[Wanted]):
    """Of the row under the cursor, or of all that is shown."""

    DEFAULT_CSS = """
    Reset {
        .label { width: 10; }
        Tick { margin: 1 0 0 0; }
        #reset-words { margin: 1 0 0 0; }
    }
    """

    def __init__(
        self, records: Records, row: Place | None, shown: tuple[Place, ...], scenarios: Mapping[str, Scenario]
    ) -> None:
        super().__init__()
        self._records = records
        self._scenarios = scenarios
        self._choices: dict[str, tuple[Place, ...]] = {_SHOWN: shown}
        if row is not None:
            self._choices = {_ROW: (row,), _SHOWN: shown}

    def title_text(self) -> str:
        return _("リセット")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(ChoiceField("reset_what", _("対象")), id="reset-form")
        yield Tick(_("終わった記録も削除する (元に戻せません)"), id="reset-history", compact=True)
        yield Words(id="reset-words")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")
        yield Button(_("リセットする"), id="reset", compact=True, variant="error")

    def has_unsaved(self) -> bool:
        """A choice is chosen again in a moment."""
        return False

    def on_mount(self) -> None:
        """The row is what is meant at first."""
        what = self.query_one(ChoiceField)
        what.value = next(iter(self._choices))
        what.offer((key, self._said(key)) for key in self._choices)
        self.query_one("#cancel").focus()

    def _said(self, key: str) -> str:
        places = self._choices[key]
        if key == _ROW:
            [(trainee, id)] = places
            return f"{trainee}  {title_of(id, self._scenarios.get(id))}"
        people, lessons = {trainee for trainee, _id in places}, {id for _trainee, id in places}
        words = _("一覧に表示中のすべて (受講者 {people}人、レッスン {lessons}件)")
        return words.format(people=len(people), lessons=len(lessons))

    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _say(self) -> None:
        """What is going to happen."""
        wanted = self._wanted()
        under_way = sum(self._records.under_way(*place) is not None for place in wanted.places)
        over = sum(len(self._records.attempts(*place)) for place in wanted.places)
        words = _("途中経過 {under_way}件を破棄し、終わった記録 {over}件を残します。")
        if wanted.with_history:
            words = _("途中経過 {under_way}件を破棄し、終わった記録 {over}件を削除します。")
        self.query_one("#reset-words", Words).update(words.format(under_way=under_way, over=over))

    def _wanted(self) -> Wanted:
        places = self._choices.get(self.query_one(ChoiceField).value, ())
        return Wanted(places, self.query_one(Tick).value)

    @on(Button.Pressed, "#reset")
    def _reset(self) -> None:
        if (wanted := self._wanted()).places:
            self.dismiss(wanted)

"""Where people fail in a lesson or in its exam: a bar for each step, and the same numbers as a table."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DataTable, Select

from stellr_tui.lessons.attempt import ALL, Mode
from stellr_tui.lessons.report import Hurdle, hurdles, mark_name, mode_label, stumbles, title_of, words_of
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.asking import Answered, AskingScreen
from stellr_tui.widgets.form import ChoiceField, Form
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Kept
    from stellr_tui.lessons.scenario import Scenario


class HurdlesScreen(AskingScreen[None]):
    """Of the attempts it is given, those at one lesson at a time. narrowed: what they were narrowed by, in words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("戻る"), id="hurdles.leave"),
    ]

    def __init__(self, attempts: Sequence[Kept], scenarios: Mapping[str, Scenario], narrowed: str) -> None:
        super().__init__()
        self._narrowed = narrowed
        self._attempts = attempts
        self._scenarios = scenarios

    def compose(self) -> ComposeResult:
        yield Masthead(["StreamOne Stellr", _("レッスン一覧"), _("結果"), _("つまずき")], None, None)
        with Form(id="lesson-hurdles-of"):
            yield ChoiceField("hurdles_of", field_label("lesson"))
        yield Words(id="lesson-hurdles-words", classes="note")
        yield Vertical(id="lesson-hurdles-chart")
        yield Rows(_columns(), id="lesson-hurdles")
        yield Keys()

    @work(group="reading")
    async def on_mount(self) -> None:
        """Begin with the lesson that was tried last."""
        # A chart needs numpy: this screen does not stand still meanwhile.
        self.post_message(Answered(self._begin, await asyncio.to_thread(import_module, "stellr_tui.widgets.bars")))

    def _begin(self, _charts: object) -> None:
        choices = {self._key(one): self._said(one) for one in reversed(self._attempts)}
        what = self.query_one(ChoiceField)
        what.value = next(iter(choices), "")
        what.offer(choices.items())
        self.query_one(Rows).focus()

    def _key(self, one: Kept) -> str:
        return f"{one.attempt.scenario} {one.attempt.mode}"

    def _said(self, one: Kept) -> str:
        title = title_of(one.attempt.scenario, self._scenarios.get(one.attempt.scenario))
        return f"{title}  {mode_label(one.attempt.mode)}"

    def _chosen(self) -> tuple[str, Mode, Sequence[Kept]] | None:
        """The lesson, how it was done, and the attempts at it."""
        id, _blank, mode = self.query_one(ChoiceField).value.partition(" ")
        if not mode:
            return None
        asked = Mode(mode)
        return id, asked, [one for one in self._attempts if (one.attempt.scenario, one.attempt.mode) == (id, asked)]

    @on(Select.Changed)
    async def _show(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        id, mode, attempts = chosen
        found = hurdles(attempts, mode)
        words = _("1回でできなかった割合 (ヒント、やり直し、未完了)   対象 {count}件   Enter で記録")
        said = words.format(count=len(attempts))
        self.query_one("#lesson-hurdles-words", Words).update("\n".join(filter(None, (said, self._narrowed))))
        self.query_one(Rows).fill((one.of, self._row(number, id, one)) for number, one in enumerate(found, 1))
        await self._draw(found)

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        """Who did not manage the step under the cursor."""
        from stellr_tui.classroom.stumbled import Stumbled

        chosen, of = self._chosen(), self.query_one(Rows).current
        if chosen is None or of is None:
            return
        id, mode, attempts = chosen
        scenario = self._scenarios.get(id)
        words = None if scenario is None else words_of(scenario, of)
        name, said = mark_name(scenario, of), str(words or "").strip()
        more = "" if said == name else said
        self.app.push_screen(Stumbled(name, more, stumbles(attempts, mode, of)))

    async def _draw(self, found: Sequence[Hurdle]) -> None:
        from stellr_tui.widgets.bars import Bars

        chart = self.query_one("#lesson-hurdles-chart")
        chart.display = bool(found)
        if not chart.children:
            await chart.mount(Bars(id="lesson-hurdles-bars", colour="accent", whole=ALL))
        if found:
            names = [str(number) for number in range(1, len(found) + 1)]
            self.query_one(Bars).show(names, [one.share for one in found])

    def _row(self, number: int, id: str, one: Hurdle) -> Sequence[str]:
        name = mark_name(self._scenarios.get(id), one.of)
        return f"{number:2} {name}", f"{one.share}%", f"{one.stumbled}/{one.tried}", str(one.hints)

    def action_leave(self) -> None:
        """Back to the list of attempts."""
        self.dismiss(None)


def _columns() -> Sequence[Column]:
    return (
        Column(_("ステップ"), 40, 0),
        Column(_("割合"), 6, 1, right=True),
        Column(_("件数"), 8, 2, right=True),
        Column(_("ヒント"), 6, 3, right=True),
    )

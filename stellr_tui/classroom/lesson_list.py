"""The list of lessons: what there is to learn, and how far one has come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import DataTable

from screens.confirm import Confirm
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.report import mode_label
from stellr_tui.lessons.shelf import Found, look_for
from stellr_tui.lessons.standing import Standing, standings
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.findings import Refused
from stellr_tui.widgets.asking import Answered
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.ground import Ground
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Records
    from stellr_tui.lessons.scenario import Filed


@dataclass(frozen=True, slots=True)
class Wish:
    """The lesson that is wished for, and how. restart: what is under way is given up."""

    filed: Filed
    mode: Mode
    restart: bool = False


class LessonList(Ground[Wish]):
    """The first screen of the lobby. Gives the lesson to go into; nothing where one leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "play('show')", N_("見る"), id="lobby.show"),
        Binding("f3", "play('guide')", N_("練習"), id="lobby.guide"),
        Binding("f4", "play('test')", N_("試験"), id="lobby.test"),
        Binding("f5", "results(True)", N_("結果"), id="lobby.results"),
        Binding("f6", "results(False)", N_("全員の結果"), id="lobby.all-results"),
        Binding("ctrl+d", "reset", N_("リセット"), id="lobby.reset"),
        Binding("escape", "leave", N_("閉じる"), id="lobby.leave"),
        Binding("ctrl+q", "app.quit", N_("終了"), id="app.quit", priority=True, show=False),
    ]

    def __init__(self, trainee: str, records: Records, lesson: str = "") -> None:
        super().__init__()
        self._trainee = trainee
        self._records = records
        self._begins_at = lesson
        self._standings: dict[str, Standing] = {}

    def compose(self) -> ComposeResult:
        yield Masthead(["StreamOne Stellr", _("レッスン一覧")], None, None)
        yield Words(id="lesson-standing", classes="note")
        yield Rows(_columns(), id="lesson-list")
        with VerticalScroll(id="lesson-about", can_focus=False):
            yield Words(id="lesson-about-title")
            yield Facts(id="lesson-about-facts")
            yield Words(id="lesson-about-purpose")
        yield Keys()

    def on_mount(self) -> None:
        """Read what there is."""
        rows = self.query_one(Rows)
        rows.bookmark = self._begins_at
        rows.focus()

    def say_anew(self) -> None:
        """In a message of its own, so that nothing is answered while there is nothing here to show it."""
        self.call_next(self._begin_anew)

    async def _begin_anew(self) -> None:
        self._begins_at = self.query_one(Rows).bookmark
        await self.recompose()
        self.on_mount()
        self.read()

    def on_screen_resume(self) -> None:
        """Read it anew whenever it is shown: something may have been reset meanwhile."""
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the lessons, and how far one has come."""
        self.post_message(Answered(self._show, await asyncio.to_thread(self._read)))

    def _show(self, answer: tuple[Found, Sequence[Standing]]) -> None:
        found, read = answer
        self._standings = {one.scenario.id: one for one in read}
        passed = sum(one.is_passed for one in read)
        words = _("受講者: {trainee}   合格: {passed}/{lessons}")
        self.query_one("#lesson-standing", Words).update(
            words.format(trainee=self._trainee, passed=passed, lessons=len(read))
        )
        self.query_one(Rows).fill((one.scenario.id, self._row(number, one)) for number, one in enumerate(read, 1))
        if found.faults:
            self.show_refusal(found.faults)

    def _read(self) -> tuple[Found, Sequence[Standing]]:
        found = look_for()
        return found, standings(self._records, self._trainee, found.scenarios)

    @property
    def standing(self) -> Standing | None:
        """The lesson under the cursor."""
        rows = next(iter(self.query(Rows)), None)
        return self._standings.get(rows.current or "") if rows else None

    @on(DataTable.RowHighlighted)
    def _show_about(self) -> None:
        one = self.standing
        self.query_one("#lesson-about").display = one is not None
        self.refresh_bindings()
        if one is None:
            return
        self.query_one("#lesson-about-title", Words).update(str(one.scenario.title))
        self.query_one("#lesson-about-facts", Facts).show(self._facts(one))
        self.query_one("#lesson-about-purpose", Words).update(str(one.scenario.purpose).strip())

    def _facts(self, one: Standing) -> list[tuple[str, str]]:
        facts = [(_("マニュアル"), str(one.scenario.manual))]
        if one.scenario.requires:
            titles = (self._title(id) for id in one.scenario.requires)
            facts.append((_("前提"), _("、").join(titles)))
        counts = [(mode, sum(kept.attempt.mode is mode for kept in one.attempts)) for mode in (Mode.GUIDE, Mode.TEST)]
        told = [_("{mode} {count}回").format(mode=mode_label(mode), count=count) for mode, count in counts if count]
        if one.best is not None:
            record = _("{attempts} (成績: {day})").format(attempts=_("、").join(told), day=one.best.day)
            facts.append((_("記録"), record))
        return facts

    def _row(self, number: int, one: Standing) -> tuple[str, ...]:
        scenario = one.scenario
        minutes = _("{minutes}分").format(minutes=scenario.minutes)
        return f"{number:2} {scenario.title}", minutes, one.said()

    def _title(self, id: str) -> str:
        one = self._standings.get(id)
        if one is None:
            return id
        title = str(one.scenario.title)
        return _("{title} (合格済)").format(title=title) if one.is_passed else title

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is under way can be given up."""
        if action == "reset":
            return self.standing is not None and self.standing.under_way is not None
        return super().check_action(action, parameters)

    @on(DataTable.RowSelected)
    def _begin(self) -> None:
        self.action_play(Mode.GUIDE)

    @work
    async def action_play(self, mode: str) -> None:
        """Go into the lesson under the cursor. What is under way otherwise is given up only by one's leave."""
        one = self.standing
        if one is None:
            return
        wanted = Mode(mode)
        sitting = one.under_way
        otherwise = sitting is not None and wanted is not Mode.SHOW and sitting.mode is not wanted
        if otherwise and sitting is not None:
            question = _("{other}の途中です。途中経過を破棄して{wanted}を始めますか?")
            asked = question.format(other=mode_label(sitting.mode), wanted=mode_label(wanted))
            if not await self.app.push_screen_wait(Confirm(asked, _("破棄して始める"))):
                return
        self.dismiss(Wish(one.filed, wanted, restart=otherwise))

    @work
    async def action_reset(self) -> None:
        """Give up what is under way in the lesson under the cursor; what is over stays."""
        one = self.standing
        if one is None:
            return
        question = _("「{title}」の途中経過を破棄しますか? 終わった記録は残ります。").format(title=one.scenario.title)
        if await self.app.push_screen_wait(Confirm(question, _("破棄する"))):
            try:
                self._records.forget_progress(self._trainee, one.scenario.id)
            except Refused as refused:
                self.show_refusal(refused.findings)
            self.read()

    def action_results(self, own: bool) -> None:
        """How attempts went: one's own, or everyone's."""
        from stellr_tui.classroom.attempts import AttemptsScreen

        self.app.push_screen(AttemptsScreen(self._records, self._trainee if own else ""))

    def action_leave(self) -> None:
        """Leave the lobby."""
        self.dismiss(None)


def _columns() -> Sequence[Column]:
    return (
        Column(_("レッスン"), 35, 0),
        Column(_("所要"), 6, 1, right=True),
        Column(_("進捗"), 24, 2),
    )

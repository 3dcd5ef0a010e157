"""How attempts went: one's own, or those of all trainees, with filters, and with what is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input, Select

from stellr_tui.classroom.reset import Reset
from stellr_tui.lessons.report import local_time, mode_label, time_taken, title_of, verdict
from stellr_tui.lessons.shelf import look_for
from stellr_tui.lessons.standing import step_words
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Gathering
from stellr_tui.widgets.asking import Answered, AskingScreen
from stellr_tui.widgets.filters import FilterChoice, Filters
from stellr_tui.widgets.form import TextField
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Kept, Records, Sitting
    from stellr_tui.lessons.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Which:
    """The attempts that are asked for; nothing said means all."""

    trainee: str | None = None
    scenario: str | None = None
    since: date | None = None
    until: date | None = None

    def said(self) -> str:
        """What it is narrowed by, but for the lesson."""
        asked = (("trainee", self.trainee), ("since", self.since), ("until", self.until))
        return "   ".join(f"{field_label(name)} {value}" for name, value in asked if value)


@dataclass(frozen=True, slots=True)
class Read:
    """What was found of them: over and under way; and what there is to choose from."""

    attempts: tuple[Kept, ...]
    sittings: tuple[Sitting, ...]
    trainees: tuple[str, ...]
    scenarios: Mapping[str, Scenario]


def read(records: Records, which: Which) -> Read:
    """Read the records. A day narrows what is over by its end, what is under way by its beginning."""
    sittings = (
        one
        for one in records.sittings(which.trainee, which.scenario)
        if (which.since or one.day) <= one.day <= (which.until or one.day)
    )
    return Read(
        records.attempts(which.trainee, which.scenario, which.since, which.until),
        tuple(sittings),
        records.trainees(),
        {one.scenario.id: one.scenario for one in look_for().scenarios},
    )


class AttemptsScreen(AskingScreen[None]):
    """The list of attempts. Enter opens one; what is shown can be reset, and looked at for where people fail."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "hurdles", N_("つまずき"), id="attempts.hurdles"),
        Binding("ctrl+e", "export", N_("書き出し"), id="attempts.export"),
        Binding("ctrl+d", "reset", N_("リセット"), id="attempts.reset"),
        Binding("escape", "leave", N_("戻る"), id="attempts.leave"),
    ]

    def __init__(self, records: Records, trainee: str = "") -> None:
        """trainee: whose to begin with; empty is all of them."""
        super().__init__()
        self._records = records
        self._trainee = trainee
        self._which = Which(trainee=trainee or None)
        self._read = Read((), (), (), {})

    def compose(self) -> ComposeResult:
        yield Masthead(["StreamOne Stellr", _("レッスン一覧"), _("結果")], None, None)
        with Filters(id="lesson-filters"):
            yield FilterChoice("trainee", field_label("trainee"))
            yield FilterChoice("lesson", field_label("lesson"))
            yield TextField("since", field_label("since"), placeholder=_("YYYY-MM-DD"))
            yield TextField("until", field_label("until"), placeholder=_("YYYY-MM-DD"))
        yield Rows(_columns(), id="lesson-attempts")
        yield Words(id="lesson-attempts-total")
        yield Keys()

    def on_mount(self) -> None:
        """Read what there is."""
        self._choice("trainee").value = self._trainee
        self.query_one(Rows).focus()
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read what is asked for, and show it."""
        self.post_message(Answered(self._show, await asyncio.to_thread(read, self._records, self._which)))

    def _show(self, answer: Read) -> None:
        self._read = answer
        scenarios = self._read.scenarios
        self._offer("trainee", ((one, one) for one in self._read.trainees))
        self._offer("lesson", ((id, str(one.title)) for id, one in scenarios.items()))
        rows = [_sitting_row(one, scenarios.get(one.scenario)) for one in reversed(self._read.sittings)]
        rows += [_attempt_row(one, scenarios) for one in reversed(self._read.attempts)]
        self.query_one(Rows).fill(rows)
        self.query_one("#lesson-attempts-total", Words).update(_total_words(self._read))
        self.refresh_bindings()

    def _choice(self, name: str) -> FilterChoice:
        return self.query_one(f"#field-{name}", FilterChoice)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from; what is chosen stays."""
        choice = self._choice(name)
        with self.prevent(Select.Changed):
            choice.value = choice.value
            choice.offer(choices)

    @on(Input.Changed)
    @on(Select.Changed)
    def _narrow(self) -> None:
        """Read what is meant, unless it is what is shown. A day that is none is said at its field."""
        form = self.query_one(Filters)
        typed = form.values()
        checks = Gathering()
        days = {
            name: checks.keep(fields.calendar_day, typed[name], name) if typed[name].strip() else None
            for name in ("since", "until")
        }
        for finding in checks.findings:
            form.fields()[finding.field].show_finding(finding)
        which = Which(typed["trainee"] or None, typed["lesson"] or None, **days)
        if not checks.findings and which != self._which:
            self._which = which
            self.read()

    @on(Input.Submitted)
    def _to_rows(self) -> None:
        self.query_one(Rows).focus()

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        """How one attempt went, step by step."""
        from stellr_tui.classroom.result import ResultScreen

        kept = next((one for one in self._read.attempts if str(one.id) == self.query_one(Rows).current), None)
        if kept is not None:
            scenario = self._read.scenarios.get(kept.attempt.scenario)
            self.app.push_screen(ResultScreen(scenario, kept.attempt, kept=kept))

    def action_hurdles(self) -> None:
        """Where people fail, in what is shown."""
        from stellr_tui.classroom.hurdles import HurdlesScreen

        self.app.push_screen(HurdlesScreen(self._read.attempts, self._read.scenarios, self._which.said()))

    def action_export(self) -> None:
        """What is over of what is shown, as a file."""
        from stellr_tui.classroom.save_results import save_results

        save_results(self, self._read.attempts, self._read.scenarios)

    @work
    async def action_reset(self) -> None:
        """Give up what is under way, of the row or of all that is shown; what is over only where that is wanted."""
        shown = {(one.trainee, one.scenario): None for one in self._read.sittings}
        shown |= {(one.trainee, one.attempt.scenario): None for one in self._read.attempts}
        wanted = await self.app.push_screen_wait(
            Reset(self._records, self._place(), tuple(shown), self._read.scenarios)
        )
        if wanted is None:
            return
        forget = self._records.forget_attempts if wanted.with_history else self._records.forget_progress
        checks = Gathering()
        for place in wanted.places:
            checks.keep(forget, *place)
        if checks.findings:
            self.show_refusal(tuple(checks.findings))
        self.read()

    def _place(self) -> tuple[str, str] | None:
        """The trainee and the lesson of the row under the cursor."""
        current = self.query_one(Rows).current
        for one in self._read.sittings:
            if str(one.id) == current:
                return one.trainee, one.scenario
        for kept in self._read.attempts:
            if str(kept.id) == current:
                return kept.trainee, kept.attempt.scenario
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There has to be something."""
        if action == "reset":
            return bool(self._read.attempts or self._read.sittings)
        if action in ("hurdles", "export"):
            return bool(self._read.attempts)
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Back to the list of lessons."""
        self.dismiss(None)


def _attempt_row(one: Kept, scenarios: Mapping[str, Scenario]) -> tuple[str, Sequence[str]]:
    attempt = one.attempt
    return str(one.id), (
        title_of(attempt.scenario, scenarios.get(attempt.scenario)),
        one.trainee,
        local_time(one.ended),
        mode_label(attempt.mode),
        f"{attempt.first_try}/{len(attempt.tasks)}",
        str(attempt.hints),
        time_taken(attempt.seconds),
        f"{attempt.points}/{attempt.possible}",
        verdict(attempt),
    )


def _sitting_row(one: Sitting, scenario: Scenario | None) -> tuple[str, Sequence[str]]:
    title, where = title_of(one.scenario, scenario), step_words(one, scenario)
    return str(one.id), (title, one.trainee, local_time(one.begun), mode_label(one.mode), "", "", "", "", where)


def _total_words(read: Read) -> str:
    passed = sum(one.attempt.passed for one in read.attempts)
    words = _("終わった記録 {over}件 (合格 {passed}件)   途中 {under_way}件")
    said = words.format(over=len(read.attempts), passed=passed, under_way=len(read.sittings))
    return "   ".join((said, _("Enter で詳細"))) if read.attempts else said


def _columns() -> Sequence[Column]:
    return (
        Column(_("レッスン"), 20, 0),
        Column(_("受講者"), 14, 0),
        Column(_("日時"), 16, 1),
        Column(_("種類"), 5, 1),
        Column(_("1回で正解"), 9, 2, right=True),
        Column(_("ヒント"), 6, 2, right=True),
        Column(_("時間"), 6, 3, right=True),
        Column(_("点数"), 7, 3, right=True),
        Column(_("結果"), 14, 4),
    )

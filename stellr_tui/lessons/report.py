"""How attempts are told: what their marks are called, and where people fail."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from stellr_tui.desk.clock import TOKYO
from stellr_tui.lessons.attempt import ALL, Attempt, Mark, Mode
from stellr_tui.lessons.records import Kept
from stellr_tui.lessons.scenario import Scenario
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.texts import N_, _

_MODES = {Mode.SHOW: N_("見る"), Mode.GUIDE: N_("練習"), Mode.TEST: N_("試験"), Mode.CHECK: N_("確認")}
_ENDS = re.compile(r"。|(?<=[.!?])\s")


def mode_label(mode: Mode) -> str:
    """What one does, in a word."""
    return _(_MODES[mode])


def verdict(attempt: Attempt) -> str:
    """Passed or not."""
    return _("合格") if attempt.passed else _("不合格")


def time_taken(seconds: float) -> str:
    """Minutes and seconds, `4:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def local_time(moment: datetime) -> str:
    """Day and minute in Asia/Tokyo."""
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M}"


def title_of(id: str, scenario: Scenario | None) -> str:
    """What a lesson is called now; its id where it is gone."""
    return id if scenario is None else str(scenario.title)


def went(mark: Mark) -> str:
    """What became of a step, in a few words."""
    if not mark.possible:
        return _("読みました")
    if not mark.right:
        return _("未完了")
    if mark.hints:
        return _("ヒント {count}回").format(count=mark.hints)
    return _("1回で正解") if mark.first_try else _("やり直して正解")


def is_as_it_was(scenario: Scenario | None, attempt: Attempt) -> bool:
    """Whether the lesson still has the steps, or its exam still looks for what the attempt was marked by."""
    if scenario is None:
        return False
    if attempt.mode is Mode.TEST:
        worth = {name: must.points for name, must in scenario.exam.named.items()}
    else:
        worth = {step.id: step.worth for step in scenario.step}
    return [(mark.of, mark.possible) for mark in attempt.marks] == list(worth.items())


def mark_name(scenario: Scenario | None, of: str) -> str:
    """What a step, or what an exam looked for, is called in the language spoken now; its id where it is gone."""
    words = None if scenario is None else words_of(scenario, of)
    return of if words is None else str(first_sentence(words))


def words_of(scenario: Scenario, of: str) -> Wording | None:
    """What a step tells one to do, or what an exam calls what it looks for; None for what the scenario has no more."""
    for step in scenario.step:
        if step.id == of:
            return step.instruction
    must = scenario.exam.named.get(of)
    return None if must is None else must.name


def first_sentence(words: Wording) -> Wording:
    """Its beginning, on one line, as a name."""
    return Wording(_first(words.ja, "").rstrip("。"), _first(words.en, " ").rstrip("."))


def _first(text: str, between_lines: str) -> str:
    return _ENDS.split(between_lines.join(text.split("\n")).strip(), maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Hurdle:
    """A step of a scenario, or something its exam looks for, and how many did not manage it at the first try.

    of: its id. tried: in how many attempts somebody came to it. stumbled: in how many of them not without a hint or
    a refusal by the portal, or not at all. hints: how many were taken.
    """

    of: str
    tried: int
    stumbled: int
    hints: int

    @property
    def share(self) -> int:
        """The percentage that stumbled."""
        return ALL * self.stumbled // self.tried if self.tried else 0


def hurdles(attempts: Iterable[Kept], mode: Mode) -> tuple[Hurdle, ...]:
    """Where people fail in one scenario, practising or examined, in the order of its steps as they last were."""
    found: dict[str, list[Mark]] = {}
    for kept in attempts:
        if kept.attempt.mode is mode:
            found = {mark.of: found.get(mark.of, []) for mark in kept.attempt.marks} | found
            for mark in _come_to(kept.attempt):
                found[mark.of].append(mark)
    return tuple(
        Hurdle(of, len(marks), sum(not one.first_try for one in marks), sum(one.hints for one in marks))
        for of, marks in found.items()
    )


def stumbles(attempts: Iterable[Kept], mode: Mode, of: str) -> tuple[tuple[Kept, Mark], ...]:
    """The attempts that came to a step, but not past it at the first try, with its mark; the newest first."""
    found = (
        (kept, mark)
        for kept in attempts
        if kept.attempt.mode is mode
        for mark in _come_to(kept.attempt)
        if mark.of == of and not mark.first_try
    )
    return tuple(sorted(found, key=lambda one: one[0].ended, reverse=True))


def _come_to(attempt: Attempt) -> Iterator[Mark]:
    """The marks of what somebody came to. Who gives up a lesson at a step fails there, and not at all that follow."""
    for mark in attempt.marks:
        yield mark
        if not mark.right and attempt.mode is not Mode.TEST:
            return

"""How far a trainee has come with each lesson."""

from collections.abc import Iterable
from dataclasses import dataclass

from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.records import Kept, Records, Sitting
from stellr_tui.lessons.report import mode_label, verdict
from stellr_tui.lessons.scenario import Filed, Scenario
from stellr_tui.reference.texts import _


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one trainee in one lesson: what is under way, and the attempts that are over, the oldest first."""

    filed: Filed
    under_way: Sitting | None
    attempts: tuple[Kept, ...]

    @property
    def scenario(self) -> Scenario:
        """The lesson."""
        return self.filed.scenario

    @property
    def best(self) -> Kept | None:
        """The attempt that counts: passed before not, an exam before a practice, the most points, the last one."""
        return max(self.attempts, key=_weight, default=None)

    @property
    def is_passed(self) -> bool:
        """Whether it was ever passed, practising or in its exam."""
        return any(one.attempt.passed for one in self.attempts)

    def said(self) -> str:
        """In a few words: not begun, at which step, or how the attempt went that counts."""
        if self.under_way is not None:
            where = step_words(self.under_way, self.scenario)
            return _("{where} (合格済)").format(where=where) if self.is_passed else where
        if self.best is None:
            return _("未着手")
        attempt = self.best.attempt
        return _("{mode} {verdict} {points}/{possible}点").format(
            mode=mode_label(attempt.mode),
            verdict=verdict(attempt),
            points=attempt.points,
            possible=attempt.possible,
        )


def standings(records: Records, trainee: str, lessons: Iterable[Filed]) -> tuple[Standing, ...]:
    """How far a trainee has come, lesson by lesson."""
    attempts = records.attempts(trainee)
    return tuple(
        Standing(
            filed,
            records.under_way(trainee, filed.scenario.id),
            tuple(one for one in attempts if one.attempt.scenario == filed.scenario.id),
        )
        for filed in lessons
    )


def step_words(sitting: Sitting, scenario: Scenario | None) -> str:
    """Where an attempt stands that is under way."""
    if sitting.mode is Mode.TEST:
        return _("試験の途中")
    if scenario is None:
        return _("ステップ {number}").format(number=sitting.steps + 1)
    steps = len(scenario.step)
    return _("ステップ {number}/{steps}").format(number=min(sitting.steps + 1, steps), steps=steps)


def _weight(kept: Kept) -> tuple[bool, bool, int, str]:
    attempt = kept.attempt
    return attempt.passed, attempt.mode is Mode.TEST, attempt.share, kept.ended.isoformat()

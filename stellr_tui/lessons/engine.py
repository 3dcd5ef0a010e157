"""The engine: where one is in a scenario, what counts as reached or lost, hints taken, time and points. Nothing shown.

A player makes a `Course`, and gives it a `Look` and a monotonic time whenever something may have changed. Events come
back: `Reached`, `Lost`, `Finished`. Between two calls nothing happens; the engine has no clock, no thread and no file.
`as_mapping` and `resumed` carry it over the end of the program.

Points of a step: all of them at the first try or after a refusal, half where hints were taken (rounded down), none
where the program did it. An exam counts what is true at its end and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stellr_tui.lessons.attempt import Attempt, Mark, Mode, share_of
from stellr_tui.lessons.conditions import Condition, Look, book_part
from stellr_tui.lessons.scenario import Lost as LostWhen
from stellr_tui.lessons.scenario import Scenario, Step
from stellr_tui.lessons.wording import Wording


@dataclass(frozen=True, slots=True)
class Reached:
    """A step's condition holds. `ahead`: it was passed over, as what comes of it was reached in another way."""

    step: Step
    number: int
    mark: Mark
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """Something cannot be reached any more, and why."""

    why: Wording


@dataclass(frozen=True, slots=True)
class Finished:
    """It is over; the attempt says how it went."""

    attempt: Attempt


Event = Reached | Lost | Finished


class Rung(StrEnum):
    """The ladder of hints, from weak to strong."""

    HINT = "hint"
    KEYS = "keys"
    DO = "do"


@dataclass(frozen=True, slots=True)
class Help:
    """What was asked for: the trainer's hint, or that the player shows the exact keys, or does it."""

    rung: Rung
    hint: Wording | None = None


class Course:
    """One way through a scenario, by someone who practises (`guide`), is examined (`test`) or only watches.

    Where the program acts, each look passes one step at the most: look once behind each step that was done.
    """

    def __init__(self, scenario: Scenario, mode: Mode, now: float) -> None:
        """`now`: seconds of a monotonic clock, as in every other call."""
        self.scenario = scenario
        self.mode = mode
        self.marks: tuple[Mark, ...] = ()
        """Of the steps that are behind."""
        self.helped: tuple[Rung, ...] = ()
        """The hints taken in the step that is under way."""
        self.attempt: Attempt | None = None
        """How it went, once it is over."""
        self._stumbled = False
        self._was_refused = False
        self._spent = 0.0
        self._spent_in_step = 0.0
        self._since: float | None = now
        self._in_book: tuple[bool, ...] | None = None
        """Of which steps all that they state of the order book was true when the one under way began."""

    @property
    def number(self) -> int:
        """The step that is under way, from 1; behind the last one there is one more."""
        return len(self.marks) + 1

    @property
    def seconds(self) -> float:
        """The time that it has taken until it was looked at last."""
        return self._spent

    @property
    def step(self) -> Step | None:
        """The step that is under way; None where all are behind, and in an exam, which shows none."""
        if self.mode is Mode.TEST or self.attempt or len(self.marks) == len(self.scenario.step):
            return None
        return self.scenario.step[len(self.marks)]

    def look(self, look: Look, now: float) -> tuple[Event, ...]:
        """See what has changed. In an exam nothing is reached, but it can be lost, or its time be over."""
        if self.attempt is not None:
            return ()
        self._go_on_counting(now)
        if self.mode is Mode.TEST:
            return self._watch_exam(look)
        self._note_refusal(look)
        if self._in_book is None:
            self._in_book = self._look_into_book(look)
        events: list[Event] = []
        while (step := self.step) is not None and _holds(step.until, look):
            events.append(self._pass(step, ahead=False))
            if self.mode is not Mode.GUIDE:
                break  # the program does every step, also one whose condition holds already
        if self.mode is Mode.GUIDE:
            events += self._pass_over(look)
        if events:
            self._in_book = self._look_into_book(look)
        step = self.step
        if step is None:
            events.append(self._end(look, tuple(self.marks), lost=None))
        elif step.lost is not None and _holds(step.lost.when, look):
            events += [Lost(step.lost.why), self._end(look, self._all_marks(), lost=step.lost)]
        return tuple(events)

    def read(self, look: Look, now: float) -> tuple[Event, ...]:
        """The step that is under way has been read, and it is one that is only read."""
        if self.step is None or self.step.until is not None:
            return ()
        self._go_on_counting(now)
        return (self._pass(self.step, ahead=False), *self.look(look, now))

    def help(self) -> Help | None:
        """The next rung of the ladder for the step that is under way; the last one again and again."""
        step = self.step
        if step is None:
            return None
        taken = len(self.helped)
        if taken < len(step.hint):
            self.helped = (*self.helped, Rung.HINT)
            return Help(Rung.HINT, step.hint[taken])
        rung = Rung.KEYS if Rung.KEYS not in self.helped else Rung.DO
        if rung not in self.helped:
            self.helped = (*self.helped, rung)
        return Help(rung)

    def done(self, look: Look, now: float) -> tuple[Event, ...]:
        """The trainee says that it is done: an exam is judged by what is true now; a lesson ends where it stands."""
        if self.attempt is not None:
            return ()
        self._go_on_counting(now)
        return (self._end(look, self._all_marks(), lost=None),)

    def pause(self, now: float) -> None:
        """Stop counting time, until the next look."""
        self._go_on_counting(now)
        self._since = None

    def as_mapping(self) -> dict[str, Any]:
        """Where it stands, as plain JSON values; write it when a step was reached, a hint taken, or one pauses."""
        return {
            "scenario": self.scenario.id,
            "mode": self.mode,
            "marks": [one.as_mapping() for one in self.marks],
            "helped": list(self.helped),
            "stumbled": self._stumbled,
            "seconds": self._spent,
            "seconds_in_step": self._spent_in_step,
            "in_book": None if self._in_book is None else list(self._in_book),
        }

    @classmethod
    def resumed(cls, scenario: Scenario, kept: Mapping[str, Any], now: float) -> "Course":
        """Take up again what `as_mapping` kept, for the same scenario as it now is: what is new in it is still ahead.

        Raises KeyError, TypeError or ValueError for what was not kept by it.
        """
        course = cls(scenario, Mode(kept["mode"]), now)
        known = [one.id for one in scenario.step]
        marks = [Mark.from_mapping(one) for one in kept["marks"]]
        course.marks = tuple(mark for mark, id in zip(marks, known, strict=False) if mark.of == id)
        course.helped = tuple(Rung(one) for one in kept["helped"])
        course._stumbled = bool(kept["stumbled"])
        course._spent = float(kept["seconds"])
        course._spent_in_step = float(kept["seconds_in_step"])
        held = kept["in_book"]
        if held is not None and len(held) == len(known):
            course._in_book = tuple(map(bool, held))
        return course

    def _go_on_counting(self, now: float) -> None:
        passed = 0.0 if self._since is None else max(0.0, now - self._since)
        self._spent += passed
        self._spent_in_step += passed
        self._since = now

    def _note_refusal(self, look: Look) -> None:
        """A refusal that comes up is a wrong try; one that still stands from before is not another."""
        refused = look.view.refused()
        self._stumbled |= refused and not self._was_refused
        self._was_refused = refused

    def _pass(self, step: Step, *, ahead: bool) -> Reached:
        points = step.worth
        if Rung.DO in self.helped:
            points = 0
        elif self.helped:
            points //= 2
        mark = Mark(
            of=step.id,
            right=True,
            first_try=not (self._stumbled or self.helped),
            hints=len(self.helped),
            seconds=round(self._spent_in_step, 3),
            points=points,
            possible=step.worth,
        )
        number = self.number
        self.marks = (*self.marks, mark)
        self.helped, self._stumbled, self._spent_in_step = (), False, 0.0
        return Reached(step, number, mark, ahead)

    def _pass_over(self, look: Look) -> list[Event]:
        """A later step's condition has come true in the order book: the steps up to it have been done in another way.

        So it is also where someone was quicker than the looks at what is only on the screen for a moment.
        """
        steps = self.scenario.step
        came = [
            at
            for at in range(len(self.marks), len(steps))
            if self._in_book is not None
            and not self._in_book[at]
            and book_part(steps[at].until) is not None
            and _holds(steps[at].until, look)
        ]
        return [self._pass(step, ahead=True) for step in steps[len(self.marks) : came[-1] + 1]] if came else []

    def _look_into_book(self, look: Look) -> tuple[bool, ...]:
        return tuple(_holds(book_part(one.until), look) for one in self.scenario.step)

    def _watch_exam(self, look: Look) -> tuple[Event, ...]:
        exam = self.scenario.exam
        limits = [*((one.lost, one.until) for one in self.scenario.step), *((one.lost, one.until) for one in exam.must)]
        for lost, until in limits:
            # What has been reached is not lost by the days that pass.
            if lost is not None and not _holds(until, look) and _holds(lost.when, look):
                return Lost(lost.why), self._end(look, (), lost=lost)
        if exam.minutes is not None and self._spent > exam.minutes * 60:
            return (self._end(look, (), lost=None),)
        return ()

    def _all_marks(self) -> tuple[Mark, ...]:
        """Of every step; those that were not reached are worth nothing."""
        ahead = self.scenario.step[len(self.marks) :]
        return (*self.marks, *(Mark(one.id, False, False, 0, 0.0, 0, one.worth) for one in ahead))

    def _end(self, look: Look, marks: tuple[Mark, ...], *, lost: LostWhen | None) -> Finished:
        if self.mode is Mode.TEST:
            marks = examine(self.scenario, look)
        points, possible = sum(one.points for one in marks), sum(one.possible for one in marks)
        self.attempt = Attempt(
            scenario=self.scenario.id,
            mode=self.mode,
            marks=marks,
            seconds=round(self._spent, 3),
            points=points,
            possible=possible,
            passed=share_of(points, possible) >= self.scenario.exam.pass_mark,
            lost="" if lost is None else str(lost.why),
        )
        return Finished(self.attempt)


def examine(scenario: Scenario, look: Look) -> tuple[Mark, ...]:
    """What of an exam is true now, one mark each; `instead` says what holds where it is not."""
    marks = []
    for name, must in scenario.exam.named.items():
        instead = must.until.instead(look)
        right = instead is None
        mark = Mark(name, right, right, 0, 0.0, must.points if right else 0, must.points)
        marks.append(replace(mark, instead=instead or ""))
    return tuple(marks)


def _holds(condition: Condition | None, look: Look) -> bool:
    """Whether it holds; what is only read never does by itself."""
    return condition is not None and condition.instead(look) is None

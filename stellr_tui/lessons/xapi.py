"""Attempts as statements of xAPI 1.0.3, for a learning record store.

A statement's id follows from the attempt and from what is said (UUIDv5), so that a second export says the same again
and a store keeps one of the two. Nothing is made up: the actor is the e-mail address or the name that the trainee went
by, moments are those that were kept. Everything of our own, activities, accounts and extensions, is named below the
address of a site, which ought to be the training department's own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid5

from stellr_tui.lessons.attempt import Attempt, Mark, Mode
from stellr_tui.lessons.records import Kept
from stellr_tui.lessons.report import first_sentence, words_of
from stellr_tui.lessons.scenario import Scenario
from stellr_tui.lessons.wording import Wording
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Refused

PLATFORM = "stellr-tui"
SITE = "https://stellr-tui.invalid"
"""Where nobody said otherwise: a name that nobody can ever own, and so never somebody else's."""

_TAGS = {"ja": "ja-JP", "en": "en-US"}
_VERBS = {
    "attempted": Wording("開始した", "attempted"),
    "completed": Wording("完了した", "completed"),
    "passed": Wording("合格した", "passed"),
    "failed": Wording("不合格だった", "failed"),
}
_COURSE = Wording("StreamOne Stellr のレッスン", "Lessons of StreamOne Stellr")

Statement = dict[str, Any]


def statements(kept: Kept, scenario: Scenario | None, site: str = SITE) -> Iterator[Statement]:
    """What an attempt says, in the order in which it happened. Without the scenario, activities have no words.

    site: an address without a slash at its end.
    """
    yield from _Telling(kept, scenario, site).whole()


class _Telling:
    """One attempt, told at one site."""

    def __init__(self, kept: Kept, scenario: Scenario | None, site: str) -> None:
        self._kept = kept
        self._scenario = scenario
        self._site = site
        self._of = f"{site}/lessons/{quote(kept.attempt.scenario, safe='')}"

    def whole(self) -> Iterator[Statement]:
        attempt = self._kept.attempt
        whole = {"contextActivities": {"grouping": [self._course()]}}
        yield self._statement("attempted", self._activity(), self._kept.begun, whole)
        for mark, reached in zip(attempt.marks, self._kept.reached, strict=True):
            yield self._step(mark, reached)
        result = self._result()
        if result["completion"]:
            done = {key: result[key] for key in ("completion", "duration")}
            yield self._statement("completed", self._activity(), self._kept.ended, whole, done)
        verb = "passed" if attempt.passed else "failed"
        yield self._statement(verb, self._activity(), self._kept.ended, whole, result)

    def _statement(
        self, verb: str, activity: Statement, at: datetime, context: Statement, result: Statement | None = None
    ) -> Statement:
        said = {
            "id": str(uuid5(self._kept.id, f"{verb} {activity['id']}")),
            "actor": _actor(self._kept.trainee, self._site),
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": _map(_VERBS[verb])},
            "object": activity,
            "context": {
                "registration": str(self._kept.id),
                **context,
                "platform": PLATFORM,
                "language": _TAGS[self._kept.language],
            },
            "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        return said if result is None else {**said, "result": result}

    def _step(self, mark: Mark, reached: datetime) -> Statement:
        """A step that was done, or one thing that an exam looked for."""
        examined = self._kept.attempt.mode is Mode.TEST
        verb = "failed" if not mark.right else "passed" if examined else "completed"
        result: Statement = {"success": mark.right, "completion": mark.right}
        if mark.possible:
            result["score"] = _score(mark.points, mark.possible)
        if not examined:
            result["duration"] = _duration(mark.seconds)
        result["extensions"] = {
            f"{self._site}/extensions/first-try": mark.first_try,
            f"{self._site}/extensions/hints": mark.hints,
        }
        if mark.instead:
            result["extensions"][f"{self._site}/extensions/instead"] = mark.instead
        around = {"parent": [self._activity()], "grouping": [self._course()]}
        return self._statement(verb, self._step_activity(mark), reached, {"contextActivities": around}, result)

    def _result(self) -> Statement:
        attempt = self._kept.attempt
        result: Statement = {
            "success": attempt.passed,
            "completion": _is_complete(attempt),
            "duration": _duration(attempt.seconds),
            "extensions": {
                f"{self._site}/extensions/first-try": attempt.first_try,
                f"{self._site}/extensions/hints": attempt.hints,
                f"{self._site}/extensions/steps": len(attempt.tasks),
            },
        }
        if attempt.possible:
            result["score"] = _score(attempt.points, attempt.possible)
        if attempt.lost:
            result["extensions"][f"{self._site}/extensions/lost"] = attempt.lost
        return result

    def _course(self) -> Statement:
        return _activity(f"{self._site}/lessons", "http://adlnet.gov/expapi/activities/course", _COURSE)

    def _activity(self) -> Statement:
        """The lesson, or its exam."""
        examined = self._kept.attempt.mode is Mode.TEST
        id, kind = (f"{self._of}/exam", "assessment") if examined else (self._of, "lesson")
        name = about = None
        if self._scenario is not None:
            name, about = self._scenario.title, self._scenario.purpose
        if self._scenario is not None and examined:
            title = self._scenario.title
            name, about = Wording(f"{title.ja}（試験）", f"{title.en} (exam)"), self._scenario.exam.task
        return _activity(id, f"http://adlnet.gov/expapi/activities/{kind}", name, about)

    def _step_activity(self, mark: Mark) -> Statement:
        within, kind = "steps", "http://id.tincanapi.com/activitytype/step"
        if self._kept.attempt.mode is Mode.TEST:
            within, kind = "exam", "http://adlnet.gov/expapi/activities/objective"
        words = None if self._scenario is None else words_of(self._scenario, mark.of)
        name = None if words is None else first_sentence(words)
        return _activity(f"{self._of}/{within}/{quote(mark.of, safe='')}", kind, name, words)


def _is_complete(attempt: Attempt) -> bool:
    """An exam that was handed in, or a lesson of which every step was reached."""
    if attempt.mode is Mode.TEST:
        return not attempt.lost
    return all(one.right for one in attempt.marks)


def _actor(trainee: str, site: str) -> Statement:
    try:
        return {"objectType": "Agent", "mbox": f"mailto:{fields.email(trainee)}"}
    except Refused:
        return {"objectType": "Agent", "account": {"homePage": site, "name": trainee}}


def _activity(id: str, kind: str, name: Wording | None, about: Wording | None = None) -> Statement:
    definition: Statement = {"type": kind}
    if name is not None:
        definition["name"] = _map(name)
    if about is not None:
        definition["description"] = _map(about)
    return {"objectType": "Activity", "id": id, "definition": definition}


def _map(words: Wording) -> dict[str, str]:
    return {_TAGS["ja"]: words.ja, _TAGS["en"]: words.en}


def _score(points: int, possible: int) -> dict[str, float]:
    return {"scaled": round(points / possible, 4), "raw": points, "min": 0, "max": possible}


def _duration(seconds: float) -> str:
    """In ISO 8601, to the hundredth of a second."""
    return f"PT{seconds:.2f}".rstrip("0").rstrip(".") + "S"

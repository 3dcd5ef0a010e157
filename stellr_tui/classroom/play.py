"""Playing a scenario in the terminal: what is begun or taken up again, the app to its end, what is kept of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from stellr_tui.classroom.exam import ExamApp
from stellr_tui.classroom.guide import GuideApp
from stellr_tui.classroom.resuming import begin_for
from stellr_tui.classroom.show import ShowApp
from stellr_tui.lessons.attempt import Mode
from stellr_tui.lessons.engine import Course
from stellr_tui.lessons.records import Records
from stellr_tui.lessons.world import open_world
from stellr_tui.rules.findings import Finding, Reason, Refused

if TYPE_CHECKING:
    from stellr_tui.classroom.attempting import AttemptApp
    from stellr_tui.lessons.records import Kept, Sitting
    from stellr_tui.lessons.scenario import Filed
    from stellr_tui.widgets.places import Place


def play(
    filed: Filed, mode: Mode, trainee: str, *, restart: bool = False, records: Records | None = None
) -> Kept | None:
    """Let someone practise or be examined; the attempt that is over then, None where it was left in the middle.

    What was left is taken up again, unless it is to be restarted. Refused: LESSON_IS_OPEN, OTHERWISE_UNDER_WAY,
    UNKNOWN_....
    """
    records = records or Records()
    with records.alone(trainee, filed.scenario.id):
        sitting = sit_down(records, filed, mode, trainee, restart=restart)
        app = open_app(filed, sitting)
        try:
            app.run()
            app.keep()
        finally:
            app.world.close()
        if app.failure is not None:
            raise app.failure
        if app.kept is not None:
            sitting.clear()
        return app.kept


def show(filed: Filed, pace: float = 1.0) -> None:
    """Let the program act, so many times as fast as a human, in a world of its own. Refused: UNKNOWN_...."""
    with TemporaryDirectory(prefix="stellr-lesson-") as folder:
        app = ShowApp(open_world(filed, Path(folder)), pace)
        try:
            app.run()
        finally:
            app.world.close()
    if app.failure is not None:
        raise app.failure


def sit_down(records: Records, filed: Filed, mode: Mode, trainee: str, *, restart: bool = False) -> Sitting:
    """The attempt to go on with, or a new one. Refused: OTHERWISE_UNDER_WAY."""
    sitting = None if restart else records.under_way(trainee, filed.scenario.id)
    if sitting is None:
        return records.begin(trainee, filed.scenario.id, mode)
    if sitting.mode is not mode:
        facts = {"mode": sitting.mode, "steps": sitting.steps}
        raise Refused(Finding(Reason.OTHERWISE_UNDER_WAY, "", filed.scenario.id, facts))
    return sitting


def open_app(filed: Filed, sitting: Sitting) -> AttemptApp:
    """The app of an attempt, where that was left. Refused where the world cannot be."""
    course = _course(filed, sitting)
    world = open_world(filed, sitting.world)
    app: AttemptApp
    if sitting.mode is Mode.TEST:
        app = ExamApp(world, course, sitting)
    else:
        place: Place | None = None
        with suppress(Refused):  # then all is done again from the beginning
            place = begin_for(world, course.number)
        app = GuideApp(world, course, sitting, place)
    app.keep()
    return app


def _course(filed: Filed, sitting: Sitting) -> Course:
    try:
        return Course.resumed(filed.scenario, sitting.course, monotonic())
    except (KeyError, TypeError, ValueError):
        return Course(filed.scenario, sitting.mode, monotonic())

"""Taking a lesson up again at a step: the world is as it was left, the screen has to be brought there.

What was typed into forms died with the program. So the app begins at the last page before the step at which one can
begin afresh (`at`), and the steps between are done again; what they left in the order book is there already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stellr_tui.classroom.names import place_named
from stellr_tui.widgets.places import Place

if TYPE_CHECKING:
    from stellr_tui.classroom.actor import Actor
    from stellr_tui.classroom.sight import Sight
    from stellr_tui.lessons.scenario import Scenario
    from stellr_tui.lessons.world import OpenWorld


def begin_for(world: OpenWorld, number: int) -> Place | None:
    """The page to open the app at for a step, from 1; None for where the lesson begins. Refused: UNKNOWN_…."""
    first = _first(world.filed.scenario, number)
    at = world.filed.scenario.step[first - 1].at
    return None if at is None else place_named(at.place, at.of, world.book())


async def catch_up(actor: Actor, sight: Sight, scenario: Scenario, number: int) -> None:
    """Bring the app, begun at `begin_for`, to where the step begins. Raises Stuck where it cannot be."""
    first = _first(scenario, number)
    at = scenario.step[first - 1].at
    for intent in at.do if at is not None else ():
        await actor.do(intent)
    for step in scenario.step[first - 1 : number - 1]:
        until = step.until
        if until is None or (until.of_book and until.instead(sight.look()) is None):
            continue
        for intent in step.do:
            await actor.do(intent)
        await actor.until(lambda until=until: until.instead(sight.look()) is None)  # type: ignore[misc]


def _first(scenario: Scenario, number: int) -> int:
    """The last step up to this one at which one can begin afresh; the first where there is none."""
    steps = range(min(number, len(scenario.step)), 0, -1)
    return next((one for one in steps if scenario.step[one - 1].at is not None), 1)

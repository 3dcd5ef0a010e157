"""What a lesson shows over the portal looks as it did, at two sizes of the terminal and in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stellr_tui.lessons.records import Records
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language
from tests.lessons.players import Seat
from tests.snapshots.lesson_states import STATES, app_for, bring

SIZES = {"80x24": (80, 24), "120x36": (120, 36)}


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    use_language(request.param)
    yield request.param
    use_language(DEFAULT_LANGUAGE)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STATES)
def test_what_a_lesson_shows_looks_as_it_did(
    name: str, size: str, spoken: str, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    app = app_for(STATES[name], tmp_path)

    async def act(pilot: Pilot[None]) -> None:
        await bring(Seat(app, pilot, Records(tmp_path)), STATES[name])

    assert snap_compare(app, terminal_size=SIZES[size], run_before=act)
    app.world.close()

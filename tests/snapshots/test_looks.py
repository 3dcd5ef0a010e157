"""Main states in the looks that one can choose, in a large terminal, and in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from stellr_tui.reference.settings import Density, Settings, Theme
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, Language, use_language
from tests.snapshots.states import STATES, app_for, open_stage, show

MAIN_STATES = ("home", "order-filled", "results-subscriptions")
LOOKS = {
    "light": Settings(theme=Theme.LIGHT),
    "contrast": Settings(theme=Theme.CONTRAST),
    "compact": Settings(density=Density.COMPACT),
}


@pytest.fixture
def look(template: Path, tmp_path: Path, snap_compare: Callable[..., bool]) -> Callable[..., bool]:
    """Compare a state with its picture, with these settings and in a terminal of this size."""

    def compare(name: str, size: tuple[int, int], settings: Settings | None = None) -> bool:
        stage = open_stage(template, tmp_path)
        bring = partial(show, stage=stage, state=STATES[name])
        return snap_compare(app_for(stage, settings), terminal_size=size, run_before=bring)

    return compare


@pytest.fixture
def english() -> Iterator[None]:
    """As somebody sees it who has chosen English."""
    use_language(Language.ENGLISH)
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.mark.parametrize("chosen", LOOKS)
@pytest.mark.parametrize("name", MAIN_STATES)
def test_a_main_state_in_a_look_that_was_chosen(name: str, chosen: str, look: Callable[..., bool]) -> None:
    assert look(name, (120, 36), LOOKS[chosen])


@pytest.mark.parametrize("name", MAIN_STATES)
def test_a_main_state_without_colours(name: str, look: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look(name, (120, 36))


@pytest.mark.parametrize("name", ["order-filled", "results-subscriptions"])
def test_a_main_state_in_a_large_terminal(name: str, look: Callable[..., bool]) -> None:
    assert look(name, (200, 60))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", [*MAIN_STATES, "unsaved"])
def test_a_main_state_in_english(name: str, look: Callable[..., bool]) -> None:
    assert look(name, (80, 24))

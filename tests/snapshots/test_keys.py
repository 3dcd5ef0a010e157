"""Each key that the foot of a page offers stands there whole, also in the smallest terminal, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding

from stellr_tui.app import StellrApp
from stellr_tui.reference.settings import Settings
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language
from stellr_tui.widgets.keys import Keys
from tests.snapshots.states import STATES, app_for, open_stage, show
from tests.waiting import until


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each language in turn."""
    use_language(request.param)
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("name", STATES)
async def test_every_key_at_the_foot_stands_there_whole(name: str, template: Path, tmp_path: Path) -> None:
    stage = open_stage(template, tmp_path)
    app = app_for(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, stage, STATES[name])
        await until(lambda: all(words in foot(app) for words in offered(app)), pilot)


async def test_keys_with_long_names_go_on_in_a_second_line(template: Path, tmp_path: Path) -> None:
    stage = open_stage(template, tmp_path)
    app = app_for(stage)
    app.settings = Settings(keys={"order.place": "ctrl+shift+f10", "order.new-end-user": "ctrl+shift+f11"})
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, stage, STATES["order"])
        await until(lambda: foot(app).count("\n") == 1, pilot)
        await until(lambda: all(words in foot(app) for words in offered(app)), pilot)


def offered(app: StellrApp) -> list[str]:
    """What must be read at the foot: each key with what it does, or, in a group, what the group does."""
    if not app.screen.query(Keys):
        return []
    shown = [one.binding for one in app.screen.active_bindings.values() if one.binding.show]
    return [words for binding in shown for words in _read(app, binding)]


def _read(app: StellrApp, binding: Binding) -> tuple[str, ...]:
    key = app.get_key_display(binding)
    return (key, binding.group.description) if binding.group else (f"{key} {binding.description}",)


def foot(app: StellrApp) -> str:
    """What is painted at the foot, line by line."""
    region = app.screen.query_one(Keys).region
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in strips[region.y : region.bottom])

"""Each screen in its main states looks as it did, at three sizes of the terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.snapshots.states import STATES, app_for, open_stage, show

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "160x48": (160, 48)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STATES)
def test_a_screen_looks_as_it_did(
    name: str, size: str, template: Path, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    stage = open_stage(template, tmp_path)
    bring = partial(show, stage=stage, state=STATES[name])
    assert snap_compare(app_for(stage), terminal_size=SIZES[size], run_before=bring)

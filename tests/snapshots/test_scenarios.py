"""Every scenario that is shipped looks at its marked steps as it did; a new one needs no line of Python for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]  # published without types
from syrupy.assertion import SnapshotAssertion

from stellr_tui.lessons.reading import load_scenario
from stellr_tui.reference.data import data_path
from tests.snapshots.scenarios import pictures_of

SCENARIOS = sorted(data_path("scenarios").glob("*.toml"))
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
# Every one at the smaller size; the larger one is that of the screens themselves, and here of the first lesson.
PICTURED = [(path, size) for path in SCENARIOS for size in SIZES if size == "80x24" or path is SCENARIOS[0]]


@pytest.mark.parametrize(("path", "size"), PICTURED, ids=[f"{path.stem}-{size}" for path, size in PICTURED])
async def test_a_scenario_looks_as_it_did(path: Path, size: str, snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    pictures = await pictures_of(load_scenario(path), SIZES[size])
    kept = snapshot.use_extension(SVGImageExtension)
    different = [step for step, picture in pictures.items() if picture != kept(name=step)]
    for step in different:
        (tmp_path / f"{step}.svg").write_text(pictures[step], encoding="utf-8")
    assert different == [], f"the screen behind these steps looks different now, see {tmp_path}"
    assert pictures, "mark the steps that are worth a picture"

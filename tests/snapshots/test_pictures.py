"""The README's pictures show the screens as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snapshots.pictures import FOLDER, PICTURES, picture


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_shows_the_screen_as_it_is_now(name: str, template: Path, tmp_path: Path) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")

    assert await picture(name, template, tmp_path) == kept, "make pictures"


def test_the_pictures_are_those_the_readme_shows() -> None:
    readme = (FOLDER.parents[1] / "README.md").read_text(encoding="utf-8")

    assert {path.stem for path in FOLDER.glob("*.svg")} == set(PICTURES)
    assert all(f"docs/pictures/{name}.svg" in readme for name in PICTURES)

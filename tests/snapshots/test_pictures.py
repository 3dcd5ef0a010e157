"""The README's pictures show the screens as they are now."""

from __future__ import annotations

from tests.snapshots.pictures import FOLDER, PICTURES, readme_pictures


async def test_the_pictures_show_the_screens_as_they_are_now() -> None:
    stale = [
        name
        for name, svg in (await readme_pictures()).items()
        if svg != (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    ]
    assert stale == [], "make pictures"


def test_the_pictures_are_those_the_readme_shows() -> None:
    readme = (FOLDER.parents[1] / "README.md").read_text(encoding="utf-8")

    assert {path.stem for path in FOLDER.glob("*.svg")} == set(PICTURES)
    assert all(f"docs/pictures/{name}.svg" in readme for name in PICTURES)

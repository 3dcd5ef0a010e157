"""A lesson as files for others: a picture of each step, a page to click through, a recording of the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stellr_tui.classroom.caption import captioned
from stellr_tui.classroom.check import walk_along
from stellr_tui.classroom.lesson_page import lesson_page
from stellr_tui.classroom.recording import Film
from stellr_tui.reference.texts import _, language, use_language

if TYPE_CHECKING:
    from stellr_tui.classroom.pictures import Pictured
    from stellr_tui.lessons.scenario import Filed, Scenario

SIZE = (100, 30)


async def exported(filed: Filed, languages: Sequence[str], size: tuple[int, int] = SIZE) -> dict[str, str]:
    """The files by their names, the lesson walked through once in each language. Refused: what is wrong with it.

    `ID.html`, `ID.ja.cast`, and `ID/ja/01-STEP.svg` for each step as it begins, its target marked and its instruction
    below; the last one shows what came of it all.
    """
    id = filed.scenario.id
    files: dict[str, str] = {}
    pictured: dict[str, tuple[Pictured, ...]] = {}
    for one in languages:
        with _spoken(one):
            film = Film(filed.scenario, size)
            await walk_along(filed, film, size=size)
            pictured[one] = tuple(film.pictured)
            files[f"{id}.{one}.cast"] = film.cast.text()
            files |= {f"{id}/{one}/{name}.svg": picture for name, picture in _pictures(filed.scenario, pictured[one])}
    return {f"{id}.html": lesson_page(filed.scenario, pictured), **files}


def _pictures(scenario: Scenario, pictured: Sequence[Pictured]) -> Iterator[tuple[str, str]]:
    """Each step as it begins, then the end; by their names, in the language spoken now."""
    for one in pictured:
        head = f"{one.number}/{len(pictured)}  {scenario.title}"
        yield f"{one.number:02}-{one.step.id}", captioned(one.before, head, str(one.step.instruction), one.target)
    yield f"{len(pictured) + 1:02}-end", captioned(pictured[-1].after, str(scenario.title), _("終わり"))


@contextmanager
def _spoken(chosen: str) -> Iterator[None]:
    before = language()
    use_language(chosen)
    try:
        yield
    finally:
        use_language(before)

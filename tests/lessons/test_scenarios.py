"""Every scenario that is shipped works from its beginning to its end, in every language."""

from pathlib import Path

import pytest

from stellr_tui.classroom.check import check
from stellr_tui.lessons.reading import load_scenario
from stellr_tui.lessons.shelf import find_scenarios
from stellr_tui.reference.data import data_path
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES, use_language

SHIPPED = sorted(data_path("scenarios").glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
async def test_a_lesson_can_be_walked_through_and_no_condition_holds_before_its_step(path: Path, language: str) -> None:
    use_language(language)
    findings = await check(load_scenario(path), ways=language == DEFAULT_LANGUAGE)
    assert [sentence(one) for one in findings] == []


def test_the_lessons_have_ids_of_their_own_and_require_only_each_other() -> None:
    lessons = [one.scenario for one in find_scenarios()]
    ids = [one.id for one in lessons]
    assert len(ids) == len(set(ids)) == len(SHIPPED)
    # What is required comes before: nobody has to go back and forth.
    assert [one.id for at, one in enumerate(lessons) if not set(one.requires) <= set(ids[:at])] == []

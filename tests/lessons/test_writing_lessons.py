"""The page for trainers is true: its examples work, its tables name everything there is, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stellr_tui.classroom.check import check
from stellr_tui.cli import main
from stellr_tui.lessons.book_conditions import ContractIs, EndUserIs, InvoiceIs, MailIs, OrderIs
from stellr_tui.lessons.conditions import Condition
from stellr_tui.lessons.intents import Intent
from stellr_tui.lessons.reading import kinds, load_scenario, shape
from stellr_tui.lessons.scenario import Past
from stellr_tui.lessons.world import open_world
from stellr_tui.reference.data import data_path
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import LANGUAGES, use_language
from stellr_tui.rules.status import Status
from tests.lessons.files import SMALL, written

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
EXAMPLE, PAST = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_example_is_a_lesson_that_works(language: str, tmp_path: Path) -> None:
    use_language(language)
    assert [sentence(one) for one in await check(load_scenario(written(tmp_path, EXAMPLE)))] == []


def test_the_example_is_checked_as_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, EXAMPLE, "my-lesson.toml")
    assert main(["lesson", "check", str(path)]) == 0
    monkeypatch.setattr("stellr_tui.classroom.actor.WITHIN", 1.0)
    wrong = written(tmp_path, EXAMPLE.replace('target = "put-in-cart"', 'target = "put-in-card"'), "wrong.toml")
    capsys.readouterr()
    assert main(["lesson", "check", str(wrong)]) == 1
    said = capsys.readouterr().err
    assert re.match(rf"{re.escape(str(wrong))}:\d+: ", said)
    assert "put-in-cart" in said


@pytest.mark.parametrize(
    ("written_there", "offered"),
    [('target = "put-in-cart"', "quantity-6900990"), ('key = "vendor.put-in-cart"', "vendor.save-selection")],
)
def test_a_question_mark_is_answered_with_the_names_there_are(
    written_there: str,
    offered: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stellr_tui.classroom.actor.WITHIN", 1.0)
    kind = written_there.partition(" ")[0]
    path = written(tmp_path, EXAMPLE.replace(written_there, f'{kind} = "?"'))
    assert main(["lesson", "check", str(path)]) == 1
    assert offered in capsys.readouterr().err


def test_it_names_every_command_for_lessons() -> None:
    from stellr_tui.commands.lesson import lesson

    assert [one for one in lesson.commands if f"stellr lesson {one}" not in PAGE] == ["open"]


def test_what_happened_before_can_have_happened(tmp_path: Path) -> None:
    text = SMALL.replace('signed_in = "lucy"\n', f'signed_in = "lucy"\n{PAST}')
    world = open_world(load_scenario(written(tmp_path, text)), tmp_path / "world")
    try:
        assert [one.po_number for one in world.book().orders()] == ["PO-1", "PO-2"]
    finally:
        world.close()


@pytest.mark.parametrize("kind", [*kinds(Intent), *kinds(Condition)])
def test_every_kind_of_intent_and_condition_stands_in_a_table(kind: str) -> None:
    assert re.search(rf"^\| `(?:{{ )?{kind} = ", PAGE, re.MULTILINE)


@pytest.mark.parametrize("statement", [OrderIs, ContractIs, InvoiceIs, MailIs, EndUserIs])
def test_all_that_can_be_said_of_a_thing_stands_beside_it(statement: type) -> None:
    first, *further = shape(statement)
    [row] = re.findall(rf"^\| `{first} = .*$", PAGE, re.MULTILINE)
    assert set(re.findall(r"`([a-z_0-9]+)`", row.split("|")[2])) == set(further)


def test_all_that_can_have_happened_and_every_status_is_named() -> None:
    past = PAGE[PAGE.index("## 始まりの状態") :]
    assert [key for key in shape(Past) if not re.search(rf"`{key}`|^{key} = ", past, re.MULTILINE)] == []
    [line] = re.findall(r"^ステータス / statuses: .*$", PAGE, re.MULTILINE)
    assert re.findall(r"`([a-z-]+)`", line) == [one.value for one in Status]


def test_its_links_lead_to_files() -> None:
    links = re.findall(r"\]\((?!#|http)([^)]+)\)", PAGE)
    assert links
    assert all((ROOT / "docs" / one).exists() for one in links)
    assert {(ROOT / "docs" / one).resolve() for one in links} == {data_path("scenarios", "scenario.schema.json")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/writing-lessons.md)" in readme

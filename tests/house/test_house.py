"""What the house promises about itself: pinned versions, no trace of a machine, all texts translated, a whole wheel."""

import os
import re
import string
import subprocess
import sys
import tomllib
import unicodedata
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from packaging.requirements import Requirement

from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
TRANSLATIONS = ROOT / "data" / "translations"
TRANSLATED_INTO = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]


def locked(name: str) -> list[str]:
    """The requirements of a lock file, each with its hashes, on one line."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def versions(name: str) -> set[str]:
    return {line.split(" --hash", 1)[0].strip() for line in locked(name)}


def files() -> list[Path]:
    """Every file of the project, as git sees it, the new ones included."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def source_texts() -> dict[str, str]:
    """Every text of the code that is to be translated, and where it is."""
    keywords = {"_": None, "N_": None}
    found = {}
    for package in ("stellr_tui", "screens"):
        for file, line, message, *_ in extract_from_dir(ROOT / package, [("**.py", "python")], keywords=keywords):
            for text in [message] if isinstance(message, str) else message:
                found[text] = f"{package}/{file}:{line}"
    return found


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "stellr.po").open("rb") as file:
        return read_po(file)


def translations(catalogue: Catalog) -> dict[object, object]:
    return {message.id: message.string for message in catalogue if message.id and message.string and not message.fuzzy}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def ambiguous(text: str) -> str:
    """The characters that one terminal shows in one cell and another in two."""
    return "".join(sorted({character for character in text if unicodedata.east_asian_width(character) == "A"}))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").lower()
    assert [word for word in ("http", "index-url", "find-links", "file:", "://", "@ ") if word in text] == []


@pytest.mark.parametrize("name", LOCKS)
def test_everything_in_a_lock_has_one_version_and_hashes(name: str) -> None:
    pinned = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    requirements = locked(name)
    assert len(requirements) > 20
    assert [line for line in requirements if not pinned.fullmatch(line)] == []


def test_what_runs_is_what_is_tested() -> None:
    assert versions("requirements.lock") <= versions("requirements-dev.lock")


@pytest.mark.parametrize(("name", "extras", "groups"), [(LOCKS[0], ["kana"], ["build"]), (LOCKS[1], None, None)])
def test_a_lock_has_all_that_the_project_asks_for(
    name: str, extras: list[str] | None, groups: list[str] | None
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional, grouped = project["project"]["optional-dependencies"], project["dependency-groups"]
    asked = chain(
        project["project"]["dependencies"],
        *(optional[extra] for extra in (optional if extras is None else extras)),
        *(grouped[group] for group in (grouped if groups is None else groups)),
    )
    pinned = {(pin := Requirement(line)).name: next(iter(pin.specifier)).version for line in versions(name)}
    wanted = [Requirement(line) for line in asked if isinstance(line, str)]
    assert len(wanted) > 10
    assert [str(want) for want in wanted if not want.specifier.contains(pinned.get(want.name, "0"))] == []


def test_textual_and_the_snapshot_plugin_have_exactly_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    drawing = ("textual", "pytest-textual-snapshot")
    exact = [line for line in required if isinstance(line, str) and Requirement(line).name in drawing]
    assert sorted(re.sub(r"==\d+(\.\d+)+$", "==", line) for line in exact) == ["pytest-textual-snapshot==", "textual=="]
    assert set(exact) <= versions("requirements-dev.lock")


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    place = re.compile(r"(?<![\w./:\-$}])/(?:(?:work|root|tmp)/[\w.]|(?:home|Users)/\w+/)[\w./-]*")
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in place.finditer(text)]
    assert found == []


def test_no_label_has_a_character_of_ambiguous_width() -> None:
    texts = source_texts()
    assert texts
    assert {place: ambiguous(text) for text, place in texts.items() if ambiguous(text)} == {}


def test_no_text_names_a_key_that_the_user_may_have_changed() -> None:
    key = re.compile(r"\b(Ctrl|Alt|Shift)\+\w|\bF[0-9]{1,2}\b")
    assert {text: place for text, place in source_texts().items() if key.search(text)} == {}


def test_every_catalogue_belongs_to_a_language_of_the_portal() -> None:
    assert "en" in TRANSLATED_INTO
    assert sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir()) == sorted(TRANSLATED_INTO)


@pytest.mark.parametrize("language", TRANSLATED_INTO)
def test_every_text_is_translated(language: str) -> None:
    translated = translations(catalogue(language))
    assert {text: place for text, place in source_texts().items() if text not in translated} == {}


@pytest.mark.parametrize("language", TRANSLATED_INTO)
def test_a_translation_has_the_gaps_of_its_text_and_no_ambiguous_width(language: str) -> None:
    for text, translation in translations(catalogue(language)).items():
        assert isinstance(text, str)
        assert isinstance(translation, str)
        assert placeholders(translation) == placeholders(text), text
        assert ambiguous(translation) == "", text


@pytest.mark.parametrize("language", TRANSLATED_INTO)
def test_the_compiled_catalogue_says_what_the_catalogue_says(language: str) -> None:
    compiled = (TRANSLATIONS / language / "LC_MESSAGES" / "stellr.mo").read_bytes()
    assert translations(read_mo(BytesIO(compiled))) == translations(catalogue(language))


def test_the_wheel_of_the_sdist_has_everything_and_finds_its_data(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    built = subprocess.run(build, check=False, capture_output=True, encoding="utf-8", env=environment)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with ZipFile(wheel) as archive:
        archive.extractall(installed)

    shipped = [path.relative_to(ROOT) for path in files()]
    expected = {
        "/".join(["stellr_tui", "_data", *path.parts[1:]] if path.parts[0] == "data" else path.parts)
        for path in shipped
        if path.parts[0] in ("data", "stellr_tui", "screens")
    }
    found = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert sorted(path for path in found if ".dist-info/" not in path) == sorted(expected)
    assert {Path(path).suffix for path in expected} >= {".py", ".tcss", ".toml", ".mo"}
    assert any("/migrations/" in path for path in expected)

    asked = subprocess.run(
        [sys.executable, "-c", "from stellr_tui.reference.data import data_path; print(data_path('catalog.toml'))"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert Path(asked.stdout.strip()) == installed / "stellr_tui" / "_data" / "catalog.toml"


def test_every_command_in_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = chain.from_iterable(line.split() for line in re.findall(r"^\.PHONY: (run .*)$", makefile, re.MULTILINE))
    explained = re.findall(r"^## (\w+): ", makefile, re.MULTILINE)
    assert sorted(targets) == sorted(explained)

"""The user's settings: every fault is named with file, line and key, what is right counts, and comments survive."""

from pathlib import Path

import pytest

from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.settings import Density, Settings, Theme, read_settings, save_settings
from stellr_tui.reference.texts import Language
from stellr_tui.rules.findings import Reason, Refused

EVERYTHING = """\
# ours
language = "en"
theme = "light"      # for the window seat
density = "compact"
account = "700100"
po_pattern = "PO-{yyyy}-{nnn}"

[keys]
"page.back" = "ctrl+left"
app.settings = "f11"
"""
CHOSEN = Settings(
    Language.ENGLISH,
    Theme.LIGHT,
    Density.COMPACT,
    "700100",
    "PO-{yyyy}-{nnn}",
    {"page.back": "ctrl+left", "app.settings": "f11"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "settings.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_as_by_default(path: Path) -> None:
    assert read_settings(path) == (Settings(), ())


def test_everything_that_can_be_chosen(path: Path) -> None:
    assert read_settings(written(path, EVERYTHING)) == (CHOSEN, ())


def test_what_is_allowed_is_named_once(path: Path) -> None:
    [finding] = read_settings(written(path, 'colour = "blue"\n[keys]\n"app.quit" = "f4"\n')).findings
    assert sentence(finding).count("keys") == 1


@pytest.mark.parametrize(
    ("line", "label", "given", "allowed"),
    [
        ('language = "fr"', "言語", "fr", "ja, en"),
        ('theme = "blue"', "テーマ", "blue", "dark, light, contrast"),
        ("density = 3", "表示", "3", "normal, compact"),
        ("account = 700100", "請求先口座番号", "700100", "文字列"),
        ('po_pattern = "PO-{yyyy}"', "発注番号のパターン", "PO-{yyyy}", "{nnn}"),
        ("keys = 1", "キー", "1", "テーブル"),
        ('colour = "blue"', "colour", "", "language, theme, density, account, po_pattern, keys"),
    ],
)
def test_a_fault_names_file_line_and_key_and_what_is_allowed(
    path: Path, line: str, label: str, given: str, allowed: str
) -> None:
    read = read_settings(written(path, f"# one\n# two\n{line}\n"))
    assert read.settings == Settings()
    [finding] = read.findings
    said = sentence(finding)
    assert said.startswith(f"{path}:3: ")
    assert line.partition(" = ")[0] in said
    assert label in said
    assert given in said
    assert allowed in said


def test_a_key_that_is_no_text_is_named_with_its_line(path: Path) -> None:
    read = read_settings(written(path, '[keys]\n"page.back" = 3\n"app.quit" = "f4"\n'))
    assert read.settings.keys == {"app.quit": "f4"}
    [finding] = read.findings
    assert finding.field == "keys.page.back"
    assert f"{path}:2: " in sentence(finding)


def test_what_is_right_counts_beside_what_is_wrong(path: Path) -> None:
    read = read_settings(written(path, EVERYTHING.replace('"light"', '"blue"')))
    assert read.settings.theme is Theme.DARK
    assert read.settings.language is Language.ENGLISH
    assert len(read.findings) == 1


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"language = ", "TOMLとして読めません"),
        (b"# one\nlanguage = \n", "TOMLとして読めません、2行目の12文字目"),
        (b"# one\n\xff\xfe", "UTF-8の文字ではありません、2行目"),
        (b"\xef\xbb\xbftheme = 1", "TOMLとして読めません、1行目の1文字目"),
    ],
)
def test_what_is_no_toml_is_said_with_the_file_and_nothing_counts(path: Path, content: bytes, detail: str) -> None:
    written(path, "").write_bytes(content)
    read = read_settings(path)
    assert read.settings == Settings()
    assert [one.reason for one in read.findings] == [Reason.UNREADABLE_FILE]
    assert str(path) in sentence(read.findings[0])
    assert detail in sentence(read.findings[0])


def test_a_folder_in_place_of_the_file_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    assert [one.reason for one in read_settings(path).findings] == [Reason.UNREADABLE_FILE]


def test_what_is_saved_is_what_is_read(path: Path) -> None:
    save_settings(CHOSEN, path)
    assert read_settings(path) == (CHOSEN, ())


def test_the_defaults_need_no_lines(path: Path) -> None:
    save_settings(Settings(), path)
    assert path.read_text(encoding="utf-8") == ""


def test_saving_leaves_comments_and_unknown_keys_where_they_are(path: Path) -> None:
    written(path, EVERYTHING.replace("# ours", "# ours\nlater = 1"))
    save_settings(Settings(Language.JAPANESE, Theme.CONTRAST, account="1"), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ours\nlater = 1\n")
    assert 'theme = "contrast"      # for the window seat' in text
    assert read_settings(path).settings == Settings(Language.JAPANESE, Theme.CONTRAST, account="1")


def test_saving_what_is_the_same_changes_nothing(path: Path) -> None:
    written(path, EVERYTHING)
    save_settings(CHOSEN, path)
    assert path.read_text(encoding="utf-8") == EVERYTHING


def test_saving_never_writes_over_what_cannot_be_read(path: Path) -> None:
    written(path, "language = ")
    with pytest.raises(Refused):
        save_settings(CHOSEN, path)
    assert path.read_text(encoding="utf-8") == "language = "


def test_a_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = written(tmp_path / "kept" / "mine.toml", "")
    path.parent.mkdir()
    path.symlink_to(kept)
    save_settings(CHOSEN, path)
    assert path.is_symlink()
    assert read_settings(kept).settings == CHOSEN


def test_where_it_cannot_be_written_it_is_said_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refused:
        save_settings(CHOSEN, tmp_path / "file" / "settings.toml")
    assert [one.reason for one in refused.value.findings] == [Reason.UNWRITABLE_FILE]
    assert [one.name for one in tmp_path.iterdir()] == ["file"]

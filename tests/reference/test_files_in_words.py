"""Why a file cannot be read or written is said in the language spoken, and not in that of the system."""

import errno
import os
from pathlib import Path

import pytest

from stellr_tui.reference.given_file import read_given_file
from stellr_tui.reference.new_file import write_new_file
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import speaking
from stellr_tui.reference.unreadable import not_written
from stellr_tui.rules.findings import Refused


@pytest.mark.parametrize(("language", "why"), [("ja", "フォルダーがありません"), ("en", "there is no such folder")])
def test_a_file_in_a_folder_that_there_is_not(tmp_path: Path, language: str, why: str) -> None:
    with speaking(language), pytest.raises(Refused) as refused:
        write_new_file(str(tmp_path / "missing" / "list.csv"), b"")
    with speaking(language):
        assert why in sentence(refused.value.findings[0])


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write_new_file(str(tmp_path / ("x" * 300)), b"")
    assert "名前が長すぎます" in sentence(refused.value.findings[0])


def test_a_folder_that_is_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_given_file(str(tmp_path), 10)
    assert "フォルダーです" in sentence(refused.value.findings[0])


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "権限"), (errno.EROFS, "許されていない"), (errno.ENOSPC, "空き容量"), (errno.EISDIR, "フォルダー")],
)
def test_what_keeps_a_file_from_being_written(number: int, said: str) -> None:
    assert said in not_written(OSError(number, os.strerror(number)))


def test_what_is_rare_is_said_as_the_system_has_it() -> None:
    assert not_written(OSError(errno.EIO, "Input/output error")) == "Input/output error"

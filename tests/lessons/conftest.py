"""Lessons away from the settings, the data and the language of whoever runs the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stellr_tui.reference.texts import DEFAULT_LANGUAGE, use_language


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test meets anything of the machine, or the language of the test before."""
    for name in ("STELLR_DATABASE", "STELLR_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    yield
    use_language(DEFAULT_LANGUAGE)

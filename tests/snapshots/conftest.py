"""The order book that every snapshot begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from stellr_tui.desk.opening import open_desk
from tests.snapshots.states import NOW


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training database as it is made at the first start."""
    path = tmp_path_factory.mktemp("snapshots") / "template.db"
    open_desk(str(path), lambda: NOW).store.close()
    return path


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings are where they are by default, which a picture shows."""
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

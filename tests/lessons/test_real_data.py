"""A lesson never touches the user's own order book: not one byte, and it is not even opened."""

import os
import subprocess
import sys
from pathlib import Path

from stellr_tui.desk.opening import open_desk
from tests.lessons.files import written

# Runs the command given behind it, and writes down every file that Python or SQLite is asked to open.
WATCHING = """
import os, sys
opened = []
def watch(event, arguments):
    if event in ("open", "sqlite3.connect", "os.rename", "os.remove", "os.truncate"):
        opened.extend(str(one) for one in arguments if isinstance(one, (str, bytes, os.PathLike)))
sys.addaudithook(watch)
from stellr_tui.cli import main
status = main(sys.argv[2:])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("\\n".join(opened))
sys.exit(status)
"""


def test_a_lesson_leaves_the_users_order_book_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / "stellr-tui" / "stellr.db"
    open_desk(str(own)).store.close()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own.parent.iterdir()}
    environment = {
        **os.environ,
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home)),
        "STELLR_DATABASE": str(own),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    log = tmp_path / "opened"
    command = [sys.executable, "-c", WATCHING, str(log), "lesson", "check", str(written(tmp_path))]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    opened = log.read_text(encoding="utf-8").splitlines()
    assert any("world.db" in path for path in opened)  # so the watching works
    assert [path for path in opened if "stellr.db" in path] == []
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own.parent.iterdir()} == before

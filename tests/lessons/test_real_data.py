"""A lesson never touches what is the user's own: not one byte, and it is not even opened; no mail goes out."""

import os
import subprocess
import sys
from pathlib import Path

from stellr_tui.desk.opening import open_desk
from tests.lessons.files import SMALL, written

# What is delivered is told by mail.
DELIVERED = """
[[world.past]]
order = { po_number = "PO-1", customer = 159813, lines = [{ sku = "6900990", seats = 1 }] }
[[world.past]]
today = 2024-04-02
"""

# Runs the command given behind it, and writes down every file that Python or SQLite is asked to open.
WATCHING = """
import os, sys
opened = []
def watch(event, arguments):
    if event in ("open", "sqlite3.connect", "os.rename", "os.remove", "os.truncate", "socket.connect"):
        opened.extend(str(one) for one in arguments if isinstance(one, (str, bytes, tuple, os.PathLike)))
sys.addaudithook(watch)
from stellr_tui.cli import main
status = main(sys.argv[2:])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("\\n".join(opened))
sys.exit(status)
"""


def test_a_lesson_leaves_the_users_order_book_and_settings_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / "stellr-tui" / "stellr.db"
    open_desk(str(own)).store.close()
    settings = own.parent  # every folder of the platform's is this one here
    (settings / "policy.toml").write_text('approval = "sometimes"\n', encoding="utf-8")
    (settings / "catalog.toml").write_text("[[vendor]]\n", encoding="utf-8")
    (settings / "mail.toml").write_text('from = "me@example.com"\n[smtp]\nhost = "127.0.0.1"\n', encoding="utf-8")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own.parent.iterdir()}
    environment = {
        **os.environ,
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home)),
        "STELLR_DATABASE": str(own),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    lesson = written(tmp_path, SMALL.replace('signed_in = "lucy"\n', f'signed_in = "lucy"\n{DELIVERED}'))
    log = tmp_path / "opened"
    command = [sys.executable, "-c", WATCHING, str(log), "lesson", "check", str(lesson)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    opened = log.read_text(encoding="utf-8").splitlines()
    assert any("world.db" in path for path in opened)  # so the watching works
    assert [path for path in opened if "stellr.db" in path or (str(settings) in path and ".toml" in path)] == []
    assert [address for address in opened if address.startswith("(")] == []  # nobody was called
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own.parent.iterdir()} == before

"""How many keys four tasks take, and how long by the keystroke-level model.

`python -m tests.bench.keystrokes [--steps]`

Each task is done in a real terminal of 80 x 24, from the home page, with the keys that are counted. `--steps` prints
each step of the web portal, too, with its operators and the page of the manual that shows it.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stellr_tui.desk.opening import open_desk
from tests.bench.four_tasks import TASKS, Task
from tests.bench.klm import Data, Press, Sees, operators, seconds
from tests.journeys.book import ROOT
from tests.journeys.clerk import Clerk
from tests.journeys.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Counted:
    """A task that was done: the keys of its data, those beyond, and the operators here and in the portal."""

    task: Task
    data_keys: int
    other_keys: int
    here: str
    portal: str

    @property
    def ratio(self) -> float:
        """The time here by the time in the portal."""
        return seconds(self.here) / seconds(self.portal)


def perform(task: Task, clerk: Clerk) -> Counted:
    """Do a task from the home page, and count what was pressed. AssertionError where the screen does not follow."""
    data = other = 0
    done = []
    for step in task.here:
        match step:
            case Sees(texts):
                clerk.sees(*texts)
                continue
            case Data(text):
                clerk.terminal.type(text)
                data += step.keys
            case Press(keys):
                clerk.terminal.press(*keys)
                other += len(keys)
        done.append(step)
    return Counted(task, data, other, operators(done), operators(task.portal))


def choose_settings(task: Task, home: Path) -> None:
    """The settings of whoever has this home folder, before the program starts."""
    folder = home / ".config" / "stellr-tui"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(task.settings, encoding="utf-8")


def at_home(clerk: Clerk) -> None:
    """From the login to where every task begins."""
    clerk.sign_in()
    clerk.open_stellr()


@contextmanager
def _seated(task: Task) -> Iterator[Clerk]:
    """A clerk at the home page of an order book made for the task."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "stellr.db"
        desk = open_desk(str(book))
        task.prepare(desk)
        desk.store.close()
        choose_settings(task, Path(folder))
        env = {"HOME": folder, "PYTHONPATH": str(ROOT), "TEXTUAL_ANIMATIONS": "none"}
        command = [sys.executable, "-m", "stellr_tui", "--database", str(book)]
        terminal = Terminal(command, rows=24, columns=80, env=env, cwd=Path(folder))
        try:
            clerk = Clerk(terminal)
            at_home(clerk)
            yield clerk
        finally:
            terminal.close()


def table(counted: Iterable[Counted]) -> str:
    """The figures as a table of Markdown."""
    lines = [
        "| task | keys beyond the data | keys of the data | here | web portal | here / portal |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in counted:
        most = f" (at most {one.task.most_keys})" if one.task.most_keys else ""
        here, portal = seconds(one.here), seconds(one.portal)
        times = f"{here:.1f} s | {portal:.1f} s | {one.ratio:.2f}"
        lines.append(f"| {one.task.name} | {one.other_keys}{most} | {one.data_keys} | {times} |")
    return "\n".join(lines)


def steps_in_the_portal(task: Task) -> str:
    """What is done in the portal for a task, as a table of Markdown."""
    lines = [f"### {task.name}", "", "| step | operators | in the manual |", "|---|---|---|"]
    for step in task.portal:
        what = f"`{step.text}`" if isinstance(step, Data) else step.what
        lines.append(f"| {what} | {_shortly(step.operators)} | {step.source} |")
    return "\n".join(lines)


def _shortly(written: str) -> str:
    """A long run of keys as their number."""
    run = len(written) - len(written.rstrip("K"))
    return written if run < 3 else f"{written[:-run]}{run}K"


def main(*, with_steps: bool) -> None:
    """Do the tasks and print."""
    counted = []
    for task in TASKS:
        with _seated(task) as clerk:
            counted.append(perform(task, clerk))
    print(table(counted))
    if with_steps:
        for task in TASKS:
            print("", steps_in_the_portal(task), sep="\n")


if __name__ == "__main__":
    main(with_steps="--steps" in sys.argv[1:])

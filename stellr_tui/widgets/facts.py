"""Facts: a label and what it says, one below the other, aligned in cells."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text
from textual.widgets import Static


class Facts(Static):
    """Labels on the left, what they say on the right, both as they are: nothing is markup."""

    DEFAULT_CSS = """
    Facts { height: auto; }
    """

    def __init__(
        self, facts: Iterable[tuple[str, str]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(_aligned(facts), id=id, classes=classes)

    def show(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show other facts."""
        self.update(_aligned(facts))


def _aligned(facts: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, said in facts:
        grid.add_row(Text(label), Text(said))
    return grid

"""A table of a long list, which is read from the desk a page at a time as one walks down it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.message import Message

from stellr_tui.desk.pages import Page
from stellr_tui.widgets.asking import asking_screen
from stellr_tui.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk

Row = TypeVar("Row")
ReadPage = Callable[["Desk", int | None], Page[Row]]
"""Asks the desk for the rows behind a key, or for the first ones."""


def begun_at(key: str) -> str:
    """The bookmark of a list of which nothing is read yet, with the cursor on a row."""
    return f"0 {key}"


class PagedRows(Rows):
    """Rows that are read on. `Filled` says that what was asked for is shown."""

    class Filled(Message):
        """The table shows what was asked for."""

        def __init__(self, rows: PagedRows) -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> PagedRows:
            """The table."""
            return self.rows

    def __init__(self, columns: Sequence[Column], *, id: str) -> None:
        super().__init__(columns, id=id)
        self._asked: Hashable = None
        self._read_page: ReadPage[Any] | None = None
        self._cells_of: Callable[[Any], tuple[str, Sequence[str]]] | None = None
        self._found: dict[str, Any] = {}
        self._next: int | None = None
        self._wanted = 0

    def read(
        self, asked: Hashable, read_page: ReadPage[Row], cells_of: Callable[[Row], tuple[str, Sequence[str]]]
    ) -> None:
        """Show what is `asked` for: another list from its beginning, the same one anew as far as it was read.

        cells_of gives the key of a row and a text for each column.
        """
        wanted = max(self._wanted, len(self._found) if asked == self._asked else 0)
        self._asked, self._read_page, self._cells_of, self._wanted = asked, read_page, cells_of, 0

        def question(desk: Desk) -> Page[Row]:
            rows, following = (page := read_page(desk, None)).rows, page.next
            while following is not None and len(rows) < wanted:
                rows, following = rows + (page := read_page(desk, following)).rows, page.next
            return Page(rows, following)

        asking_screen(self).ask(
            question, lambda page: self._show(asked, page), about=f"{self.id}-rows", latest_only=True
        )

    def come_to(self, key: str) -> None:
        """Have the cursor on a row when the list is read next, also where it is one behind those that are there."""
        self.bookmark = f"{len(self._found) + 1} {key}"

    def found(self, key: str) -> Any:
        """What the row of a key shows."""
        return self._found[key]

    def _show(self, asked: Hashable, page: Page[Any]) -> None:
        if asked == self._asked:
            self._found = {}
            self.fill(self._keep(page))
            self.post_message(self.Filled(self))

    def _keep(self, page: Page[Any]) -> list[tuple[str, Sequence[str]]]:
        assert self._cells_of is not None
        self._next = page.next
        shown = [self._cells_of(row) for row in page.rows]
        self._found |= {key: row for (key, _cells), row in zip(shown, page.rows, strict=True)}
        return shown

    @on(Rows.EndReached)
    def _read_on(self) -> None:
        asked, after, read_page = self._asked, self._next, self._read_page
        if after is not None and read_page is not None:
            asking_screen(self).ask(
                lambda desk: read_page(desk, after),
                lambda page: self._append(asked, after, page),
                about=f"{self.id}-more",
                latest_only=True,
            )

    def _append(self, asked: Hashable, after: int, page: Page[Any]) -> None:
        """More rows, unless something else has been asked for meanwhile."""
        if (asked, after) == (self._asked, self._next):
            self.append(self._keep(page))

    @property
    def bookmark(self) -> str:
        """Where one is, and how far the list has been read."""
        return f"{max(self._wanted, len(self._found))} {super().bookmark}"

    @bookmark.setter
    def bookmark(self, kept: str) -> None:
        read, _blank, self._comes_back_to = kept.partition(" ")
        self._wanted = int(read)

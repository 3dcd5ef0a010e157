"""Tables: rows with a stable key, cut to the cell with an ellipsis, stacked where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.console import JustifyMethod
from rich.text import Text
from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import DataTable
from textual.widgets.data_table import RowKey

from stellr_tui.reference.texts import N_, _

ELLIPSIS = ".."
_PADDING = 2  # of each cell
_SCROLL_BAR = 1
_SHOWN = 60  # cells of what was copied, in the notice that says so
_SURROUNDINGS = 2  # a page's padding, as long as it is not known how wide the table will be
_MUCH_ROOM = 130  # cells, from which on a row has as few lines as it needs, and the columns of words share the rest
_WORDS = 16  # cells of a column of words at least; what is narrower, such as a date, needs no more than it has


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in cells where there is room, and with which others it is stacked where not.

    Columns of the same `stack` stand in one cell, one below the other; neighbours only.
    """

    heading: str
    width: int
    stack: int
    right: bool = False


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, ending in `..` where something was cut off."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - len(ELLIPSIS))).rstrip() + ELLIPSIS


def _is_cut(widths: Sequence[int], needed: Sequence[int]) -> bool:
    """Whether there is too little room in some column."""
    return any(width < need for width, need in zip(widths, needed, strict=True))


def _lent(widths: Sequence[int], needed: Sequence[int], room: int) -> list[int]:
    """Widths with what some columns do not need given to those that lack it; who lacks least comes first."""
    lent = [min(width, need) for width, need in zip(widths, needed, strict=True)]
    left = max(0, room - sum(lent))
    for at in sorted(range(len(lent)), key=lambda at: needed[at] - lent[at]):
        more = min(left, needed[at] - lent[at])
        left, lent[at] = left - more, lent[at] + more
    return lent


def _in_lines(stacks: Iterable[Sequence[int]], lines: int) -> list[list[int]]:
    """What stands in one cell if no more than so many lines of a stack do."""
    return [list(stack[at : at + lines]) for stack in stacks for at in range(0, len(stack), lines)]


class Rows(DataTable[Text]):
    """A table of rows. Where its columns do not fit side by side they are stacked, so that none is out of sight.

    Where there is much room, no more of them are than have to be for their texts to be whole.
    """

    DEFAULT_CSS = """
    Rows { height: auto; max-height: 100%; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "copy_row", N_("行をコピー"), id="rows.copy-row", show=False),
        Binding("c", "copy_cell", N_("セルをコピー"), id="rows.copy-cell", show=False),
    ]

    def __init__(self, columns: Sequence[Column], *, id: str, cursor: bool = True) -> None:
        super().__init__(
            id=id, cursor_type="row" if cursor else "none", zebra_stripes=True, show_cursor=cursor, cell_padding=1
        )
        self._columns_wanted = tuple(columns)
        self._cells: dict[str, tuple[str, ...]] = {}
        self._longest = [cell_len(column.heading) for column in columns]
        self._groups: list[list[int]] = []
        self._widths: list[int] = []
        self._comes_back_to = ""
        if not cursor:
            self.can_focus = False

    def on_mount(self) -> None:
        """Lay the columns out for the terminal's width."""
        self._measure()
        self._lay_out(None)

    def on_resize(self, event: Resize) -> None:
        """Lay them out anew where the width asks for it."""
        self._fit()

    def _fit(self) -> None:
        groups = self._groups
        if self.is_attached and self._measure():
            if self._groups == groups:
                self._set_widths()
            else:
                self._lay_out(self.current)

    def fill(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Show these rows, each with its key and a text for each column; the cursor stays at its row."""
        current = self._comes_back_to or self.current
        self._cells = {key: tuple(cells) for key, cells in rows}
        self._comes_back_to = ""
        for cells in self._cells.values():
            self._note_lengths(cells)
        self._measure()
        self._lay_out(current)

    def append(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Show more rows behind those that are there; a column that is now too narrow becomes wider."""
        for key, cells in rows:
            self._cells[key] = tuple(cells)
            self._note_lengths(cells)
            self.add_row(key=key, height=self._lines())
        self._fit()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows, in their order."""
        return tuple(self._cells)

    def texts(self, key: str) -> tuple[str, ...]:
        """What a row says, a text for each column, uncut."""
        return self._cells[key]

    def get_row(self, row_key: RowKey | str) -> list[Text]:
        """A row as it is shown, cut to the columns as wide as they are now.

        The table itself keeps no cells: only what is in sight is cut, so that columns change their width in a moment,
        however long the list has become.
        """
        return self._row(self.texts(str(row_key.value) if isinstance(row_key, RowKey) else row_key))

    @property
    def current(self) -> str | None:
        """The key of the row under the cursor."""
        if not self.is_valid_coordinate(self.cursor_coordinate):
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    @property
    def bookmark(self) -> str:
        """Where one is, to come back to."""
        return self._comes_back_to or self.current or ""

    @bookmark.setter
    def bookmark(self, kept: str) -> None:
        """The cursor comes to stand there when the table is next filled."""
        self._comes_back_to = kept

    def action_copy_row(self) -> None:
        """The row under the cursor to the clipboard, its cells parted by tabs; what was marked with the mouse first."""
        if self.current is None or self.screen.get_selected_text():
            raise SkipAction
        self._copy("\t".join(self.texts(self.current)))

    def action_copy_cell(self) -> None:
        """A cell of the row under the cursor to the clipboard, once it has been chosen."""
        if self.current is None:
            return
        from stellr_tui.widgets.copy_cell import CopyCell

        headings = [column.heading for column in self._columns_wanted]
        self.app.push_screen(CopyCell(list(zip(headings, self.texts(self.current), strict=True))), self._copy)

    def _copy(self, text: str | None) -> None:
        if text is not None:
            self.app.copy_to_clipboard(text)
            shown = cut(text.replace("\t", "  "), _SHOWN)
            self.app.notify(_("コピーしました: {text}").format(text=shown), markup=False)

    class EndReached(Message):
        """The cursor stands on the last row: time to ask for more."""

        def __init__(self, rows: Rows) -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> Rows:
            """The table."""
            return self.rows

    @on(DataTable.RowHighlighted)
    def _look_ahead(self, event: DataTable.RowHighlighted) -> None:
        if self.has_focus and self._cells and event.cursor_row == len(self._cells) - 1:
            self.post_message(self.EndReached(self))

    def _note_lengths(self, cells: Sequence[str]) -> None:
        """Note what the longest text of each column is that was ever here, so that columns do not move to and fro."""
        self._longest = [max(length, cell_len(text)) for length, text in zip(self._longest, cells, strict=True)]

    def _measure(self) -> bool:
        """Decide what stands in one cell and how wide it is. Has it changed?"""
        before = (self._groups, self._widths)
        self._groups = self._stacked()
        self._widths = self._fitted(self._groups)
        return (self._groups, self._widths) != before

    def _room(self) -> int:
        """Cells for the columns and the padding between them."""
        return (self.outer_size.width or self.app.size.width - _SURROUNDINGS) - _SCROLL_BAR

    def _stacked(self) -> list[list[int]]:
        """What stands in one cell, one below the other: each column alone, or all of a stack where that is too wide.

        Where there is much room, a row has as few lines as leave the fewest columns with something cut.
        """
        wanted = self._columns_wanted
        stacks = [list(stack) for _stack, stack in groupby(range(len(wanted)), key=lambda at: wanted[at].stack)]
        most = max(len(stack) for stack in stacks)
        if self._cells and self._room() >= _MUCH_ROOM:
            lines = min(range(1, most + 1), key=lambda lines: self._cut_columns(_in_lines(stacks, lines)))
        else:
            lines = 1 if sum(column.width + _PADDING for column in wanted) <= self._room() else most
        return _in_lines(stacks, lines)

    def _cut_columns(self, groups: Sequence[Sequence[int]]) -> int:
        """In how many columns something would be cut if these stood in one cell."""
        fitted = zip(groups, self._fitted(groups), strict=True)
        return sum(self._longest[at] > width for group, width in fitted for at in group)

    def _fitted(self, groups: Sequence[Sequence[int]]) -> list[int]:
        """How wide each cell is. Each column gets its width, and what room is left is shared.

        No column keeps room that it does not need while the text of another one is cut by that.
        """
        room = self._room() - _PADDING * len(groups)
        widths = [max(self._columns_wanted[at].width for at in group) for group in groups]
        needed = [max(self._longest[at] for at in group) for group in groups]
        fitted = self._shared(groups, widths, room)
        if self._cells and (sum(widths) > room or _is_cut(fitted, needed)):
            fitted = self._shared(groups, _lent(widths, needed, room), room)
        return fitted

    def _shared(self, groups: Sequence[Sequence[int]], widths: Sequence[int], room: int) -> list[int]:
        """Give the first column what room is left.

        Where that is much the others would stand far away from it, and the columns of words share it by their widths,
        or all where none is of words.
        """
        shared = list(widths)
        left = max(0, room - sum(widths))
        sharing: Sequence[int] = range(len(widths))[:1]
        if room >= _MUCH_ROOM:
            words = [at for at, width in enumerate(widths) if width >= _WORDS and not self._is_right(groups[at])]
            sharing = words or range(len(widths))
        together = sum(widths[at] for at in sharing)
        for at in reversed(sharing):
            # What does not divide is left to the first.
            share = left if at == sharing[0] else left * widths[at] // together
            left, together = left - share, together - widths[at]
            shared[at] += share
        return shared

    def _lines(self) -> int:
        return max((len(group) for group in self._groups), default=1)

    def _is_right(self, group: Sequence[int]) -> bool:
        """Whether a cell holds nothing but numbers."""
        return all(self._columns_wanted[at].right for at in group)

    def _lay_out(self, current: str | None) -> None:
        self.clear(columns=True)
        self.header_height = self._lines()
        for heading, width in zip(self._headings(), self._widths, strict=True):
            self.add_column(heading, width=width)
        for key in self._cells:
            self.add_row(key=key, height=self._lines())
        if current in self._cells:
            self.move_cursor(row=self.get_row_index(current))

    def _update_dimensions(self, new_rows: Iterable[RowKey]) -> None:
        """How large the table is. Its widths and heights are given: no row is measured for them."""
        super()._update_dimensions(())

    def _set_widths(self) -> None:
        """Give the columns that are there their widths; the rows stay as they are, and so does what is in sight."""
        for column, heading, width in zip(self.ordered_columns, self._headings(), self._widths, strict=True):
            column.label, column.width = heading, width
        self._clear_caches()
        self._require_update_dimensions = True
        self.refresh()

    def _headings(self) -> list[Text]:
        return self._row([column.heading for column in self._columns_wanted])

    def _row(self, cells: Sequence[str]) -> list[Text]:
        row = []
        for group, width in zip(self._groups, self._widths, strict=True):
            lines = [cut(cells[one], width) for one in group]
            justify: JustifyMethod = "right" if self._is_right(group) else "left"
            row.append(Text("\n".join(lines), justify=justify, no_wrap=True, end=""))
        return row

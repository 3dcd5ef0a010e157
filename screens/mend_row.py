"""The cells of one row of a sheet, to be mended where one sees the row: those that are wrong, or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from stellr_tui.desk.order_sheet import COLUMNS, OrderRow, cell_at
from stellr_tui.reference.field_labels import field_label
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.form import Form, TextField

_CELL = "cell."


class MendRow(Form):
    """A field for each column. Enter in the last one that is shown says that the row is `Done`."""

    class Done(Message):
        """Enter behind the last field."""

    def __init__(self) -> None:
        super().__init__(*(TextField(f"{_CELL}{name}", field_label(name)) for name in COLUMNS), id="mend-row")
        self.row: OrderRow | None = None
        self.display = False

    def show(self, row: OrderRow | None, wrong: Iterable[Finding] = (), unusual: Iterable[Finding] = ()) -> None:
        """Show what is wrong or unusual about a row. Of the row that is shown already no field goes away again."""
        is_same = row is not None and self.row is not None and row.number == self.row.number
        self.row = row
        said = {cell_at(one.field)[1]: (one, True) for one in unusual}
        said |= {cell_at(one.field)[1]: (one, False) for one in wrong}
        with self.prevent(Input.Changed):
            for name, field in self.fields().items():
                column = name.removeprefix(_CELL)
                if row is not None and not (is_same and field.has_focus_within):
                    field.value = row.cell(column)
                field.clear_finding()
                if column in said:
                    finding, is_warning = said[column]
                    field.show_finding(finding.at(column), warning=is_warning)
                field.display = column in said or (is_same and field.display)
        self.display = any(field.display for field in self.fields().values())

    def show_all(self) -> None:
        """Show every cell of the row."""
        for field in self.fields().values():
            field.display = True
        self.display = self.row is not None

    def focus_first(self) -> None:
        """To the first cell that is wrong, else to the first that is shown."""
        shown = [field for field in self.fields().values() if field.display]
        for field in [*(one for one in shown if one.has_class("-refused")), *shown][:1]:
            field.focus_control()

    def mended(self) -> OrderRow | None:
        """The row as it now stands in the fields, if that differs from what was shown."""
        if self.row is None:
            return None
        cells = {name.removeprefix(_CELL): value.strip() for name, value in self.values().items()}
        if all(self.row.cell(column).strip() == cell for column, cell in cells.items()):
            return None
        return OrderRow(self.row.number, cells)

    def go_on(self, control: Widget) -> None:
        """Focus the next field that is shown; behind the last the row is done."""
        shown = [field for field in self.fields().values() if field.display]
        if shown and shown[-1] in control.ancestors_with_self:
            self.post_message(self.Done())
        else:
            super().go_on(control)

"""The file to save something in: asked for by name, written by the desk, never over what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input

from stellr_tui.desk.dates_file import save_dates, suggested_dates_file
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.export import Sheet, export_sheet, suggested_sheet_file
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.sheet_files import Written
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Finding
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.tick import Tick
from stellr_tui.widgets.words import Words

Saved = TypeVar("Saved")


class SaveFile(Dialog[Saved], Generic[Saved]):
    """A file's name, and 保存. Gives what the desk says of the file it wrote; a refusal stands at the field."""

    def __init__(self, title: str, suggested: str) -> None:
        super().__init__()
        self._title = title
        self._suggested = suggested

    def saving(self, file: str) -> Callable[[Desk], Saved]:
        """What writes a file of this name, as the dialog stands now."""
        raise NotImplementedError

    def title_text(self) -> str:
        return self._title

    def has_unsaved(self) -> bool:
        """A file's name is typed again in a moment."""
        return False

    def compose_dialog(self) -> Iterable[Widget]:
        yield Form(TextField("file", field_label("file"), required=True, proposal=self._suggested), id="save-file-form")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("保存"), id="save", compact=True, variant="primary")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        self.save(self.query_one(Form).values()["file"])

    def save(self, file: str) -> None:
        """Write a file of this name, and leave; or say why not."""
        self.ask(self.saving(file), self.dismiss, refused=self.refused, about="save-file")

    def refused(self, findings: tuple[Finding, ...]) -> None:
        """Say at the field why there is no file."""
        if homeless := self.query_one(Form).show_findings(findings):
            self.show_refusal(homeless)


class SaveList(SaveFile[Written]):
    """A list as CSV or XLSX, by the file's ending."""

    def __init__(self, title: str, suggested: str) -> None:
        super().__init__(_("{list}の書き出し").format(list=title), suggested)

    def compose_dialog(self) -> Iterable[Widget]:
        yield from super().compose_dialog()
        yield Words(_("名前の終わりが .xlsx ならExcelのブック、.csv ならCSVです。"), id="save-kinds", classes="note")
        yield Tick(_("CSVの先頭にBOMを付ける (Excel用)"), value=True, id="save-bom", compact=True)

    @property
    def bom(self) -> bool:
        """Whether a CSV is to begin with a byte order mark."""
        return self.query_one("#save-bom", Checkbox).value


class SaveSheet(SaveList):
    """A list of the order book."""

    def __init__(self, sheet: Sheet, suggested: str) -> None:
        super().__init__(sheet.title, suggested)
        self._sheet = sheet

    def saving(self, file: str) -> Callable[[Desk], Written]:
        user, bom = self.workplace.user, self.bom
        return lambda desk: export_sheet(desk, user, self._sheet, file, bom=bom)


class SaveDates(SaveFile[Written]):
    """The dates as iCalendar."""

    def saving(self, file: str) -> Callable[[Desk], Written]:
        user = self.workplace.user
        return lambda desk: save_dates(desk, user, file)


def save_calendar(screen: AskingScreen[Any]) -> None:
    """Ask in which file the dates are to be saved, and say where it then is."""

    def saved(written: Written | None) -> None:
        if written is not None:
            said = _("{count}件の予定を {path} に書き込みました。")
            screen.notify(said.format(count=f"{written.rows:,}", path=written.path), markup=False)

    screen.ask(
        suggested_dates_file,
        lambda suggested: screen.app.push_screen(SaveDates(_("カレンダーの書き出し"), suggested), saved),
        about="export",
    )


def save_sheet(screen: AskingScreen[Any], sheet: Sheet) -> None:
    """Save a list of the order book, under a name that is proposed."""
    screen.ask(
        lambda desk: suggested_sheet_file(desk, sheet),
        lambda suggested: ask_where(screen, SaveSheet(sheet, suggested)),
        about="export",
    )


def ask_where(screen: AskingScreen[Any], dialog: SaveList) -> None:
    """Ask in which file a list is to be saved, and say where it then is."""

    def saved(written: Written | None) -> None:
        if written is not None:
            said = _("{count}行を {path} に書き込みました。")
            screen.notify(said.format(count=f"{written.rows:,}", path=written.path), markup=False)

    screen.app.push_screen(dialog, saved)

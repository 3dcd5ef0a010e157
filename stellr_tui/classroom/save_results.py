"""The results as a file for spreadsheets: what is shown, in a file that is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import work

from screens.save_file import SaveList, ask_where
from stellr_tui.lessons.results_list import headings, rows
from stellr_tui.reference.new_file import suggested_path
from stellr_tui.reference.sheet_files import XLSX, write_list
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Refused

if TYPE_CHECKING:
    from stellr_tui.lessons.records import Kept
    from stellr_tui.lessons.scenario import Scenario
    from stellr_tui.widgets.asking import AskingScreen


class SaveResults(SaveList):
    """Written without a desk: results are in no order book."""

    def __init__(self, found: Sequence[Kept], scenarios: Mapping[str, Scenario]) -> None:
        name = f"stellr-lesson-results-{max(one.day for one in found)}{XLSX}"
        super().__init__(_("練習と試験の結果"), suggested_path(name))
        self._found = found
        self._scenarios = scenarios

    def save(self, file: str) -> None:
        """Write them, and leave; or say why not."""
        self._write(file)

    @work(exclusive=True, group="saving")
    async def _write(self, file: str) -> None:
        title, listed, bom = _("練習と試験の結果"), rows(self._found, self._scenarios), self.bom
        try:
            written = await asyncio.to_thread(write_list, file, title, headings(), listed, bom=bom)
        except Refused as refused:
            self.refused(refused.findings)
        else:
            self.dismiss(written)


def save_results(screen: AskingScreen[Any], found: Sequence[Kept], scenarios: Mapping[str, Scenario]) -> None:
    """Ask in which file the results are to be saved, and say where they then are."""
    ask_where(screen, SaveResults(found, scenarios))

"""構成呼出: taking up a selection again that was kept under a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from stellr_tui.desk.cart import Choice
from stellr_tui.reference.texts import _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words


class TakeUpSelection(Dialog[tuple[Choice, ...]]):
    """The saved selections, one to be taken up."""

    def __init__(self, saved: Mapping[str, tuple[Choice, ...]]) -> None:
        super().__init__()
        self._saved = list(saved.items())

    def title_text(self) -> str:
        return _("保存した構成")

    def compose_dialog(self) -> Iterable[Widget]:
        if not self._saved:
            yield Words(_("保存した構成はまだありません。"), id="no-selections")
            return
        options = [
            Option(Content(f"{name}  ({', '.join(f'{one.sku} x {one.seats}' for one in choices)})"))
            for name, choices in self._saved
        ]
        yield OptionList(*options, id="selections", compact=True)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._saved[event.option_index][1])

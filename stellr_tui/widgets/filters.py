"""What a list is narrowed by: fields in a row above it, which act while they are filled in."""

from __future__ import annotations

from stellr_tui.reference.texts import _
from stellr_tui.widgets.form import ChoiceField, Form


class Filters(Form):
    """Fields side by side, each with a label as short as it is. Enter in one of them leads on to the list."""

    DEFAULT_CSS = """
    Filters {
        layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2;
        Field .label { width: auto; }
        Field .finding { margin: 0; }
        SelectCurrent #label { height: 1; text-wrap: nowrap; text-overflow: clip; }
    }
    """

    @property
    def is_typed(self) -> bool:
        """What one looks for is nothing to be kept."""
        return False


class FilterChoice(ChoiceField):
    """A field that is chosen from a list; nothing chosen means all."""

    takes_only_choice = False

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label)
        self.select.prompt = _("すべて")

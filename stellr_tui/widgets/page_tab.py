"""A tab of a page: a widget of its own that reads what it shows when it is opened, and again whenever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.widgets import TabPane

from stellr_tui.reference.texts import _
from stellr_tui.widgets.asking import AskingScreen, asking_screen
from stellr_tui.widgets.workplace import Workplace

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk

Answer = TypeVar("Answer")


class PageTab(TabPane):
    """A tab. Subclasses give `heading` and `tab_id`, compose what is on it, and ask the desk in `load`.

    The page calls `load` when the tab is opened, so that a tab that nobody looks at costs nothing. Bindings of a
    tab work, and are shown, while the focus is in it.
    """

    heading: ClassVar[str]
    """What the tab is called, marked for translation with N_."""

    tab_id: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(_(self.heading), id=self.tab_id)

    def load(self) -> None:
        """Ask the desk for what the tab shows."""
        raise NotImplementedError

    @property
    def asking(self) -> AskingScreen[Any]:
        """The screen that asks the desk."""
        return asking_screen(self)

    @property
    def workplace(self) -> Workplace:
        """The app, as screens know of it."""
        return self.asking.workplace

    def ask(self, question: Callable[[Desk], Answer], then: Callable[[Answer], object], **options: Any) -> bool:
        """Ask the desk, as a screen does."""
        return self.asking.ask(question, then, **options)

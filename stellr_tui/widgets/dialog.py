"""Dialogs: a typed question over the page, answered or left with Escape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size, Spacing
from textual.layout import ArrangeResult, Layout
from textual.layouts.vertical import VerticalLayout
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Button

from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.words import Words


class _ButtonsInSight(VerticalLayout):
    """From top to bottom; where there is too little room, what scrolls gives way, and nothing else."""

    name = "buttons-in-sight"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        placed = super().arrange(parent, children, size, greedy)
        lacks = placed[-1].region.bottom - size.height if placed and size.height else 0
        if lacks <= 0:
            return placed
        body = next(at for at, one in enumerate(placed) if isinstance(one.widget, VerticalScroll))
        lower = placed[body]._replace(region=placed[body].region.shrink(Spacing(bottom=lacks)))
        below = [one._replace(region=one.region.translate((0, -lacks))) for one in placed[body + 1 :]]
        return [*placed[:body], lower, *below]


class _Frame(Vertical):
    """What is around a dialog, as high as what is in it or as the screen."""

    _in_sight: ClassVar[Layout] = _ButtonsInSight()

    @property
    def layout(self) -> Layout:
        return self._in_sight


class Dialog(AskingScreen[ScreenResultType | None], ModalScreen[ScreenResultType | None]):
    """A dialog: a title, what it is about, and buttons. Escape leaves it without an answer."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        #dialog {
            width: 90%; max-width: 100; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            #dialog-title { text-style: bold; height: 1; }
            #dialog-body { height: auto; }
            #dialog-buttons { height: 1; margin: 1 0 0 0; }
            Button { margin: 0 2 0 0; }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("閉じる"), id="dialog.leave"),
        Binding("left", "button(-1)", N_("左のボタン"), id="screen.button-left", show=False),
        Binding("right", "button(1)", N_("右のボタン"), id="screen.button-right", show=False),
    ]

    def title_text(self) -> str:
        """What the dialog is called."""
        raise NotImplementedError

    def compose_dialog(self) -> Iterable[Widget]:
        """What the dialog is about."""
        raise NotImplementedError

    def compose_buttons(self) -> Iterable[Button]:
        """The buttons; by default one to close it."""
        yield Button(_("閉じる"), id="close", compact=True, action="screen.leave")

    def compose(self) -> ComposeResult:
        with _Frame(id="dialog"):
            yield Words(self.title_text(), id="dialog-title")
            with VerticalScroll(id="dialog-body", can_focus=False):
                yield from self.compose_dialog()
            with Horizontal(id="dialog-buttons"):
                yield from self.compose_buttons()

    def called(self) -> str:
        return self.title_text()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right go from button to button; elsewhere they are for what has the focus."""
        if action == "button":
            return isinstance(self.focused, Button) and self.focused in self._buttons()
        return super().check_action(action, parameters)

    def action_button(self, direction: int) -> None:
        """To the button beside, if there is one."""
        buttons = self._buttons()
        at = buttons.index(self.focused) + direction if isinstance(self.focused, Button) else 0
        self.set_focus(buttons[max(0, min(at, len(buttons) - 1))])

    def _buttons(self) -> Sequence[Button]:
        return [one for one in self.query("#dialog-buttons Button").results(Button) if one.focusable]

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.leave()

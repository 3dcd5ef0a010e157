"""A small app to try the terminal itself on: what is typed is shown again, with its number of characters."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.events import Paste, Resize
from textual.widgets import Input, Label


class EchoApp(App[None]):
    """An input, and labels that repeat it, the last key and the size of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "say('F2')", "F2"),
        ("ctrl+s", "say('ctrl+s')", "ctrl+s"),
        ("shift+left", "say('shift+left')", "shift+left"),
        ("escape", "say('escape')", "escape"),
    ]

    def compose(self) -> ComposeResult:
        yield Input(placeholder="入力欄")
        yield Label("", id="echo", markup=False)
        yield Label("", id="key")
        yield Label("", id="size")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#echo", Label).update(f"[{event.value}] {len(event.value)}文字")

    def on_paste(self, event: Paste) -> None:
        self.action_say(f"pasted {len(event.text)}")

    def action_say(self, what: str) -> None:
        self.query_one("#key", Label).update(f"key: {what}")

    def on_resize(self, event: Resize) -> None:
        self.query_one("#size", Label).update(f"{event.size.width}x{event.size.height}")


if __name__ == "__main__":
    EchoApp().run()

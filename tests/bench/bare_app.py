"""The least that a Textual app can be, to compare with."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, Label


class BareApp(App[None]):
    """A header, a label, an input and a footer."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield Label("用意ができました")
        yield Input()
        yield Footer()


if __name__ == "__main__":
    BareApp().run()

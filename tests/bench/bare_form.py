"""One input and nothing else, to compare with: the least there is to type into."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class BareForm(App[None]):
    """A bare Textual Input."""

    def compose(self) -> ComposeResult:
        yield Input()


if __name__ == "__main__":
    BareForm().run()

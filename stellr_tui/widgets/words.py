"""Text that is shown as it is: what people typed is never markup."""

from textual.widgets import Static


class Words(Static):
    """Some words. `[/x]` in a company's name stays `[/x]`."""

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(words, markup=False, id=id, classes=classes)

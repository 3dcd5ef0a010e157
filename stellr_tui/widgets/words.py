"""Text that is shown as it is, what people typed is never markup, in lines that end where Japanese may end."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Button, Static

from stellr_tui.reference.line_breaks import wrapped


class _Lines(Visual):
    """A text broken into lines. Textual itself breaks at blanks alone, which stand between Latin words only."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._for(options.rules, width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return Content(self._text).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._for(rules, width).get_height(rules, width)

    def _for(self, rules: RulesMap, width: int) -> Content:
        if rules.get("text_wrap") == "nowrap":
            return Content(self._text)
        return Content("\n".join(wrapped(self._text, width)))


class Words(Static):
    """Some words. `[/x]` in a company's name stays `[/x]`."""

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(words, markup=False, id=id, classes=classes)

    @property
    def visual(self) -> Visual:
        """The words in lines, as wide as there is room."""
        return _Lines(str(self.content))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was marked with the mouse, line by line as it is shown."""
        return selection.extract("\n".join(wrapped(str(self.content), self.content_size.width))), "\n"


def relabel(button: Button, words: str) -> None:
    """Write something else on a button, which becomes as wide as that takes. Textual leaves it as wide as it was."""
    button.label = Content(words)
    button.refresh(layout=True)

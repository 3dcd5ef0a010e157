"""What there is to see of the real app, as conditions and the engine ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, Checkbox, DataTable, Input, OptionList, Select

from stellr_tui.classroom.names import called, place_name, screen_name
from stellr_tui.lessons.conditions import Look, Standing
from stellr_tui.widgets.form import Field
from stellr_tui.widgets.page import Page
from stellr_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from stellr_tui.classroom.app import LessonApp
    from stellr_tui.lessons.book import Book


class Sight:
    """The view of a lesson's app. It only reads, and belongs to the event loop."""

    def __init__(self, app: LessonApp, book: Book) -> None:
        self._app = app
        self._book = book

    def look(self) -> Look:
        """One look at everything, as it is now."""
        self._book.turn()
        return Look(self, self._book)

    def place(self) -> Standing | None:
        """The page that is shown, with nothing over it; else None."""
        place = self._app.place
        if place is None or not isinstance(self._app.portal_screen, Page):
            return None
        return Standing(place_name(type(place)), called(place, self._book))

    def screen(self) -> str:
        """What is on top of all, by its name; a page by that of its place."""
        place = self._app.place
        screen = self._app.portal_screen
        return place_name(type(place)) if place is not None and isinstance(screen, Page) else screen_name(screen)

    def focus(self) -> tuple[str, ...]:
        """The ids of what has the focus and of all that it stands in."""
        focused = self._app.portal_screen.focused
        return () if focused is None else tuple(one.id for one in focused.ancestors_with_self if one.id)

    def values(self, target: str) -> tuple[str, ...]:
        """What stands in a field; of a selection the words and the key, of a box to tick `true` or `false`."""
        widget = self.find(target)
        match widget:
            case Input():
                return (widget.value,)
            case Checkbox():
                return ("true" if widget.value else "false",)
            case Select():
                return tuple(
                    form for words, key in widget._options if key == widget.value for form in (str(words), str(key))
                )
            case Field():
                return (widget.value,)
            case _:
                return ()

    def text(self, target: str) -> str | None:
        """What a widget and all within it show; None where it is not shown."""
        widget = self.find(target)
        return None if widget is None else "\n".join(_texts(widget))

    def refused(self) -> bool:
        """Whether a field is marked as refused, or a notice of a refusal stands over the page."""
        if any(one.has_class("-refused") for one in self._app.portal_screen.query(Field)):
            return True
        return any(one.severity == "error" for one in self._app._notifications)

    def find(self, target: str) -> Widget | None:
        """The widget of an id that is shown on the portal's screen on top."""
        below = self._app.portal_screen.walk_children(Widget)
        return next((one for one in below if one.id == target and is_shown(one)), None)

    def ids(self) -> tuple[str, ...]:
        """The ids of all that is shown."""
        shown = (one.id for one in self._app.portal_screen.walk_children(Widget) if one.id and is_shown(one))
        return tuple(dict.fromkeys(shown))


def is_shown(widget: Widget) -> bool:
    """Whether a widget is displayed, in sight or to be scrolled to.

    What has no size yet is not: of pages behind each other all are displayed for a moment, before any is laid out.
    """
    return (
        bool(widget.outer_size)
        and widget.is_attached
        and all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))
    )


def _texts(widget: Widget) -> Iterator[str]:
    match widget:
        case Rows():
            for key in widget.keys:
                yield "  ".join(widget.texts(key))
        case DataTable():
            for row in widget.rows:
                yield "  ".join(str(cell) for cell in widget.get_row(row))
        case OptionList():
            for option in widget.options:
                yield str(option.prompt)
        case Input():
            yield widget.value
        case Button():
            yield str(widget.label)
        case Select():
            yield from (str(words) for words, key in widget._options if key == widget.value)
        case _ if widget.children:
            for one in widget.displayed_children:
                yield from _texts(one)
        case _:
            lines = widget.render_lines(Region(0, 0, *widget.size)) if widget.size else ()
            yield "\n".join(strip.text.rstrip() for strip in lines)

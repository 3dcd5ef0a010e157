"""Every widget of a page is told its size, whoever looked where it will be before it was there."""

from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Label

from stellr_tui.widgets.close_up import CloseUp
from tests.waiting import until


class Table(Label):
    """What lays itself out for the width it is told."""

    told = 0

    def on_resize(self, event: Resize) -> None:
        self.told = event.size.width


class Page(Screen[None]):
    """A table between margins, and a long text below it."""

    CSS = "Table { width: 100%; } #page { height: 4; } #text { height: 4; }"

    def __init__(self) -> None:
        super().__init__()
        self._compositor = CloseUp()

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Table("81766")
        with VerticalScroll(id="text"):
            yield from (Label(f"{line}", id=f"line-{line}") for line in range(50))


class Portal(App[None]):
    """An app of that page."""

    def on_mount(self) -> None:
        self.push_screen(Page())


async def test_a_widget_is_told_its_size_though_somebody_has_asked_for_a_place_before_the_margins_were_laid_out() -> (
    None
):
    app = Portal()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: app.screen.query(Table) and app.screen.query_one(Table).told == 80, pilot)
        table, text = app.screen.query_one(Table), app.screen.query_one("#text")
        text.scroll_to(y=20, animate=False)
        await until(lambda: text.scroll_offset.y == 20, pilot)
        await pilot.pause()
        app.screen.query_one("#page").styles.padding = (0, 4)
        assert app.screen.query_one("#line-1").region  # out of sight
        await until(lambda: table.outer_size.width == 72, pilot)
        await until(lambda: table.told == 72, pilot)

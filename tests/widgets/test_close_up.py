"""Every widget is told its size, whoever looked where it will be; and no character is lost over what ends below it."""

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
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


NOTICE = "処理日は2024-07-01です。発行した請求書: 1"


class Covered(Screen[None]):
    """A notice over many narrow widgets, which end under each of its characters."""

    CSS = """
    Covered { layers: below above; }
    #many { layer: below; }
    .narrow { width: 1; }
    #notice { layer: above; offset: 4 0; width: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = CloseUp()

    def compose(self) -> ComposeResult:
        with Horizontal(id="many"):
            yield from (Label("x", classes="narrow") for _column in range(80))
        yield Label(NOTICE, id="notice")


class Noticing(App[None]):
    """An app of that screen."""

    def on_mount(self) -> None:
        self.push_screen(Covered())


async def test_no_wide_character_is_lost_where_something_ends_below_it() -> None:
    app = Noticing()
    async with app.run_test(size=(80, 4)) as pilot:
        line = "xxxx" + NOTICE + "x" * (80 - 4 - cell_len(NOTICE))
        await until(lambda: app.screen._compositor.render_strips(app.size)[0].text == line, pilot)
        # Also where only what is below has changed.
        below = next(one for one in app.screen.query(".narrow") if one.region.x == 5)
        region = below.region
        chops = app.screen._compositor._render_chops(region, region.line_range.__contains__)[region.y]
        assert next(strip.text for at, strip in chops.items() if at == 4) == NOTICE

"""A form's remarks: they come from the desk, and may come when the form has been left."""

import asyncio

from textual.app import App, ComposeResult
from textual.screen import Screen

from stellr_tui.rules.findings import Remarks
from stellr_tui.widgets.form import Form, TextField
from tests.waiting import until


class Asked(Screen[None]):
    """A form over another screen."""

    def compose(self) -> ComposeResult:
        yield Form(TextField("company", "会社名"), id="form")


async def test_remarks_that_come_as_the_form_is_left_are_no_crash_on_the_screen_below() -> None:
    app = App[None]()
    async with app.run_test(size=(60, 12)) as pilot:
        below, is_gone = app.screen, asyncio.Event()
        await app.push_screen(Asked())
        form = app.screen.query_one(Form)
        await until(lambda: form.is_mounted, pilot)
        below.call_later(is_gone.wait)  # busy until then
        form.show_remarks(Remarks())
        await app.pop_screen()
        assert not form.is_attached
        is_gone.set()
        await until(lambda: not below._callbacks, pilot)
        await pilot.pause()

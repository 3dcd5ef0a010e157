"""The screens that everything else is opened over: a page, and the first screens of the portal and of the lobby."""

from __future__ import annotations

from asyncio import gather

from textual.screen import ScreenResultType

from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.type_ahead import see_through


class Ground(AskingScreen[ScreenResultType]):
    """A screen that stands on its own: no other one waits below it for what comes of it.

    So it alone can be said in another language while it is open. A dialog, or a form that a page has opened, is closed
    first: its page would else be said in another language than what stands over it, or begin anew while it waits.
    """

    def say_anew(self) -> None:
        """Say everything here in the language spoken now. What is typed, and where one is, stays."""
        raise NotImplementedError

    async def answered(self) -> None:
        """Wait until all that is asked here is answered, and the answers are shown."""
        while asked := [one for one in self.workers if one.node is self and one.group != "default"]:
            await gather(*(one.wait() for one in asked), return_exceptions=True)
            await see_through(self)

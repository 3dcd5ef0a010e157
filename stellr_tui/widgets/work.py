"""Work that a worker runs on the event loop."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ParamSpec

Given = ParamSpec("Given")


def work_of(
    do: Callable[Given, Awaitable[None]], *args: Given.args, **named: Given.kwargs
) -> Callable[[], Awaitable[None]]:
    """What a worker is to do.

    Not a coroutine: one that is overtaken by the end of the app, or by newer work, before it has begun would be
    reported as never awaited, in the terminal that the app has left.
    """
    return partial(do, *args, **named)

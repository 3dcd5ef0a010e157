"""A page in the browser that the machine has, driven as a person drives it, with no way to the network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from tests.pictures import CHROMIUM, OPTIONS

needs_browser = pytest.mark.skipif(
    not CHROMIUM, reason="chromium is not installed: how a browser shows the page of a lesson is left out"
)


@asynccontextmanager
async def opened(page: Path, address: str = "", **context: Any) -> AsyncIterator[tuple[Page, list[str]]]:
    """A file in the browser; beside it what it asked for, itself left out, and what its script complained of."""
    asked: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        try:
            shown = await (await browser.new_context(**context)).new_page()
            own = page.resolve().as_uri()

            async def stop(route: Any) -> None:
                if route.request.url.partition("#")[0] == own:
                    await route.continue_()
                else:
                    asked.append(route.request.url)
                    await route.abort()

            await shown.route("**/*", stop)
            shown.on("pageerror", lambda error: asked.append(str(error)))
            shown.on("console", lambda message: asked.append(message.text))
            await shown.goto(own + address)
            yield shown, asked
        finally:
            await browser.close()

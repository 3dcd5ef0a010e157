"""The README's pictures, made from the screens themselves: `python -m tests.snapshots.pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from stellr_tui.desk.opening import open_desk
from tests.snapshots.states import NOW, STATES, app_for, open_stage, show

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = (100, 28)
PICTURES = ("home", "vendor-filled", "order-filled", "provisioning-3", "subscriptions")


async def picture(name: str, template: Path, folder: Path) -> str:
    """The screen of a state as an SVG."""
    stage = open_stage(template, folder)
    app = app_for(stage)
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, stage, STATES[name])
        return app.export_screenshot()


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            template = Path(folder) / "template.db"
            open_desk(str(template), lambda: NOW).store.close()
            svg = asyncio.run(picture(name, template, Path(folder)))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The README's pictures, made from the first lesson's marked steps: `python -m tests.snapshots.pictures`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from stellr_tui.lessons.reading import load_scenario
from stellr_tui.reference.data import data_path
from tests.snapshots.scenarios import pictures_of

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = (100, 28)
PICTURES = {
    "home": "open-stellr",
    "vendor-filled": "quantity",
    "order-filled": "po-number",
    "provisioning-3": "services",
    "subscriptions": "send",
}
"""The name of each picture, and the step behind which it is taken."""


async def readme_pictures() -> dict[str, str]:
    """The pictures (SVG) by their names."""
    taken = await pictures_of(load_scenario(data_path("scenarios", "01-new-order.toml")), SIZE)
    return {name: taken[step] for name, step in PICTURES.items()}


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in asyncio.run(readme_pictures()).items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()

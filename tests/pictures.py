"""Pictures and pages through the browser that the machine has: SVG to PNG, and what a page says after its script ran.

As a program: python tests/pictures.py picture.svg picture.png
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
"""The browser's program; empty where there is none."""

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How it is started: by root, without a display, and quiet."""

WITHIN = 120
"""Seconds until a browser that does not come back is given up."""


def render(svg: Path, png: Path) -> None:
    """Draw an SVG as a browser shows it, at its own size; RuntimeError where the browser draws nothing."""
    text = svg.read_text(encoding="utf-8")
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    if found is None:
        raise ValueError(f"{svg} does not say how large it is")
    width, height = (round(float(number)) for number in found.groups())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        style = "<style>body{margin:0} svg{display:block;width:100vw}</style>"
        page.write_text(f'<!doctype html><meta charset="utf-8">{style}{text}', encoding="utf-8")
        _browse(page, f"--screenshot={png.resolve()}", f"--window-size={width},{height}", "--hide-scrollbars")
    if not png.is_file():
        raise RuntimeError(f"the browser drew nothing for {svg}")


def html_after_scripts(page: Path) -> str:
    """The page's HTML after its scripts have run."""
    return _browse(page, "--dump-dom")


def _browse(page: Path, *options: str) -> str:
    if not CHROMIUM:
        raise RuntimeError("chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                CHROMIUM,
                "--headless",
                *OPTIONS,
                f"--user-data-dir={profile}",
                *options,
                page.resolve().as_uri(),
            ],
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=WITHIN,
        )
    if done.returncode:
        raise RuntimeError(f"the browser failed: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    render(Path(sys.argv[1]), Path(sys.argv[2]))

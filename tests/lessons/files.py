"""A small lesson as a file, to change: at the portal already, one step to Stellr's top."""

from pathlib import Path

SMALL = """\
id = "small"
minutes = 1
manual = "StreamOne Stellr"
title = { ja = "トップを開く", en = "Open the top" }
purpose = { ja = "ホームへ行きます。", en = "Go home." }

[world]
today = 2024-03-11
signed_in = "lucy"

[[step]]
id = "home"
target = "tile-stellr"
instruction = { ja = "開きます。", en = "Open it." }
do = [{ press = "tile-stellr" }]
until = { place = "home" }
picture = true

[exam]
task = { ja = "ホームを開いてください。", en = "Open the top page." }

[[exam.must]]
name = { ja = "ホームが開いている", en = "The top page is open" }
points = 1
until = { place = "home" }
"""


def written(folder: Path, text: str = SMALL, name: str = "small.toml") -> Path:
    """The text as a scenario's file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def line_of(text: str, part: str) -> int:
    """The line, from 1, on which a part stands first."""
    return text[: text.index(part)].count("\n") + 1

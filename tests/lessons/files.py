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


THREE_STEPS = (
    SMALL.replace('id = "small"', 'id = "three-steps"', 1)
    .replace(
        'points = 1\nuntil = { place = "home" }', 'points = 1\nuntil = { place = "vendor-page", of = "pocketalk" }'
    )
    .replace(
        "[exam]\n",
        """\
[[step]]
id = "vendor"
target = "vendor-pocketalk"
do = [{ press = "vendor-pocketalk" }]
until = { place = "vendor-page", of = "pocketalk" }
hint = [{ ja = "キーはEnterです。", en = "The key is Enter." }]
instruction.ja = "次に、\\nベンダーのページを開きます。"
instruction.en = "Then open the <b>vendor</b> & look.\\nTake your time."

[[step]]
id = "quantity"
target = "quantity-6900990"
instruction = { ja = "数量に「12」を入力します。", en = "Type the quantity 12." }
do = [{ fill = "quantity-6900990", with = "12" }]
until = { field = "quantity-6900990", is = "12" }
picture = true

[exam]
""",
        1,
    )
)
"""Three steps, with what has a meaning in HTML in their words."""

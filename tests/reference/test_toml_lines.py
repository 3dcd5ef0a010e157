"""Each key of a TOML file is found on its line, however the file is written."""

import tomllib
from collections.abc import Iterator

import pytest

from stellr_tui.reference.toml_lines import line_at, lines_of

TEXT = '''\
# A comment = 1
id = "a"  # another [x]
[world]
"of.it" = 1
long = """\\
  one = 1
  "two" = 2 ]}\\"""""
plain = \'\'\'
[[step]]\'\'\'
[[step]]
do = [ { press = "a" },
  # between
  { press = "]}" },
]
until.place = "home"
[step.hint]
ja = "#"
[[step]]
way = [[{ key = "x" }],
       [{ key = 'y#' }]]
day = 2024-03-11
[[step.more]]
[[step.more]]
x = { y = [1,
  2] }
'''

LINES = {
    "id": 2,
    "world": 3,
    "world.of.it": 4,
    "world.long": 5,
    "world.plain": 8,
    "step.1": 10,
    "step.1.do": 11,
    "step.1.do.1.press": 11,
    "step.1.do.2": 13,
    "step.1.do.2.press": 13,
    "step.1.until.place": 15,
    "step.1.hint.ja": 17,
    "step.2": 18,
    "step.2.way.1.1.key": 19,
    "step.2.way.2.1.key": 20,
    "step.2.day": 21,
    "step.2.more.1": 22,
    "step.2.more.2": 23,
    "step.2.more.2.x.y.2": 25,
}


def ways(value: object, where: str = "") -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for key, one in items:
        way = f"{where}.{key}" if where else str(key)
        yield way
        yield from ways(one, way)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")], ids=["lf", "crlf"])
def test_a_key_is_found_on_its_line(text: str) -> None:
    found = lines_of(text)
    assert {key: found[key] for key in LINES} == LINES


def test_every_key_that_is_read_has_a_line() -> None:
    document = tomllib.loads(TEXT)
    # A list of tables has lines for its tables alone.
    lists = {"step", "step.2.more"}
    assert set(ways(document)) - set(lines_of(TEXT)) == lists


def test_what_is_missing_is_on_the_line_of_what_it_would_stand_in() -> None:
    lines = lines_of(TEXT)
    assert line_at(lines, "step.1.until.of") == 15
    assert line_at(lines, "step.2.instruction.ja") == 18
    assert line_at(lines, "minutes") == 1

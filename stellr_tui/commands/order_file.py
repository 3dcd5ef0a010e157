"""Reading an order file: TOML or JSON, strictly. What it says is judged elsewhere."""

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stellr_tui.reference.given_file import check_size, read_given_file
from stellr_tui.reference.texts import _
from stellr_tui.reference.unreadable import not_utf8, not_valid
from stellr_tui.rules.findings import Finding, Reason, Refused

STANDARD_INPUT = "-"
MAX_BYTES = 1_000_000


class _Twice(ValueError):
    """A key that stands twice in one JSON object: which of them counts would be a guess."""


def read_order_file(name: str) -> Mapping[str, Any]:
    """What a file says, or standard input for `-`. Refused: UNREADABLE_FILE (facts: file, detail), WRONG_TYPE.

    The name's ending tells TOML from JSON; without one, JSON begins with a brace, which TOML never does.
    """
    text = _text(name)
    ending = Path(name).suffix.lower()
    is_json = ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{"))
    try:
        written = json.loads(text, object_pairs_hook=_each_key_once) if is_json else tomllib.loads(text)
        repr(written)  # refuses what could not even be named in a sentence: numbers of thousands of digits
    except _Twice as twice:
        raise _unreadable(name, _("キー「{key}」が2回あります").format(key=twice)) from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, not_valid("JSON" if is_json else "TOML", error)) from None
    if not isinstance(written, dict):
        raise Refused(Finding(Reason.WRONG_TYPE, "file", text, {"allowed": "table"}))
    return written


def _text(name: str) -> str:
    if name == STANDARD_INPUT:
        # Python has no stream where the shell closed it (`<&-`).
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        check_size(name, data, MAX_BYTES, shown=_("標準入力"))
    else:
        data = read_given_file(name, MAX_BYTES)
    try:
        # Some editors begin a file with a byte order mark.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, not_utf8(error)) from None


def _unreadable(name: str, detail: str) -> Refused:
    shown = _("標準入力") if name == STANDARD_INPUT else name
    return Refused(Finding(Reason.UNREADABLE_FILE, "file", name, {"file": shown, "detail": detail}))


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found

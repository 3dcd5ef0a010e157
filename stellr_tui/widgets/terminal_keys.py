"""Alt with an arrow, which Textual takes for Escape and the arrow where the extended key codes are off."""

from __future__ import annotations

from enum import Enum
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


class _Alt(Enum):
    """The keys, as Textual names them where it reads the extended codes, by the letters that end their sequences."""

    A = "alt+up"
    B = "alt+down"
    C = "alt+right"
    D = "alt+left"


def read_alt_with_arrows() -> None:
    """Let Alt with an arrow be a key of its own: as Escape it would leave the page.

    xterm and most others send 3 for Alt, those for a Mac also 9.
    """
    sequences = cast(dict[str, Any], ANSI_SEQUENCES_KEYS)
    sequences.update({f"\x1b[1;{modifier}{one.name}": (one,) for modifier in (3, 9) for one in _Alt})

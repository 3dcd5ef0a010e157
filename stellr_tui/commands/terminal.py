"""Whether a screen can be opened here, and what has to be so before Textual is first imported."""

import os
import sys
from typing import TextIO

from stellr_tui.reference.texts import _


def ready_for_screen() -> bool:
    """Make ready for a screen; where there is no terminal, say so on standard error and give False."""
    # A driver named in the environment, such as that for a browser, needs no terminal.
    streams: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)
    if "TEXTUAL_DRIVER" not in os.environ and not all(one is not None and one.isatty() for one in streams):
        said = _("画面を開けるのはターミナルの中だけです。コマンドの一覧は stellr --help で表示できます。")
        sys.stderr.write(f"{said}\n")
        return False
    # Extended key codes turn longer commits of Japanese input methods into garbage in some terminals.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    return True

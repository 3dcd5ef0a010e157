"""What went wrong, in sentences on standard error. A traceback is shown only to those who ask for it."""

import sys

from stellr_tui.commands.exit_status import FAILED
from stellr_tui.commands.plain_text import visible
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import _
from stellr_tui.rules.findings import Refused
from stellr_tui.store.errors import SchemaTooNew, StoreUnavailable

_SHOWN_CHARACTERS = 200


def tell(words: str) -> None:
    """A message for people, on standard error."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def explain(error: Exception, *, debug: bool = False) -> int:
    """Say what went wrong, with the traceback if asked for; the exit status."""
    if debug and not isinstance(error, Refused):
        import traceback

        traceback.print_exception(error)
    for words in _sentences(error):
        tell(words)
    return FAILED


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, Refused):
        return [sentence(finding) for finding in error.findings]
    if isinstance(error, StoreUnavailable):
        said = _("データベース {database} を使用できません（{detail}）。")
        return [said.format(database=visible(error.database), detail=visible(error.detail))]
    if isinstance(error, SchemaTooNew):
        said = _(
            "データベース {database} は、より新しいプログラムのものです"
            "（データベースは {found}、このプログラムは {known} まで）。プログラムを更新してください。"
        )
        return [said.format(database=visible(error.database), found=visible(error.found), known=error.known)]
    said = _("予期しないエラーが発生しました（{detail}）。--debug を付けて実行すると、詳細が表示されます。")
    # Of what a library says the first line is enough: the rest may be a whole query.
    first = str(error).partition("\n")[0][:_SHOWN_CHARACTERS]
    return [said.format(detail=visible(f"{type(error).__name__}: {first}"))]

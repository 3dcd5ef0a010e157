"""What is said of a file that cannot be read or written, or is not what it should be, in the language spoken now."""

import errno
import re
from collections.abc import Mapping

from stellr_tui.reference.texts import N_, _

_NOT_READ = {
    errno.ENOENT: N_("ファイルがありません"),
    errno.EACCES: N_("読み込む権限がありません"),
    errno.EPERM: N_("読み込む権限がありません"),
    errno.EISDIR: N_("フォルダーです"),
}
_NOT_WRITTEN = {
    errno.ENOENT: N_("フォルダーがありません"),
    errno.ENOTDIR: N_("フォルダーがありません"),
    errno.EACCES: N_("書き込む権限がありません"),
    errno.EPERM: N_("書き込む権限がありません"),
    errno.EROFS: N_("書き込みが許されていない場所です"),
    errno.EISDIR: N_("フォルダーです"),
    errno.ENOSPC: N_("空き容量がありません"),
    errno.ENAMETOOLONG: N_("名前が長すぎます"),
}


def not_read(error: Exception) -> str:
    """Why a file cannot be read; what is rare as the system says it."""
    return _why(_NOT_READ, error)


def not_written(error: Exception) -> str:
    """Why a file cannot be written; what is rare as the system says it."""
    return _why(_NOT_WRITTEN, error)


def not_valid(kind: str, error: Exception) -> str:
    """Where a file stops being TOML or JSON, as far as what reads it tells."""
    place = re.search(r"\bline (\d+),? column (\d+)", str(error))
    if place is None:
        return _("{kind}として読めません").format(kind=kind)
    return _("{kind}として読めません、{line}行目の{column}文字目").format(kind=kind, line=place[1], column=place[2])


def not_utf8(error: UnicodeDecodeError) -> str:
    """In which line a file stops being text."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return _("UTF-8の文字ではありません、{line}行目").format(line=line)


def _why(said: Mapping[int, str], error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    known = said.get(number or 0)
    return _(known) if known else getattr(error, "strerror", None) or str(error) or type(error).__name__

"""The vendor's terms, shown under ベンダー規約 and 同意済み規約の表示: plain files, one for each language."""

import re

from stellr_tui.reference.data import chosen_path
from stellr_tui.reference.texts import DEFAULT_LANGUAGE
from stellr_tui.rules.findings import Finding, Reason, Refused


def plain_terms(markdown: str) -> str:
    """The terms as plain text: headings in 【】, points with ・."""
    headed = re.sub(r"^#+ +(.*)$", r"【\1】", markdown, flags=re.MULTILINE)
    return re.sub(r"^- +", "・", headed, flags=re.MULTILINE)


def vendor_terms(vendor_code: str, language: str) -> str:
    """The terms as Markdown, in Japanese where the language has none; "" for a vendor without terms.

    The user's own copy under `terms/` in the settings folder goes first. Refused: UNREADABLE_FILE.
    """
    for spoken in (language, DEFAULT_LANGUAGE):
        path = chosen_path(f"terms/{vendor_code}.{spoken}.md")
        if not path.is_file():
            continue
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            facts = {"file": str(path), "detail": str(error)}
            raise Refused(Finding(Reason.UNREADABLE_FILE, "", path.name, facts)) from None
    return ""

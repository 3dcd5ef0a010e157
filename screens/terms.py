"""同意済み規約の表示 and ベンダー規約: the vendor's terms as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from stellr_tui.desk.desk import Desk
from stellr_tui.reference.terms import plain_terms, vendor_terms
from stellr_tui.reference.texts import _, language
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.words import Words


def read_terms(desk: Desk, codes: Sequence[str]) -> str:
    """The terms of these vendors, one below the other."""
    texts = [vendor_terms(desk.catalog.vendor(code).code, language()) for code in codes]
    return "\n\n".join(plain_terms(text.strip()) for text in texts if text) or _("規約はありません。")


class TermsDialog(Dialog[None]):
    """The terms of the vendors of an order."""

    def __init__(self, vendor_codes: Sequence[str]) -> None:
        super().__init__()
        self._codes = vendor_codes

    def title_text(self) -> str:
        return _("同意済み規約")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(id="terms-text")

    def on_mount(self) -> None:
        """Read the terms."""
        self.ask(lambda desk: read_terms(desk, self._codes), self.query_one("#terms-text", Words).update, about="terms")

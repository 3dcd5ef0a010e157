"""差戻し: why the operator sent contracts of an order back, in words over what is to be corrected."""

from __future__ import annotations

from stellr_tui.desk.orders import Order
from stellr_tui.reference.texts import _
from stellr_tui.widgets.words import Words


class SentBack(Words):
    """The reason for each contract that came back; nothing where none did."""

    DEFAULT_CSS = """
    SentBack { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="sent-back", classes="warning")

    def show(self, order: Order) -> None:
        """Say what is to be corrected of this order."""
        words = _("契約番号 {number} は差し戻されました。理由: {reason}")
        back = [one for one in order.contracts if one.sent_back_for]
        self.update("\n".join(words.format(number=one.number, reason=one.sent_back_for) for one in back))
        self.display = bool(back)

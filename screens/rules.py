"""ルール: the delivery and billing rules, with today's case worked out."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from stellr_tui.desk.todays_dates import TodaysDates, todays_dates
from stellr_tui.reference.texts import _
from stellr_tui.rules.policy import ReductionRule
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.order_dates import order_dates_facts
from stellr_tui.widgets.words import Words


class RulesDialog(Dialog[None]):
    """納品及び請求ルール."""

    def title_text(self) -> str:
        return _("納品及び請求ルール")

    def compose_dialog(self) -> Iterable[Widget]:
        yield Words(
            "\n".join(
                [
                    _("・毎月15日までにオーダー分 > 20日メール納品 > 翌月初課金開始"),
                    _("・16日以降のオーダー分は翌月20日納品となるため御注意ください"),
                    _("・追加購入時も同様のルールです"),
                    _("・減数時、途中解約は20日前が受付期限 (返金無し)"),
                    _("・全ての請求書は1日に当月分発行"),
                    _("・締切で見るのは発注する日ではなく、プロビジョニング情報を送信する日です"),
                ]
            ),
            id="rules-words",
        )
        yield Words(_("今日送信すると"), classes="section")
        yield Facts(id="rules-today")
        yield Words(id="rules-choice", classes="note")

    def on_mount(self) -> None:
        """Work today's case out."""
        self.ask(todays_dates, self._show, about="rules")

    def _show(self, today: TodaysDates) -> None:
        self.query_one("#rules-today", Facts).show(order_dates_facts(today.orders))
        self.query_one("#rules-choice", Words).update(reduction_rule_words(today.reduction_rule))


def reduction_rule_words(rule: ReductionRule) -> str:
    """How the deadline of a reduction is counted, where the manual can be read in two ways."""
    words = {
        ReductionRule.NOTICE: _(
            "マニュアルの減数の例は二通りあります。ここでは20日前の期限で計算します (設定 reduction_rule: notice)。"
        ),
        ReductionRule.ORDER_CUTOFF: _(
            "マニュアルの減数の例は二通りあります。ここでは15日の締切で計算します (設定 reduction_rule: order-cutoff)。"
        ),
    }
    return words[rule]

"""欄の説明: what a field is for, what is allowed, what the manual says of it, and the rule behind it, for today."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from screens.rules import RulesDialog, reduction_rule_words
from stellr_tui.desk.todays_dates import TodaysDates, todays_dates
from stellr_tui.reference.explanations import Explanation, Rule
from stellr_tui.reference.sentences import constraint
from stellr_tui.reference.texts import N_, _
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.order_dates import cancellation_dates_facts, order_dates_facts, reduction_dates_facts
from stellr_tui.widgets.words import Words


class FieldExplanation(Dialog[None]):
    """The explanation of a field. Where the manual speaks of it, it leads on to the rules."""

    CSS_PATH = "explanation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "rules", N_("納品及び請求ルール"), id="explanation.rules", show=False),
    ]

    def __init__(self, name: str, explanation: Explanation) -> None:
        """name: what the field is called on the screen."""
        super().__init__()
        self._name = name
        self._explanation = explanation

    def title_text(self) -> str:
        return _("欄の説明: {field}").format(field=self._name)

    def compose_dialog(self) -> Iterable[Widget]:
        one = self._explanation
        yield Words(_(one.words), id="explanation-words")
        if one.allowed:
            yield Words(_("入力のきまり"), classes="section")
            yield Words("\n".join(f"・{constraint(allowed)}" for allowed in one.allowed), id="explanation-allowed")
        for heading, quoted in groupby(one.quoted, lambda quotation: quotation.heading):
            yield Words(_("マニュアル「{heading}」").format(heading=_(heading)), classes="section")
            yield Words("\n".join(_(quotation.words) for quotation in quoted), classes="quotation")
        if one.rule:
            yield Words(_("今日送信すると"), classes="section")
            yield Facts(id="explanation-dates")
            yield Words(id="explanation-choice", classes="note")

    def compose_buttons(self) -> Iterable[Button]:
        if self._explanation.quoted:
            yield Button(_("納品及び請求ルール"), id="all-rules", compact=True, action="screen.rules")
        yield from super().compose_buttons()

    def on_mount(self) -> None:
        """Work the rule out for today."""
        if self._explanation.rule:
            self.ask(todays_dates, self._show, about="dates")

    def _show(self, today: TodaysDates) -> None:
        facts = {
            Rule.DELIVERY: order_dates_facts(today.orders),
            Rule.REDUCTION: reduction_dates_facts(today.reduction),
            Rule.CANCELLATION: cancellation_dates_facts(today.cancellation),
        }
        rule = self._explanation.rule
        if rule is None:
            return
        self.query_one("#explanation-dates", Facts).show(facts[rule])
        choice = self.query_one("#explanation-choice", Words)
        choice.update(reduction_rule_words(today.reduction_rule))
        choice.display = rule is Rule.REDUCTION

    def action_rules(self) -> None:
        """Go on to the rules; from there one comes back here."""
        self.app.push_screen(RulesDialog())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of what the manual does not speak, its rules say nothing either."""
        return bool(self._explanation.quoted) if action == "rules" else super().check_action(action, parameters)

"""オーダー⑧ 数量変更, 解約処理: what is applied for, and what it would lead to, before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, Input

from stellr_tui.desk.changes import ChangeForm, Kind, PlannedChange, apply_change, foresee_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.subscriptions import Subscription
from stellr_tui.reference.labels import event_label, price
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused, Remarks
from stellr_tui.rules.status import Event, after
from stellr_tui.widgets.dialog import Dialog
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.words import Words


class ChangeWizard(Dialog[PlannedChange]):
    """＋数量追加, －数量減少 or 解約 of one contract. Gives the change once it is sent."""

    DEFAULT_CSS = """
    ChangeWizard #change-effect { min-height: 1; &:focus { background: $primary-muted; text-style: bold; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "next", N_("次へ"), id="change.next", show=False),
        # A key of its own, as in the provisioning wizard: the one that leads there must not send.
        Binding("ctrl+x", "send", N_("送信"), id="change.send", show=False),
    ]

    def __init__(self, contract: Subscription, kind: Kind) -> None:
        super().__init__()
        self._contract = contract
        self._kind = kind

    def title_text(self) -> str:
        return f"{event_label(self._kind)}  {self._contract.contract_number}"

    def compose_dialog(self) -> Iterable[Widget]:
        yield Facts(
            [(_("サービス"), self._contract.service), (_("現在の数量"), str(self._contract.seats))], id="change-facts"
        )
        with Form(id="change-form"):
            if self._kind is not Kind.CANCEL:
                label = _("追加数量") if self._kind is Kind.ADD else _("減少数量")
                yield TextField("seats", label, required=True, replaced=True)
            yield TextField("wish", _("希望日"), placeholder=_("YYYY-MM-DD、空欄は最短"))
        yield Words(_("送信すると"), classes="section")
        effect = Facts(id="change-effect")
        effect.can_focus = True
        yield effect
        yield Words(_("次の請求書 (この契約の小計、税抜)"), id="change-invoices-title", classes="section")
        yield Rows(_invoice_columns(), id="change-invoices", cursor=False)
        yield Words(_("返金はありません。"), id="no-refund", classes="note")
        keys = _("{next} で内容の確認へ進み、そこで {send} を押すと送信します。")
        keys = keys.format(next=self.workplace.cap("change.next"), send=self.workplace.cap("change.send"))
        yield Words(keys, id="change-keys", classes="note")

    def compose_buttons(self) -> Iterable[Button]:
        yield Button(_("送信"), id="send-change", compact=True, variant="primary", action="screen.send")
        yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")

    def on_mount(self) -> None:
        """Say at once what the earliest end would be; the other kinds wait for a number."""
        if self._kind is Kind.CANCEL:
            self._foresee()

    def explained_as(self, id: str) -> str:
        """Each kind of change has rules of its own."""
        return f"{id}-{self._kind}"

    def _form(self) -> ChangeForm:
        """What is typed. Refused: NOT_A_DATE."""
        values = self.query_one(Form).values()
        wish = fields.calendar_day(values["wish"], "wish") if values["wish"].strip() else None
        return ChangeForm(self._kind, values.get("seats", ""), wish)

    def remarks(self) -> Callable[[Desk], Remarks]:
        """A day that is none, for which nothing can be foreseen; what else is wrong stands where that would be."""
        found: tuple[Finding, ...] = ()
        try:
            self._form()
        except Refused as refused:
            found = refused.findings
        return lambda desk: Remarks(found)

    @on(Input.Changed)
    def _foresee(self) -> None:
        """What follows is said while it is typed."""
        try:
            form = self._form()
        except Refused:
            self._show_nothing()
            return
        if self._kind is not Kind.CANCEL and not str(form.seats).strip():
            self._show_nothing()
            return
        number = self._contract.contract_number
        self.ask(
            lambda desk: foresee_change(desk, self.workplace.user, number, form),
            self._show,
            refused=self._refused_while_typing,
            about="foresee",
            latest_only=True,
        )

    def _show(self, planned: PlannedChange) -> None:
        sample = self._contract.is_sample
        self.query_one("#change-effect", Facts).show(_effect(planned, sample=sample))
        self._show_invoices(
            [one.issued_on.isoformat(), price(one.without, sample=sample), price(one.subtotal, sample=sample)]
            for one in planned.next_invoices
        )

    def _show_nothing(self) -> None:
        self.query_one("#change-effect", Facts).show([])
        self._show_invoices([])

    def _show_invoices(self, rows: Iterable[Sequence[str]]) -> None:
        table = self.query_one("#change-invoices", Rows)
        table.fill((cells[0], cells) for cells in rows)
        table.display = self.query_one("#change-invoices-title").display = bool(table.keys)

    def _refused_while_typing(self, findings: tuple[Finding, ...]) -> None:
        """The sentence stands where the effect would; the focus stays where it is."""
        from stellr_tui.reference.sentences import sentence

        self.query_one("#change-effect", Facts).show([("", sentence(one)) for one in findings])
        self._show_invoices([])

    @on(Input.Submitted, "#wish")
    def _last_field(self, event: Input.Submitted) -> None:
        """What follows is read first: Enter, which led here from field to field, must not send, held down or not."""
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """次へ: to what follows, which is read before it is sent."""
        self.query_one("#change-effect").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one types, what follows has not been read yet."""
        if action == "send":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_send(self) -> None:
        """送信."""
        try:
            form = self._form()
        except Refused as refused:
            self.show_refusal(refused.findings)
            return
        number = self._contract.contract_number
        self.ask(
            lambda desk: apply_change(desk, self.workplace.user, number, form),
            self.dismiss,
            about="send-change",
        )


def why_not(contract: Subscription, kind: Kind, past_day: date | None = None) -> Sequence[Finding]:
    """Why a change of a contract cannot be applied for, as it is shown or as of a past day; nothing where it can."""
    if past_day is not None:
        return (Finding(Reason.PAST_DAY, "", past_day.isoformat()),)
    try:
        after(contract.status, Event(kind))
    except Refused as refused:
        return refused.findings
    return ()


def _effect(planned: PlannedChange, *, sample: bool) -> list[tuple[str, str]]:
    """From when, until when it can be applied for, how many seats then, and what is paid and not refunded."""
    since = {
        Kind.ADD: _("納品 (この日から使用できます)"),
        Kind.REDUCE: _("この日から減数"),
        Kind.CANCEL: _("契約の最終日"),
    }[planned.kind]
    facts = [
        (since, planned.takes_effect_on.isoformat()),
        (_("受付期限"), planned.deadline.isoformat()),
        (_("変更後の数量"), str(planned.seats_after)),
    ]
    if planned.paid_until is not None:
        words = _("{day} まで、{amount} (税抜)").format(
            day=planned.paid_until, amount=price(planned.unrefunded, sample=sample)
        )
        facts.append((_("支払い済みで返金なし"), words))
    if planned.costs_nothing_on is not None:
        facts.append((_("追加の請求がない最終日"), planned.costs_nothing_on.isoformat()))
    return facts


def _invoice_columns() -> Sequence[Column]:
    return (
        Column(_("発行日"), 12, 0),
        Column(_("変更しない場合"), 22, 1, right=True),
        Column(_("変更した場合"), 22, 2, right=True),
    )

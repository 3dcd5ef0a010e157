"""オーダー⑥ プロビジョニング: the wizard whose last step completes the order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import Lock
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Click
from textual.widgets import Button, ContentSwitcher, Input

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.orders import Details, Order, proposed_details, read_order
from stellr_tui.desk.provisioning import Preview, check_details, keep_details, preview, send_provisioning
from stellr_tui.desk.remarks import remarks_on_details
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money
from stellr_tui.rules.findings import Finding, Refused, Remarks
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.form import Form, TextField
from stellr_tui.widgets.kept_soon import KeptSoon
from stellr_tui.widgets.keys import Keys
from stellr_tui.widgets.masthead import Masthead
from stellr_tui.widgets.order_dates import order_dates_facts
from stellr_tui.widgets.rows import Column, Rows
from stellr_tui.widgets.sent_back import SentBack
from stellr_tui.widgets.words import Words
from stellr_tui.widgets.work import work_of

STEPS = ("step-1", "step-2", "step-3")
LAST = 2


@dataclass(frozen=True, slots=True)
class _Opened:
    """An order as the wizard opens with it: its words, the step, what is seen there, or what keeps it at the first."""

    order: Order
    title: str
    services: str
    step: int
    ahead: Preview | None
    refused: tuple[Finding, ...]


class StepButton(Button):
    """A button that stands where that of the step before stood, at which the second of two quick clicks was aimed."""

    def on_click(self, event: Click) -> None:
        """Two clicks lead one step on, and never send."""
        if event.chain > 1:
            event.stop()
            event.prevent_default()


class ProvisioningWizard(KeptSoon[Order | None]):
    """Three steps; what is typed is kept with the PO a moment after each change, and the step with it.

    It opens at the step at which it was left, as long as what is kept passes the checks up to there. Gives the order
    once it is sent; None for キャンセル, which keeps the PO and what was typed.
    """

    CSS_PATH = "provisioning.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "forward", N_("次へ"), id="provisioning.forward"),
        # A key of its own: the one that leads there, held down or pressed once too often, must not send.
        Binding("ctrl+x", "send", N_("送信"), id="provisioning.send"),
        Binding("ctrl+b", "backward", N_("戻る"), id="provisioning.backward"),
        Binding("escape", "leave", N_("キャンセル"), id="provisioning.cancel"),
    ]

    def __init__(self, order_id: int, *, to_check: bool = False) -> None:
        """to_check: begin at the last step, if what is kept with the PO is complete."""
        super().__init__()
        self._order_id = order_id
        self._to_check = to_check
        self._order: Order | None = None
        self._step = 0
        self._alone = Lock()
        self._is_left = False
        self._kept: tuple[Details, int] | None = None
        self._is_keeping = False

    def compose(self) -> ComposeResult:
        crumbs = ["ECNex", "StreamOne Stellr", _("プロビジョニング")]
        yield Masthead(crumbs, self.workplace.signed_in, self.workplace.clock)
        yield Words("Provision", id="wizard-title")
        with Horizontal(id="steps"):
            yield Words(_("1 エンドユーザー情報"), id="indicator-1", classes="indicator")
            yield Words(_("2 サービス"), id="indicator-2", classes="indicator")
            yield Words(_("3 確認と送信"), id="indicator-3", classes="indicator")
        yield SentBack()
        with ContentSwitcher(initial=STEPS[0], id="wizard"):
            with VerticalScroll(id=STEPS[0], can_focus=False):
                yield Words(_("エンドユーザー情報"), classes="section")
                yield Facts(id="end-user-facts")
                yield Words(_("エンドカスタマー連絡先情報"), classes="section")
                with Form(id="details-form"):
                    yield TextField("given_name", _("名"), required=True)
                    yield TextField("family_name", _("姓"), required=True)
                    yield TextField("email", _("Eメール"), required=True)
                    yield TextField("phone", _("電話番号"), required=True)
                    yield TextField("department", _("担当部署名"), placeholder=_("担当部署名を入力してください"))
            with VerticalScroll(id=STEPS[1], can_focus=False):
                yield Words(id="services-title", classes="section")
                yield Rows(_service_columns(), id="services", cursor=False)
            with VerticalScroll(id=STEPS[2]):
                yield Words(id="missed-cutoff", classes="warning")
                yield Words(_("この内容で送信すると"), classes="section")
                yield Facts(id="dates-facts")
                with Horizontal(id="check-people"):
                    with Vertical(classes="-left"):
                        yield Words(_("エンドユーザー情報"), classes="section")
                        yield Facts(id="check-end-user")
                    with Vertical():
                        yield Words(_("エンドカスタマー連絡先情報"), classes="section")
                        yield Facts(id="check-details")
                yield Rows(_service_columns(), id="check-rows", cursor=False)
        with Horizontal(id="actions"):
            yield StepButton(_("戻る"), id="backward", compact=True, action="screen.backward")
            yield StepButton(_("次へ"), id="forward", compact=True, variant="primary", action="screen.forward")
            yield StepButton(_("送信"), id="send", compact=True, variant="success", action="screen.send")
            yield Button(_("キャンセル"), id="cancel", compact=True, action="screen.leave")
        yield Keys()

    def on_mount(self) -> None:
        """Read the order."""
        self._show_step(0)
        self.ask(self._read, self._show, about="order")

    def _read(self, desk: Desk) -> _Opened:
        order = read_order(desk, self.workplace.user, self._order_id)
        vendors = dict.fromkeys(one.vendor_code for one in order.contracts)
        titles = [vendor.wizard_title for vendor in desk.catalog.vendors if vendor.code in vendors]
        groups = [vendor.group for vendor in desk.catalog.vendors if vendor.code in vendors]
        services = _("{group} サービス").format(group=_("・").join(groups))
        left_at = min(order.passed, LAST) if self.workplace.goes_on_in_wizard else 0
        step = LAST if self._to_check else left_at
        ahead: Preview | None = None
        refused: tuple[Finding, ...] = ()
        try:
            ahead = self._look(desk, order.details, step)
        except Refused as why:
            step, refused = 0, why.findings
        return _Opened(order, _("・").join(titles), services, step, ahead, refused)

    def _look(self, desk: Desk, details: Details, step: int) -> Preview | None:
        """What is to be seen at a step, of what only the desk knows. Refused with what keeps one at the first step."""
        if step > 0:
            check_details(details, desk.policy)
        return preview(desk, self.workplace.user, self._order_id) if step == LAST else None

    def _show(self, opened: _Opened) -> None:
        order = self._order = opened.order
        self.query_one(SentBack).show(order)
        self.query_one("#wizard-title", Words).update(f"Provision  {opened.title}")
        self.query_one("#services-title", Words).update(opened.services)
        place = order.location
        facts = [
            (_("お客様"), order.end_user.company),
            (_("アドレス"), " ".join(part for part in (place.address1, place.address2) if part)),
            (_("市町村"), place.city),
            (_("都道府県"), place.prefecture),
            (_("国"), "JP"),
            (_("郵便番号"), place.postal_code),
        ]
        self.query_one("#end-user-facts", Facts).show(facts)
        self.query_one("#check-end-user", Facts).show(facts)
        rows = [(str(one.number), [one.product_name, str(one.seats)]) for one in order.contracts]
        self.query_one("#services", Rows).fill(rows)
        self.query_one("#check-rows", Rows).fill(rows)
        # Nobody has typed that: a finding at a field stays.
        with self.prevent(Input.Changed):
            self._fill(asdict(order.details), asdict(proposed_details(order.contact)))
        self._kept = (order.details, order.passed)
        if opened.refused:
            self._refused(opened.refused)
        else:
            self._come_to(opened.step, opened.ahead)

    def _fill(self, kept: Mapping[str, str], proposed: Mapping[str, str]) -> None:
        """What the wizard was told so far; what only came from the end user's contact can be typed over."""
        for field in self.query(TextField):
            name = field.field_name
            if kept[name] == proposed[name]:
                field.propose(kept[name])
            else:
                field.value = kept[name]

    def _details(self) -> Details:
        return Details(**self.query_one(Form).values())

    def _standing(self) -> tuple[Details, int]:
        """What is kept: what is typed, and the steps that are passed."""
        return self._details(), self._step

    def keep(self) -> None:
        self._is_left = self.is_asking("leave")
        if self._order is not None and not self._is_keeping:
            self._is_keeping = True
            self.run_worker(work_of(self._keep_details), group="details", exit_on_error=False)

    async def _keep_details(self) -> None:
        """Keep what is typed and the step with the PO, and what changes meanwhile right behind it."""
        from stellr_tui.store.errors import StoreUnavailable

        try:
            while self.is_here and not self._is_left and (standing := self._standing()) != self._kept:
                await asyncio.to_thread(self._write, self.workplace.desk, *standing)
                self._kept = standing
        except (Refused, StoreUnavailable):
            pass  # 次へ, キャンセル and 送信 say why
        finally:
            self._is_keeping = False

    def _write(self, desk: Callable[[], Desk], details: Details, step: int) -> None:
        with self._alone:
            if not self._is_left:
                keep_details(desk(), self.workplace.user, self._order_id, details, step)

    def _leave_with(self, desk: Desk, details: Details, step: int) -> None:
        """The last word on what is typed."""
        with self._alone:
            keep_details(desk, self.workplace.user, self._order_id, details, step)

    def _show_step(self, step: int) -> None:
        self._step = step
        self.query_one(ContentSwitcher).current = STEPS[step]
        for number, name in enumerate(("#indicator-1", "#indicator-2", "#indicator-3")):
            self.query_one(name).set_class(number == step, "-current")
        self.query_one("#backward").display = step > 0
        self.query_one("#forward").display = step < LAST
        self.query_one("#send").display = step == LAST
        # The last step is read first: Enter, which led there from button to button, must not send either.
        self.query_one(("#given-name", "#forward", "#step-3")[step]).focus()
        self.refresh_bindings()
        self.keep_soon()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """次へ until the last step, 送信 on it."""
        if action in ("forward", "send"):
            return (action == "send") == (self._step == LAST)
        return super().check_action(action, parameters)

    def remarks(self) -> Callable[[Desk], Remarks]:
        details = self._details()
        return lambda desk: remarks_on_details(desk, details)

    def action_forward(self) -> None:
        """次へ."""
        if self._order is None:
            return
        details, step = self._details(), self._step + 1
        self.ask(
            lambda desk: self._go_on(desk, details, step),
            lambda ahead: self._come_to(step, ahead),
            refused=self._refused,
            about="forward",
        )

    def _go_on(self, desk: Desk, details: Details, step: int) -> Preview | None:
        """Keep the step before it is shown: what was seen is come back to, however the program ends."""
        keep_details(desk, self.workplace.user, self._order_id, details, step)
        return self._look(desk, details, step)

    def _come_to(self, step: int, ahead: Preview | None) -> None:
        if ahead is not None:
            assert self._order is not None
            self._show_check(self._order, ahead)
        self._show_step(step)

    def _show_check(self, order: Order, ahead: Preview) -> None:
        warning = self.query_one("#missed-cutoff", Words)
        warning.display = ahead.missed_cutoff is not None
        if ahead.missed_cutoff:
            warning.update(sentence(ahead.missed_cutoff))
        facts = [
            (_("発注番号"), order.po_number),
            (_("合計金額"), _("{amount} (税抜)").format(amount=money.yen(order.total))),
        ]
        self.query_one("#dates-facts", Facts).show([*facts, *order_dates_facts(ahead.dates)])
        details = self._details()
        self.query_one("#check-details", Facts).show(
            [
                (_("名"), details.given_name),
                (_("姓"), details.family_name),
                (_("Eメール"), details.email),
                (_("電話番号"), details.phone),
                (_("担当部署名"), details.department),
            ]
        )

    def action_send(self) -> None:
        """送信."""
        details = self._details()
        self.ask(
            lambda desk: send_provisioning(desk, self.workplace.user, self._order_id, details),
            self.dismiss,
            refused=self._refused,
            about="send",
        )

    def _refused(self, findings: tuple[Finding, ...]) -> None:
        self._show_step(0)
        self.show_refusal(findings)

    def action_backward(self) -> None:
        """戻る."""
        if self._step > 0:
            self._show_step(self._step - 1)

    def action_leave(self) -> None:
        """キャンセル keeps the PO and what was typed. It is too late for it while 送信 is under way."""
        if self.is_asking("send"):
            return
        if self._order is None:
            self.dismiss(None)
            return
        standing = self._standing()
        self._is_left = True
        self.ask(lambda desk: self._leave_with(desk, *standing), self.dismiss, about="leave")

    @on(Input.Submitted, "#department")
    def _last_field(self) -> None:
        self.query_one("#forward").focus()


def _service_columns() -> Sequence[Column]:
    return [Column(_("サービス"), 58, 0), Column(_("数量"), 6, 1, right=True)]

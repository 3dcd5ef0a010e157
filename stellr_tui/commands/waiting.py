"""`stellr waiting`: what needs someone's action, with the date by which (必要なアクション)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, day, print_json, print_table
from stellr_tui.reference.labels import trouble_words
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import calendar
from stellr_tui.rules.findings import Finding, Reason
from stellr_tui.rules.policy import Approval
from stellr_tui.rules.status import Status, needs_action

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn

_WHAT = {
    "send": N_("プロビジョニング情報の送信"),
    "correct": N_("差戻しの修正と再送信"),
    "approve": N_("Manual Provisioningの承認"),
    "add": N_("数量追加の適用待ち（期限まで取消できます）"),
    "reduce": N_("数量減少の適用待ち（期限まで取消できます）"),
    "cancel": N_("解約の適用待ち（期限まで取消できます）"),
    "bill": N_("請求できない数量の内訳（次の1日にもう一度請求します）"),
    "renewal": N_("契約の更新（止めるには期限までに解約を申請）"),
    "mail": N_("送信できない通知（直したら stellr mail again で再送信）"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits.

    kind: a key of `_WHAT`. by: the last day to do something, None where it has passed. takes_effect_on: the delivery,
    the change or the invoice that it is about. reason: what was typed, or the short name of what the rules found.
    said: the reason in words, where there is no finding. A mail need not be about a contract.
    """

    kind: str
    by: date | None
    contract_number: int | None
    customer: int | None
    company: str
    seats: int | None
    takes_effect_on: date | None
    reason: str = ""
    finding: Finding | None = None
    said: str = ""


@click.command(
    "waiting",
    cls=Command,
    help=N_(
        "対応が必要なものを、期限の順に表示します: 未送信と差戻しのオーダー、承認待ち、適用待ちの変更、"
        "請求できない数量の内訳、期限の近い更新。"
    ),
)
@json_option
@pass_common
def waiting(common: Common) -> None:
    """What needs someone's action."""
    with common.at_work() as (desk, by):
        found = sorted(_every(desk, by), key=lambda one: (one.by or date.max, one.contract_number or 0))
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("期限")),
        Column(_("必要なアクション")),
        Column(_("契約番号")),
        Column(_("エンドユーザー")),
        Column(_("数量"), numbers=True),
        Column(_("適用日")),
        Column(_("理由")),
    ]
    print_table(columns, [_row(one) for one in found])


def _every(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    yield from _orders(desk, by)
    if desk.policy.approval is Approval.OPERATOR:
        yield from _approvals(desk, by)
    yield from _changes(desk, by)
    yield from _parked(desk, by)
    yield from _renewals(desk, by)
    yield from _mail(desk, by)


def _orders(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.approval import sent_back_reasons
    from stellr_tui.desk.orders import orders_waiting
    from stellr_tui.desk.pages import LARGEST_KEY

    reasons = sent_back_reasons(desk, by)
    for one in orders_waiting(desk, by, limit=LARGEST_KEY):
        finding = None
        if one.missed_cutoff:
            facts = {
                "created_on": one.order.created_on,
                "cutoff_on": one.missed_cutoff,
                "delivered_on": one.delivered_on,
            }
            finding = Finding(Reason.MISSED_CUTOFF, facts=facts)
        for contract in one.order.contracts:
            if needs_action(contract.status):
                is_back = contract.status is Status.SENT_BACK
                yield Waiting(
                    kind="correct" if is_back else "send",
                    by=one.cutoff_on,
                    contract_number=contract.number,
                    customer=one.order.end_user.number,
                    company=one.order.end_user.company,
                    seats=contract.seats,
                    takes_effect_on=one.delivered_on,
                    reason=reasons.get(contract.number, ""),
                    finding=None if is_back else finding,
                )


def _approvals(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.approval import approval_queue
    from stellr_tui.desk.pages import LARGEST_KEY

    for one in approval_queue(desk, by, limit=LARGEST_KEY):
        if one.approved_on is None:
            yield Waiting(
                kind="approve",
                by=one.delivered_on,
                contract_number=one.contract_number,
                customer=one.customer_number,
                company=one.company,
                seats=one.seats,
                takes_effect_on=one.delivered_on,
            )


def _changes(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.changes import waiting_changes
    from stellr_tui.desk.clock import read_clock

    today = read_clock(desk).today
    for one in waiting_changes(desk, by):
        yield Waiting(
            kind=one.kind,
            by=one.deadline if one.deadline >= today else None,
            contract_number=one.contract_number,
            customer=one.customer_number,
            company=one.company,
            seats=one.seats,
            takes_effect_on=one.takes_effect_on,
        )


def _parked(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.clock import read_clock
    from stellr_tui.desk.invoicing import parked_lots

    tried_again_on = calendar.next_month_start(read_clock(desk).today)
    for one in parked_lots(desk, by):
        yield Waiting(
            kind="bill",
            by=tried_again_on,
            contract_number=one.contract_number,
            customer=one.customer_number,
            company=one.company,
            seats=None,
            takes_effect_on=tried_again_on,
            finding=Finding(one.reason, "sku", one.sku, {"day": one.parked_on}),
        )


def _renewals(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.renewals import renewals_near

    for one in renewals_near(desk, by):
        yield Waiting(
            kind="renewal",
            by=one.decide_by,
            contract_number=one.contract_number,
            customer=one.customer_number,
            company=one.company,
            seats=one.seats,
            takes_effect_on=one.invoiced_on,
        )


def _mail(desk: "Desk", by: "SignedIn") -> Iterator[Waiting]:
    from stellr_tui.desk.outbox import mail_in_trouble
    from stellr_tui.desk.pages import MAX_PAGE

    for one in mail_in_trouble(desk, by, MAX_PAGE).letters:
        yield Waiting(
            kind="mail",
            by=None,
            contract_number=one.contract_number,
            customer=None,
            company="",
            seats=None,
            takes_effect_on=None,
            reason=one.trouble or "",
            said=_("メール {number}: {reason}").format(number=one.id, reason=trouble_words(one.trouble, one.detail)),
        )


def _document(one: Waiting) -> dict[str, Any]:
    """Its facts; the reason is the short name of a finding, the same in every language."""
    found = {name: value for name, value in asdict(one).items() if name not in ("finding", "said")}
    return {**found, "reason": one.finding.reason if one.finding else one.reason}


def _row(one: Waiting) -> tuple[str, ...]:
    return (
        day(one.by),
        _(_WHAT[one.kind]),
        "-" if one.contract_number is None else str(one.contract_number),
        "-" if one.customer is None else f"{one.customer} - {one.company}",
        "-" if one.seats is None else str(one.seats),
        day(one.takes_effect_on),
        sentence(one.finding) if one.finding else one.said or one.reason,
    )

"""`stellr change`: more seats, fewer seats, the end of a contract, and taking that back (オーダー⑧)."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Command, Common, json_option, pass_common
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.output import Column, day, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Day, Number, Option
from stellr_tui.reference.labels import event_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.money import yen

if TYPE_CHECKING:
    from stellr_tui.desk.changes import PlannedChange

_TAKES_EFFECT = {"add": N_("納品"), "reduce": N_("減数の適用"), "cancel": N_("契約の最終日")}

change = Group("change", help=N_("契約の数量追加、数量減少、解約を申請します。申請の取消もできます。"))


def _contract(command: Command) -> Command:
    return click.argument("number", cls=Argument, type=Number("contract_number"), metavar="N", help=N_("契約番号。"))(
        command
    )


def _wish(command: Command) -> Command:
    return click.option(
        "--wish", cls=Option, type=Day("wish"), help=N_("希望日。最短より後の日付だけが意味を持ちます。")
    )(command)


def _dry_run(command: Command) -> Command:
    return click.option(
        "--dry-run", cls=Option, is_flag=True, help=N_("受付期限、適用日、次の請求書を表示し、何も保存しません。")
    )(command)


@change.command("add", help=N_("数量追加を申請します。納品と請求は、オーダーと同じルールです。"))
@_contract
@click.argument("seats", cls=Argument, metavar="SEATS", help=N_("追加するシート数。"))
@_wish
@_dry_run
@json_option
@pass_common
def add(common: Common, number: int, seats: str, wish: date | None, dry_run: bool) -> None:
    """Apply for more seats."""
    _apply(common, number, "add", seats, wish, dry_run)


@change.command("reduce", help=N_("数量減少を申請します。受付期限は減数前の最終日の20日前で、返金はありません。"))
@_contract
@click.argument("seats", cls=Argument, metavar="SEATS", help=N_("減らすシート数。残すシート数ではありません。"))
@_wish
@_dry_run
@json_option
@pass_common
def reduce(common: Common, number: int, seats: str, wish: date | None, dry_run: bool) -> None:
    """Apply for fewer seats."""
    _apply(common, number, "reduce", seats, wish, dry_run)


@change.command(
    "cancel", help=N_("解約を申請します。契約は月末に終わります。受付期限はその20日前で、返金はありません。")
)
@_contract
@_wish
@_dry_run
@json_option
@pass_common
def cancel(common: Common, number: int, wish: date | None, dry_run: bool) -> None:
    """Apply for the end of a contract."""
    _apply(common, number, "cancel", "", wish, dry_run)


@change.command("withdraw", help=N_("適用を待っている最後の変更を取り消します。受付期限の当日までできます。"))
@_contract
@_dry_run
@json_option
@pass_common
def withdraw(common: Common, number: int, dry_run: bool) -> None:
    """Take back the change that was applied for last."""
    from stellr_tui.desk.changes import foresee_withdrawal, withdraw_change

    with common.at_work() as (desk, by):
        planned = (foresee_withdrawal if dry_run else withdraw_change)(desk, by, number)
    _show(common, planned, dry_run, withdrawn=True)


def _apply(common: Common, number: int, kind: str, seats: str, wish: date | None, dry_run: bool) -> None:
    from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, foresee_change

    form = ChangeForm(Kind(kind), seats, wish)
    with common.at_work() as (desk, by):
        planned = (foresee_change if dry_run else apply_change)(desk, by, number, form)
    _show(common, planned, dry_run)


def _show(common: Common, planned: "PlannedChange", dry_run: bool, *, withdrawn: bool = False) -> None:
    if common.json:
        print_json(_document(planned))
    else:
        _print(planned, withdrawn=withdrawn)
    if dry_run:
        tell(_("確認だけです。何も保存していません。"))


def _document(planned: "PlannedChange") -> dict[str, Any]:
    return {
        "contract_number": planned.contract_number,
        "kind": planned.kind,
        "seats": planned.seats,
        "takes_effect_on": planned.takes_effect_on,
        "deadline": planned.deadline,
        "next_invoices": [{"issued_on": one.issued_on, "subtotal": one.subtotal} for one in planned.next_invoices],
    }


def _print(planned: "PlannedChange", *, withdrawn: bool) -> None:
    what = event_label(planned.kind)
    facts = [
        (_("契約番号"), str(planned.contract_number)),
        (_("変更内容"), _("{change}（取消）").format(change=what) if withdrawn else what),
        (_("数量"), str(planned.seats)),
        (_("変更後の数量"), str(planned.seats_after)),
        (_("申請日"), day(planned.applied_on)),
        (_(_TAKES_EFFECT[planned.kind]), day(planned.takes_effect_on)),
        (_("受付期限"), day(planned.deadline)),
    ]
    if planned.kind != "add" and not withdrawn:
        lost = _("{day} まで、{amount} (税抜)").format(day=planned.paid_until, amount=yen(planned.unrefunded))
        facts.append((_("支払い済みで返金なし"), lost if planned.paid_until else "-"))
    if planned.costs_nothing_on:
        facts.append((_("追加の請求がない最終日"), day(planned.costs_nothing_on)))
    print_facts(facts)
    before, after = (_("取消前"), _("取消後")) if withdrawn else (_("変更しない場合"), _("変更した場合"))
    columns = [Column(_("発行日")), Column(before, numbers=True), Column(after, numbers=True)]
    rows = [(day(one.issued_on), yen(one.without), yen(one.subtotal)) for one in planned.next_invoices]
    print_table(columns, rows, heading=_("次の請求書（この契約の小計、税抜）"))

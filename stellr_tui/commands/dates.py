"""`stellr dates`: what follows from sending an order, or from applying for a change, on a day. Needs no order book."""

from dataclasses import asdict
from datetime import date

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Group
from stellr_tui.commands.output import print_facts, print_json
from stellr_tui.commands.parameters import Argument, Day, OneOf, Option
from stellr_tui.reference.policy import load_policy
from stellr_tui.reference.texts import N_
from stellr_tui.rules import calendar
from stellr_tui.rules.calendar import OrderDates, Plan
from stellr_tui.widgets.order_dates import cancellation_dates_facts, order_dates_facts, reduction_dates_facts

ORDER_KEYS = (
    "sent_on",
    "plan",
    "delivered_on",
    "free_from",
    "free_until",
    "billing_starts_on",
    "first_invoice_on",
    "term_starts_on",
    "term_ends_on",
)

dates = Group("dates", help=N_("納品、請求、減数、解約の日付を計算します（納品及び請求ルール）。"))


@dates.command("order", help=N_("この日に送信したオーダーの納品日、無償期間、課金開始、契約期間を表示します。"))
@click.argument("day", cls=Argument, type=Day(), help=N_("プロビジョニング情報を送信する日。発注の日ではありません。"))
@click.option(
    "--plan",
    cls=Option,
    type=OneOf(Plan, "plan"),
    default=Plan.ANNUAL.value,
    help=N_("契約期間。annual は年契約年払い（既定値）、monthly は月契約月払いです。"),
)
@json_option
@pass_common
def order_dates(common: Common, day: date, plan: str) -> None:
    """What follows from sending an order on a day."""
    found = calendar.order_dates(day, Plan(plan))
    if common.json:
        print_json(order_document(found))
    else:
        print_facts(order_dates_facts([found]))


@dates.command(
    "reduce",
    help=N_(
        "この日に数量減少を申請したときの、減数の適用日と受付期限を表示します。\n\n"
        "マニュアルの二つの例が食い違うため、受付期限の数え方はポリシーの reduction_rule で選べます。"
    ),
)
@click.argument("day", cls=Argument, type=Day(), help=N_("申請する日。"))
@click.option("--wish", cls=Option, type=Day("wish"), help=N_("希望日。最短より後の日付だけが意味を持ちます。"))
@json_option
@pass_common
def reduction_dates(common: Common, day: date, wish: date | None) -> None:
    """What follows from applying for fewer seats on a day."""
    found = calendar.reduction_dates(day, wish, load_policy().reduction_rule)
    if common.json:
        print_json(asdict(found))
    else:
        print_facts(reduction_dates_facts(found))


@dates.command("cancel", help=N_("この日に解約を申請したときの、契約の最終日と受付期限を表示します。"))
@click.argument("day", cls=Argument, type=Day(), help=N_("申請する日。"))
@click.option("--wish", cls=Option, type=Day("wish"), help=N_("希望日。最短より後の日付だけが意味を持ちます。"))
@json_option
@pass_common
def cancellation_dates(common: Common, day: date, wish: date | None) -> None:
    """What follows from cancelling a contract on a day."""
    found = calendar.cancellation_dates(day, wish)
    if common.json:
        print_json(asdict(found))
    else:
        print_facts(cancellation_dates_facts(found))


def order_document(found: OrderDates) -> dict[str, object]:
    """The dates of an order as JSON names them."""
    return {key: getattr(found, key) for key in ORDER_KEYS}

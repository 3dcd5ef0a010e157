"""`stellr drafts`: orders half entered in the portal, which wait to be gone on with there."""

from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import money

if TYPE_CHECKING:
    from stellr_tui.desk.drafts import Draft


@click.command(
    "drafts",
    cls=Command,
    help=N_("書きかけのオーダーを、最後に変更したものから表示します。続きは画面のホームで入力します。"),
)
@json_option
@pass_common
def drafts(common: Common) -> None:
    """The orders half entered of whoever acts, for the billing account."""
    from stellr_tui.desk.drafts import list_drafts

    with common.at_work() as (desk, by):
        found = list_drafts(desk, by)
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("開始")),
        Column(_("エンドユーザー")),
        Column(_("発注番号")),
        Column(_("商品")),
        Column(_("合計金額"), numbers=True),
    ]
    print_table(columns, [_row(one) for one in found])


def _document(one: "Draft") -> dict[str, Any]:
    return {
        "number": one.id,
        "begun_at": one.begun_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "customer": one.customer_number,
        "company": one.company,
        "po_number": one.po_number,
        "lines": [{"sku": line.sku, "seats": line.seats} for line in one.products],
        "total": one.total,
    }


def _row(one: "Draft") -> tuple[str, ...]:
    from stellr_tui.desk.clock import TOKYO
    from stellr_tui.reference.labels import draft_customer, draft_products

    return (
        f"{one.begun_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
        draft_customer(one.customer_number, one.company) or "-",
        one.po_number or "-",
        draft_products((line.name or line.sku, line.seats) for line in one.products) or "-",
        money.yen(one.total),
    )

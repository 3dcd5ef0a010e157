"""`stellr catalog`: vendors, their products and prices (ベンダーカタログ). Needs no order book."""

from collections.abc import Iterator
from typing import Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.reference.catalog import Catalog, Vendor, load_catalog
from stellr_tui.reference.labels import plan_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.money import yen


@click.command("catalog", cls=Command, help=N_("ベンダー、商品、提供単価の一覧を表示します（ベンダーカタログ）。"))
@json_option
@pass_common
def catalog(common: Common) -> None:
    """The vendor catalogue."""
    found = load_catalog()
    if common.json:
        print_json([_document(vendor) for vendor in found.vendors])
        return
    columns = [
        Column(_("ベンダー")),
        Column(_("商品名")),
        Column(_("メーカー型番")),
        Column(_("商品コード")),
        Column(_("SKU番号")),
        Column(_("契約期間")),
        Column(_("Unit MSRP"), numbers=True),
        Column(_("提供単価"), numbers=True),
        Column(_("適用開始日")),
        Column(_("備考")),
    ]
    print_table(columns, _rows(found))


def _document(vendor: Vendor) -> dict[str, Any]:
    products = [
        {
            "sku": one.sku,
            "name": one.name,
            "manufacturer_part_number": one.manufacturer_part_number,
            "product_code": one.product_code,
            "msrp": one.msrp,
            "plan": one.plan,
            "billing_type": one.billing_type,
            "service_description": one.service_description,
            "sample": one.sample,
            "prices": [{"starts_on": price.starts_on, "unit_price": price.yen} for price in one.prices],
        }
        for one in vendor.products
    ]
    return {
        "code": vendor.code,
        "name": vendor.name,
        "company": vendor.company,
        "group": vendor.group,
        "note": vendor.note,
        "products": products,
    }


def _rows(found: Catalog) -> Iterator[tuple[str, ...]]:
    """A row for each price; a vendor without products has one too."""
    for vendor in found.vendors:
        if not vendor.products:
            yield vendor.name, "-", "", "", "", "", "", "", "", vendor.note
        for one in vendor.products:
            for price in one.prices:
                yield (
                    vendor.name,
                    one.name,
                    one.manufacturer_part_number,
                    one.product_code,
                    one.sku,
                    plan_label(one.plan),
                    "N/A" if one.msrp is None else yen(one.msrp),
                    yen(price.yen),
                    price.starts_on.isoformat(),
                    _("サンプル価格") if one.sample else "",
                )

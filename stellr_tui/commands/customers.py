"""`stellr customers`: end users with their locations and contacts (顧客管理)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Common, json_option, pass_common
from stellr_tui.commands.frame import Command
from stellr_tui.commands.output import Column, print_json, print_table
from stellr_tui.commands.parameters import Option
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules import fields

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.end_users import EndUser
    from stellr_tui.desk.identity import SignedIn


@click.command("customers", cls=Command, help=N_("エンドユーザーの一覧を表示します。"))
@click.option(
    "--search",
    cls=Option,
    metavar="T",
    default="",
    help=N_("顧客番号、エンドユーザー、連絡先名、連絡先電子メール、MicrosoftIDで検索します。"),
)
@json_option
@pass_common
def customers(common: Common, search: str) -> None:
    """The end users of the billing account."""
    searched = fields.text(search, "--search")
    with common.at_work() as (desk, by):
        found = list(_every(desk, by, searched))
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("顧客番号")),
        Column(_("エンドユーザー")),
        Column(_("会社名カナ")),
        Column(_("担当者名")),
        Column(_("電話番号")),
        Column(_("Eメール")),
        Column(_("アドレス")),
    ]
    print_table(columns, (row for one in found for row in _rows(one)))


def _every(desk: "Desk", by: "SignedIn", search: str) -> "Iterator[EndUser]":
    """All pages, one after the other."""
    from stellr_tui.desk.end_users import search_end_users
    from stellr_tui.desk.pages import MAX_PAGE, every_row

    return every_row(lambda after: search_end_users(desk, by, search, after, MAX_PAGE))


def _document(one: "EndUser") -> dict[str, Any]:
    locations = [
        {
            "name": place.name,
            "postal_code": place.postal_code,
            "prefecture": place.prefecture,
            "prefecture_code": place.prefecture_code,
            "city": place.city,
            "address1": place.address1,
            "address2": place.address2,
        }
        for place in one.locations
    ]
    security = one.security_contact
    return {
        "number": one.number,
        "company": one.company,
        "company_kana": one.company_kana,
        "locations": locations,
        "contacts": [{"name": person.name, "phone": person.phone, "email": person.email} for person in one.contacts],
        "security_contact": {"name": security.name, "phone": security.phone, "email": security.email},
        "storefront_access": one.storefront_access,
    }


def _rows(one: "EndUser") -> Iterator[tuple[str, ...]]:
    """A row for the end user, and one more for each further contact or location."""
    for position in range(max(len(one.contacts), len(one.locations), 1)):
        contact = one.contacts[position] if position < len(one.contacts) else None
        who = (contact.name, contact.phone, contact.email) if contact else ("", "", "")
        where = str(one.locations[position]) if position < len(one.locations) else ""
        first = (str(one.number), one.company, one.company_kana) if position == 0 else ("", "", "")
        yield *first, *who, where

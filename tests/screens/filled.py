"""The forms of the portal as they should be filled in."""

from collections.abc import Mapping

from stellr_tui.desk.end_users import field_at
from stellr_tui.desk.training import CUSTOMER
from tests.screens.clerk import Clerk

# The manual's own, オーダー③; 会社名カナ, 市区町村 and 都道府県 follow.
PLACE = {"location": "テスト株式会社", "postal_code": "1350001", "address1": "123 BLDG"}
CONTACT = {"name": "テスト太郎", "phone": "0312345678", "email": "test@yourcompany.com"}
END_USER = {
    "company": "テスト株式会社",
    **{f"security_contact.{name}": good for name, good in CONTACT.items()},
    **PLACE,
    **{f"contact.{name}": good for name, good in CONTACT.items()},
}
FURTHER = {
    **{field_at("locations", 1, name): good for name, good in PLACE.items()},
    **{field_at("contacts", 1, name): good for name, good in CONTACT.items()},
}


async def fill_end_user(clerk: Clerk, values: Mapping[str, str]) -> None:
    """The form of a new end user, until every proposal has come."""
    await clerk.fills(values)
    follow = [name.replace("postal_code", "city") for name in values if name.endswith("postal_code")]
    await clerk.until(lambda: all(clerk.value(name) for name in ("company_kana", *follow)))


async def fill_order(clerk: Clerk, values: Mapping[str, str], customer: int = CUSTOMER) -> None:
    """The order page for an end user who is searched and picked, as the keyboard does it."""
    await clerk.types("end_user", str(customer))
    await clerk.until(lambda: clerk.is_seen(clerk.one("#end-user-matches")))
    await clerk.settles()
    await clerk.presses("enter")
    await clerk.until(lambda: clerk.value("end_user") == str(customer))
    await clerk.fills(values)

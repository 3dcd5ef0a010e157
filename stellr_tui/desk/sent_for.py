"""For whom an order was sent: the end user as it was at 送信, whatever is changed of it afterwards."""

from dataclasses import asdict, dataclass
from dataclasses import fields as columns_of

from stellr_tui.desk.end_users import Contact, EndUser, Location
from stellr_tui.reference.prefectures import prefecture_name
from stellr_tui.store import tables


@dataclass(frozen=True, slots=True)
class SentFor:
    """Company, location and contact of an order. An order that waits follows the end user; 送信 settles it."""

    company: str
    company_kana: str
    location: str
    postal_code: str
    prefecture_code: str
    city: str
    address1: str
    address2: str
    contact: str
    phone: str
    email: str

    @property
    def address(self) -> str:
        """The address with the postal code, as one line."""
        parts = (self.postal_code, prefecture_name(self.prefecture_code), self.city, self.address1, self.address2)
        return " ".join(part for part in parts if part)


def as_it_is(
    end_user: EndUser | tables.EndUser, place: Location | tables.Location, person: Contact | tables.Contact
) -> SentFor:
    """For whom an order is sent, if it is sent now."""
    return SentFor(
        company=end_user.company,
        company_kana=end_user.company_kana,
        location=place.name,
        postal_code=place.postal_code,
        prefecture_code=place.prefecture_code,
        city=place.city,
        address1=place.address1,
        address2=place.address2,
        contact=person.name,
        phone=person.phone,
        email=person.email,
    )


def settle(contract: tables.Contract, order: tables.PurchaseOrder) -> None:
    """Keep for whom a contract is being sent."""
    contract.sent_for = asdict(as_it_is(order.end_user, order.location, order.contact))


def sent_for(contract: tables.Contract) -> SentFor | None:
    """For whom a contract was sent; None before 送信."""
    kept = contract.sent_for
    return None if kept is None else SentFor(**{one.name: str(kept[one.name]) for one in columns_of(SentFor)})

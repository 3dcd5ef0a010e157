"""The order file: JSON or TOML with the same keys, read strictly. A key that is not known is refused by name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm
from stellr_tui.rules.findings import Finding, Reason, Refused


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line of an order file; the SKU decides the plan. Seats as written, a number or text."""

    sku: str
    seats: int | str


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """What an order file says: a customer's number or a new end user, and the lines. Not yet checked by the rules."""

    po_number: str
    lines: tuple[DocumentLine, ...]
    customer_number: int | None = None
    new_customer: EndUserForm | None = None
    end_user_order_number: str = ""
    department: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """Everything the document says, as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, written: Mapping[str, Any]) -> "OrderDocument":
        """Read a document as a whole. Refused with everything that `read` finds."""
        document, found = cls.read(written)
        if found:
            raise Refused(*found)
        return document

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "tuple[OrderDocument, tuple[Finding, ...]]":
        """A document as far as it can be read, and every UNKNOWN_KEY, missing key (REQUIRED) and WRONG_TYPE in it.

        Facts: allowed. What could not be read is left empty.
        """
        reader = _Reader()
        top = reader.table(
            written, "", needed=("po_number", "customer", "lines"), other=("end_user_order_number", "department")
        )
        number, form = _customer(reader, top)
        document = cls(
            po_number=reader.string(top, "po_number"),
            end_user_order_number=reader.string(top, "end_user_order_number"),
            department=reader.string(top, "department"),
            customer_number=number,
            new_customer=form,
            lines=_lines(reader, top),
        )
        return document, tuple(reader.findings)


class _Reader:
    """Takes values out of a document by key and type, and remembers all that is wrong."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def table(
        self, written: object, name: str, needed: tuple[str, ...] = (), other: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The known keys of a table, prefixed with its name."""
        if not isinstance(written, Mapping):
            self.wrong_type(name, written, "table")
            return {}
        prefix = f"{name}." if name else ""
        allowed = (*needed, *other)
        facts = {"allowed": ", ".join(allowed)}
        for key in written:
            if key not in allowed:
                self.findings.append(Finding(Reason.UNKNOWN_KEY, f"{prefix}{key}", str(key), facts))
        for key in needed:
            if key not in written:
                self.findings.append(Finding(Reason.REQUIRED, f"{prefix}{key}"))
        return {f"{prefix}{key}": written[key] for key in allowed if key in written}

    def string(self, values: Mapping[str, Any], name: str) -> str:
        """A text; one that was left out is empty."""
        value = values.get(name, "")
        if isinstance(value, str):
            return value
        self.wrong_type(name, value, "text")
        return ""

    def wrong_type(self, name: str, value: object, allowed: str) -> None:
        """Remember a value of the wrong kind."""
        self.findings.append(Finding(Reason.WRONG_TYPE, name, str(value), {"allowed": allowed}))


def _customer(reader: _Reader, top: Mapping[str, Any]) -> tuple[int | None, EndUserForm | None]:
    written = top.get("customer")
    if written is None:
        return None, None
    if isinstance(written, int) and not isinstance(written, bool):
        return written, None
    if not isinstance(written, Mapping):
        reader.wrong_type("customer", written, "number, table")
        return None, None
    values = reader.table(
        written,
        "customer",
        needed=("company", "company_kana", "location", "postal_code", "address1", "contact"),
        other=("address2", "prefecture", "city", "security_contact"),
    )
    names = ("location", "postal_code", "address1", "address2", "city", "prefecture")
    location = LocationForm(**{name: reader.string(values, f"customer.{name}") for name in names})
    contact = _contact(reader, values, "customer.contact", needed=True)
    return None, EndUserForm(
        company=reader.string(values, "customer.company"),
        company_kana=reader.string(values, "customer.company_kana"),
        locations=(location,),
        contacts=(contact,),
        security_contact=_contact(reader, values, "customer.security_contact", needed=False),
    )


def _contact(reader: _Reader, values: Mapping[str, Any], name: str, *, needed: bool) -> ContactForm:
    if name not in values:
        return ContactForm()
    keys = ("name", "phone", "email")
    written = reader.table(values[name], name, needed=keys if needed else (), other=() if needed else keys)
    return ContactForm(**{key: reader.string(written, f"{name}.{key}") for key in keys})


def _lines(reader: _Reader, top: Mapping[str, Any]) -> tuple[DocumentLine, ...]:
    written = top.get("lines", [])
    if not isinstance(written, list):
        reader.wrong_type("lines", written, "list")
        return ()
    lines = []
    for position, one in enumerate(written, 1):
        name = f"lines.{position}"
        values = reader.table(one, name, needed=("sku", "seats"))
        seats = values.get(f"{name}.seats", 0)
        if isinstance(seats, bool) or not isinstance(seats, int | str | float):
            reader.wrong_type(f"{name}.seats", seats, "number")
            seats = 0
        lines.append(
            DocumentLine(reader.string(values, f"{name}.sku"), seats if isinstance(seats, int) else str(seats))
        )
    return tuple(lines)

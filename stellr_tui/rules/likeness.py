"""Whether an end user is likely to be there already: the same name, and a postal code or a phone number in common."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stellr_tui.rules.findings import Finding, Reason


@dataclass(frozen=True, slots=True)
class Known:
    """An end user that is there: its number, its name, and where it is and is called, as stored."""

    customer_number: int
    company: str
    postal_codes: frozenset[str]
    phones: frozenset[str]


def likely_known(
    company: str, postal_codes: Mapping[str, str], phones: Mapping[str, str], known: Iterable[Known]
) -> Finding | None:
    """A warning that names the first end user who is likely the same, at the field that both have in common.

    Never a refusal: two offices of a company may well be two end users, and two companies may share a house. Codes
    and numbers come by the names of their fields. Width of characters, case, blanks and hyphens do not matter.
    """
    name = _plain(company)
    for one in known if name else ():
        if _plain(one.company) != name:
            continue
        facts = {"customer_number": one.customer_number, "company": one.company}
        called = {_digits(phone) for phone in one.phones}
        here = [(field, code) for field, code in postal_codes.items() if code in one.postal_codes]
        here += [(field, phone) for field, phone in phones.items() if _digits(phone) in called]
        for field, given in here:
            return Finding(Reason.LIKELY_KNOWN, field, given, facts)
    return None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)

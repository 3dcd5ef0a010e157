"""What is done in a step, as a trainer says it: fill this field, choose that row, press this button. No key codes.

Targets are stable widget ids, keys are ids of bindings, so that a key that is bound otherwise tomorrow changes no
lesson. Each kind is written in a scenario by the name of its first field, `{ fill = "company", with = "..." }`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Pages that a key leads to from everywhere in Stellr."""

    HOME = "home"
    VENDOR_CATALOG = "vendor-catalog"
    CUSTOMERS = "customers"
    RESULTS = "results"
    STOREFRONT = "storefront"


@dataclass(frozen=True, slots=True)
class Fill:
    """Go to a field, empty it, and type."""

    fill: str
    with_: str


@dataclass(frozen=True, slots=True)
class Type:
    """Type where the focus is."""

    type_: str


@dataclass(frozen=True, slots=True)
class Press:
    """Go to a button, a tile or a box to tick, and press it."""

    press: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Go to a table, a list, a selection or tabs, and take a row: by its key, or by words that stand in it."""

    choose: str
    row: str


@dataclass(frozen=True, slots=True)
class Key:
    """Press the key that is bound under an id."""

    key: str


@dataclass(frozen=True, slots=True)
class Open:
    """Press the key that leads to a page."""

    open_: Way


Intent = Fill | Type | Press | Choose | Key | Open

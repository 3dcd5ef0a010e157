"""The names that scenarios use for what the app has: pages, screens, keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_args

from textual.binding import Binding
from textual.dom import DOMNode

from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.widgets import places
from stellr_tui.widgets.page import Page

if TYPE_CHECKING:
    from textual.screen import Screen

    from stellr_tui.lessons.book import Book

_SUFFIXES = ("Screen", "Dialog", "Page")


def place_name(kind: type[Any]) -> str:
    """`VendorCatalog` is `vendor-catalog`."""
    return _kebab(kind.__name__)


def screen_name(screen: Screen[Any]) -> str:
    """`NewEndUserScreen` is `new-end-user`, `RulesDialog` is `rules`."""
    return _screen_name(type(screen))


def place_named(name: str, of: str, book: Book) -> places.Place:
    """The place of a name; `of` is a PO number, a contract number, a company or what else its pages are of.

    Refused: NOT_A_CHOICE for the name, and UNKNOWN_… for what it should be of.
    """
    kinds = {place_name(one): one for one in get_args(places.Place)}
    if name not in kinds:
        raise Refused(Finding(Reason.NOT_A_CHOICE, "place", name, {"allowed": ", ".join(kinds)}))
    kind: type[Any] = kinds[name]
    given = [_argument(one.name, str(one.type), of, book) for one in fields(kind)[:1]]
    place: places.Place = kind(*given)
    return place


def called(place: places.Place, book: Book) -> frozenset[str]:
    """What a place may be said to be of: a customer's number and company, an order's PO and contract numbers."""
    for one in fields(place):
        value = getattr(place, one.name)
        match _subject(one.name):
            case "customer":
                companies = {each.company for each in book.end_users() if each.number == value}
                return frozenset({str(value), *companies})
            case "order":
                order = book.order(value)
                return frozenset({order.po_number, *(str(each.number) for each in order.contracts)})
            case "contract":
                orders = (each for each in book.orders() if any(part.number == value for part in each.contracts))
                return frozenset({str(value), *(each.po_number for each in orders)})
            case _:
                return frozenset({str(value)})
    return frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name there is: of places, of screens, of bindings."""

    places: frozenset[str]
    screens: frozenset[str]
    bindings: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The names of the app as it is, for finding misspelt ones before anything runs."""
    import screens
    from stellr_tui.widgets.asking import AskingScreen

    for module in iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    kinds = {one for one in _below(AskingScreen) if one.__module__.startswith(f"{screens.__name__}.")}
    return Vocabulary(
        places=frozenset(place_name(one) for one in get_args(places.Place)),
        screens=frozenset(_screen_name(one) for one in kinds if not issubclass(one, Page)),
        bindings=frozenset(
            one.id
            for kind in _below(DOMNode)
            for one in kind.__dict__.get("BINDINGS", ())
            if isinstance(one, Binding) and one.id
        ),
    )


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _subject(field: str) -> str:
    """What the field of a place is a key of, by its name: `order_id`, `customer`, `contract_number`."""
    return field.removesuffix("_id").removesuffix("_number")


def _argument(field: str, kind: str, of: str, book: Book) -> object:
    match _subject(field):
        case "customer":
            found = [one.number for one in book.end_users() if of in (str(one.number), one.company)]
            unknown = Reason.UNKNOWN_CUSTOMER
        case "order":
            found = [one.id for one in book.orders() if of == one.po_number]
            unknown = Reason.UNKNOWN_ORDER
        case "contract":
            found = [
                part.number
                for one in book.orders()
                for part in one.contracts
                if of in (one.po_number, str(part.number))
            ]
            unknown = Reason.UNKNOWN_CONTRACT
        case _:
            return int(of) if kind == "int" else of
    if not found:
        raise Refused(Finding(unknown, "of", of))
    return found[-1] if unknown is Reason.UNKNOWN_ORDER else found[0]


def _screen_name(kind: type[Any]) -> str:
    name = kind.__name__
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return _kebab(name)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()

"""What can be said of the screen, and how statements are put together.

What can be said of the order book stands in `book_conditions` and `book_counts`.
A statement is a frozen value with three questions: does it hold (`instead` gives None), what holds instead, in words,
and what is it that it states (`said`), in words. It looks at a `Look` and changes nothing. In a scenario it is written
by the name of its first field, `{ field = "company", is = "..." }`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from stellr_tui.lessons.book_conditions import CartHolds, ContractIs, EndUserIs, InvoiceIs, MailIs, OrderIs
from stellr_tui.lessons.book_counts import AfterIs, ContractsAre, EndUsersAre, InvoicesAre, MailsAre, OrdersAre, TodayIs
from stellr_tui.lessons.wording import Wording
from stellr_tui.reference.texts import _

if TYPE_CHECKING:
    from stellr_tui.lessons.book import Book

_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one is: the name of the page or screen, and what it can be called by (a customer's number and company)."""

    name: str
    of: frozenset[str] = frozenset()


class View(Protocol):
    """What there is to see, as statements and the engine ask for it. Of the real app: `classroom.sight`."""

    def place(self) -> Standing | None:
        """The page that is shown, with nothing over it; else None."""

    def screen(self) -> str:
        """What is on top of all, by its name."""

    def focus(self) -> tuple[str, ...]:
        """The ids of what has the focus and of all that it stands in."""

    def values(self, target: str) -> tuple[str, ...]:
        """What stands in a field, in every form that it may be asked for; nothing where there is no such field."""

    def text(self, target: str) -> str | None:
        """What a widget shows; None where it is not shown."""

    def refused(self) -> bool:
        """Whether something stands there that the portal refused."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at everything."""

    view: View
    book: Book


class Statement(Protocol):
    """What every statement can be asked."""

    of_book: ClassVar[bool]
    """Whether it speaks of the order book."""

    def said(self) -> str:
        """What is stated, in the language spoken now."""

    def instead(self, look: Look) -> str | None:
        """What holds instead, in the language spoken now; None where the statement holds."""


@dataclass(frozen=True, slots=True)
class PlaceIs:
    """This page is shown, nothing over it."""

    place: str
    of: str = ""
    of_book: ClassVar[bool] = False

    def said(self) -> str:
        return _("ページ「{place}」が表示されている").format(place=" ".join(filter(None, (self.place, self.of))))

    def instead(self, look: Look) -> str | None:
        found = look.view.place()
        if found is None:
            return _("「{screen}」が表示されている").format(screen=look.view.screen())
        if found.name == self.place and (not self.of or self.of in found.of):
            return None
        shown = " ".join((found.name, *sorted(found.of)))
        return _("「{screen}」が表示されている").format(screen=shown)


@dataclass(frozen=True, slots=True)
class ScreenIs:
    """This form, wizard or dialog is on top."""

    screen: str
    of_book: ClassVar[bool] = False

    def said(self) -> str:
        return _("画面「{screen}」が開いている").format(screen=self.screen)

    def instead(self, look: Look) -> str | None:
        found = look.view.screen()
        return None if found == self.screen else _("「{screen}」が表示されている").format(screen=found)


@dataclass(frozen=True, slots=True)
class FocusIs:
    """The focus is on this widget, or within it."""

    focus: str
    of_book: ClassVar[bool] = False

    def said(self) -> str:
        return _("フォーカスが「{target}」にある").format(target=self.focus)

    def instead(self, look: Look) -> str | None:
        found = look.view.focus()
        if self.focus in found:
            return None
        return _("フォーカスは「{target}」にある").format(target=next(iter(found), "-"))


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field has this value."""

    field: str
    is_: str
    of_book: ClassVar[bool] = False

    def said(self) -> str:
        return _("欄「{target}」の値が「{value}」である").format(target=self.field, value=self.is_)

    def instead(self, look: Look) -> str | None:
        found = look.view.values(self.field)
        if self.is_ in found:
            return None
        if not found:
            return _("欄「{target}」がない").format(target=self.field)
        return _("欄「{target}」の値は「{value}」である").format(target=self.field, value=found[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """A widget is shown, and its text holds these words; blanks and line breaks do not count."""

    shown: str
    says: Wording | None = None
    of_book: ClassVar[bool] = False

    def said(self) -> str:
        if self.says is None:
            return _("「{target}」が表示されている").format(target=self.shown)
        return _("「{target}」に「{words}」と表示されている").format(target=self.shown, words=self.says)

    def instead(self, look: Look) -> str | None:
        found = look.view.text(self.shown)
        if found is None:
            return _("「{target}」は表示されていない").format(target=self.shown)
        if self.says is None or _close(str(self.says)) in _close(found):
            return None
        return _("「{target}」の表示は「{words}」である").format(target=self.shown, words=_short(found))


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold."""

    all_: tuple[Condition, ...]

    @property
    def of_book(self) -> bool:
        """Whether every one speaks of the order book."""
        return all(one.of_book for one in self.all_)

    def said(self) -> str:
        return _("、かつ").join(one.said() for one in self.all_)

    def instead(self, look: Look) -> str | None:
        # The first that does not hold says it: what is on the screen is asked before the book where it is said first.
        return next((said for one in self.all_ if (said := one.instead(look)) is not None), None)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these holds."""

    any_: tuple[Condition, ...]

    @property
    def of_book(self) -> bool:
        """Whether every one speaks of the order book."""
        return all(one.of_book for one in self.any_)

    def said(self) -> str:
        return _("、または").join(one.said() for one in self.any_)

    def instead(self, look: Look) -> str | None:
        found = [one.instead(look) for one in self.any_]
        return None if None in found else _("、").join(dict.fromkeys(str(one) for one in found))


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    not_: Condition

    @property
    def of_book(self) -> bool:
        """Whether it speaks of the order book."""
        return self.not_.of_book

    def said(self) -> str:
        return _("次のとおりでない: {statement}").format(statement=self.not_.said())

    def instead(self, look: Look) -> str | None:
        return self.not_.said() if self.not_.instead(look) is None else None


Condition = (
    All
    | Any
    | Not
    | PlaceIs
    | ScreenIs
    | FocusIs
    | FieldIs
    | Shown
    | OrderIs
    | ContractIs
    | InvoiceIs
    | MailIs
    | EndUserIs
    | CartHolds
    | TodayIs
    | AfterIs
    | OrdersAre
    | ContractsAre
    | EndUsersAre
    | InvoicesAre
    | MailsAre
)
"""Any statement that a scenario can make."""


def _short(text: str) -> str:
    """On one line, and not the whole of a long page."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."


def book_part(condition: Condition | None) -> Condition | None:
    """All that must be true of the order book where a condition holds; None where it says nothing of that."""
    if condition is None or condition.of_book:
        return condition
    if not isinstance(condition, All):
        return None
    parts = tuple(part for one in condition.all_ if (part := book_part(one)) is not None)
    return All(parts) if parts else None


def _close(text: str) -> str:
    return re.sub(r"\s+", "", text)

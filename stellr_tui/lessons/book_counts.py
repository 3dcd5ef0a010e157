"""What can be said of the order book as a whole: its date, and how many there are of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from stellr_tui.lessons.stating import Fact, counted, stated
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.lessons.conditions import Look


@dataclass(frozen=True, slots=True)
class TodayIs:
    """The business date."""

    today: date
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return _("処理日が {day} である").format(day=self.today)

    def instead(self, look: Look) -> str | None:
        today = look.book.today()
        return None if today == self.today else _("処理日は {day} である").format(day=today)


@dataclass(frozen=True, slots=True)
class AfterIs:
    """The business date is later than this day."""

    after: date
    of_book: ClassVar[bool] = True

    def said(self) -> str:
        return _("処理日が {day} より後である").format(day=self.after)

    def instead(self, look: Look) -> str | None:
        today = look.book.today()
        return None if today > self.after else _("処理日は {day} である").format(day=today)


class _HowMany:
    """How many there are; the subclass has the number as its only field, and counts."""

    __slots__ = ()
    of_book: ClassVar[bool] = True
    what: ClassVar[str]

    def wanted(self) -> int:
        """How many there should be."""
        raise NotImplementedError

    def count(self, look: Look) -> int:
        """How many there are."""
        raise NotImplementedError

    def said(self) -> str:
        return stated(_(self.what), [Fact(_("件数"), self.wanted(), None)])

    def instead(self, look: Look) -> str | None:
        found = self.count(look)
        return None if found == self.wanted() else counted(_(self.what), self.wanted(), found)


@dataclass(frozen=True, slots=True)
class OrdersAre(_HowMany):
    """How many orders there are, without those discarded."""

    orders: int
    what: ClassVar[str] = N_("オーダー")

    def wanted(self) -> int:
        return self.orders

    def count(self, look: Look) -> int:
        return len(look.book.orders())


@dataclass(frozen=True, slots=True)
class ContractsAre(_HowMany):
    """How many contracts there are, without those discarded."""

    contracts: int
    what: ClassVar[str] = N_("契約")

    def wanted(self) -> int:
        return self.contracts

    def count(self, look: Look) -> int:
        return len(look.book.contracts())


@dataclass(frozen=True, slots=True)
class EndUsersAre(_HowMany):
    """How many end users there are."""

    end_users: int
    what: ClassVar[str] = N_("エンドユーザー")

    def wanted(self) -> int:
        return self.end_users

    def count(self, look: Look) -> int:
        return len(look.book.end_users())


@dataclass(frozen=True, slots=True)
class InvoicesAre(_HowMany):
    """How many invoices there are."""

    invoices: int
    what: ClassVar[str] = N_("請求書")

    def wanted(self) -> int:
        return self.invoices

    def count(self, look: Look) -> int:
        return len(look.book.invoices())


@dataclass(frozen=True, slots=True)
class MailsAre(_HowMany):
    """How many mails there are."""

    mails: int
    what: ClassVar[str] = N_("メール")

    def wanted(self) -> int:
        return self.mails

    def count(self, look: Look) -> int:
        return len(look.book.letters())

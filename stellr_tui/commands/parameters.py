"""Options and arguments: their help in the language spoken now, their values checked as the rules check fields."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

import click
from click.types import OptionHelpExtra

from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import _
from stellr_tui.rules import fields
from stellr_tui.rules.findings import Finding, Reason, Refused


class InWords:
    """Something with a help text that is read in the language spoken at that moment."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """The help text, translated."""
        return _(self._help) if self._help else None

    @help.setter  # noqa: A003 - this is the property above, and the name is Click's
    def help(self, words: str | None) -> None:
        self._help = words


class Option(InWords, click.Option):
    """An option whose help is marked with `N_`."""

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """What stands in brackets behind the help, in the language spoken now."""
        extra = super().get_help_extra(ctx)
        return {**extra, "required": _("必須")} if "required" in extra else extra


class Argument(InWords, click.Argument):
    """An argument whose help is marked with `N_`."""


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD, for a field of this name."""

    name = "day"

    def __init__(self, field: str = "date") -> None:
        self.field = field

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or wrong usage."""
        try:
            return fields.calendar_day(str(value), self.field)
        except Refused as refused:
            wrong(refused.findings[0], param, ctx)


class Month(click.ParamType[date]):
    """A month written YYYY-MM; its 1st."""

    name = "month"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The 1st of the month, or wrong usage."""
        try:
            return fields.month(str(value))
        except Refused as refused:
            wrong(refused.findings[0], param, ctx)


class Number(click.ParamType[int]):
    """A number of the order book, such as 契約番号, for a field of this name."""

    name = "number"

    def __init__(self, field: str) -> None:
        self.field = field

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or wrong usage."""
        if re.fullmatch(r"[0-9]{1,18}", str(value), re.ASCII):
            return int(value)
        wrong(Finding(Reason.WRONG_TYPE, self.field, str(value), {"allowed": "number"}), param, ctx)


class Site(click.ParamType[str]):
    """The address of a web site, without a slash at its end."""

    name = "site"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address, or wrong usage."""
        if re.fullmatch(r"https?://[^\s/?#<>\"{}|\\^`]+(/[^\s?#<>\"{}|\\^`]*)?", str(value)):
            return str(value).rstrip("/")
        wrong(Finding(Reason.WRONG_TYPE, "site", str(value), {"allowed": "web-address"}), param, ctx)


class Times(click.ParamType[float]):
    """How many times as much, within limits, for a field of this name."""

    name = "times"

    def __init__(self, field: str, least: float, most: float) -> None:
        self.field = field
        self.least = least
        self.most = most

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As help shows it."""
        return f"{self.least:g}-{self.most:g}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or wrong usage."""
        if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", str(value), re.ASCII) and self.least <= float(value) <= self.most:
            return float(value)
        facts = {"allowed": f"{self.least:g}-{self.most:g}"}
        wrong(Finding(Reason.NOT_A_CHOICE, self.field, str(value), facts), param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words, for a field of this name if it has a label."""

    def __init__(self, choices: Iterable[str], field: str = "") -> None:
        super().__init__([str(choice) for choice in choices])
        self.field = field

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or wrong usage that names those allowed."""
        if value not in self.choices:
            facts = {"allowed": ", ".join(self.choices)}
            wrong(Finding(Reason.NOT_A_CHOICE, self.field, str(value), facts), param, ctx)
        return str(value)


def wrong(finding: Finding, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
    """Refuse a value on the command line: wrong usage, with the sentence of the rule."""
    raise click.BadParameter(sentence(finding), ctx, param)

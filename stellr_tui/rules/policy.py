"""The choices the manual leaves open, as one value. The file they come from is read elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from stellr_tui.rules.findings import Finding, Reason, Refused


class ReductionRule(StrEnum):
    """How the deadline of a reduction is counted (減数時は20日前が受付期限; its second example disagrees)."""

    NOTICE = "notice"
    ORDER_CUTOFF = "order-cutoff"


class Requirement(StrEnum):
    """Whether a field must be filled in."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class PhoneCheck(StrEnum):
    """What happens to ten or eleven digits that are no valid Japanese number."""

    WARNING = "warning"
    REFUSAL = "refusal"


class ListTerm(StrEnum):
    """What the column 請求開始/終了 shows: the term as the manual pictures it, or the days that are billed."""

    TERM = "term"
    BILLING = "billing"


class Approval(StrEnum):
    """Who ends Manual Provisioning: the delivery day by itself, or an operator."""

    AUTOMATIC = "automatic"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """消費税率 in percent, in force from a day on."""

    starts_on: date
    percent: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Every assumption the rules rest on, with its default. See `data/policy.toml` for what each one means."""

    reduction_rule: ReductionRule = ReductionRule.NOTICE
    address2: Requirement = Requirement.OPTIONAL
    phone_check: PhoneCheck = PhoneCheck.WARNING
    given_name: Requirement = Requirement.REQUIRED
    list_term: ListTerm = ListTerm.TERM
    approval: Approval = Approval.AUTOMATIC
    minimum_seats: int = 1
    renewal_months: int = 12
    near_days: int = 30
    tax_rate: tuple[TaxRate, ...] = (TaxRate(date(2019, 10, 1), 10),)

    def tax_percent_on(self, day: date) -> int:
        """The rate in force on a day, in percent. Refused before the first one: NO_TAX_RATE (facts: day, first_on)."""
        in_force = [rate.percent for rate in self.tax_rate if rate.starts_on <= day]
        if not in_force:
            facts = {"day": day, "first_on": self.tax_rate[0].starts_on}
            raise Refused(Finding(Reason.NO_TAX_RATE, "tax_rate", day.isoformat(), facts))
        return in_force[-1]

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> "Policy":
        """A policy from what a file says; keys that are left out keep their default.

        Raises Refused with POLICY_KEY for a key that is not known, POLICY_KEY_REPLACED for one that another has
        replaced (facts: `instead`), and POLICY_VALUE for a value out of range (facts: `allowed`, a readable list).
        """
        known = [one.name for one in fields(cls)]
        findings: list[Finding] = []
        chosen: dict[str, object] = {}
        for key, value in values.items():
            if key in _REPLACED:
                findings.append(Finding(Reason.POLICY_KEY_REPLACED, key, str(value), {"instead": _REPLACED[key]}))
                continue
            if key == "tax_rate":
                chosen[key] = _tax_rates(value, findings)
                continue
            if key not in known:
                findings.append(Finding(Reason.POLICY_KEY, key, str(value), {"allowed": ", ".join(sorted(known))}))
                continue
            allowed = _allowed(key)
            match = next((one for one in allowed if _same(one, value)), None)
            if match is None:
                findings.append(Finding(Reason.POLICY_VALUE, key, str(value), {"allowed": _readable(allowed)}))
            else:
                chosen[key] = match
        if findings:
            raise Refused(*findings)
        return cls(**chosen)  # type: ignore[arg-type]


_REPLACED = {"tax_percent": "[[tax_rate]] from, percent"}
"""Keys of older policy files, and what says the same now."""

_PERCENT = range(101)
_RATE_KEYS = ("from", "percent")


def _tax_rates(value: object, findings: list[Finding]) -> tuple[TaxRate, ...]:
    """The rates of a list of tables, the oldest first; what is wrong with them is added to the findings."""
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        findings.append(Finding(Reason.POLICY_VALUE, "tax_rate", str(value), {"allowed": "tables"}))
        return ()
    rates: list[TaxRate] = []
    for number, one in enumerate(value, 1):
        for key in one:
            if key not in _RATE_KEYS:
                facts = {"allowed": ", ".join(_RATE_KEYS)}
                findings.append(Finding(Reason.POLICY_KEY, f"tax_rate.{number}.{key}", str(one[key]), facts))
        starts_on, percent = one.get("from"), one.get("percent")
        # A moment is no day, and TOML's true is no number.
        if type(starts_on) is not date:
            findings.append(_wrong_rate(number, "from", starts_on, "date"))
        elif rates and starts_on <= rates[-1].starts_on:
            findings.append(_wrong_rate(number, "from", starts_on, "later-rate"))
        if type(percent) is not int or percent not in _PERCENT:
            findings.append(_wrong_rate(number, "percent", percent, _readable(_PERCENT)))
        if type(starts_on) is date and type(percent) is int:
            rates.append(TaxRate(starts_on, percent))
    return tuple(rates)


def _wrong_rate(number: int, key: str, given: object, allowed: str) -> Finding:
    shown = "" if given is None else str(given)
    return Finding(Reason.POLICY_VALUE, f"tax_rate.{number}.{key}", shown, {"allowed": allowed})


def _same(allowed: object, given: object) -> bool:
    """Equal and of one kind: TOML's `true` is not the number 1."""
    return type(given) in (str, int) and allowed == given


def _allowed(key: str) -> tuple[object, ...] | range:
    default = getattr(Policy(), key)
    if isinstance(default, StrEnum):
        return tuple(type(default))
    return {"minimum_seats": range(1, 10_000), "renewal_months": range(1, 61), "near_days": range(1, 366)}[key]


def _readable(allowed: tuple[object, ...] | range) -> str:
    if isinstance(allowed, range):
        return f"{allowed[0]}-{allowed[-1]}"
    return ", ".join(str(one) for one in allowed)

"""The choices the manual leaves open, as one value. The file they come from is read elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
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
    tax_percent: int = 10

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> "Policy":
        """A policy from what a file says; keys that are left out keep their default.

        Raises Refused with POLICY_KEY for a key that is not known and POLICY_VALUE for a value out of range
        (facts: `allowed`, a readable list).
        """
        known = [one.name for one in fields(cls)]
        findings: list[Finding] = []
        chosen: dict[str, object] = {}
        for key, value in values.items():
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


def _same(allowed: object, given: object) -> bool:
    """Equal and of one kind: TOML's `true` is not the number 1."""
    return type(given) in (str, int) and allowed == given


def _allowed(key: str) -> tuple[object, ...] | range:
    default = getattr(Policy(), key)
    if isinstance(default, StrEnum):
        return tuple(type(default))
    return {"minimum_seats": range(1, 10_000), "renewal_months": range(1, 61), "tax_percent": range(101)}[key]


def _readable(allowed: tuple[object, ...] | range) -> str:
    if isinstance(allowed, range):
        return f"{allowed[0]}-{allowed[-1]}"
    return ", ".join(str(one) for one in allowed)

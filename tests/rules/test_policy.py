"""The choices the manual leaves open: their defaults, their switches, and what is no choice (rule 8)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.policy import Approval, ListTerm, PhoneCheck, Policy, ReductionRule, Requirement, TaxRate
from tests.rules.refusals import findings_of, refusal_of

KEYS = {
    "reduction_rule",
    "address2",
    "phone_check",
    "given_name",
    "list_term",
    "approval",
    "minimum_seats",
    "renewal_months",
    "near_days",
}
NUMBERS = {"minimum_seats", "renewal_months", "near_days"}
CHOICES = sorted(KEYS - NUMBERS)


def test_the_defaults_are_those_of_the_specification() -> None:
    policy = Policy()
    assert policy.reduction_rule is ReductionRule.NOTICE
    assert policy.address2 is Requirement.OPTIONAL
    assert policy.phone_check is PhoneCheck.WARNING
    assert policy.given_name is Requirement.REQUIRED
    assert policy.list_term is ListTerm.TERM
    assert policy.approval is Approval.AUTOMATIC
    assert policy.minimum_seats == 1
    assert policy.renewal_months == 12
    assert policy.near_days == 30
    assert policy.tax_percent_on(date(2024, 4, 1)) == 10


def test_a_file_that_says_nothing_leaves_every_default() -> None:
    assert Policy.from_mapping({}) == Policy()


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("reduction_rule", "notice", ReductionRule.NOTICE),
        ("reduction_rule", "order-cutoff", ReductionRule.ORDER_CUTOFF),
        ("address2", "optional", Requirement.OPTIONAL),
        ("address2", "required", Requirement.REQUIRED),
        ("phone_check", "warning", PhoneCheck.WARNING),
        ("phone_check", "refusal", PhoneCheck.REFUSAL),
        ("given_name", "optional", Requirement.OPTIONAL),
        ("given_name", "required", Requirement.REQUIRED),
        ("list_term", "term", ListTerm.TERM),
        ("list_term", "billing", ListTerm.BILLING),
        ("approval", "automatic", Approval.AUTOMATIC),
        ("approval", "operator", Approval.OPERATOR),
        ("minimum_seats", 1, 1),
        ("minimum_seats", 5, 5),
        ("renewal_months", 1, 1),
        ("renewal_months", 12, 12),
        ("renewal_months", 24, 24),
        ("near_days", 1, 1),
        ("near_days", 365, 365),
    ],
)
def test_each_switch_changes_its_own_choice_and_no_other(key: str, value: object, expected: object) -> None:
    policy = Policy.from_mapping({key: value})
    assert getattr(policy, key) == expected
    assert type(getattr(policy, key)) is type(expected)
    untouched = KEYS - {key}
    assert {name: getattr(policy, name) for name in untouched} == {name: getattr(Policy(), name) for name in untouched}


@pytest.mark.parametrize(
    "key", ["reduction-rule", "Reduction_rule", "minimum_seat", "", " ", "from_mapping", "__class__"]
)
def test_an_unknown_key_is_refused_by_its_name(key: str) -> None:
    finding = refusal_of(Policy.from_mapping, {key: "notice"})
    assert finding.reason is Reason.POLICY_KEY
    assert key in (finding.field, finding.given)


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize(
    "value", ["", "Notice", "TERM", "both", " required ", 0, 1, True, None, 1.5, [], {}, ["notice"]]
)
def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(key: str, value: object) -> None:
    finding = refusal_of(Policy.from_mapping, {key: value})
    assert finding.reason is Reason.POLICY_VALUE
    assert finding.field == key
    default = getattr(Policy(), key)
    assert all(choice.value in str(finding.facts["allowed"]) for choice in type(default))


@pytest.mark.parametrize("key", sorted(NUMBERS))
@pytest.mark.parametrize(
    "value", [0, -1, -12, True, False, "1", "12", "", 1.0, 12.5, None, [], [1], {}, 10**9, 10**30, float("nan")]
)
def test_a_number_out_of_range_or_of_another_type_is_refused_with_what_is_allowed(key: str, value: object) -> None:
    finding = refusal_of(Policy.from_mapping, {key: value})
    assert finding.reason is Reason.POLICY_VALUE
    assert finding.field == key
    assert "1" in str(finding.facts["allowed"])


def test_everything_that_is_wrong_with_a_policy_is_reported_at_once_in_the_order_of_the_file() -> None:
    findings = findings_of(
        Policy.from_mapping,
        {
            "colour": "red",
            "reduction_rule": "whenever",
            "minimum_seats": True,
            "approval": "operator",
            "renewal_months": "12",
            "shape": 3,
        },
    )
    assert [(finding.reason, finding.field) for finding in findings] == [
        (Reason.POLICY_KEY, "colour"),
        (Reason.POLICY_VALUE, "reduction_rule"),
        (Reason.POLICY_VALUE, "minimum_seats"),
        (Reason.POLICY_VALUE, "renewal_months"),
        (Reason.POLICY_KEY, "shape"),
    ]


def test_a_refused_value_is_named_as_it_was_given() -> None:
    assert "whenever" in refusal_of(Policy.from_mapping, {"reduction_rule": "whenever"}).given
    assert "-3" in refusal_of(Policy.from_mapping, {"minimum_seats": -3}).given


def rate(starts_on: object, percent: object) -> dict[str, object]:
    return {"from": starts_on, "percent": percent}


EIGHT = rate(date(2014, 4, 1), 8)
TEN = rate(date(2019, 10, 1), 10)


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2014, 4, 1), 8),
        (date(2019, 9, 30), 8),
        (date(2019, 10, 1), 10),
        (date(2999, 12, 31), 10),
    ],
)
def test_a_tax_rate_is_in_force_from_its_day_until_the_next_one(day: date, percent: int) -> None:
    policy = Policy.from_mapping({"tax_rate": [EIGHT, TEN]})
    assert policy.tax_rate == (TaxRate(date(2014, 4, 1), 8), TaxRate(date(2019, 10, 1), 10))
    assert policy.tax_percent_on(day) == percent


def test_before_the_first_tax_rate_there_is_none_and_none_is_guessed() -> None:
    policy = Policy.from_mapping({"tax_rate": [TEN]})
    finding = refusal_of(policy.tax_percent_on, date(2019, 9, 30))
    assert finding.reason is Reason.NO_TAX_RATE
    assert finding.facts == {"day": date(2019, 9, 30), "first_on": date(2019, 10, 1)}


@pytest.mark.parametrize("value", [10, "10", True, {}, TEN, [], [10], [TEN, 8], None])
def test_tax_rates_that_are_no_list_of_tables_are_refused(value: object) -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_rate": value})
    assert (finding.reason, finding.field, finding.facts["allowed"]) == (Reason.POLICY_VALUE, "tax_rate", "tables")


@pytest.mark.parametrize("percent", [-1, 101, 10.0, "10", True, None])
def test_a_rate_that_is_no_whole_number_of_percent_is_refused_at_its_place(percent: object) -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_rate": [EIGHT, rate(date(2019, 10, 1), percent)]})
    assert (finding.reason, finding.field) == (Reason.POLICY_VALUE, "tax_rate.2.percent")
    assert finding.facts["allowed"] == "0-100"


@pytest.mark.parametrize("starts_on", ["2019-10-01", 2019, True, None, datetime(2019, 10, 1, tzinfo=UTC)])
def test_a_rate_that_begins_on_no_day_is_refused_at_its_place(starts_on: object) -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_rate": [EIGHT, rate(starts_on, 10)]})
    assert (finding.reason, finding.field) == (Reason.POLICY_VALUE, "tax_rate.2.from")
    assert finding.facts["allowed"] == "date"


@pytest.mark.parametrize("starts_on", [date(2014, 4, 1), date(2014, 3, 31)])
def test_rates_stand_in_the_order_of_their_days(starts_on: date) -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_rate": [EIGHT, rate(starts_on, 10)]})
    assert (finding.reason, finding.field) == (Reason.POLICY_VALUE, "tax_rate.2.from")
    assert finding.facts["allowed"] == "later-rate"


def test_an_unknown_key_of_a_rate_is_refused_with_those_that_are_known() -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_rate": [{**TEN, "until": date(2030, 1, 1)}]})
    assert (finding.reason, finding.field) == (Reason.POLICY_KEY, "tax_rate.1.until")
    assert finding.facts["allowed"] == "from, percent"


def test_the_one_rate_of_older_files_is_refused_with_what_says_the_same_now() -> None:
    finding = refusal_of(Policy.from_mapping, {"tax_percent": 8})
    assert (finding.reason, finding.field, finding.given) == (Reason.POLICY_KEY_REPLACED, "tax_percent", "8")
    assert "tax_rate" in str(finding.facts["instead"])


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(), ANYTHING, max_size=10))
def test_whatever_a_file_says_it_becomes_a_policy_or_a_refusal_for_each_bad_key(values: Mapping[str, object]) -> None:
    try:
        policy = Policy.from_mapping(values)
    except Refused as refused:
        fields = [finding.field for finding in refused.findings]
        assert len(set(fields)) == len(fields)
        assert set(values) - KEYS <= set(fields) <= set(values)
    else:
        assert set(values) <= KEYS
        assert all(getattr(policy, key) == value for key, value in values.items())

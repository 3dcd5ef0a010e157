"""The policy file: what is shipped are the defaults, explained; a faulty one is refused with its file."""

from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from stellr_tui.reference.data import data_path
from stellr_tui.reference.policy import load_policy
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.toml_file import read_toml
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.policy import Policy, ReductionRule

SHIPPED = data_path("policy.toml")


def explanation(key: str) -> str:
    """The comment above a key of the shipped file."""
    text = SHIPPED.read_text(encoding="utf-8")
    before, line, _after = text.partition(f"\n[[{key}]]" if key == "tax_rate" else f"\n{key} = ")
    assert line
    return before.rpartition("\n\n")[2]


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def findings_of(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as refused:
        load_policy(path)
    return refused.value.findings


def test_the_shipped_file_names_every_choice_with_its_default() -> None:
    assert set(read_toml(SHIPPED)) == {one.name for one in fields(Policy)}
    assert load_policy(SHIPPED) == Policy()


@pytest.mark.parametrize("key", [one.name for one in fields(Policy)])
def test_the_shipped_file_says_what_a_choice_means_what_is_allowed_and_whence(key: str) -> None:
    comment = explanation(key)
    default = getattr(Policy(), key)
    ranges = {"minimum_seats": "1-9999", "renewal_months": "1-60", "near_days": "1-365", "tax_rate": "0-100"}
    allowed = [f'"{one}"' for one in type(default)] if isinstance(default, StrEnum) else [ranges[key]]
    assert all(one in comment for one in allowed)
    assert "根拠 / Whence" in comment


def test_a_key_that_is_left_out_keeps_its_default(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, 'reduction_rule = "order-cutoff"'))
    assert policy == Policy(reduction_rule=ReductionRule.ORDER_CUTOFF)


def test_a_value_out_of_range_is_refused_with_file_key_and_allowed_values(tmp_path: Path) -> None:
    path = written(tmp_path, 'reduction_rule = "sometime"')
    (finding,) = findings_of(path)
    assert (finding.reason, finding.field, finding.given) == (Reason.POLICY_VALUE, "reduction_rule", "sometime")
    said = sentence(finding)
    for part in (str(path), "reduction_rule", "sometime", "notice", "order-cutoff"):
        assert part in said


def test_an_unknown_key_is_refused_with_file_and_known_keys(tmp_path: Path) -> None:
    path = written(tmp_path, "minimum_sheets = 1")
    (finding,) = findings_of(path)
    assert finding.reason is Reason.POLICY_KEY
    said = sentence(finding)
    for part in (str(path), "minimum_sheets", "minimum_seats"):
        assert part in said


@pytest.mark.parametrize(
    "text", ["minimum_seats = 0", "minimum_seats = 10000", "renewal_months = 61", 'renewal_months = "12"']
)
def test_a_number_outside_its_range_is_refused(tmp_path: Path, text: str) -> None:
    (finding,) = findings_of(written(tmp_path, text))
    assert finding.reason is Reason.POLICY_VALUE


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[tax_rate]]\nfrom = 2019-10-01\npercent = 101", ["tax_rate.1.percent", "101", "0-100"]),
        ("[[tax_rate]]\nfrom = 2019-10-01", ["tax_rate.1.percent", "0-100"]),
        ('[[tax_rate]]\nfrom = "2019-10-01"\npercent = 10', ["tax_rate.1.from", "2019-10-01", "引用符なし"]),
        (
            "[[tax_rate]]\nfrom = 2019-10-01\npercent = 10\n[[tax_rate]]\nfrom = 2014-04-01\npercent = 8",
            ["tax_rate.2.from", "2014-04-01", "一つ前の税率より後"],
        ),
        ("[[tax_rate]]\nfrom = 2019-10-01\nrate = 10\npercent = 10", ["tax_rate.1.rate", "from, percent"]),
        ("tax_rate = 10", ["tax_rate", "10", "テーブルのリスト"]),
        ("tax_percent = 8", ["tax_percent", "使われなくなりました", "[[tax_rate]] from, percent"]),
    ],
)
def test_a_faulty_tax_rate_is_refused_with_file_key_and_what_is_allowed(
    tmp_path: Path, text: str, named: list[str]
) -> None:
    path = written(tmp_path, text)
    (finding,) = findings_of(path)
    said = sentence(finding)
    for part in (str(path), *named):
        assert part in said


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "reduction_rule: notice")
    (finding,) = findings_of(path)
    assert (finding.reason, finding.facts["file"]) == (Reason.UNREADABLE_FILE, str(path))


def test_the_users_own_policy_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    assert load_policy() == Policy()
    written(tmp_path, "minimum_seats = 5")
    assert load_policy().minimum_seats == 5

"""`stellr dates`: the worked tables of the rules, as a script sees them."""

from pathlib import Path

import pytest

from tests.cli.running import Run

SENT = [
    ("2024-05-15", "2024-05-20", "2024-05-21", "2024-05-31", "2024-06-01"),
    ("2024-05-16", "2024-06-20", "2024-06-21", "2024-06-30", "2024-07-01"),
    ("2024-12-16", "2025-01-20", "2025-01-21", "2025-01-31", "2025-02-01"),
    ("2024-02-15", "2024-02-20", "2024-02-21", "2024-02-29", "2024-03-01"),
]

APPLIED = [
    ("2024-06-10", "2024-06-30", "2024-07-01"),
    ("2024-06-11", "2024-07-31", "2024-08-01"),
    ("2024-02-09", "2024-02-29", "2024-03-01"),
    ("2024-02-10", "2024-03-31", "2024-04-01"),
    ("2023-02-08", "2023-02-28", "2023-03-01"),
]


@pytest.mark.parametrize(("sent", "delivered", "free_from", "free_until", "billed"), SENT)
def test_an_order_follows_the_worked_table(
    stellr: Run, sent: str, delivered: str, free_from: str, free_until: str, billed: str
) -> None:
    found = stellr("dates", "order", sent, "--json").json
    assert found["delivered_on"] == delivered
    assert (found["free_from"], found["free_until"]) == (free_from, free_until)
    assert (found["billing_starts_on"], found["first_invoice_on"]) == (billed, billed)


def test_the_annual_term_is_the_manuals(stellr: Run) -> None:
    assert stellr("dates", "order", "2024-03-11", "--json").json == {
        "sent_on": "2024-03-11",
        "plan": "annual",
        "delivered_on": "2024-03-20",
        "free_from": "2024-03-21",
        "free_until": "2024-03-31",
        "billing_starts_on": "2024-04-01",
        "first_invoice_on": "2024-04-01",
        "term_starts_on": "2024-03-21",
        "term_ends_on": "2025-03-20",
    }


def test_a_monthly_term_ends_with_the_first_month_invoiced(stellr: Run) -> None:
    found = stellr("dates", "order", "2024-05-15", "--plan", "monthly", "--json").json
    assert (found["plan"], found["term_starts_on"], found["term_ends_on"]) == ("monthly", "2024-05-21", "2024-06-30")


@pytest.mark.parametrize(("applied", "last", "fewer"), APPLIED)
def test_a_reduction_follows_the_worked_table(stellr: Run, applied: str, last: str, fewer: str) -> None:
    found = stellr("dates", "reduce", applied, "--json").json
    assert list(found) == ["applied_on", "last_day_in_force", "takes_effect_on", "deadline"]
    assert (found["applied_on"], found["last_day_in_force"], found["takes_effect_on"]) == (applied, last, fewer)


@pytest.mark.parametrize(("applied", "last", "fewer"), APPLIED)
def test_a_cancellation_follows_the_worked_table(stellr: Run, applied: str, last: str, fewer: str) -> None:
    found = stellr("dates", "cancel", applied, "--json").json
    assert list(found) == ["applied_on", "ends_on", "deadline"]
    assert (found["applied_on"], found["ends_on"]) == (applied, last)


def test_the_deadline_is_20_days_before_the_last_day(stellr: Run) -> None:
    assert stellr("dates", "reduce", "2024-06-01", "--json").json["deadline"] == "2024-06-10"
    assert stellr("dates", "cancel", "2024-06-01", "--json").json["deadline"] == "2024-06-10"


def test_a_later_wish_moves_the_change_to_the_next_first_or_last_of_a_month(stellr: Run) -> None:
    reduced = stellr("dates", "reduce", "2024-06-10", "--wish", "2024-09-02", "--json").json
    assert (reduced["takes_effect_on"], reduced["deadline"]) == ("2024-10-01", "2024-09-10")
    ended = stellr("dates", "cancel", "2024-06-10", "--wish", "2024-09-02", "--json").json
    assert (ended["ends_on"], ended["deadline"]) == ("2024-09-30", "2024-09-10")


def test_a_reduction_follows_the_users_own_policy(stellr: Run, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "stellr-tui"
    settings.mkdir(parents=True)
    (settings / "policy.toml").write_text('reduction_rule = "order-cutoff"\n', encoding="utf-8")
    assert stellr("dates", "reduce", "2024-05-15", "--json").json["takes_effect_on"] == "2024-06-01"
    assert stellr("dates", "cancel", "2024-05-15", "--json").json["ends_on"] == "2024-06-30"


def test_a_policy_that_cannot_be_is_refused_with_file_key_and_allowed_values(stellr: Run, tmp_path: Path) -> None:
    policy = tmp_path / "home" / "stellr-tui" / "policy.toml"
    policy.parent.mkdir(parents=True)
    policy.write_text('reduction_rule = "never"\n', encoding="utf-8")
    refused = stellr("dates", "reduce", "2024-05-15")
    assert refused.status == 1
    assert refused.out == ""
    for named in (str(policy), "reduction_rule", "never", "notice, order-cutoff"):
        assert named in refused.err


def test_the_table_for_people_has_the_manuals_words_and_the_same_dates(stellr: Run) -> None:
    shown = stellr("dates", "order", "2024-05-15").out
    for words in (
        "納品",
        "2024-05-20",
        "無償期間",
        "2024-05-21 ~ 2024-05-31",
        "課金開始",
        "2024-06-01",
        "年契約年払い",
    ):
        assert words in shown
    assert "2024-06-10" in stellr("dates", "reduce", "2024-06-01").out
    assert "2024-06-30" in stellr("dates", "cancel", "2024-06-01").out


@pytest.mark.parametrize("given", ["2024/6/1", "2024-6-1", "2024.6.1", "20240601", "２０２４／０６／０１"])
def test_a_day_is_understood_as_people_write_it_and_given_back_in_one_way(stellr: Run, given: str) -> None:
    found = stellr("dates", "reduce", given, "--wish", given, "--json").json
    assert found == stellr("dates", "reduce", "2024-06-01", "--wish", "2024-06-01", "--json").json
    assert found["applied_on"] == "2024-06-01"


@pytest.mark.parametrize(
    "given", ["2024-5", "2024-02-30", "15.05.2024", "today", "", "2024515", "0000-01-01", "9999-12-31"]
)
@pytest.mark.parametrize("where", ["argument", "wish"])
def test_a_day_that_is_none_is_wrong_usage_and_is_named(stellr: Run, given: str, where: str) -> None:
    day, wish = (given, "2024-06-01") if where == "argument" else ("2024-06-01", given)
    refused = stellr("dates", "reduce", day, "--wish", wish)
    assert refused.status == 2
    assert refused.out == ""
    assert "YYYY-MM-DD" in refused.err
    assert (f"「{given}」" if given else "（空欄）") in refused.err


def test_dates_need_no_order_book(stellr: Run, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "stellr.db"
    assert stellr("dates", "order", "2024-05-15", "--database", missing).status == 0
    assert not missing.parent.exists()

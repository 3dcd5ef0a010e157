"""`stellr change`: what a change leads to, applying for it, and taking it back."""

from pathlib import Path

import pytest

from tests.cli.running import ANNUAL, MONTHLY, Run, choose_policy, contents, order

KEYS = ["contract_number", "kind", "seats", "takes_effect_on", "deadline", "next_invoices"]


@pytest.fixture
def monthly(stellr: Run, tmp_path: Path) -> int:
    """Ten seats of the monthly plan, sent on 2024-05-15; it is 2024-06-02."""
    stellr("clock", "set", "2024-05-15")
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 10))
    stellr("clock", "advance", "2024-06-02")
    return 81766


@pytest.fixture
def annual(stellr: Run, tmp_path: Path) -> int:
    """Ten seats of the annual plan, sent on 2024-05-15; it is 2024-06-02."""
    stellr("clock", "set", "2024-05-15")
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 10))
    stellr("clock", "advance", "2024-06-02")
    return 81766


def seats(stellr: Run, contract: int) -> int:
    found: int = stellr("subscription", contract, "--json").json["seats"]
    return found


def test_more_seats_follow_the_rules_of_an_order(stellr: Run, monthly: int) -> None:
    added = stellr("change", "add", monthly, "3", "--json")
    assert (added.status, added.err) == (0, "")
    assert list(added.json) == KEYS
    assert added.json == {
        "contract_number": monthly,
        "kind": "add",
        "seats": 3,
        "takes_effect_on": "2024-06-20",
        "deadline": "2024-06-15",
        "next_invoices": [
            {"issued_on": "2024-07-01", "subtotal": 28600},
            {"issued_on": "2024-08-01", "subtotal": 28600},
            {"issued_on": "2024-09-01", "subtotal": 28600},
        ],
    }
    assert seats(stellr, monthly) == 10
    stellr("clock", "advance", "2024-06-20")
    assert seats(stellr, monthly) == 13


def test_more_seats_can_be_wished_for_later(stellr: Run, monthly: int) -> None:
    added = stellr("change", "add", monthly, "3", "--wish", "2024-07-21", "--json").json
    assert (added["takes_effect_on"], added["deadline"]) == ("2024-08-20", "2024-08-15")
    assert [one["subtotal"] for one in added["next_invoices"]] == [22000, 22000, 28600]


def test_ten_seats_become_five_and_the_invoice_of_the_1st_is_for_five(stellr: Run, monthly: int) -> None:
    stellr("clock", "advance", "2024-06-10")
    reduced = stellr("change", "reduce", monthly, "5", "--json").json
    assert list(reduced) == KEYS
    assert (reduced["takes_effect_on"], reduced["deadline"]) == ("2024-07-01", "2024-06-10")
    assert [one["subtotal"] for one in reduced["next_invoices"]] == [11000, 11000, 11000]
    stellr("clock", "advance", "2024-07-01")
    [invoice] = stellr("invoices", "--month", "2024-07", "--json").json
    assert [(line["seats"], line["amount"]) for line in invoice["lines"]] == [(5, 11000)]


def test_the_manuals_other_example_holds_under_the_other_rule(stellr: Run, monthly: int, tmp_path: Path) -> None:
    choose_policy(tmp_path, reduction_rule='"order-cutoff"')
    stellr("clock", "advance", "2024-06-15")
    reduced = stellr("change", "reduce", monthly, "5", "--json").json
    assert (reduced["takes_effect_on"], reduced["deadline"]) == ("2024-07-01", "2024-06-15")


def test_a_day_later_it_is_a_month_later(stellr: Run, monthly: int) -> None:
    stellr("clock", "advance", "2024-06-11")
    assert stellr("change", "reduce", monthly, "5", "--json").json["takes_effect_on"] == "2024-08-01"
    assert stellr("change", "cancel", monthly, "--dry-run", "--json").json["takes_effect_on"] == "2024-07-31"


def test_a_cancelled_contract_is_ending_and_then_ended(stellr: Run, monthly: int) -> None:
    stellr("clock", "advance", "2024-06-10")
    cancelled = stellr("change", "cancel", monthly, "--json").json
    assert list(cancelled) == KEYS
    assert (cancelled["kind"], cancelled["seats"]) == ("cancel", 10)
    assert (cancelled["takes_effect_on"], cancelled["deadline"]) == ("2024-06-30", "2024-06-10")
    assert [one["subtotal"] for one in cancelled["next_invoices"]] == [0, 0, 0]
    assert stellr("subscription", monthly, "--json").json["status"] == "ending"
    stellr("clock", "advance", "2024-07-01")
    assert stellr("subscription", monthly, "--json").json["status"] == "ended"
    assert [one["month"] for one in stellr("invoices", "--json").json] == ["2024-06"]


def test_an_annual_cancellation_tells_what_is_paid_and_lost(stellr: Run, annual: int) -> None:
    shown = stellr("change", "cancel", annual, "--dry-run").out
    assert "支払い済みで返金なし" in shown
    assert "2025-05-31 まで、¥247,100 (税抜)" in shown
    assert "追加の請求がない最終日" in shown


def test_after_a_cancellation_nothing_else_is_accepted(stellr: Run, database: Path, monthly: int) -> None:
    stellr("change", "cancel", monthly)
    before = contents(database)
    for command in (["add", monthly, "1"], ["reduce", monthly, "1"], ["cancel", monthly]):
        refused = stellr("change", *command, "--json")
        assert (refused.status, refused.out) == (1, "")
        assert "解約予定" in refused.err
        assert "解約の取消" in refused.err
    assert contents(database) == before


def test_a_change_is_taken_back_until_its_deadline_and_not_a_day_longer(
    stellr: Run, database: Path, monthly: int
) -> None:
    stellr("change", "reduce", monthly, "5")
    stellr("clock", "advance", "2024-06-10")
    withdrawn = stellr("change", "withdraw", monthly, "--json").json
    assert list(withdrawn) == KEYS
    assert (withdrawn["kind"], withdrawn["seats"]) == ("reduce", 5)
    assert [one["subtotal"] for one in withdrawn["next_invoices"]] == [22000, 22000, 22000]
    stellr("change", "reduce", monthly, "5")
    stellr("clock", "advance", "2024-06-11")
    before = contents(database)
    refused = stellr("change", "withdraw", monthly, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "2024-06-10" in refused.err
    assert contents(database) == before
    stellr("clock", "advance", "2024-07-01")
    assert seats(stellr, monthly) == 5


def test_a_cancellation_taken_back_leaves_the_contract_as_it_was(stellr: Run, monthly: int) -> None:
    stellr("change", "cancel", monthly)
    assert stellr("change", "withdraw", monthly).status == 0
    stellr("clock", "advance", "2024-08-02")
    assert stellr("subscription", monthly, "--json").json["status"] == "active"
    assert [one["month"] for one in stellr("invoices", "--json").json] == ["2024-08", "2024-07", "2024-06"]


def test_seats_taken_back_never_arrive(stellr: Run, monthly: int) -> None:
    stellr("change", "add", monthly, "3")
    assert [one["subtotal"] for one in stellr("change", "withdraw", monthly, "--json").json["next_invoices"]] == [
        22000,
        22000,
        22000,
    ]
    stellr("clock", "advance", "2024-07-02")
    assert seats(stellr, monthly) == 10
    assert stellr("invoices", "--month", "2024-07", "--json").json[0]["subtotal"] == 22000


def test_without_a_change_there_is_nothing_to_take_back(stellr: Run, monthly: int) -> None:
    for option in ([], ["--dry-run"]):
        refused = stellr("change", "withdraw", monthly, *option)
        assert (refused.status, refused.out) == (1, "")
        assert f"「{monthly}」" in refused.err


@pytest.mark.parametrize(
    "command", [["add", "3"], ["add", "3", "--wish", "2024-09-01"], ["reduce", "5"], ["cancel"], ["withdraw"]], ids=str
)
def test_a_dry_run_says_the_same_and_leaves_no_trace(
    stellr: Run, database: Path, monthly: int, command: list[str]
) -> None:
    stellr("change", "add", monthly, "1")
    kind, *more = command
    before = contents(database)
    foreseen = stellr("change", kind, monthly, *more, "--dry-run", "--json")
    assert contents(database) == before
    assert (foreseen.status, "何も保存していません" in foreseen.err) == (0, True)
    assert stellr("change", kind, monthly, *more, "--json").json == foreseen.json
    assert contents(database) != before


@pytest.mark.parametrize("typed", ["0", "10000", "1.5", "x", "", "3 4"])
def test_what_is_no_quantity_is_refused(stellr: Run, database: Path, monthly: int, typed: str) -> None:
    before = contents(database)
    for kind in ("add", "reduce"):
        refused = stellr("change", kind, monthly, typed, "--json")
        assert (refused.status, refused.out) == (1, "")
        assert "数量" in refused.err
    assert contents(database) == before


def test_full_width_digits_are_understood(stellr: Run, monthly: int) -> None:
    assert stellr("change", "add", monthly, "３", "--json").json["seats"] == 3


def test_the_last_seat_is_not_reduced_but_cancelled_and_pending_reductions_count(stellr: Run, monthly: int) -> None:
    assert stellr("change", "reduce", monthly, "4").status == 0
    refused = stellr("change", "reduce", monthly, "6")
    assert refused.status == 1
    assert "5 まで" in refused.err
    assert "解約" in refused.err
    assert stellr("change", "reduce", monthly, "5").status == 0


def test_what_is_not_yet_delivered_or_not_there_cannot_be_changed(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 10))
    for command in (["add", "81766", "1"], ["reduce", "81766", "1"], ["cancel", "81766"]):
        refused = stellr("change", *command)
        assert refused.status == 1
        assert "Manual Provisioning" in refused.err
    for number in ("1", "999999999999"):
        for command in (["add", number, "1"], ["reduce", number, "1"], ["cancel", number], ["withdraw", number]):
            refused = stellr("change", *command)
            assert refused.status == 1
            assert f"「{number}」" in refused.err


def test_people_read_the_invoices_with_the_change_and_without_it(stellr: Run, monthly: int) -> None:
    shown = stellr("change", "reduce", monthly, "5").out
    for words in ("数量減少", "2024-07-01", "2024-06-10", "変更しない場合", "変更した場合", "¥22,000", "¥11,000"):
        assert words in shown


def test_one_subscription_shows_what_is_planned_and_what_was_invoiced(stellr: Run, monthly: int) -> None:
    stellr("change", "reduce", monthly, "5")
    found = stellr("subscription", monthly, "--json").json
    assert found["changes"] == [
        {
            "kind": "reduce",
            "seats": 5,
            "applied_on": "2024-06-02",
            "takes_effect_on": "2024-07-01",
            "deadline": "2024-06-10",
        }
    ]
    line = {"first_day": "2024-06-01", "last_day": "2024-06-30", "seats": 10, "unit_price": 2200, "amount": 22000}
    assert found["invoices"] == [{"number": 1, "issued_on": "2024-06-01", "amount": 22000, "lines": [line]}]
    shown = stellr("subscription", monthly).out
    for words in ("予定された変更", "2024-06-10", "請求書（税抜）", "2024-06-01 ~ 2024-06-30", "数量減少の申請"):
        assert words in shown
    stellr("clock", "advance", "2024-07-02")
    later = stellr("subscription", monthly, "--json").json
    assert later["changes"] == []
    assert [one["amount"] for one in later["invoices"]] == [22000, 11000]

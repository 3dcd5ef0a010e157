"""`stellr approve` and `stellr send-back`: the operator's answer."""

from pathlib import Path

import pytest

from tests.cli.running import ANNUAL, Run, choose_policy, contents, order

AS_OPERATOR = ("--as", "operator")


@pytest.fixture
def sent(stellr: Run, tmp_path: Path) -> int:
    """A contract that waits for an operator, sent on 2024-03-11."""
    choose_policy(tmp_path, approval='"operator"')
    stellr("order", "submit", order(tmp_path, "PO-A", ANNUAL, 2))
    return 81766


def test_an_approved_contract_is_active_on_its_delivery_day(stellr: Run, sent: int) -> None:
    assert stellr("approve", sent, *AS_OPERATOR, "--json").json == {
        "contract_number": sent,
        "status": "provisioning",
        "delivered_on": "2024-03-20",
    }
    stellr("clock", "advance", "2024-03-20")
    assert stellr("subscription", sent, "--json").json["status"] == "active"


def test_on_the_delivery_day_it_is_active_at_once(stellr: Run, sent: int) -> None:
    stellr("clock", "advance", "2024-03-20")
    assert stellr("approve", sent, *AS_OPERATOR, "--json").json["status"] == "active"
    assert "アクティベーション済" in stellr("subscription", sent).out


def test_what_nobody_approved_is_delivered_a_month_later(stellr: Run, sent: int) -> None:
    stellr("clock", "advance", "2024-04-02")
    assert stellr("subscription", sent, "--json").json["status"] == "provisioning"
    assert stellr("invoices", "--json").json == []
    assert "納品の延期" in stellr("subscription", sent).out
    assert stellr("approve", sent, *AS_OPERATOR, "--json").json["delivered_on"] == "2024-04-20"


def test_what_is_sent_back_waits_with_its_reason_and_is_never_billed(stellr: Run, sent: int) -> None:
    reason = "担当部署名が不足しています"
    assert stellr("send-back", sent, *AS_OPERATOR, "--reason", f" {reason} ", "--json").json == {
        "contract_number": sent,
        "status": "sent-back",
        "reason": reason,
    }
    [found] = stellr("waiting", "--json").json
    assert (found["kind"], found["reason"], found["by"]) == ("correct", reason, "2024-03-15")
    for command in (["waiting"], ["subscription", sent]):
        assert reason in stellr(*command).out
    stellr("clock", "advance", "2024-05-02")
    assert stellr("invoices", "--json").json == []


def test_people_read_the_label_of_the_status(stellr: Run, sent: int) -> None:
    assert "Manual Provisioning" in stellr("approve", sent, *AS_OPERATOR).out
    shown = stellr("send-back", sent, *AS_OPERATOR, "--reason", "住所2").out
    assert "差戻し" in shown
    assert "住所2" in shown


@pytest.mark.parametrize("reason", ["", " ", "a" * 201, "\x1b[31m"], ids=ascii)
def test_what_is_no_reason_is_refused(stellr: Run, database: Path, sent: int, reason: str) -> None:
    before = contents(database)
    refused = stellr("send-back", sent, *AS_OPERATOR, "--reason", reason, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "理由" in refused.err
    assert "\x1b" not in refused.err
    assert contents(database) == before


def test_what_is_not_in_manual_provisioning_has_no_operators_answer(stellr: Run, database: Path, sent: int) -> None:
    stellr("approve", sent, *AS_OPERATOR)
    stellr("clock", "advance", "2024-03-20")
    before = contents(database)
    for command in (["approve", str(sent)], ["send-back", str(sent), "--reason", "x"]):
        refused = stellr(*command, *AS_OPERATOR)
        assert refused.status == 1
        assert "アクティベーション済" in refused.err
    for command in (["approve", "1"], ["send-back", "1", "--reason", "x"]):
        assert "「1」" in stellr(*command, *AS_OPERATOR).err
    assert contents(database) == before


@pytest.mark.parametrize("acting", [(), ("--as", "lucyj@synnex.com")], ids=["by default", "named"])
def test_a_clerk_is_refused_and_told_who_may(stellr: Run, database: Path, sent: int, acting: tuple[str, ...]) -> None:
    before = contents(database)
    for command, label in ((["approve", str(sent)], "承認"), (["send-back", str(sent), "--reason", "x"], "差戻し")):
        refused = stellr(*command, *acting, "--json")
        assert (refused.status, refused.out) == (1, "")
        for words in ("「Lucy Jin」", f"操作 {label}", "承認担当者だけ", "operator"):
            assert words in refused.err, words
    assert contents(database) == before


def test_without_an_operator_nobody_needs_to_be_named(stellr: Run, tmp_path: Path, sent: int) -> None:
    choose_policy(tmp_path, approval='"automatic"')
    assert stellr("approve", sent).status == 0


def test_somebody_unknown_cannot_act(stellr: Run, database: Path, sent: int) -> None:
    before = contents(database)
    refused = stellr("approve", sent, "--as", "nobody")
    assert refused.status == 1
    assert "「nobody」" in refused.err and "lucy, operator" in refused.err
    assert contents(database) == before

"""How commands are written: common options on both sides, help, mistakes, languages, billing accounts."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from stellr_tui.desk.desk import Desk
from stellr_tui.store.tables import BillingAccount, Membership
from tests.cli.running import ORDERS, Run, example, japanese, written

COMMANDS = [
    [],
    ["dates"],
    ["dates", "order"],
    ["dates", "reduce"],
    ["dates", "cancel"],
    ["postal"],
    ["catalog"],
    ["clock"],
    ["clock", "show"],
    ["clock", "set"],
    ["clock", "advance"],
    ["lesson"],
    *(["lesson", one] for one in ("open", "list", "check", "show", "guide", "test", "results", "export", "schema")),
    ["order"],
    ["order", "submit"],
    ["customers"],
    ["subscriptions"],
    ["subscription"],
    ["change"],
    ["change", "add"],
    ["change", "reduce"],
    ["change", "cancel"],
    ["change", "withdraw"],
    ["approve"],
    ["send-back"],
    ["waiting"],
    ["drafts"],
    ["invoices"],
    ["invoice"],
    ["completion"],
]


@pytest.fixture
def other(new_order_book: Path, tmp_path: Path) -> Path:
    """A second order book, whose clock tells it from the first."""
    path = tmp_path / "other.db"
    path.write_bytes(new_order_book.read_bytes())
    return path


def test_the_database_can_be_named_before_and_behind_the_command(stellr: Run, other: Path) -> None:
    assert stellr("--database", other, "clock", "set", "2025-01-01").status == 0
    assert stellr("clock", "--json").json["today"] == "2024-03-11"
    for command in (
        ["--database", str(other), "clock", "show", "--json"],
        ["clock", "--database", str(other), "show", "--json"],
        ["clock", "show", "--database", str(other), "--json"],
        ["clock", "show", "--json", f"--database=sqlite:///{other}"],
    ):
        assert stellr(*command).json["today"] == "2025-01-01"


def test_what_stands_behind_the_command_wins(stellr: Run, other: Path, tmp_path: Path) -> None:
    stellr("--database", other, "clock", "set", "2025-01-01")
    missing = tmp_path / "missing.db"
    assert stellr("--database", missing, "clock", "--database", other, "--json").json["today"] == "2025-01-01"
    assert not missing.exists()


def test_without_any_word_of_it_the_database_is_the_users_own(
    stellr: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STELLR_DATABASE")
    assert stellr("clock", "--json").json["today"] == "2024-03-11"
    assert (tmp_path / "home" / "stellr-tui" / "stellr.db").is_file()


@pytest.mark.parametrize("command", [["--database", "", "clock"], ["clock", "--database="]])
def test_an_empty_database_is_wrong_usage_and_never_the_users_own(stellr: Run, command: list[str]) -> None:
    refused = stellr(*command)
    assert refused.status == 2
    assert "--database" in refused.err


@pytest.fixture
def two_accounts(desk: Desk) -> None:
    """A second billing account for the manual's reseller."""
    with desk.store.writing() as session:
        session.add(
            BillingAccount(
                number="700200",
                reseller="SYNNEX DEMO 2",
                postal_code="1350001",
                prefecture_code="13",
                city="江東区",
                address="毛利",
            )
        )
        session.flush()
        session.add(Membership(person_id=1, account_number="700200"))


@pytest.mark.usefixtures("two_accounts")
def test_where_there_are_several_accounts_one_must_be_chosen(stellr: Run) -> None:
    refused = stellr("customers", "--json")
    assert (refused.status, refused.out) == (1, "")
    for named in ("請求先口座番号", "700100", "700200"):
        assert named in refused.err
    wrong = stellr("customers", "--account", "1")
    assert wrong.status == 1
    for named in ("「1」", "700100", "700200"):
        assert named in wrong.err


@pytest.mark.usefixtures("two_accounts")
def test_the_account_can_be_named_before_and_behind_the_command(stellr: Run, tmp_path: Path) -> None:
    assert len(stellr("--account", "700100", "customers", "--json").json) == 1
    assert stellr("customers", "--account", "700200", "--json").json == []
    assert stellr("order", "submit", ORDERS / "example.json", "--account", "700200").status == 0
    assert [one["number"] for one in stellr("customers", "--account=700200", "--json").json] == [159814]
    assert stellr("subscriptions", "--account", "700100", "--json").json == []
    of_the_other = written(tmp_path, {**example(), "customer": 159813})
    assert stellr("order", "submit", of_the_other, "--account", "700200").status == 1


def test_an_account_without_a_command_is_wrong_usage(stellr: Run) -> None:
    refused = stellr("--account", "700100")
    assert refused.status == 2
    assert "--account" in refused.err


@pytest.mark.parametrize("command", [["--version"], ["customers", "--version"], ["dates", "order", "--version"]])
def test_the_version_is_said_anywhere(stellr: Run, command: list[str]) -> None:
    said = stellr(*command)
    assert (said.status, said.out, said.err) == (0, "stellr-tui 0.1.0\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_the_common_options(stellr: Run, command: list[str], option: str) -> None:
    shown = stellr(*command, option)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith(" ".join(["使い方: stellr", *command]))
    for name in ("--database URL", "--account N", "--lang [ja|en]", "--debug", "--version", "--help"):
        assert name in shown.out
    for english in ("Usage", "Options", "Commands", "Show this message", "[OPTIONS]", "arguments"):
        assert english not in shown.out


def test_help_lines_fit_a_terminal_of_80_cells(stellr: Run) -> None:
    for command in COMMANDS:
        lines = stellr(*command, "--help").out.splitlines()
        assert [line for line in lines if cell_len(line) > 80] == []
        assert [line for line in lines if line.strip()[:1] in "、。）」" and line.strip()] == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("before", [True, False])
def test_help_is_in_the_language_asked_for(stellr: Run, command: list[str], before: bool) -> None:
    language = ["--lang", "en"]
    shown = stellr(*language, *command, "--help") if before else stellr(*command, "--help", *language)
    assert shown.status == 0
    assert japanese(shown.out) == ""
    assert "--database URL" in shown.out


WRONG = [
    (["frobnicate"], "「frobnicate」", "customers"),
    (["dates", "ordr"], "「ordr」", "order, reduce, cancel"),
    (["dates"], "コマンドを指定してください", "order, reduce, cancel"),
    (["order"], "コマンドを指定してください", "submit"),
    (["dates", "order"], "YYYY-MM-DD を指定してください", "stellr dates order --help"),
    (["dates", "order", "2024-05-15", "--plan", "weekly"], "「weekly」", "annual, monthly"),
    (["dates", "order", "2024-05-15", "2024-05-16"], "「2024-05-16」は余分です", "stellr dates order"),
    (["customers", "--serch", "x"], "「--serch」", "--search"),
    (["customers", "-x"], "「-x」", "--search"),
    (["customers", "--search"], "--search には値が必要です", "stellr customers"),
    (["customers", "--json=yes"], "--json に値は指定できません", "stellr customers"),
    (["customers", "--lang", "fr"], "「fr」", "ja, en"),
    (["--lang", "fr", "customers"], "「fr」", "ja, en"),
    (["--lang"], "--lang には値が必要です", "stellr"),
    (["subscription", "eighty"], "「eighty」", "契約番号"),
    (["subscription"], "N を指定してください", "stellr subscription"),
    (["change"], "コマンドを指定してください", "add, reduce, cancel, withdraw"),
    (["change", "add", "81766"], "SEATS を指定してください", "stellr change add"),
    (["change", "cancel", "81766", "--wish", "7/1"], "「7/1」", "YYYY-MM-DD"),
    (["send-back", "81766"], "--reason を指定してください", "stellr send-back"),
    (["invoices", "--month", "2024-13"], "「2024-13」", "YYYY-MM"),
    (["invoices", "--month", "2024-06-01"], "「2024-06-01」", "YYYY-MM"),
    (["invoice", "first"], "「first」", "請求書番号"),
    (["completion", "powershell"], "「powershell」", "bash, zsh, fish"),
    (["customers", "--search", "a", "\x1b[31m"], "「<U+001B>[31m」", "stellr customers"),
]


@pytest.mark.parametrize(("command", "given", "allowed"), WRONG, ids=[" ".join(map(ascii, one[0])) for one in WRONG])
def test_wrong_usage_names_what_was_given_and_what_is_allowed(
    stellr: Run, command: list[str], given: str, allowed: str
) -> None:
    refused = stellr(*command)
    assert refused.status == 2
    assert refused.out == ""
    assert given in refused.err
    assert allowed in refused.err
    assert "\x1b" not in refused.err
    for english in ("Usage", "Error", "Try '", "Missing", "No such", "Invalid"):
        assert english not in refused.err


@pytest.mark.parametrize("command", [one[0] for one in WRONG if "fr" not in one[0] and one[0] != ["--lang"]], ids=ascii)
def test_wrong_usage_is_said_in_english_too(stellr: Run, command: list[str]) -> None:
    refused = stellr("--lang", "en", *command)
    assert refused.status == 2
    assert refused.err
    assert japanese(refused.err) == ""


def test_refusals_and_tables_are_in_the_language_asked_for(
    stellr: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = written(tmp_path, {"po_number": "", "customer": 1, "lines": [{"sku": "0", "seats": 0}]})
    refused = stellr("order", "submit", order, "--lang", "en")
    assert refused.status == 1
    assert len(refused.err.splitlines()) == 4
    assert japanese(refused.err) == ""
    assert japanese(stellr("order", "submit", order).err) != ""
    monkeypatch.setenv("STELLR_LANG", "en")
    assert japanese(stellr("dates", "order", "2024-05-15").out) == ""
    assert japanese(stellr("dates", "order", "2024-05-15", "--lang", "ja").out) != ""
    assert japanese(stellr("postal", "123").err.replace("〒", "")) == ""


def test_what_follows_an_order_is_told_in_english_too(stellr: Run, tmp_path: Path) -> None:
    order = {**example(), "customer": 159813}
    stellr("order", "submit", written(tmp_path, order))
    commands = (
        ["clock", "advance", "2024-04-02"],
        ["change", "add", "81766", "2"],
        ["change", "reduce", "81766", "1", "--dry-run"],
        ["change", "cancel", "81766", "--dry-run"],
        ["change", "withdraw", "81766"],
        ["change", "withdraw", "81766"],
        ["change", "add", "81766", "0"],
        ["approve", "81766"],
        ["invoice", "2"],
        ["invoices"],
        ["invoices", "--foresee", "--month", "2024-04"],
        ["clock", "advance", "2025-03-01"],
        ["waiting"],
        ["drafts"],
        ["clock", "advance", "2024-04-02"],
    )
    for command in commands:
        shown = stellr("--lang", "en", *command)
        assert shown.out or shown.err
        assert japanese((shown.out + shown.err).replace("テスト株式会社", "")) == "", command


def test_json_is_the_same_in_every_language(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    stellr("clock", "advance", "2024-04-02")
    stellr("change", "add", "81766", "2")
    for command in (
        ["customers"],
        ["subscriptions"],
        ["subscription", "81766"],
        ["catalog"],
        ["clock"],
        ["change", "cancel", "81766", "--dry-run"],
        ["waiting"],
        ["invoices"],
        ["invoice", "1"],
    ):
        assert stellr(*command, "--json", "--lang", "en").json == stellr(*command, "--json").json


def test_a_language_of_the_environment_that_is_none_is_named_and_can_be_overruled(
    stellr: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STELLR_LANG", "fr")
    refused = stellr("clock")
    assert refused.status == 2
    for named in ("STELLR_LANG", "「fr」", "ja, en"):
        assert named in refused.err
    assert stellr("clock", "--lang", "ja").status == 0

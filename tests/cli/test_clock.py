"""`stellr clock`: the business date."""

import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pexpect
import pytest
from dateutil.relativedelta import relativedelta

from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.store.tables import Book
from tests.cli.running import MONTHLY, ORDERS, ROOT, Run, contents, environment, order
from tests.desk.office import a_sent_order


@pytest.mark.parametrize("command", [["clock"], ["clock", "show"]])
def test_the_clock_says_the_date_and_whose_it_is(stellr: Run, command: list[str]) -> None:
    assert stellr(*command, "--json").json == {"today": "2024-03-11", "mode": "training"}
    shown = stellr(*command).out
    assert "2024-03-11" in shown
    assert "訓練用" in shown


def test_before_the_first_order_the_clock_can_be_set_to_any_day(stellr: Run) -> None:
    assert stellr("clock", "set", "2030-01-01", "--json").json == {"today": "2030-01-01", "mode": "training"}
    assert stellr("clock", "set", "2024-01-01", "--json").json["today"] == "2024-01-01"
    assert stellr("clock", "--json").json["today"] == "2024-01-01"


def test_after_it_only_forward(stellr: Run, database: Path) -> None:
    assert stellr("order", "submit", ORDERS / "example.json").status == 0
    before = contents(database)
    refused = stellr("clock", "set", "2024-03-10", "--json")
    assert refused.status == 1
    assert refused.out == ""
    assert "2024-03-10" in refused.err
    assert "2024-03-11" in refused.err
    assert contents(database) == before
    assert stellr("clock", "set", "2024-03-16", "--json").json["today"] == "2024-03-16"


def test_a_database_for_real_work_follows_the_system_and_refuses(stellr: Run, desk: Desk) -> None:
    with desk.store.writing() as session:
        book = session.get_one(Book, 1)
        book.mode, book.today = "live", None
    tokyo = ZoneInfo("Asia/Tokyo")
    before = datetime.now(tokyo).date().isoformat()
    shown = stellr("clock", "--json").json
    assert shown["mode"] == "live"
    assert before <= shown["today"] <= datetime.now(tokyo).date().isoformat()
    refused = stellr("clock", "set", "2024-03-16")
    assert refused.status == 1
    assert "2024-03-16" in refused.err


def test_what_is_no_date_is_wrong_usage(stellr: Run) -> None:
    assert stellr("clock", "set", "tomorrow").status == 2
    assert stellr("clock", "--json").json["today"] == "2024-03-11"


def happened(stellr: Run, day: str) -> dict[str, str]:
    """What somebody reads of an advance to a day, by its label."""
    advanced = stellr("clock", "advance", day)
    assert (advanced.status, advanced.err) == (0, "")
    labelled = (line.rsplit(maxsplit=1) for line in advanced.out.splitlines())
    found = {label.strip(): value for label, value in labelled}
    assert (found.pop("処理日"), found.pop("データベース")) == (day, "訓練用")
    return found


def test_an_advance_tells_what_happened_on_the_way(stellr: Run, tmp_path: Path) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    stellr("order", "submit", order(tmp_path, "PO-M", MONTHLY, 10))
    assert happened(stellr, "2024-03-19") == {}
    assert happened(stellr, "2024-04-01") == {"納品した契約": "2", "発行した請求書": "1"}
    stellr("change", "add", "81767", "1")
    stellr("change", "reduce", "81767", "2")
    stellr("change", "cancel", "81766")
    assert happened(stellr, "2024-05-01") == {
        "納品した数量追加": "1",
        "適用した数量減少": "1",
        "終了した契約": "1",
        "発行した請求書": "1",
    }
    assert happened(stellr, "2024-05-01") == {}


def test_a_script_reads_the_date_that_was_come_to(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    for move in ("set", "advance"):
        assert stellr("clock", move, "2024-04-01", "--json").json == {"today": "2024-04-01", "mode": "training"}


def test_setting_the_clock_does_all_that_advancing_does(stellr: Run) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    assert stellr("clock", "set", "2024-04-01", "--json").json == {"today": "2024-04-01", "mode": "training"}
    assert stellr("subscription", "81766", "--json").json["status"] == "active"
    assert len(stellr("invoices", "--json").json) == 1


@pytest.mark.parametrize("with_order", [True, False])
def test_an_advance_never_goes_back(stellr: Run, database: Path, with_order: bool) -> None:
    if with_order:
        stellr("order", "submit", ORDERS / "example.json")
    before = contents(database)
    refused = stellr("clock", "advance", "2024-03-10", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "「2024-03-10」" in refused.err
    assert "2024-03-11 以降" in refused.err
    assert contents(database) == before
    assert stellr("clock", "advance", "2024-03-11").status == 0


def test_a_database_for_real_work_is_not_advanced(stellr: Run, desk: Desk) -> None:
    with desk.store.writing() as session:
        book = session.get_one(Book, 1)
        book.mode, book.today = "live", None
    refused = stellr("clock", "advance", "2999-12-31", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "2999-12-31" in refused.err


def left_for_14_months(desk: Desk) -> date:
    """For real work, with ten monthly seats sent then, and nobody there since."""
    tokyo = ZoneInfo("Asia/Tokyo")
    then = (datetime.now(tokyo) - relativedelta(months=14)).date()
    set_clock(desk, then)
    a_sent_order(desk, at_the_command_line(desk), 10, sku=MONTHLY)
    with desk.store.writing() as session:
        book = session.get_one(Book, 1)
        book.mode, book.today = "live", None
    return then


def test_the_days_that_have_gone_by_are_worked_before_a_command_answers(stellr: Run, desk: Desk) -> None:
    sent_on = left_for_14_months(desk)
    issued = stellr("invoices", "--json")
    assert issued.err == ""
    months = [one["month"] for one in issued.json]
    assert len(months) == (14 if sent_on.day <= 15 else 13)
    assert months == sorted(set(months), reverse=True)
    assert all(one["issued_on"] == f"{one['month']}-01" for one in issued.json)
    assert stellr("invoices", "--json").json == issued.json


def test_somebody_at_a_terminal_sees_how_far_it_is(desk: Desk, database: Path) -> None:
    left_for_14_months(desk)
    shown = watched(database, "clock")
    assert "処理日を進めています" in shown
    assert "100%" in shown
    assert "%" not in watched(database, "clock")


def watched(database: Path, *command: str) -> str:
    """What somebody at a terminal sees of a command."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "stellr_tui", *command],
        cwd=str(ROOT),
        env={**environment(STELLR_DATABASE=str(database)), "TERM": "xterm", "COLUMNS": "100"},
        encoding="utf-8",
        timeout=60,
    )
    shown: str = child.read()
    child.close()
    assert child.exitstatus == 0
    return shown


def test_a_long_way_shows_how_far_it_is_and_a_short_one_does_not(stellr: Run, database: Path) -> None:
    stellr("order", "submit", ORDERS / "example.json")
    short = watched(database, "clock", "advance", "2024-03-20")
    assert "納品した契約" in short
    assert "%" not in short
    long = watched(database, "clock", "advance", "2026-03-20")
    assert "処理日を進めています" in long
    assert "100%" in long
    assert "2026-03-20" in long
    assert "発行した請求書" in long

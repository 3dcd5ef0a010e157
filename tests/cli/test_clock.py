"""`stellr clock`: the business date."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stellr_tui.desk.desk import Desk
from stellr_tui.store.tables import Book
from tests.cli.running import ORDERS, Run, contents


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

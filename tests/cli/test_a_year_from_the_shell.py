"""A simulated year and a quarter, driven from a shell: every invoice, to the yen, as somebody with a pencil has it.

Prices of the shipped catalogue: 24,710 yen a seat and year, 2,200 yen a seat and month; tax 10 %, rounded down.
"""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ANNUAL, MONTHLY, Result, order, run_program

A, M, X, L = 81766, 81767, 81768, 81769
YEARLY, A_MONTH = 24_710, 2_200

# Everything that is done, in order, as it is typed; what follows # is what it must lead to.
WHAT_IS_DONE = f"""
2024-03-11 order submit PO-A.json           # {A}: five seats a year
2024-03-12 approve {A}                      # before its delivery on the 20th
2024-05-15 order submit PO-M.json           # {M}: ten seats a month, the manual's 5/15 > 5/20 > 6/1
2024-05-16 order submit PO-X.json           # {X}: one seat a year, missed the 15th
2024-05-16 order submit PO-L.json           # {L}: two seats a year, the same
2024-05-17 send-back {X} --reason 担当部署名  # never delivered, never billed
2024-06-10 change reduce {M} 5              # the last day for fewer seats from 7/1
2024-06-11 change add {A} 3                 # delivered on 6/20, billed from 7/1
2024-08-12 change reduce {M} 4              # a day late for 9/1: from 10/1
2024-09-10 change withdraw {M}              # the last day to take it back
2024-10-05 change add {M} 2 --wish 2024-11-25   # the first 20th after the wish: 12/20
2024-11-10 change cancel {L} --wish 2025-06-30  # no renewal on 2025-07-01
2025-01-10 change reduce {A} 2              # from 2/1, out of the lot that is invoiced next
2025-04-10 change cancel {M}                # the last day for the end of April
"""

# Month: the lines as (contract, seats, unit price). A month that is missing has no invoice.
INVOICES = {
    "2024-04": [(A, 5, YEARLY)],
    "2024-06": [(M, 10, A_MONTH)],
    "2024-07": [(A, 3, YEARLY), (M, 5, A_MONTH), (L, 2, YEARLY)],
    "2024-08": [(M, 5, A_MONTH)],
    "2024-09": [(M, 5, A_MONTH)],
    "2024-10": [(M, 5, A_MONTH)],
    "2024-11": [(M, 5, A_MONTH)],
    "2024-12": [(M, 5, A_MONTH)],
    "2025-01": [(M, 5, A_MONTH), (M, 2, A_MONTH)],
    "2025-02": [(M, 5, A_MONTH), (M, 2, A_MONTH)],
    "2025-03": [(M, 5, A_MONTH), (M, 2, A_MONTH)],
    "2025-04": [(A, 3, YEARLY), (M, 5, A_MONTH), (M, 2, A_MONTH)],
    "2025-07": [(A, 3, YEARLY)],
}
# The same sums, counted apart: subtotal, tax, total.
SUMS = {
    "2024-04": (123_550, 12_355, 135_905),
    "2024-06": (22_000, 2_200, 24_200),
    "2024-07": (134_550, 13_455, 148_005),
    "2024-08": (11_000, 1_100, 12_100),
    "2024-09": (11_000, 1_100, 12_100),
    "2024-10": (11_000, 1_100, 12_100),
    "2024-11": (11_000, 1_100, 12_100),
    "2024-12": (11_000, 1_100, 12_100),
    "2025-01": (15_400, 1_540, 16_940),
    "2025-02": (15_400, 1_540, 16_940),
    "2025-03": (15_400, 1_540, 16_940),
    "2025-04": (89_530, 8_953, 98_483),
    "2025-07": (74_130, 7_413, 81_543),
}
LAST_DAY = "2025-07-31"


class Shell:
    """The real program, one process for each command, on one order book."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.happened: dict[str, int] = {}

    def __call__(self, *arguments: str | Path | int) -> Result:
        ran = run_program(*map(str, arguments), env={"STELLR_DATABASE": str(self.database)})
        assert (ran.status, ran.err) == (0, ""), arguments
        return ran

    def json(self, *arguments: str | Path | int) -> Any:
        return self(*arguments, "--json").json

    def advance(self, day: str) -> None:
        """Let it be a day, and add up what happened on the way."""
        for kind, count in self.json("clock", "advance", day)["happened"].items():
            self.happened[kind] = self.happened.get(kind, 0) + count


@pytest.fixture
def shell(database: Path, tmp_path: Path) -> Shell:
    """A shell in which everything has been done."""
    shell = Shell(database)
    for name, sku, seats in (("A", ANNUAL, 5), ("M", MONTHLY, 10), ("X", ANNUAL, 1), ("L", ANNUAL, 2)):
        order(tmp_path, f"PO-{name}", sku, seats)
    today = "2024-03-11"
    for line in WHAT_IS_DONE.strip().splitlines():
        day, command = re.split(" +", line.partition(" #")[0].strip(), maxsplit=1)
        if day != today:
            shell.advance(day)
            today = day
        shell(*(tmp_path / word if word.endswith(".json") else word for word in shlex.split(command)))
    return shell


def test_a_year_of_orders_and_changes_is_invoiced_to_the_yen(shell: Shell) -> None:
    foreseen = shell.json("invoices", "--foresee", "--month", "2025-07")
    shell.advance(LAST_DAY)
    issued = shell.json("invoices")
    issued.reverse()

    assert [one["number"] for one in issued] == list(range(1, len(INVOICES) + 1))
    assert [(one["month"], one["issued_on"]) for one in issued] == [(month, f"{month}-01") for month in INVOICES]
    for one in issued:
        lines = [(line["contract_number"], line["seats"], line["unit_price"]) for line in one["lines"]]
        assert lines == INVOICES[one["month"]], one["month"]
        assert [line["amount"] for line in one["lines"]] == [seats * price for _contract, seats, price in lines]
        assert (one["subtotal"], one["tax"], one["total"]) == SUMS[one["month"]], one["month"]
    assert [{**foreseen[0], "number": len(INVOICES)}] == issued[-1:]
    assert shell.json("invoice", 3) == issued[2]

    assert shell.happened == {
        "delivered": 3,
        "added": 2,
        "postponed": 0,
        "reduced": 2,
        "ended": 2,
        "invoices": len(INVOICES),
        "parked": 0,
    }
    standing = {one["contract_number"]: (one["status"], one["seats"]) for one in shell.json("subscriptions")}
    assert standing == {A: ("active", 6), M: ("ended", 7), X: ("sent-back", 1), L: ("ended", 2)}
    [left] = shell.json("waiting")
    assert (left["kind"], left["contract_number"], left["reason"]) == ("correct", X, "担当部署名")
    history = [one["kind"] for one in shell.json("subscription", M)["history"]]
    assert history == [
        "po-created",
        "sent",
        "delivered",
        "reduce-applied",
        "reduced",
        "reduce-applied",
        "change-withdrawn",
        "add-applied",
        "added",
        "cancel-applied",
        "ended",
    ]
    then = shell.json("subscriptions", "--as-of", "2024-06-30")
    assert {one["contract_number"]: (one["status"], one["seats"]) for one in then} == {
        A: ("active", 8),
        M: ("active", 10),
        X: ("sent-back", 1),
        L: ("active", 2),
    }

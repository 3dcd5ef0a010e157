"""A simulated year and a half, driven from a shell: every invoice, to the yen, as somebody with a pencil has it.

What is expected is worked out from the description in `reckoning`, with nothing of the program's, and by hand below.
"""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stellr_tui.reference.data import data_path
from tests.cli.reckoning import Bill, Product, bills
from tests.cli.running import ANNUAL, MONTHLY, ORDERS, Result, order, run_program

# From the file of the description, whose end user is new, then four orders for the one who is there.
E, A, M, X, L = range(81766, 81771)

# The prices and rates of this year: the monthly plan and consumption tax are raised in the middle of it.
YEARLY = Product(12, [(date(2024, 1, 1), 24_710)])
A_MONTH = Product(1, [(date(2024, 1, 1), 2_200), (date(2024, 11, 1), 2_311)])
TAX = [(date(2019, 10, 1), 10), (date(2025, 2, 1), 12)]
PRODUCTS = {"E": YEARLY, "A": YEARLY, "M": A_MONTH, "X": YEARLY, "L": YEARLY}

# Everything that is done, in order, as it is typed (an order is its file, its contract and its seats); what follows #
# is what it must lead to.
WHAT_IS_DONE = f"""
2024-03-11 order submit E:{E}:1 --key K     # one seat a year for a new end user: the manual's 3/21 ~ 3/20
2024-03-11 order submit A:{A}:5             # five seats a year
2024-03-12 approve {A}                      # before its delivery on the 20th
2024-05-15 order submit M:{M}:10            # ten seats a month, the manual's 5/15 > 5/20 > 6/1
2024-05-16 order submit X:{X}:1             # one seat a year, missed the 15th
2024-05-16 order submit L:{L}:2             # two seats a year, the same
2024-05-17 send-back {X} --reason 担当部署名  # never delivered, never billed
2024-06-10 change reduce {M} 5              # the last day for fewer seats from 7/1
2024-06-11 change add {A} 3                 # delivered on 6/20, billed from 7/1
2024-08-12 change reduce {M} 4              # a day late for 9/1: from 10/1
2024-09-10 change withdraw {M}              # the last day to take it back
2024-10-05 change add {M} 2 --wish 2024-11-25   # the first 20th after the wish: 12/20
2024-11-10 change cancel {L} --wish 2025-06-30  # no renewal on 2025-07-01
2025-01-10 change reduce {A} 2              # from 2/1, out of the lot that is invoiced next
2025-03-11 change cancel {E}                # the last day to stop the renewal of 4/1
2025-03-11 change withdraw {E}              # and yet kept
2025-04-10 change cancel {M}                # the last day for the end of April
"""
LAST_DAY = "2025-07-31"

# By hand: subtotal, tax, total of each month that has an invoice.
BY_HAND = {
    "2024-04": (148_260, 14_826, 163_086),  # 1 + 5 seats a year
    "2024-06": (22_000, 2_200, 24_200),  # 10 seats a month
    "2024-07": (134_550, 13_455, 148_005),  # 3 + 2 seats a year, 5 a month
    "2024-08": (11_000, 1_100, 12_100),
    "2024-09": (11_000, 1_100, 12_100),
    "2024-10": (11_000, 1_100, 12_100),
    "2024-11": (11_555, 1_155, 12_710),  # 5 at the new price; tax 1,155.5
    "2024-12": (11_555, 1_155, 12_710),
    "2025-01": (15_955, 1_595, 17_550),  # and 2 more, the first month at the price of their order; tax 1,595.5
    "2025-02": (16_177, 1_941, 18_118),  # all 7 at the new price; 12 %: 1,941.24
    "2025-03": (16_177, 1_941, 18_118),
    "2025-04": (115_017, 13_802, 128_819),  # 1 + 3 seats a year, 7 a month; tax 13,802.04
    "2025-07": (74_130, 8_895, 83_025),  # 3 seats a year; tax 8,895.6
}


class Shell:
    """The real program, one process for each command, on one order book."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def __call__(self, *arguments: str | Path | int, says: str = "") -> Result:
        ran = run_program(*map(str, arguments), env={"STELLR_DATABASE": str(self.database)})
        assert ran.status == 0, (arguments, ran.err)
        assert (says in ran.err) if says else ran.err == "", arguments
        return ran

    def json(self, *arguments: str | Path | int, says: str = "") -> Any:
        return self(*arguments, "--json", says=says).json

    def advance(self, day: str) -> None:
        assert self.json("clock", "advance", day) == {"today": day, "mode": "training"}


@pytest.fixture
def raised(tmp_path: Path) -> None:
    """Settings in which the monthly price and the tax are raised in the middle of the year."""
    settings = tmp_path / "home" / "stellr-tui"
    settings.mkdir(parents=True)
    (settings / "policy.toml").write_text(
        "".join(f"[[tax_rate]]\nfrom = {since}\npercent = {percent}\n" for since, percent in TAX), encoding="utf-8"
    )
    catalog = data_path("catalog.toml").read_text(encoding="utf-8")
    (since, price) = A_MONTH.prices[-1]
    raise_ = f"yen = {A_MONTH.prices[0][1]}\n\n[[vendor.product.price]]\nfrom = {since}\nyen = {price}\n"
    assert catalog.count("yen = 2200\n") == 1
    (settings / "catalog.toml").write_text(catalog.replace("yen = 2200\n", raise_), encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The order files by the names they have above."""
    made = {
        name: order(tmp_path, f"PO-{name}", sku, seats)
        for name, sku, seats in (("A", ANNUAL, 5), ("M", MONTHLY, 10), ("X", ANNUAL, 1), ("L", ANNUAL, 2))
    }
    return {**made, "E": ORDERS / "example.json"}


@pytest.fixture
def shell(database: Path, files: dict[str, Path], raised: None) -> Shell:
    """A shell in which everything has been done."""
    shell = Shell(database)
    assert shell.json("clock", "set", "2024-03-08")["today"] == "2024-03-08"
    assert shell.json("clock", "set", "2024-03-11")["today"] == "2024-03-11"
    today = "2024-03-11"
    for line in WHAT_IS_DONE.strip().splitlines():
        day, command = re.split(" +", line.partition(" #")[0].strip(), maxsplit=1)
        if day != today:
            shell.advance(day)
            today = day
        words = [files[word.partition(":")[0]] if ":" in word else word for word in shlex.split(command)]
        if "--key" in words or "cancel" in words:
            foreseen = shell.json(*words, "--dry-run", says="何も保存していません")
            done = shell.json(*words, says="同じ会社名のエンドユーザー" if "--key" in words else "")
            assert numberless(done) == numberless(foreseen), line
        else:
            shell(*words)
    return shell


def numberless(document: Any) -> Any:
    """An answer without the numbers that a dry run does not give."""
    return json.loads(re.sub(r'"contract_number": (null|[0-9]+)', '"contract_number": 0', json.dumps(document)))


def test_a_year_of_orders_and_changes_is_invoiced_to_the_yen(shell: Shell) -> None:
    expected = bills(WHAT_IS_DONE, PRODUCTS, TAX, date.fromisoformat(LAST_DAY))
    assert {month: bill.sums for month, bill in expected.items()} == BY_HAND
    ahead = {
        month: shell.json("invoices", "--foresee", "--month", month) for month in ("2025-05", "2025-06", "2025-07")
    }
    assert ahead["2025-05"] == ahead["2025-06"] == []
    shell.advance(LAST_DAY)
    issued = shell.json("invoices")
    issued.reverse()

    assert [one["number"] for one in issued] == list(range(1, len(expected) + 1))
    assert [(one["month"], one["issued_on"]) for one in issued] == [(month, f"{month}-01") for month in expected]
    for one in issued:
        assert as_billed(one) == (expected[one["month"]].lines, expected[one["month"]].sums), one["month"]
        assert [line["amount"] for line in one["lines"]] == [
            line.seats * line.unit_price for line in expected[one["month"]].lines
        ]
    assert shell.json("invoice", 3) == issued[2]
    assert shell.json("invoices", "--month", "2024-11") == [issued[6]]
    assert [{**ahead["2025-07"][0], "number": len(expected)}] == issued[-1:]

    contracts_are_as_they_should_be(shell)
    the_past_stays(shell)


def as_billed(invoice: Any) -> tuple[list[tuple[int, int, int]], tuple[int, int, int]]:
    lines = [(line["contract_number"], line["seats"], line["unit_price"]) for line in invoice["lines"]]
    return lines, (invoice["subtotal"], invoice["tax"], invoice["total"])


def contracts_are_as_they_should_be(shell: Shell) -> None:
    standing = {one["contract_number"]: (one["status"], one["seats"]) for one in shell.json("subscriptions")}
    assert standing == {E: ("active", 1), A: ("active", 6), M: ("ended", 7), X: ("sent-back", 1), L: ("ended", 2)}
    [left] = shell.json("waiting")
    assert (left["kind"], left["contract_number"], left["reason"]) == ("correct", X, "担当部署名")
    ended = shell.json("subscription", M)
    assert [one["kind"] for one in ended["history"]] == [
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
    assert [one["number"] for one in ended["invoices"]] == [*range(2, 13)]
    assert [one["contract_number"] for one in shell.json("subscriptions", "--status", "ended")] == [M, L]
    assert [one["contract_number"] for one in shell.json("subscriptions", "--search", "PO-A")] == [A]
    assert [one["number"] for one in shell.json("customers")] == [159813, 159814]
    kinds = [one["kind"] for one in shell.json("mail")]
    assert {kind: kinds.count(kind) for kind in kinds} == {"completed": 4, "changed": 10, "invoiced": len(BY_HAND)}


def the_past_stays(shell: Shell) -> None:
    """The key of March gives March's answer, and the list of a past day is the list of that day."""
    again = shell.json("order", "submit", ORDERS / "example.json", "--key", "K")
    assert [one["contract_number"] for one in again["contracts"]] == [E]
    then = shell.json("subscriptions", "--as-of", "2024-06-30")
    assert {one["contract_number"]: (one["status"], one["seats"]) for one in then} == {
        E: ("active", 1),
        A: ("active", 8),
        M: ("active", 10),
        X: ("sent-back", 1),
        L: ("active", 2),
    }
    terms = {one["contract_number"]: (one["term_starts_on"], one["term_ends_on"]) for one in then}
    assert terms[E] == ("2024-03-21", "2025-03-20")
    assert terms[M] == ("2024-05-21", "2024-06-30")
    assert terms[L] == ("2024-06-21", "2025-06-20")


def test_the_reckoning_follows_the_manuals_own_examples() -> None:
    """It is only worth something if it is right where the manual says what is right."""
    ten_to_five = f"2024-04-15 order submit M:{M}:10\n2024-06-10 change reduce {M} 5"
    assert seats_billed(bills(ten_to_five, PRODUCTS, TAX, date(2024, 8, 1))) == {
        "2024-05": [10],
        "2024-06": [10],
        "2024-07": [5],
        "2024-08": [5],
    }
    the_end_with_june = f"2024-05-16 order submit M:{M}:1\n2024-06-21 change cancel {M}"
    assert seats_billed(bills(the_end_with_june, PRODUCTS, TAX, date(2024, 12, 1))) == {"2024-07": [1]}


def seats_billed(found: dict[str, Bill]) -> dict[str, list[int]]:
    return {month: [line.seats for line in bill.lines] for month, bill in found.items()}

"""The order book behind a journey: looked into with SQL, or asked through the command line."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WITHIN = 60.0


def rows(book: Path, query: str) -> list[dict[str, Any]]:
    """What a query finds in the book, read only, as it is on the disk."""
    with closing(sqlite3.connect(f"{book.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def stellr(book: Path, *arguments: str) -> Any:
    """The JSON that a command of `stellr` prints, run on this book in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STELLR_")}
    done = subprocess.run(
        [sys.executable, "-m", "stellr_tui", "--database", str(book), *arguments, "--json"],
        env={**environment, "PYTHONPATH": str(ROOT), "HOME": str(book.parent)},
        capture_output=True,
        timeout=WITHIN,
        check=True,
    )
    return json.loads(done.stdout)


def kept_texts(book: Path) -> list[str]:
    """Every text that was typed in an order half entered."""
    return [text for fields in _kept(book) for text in fields.values()]


def kept_fields(book: Path) -> list[str]:
    """The names of the fields that were typed in."""
    return [name for fields in _kept(book) for name in fields]


def _kept(book: Path) -> list[dict[str, str]]:
    drafts = rows(book, "SELECT typed FROM order_draft")
    return [fields for draft in drafts for fields in json.loads(draft["typed"]).values()]


def assert_nothing_by_half(book: Path) -> None:
    """Every end user, order and contract is there with all that belongs to it, or not at all."""
    assert rows(book, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(book, "PRAGMA foreign_key_check") == []
    for table, belonging, reference in (
        ("end_user", "location", "end_user_number = owner.number"),
        ("end_user", "contact", "end_user_number = owner.number"),
        ("purchase_order", "contract", "order_id = owner.id"),
        ("contract", "seat_lot", "contract_number = owner.number"),
    ):
        query = f"SELECT * FROM {table} AS owner WHERE NOT EXISTS (SELECT 1 FROM {belonging} WHERE {reference})"
        assert rows(book, query) == [], f"{table} without {belonging}"
    for contract in rows(book, "SELECT * FROM contract"):
        number = contract["number"]
        events = [
            one["kind"]
            for one in rows(book, f"SELECT kind FROM contract_event WHERE contract_number = {number} ORDER BY id")
        ]
        lots = rows(book, f"SELECT * FROM seat_lot WHERE contract_number = {number}")
        dates = [contract["sent_on"], contract["delivered_on"], *(lot["delivered_on"] for lot in lots)]
        if contract["status"] == "po-created":
            assert events == ["po-created"]
            assert not any(dates)
        else:
            assert contract["status"] == "provisioning"
            assert events == ["po-created", "sent"]
            assert all(dates)
    lines = "SELECT line.value ->> 'sku' AS sku FROM order_draft, json_each(order_draft.lines) AS line"
    ordered = rows(book, f"SELECT sku FROM ({lines}) WHERE sku IN (SELECT sku FROM contract)")
    assert ordered == [], "what was ordered is still in the cart"

"""Real processes at one order book: at the same moment, and killed in the middle of their work."""

import json
import os
from pathlib import Path

import pytest

from stellr_tui.desk.cart import Cart, Choice, put_in_cart, read_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.opening import open_desk
from stellr_tui.desk.orders import place_order, read_order
from stellr_tui.desk.subscriptions import subscription
from tests.desk.office import ANNUAL, MONTHLY, order_form, row_counts
from tests.desk.programs import at_the_same_moment, faults, start
from tests.store.programs import start as start_at_the_store


def test_two_processes_that_send_one_order_at_once_send_it_once(desk: Desk, lucy: SignedIn, database_url: str) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    said = at_the_same_moment(*[start("send", database_url, order.id) for _ in range(2)])
    sent = {
        "contracts": [[81766, "provisioning", "2024-03-11"], [81767, "provisioning", "2024-03-11"]],
    }
    assert said == [sent, sent]
    for contract in read_order(desk, lucy, order.id).contracts:
        assert [one.kind for one in subscription(desk, lucy, contract.number).history] == ["po-created", "sent"]


def test_two_processes_that_order_one_cart_at_once_order_it_once(desk: Desk, lucy: SignedIn, database_url: str) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    said = at_the_same_moment(*[start("place", database_url, f"PO-{n}") for n in range(2)])
    assert sorted(key for one in said for key in one) == ["order", "refused"]
    assert {"refused": ["empty-cart"]} in said
    assert read_cart(desk, lucy) == Cart()
    assert (row_counts(desk)["purchase_order"], row_counts(desk)["contract"]) == (1, 2)


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be locked")
def test_what_a_killed_first_start_left_goes_with_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "stellr.db"
    first = start_at_the_store("create-and-wait", path)
    assert first.stdout is not None
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.communicate(timeout=60)
    assert not path.exists()
    assert os.listdir(tmp_path)
    open_desk(str(path)).store.close()
    assert os.listdir(tmp_path) == ["stellr.db"]


@pytest.mark.parametrize("steps", [1, 3, 8, 14])
def test_what_a_killed_process_had_confirmed_is_there_and_nothing_is_half_done(
    desk: Desk, database_url: str, steps: int
) -> None:
    """Killed from outside, wherever it happened to be: between two steps or within one."""
    program = start("work", database_url, "a")
    assert program.stdout is not None
    confirmed = [json.loads(program.stdout.readline()) for _ in range(steps)]
    program.kill()
    confirmed += [json.loads(line) for line in program.communicate(timeout=60)[0].splitlines()]
    assert program.returncode == -9
    assert faults(desk, confirmed, "a") == []


@pytest.mark.parametrize("part", range(4))
def test_a_process_killed_at_any_statement_leaves_no_half_of_anything(
    sqlite_template: Path, tmp_path: Path, part: int
) -> None:
    program = start("die-everywhere", sqlite_template, tmp_path, part, 4)
    said = [json.loads(line) for line in program.communicate(timeout=300)[0].splitlines()]
    assert program.returncode == 0
    undisturbed, *deaths = said
    assert (undisturbed["killed"], undisturbed["confirmed"]) == (False, 5)
    assert len(deaths) >= 20
    assert {death["killed"] for death in deaths} == {True}
    assert {0, 1, 2, 3, 4} <= {death["confirmed"] for death in deaths}
    assert [death for death in deaths if death["wrong"]] == []

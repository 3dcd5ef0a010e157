"""Programs that the tests run as processes of their own: `python -m tests.desk.programs NAME ARGUMENT…`."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select

from stellr_tui.desk.cart import Choice, put_in_cart, read_cart, take_from_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import add_end_user, search_end_users
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import place_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.submission import submit_order
from stellr_tui.desk.training import CUSTOMER, FIRST_CONTRACT
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.policy import Policy
from stellr_tui.rules.status import Status
from stellr_tui.store.engine import Store, connect
from stellr_tui.store.tables import Contract, Counter, EndUser, PurchaseOrder, Submission
from tests.desk.office import ANNUAL, DETAILS, DOCUMENT, FORM, MONTHLY, NOON, order_form

ROOT = Path(__file__).parents[2]

Say = Callable[[dict[str, Any]], None]
Confirmed = list[dict[str, Any]]


def start(name: str, *arguments: object) -> subprocess.Popen[str]:
    """Run one of the programs below."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desk.programs", name, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def at_the_same_moment(*programs: subprocess.Popen[str]) -> list[Any]:
    """Let programs go that said they are ready, and give what each said then."""
    for program in programs:
        assert program.stdout is not None
        assert json.loads(program.stdout.readline()) == {"ready": True}
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60)[0] for program in programs]
    assert [program.returncode for program in programs] == [0] * len(programs)
    return [json.loads(one) for one in said]


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def desk_at(store: Store) -> Desk:
    return Desk(store, load_catalog(data_path("catalog.toml")), Policy(), now=lambda: NOON)


def wait_for_the_moment() -> None:
    say({"ready": True})
    sys.stdin.readline()


def send(url: str, order_id: str) -> None:
    """送信, at the moment that a line comes in."""
    with connect(url) as store:
        desk = desk_at(store)
        lucy = at_the_command_line(desk)
        wait_for_the_moment()
        order = send_provisioning(desk, lucy, int(order_id), DETAILS)
        say({"contracts": [[one.number, one.status, str(one.sent_on)] for one in order.contracts]})


def place(url: str, po_number: str) -> None:
    """発注する, at the moment that a line comes in."""
    with connect(url) as store:
        desk = desk_at(store)
        lucy = at_the_command_line(desk)
        form = order_form(desk, lucy, po_number=po_number)
        wait_for_the_moment()
        try:
            say({"order": place_order(desk, lucy, form).id})
        except Refused as refused:
            say({"refused": [one.reason for one in refused.findings]})


def work(url: str, name: str) -> None:
    """Order after order until killed, each step said once it is done."""
    with connect(url) as store:
        desk = desk_at(store)
        lucy = at_the_command_line(desk)
        for sku in (ANNUAL, MONTHLY):
            take_from_cart(desk, lucy, sku)
        step = 0
        while True:
            step += 1
            work_once(desk, lucy, f"{name}-{step}", say)


def work_once(desk: Desk, by: SignedIn, name: str, done: Say) -> None:
    """A new end user, an order for it by hand, and another one from a document."""
    customer = add_end_user(desk, by, replace(FORM, company=f"会社 {name}")).number
    done({"customer": customer})
    put_in_cart(desk, by, [Choice(ANNUAL, 2), Choice(MONTHLY, 3)])
    done({"cart": name})
    order = place_order(desk, by, order_form(desk, by, customer, f"hand-{name}"))
    done({"placed": order.id})
    send_provisioning(desk, by, order.id, DETAILS)
    done({"sent": order.id})
    answer = submit_order(desk, by, replace(DOCUMENT, po_number=f"file-{name}"), key=name)
    done({"submitted": name, "numbers": [one.contract_number for one in answer.contracts]})


def faults(desk: Desk, confirmed: Confirmed, name: str) -> list[str]:
    """What is half done or was lost, after `work` under this name was killed; empty where all is well."""
    lucy = at_the_command_line(desk)
    found: list[str] = []

    def hold(true: bool, fault: str) -> None:
        if not true:
            found.append(fault)

    with desk.store.reading() as session:
        orders = session.scalars(select(PurchaseOrder)).all()
        contracts = session.scalars(select(Contract)).all()
        for order in orders:
            by_hand = order.po_number.startswith("hand-")
            products = len(order.contracts)
            hold(products == (2 if by_hand else 1), f"order {order.po_number}: {products} contracts")
            statuses = {one.status for one in order.contracts}
            hold(len(statuses) == 1, f"order {order.po_number}: {statuses}")
            hold(by_hand or statuses == {Status.PROVISIONING}, f"order {order.po_number} was not sent")
        for contract in contracts:
            sent = contract.status == Status.PROVISIONING
            kinds = [one.kind for one in contract.events]
            hold(kinds == (["po-created", "sent"] if sent else ["po-created"]), f"{contract.number}: {kinds}")
            hold(len(contract.lots) == 1, f"{contract.number}: {len(contract.lots)} lots")
            dates = {contract.sent_on is not None, *(lot.next_invoice_on is not None for lot in contract.lots)}
            hold(dates == {sent}, f"{contract.number}: dates {dates}, sent {sent}")
        for end_user in session.scalars(select(EndUser)):
            hold(len(end_user.locations) == 1 and len(end_user.contacts) == 1, f"end user {end_user.number} is half")
            hold(end_user.company in end_user.search_text, f"end user {end_user.number} cannot be found")
        counters = {one.name: one.next for one in session.scalars(select(Counter))}
        hold(
            sorted(one.number for one in contracts) == list(range(FIRST_CONTRACT, counters["contract"])),
            f"contract numbers up to {counters['contract']}",
        )
        customers = session.scalars(select(EndUser.number).order_by(EndUser.number)).all()
        hold(list(customers) == list(range(CUSTOMER, counters["customer"])), "customer numbers have a gap")
        from_files = [one.id for one in orders if one.po_number.startswith("file-")]
        hold(sorted(session.scalars(select(Submission.order_id))) == sorted(from_files), "a key without its order")
        by_hand_now = sum(1 for one in orders if one.po_number.startswith(f"hand-{name}"))

    lines = read_cart(desk, lucy).lines
    carts = sum(1 for one in confirmed if "cart" in one)
    hold(len(lines) in (0, 2), f"{len(lines)} products in the cart")
    # A cart that was filled is an order by now or still full; the next is filled only once its customer is said.
    filled = by_hand_now + (1 if lines else 0)
    hold(carts <= filled, "a cart was emptied without an order")
    hold(filled <= sum(1 for one in confirmed if "customer" in one), "a cart is still full though it was ordered")

    numbers = {one.number for one in contracts}
    statuses_of = {one.id: {contract.status for contract in one.contracts} for one in orders}
    for one in confirmed:
        hold("customer" not in one or one["customer"] in customers, f"lost: {one}")
        hold("placed" not in one or one["placed"] in statuses_of, f"lost: {one}")
        hold("sent" not in one or statuses_of.get(one["sent"]) == {Status.PROVISIONING}, f"lost: {one}")
        hold("submitted" not in one or set(one["numbers"]) <= numbers, f"lost: {one}")
    return found


def go_on(desk: Desk, name: str) -> list[str]:
    """Finish what the killed one may have left, as its user would; what is wrong with that."""
    lucy = at_the_command_line(desk)
    found: list[str] = []
    submit_order(desk, lucy, replace(DOCUMENT, po_number=f"file-{name}"), key=name)
    with desk.store.reading() as session:
        count = select(func.count()).select_from(PurchaseOrder).where(PurchaseOrder.po_number == f"file-{name}")
        if session.scalar(count) != 1:
            found.append("the key made a second order")
        waiting = session.scalar(select(Contract.order_id).where(Contract.status == Status.PO_CREATED).limit(1))
    if waiting is not None:
        send_provisioning(desk, lucy, waiting, DETAILS)
    if search_end_users(desk, lucy, str(CUSTOMER)).rows[0].number != CUSTOMER:
        found.append("the manual's end user is gone")
    return found


def die_everywhere(template: str, folder: str, part: str, parts: str) -> None:
    """Work once on a copy of the book, again and again, killed before each statement, commit and end of a session.

    Says for each death what was wrong afterwards. Every `parts`-th moment is tried, from `part` on.
    """
    alive = Path(folder) / "alive.db"
    confirmed, killed = live_until(template, alive, None)
    moments = confirmed.pop()["moments"]
    say({"moments": moments, "killed": killed, "confirmed": len(confirmed)})
    for moment in range(int(part), moments, int(parts)):
        path = Path(folder) / f"book-{moment}.db"
        confirmed, killed = live_until(template, path, moment)
        with connect(str(path)) as store:
            desk = desk_at(store)
            wrong = faults(desk, confirmed, "1")
            wrong += go_on(desk, "1")
        say({"moment": moment, "killed": killed, "confirmed": len(confirmed), "wrong": wrong})


def live_until(template: str, path: Path, moment: int | None) -> tuple[Confirmed, bool]:
    """Work once on a copy of the book in a process of its own; what it confirmed, and whether it was killed."""
    shutil.copyfile(template, path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with connect(str(path)) as store:
            passed = count_moments(store, moment)
            work_once(desk_at(store), at_the_command_line(desk_at(store)), "1", lambda done: tell(writing, done))
            tell(writing, {"moments": passed[0]})
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        confirmed = [json.loads(line) for line in said]
    _, status = os.waitpid(child, 0)
    return confirmed, os.WIFSIGNALED(status)


def tell(pipe: int, what: dict[str, Any]) -> None:
    os.write(pipe, json.dumps(what).encode() + b"\n")


def count_moments(store: Store, last: int | None) -> list[int]:
    """Count what this process does at its database, and kill it, as kill -9 does, at the moment of this number."""
    passed = [0]

    def moment(*_: object) -> None:
        if passed[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)
        passed[0] += 1

    for happening in ("before_cursor_execute", "commit", "checkin"):
        event.listen(store.engine, happening, moment)
    return passed


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {
        "send": send,
        "place": place,
        "work": work,
        "die-everywhere": die_everywhere,
    }
    programs[sys.argv[1]](*sys.argv[2:])

"""Random years of two resellers: whatever is ordered, changed and taken back in whatever order, the books are right."""

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import ColumnElement, select

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.changes import ChangeForm, Kind, PlannedChange, apply_change, foresee_change, withdraw_change
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import IssuedInvoice, foresee_invoice, list_invoices
from stellr_tui.desk.orders import discard_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions
from stellr_tui.desk.training import ACCOUNT, CUSTOMER
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.policy import Policy
from stellr_tui.store.engine import connect
from stellr_tui.store.tables import Change, Contract, Invoice, InvoiceLine, LotReduction, ParkedLot, SeatLot
from tests.desk.life.steps import in_full, priced
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    MONTHLY,
    RIVALS_ACCOUNT,
    add_rival,
    an_operator,
    an_order,
    another_end_user,
)

NOON = datetime(2024, 3, 11, 3, tzinfo=UTC)
PRICES = {
    ANNUAL: (("2024-01-01", 24_710), ("2025-02-01", 25_113), ("2026-01-02", 26_999)),
    MONTHLY: (("2024-01-01", 2_200), ("2024-09-01", 2_311), ("2025-06-01", 2_407), ("2026-03-15", 2_503)),
}
TAX = (("2019-10-01", 10), ("2025-01-01", 12))
STARTS = [date(2024, 2, 14), date(2024, 3, 11), date(2024, 11, 29), date(2025, 1, 31)]
# A form may be refused for these, and for nothing else; a price is missing while the catalogue is without.
ALLOWED = {Reason.STATUS_FORBIDS, Reason.TOO_FEW_SEATS_LEFT, Reason.PAST_DEADLINE, Reason.NOTHING_WAITS}
EVERYTHING = ["order", "send", "discard", "add", "reduce", "cancel", "withdraw", "approve", "send back", "open again"]
EVERYTHING += ["delivered", "added", "postponed", "reduced", "ended", "invoices", "parked", "billed late"]
# Enough for a busy year or two.
MANY_ORDERS = 8

OFTEN = ["days", "days", "deadline", "add", "reduce"]
SELDOM = [
    "half a year",
    "order",
    "order",
    "send",
    "discard",
    "discard",
    "cancel",
    "withdraw",
    "withdraw",
    "approve",
    "send back",
]
SELDOM += ["open again", "price", "price"]


def in_force(steps: tuple[tuple[str, int], ...], on: date) -> int:
    return [value for since, value in steps if date.fromisoformat(since) <= on][-1]


def months_later(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


# What took effect, in all runs together.
DONE: Counter[str] = Counter()


class Years(RuleBasedStateMachine):
    """Everything that resellers and an operator can do, and the days that go by."""

    def __init__(self, template: Path, path: Path) -> None:
        super().__init__()
        shutil.copyfile(template, path)
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)
        self.path = path
        self.policy = Policy()
        self.has_monthly_price = True
        self.orders: list[tuple[SignedIn, int]] = []
        self.lists: dict[tuple[str, date], tuple[Subscription, ...]] = {}
        self.details: dict[tuple[str, date], dict[int, tuple[object, ...]]] = {}
        self.issued: dict[str, tuple[IssuedInvoice, ...]] = defaultdict(tuple)
        self.all_invoices: dict[SignedIn, tuple[IssuedInvoice, ...]] = {}
        self.a_day_went_by = False
        self.open()
        add_rival(self.desk)
        self.people = [at_the_command_line(self.desk, number) for number in (ACCOUNT, RIVALS_ACCOUNT)]
        self.operators = {one: an_operator(self.desk, one.account.number) for one in self.people}
        self.customers = {
            self.people[0]: CUSTOMER,
            self.people[1]: another_end_user(self.desk, self.people[1], "よその会社"),
        }

    def open(self) -> None:
        desk = Desk(connect(str(self.path)), load_catalog(data_path("catalog.toml")), self.policy, now=lambda: NOON)
        for sku, prices in PRICES.items():
            desk = priced(desk, sku, *prices)
        if not self.has_monthly_price:
            desk = priced(desk, MONTHLY, ("2040-01-01", 1))
        self.desk: Desk = desk

    def teardown(self) -> None:
        try:
            self.remember_today()
            for (account, on), rows in self.lists.items():
                by = next(one for one in self.people if one.account.number == account)
                assert list_subscriptions(self.desk, by, as_of=on).rows == rows, on
            for (account, on), known in self.details.items():
                by = next(one for one in self.people if one.account.number == account)
                assert {number: in_full(self.desk, by, number, on) for number in known} == known, on
        finally:
            self.desk.store.close()

    @property
    def today(self) -> date:
        return read_clock(self.desk).today

    # What is done.

    @initialize(
        start=st.sampled_from(STARTS),
        reduction_rule=st.sampled_from(["notice", "order-cutoff"]),
        approval=st.sampled_from(["automatic", "operator"]),
    )
    def begin(self, start: date, reduction_rule: str, approval: str) -> None:
        rates = [{"from": date.fromisoformat(since), "percent": percent} for since, percent in TAX]
        self.desk.store.close()
        self.policy = Policy.from_mapping({"reduction_rule": reduction_rule, "approval": approval, "tax_rate": rates})
        self.open()
        set_clock(self.desk, start)
        for who, sku, seats in ((0, ANNUAL, 15), (0, MONTHLY, 20), (1, MONTHLY, 3)):
            self.order(who, sku, seats, at_once=True)
        for number in range(3):
            self.answer_contract("approve", number)

    # One rule for all: with a rule for each, Hypothesis leaves many of them out of a run, and few runs say little.
    @rule(
        what=st.sampled_from(OFTEN * 3 + SELDOM),
        which=st.integers(0, 99),
        seats=st.integers(1, 12),
        wish=st.none() | st.integers(0, 200),
        days=st.integers(1, 70),
        sku=st.sampled_from([ANNUAL, MONTHLY]),
    )
    def something_happens(self, what: str, which: int, seats: int, wish: int | None, days: int, sku: str) -> None:
        self.all_invoices = {}
        if not self.has_monthly_price and which % 4 == 0:
            what = "price"  # somebody sees what is parked, and mends it
        match what:
            case "days":
                self.go_to(self.today + timedelta(days=days))
            case "deadline":
                # The 10th or 11th, on or about which much is decided.
                self.go_to(months_later(self.today, 1) + timedelta(days=9 + days % 2))
            case "half a year":
                self.go_to(months_later(self.today, 6))
            case "order" if len(self.orders) < MANY_ORDERS:
                self.order(which % 2, sku, seats, at_once=days % 2 == 0)
            case "send" | "discard":
                self.answer_order(what, which)
            case "add" | "reduce" | "cancel":
                self.apply(which, Kind(what), {"add": seats, "reduce": min(seats, 4)}.get(what, ""), wish)
            case "withdraw":
                self.withdraw(which)
            case "approve" | "send back":
                self.answer_contract(what, which)
            case "open again":
                self.open_again()
            case "price":
                self.has_monthly_price = not self.has_monthly_price
                self.open_again()

    # How it is done.

    def order(self, who: int, sku: str, seats: int, *, at_once: bool) -> None:
        by = self.people[who]
        customer, po_number = self.customers[by], f"PO-{len(self.orders)}"

        def place() -> None:
            placed = an_order(self.desk, by, seats, sku=sku, customer=customer, po_number=po_number)
            self.orders.append((by, placed.id))
            if at_once:
                send_provisioning(self.desk, by, placed.id, DETAILS)

        self.attempt("order", place)

    def answer_order(self, what: str, which: int) -> None:
        fit = ["po-created", "sent-back"] if what == "send" else ["po-created"]
        by, contract = self.contract(which, Contract.status.in_(fit))
        with self.desk.store.reading() as session:
            order = session.get_one(Contract, contract).order_id
        if what == "send":
            self.attempt(what, lambda: send_provisioning(self.desk, by, order, DETAILS))
        else:
            self.attempt(what, lambda: discard_order(self.desk, by, order))

    def answer_contract(self, what: str, which: int) -> None:
        by, contract = self.contract(which, Contract.status == "provisioning")
        by = self.operators[by]
        if what == "approve":
            self.attempt(what, lambda: approve(self.desk, by, contract))
        else:
            self.attempt(what, lambda: send_back(self.desk, by, contract, "電話番号がありません"))

    def withdraw(self, which: int) -> None:
        waits = select(Change.contract_number).where(Change.status == "waiting", Change.deadline >= self.today)
        by, contract = self.contract(which, Contract.number.in_(waits))
        self.attempt("withdraw", lambda: withdraw_change(self.desk, by, contract))

    def open_again(self) -> None:
        self.desk.store.close()
        self.open()
        DONE["open again"] += 1

    def contract(self, which: int, fit: ColumnElement[bool]) -> tuple[SignedIn, int]:
        """Mostly one that fits, where there is one, and now and then whichever it is: that may be refused."""
        query = select(Contract.number, Contract.account_number).order_by(Contract.number)
        with self.desk.store.reading() as session:
            fitting = session.execute(query.where(fit)).all() if which % 5 else []
            rows = fitting or session.execute(query).all()
        number, account = rows[which % len(rows)]
        return next(one for one in self.people if one.account.number == account), number

    def attempt(self, what: str, action: Callable[[], object]) -> None:
        allowed = ALLOWED if self.has_monthly_price else {*ALLOWED, Reason.NO_PRICE}
        try:
            action()
        except Refused as refused:
            assert {one.reason for one in refused.findings} <= allowed, refused
        else:
            DONE[what] += 1

    def apply(self, which: int, kind: Kind, seats: int | str, wish: int | None) -> None:
        """Apply for a change, which leads to what was foreseen a moment before or is refused like that."""
        by, contract = self.contract(which, Contract.status == "active")
        form = ChangeForm(kind, seats, None if wish is None else self.today + timedelta(days=wish))
        foreseen: list[PlannedChange] = []
        applied: list[PlannedChange] = []
        self.attempt("foresee", lambda: foreseen.append(foresee_change(self.desk, by, contract, form)))
        self.attempt(kind, lambda: applied.append(apply_change(self.desk, by, contract, form)))
        assert [numberless(one) for one in applied] == [numberless(one) for one in foreseen]
        for one in applied:
            assert self.today <= one.deadline <= one.takes_effect_on

    def go_to(self, goal: date) -> None:
        """Let the days go by. What was foreseen of a month is what is issued, unless an operator has to act first."""
        before = self.today
        self.remember_today()
        months: list[date] = []
        while (month := months_later(before, len(months) + 1)) <= goal:
            months.append(month)
        foreseen = {
            (by, month): foresee_invoice(self.desk, by, month)
            for by in self.people
            for month in months
            if not self.waits_for_an_operator()
        }
        closed = set_clock(self.desk, goal)
        DONE.update({kind: count for kind, count in closed.counts.items() if count})
        self.a_day_went_by = True
        for (by, month), one in foreseen.items():
            assert [content(issued) for issued in list_invoices(self.desk, by, month)] == (
                [content(one)] if one else []
            )
        for passed in range((goal - before).days):
            on = before + timedelta(days=passed)
            if on.day in (1, 20) and on != before:
                self.remember(on, as_of=on)

    def invoices(self, by: SignedIn) -> tuple[IssuedInvoice, ...]:
        """All of them, the oldest first, as they read since something happened last."""
        if by not in self.all_invoices:
            self.all_invoices[by] = tuple(reversed(list_invoices(self.desk, by)))
        return self.all_invoices[by]

    def waits_for_an_operator(self) -> bool:
        with self.desk.store.reading() as session:
            waiting = select(Contract.number).where(Contract.status == "provisioning", Contract.approved_on.is_(None))
            return self.policy.approval == "operator" and session.scalar(waiting.limit(1)) is not None

    def remember_today(self) -> None:
        self.remember(self.today, as_of=None)
        for by in self.people:
            numbers = [one.contract_number for one in self.lists[by.account.number, self.today]]
            self.details[by.account.number, self.today] = {one: in_full(self.desk, by, one) for one in numbers}

    def remember(self, on: date, as_of: date | None) -> None:
        """The list as it reads now; in the end it must still read so."""
        for by in self.people:
            self.lists[by.account.number, on] = list_subscriptions(self.desk, by, as_of=as_of).rows

    # What is always so.

    @invariant()
    def seats_are_never_negative_and_an_active_contract_has_some(self) -> None:
        today = self.today
        with self.desk.store.reading() as session:
            for contract in session.scalars(select(Contract)):
                assert all(lot.seats >= 0 for lot in contract.lots)
                if contract.status in ("active", "ending"):
                    assert (
                        sum(lot.seats for lot in contract.lots if lot.delivered_on and lot.delivered_on <= today) >= 1
                    )

    @invariant()
    def the_history_gives_the_present_state(self) -> None:
        today = self.today
        with self.desk.store.reading() as session:
            for contract in session.scalars(select(Contract)):
                replayed = replay(contract)
                counted = [
                    lot.seats
                    for lot in contract.lots
                    if lot.number == 1 or (lot.delivered_on and lot.delivered_on <= today)
                ]
                assert replayed == (contract.status, contract.delivered_on, contract.ends_on, sum(counted))

    @invariant()
    @precondition(lambda self: self.a_day_went_by)
    def invoices_have_no_gap_and_what_was_issued_stands(self) -> None:
        for by in self.people:
            now = self.invoices(by)
            before = self.issued[by.account.number]
            assert now[: len(before)] == before
            assert [one.number for one in now] == list(range(1, len(now) + 1))
            assert [one.month for one in now] == sorted({one.month for one in now})
            assert all(one.issued_on == one.month and one.month.day == 1 for one in now)
            self.issued[by.account.number] = now

    @invariant()
    @precondition(lambda self: self.a_day_went_by)
    def the_sum_of_the_lines_is_the_subtotal_and_taxed_once(self) -> None:
        for by in self.people:
            for one in self.invoices(by):
                assert one.lines
                assert one.subtotal == sum(line.seats * line.unit_price for line in one.lines)
                assert one.subtotal == sum(line.amount for line in one.lines)
                assert one.tax == one.subtotal * in_force(TAX, one.month) // 100
                assert one.total == one.subtotal + one.tax

    @invariant()
    @precondition(lambda self: self.a_day_went_by)
    def each_lot_is_billed_once_for_each_period_from_its_delivery_to_the_end(self) -> None:
        """With neither a gap nor an overlap, nothing before and nothing after; only what is parked is still to come."""
        today = self.today
        with self.desk.store.reading() as session:
            gone: dict[int, list[tuple[date, int]]] = defaultdict(list)
            for reduction in session.scalars(select(LotReduction)):
                gone[reduction.lot_id].append((reduction.effective_on, reduction.seats))
            billed: dict[int, list[tuple[date, date, int, int]]] = defaultdict(list)
            for line, issued_on in session.execute(select(InvoiceLine, Invoice.issued_on).join(Invoice)):
                assert line.first_day <= issued_on
                DONE["billed late"] += line.first_day < issued_on
                billed[line.lot_id].append((line.first_day, line.last_day, line.seats, line.unit_price))
            parked = set(session.scalars(select(ParkedLot.lot_id)))
            for contract in session.scalars(select(Contract)):
                for lot in contract.lots:
                    due = periods(contract, lot, gone[lot.id], today)
                    done = sorted(billed[lot.id])
                    assert done == (due[: len(done)] if lot.id in parked else due)
                    assert (lot.id in parked) == (len(done) < len(due))

    @invariant()
    @precondition(lambda self: self.a_day_went_by)
    def a_change_that_waits_is_still_to_come(self) -> None:
        with self.desk.store.reading() as session:
            late = select(Change).where(Change.status == "waiting", Change.effective_on < self.today)
            assert session.scalars(late).all() == []


def numberless(planned: PlannedChange) -> str:
    """All that a change leads to, as text, without the number that it has once it is stored."""
    return repr(planned).partition("contract_number=")[2]


def content(invoice: IssuedInvoice) -> tuple[object, ...]:
    """All that an invoice says but its number."""
    return invoice.lines, invoice.subtotal, invoice.tax_percent, invoice.tax, invoice.total, invoice.issued_on


def periods(
    contract: Contract, lot: SeatLot, gone: list[tuple[date, int]], today: date
) -> list[tuple[date, date, int, int]]:
    """What the rules say is billed of a lot until today: its periods from the 1st after delivery to the end."""
    if contract.status not in ("active", "ending", "ended") or lot.delivered_on is None:
        return []
    first = months_later(lot.delivered_on, 1)
    last = today if contract.ends_on is None else min(today, contract.ends_on)
    expected = []
    at = first
    while at <= last:
        seats = lot.seats + sum(number for on, number in gone if on > at)
        following = months_later(at, 12 if contract.plan == "annual" else 1)
        price = lot.unit_price if at == first else in_force(PRICES[contract.sku], at)
        if seats:
            expected.append((at, following - timedelta(days=1), seats, price))
        at = following
    return expected


def replay(contract: Contract) -> tuple[str, date | None, date | None, int]:
    """Status, delivery, last day and seats, from the history alone."""
    delivered_on: date | None = None
    ends_on: date | None = None
    seats = 0
    waiting: list[tuple[str, int, str]] = []
    for event in contract.events:
        facts = event.facts
        match event.kind:
            case "po-created":
                seats = facts["seats"]
            case "sent" | "postponed":
                delivered_on = date.fromisoformat(facts["delivered_on"])
            case "sent-back":
                delivered_on = None
            case "add-applied" | "reduce-applied":
                waiting.append((event.kind.removesuffix("-applied"), facts["seats"], facts["effective_on"]))
            case "change-withdrawn":
                waiting.remove((facts["change"], facts["seats"], facts["effective_on"]))
            case "cancel-applied":
                ends_on = date.fromisoformat(facts["effective_on"])
            case "cancellation-withdrawn":
                ends_on = None
            case "added" | "reduced":
                kind, sign = ("add", 1) if event.kind == "added" else ("reduce", -1)
                due = [one for one in waiting if one[0] == kind and one[2] <= event.happened_on.isoformat()]
                assert due
                seats += sign * sum(one[1] for one in due)
                waiting = [one for one in waiting if one not in due]
    return contract.events[-1].status, delivered_on, ends_on, seats


def test_random_years_leave_the_books_right(sqlite_template: Path, tmp_path: Path) -> None:
    DONE.clear()
    count = iter(range(10**6))
    # A run in which nothing of a kind takes effect says nothing about it: then there are more years. What is drawn
    # depends on the modules that are loaded, and so on which tests run beside this one.
    for years in (8, 16, 32):
        run_state_machine_as_test(
            # Its type asks for a class; it takes whatever makes a machine.
            lambda: Years(sqlite_template, tmp_path / f"years-{next(count)}.db"),  # type: ignore[arg-type]
            settings=settings(
                max_examples=years,
                stateful_step_count=32,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
        if all(DONE[kind] for kind in EVERYTHING):
            return
    assert {kind for kind in EVERYTHING if not DONE[kind]} == set()

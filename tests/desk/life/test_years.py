"""Random years of a reseller: whatever is ordered, changed and taken back in whatever order, the books are right."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change, foresee_change, withdraw_change
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import IssuedInvoice, foresee_invoice, list_invoices
from stellr_tui.desk.orders import discard_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.subscriptions import Subscription, list_subscriptions
from stellr_tui.reference.catalog import load_catalog
from stellr_tui.reference.data import data_path
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.policy import Policy
from stellr_tui.store.engine import connect
from stellr_tui.store.tables import Change, Contract, Invoice, InvoiceLine, LotReduction, ParkedLot, SeatLot
from tests.desk.life.steps import priced
from tests.desk.office import ANNUAL, DETAILS, MONTHLY, an_order

NOON = datetime(2024, 3, 11, 3, tzinfo=UTC)
PRICES = {
    ANNUAL: (("2024-01-01", 24_710), ("2025-02-01", 25_113), ("2026-01-02", 26_999)),
    MONTHLY: (("2024-01-01", 2_200), ("2024-09-01", 2_311), ("2025-06-01", 2_407), ("2026-03-15", 2_503)),
}
STARTS = [date(2024, 2, 14), date(2024, 3, 11), date(2024, 11, 29), date(2025, 1, 31)]
# A form may be refused for these, and for nothing else.
ALLOWED = {Reason.STATUS_FORBIDS, Reason.TOO_FEW_SEATS_LEFT, Reason.PAST_DEADLINE, Reason.NOTHING_WAITS}

OFTEN = ["days", "days", "deadline", "add", "reduce"]
SELDOM = ["order", "order", "send", "approve", "withdraw", "withdraw", "cancel", "send-back", "discard", "open-again"]


def price_on(sku: str, on: date) -> int:
    return [yen for since, yen in PRICES[sku] if date.fromisoformat(since) <= on][-1]


def months_later(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


class Years(RuleBasedStateMachine):
    """Everything that a reseller and an operator can do, and the days that go by."""

    def __init__(self, template: Path, path: Path) -> None:
        super().__init__()
        shutil.copyfile(template, path)
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)
        self.path = path
        self.orders: list[int] = []
        self.lists: dict[date, tuple[Subscription, ...]] = {}
        self.invoices: tuple[IssuedInvoice, ...] = ()
        self.policy = Policy()
        self.open()

    def open(self) -> None:
        desk = Desk(connect(str(self.path)), load_catalog(data_path("catalog.toml")), self.policy, now=lambda: NOON)
        for sku, prices in PRICES.items():
            desk = priced(desk, sku, *prices)
        self.desk: Desk = desk
        self.lucy: SignedIn = at_the_command_line(desk)

    def teardown(self) -> None:
        try:
            self.remember_today()
            self.past_days_read_as_they_did()
        finally:
            self.desk.store.close()

    @property
    def today(self) -> date:
        return read_clock(self.desk).today

    def contract(self, number: int) -> int | None:
        with self.desk.store.reading() as session:
            contracts = session.scalars(select(Contract.number).order_by(Contract.number)).all()
        return contracts[number % len(contracts)] if contracts else None

    def attempt(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except Refused as refused:
            assert {one.reason for one in refused.findings} <= ALLOWED, refused
            return False
        return True

    @initialize(
        seed=st.integers(0, 2**32 - 1),
        start=st.sampled_from(STARTS),
        reduction_rule=st.sampled_from(["notice", "order-cutoff"]),
        approval=st.sampled_from(["automatic", "automatic", "operator"]),
    )
    def begin(self, seed: int, start: date, reduction_rule: str, approval: str) -> None:
        self.random = Random(seed)
        self.desk.store.close()
        self.policy = Policy.from_mapping({"reduction_rule": reduction_rule, "approval": approval})
        self.open()
        set_clock(self.desk, start)
        self.order(ANNUAL, 15, True)
        self.order(MONTHLY, 20, True)
        for number in range(2):
            self.approve(number)

    # One rule, and its choices from a seed of the run: otherwise few runs with long lives hardly differ.
    @rule()
    def something_happens(self) -> None:
        what = self.random.choice(OFTEN * 3 + SELDOM)
        number, seats, days = self.random.randrange(100), self.random.randint(1, 12), self.random.randint(1, 70)
        wish = self.random.choice([None, None, self.random.randint(0, 200)])
        sku = self.random.choice([ANNUAL, MONTHLY])
        match what:
            case "days":
                self.go_to(self.today + timedelta(days=days))
            case "deadline":
                self.the_deadline_comes()
            case "add":
                self.apply(number, Kind.ADD, seats, wish)
            case "reduce":
                self.apply(number, Kind.REDUCE, min(seats, 4), wish)
            case "order" if len(self.orders) < 8:
                self.order(sku, seats, days % 2 == 0)
            case "cancel":
                self.apply(number, Kind.CANCEL, "", wish)
            case "send":
                self.send(number)
            case "discard":
                self.discard(number)
            case "send-back":
                self.send_back(number)
            case "approve":
                self.approve(number)
            case "withdraw":
                self.withdraw(number)
            case "open-again":
                self.open_again()

    def order(self, sku: str, seats: int, at_once: bool) -> None:
        placed = an_order(self.desk, self.lucy, seats, sku=sku, po_number=f"PO-{len(self.orders)}")
        self.orders.append(placed.id)
        if at_once:
            send_provisioning(self.desk, self.lucy, placed.id, DETAILS)

    def send(self, number: int) -> None:
        order = self.orders[number % len(self.orders)]
        self.attempt(lambda: send_provisioning(self.desk, self.lucy, order, DETAILS))

    def discard(self, number: int) -> None:
        order = self.orders[number % len(self.orders)]
        self.attempt(lambda: discard_order(self.desk, self.lucy, order))

    def apply(self, number: int, kind: Kind, seats: int | str, wish: int | None) -> None:
        contract = self.contract(number)
        if contract is None:
            return
        form = ChangeForm(kind, seats, None if wish is None else self.today + timedelta(days=wish))
        foreseen: list[object] = []
        self.attempt(lambda: foreseen.append(foresee_change(self.desk, self.lucy, contract, form)))
        applied: list[object] = []

        def send() -> None:
            planned = apply_change(self.desk, self.lucy, contract, form)
            assert self.today <= planned.deadline <= planned.takes_effect_on
            applied.append(planned)

        assert self.attempt(send) == bool(foreseen)
        for before, after in zip(foreseen, applied, strict=True):
            assert repr(before).replace("number=None", "") == repr(after).replace(f"number={self.last_change()}", "", 1)

    def last_change(self) -> int | None:
        with self.desk.store.reading() as session:
            return session.scalar(select(Change.id).order_by(Change.id.desc()).limit(1))

    def withdraw(self, number: int) -> None:
        if (contract := self.contract(number)) is not None:
            self.attempt(lambda: withdraw_change(self.desk, self.lucy, contract))

    def approve(self, number: int) -> None:
        if (contract := self.contract(number)) is not None:
            self.attempt(lambda: approve(self.desk, self.lucy, contract))

    def send_back(self, number: int) -> None:
        if (contract := self.contract(number)) is not None:
            self.attempt(lambda: send_back(self.desk, self.lucy, contract, "電話番号がありません"))

    def open_again(self) -> None:
        self.desk.store.close()
        self.open()

    def the_deadline_comes(self) -> None:
        """The 10th or 11th, on or about which much is decided."""
        self.go_to(months_later(self.today, 1) + timedelta(days=9 + len(self.orders) % 2))

    def go_to(self, goal: date) -> None:
        before = self.today
        self.remember_today()
        foreseen = {}
        if not self.waits_for_an_operator():
            month = months_later(before, 1)
            while month <= goal:
                foreseen[month] = foresee_invoice(self.desk, self.lucy, month)
                month = months_later(month, 1)
        set_clock(self.desk, goal)
        for month, one in foreseen.items():
            issued = list_invoices(self.desk, self.lucy, month)
            assert [(i.lines, i.subtotal, i.tax, i.total, i.issued_on) for i in issued] == (
                [] if one is None else [(one.lines, one.subtotal, one.tax, one.total, one.issued_on)]
            )
        for passed in range((goal - before).days):
            on = before + timedelta(days=passed)
            if on.day in (1, 10, 20, 21) and on != before:
                self.lists[on] = list_subscriptions(self.desk, self.lucy, as_of=on).rows
        self.the_books_are_right()
        self.what_was_issued_stands()

    def waits_for_an_operator(self) -> bool:
        if self.policy.approval == "automatic":
            return False
        with self.desk.store.reading() as session:
            waiting = select(Contract.number).where(Contract.status == "provisioning", Contract.approved_on.is_(None))
            return session.scalar(waiting.limit(1)) is not None

    def remember_today(self) -> None:
        self.lists[self.today] = list_subscriptions(self.desk, self.lucy).rows

    def past_days_read_as_they_did(self) -> None:
        for on, rows in self.lists.items():
            assert list_subscriptions(self.desk, self.lucy, as_of=on).rows == rows, on

    def what_was_issued_stands(self) -> None:
        now = tuple(reversed(list_invoices(self.desk, self.lucy)))
        assert now[: len(self.invoices)] == self.invoices
        self.invoices = now

    def the_books_are_right(self) -> None:
        today = self.today
        with self.desk.store.reading() as session:
            assert session.scalars(select(ParkedLot)).all() == []
            invoices = session.scalars(select(Invoice).order_by(Invoice.number)).all()
            lines = session.scalars(select(InvoiceLine)).all()
            reductions = session.scalars(select(LotReduction)).all()
            contracts = session.scalars(select(Contract)).all()
            assert [one.number for one in invoices] == list(range(1, len(invoices) + 1))
            assert [one.month for one in invoices] == sorted({one.month for one in invoices})
            for invoice in invoices:
                its = [line for line in lines if line.invoice_id == invoice.id]
                assert its
                assert invoice.month.day == 1
                assert invoice.subtotal == sum(line.amount for line in its)
                assert invoice.tax == invoice.subtotal * 10 // 100
                assert invoice.total == invoice.subtotal + invoice.tax
                assert all(line.first_day == invoice.month for line in its)
            for contract in contracts:
                for lot in contract.lots:
                    assert lot.seats >= 0
                    gone = [(one.effective_on, one.seats) for one in reductions if one.lot_id == lot.id]
                    billed = sorted(
                        (one.first_day, one.last_day, one.seats, one.unit_price)
                        for one in lines
                        if one.lot_id == lot.id
                    )
                    assert billed == self.periods(contract, lot, gone, today)
                if contract.status in ("active", "ending"):
                    assert (
                        sum(lot.seats for lot in contract.lots if lot.delivered_on and lot.delivered_on <= today) >= 1
                    )
                self.history_gives(contract, today)

    def periods(
        self, contract: Contract, lot: SeatLot, gone: list[tuple[date, int]], today: date
    ) -> list[tuple[date, date, int, int]]:
        """What the rules say is billed of a lot until today: its periods from the 1st after delivery to the end."""
        if contract.status not in ("active", "ending", "ended") or lot.delivered_on is None:
            return []
        first = months_later(lot.delivered_on, 1)
        last = today if contract.ends_on is None else min(today, contract.ends_on)
        months = 12 if contract.plan == "annual" else 1
        expected = []
        at = first
        while at <= last:
            seats = lot.seats + sum(number for on, number in gone if on > at)
            following = months_later(at, months)
            price = lot.unit_price if at == first else price_on(contract.sku, at)
            if seats:
                expected.append((at, following - timedelta(days=1), seats, price))
            at = following
        return expected

    def history_gives(self, contract: Contract, today: date) -> None:
        """A replay of the history gives the present state."""
        delivered_on = ends_on = None
        seats = 0
        waiting: list[tuple[str, int, str]] = []
        for event in contract.events:
            facts = event.facts
            if event.kind == "po-created":
                seats = facts["seats"]
            elif event.kind in ("sent", "postponed"):
                delivered_on = date.fromisoformat(facts["delivered_on"])
            elif event.kind == "sent-back":
                delivered_on = None
            elif event.kind in ("add-applied", "reduce-applied"):
                waiting.append((event.kind.removesuffix("-applied"), facts["seats"], facts["effective_on"]))
            elif event.kind == "change-withdrawn":
                waiting.remove((facts["change"], facts["seats"], facts["effective_on"]))
            elif event.kind == "cancel-applied":
                ends_on = date.fromisoformat(facts["effective_on"])
            elif event.kind == "cancellation-withdrawn":
                ends_on = None
            elif event.kind in ("added", "reduced"):
                kind, sign = ("add", 1) if event.kind == "added" else ("reduce", -1)
                due = [one for one in waiting if one[0] == kind and one[2] <= event.happened_on.isoformat()]
                assert due
                seats += sign * sum(one[1] for one in due)
                waiting = [one for one in waiting if one not in due]
        assert contract.events[-1].status == contract.status
        assert (delivered_on, ends_on) == (contract.delivered_on, contract.ends_on)
        counted = [one for one in contract.lots if one.number == 1 or (one.delivered_on and one.delivered_on <= today)]
        assert seats == sum(one.seats for one in counted)


def test_random_years_leave_the_books_right(sqlite_template: Path, tmp_path: Path) -> None:
    count = iter(range(10**6))
    run_state_machine_as_test(
        # Its type asks for a class; it takes whatever makes a machine.
        lambda: Years(sqlite_template, tmp_path / f"years-{next(count)}.db"),  # type: ignore[arg-type]
        settings=settings(
            max_examples=6,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

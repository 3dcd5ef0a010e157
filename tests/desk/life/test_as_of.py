"""One contract as of a past day: lots, what was planned, status, invoices and history as they were at its end."""

from datetime import date, timedelta

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.changes import Kind, waiting_changes, withdraw_change
from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.lots_then import Lot
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.subscriptions import list_subscriptions, subscription
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.status import Status
from tests.desk.life.steps import change, day, in_full, priced, sent, under
from tests.desk.office import ANNUAL, DETAILS, MONTHLY, an_order, everything, turn_to
from tests.rules.refusals import refusal_of


def test_the_manuals_ten_seats_read_as_they_did_before_the_reduction(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10)
    turn_to(desk, "2024-06-10")
    change(desk, lucy, contract, Kind.REDUCE, 5)
    turn_to(desk, "2024-07-02")
    then = subscription(desk, lucy, contract, day("2024-06-10"))
    assert then.past_day == day("2024-06-10")
    assert (then.subscription.status, then.subscription.seats) == (Status.ACTIVE, 10)
    assert then.lots == (Lot(1, 10, 2_200, day("2024-05-15"), day("2024-05-20"), day("2024-07-01")),)
    assert [one.kind for one in then.history] == ["po-created", "sent", "delivered", "reduce-applied"]
    (planned,) = waiting_changes(desk, lucy, contract, day("2024-06-10"))
    assert (planned.kind, planned.seats, planned.takes_effect_on) == (Kind.REDUCE, 5, day("2024-07-01"))
    assert waiting_changes(desk, lucy, contract, day("2024-06-09")) == ()
    assert waiting_changes(desk, lucy, contract, day("2024-07-01")) == ()
    before_delivery = subscription(desk, lucy, contract, day("2024-05-19"))
    assert before_delivery.subscription.status is Status.PROVISIONING
    assert before_delivery.decide_by is not None


def test_every_day_of_a_life_with_everything_in_it_still_reads_as_it_did(desk: Desk, lucy: SignedIn) -> None:
    """Sent back, put off, added, taken back, reduced, parked, renewed, cancelled with an addition that is void."""
    slow = under(desk, approval="operator")
    broken = priced(desk, ANNUAL, ("2030-01-01", 1))
    order = an_order(desk, lucy, 8)
    number = order.contracts[0].number
    known = {day("2024-03-11"): in_full(desk, lucy, number)}

    def days(until: str, at: Desk = desk) -> None:
        today = read_clock(desk).today
        while (today := today + timedelta(days=1)) <= day(until):
            turn_to(at, today.isoformat())
            known[today] = in_full(desk, lucy, number)

    def done(action: object) -> None:
        known[read_clock(desk).today] = in_full(desk, lucy, number)

    done(send_provisioning(desk, lucy, order.id, DETAILS))
    days("2024-03-13")
    send_back(desk, lucy, number, "電話番号")
    done("sent back")
    days("2024-04-02")
    done(send_provisioning(desk, lucy, order.id, DETAILS))
    days("2024-04-22", slow)
    days("2024-06-05")
    done(change(desk, lucy, number, Kind.ADD, 4))
    done(change(desk, lucy, number, Kind.ADD, 3))
    days("2024-06-07")
    done(withdraw_change(desk, lucy, number))
    done(change(desk, lucy, number, Kind.REDUCE, 2))
    days("2024-07-05")
    done(change(desk, lucy, number, Kind.REDUCE, 9))
    days("2024-07-09")
    done(withdraw_change(desk, lucy, number))
    done(change(desk, lucy, number, Kind.REDUCE, 4))
    days("2025-06-03", broken)
    days("2025-07-20")
    done(change(desk, lucy, number, Kind.CANCEL))
    days("2025-07-25")
    done(withdraw_change(desk, lucy, number))
    done(change(desk, lucy, number, Kind.ADD, 1, "2025-10-01"))
    done(change(desk, lucy, number, Kind.CANCEL))
    days("2025-10-02")
    assert subscription(desk, lucy, number).subscription.status is Status.ENDED
    before = everything(desk)
    for on, then in known.items():
        assert in_full(desk, lucy, number, on) == then, on
    assert everything(desk) == before


def test_the_detail_of_a_day_is_of_the_row_in_the_list_of_that_day(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10, MONTHLY)
    turn_to(desk, "2024-06-10")
    change(desk, lucy, contract, Kind.CANCEL)
    turn_to(desk, "2024-07-02")
    for on in map(day, ("2024-05-15", "2024-05-20", "2024-06-09", "2024-06-10", "2024-06-30", "2024-07-01")):
        assert (subscription(desk, lucy, contract, on).subscription,) == list_subscriptions(desk, lucy, as_of=on).rows
    assert subscription(desk, lucy, contract, day("2024-07-01")).subscription.status is Status.ENDED


def test_of_today_and_of_a_day_to_come_it_is_as_it_is_now(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10)
    for on in (None, day("2024-05-15"), date(2999, 12, 31)):
        detail = subscription(desk, lucy, contract, on)
        assert detail == subscription(desk, lucy, contract)
        assert detail.past_day is None


def test_on_a_day_before_its_po_there_was_no_such_contract(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-05-15", 10)
    refused = refusal_of(subscription, desk, lucy, contract, day("2024-05-14"))
    assert refused.reason is Reason.NO_CONTRACT_YET
    assert refused.facts == {"day": day("2024-05-14"), "created_on": day("2024-05-15")}


def test_seats_that_are_billed_no_more_have_no_next_invoice(desk: Desk, lucy: SignedIn) -> None:
    """Neither those that are gone nor those of a contract that ends before; what is still owed has one."""
    contract = sent(desk, lucy, "2024-03-11", 3)
    turn_to(desk, "2024-05-31")
    change(desk, lucy, contract, Kind.CANCEL, wish="2024-07-31")

    def following() -> date | None:
        return subscription(desk, lucy, contract).lots[0].next_invoice_on

    assert following() == day("2024-06-01")
    turn_to(desk, "2024-06-30")
    broken = priced(desk, MONTHLY, ("2030-01-01", 1))
    turn_to(broken, "2024-07-05")
    assert following() == day("2024-07-01")
    turn_to(broken, "2024-08-05")
    assert following() == day("2024-07-01")
    turn_to(desk, "2024-09-01")
    assert following() is None

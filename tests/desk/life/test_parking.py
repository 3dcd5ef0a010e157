"""What cannot be billed is parked with the reason, stops nothing else, and is billed once that is mended."""

from dataclasses import replace

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.invoicing import foresee_invoice, invoices_of, list_invoices, parked_lots
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.status import Status
from tests.desk.life.steps import billed, change, day, invoices, priced, sent, standing, under
from tests.desk.office import ANNUAL, turn_to


def without_a_renewal_price(desk: Desk) -> Desk:
    """A catalogue in which the annual plan has no price until 2030."""
    return priced(desk, ANNUAL, ("2030-01-01", 30_000))


def test_a_renewal_without_a_price_is_parked_and_the_others_are_billed(desk: Desk, lucy: SignedIn) -> None:
    annual = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    sent(desk, lucy, "2024-03-11", 3, po_number="second")
    turn_to(desk, "2025-03-31")
    broken = without_a_renewal_price(desk)
    closed = set_clock(broken, day("2025-04-01"))
    assert (closed.parked, len(closed.invoices)) == (1, 1)
    assert [line.seats for line in list_invoices(broken, lucy, day("2025-04-01"))[0].lines] == [3]
    (parked,) = parked_lots(broken, lucy)
    assert (parked.contract_number, parked.sku, parked.parked_on) == (annual, ANNUAL, day("2025-04-01"))
    assert parked.reason is Reason.NO_PRICE


def test_what_is_parked_keeps_its_first_day(desk: Desk, lucy: SignedIn) -> None:
    sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2025-03-31")
    broken = without_a_renewal_price(desk)
    turn_to(broken, "2025-07-02")
    assert [one.parked_on for one in parked_lots(broken, lucy)] == [day("2025-04-01")]


def test_once_mended_the_next_1st_bills_the_missed_period(desk: Desk, lucy: SignedIn) -> None:
    annual = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2025-03-31")
    turn_to(without_a_renewal_price(desk), "2025-05-10")
    assert foresee_invoice(without_a_renewal_price(desk), lucy, day("2025-06-01")) is None
    foreseen = foresee_invoice(desk, lucy, day("2025-06-01"))
    turn_to(desk, "2025-06-01")
    assert parked_lots(desk, lucy) == ()
    (late,) = list_invoices(desk, lucy, day("2025-06-01"))
    assert foreseen == replace(late, number=None)
    assert [(line.first_day, line.last_day) for line in late.lines] == [(day("2025-04-01"), day("2026-03-31"))]
    turn_to(desk, "2026-04-01")
    assert [one.lines[0].first_day for one in invoices_of(desk, lucy, annual)] == [
        day("2024-04-01"),
        day("2025-04-01"),
        day("2026-04-01"),
    ]


def test_every_missed_month_is_billed_at_the_price_and_for_the_seats_of_its_own_1st(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-04-30")
    broken = priced(desk, "9900990", ("2030-01-01", 1))
    turn_to(broken, "2024-05-05")
    change(broken, lucy, contract, Kind.REDUCE, 2)
    turn_to(broken, "2024-06-20")
    mended = priced(desk, "9900990", ("2024-01-01", 2_200), ("2024-06-01", 2_300), ("2024-07-01", 2_400))
    foreseen = foresee_invoice(mended, lucy, day("2024-07-01"))
    turn_to(mended, "2024-07-01")
    (late,) = list_invoices(mended, lucy, day("2024-07-01"))
    assert [(f"{line.first_day:%m}", line.seats, line.unit_price) for line in late.lines] == [
        ("05", 5, 2_200),
        ("06", 3, 2_300),
        ("07", 3, 2_400),
    ]
    assert foreseen == replace(late, number=None)


def test_what_a_contract_owes_is_billed_also_after_its_end_but_no_day_more(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    turn_to(desk, "2024-04-30")
    broken = priced(desk, "9900990", ("2030-01-01", 1))
    turn_to(broken, "2024-05-10")
    change(broken, lucy, contract, Kind.CANCEL)
    turn_to(broken, "2024-07-20")
    assert standing(broken, lucy, contract).status is Status.ENDED
    assert [one.contract_number for one in parked_lots(broken, lucy)] == [contract]
    foreseen = foresee_invoice(desk, lucy, day("2024-08-01"))
    turn_to(desk, "2024-08-01")
    assert parked_lots(desk, lucy) == ()
    (late,) = list_invoices(desk, lucy, day("2024-08-01"))
    assert [(line.first_day, line.last_day) for line in late.lines] == [(day("2024-05-01"), day("2024-05-31"))]
    assert foreseen == replace(late, number=None)
    turn_to(desk, "2024-12-01")
    assert len(invoices(desk, lucy)) == 2


def test_what_is_due_before_the_first_tax_rate_waits_for_it(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5)
    later = under(desk, tax_rate=[{"from": day("2024-05-02"), "percent": 10}])
    foreseen = foresee_invoice(later, lucy, day("2024-06-01"))
    assert foresee_invoice(later, lucy, day("2024-04-01")) is None
    turn_to(later, "2024-05-10")
    assert invoices(later, lucy) == ()
    (parked,) = parked_lots(later, lucy)
    assert (parked.contract_number, parked.reason) == (contract, Reason.NO_TAX_RATE)
    assert parked.parked_on == day("2024-04-01")
    turn_to(later, "2024-06-01")
    assert parked_lots(later, lucy) == ()
    (late,) = invoices(later, lucy)
    assert [f"{line.first_day:%m}" for line in late.lines] == ["04", "05", "06"]
    assert (late.subtotal, late.tax) == (33_000, 3_300)
    assert foreseen == replace(late, number=None)


def test_a_lot_without_seats_is_not_parked(desk: Desk, lucy: SignedIn) -> None:
    contract = sent(desk, lucy, "2024-03-11", 2, ANNUAL)
    turn_to(desk, "2024-06-01")
    change(desk, lucy, contract, Kind.ADD, 3)
    turn_to(desk, "2024-07-02")
    change(desk, lucy, contract, Kind.REDUCE, 2)
    turn_to(desk, "2025-03-31")
    broken = without_a_renewal_price(desk)
    turn_to(broken, "2025-04-02")
    assert parked_lots(broken, lucy) == ()
    assert billed(broken, lucy) == [("2024-04", 2), ("2024-07", 3)]

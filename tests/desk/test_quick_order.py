"""What one line means at the desk: who and what it finds, what it leads to, its PO, and the same again."""

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from sqlalchemy import insert

from stellr_tui.desk.cart import Choice, put_in_cart, read_cart
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import add_contact
from stellr_tui.desk.end_users import ContactForm
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Details, OrderForm, discard_order, place_order
from stellr_tui.desk.pages import searchable
from stellr_tui.desk.po_proposals import propose_po_number
from stellr_tui.desk.provisioning import keep_details, send_provisioning
from stellr_tui.desk.quick_order import Foreseen, foresee_quick_order, place_quick_order, same_again
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Contact, EndUser, Location
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    MONTHLY,
    NOON,
    a_sent_order,
    an_order,
    another_end_user,
    everything,
    reasons,
    turn_to,
)

LINE = "159813 6900990 x5 PO-1"


def found(foreseen: Foreseen) -> list[tuple[Reason, str, str]]:
    return [(one.reason, one.field, one.given) for one in foreseen.findings]


@pytest.mark.parametrize(
    "customer", ["159813", "１５９８１３", "テスト", "ﾃｽﾄ", "てすと株式", "03123456798", "031-2345-6798"]
)
@pytest.mark.parametrize("product", ["6900990", "ss104ts", "0000339760", "年額"])
def test_whoever_and_whatever_is_meant_is_found(desk: Desk, lucy: SignedIn, customer: str, product: str) -> None:
    seen = foresee_quick_order(desk, lucy, f"{customer} {product} ×５ PO-1")
    assert seen.findings == seen.warnings == ()
    assert seen.customer is not None and seen.customer.number == CUSTOMER
    assert [(line.product.sku, line.seats, line.amount) for line in seen.lines] == [(ANNUAL, 5, 123_550)]
    assert seen.total == 123_550
    assert (seen.po_number, seen.is_po_proposed) == ("PO-1", False)
    assert [one.delivered_on for one in seen.dates] == [date(2024, 3, 20)]
    assert [one.billing_starts_on for one in seen.dates] == [date(2024, 4, 1)]


def test_the_dates_are_those_of_a_provisioning_that_is_sent_today(desk: Desk, lucy: SignedIn) -> None:
    turn_to(desk, "2024-03-16")
    seen = foresee_quick_order(desk, lucy, LINE)
    assert [(one.delivered_on, one.billing_starts_on) for one in seen.dates] == [(date(2024, 4, 20), date(2024, 5, 1))]


def test_foreseeing_stores_nothing(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    foresee_quick_order(desk, lucy, LINE, pattern="PO-{n}")
    assert everything(desk) == before


def test_what_is_not_there_yet_is_said_part_by_part(desk: Desk, lucy: SignedIn) -> None:
    seen = foresee_quick_order(desk, lucy, "")
    assert found(seen) == [(Reason.REQUIRED, name, "") for name in ("customer", "lines", "seats", "po_number")]
    assert seen.order is None
    assert found(foresee_quick_order(desk, lucy, "159813 6900990 PO-1")) == [(Reason.REQUIRED, "seats", "")]
    assert found(foresee_quick_order(desk, lucy, "159813 6900990 x5")) == [(Reason.REQUIRED, "po_number", "")]


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("誰も 6900990 x5 PO-1", (Reason.NOBODY_FOUND, "customer", "誰も")),
        ("159813 6900990 x5 x7 PO-1", (Reason.MORE_QUANTITIES, "seats", "")),
        ("159813 6900999 x5 PO-1", (Reason.NOT_A_CHOICE, "lines", "6900999")),
        ("159813 ポケットーク x5 PO-1", (Reason.SEVERAL_MATCH, "lines", "ポケットーク")),
        ("159813 6900990 x0 PO-1", (Reason.NOT_A_QUANTITY, "seats", "0")),
        ("159813 6900990 x10000 PO-1", (Reason.NOT_A_QUANTITY, "seats", "10000")),
        ("159813 6900990 余り x5 PO-1", (Reason.NOT_PART_OF_IT, "", "余り")),
        ("159813 6900990 x5 SS104TS x3 PO-1", (Reason.TWICE_IN_ORDER, "sku", "6900990")),
        (f"159813 6900990 x5 {'P' * 41}", (Reason.TOO_LONG, "po_number", "P" * 41)),
    ],
)
def test_a_part_that_cannot_be_is_named(
    desk: Desk, lucy: SignedIn, line: str, finding: tuple[Reason, str, str]
) -> None:
    seen = foresee_quick_order(desk, lucy, line)
    assert found(seen) == [finding]
    assert seen.order is None


def test_of_several_customers_each_is_offered_and_named(desk: Desk, lucy: SignedIn) -> None:
    other = another_end_user(desk, lucy, "テスト商会")
    seen = foresee_quick_order(desk, lucy, "テスト 6900990 x5 PO-1")
    assert [one.number for one in seen.customers] == [CUSTOMER, other]
    assert found(seen) == [(Reason.SEVERAL_MATCH, "customer", "テスト")]
    assert seen.findings[0].facts["candidates"] == f"159813 テスト株式会社, {other} テスト商会"
    assert seen.customer is None


def test_a_whole_number_or_name_means_its_own_customer(desk: Desk, lucy: SignedIn) -> None:
    another_end_user(desk, lucy, "テスト株式会社 大阪", name="159813")
    for typed in ("159813", "テスト株式会社"):
        seen = foresee_quick_order(desk, lucy, f"{typed} 6900990 x5 PO-1")
        assert seen.customer is not None and seen.customer.number == CUSTOMER


def test_nobody_of_another_billing_account_is_found(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    assert found(foresee_quick_order(desk, rival, LINE)) == [(Reason.NOBODY_FOUND, "customer", "159813")]
    order = a_sent_order(desk, lucy)
    with pytest.raises(Refused) as refused:
        same_again(desk, rival, order.contracts[0].number)
    assert reasons(refused.value) == [Reason.UNKNOWN_CONTRACT]


def test_a_po_number_that_was_used_is_warned_of_and_can_be_ordered(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy, po_number="PO-1")
    seen = foresee_quick_order(desk, lucy, LINE)
    assert [one.reason for one in seen.warnings] == [Reason.PO_NUMBER_USED]
    assert seen.order is not None


def test_the_po_is_placed_and_not_complete_and_the_cart_stays(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 2)])
    seen = foresee_quick_order(desk, lucy, "テスト 6900990 x5 9900990 x3 PO-1")
    assert seen.order is not None
    order = place_quick_order(desk, lucy, seen.order)
    assert (order.end_user.number, order.po_number, order.reseller_contact.id) == (CUSTOMER, "PO-1", lucy.person_id)
    assert [(one.sku, one.seats, one.status) for one in order.contracts] == [
        (ANNUAL, 5, Status.PO_CREATED),
        (MONTHLY, 3, Status.PO_CREATED),
    ]
    assert order.is_waiting
    assert [(line.product.sku, line.seats) for line in read_cart(desk, lucy).lines] == [(MONTHLY, 2)]


def test_a_first_order_proposes_the_details_of_the_contact(desk: Desk, lucy: SignedIn) -> None:
    seen = foresee_quick_order(desk, lucy, LINE)
    assert seen.order is not None
    details = place_quick_order(desk, lucy, seen.order).details
    assert (details.given_name, details.email) == ("テスト太郎", "test@company.com")


def test_a_further_order_takes_over_contact_and_details_of_the_last_one_that_was_sent(
    desk: Desk, lucy: SignedIn
) -> None:
    person = add_contact(desk, lucy, CUSTOMER, ContactForm("次の人", "0311112222", "next@example.com")).contacts[-1]
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    sent = place_order(desk, lucy, OrderForm(lucy.person_id, CUSTOMER, contact_id=person.id, po_number="first"))
    send_provisioning(desk, lucy, sent.id, DETAILS)
    an_order(desk, lucy, po_number="never sent")
    seen = foresee_quick_order(desk, lucy, LINE)
    assert seen.contact == person
    assert seen.order is not None
    order = place_quick_order(desk, lucy, seen.order)
    assert (order.contact, order.details) == (person, DETAILS)


def test_the_same_again_is_what_was_ordered_then(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 5), Choice(MONTHLY, 3)])
    order = place_order(desk, lucy, OrderForm(lucy.person_id, CUSTOMER, po_number="first"))
    send_provisioning(desk, lucy, order.id, DETAILS)
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, order.contracts[0].number, ChangeForm(Kind.ADD, 4))
    turn_to(desk, "2024-06-02")
    for contract in order.contracts:
        repeated = same_again(desk, lucy, contract.number)
        assert (repeated.line, repeated.order_id) == ("159813 6900990 x5 9900990 x3", order.id)
    seen = foresee_quick_order(desk, lucy, f"{repeated.line} second", like=repeated.order_id)
    assert seen.order is not None
    again = place_quick_order(desk, lucy, seen.order)
    assert [(one.sku, one.seats) for one in again.contracts] == [(ANNUAL, 5), (MONTHLY, 3)]
    assert (again.po_number, again.details) == ("second", DETAILS)


def test_the_same_again_takes_over_its_own_details_not_the_last_ones(desk: Desk, lucy: SignedIn) -> None:
    first = a_sent_order(desk, lucy, po_number="first")
    second = an_order(desk, lucy, po_number="second")
    send_provisioning(desk, lucy, second.id, replace(DETAILS, department="別の部"))
    seen = foresee_quick_order(desk, lucy, LINE, like=first.id)
    assert seen.order is not None
    assert place_quick_order(desk, lucy, seen.order).details.department == DETAILS.department


def test_the_same_again_as_an_order_that_waits_takes_over_no_step_of_its_wizard(desk: Desk, lucy: SignedIn) -> None:
    first = an_order(desk, lucy, po_number="first")
    keep_details(desk, lucy, first.id, DETAILS, 2)
    seen = foresee_quick_order(desk, lucy, LINE, like=first.id)
    assert seen.order is not None
    again = place_quick_order(desk, lucy, seen.order)
    assert (again.details, again.passed) == (DETAILS, 0)


def test_details_of_one_customer_never_go_to_another(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    other = another_end_user(desk, lucy, "別会社", email="other@example.com")
    seen = foresee_quick_order(desk, lucy, f"{other} 6900990 x1 PO-2", like=order.id)
    assert seen.order is not None
    assert place_quick_order(desk, lucy, seen.order).details == Details(
        "佐藤", "", "other@example.com", "0312345678", ""
    )


def test_a_contract_that_there_is_not_cannot_be_repeated(desk: Desk, lucy: SignedIn) -> None:
    for number in (0, 81766, 10**20):
        with pytest.raises(Refused) as refused:
            same_again(desk, lucy, number)
        assert reasons(refused.value) == [Reason.UNKNOWN_CONTRACT]


def test_a_po_number_is_proposed_where_none_is_typed(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy, po_number="PO-2024-007")
    pattern = "PO-{yyyy}-{nnn}"
    seen = foresee_quick_order(desk, lucy, "159813 6900990 x5", pattern=pattern)
    assert (seen.po_number, seen.is_po_proposed, seen.findings) == ("PO-2024-008", True, ())
    typed = foresee_quick_order(desk, lucy, LINE, pattern=pattern)
    assert (typed.po_number, typed.is_po_proposed) == ("PO-1", False)


def test_the_number_that_is_proposed_is_behind_all_that_the_account_has_used(
    desk: Desk, lucy: SignedIn, hanako: SignedIn, rival: SignedIn
) -> None:
    assert propose_po_number(desk, lucy, "") == ""
    assert propose_po_number(desk, lucy, "100%_{nn}") == "100%_01"
    an_order(desk, hanako, po_number="100%_04")
    discard_order(desk, lucy, an_order(desk, lucy, po_number="100%_09").id)
    an_order(desk, lucy, po_number="100xx11")
    assert propose_po_number(desk, lucy, "100%_{nn}") == "100%_10"
    assert propose_po_number(desk, rival, "100%_{nn}") == "100%_01"


def test_among_a_hundred_thousand_end_users_a_line_is_foreseen_quickly(desk: Desk, lucy: SignedIn) -> None:
    numbers = range(200_000, 300_000)
    with desk.store.writing() as session:
        common = {"account_number": lucy.account.number, "company_kana": "カイシャ", "created_at": NOON}
        rows = [
            {"number": one, "company": f"会社{one}", "search_text": searchable(str(one), f"会社{one}"), **common}
            for one in numbers
        ]
        session.execute(insert(EndUser), rows)
        place = {"name": "本社", "postal_code": "1350001", "prefecture_code": "13", "city": "江東区", "address1": "1"}
        session.execute(insert(Location), [{"end_user_number": one, **place} for one in numbers])
        person = {"name": "佐藤", "phone": "0312345678", "email": "a@b.co"}
        session.execute(insert(Contact), [{"end_user_number": one, **person} for one in numbers])
    for customer, most in (("299999", 1), ("会社299999", 1), ("会社", 20), ("誰も", 0), ("カイシャ9", 20)):
        start = perf_counter()
        seen = foresee_quick_order(desk, lucy, f"{customer} 6900990 x5 PO-1")
        assert perf_counter() - start < 3.0
        assert len(seen.customers) <= most

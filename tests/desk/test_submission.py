"""A whole order from one document: PO and provisioning together, or nothing; once for each key."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from stellr_tui.desk.actions import actions_needed
from stellr_tui.desk.cart import Choice, put_in_cart, read_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.document import DocumentLine, OrderDocument
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import orders_of
from stellr_tui.desk.submission import Submitted, SubmittedContract, submit_order
from stellr_tui.desk.subscriptions import list_subscriptions, subscription
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.status import Status
from tests.desk.office import (
    ANNUAL,
    DOCUMENT,
    MONTHLY,
    SAMPLE,
    add_colleague,
    an_order,
    at_once,
    everything,
    reasons,
    row_counts,
    turn_to,
)
from tests.rules.refusals import findings_of, refusal_of

TWO_LINES = replace(DOCUMENT, lines=(DocumentLine(ANNUAL, 1), DocumentLine(MONTHLY, "３")))
FOR_THE_MANUALS_END_USER = replace(DOCUMENT, new_customer=None, customer_number=CUSTOMER)


def with_lines(*lines: tuple[str, int]) -> OrderDocument:
    return replace(DOCUMENT, lines=tuple(DocumentLine(sku, seats) for sku, seats in lines))


def with_contact(**changes: str) -> OrderDocument:
    return replace(DOCUMENT, new_customer=replace(SAMPLE, contacts=(replace(SAMPLE.contacts[0], **changes),)))


def with_location(**changes: str) -> OrderDocument:
    return replace(DOCUMENT, new_customer=replace(SAMPLE, locations=(replace(SAMPLE.locations[0], **changes),)))


def test_a_document_becomes_an_order_that_is_sent(desk: Desk, lucy: SignedIn) -> None:
    answer = submit_order(desk, lucy, TWO_LINES)
    assert answer == Submitted(
        "PO-2024-001",
        31_310,
        (
            SubmittedContract(81766, Status.PROVISIONING, ANNUAL, Plan.ANNUAL, 1, 24_710, date(2024, 3, 20)),
            SubmittedContract(81767, Status.PROVISIONING, MONTHLY, Plan.MONTHLY, 3, 6_600, date(2024, 3, 20)),
        ),
    )
    customer = end_user(desk, lucy, CUSTOMER + 1)
    assert (customer.company, customer.locations[0].city) == ("サンプル株式会社", "江東区")
    (order,) = orders_of(desk, lucy, customer.number)
    assert (order.po_number, order.end_user_order_number) == ("PO-2024-001", "EU-7")
    assert order.details.department == "営業部"
    assert order.reseller_contact.name == "Lucy Jin"
    assert actions_needed(desk, lucy).rows == ()
    history = subscription(desk, lucy, 81767).history
    assert [event.status for event in history] == [Status.PO_CREATED, Status.PROVISIONING]


def test_an_order_for_a_known_customer_goes_to_the_first_location_and_contact(desk: Desk, lucy: SignedIn) -> None:
    submit_order(desk, lucy, FOR_THE_MANUALS_END_USER)
    (order,) = orders_of(desk, lucy, CUSTOMER)
    assert (order.location.address1, order.contact.name) == ("毛利", "テスト太郎")
    assert row_counts(desk)["end_user"] == 1


def test_a_submitted_order_counts_on_its_day(desk: Desk, lucy: SignedIn) -> None:
    turn_to(desk, "2024-05-16")
    assert [one.delivered_on for one in submit_order(desk, lucy, DOCUMENT).contracts] == [date(2024, 6, 20)]


def test_the_cart_is_none_of_a_documents_business(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 7)])
    submit_order(desk, lucy, DOCUMENT)
    assert [line.seats for line in read_cart(desk, lucy).lines] == [7]


def test_without_a_key_the_same_document_is_another_order(desk: Desk, lucy: SignedIn) -> None:
    numbers = [submit_order(desk, lucy, FOR_THE_MANUALS_END_USER).contracts[0].contract_number for _ in range(2)]
    assert numbers == [81766, 81767]


def test_the_same_key_gives_the_same_answer_and_no_second_order(desk: Desk, lucy: SignedIn) -> None:
    first = submit_order(desk, lucy, TWO_LINES, key="k-1")
    before = everything(desk)
    assert submit_order(desk, lucy, TWO_LINES, key="k-1") == first
    assert everything(desk) == before
    turn_to(desk, "2024-06-01")
    assert submit_order(desk, lucy, TWO_LINES, key="k-1") == first


def test_the_same_key_gives_the_same_order_again_where_it_was_warned_of(desk: Desk, lucy: SignedIn) -> None:
    odd = with_contact(phone="03123456798")
    first = submit_order(desk, lucy, odd, key="k-1")
    assert [one.field for one in first.warnings] == ["customer.contact.phone"]
    again = submit_order(desk, lucy, odd, key="k-1")
    assert (again.po_number, again.total, again.contracts) == (first.po_number, first.total, first.contracts)
    assert Reason.PO_NUMBER_USED not in {one.reason for one in again.warnings}


@pytest.mark.parametrize(
    "other",
    [
        replace(DOCUMENT, po_number="PO-2024-002"),
        replace(DOCUMENT, lines=(DocumentLine(ANNUAL, 2),)),
        replace(DOCUMENT, lines=(DocumentLine(MONTHLY, 1),)),
        replace(DOCUMENT, lines=(*DOCUMENT.lines, DocumentLine(MONTHLY, 1))),
        replace(DOCUMENT, department=""),
        replace(DOCUMENT, end_user_order_number=""),
        FOR_THE_MANUALS_END_USER,
        with_contact(name="別人"),
        with_location(address2="3F"),
        replace(DOCUMENT, po_number=""),
        replace(DOCUMENT, po_number="\ud800"),
    ],
)
def test_the_same_key_with_other_contents_is_refused(desk: Desk, lucy: SignedIn, other: OrderDocument) -> None:
    submit_order(desk, lucy, DOCUMENT, key="k-1")
    before = everything(desk)
    refusal = refusal_of(submit_order, desk, lucy, other, key="k-1")
    assert (refusal.reason, refusal.field, refusal.given) == (Reason.KEY_USED_OTHERWISE, "key", "k-1")
    assert everything(desk) == before


def test_a_key_belongs_to_its_account(desk: Desk, lucy: SignedIn, hanako: SignedIn, rival: SignedIn) -> None:
    first = submit_order(desk, lucy, DOCUMENT, key="k-1")
    assert submit_order(desk, hanako, DOCUMENT, key="k-1") == first
    theirs = submit_order(desk, rival, DOCUMENT, key="k-1")
    assert theirs.contracts[0].contract_number != first.contracts[0].contract_number


def test_a_refused_order_does_not_use_up_its_key(desk: Desk, lucy: SignedIn) -> None:
    findings_of(submit_order, desk, lucy, replace(DOCUMENT, po_number=""), key="k-1")
    assert submit_order(desk, lucy, DOCUMENT, key="k-1").contracts[0].contract_number == 81766


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", Reason.REQUIRED),
        (" ", Reason.REQUIRED),
        ("k" * 101, Reason.TOO_LONG),
        ("k\x00", Reason.CONTROL_CHARACTER),
        ("\ud800", Reason.CONTROL_CHARACTER),
    ],
)
def test_what_is_no_key_is_refused(desk: Desk, lucy: SignedIn, key: str, reason: Reason) -> None:
    before = everything(desk)
    refusal = refusal_of(submit_order, desk, lucy, DOCUMENT, key=key)
    assert (refusal.field, refusal.reason) == ("key", reason)
    assert everything(desk) == before


@pytest.mark.parametrize("key", [None, "k-1"])
@pytest.mark.parametrize("document", [TWO_LINES, FOR_THE_MANUALS_END_USER])
def test_a_dry_run_says_what_would_happen_and_leaves_nothing(
    desk: Desk, lucy: SignedIn, document: OrderDocument, key: str | None
) -> None:
    before, counts = everything(desk), row_counts(desk)
    tried = submit_order(desk, lucy, document, key=key, dry_run=True)
    assert row_counts(desk) == counts
    assert everything(desk) == before
    assert {one.contract_number for one in tried.contracts} == {None}
    real = submit_order(desk, lucy, document, key=key)
    numberless = tuple(replace(one, contract_number=None) for one in real.contracts)
    assert tried == replace(real, contracts=numberless)
    assert real.contracts[0].contract_number == 81766


def test_a_dry_run_refuses_what_the_order_would(desk: Desk, lucy: SignedIn) -> None:
    wrong = replace(with_contact(phone="1"), po_number="", lines=(DocumentLine(ANNUAL, 0),))
    tried = findings_of(submit_order, desk, lucy, wrong, dry_run=True)
    assert tried == findings_of(submit_order, desk, lucy, wrong)


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    [
        (replace(DOCUMENT, po_number=""), "po_number", Reason.REQUIRED),
        (replace(DOCUMENT, po_number="x" * 41), "po_number", Reason.TOO_LONG),
        (replace(DOCUMENT, po_number="PO\x00"), "po_number", Reason.CONTROL_CHARACTER),
        (replace(DOCUMENT, po_number="\ud800"), "po_number", Reason.CONTROL_CHARACTER),
        (replace(DOCUMENT, end_user_order_number="x" * 201), "end_user_order_number", Reason.TOO_LONG),
        (replace(DOCUMENT, department="\x1b[31m"), "department", Reason.CONTROL_CHARACTER),
        (replace(DOCUMENT, lines=()), "lines", Reason.EMPTY_CART),
        (with_lines((ANNUAL, 1), (MONTHLY, 0)), "lines.2.seats", Reason.NOT_A_QUANTITY),
        (with_lines(("x", 1), (MONTHLY, 1)), "lines.1.sku", Reason.UNKNOWN_PRODUCT),
        (with_lines((ANNUAL, 1), (ANNUAL, 2)), "lines.2.sku", Reason.TWICE_IN_ORDER),
        (replace(DOCUMENT, new_customer=None, customer_number=999_999), "customer", Reason.UNKNOWN_CUSTOMER),
        (replace(DOCUMENT, new_customer=replace(SAMPLE, company="")), "customer.company", Reason.REQUIRED),
        (
            replace(DOCUMENT, new_customer=replace(SAMPLE, company_kana="漢")),
            "customer.company_kana",
            Reason.NOT_KATAKANA,
        ),
        (with_contact(name=""), "customer.contact.name", Reason.REQUIRED),
        (with_contact(phone="1"), "customer.contact.phone", Reason.NOT_A_PHONE_NUMBER),
        (with_contact(email="x"), "customer.contact.email", Reason.NOT_AN_EMAIL),
        (
            with_location(postal_code="1", city="江東区", prefecture="東京都"),
            "customer.postal_code",
            Reason.NOT_A_POSTAL_CODE,
        ),
        (with_location(location=""), "customer.location", Reason.REQUIRED),
        (with_location(city="江東区", prefecture="東京"), "customer.prefecture", Reason.NOT_A_PREFECTURE),
        (
            replace(DOCUMENT, new_customer=replace(SAMPLE, security_contact=ContactForm(email="x"))),
            "customer.security_contact.email",
            Reason.NOT_AN_EMAIL,
        ),
    ],
)
def test_a_refusal_names_the_field_of_the_document_and_nothing_is_left(
    desk: Desk, lucy: SignedIn, document: OrderDocument, field: str, reason: Reason
) -> None:
    before = everything(desk)
    refusal = refusal_of(submit_order, desk, lucy, document, key="k-1")
    assert (refusal.field, refusal.reason) == (field, reason)
    assert everything(desk) == before


def test_every_mistake_of_a_document_is_named_at_once(desk: Desk, lucy: SignedIn) -> None:
    document = OrderDocument(
        po_number="",
        lines=(DocumentLine(ANNUAL, 1), DocumentLine(MONTHLY, "x"), DocumentLine("1", "0")),
        new_customer=EndUserForm("", "漢", (LocationForm("", "1", "", "", "", ""),), (ContactForm("", "1", "x"),)),
        department="x" * 201,
    )
    found = {one.field: one.reason for one in findings_of(submit_order, desk, lucy, document)}
    assert found == {
        "customer.company": Reason.REQUIRED,
        "customer.company_kana": Reason.NOT_KATAKANA,
        "customer.location": Reason.REQUIRED,
        "customer.postal_code": Reason.NOT_A_POSTAL_CODE,
        "customer.address1": Reason.REQUIRED,
        "customer.contact.name": Reason.REQUIRED,
        "customer.contact.phone": Reason.NOT_A_PHONE_NUMBER,
        "customer.contact.email": Reason.NOT_AN_EMAIL,
        "department": Reason.TOO_LONG,
        "po_number": Reason.REQUIRED,
        "lines.2.seats": Reason.NOT_A_QUANTITY,
        "lines.3.seats": Reason.NOT_A_QUANTITY,
        "lines.3.sku": Reason.UNKNOWN_PRODUCT,
    }


def test_what_is_unusual_is_taken_with_warnings_named_as_in_the_document(desk: Desk, lucy: SignedIn) -> None:
    an_order(desk, lucy, po_number="PO-2024-001")
    unusual = replace(
        DOCUMENT,
        new_customer=replace(
            SAMPLE,
            locations=(LocationForm("本社", "0000000", "1", "", "江東区", "東京都"),),
            contacts=(ContactForm("太郎", "03123456798", "a@b.co"),),
        ),
    )
    answer = submit_order(desk, lucy, unusual)
    assert {(one.field, one.reason) for one in answer.warnings} == {
        ("po_number", Reason.PO_NUMBER_USED),
        ("customer.postal_code", Reason.UNKNOWN_POSTAL_CODE),
        ("customer.contact.phone", Reason.UNUSUAL_PHONE_NUMBER),
    }
    assert answer.contracts[0].status is Status.PROVISIONING


def test_the_same_key_at_once_is_one_order(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    answers = at_once(
        *[partial(submit_order, desk, lucy, TWO_LINES, key="k-1")] * 3,
        *[partial(submit_order, desk, hanako, TWO_LINES, key="k-1")] * 3,
    )
    (first, *others) = [replace(one, warnings=()) for one in answers if isinstance(one, Submitted)]
    assert others == [first] * 5
    assert [one.contract_number for one in first.contracts] == [81766, 81767]
    counts = row_counts(desk)
    assert (counts["purchase_order"], counts["contract"], counts["end_user"], counts["submission"]) == (1, 2, 2, 1)


def test_two_documents_with_one_key_at_once_are_one_order_and_one_refusal(desk: Desk, lucy: SignedIn) -> None:
    other = replace(DOCUMENT, po_number="PO-2024-002")
    answers = at_once(
        partial(submit_order, desk, lucy, DOCUMENT, key="k-1"), partial(submit_order, desk, lucy, other, key="k-1")
    )
    (taken,) = [one for one in answers if isinstance(one, Submitted)]
    (refused,) = [one for one in answers if isinstance(one, Refused)]
    assert reasons(refused) == [Reason.KEY_USED_OTHERWISE]
    (listed,) = list_subscriptions(desk, lucy).rows
    assert listed.contract_number == taken.contracts[0].contract_number


def test_submissions_at_once_have_numbers_of_their_own(desk: Desk, lucy: SignedIn) -> None:
    people = [lucy, *(add_colleague(desk, f"clerk{n}") for n in range(5))]
    answers = at_once(*[partial(submit_order, desk, person, TWO_LINES) for person in people])
    numbers = [one.contract_number for answer in answers if isinstance(answer, Submitted) for one in answer.contracts]
    assert sorted(number or 0 for number in numbers) == list(range(81766, 81766 + 12))
    customers = {row.customer_number for row in list_subscriptions(desk, lucy).rows}
    assert customers == set(range(CUSTOMER + 1, CUSTOMER + 7))

"""発注する creates the PO, 送信 completes it (オーダー④ to ⑥): what each keeps, refuses and leads to."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select, update

from stellr_tui.desk.actions import actions_needed
from stellr_tui.desk.approval import send_back
from stellr_tui.desk.cart import Cart, Choice, put_in_cart, read_cart, take_from_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import add_contact
from stellr_tui.desk.end_users import ContactForm, LocationForm, add_end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import (
    PASSED,
    Details,
    Order,
    OrderForm,
    dates_if_sent,
    discard_order,
    orders_of,
    place_order,
    read_order,
)
from stellr_tui.desk.provisioning import keep_details, preview, send_provisioning
from stellr_tui.desk.remarks import warnings_on_po_number
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.desk.training import CUSTOMER, FIRST_CONTRACT
from stellr_tui.reference.catalog import Catalog, Price
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.rules.policy import Policy, Requirement
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import ContractEvent, PurchaseOrder
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    FORM,
    MONTHLY,
    a_sent_order,
    add_colleague,
    an_order,
    another_end_user,
    at_once,
    everything,
    order_form,
    reasons,
    row_counts,
    turn_to,
)
from tests.rules.refusals import findings_of, refusal_of


def sent_events(desk: Desk) -> dict[int, int]:
    """How often each contract was sent, by its history."""
    with desk.store.reading() as session:
        sent = session.scalars(select(ContractEvent.contract_number).where(ContractEvent.kind == "sent"))
        return Counter(sent)


def with_prices(desk: Desk, *prices: Price) -> Desk:
    """The desk with other prices for the annual product."""
    vendors = tuple(
        replace(
            vendor,
            products=tuple(replace(one, prices=prices) if one.sku == ANNUAL else one for one in vendor.products),
        )
        for vendor in desk.catalog.vendors
    )
    return replace(desk, catalog=Catalog(vendors))


# 発注する


def test_an_order_is_created_with_the_manuals_data(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    (contract,) = order.contracts
    assert contract.number == 81766
    assert (order.po_number, order.end_user_order_number, order.reservation_number) == ("sourcenexttest", "", "")
    assert (order.created_on, order.total) == (date(2024, 3, 11), 24_710)
    assert str(order.reseller_contact) == "Lucy Jin, 01-2345-2345, lucyj@synnex.com"
    assert str(order.end_user) == "159813 - テスト株式会社"
    assert (order.location.city, order.location.prefecture_code) == ("江東区", "13")
    assert (order.contact.name, order.contact.phone) == ("テスト太郎", "03123456798")
    assert (contract.sku, contract.manufacturer_part_number) == (ANNUAL, "0000339760")
    assert contract.product_name == "ポケットーク同時通訳(年額サブスクリプション)シリアルコード"
    assert (contract.vendor_name, contract.vendor_code) == ("ソースネクスト株式会社", "pocketalk")
    assert (contract.plan, contract.seats, contract.unit_price, contract.amount) == (Plan.ANNUAL, 1, 24_710, 24_710)
    assert read_order(desk, lucy, order.id) == order


def test_a_po_is_created_and_not_complete(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    (contract,) = order.contracts
    assert contract.status is Status.PO_CREATED
    assert (contract.sent_on, contract.delivered_on) == (None, None)
    assert order.is_waiting
    assert sent_events(desk) == {}


def test_every_product_of_the_cart_becomes_a_contract_and_the_cart_is_empty(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(MONTHLY, 3), Choice(ANNUAL, 2)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    assert [(one.sku, one.seats, one.amount) for one in order.contracts] == [(MONTHLY, 3, 6_600), (ANNUAL, 2, 49_420)]
    assert [one.number for one in order.contracts] == [81766, 81767]
    assert order.total == 56_020
    assert read_cart(desk, lucy) == Cart()


def test_someone_elses_cart_stays_full(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    put_in_cart(desk, hanako, [Choice(ANNUAL, 7)])
    an_order(desk, lucy)
    assert [line.seats for line in read_cart(desk, hanako).lines] == [7]


def test_contract_numbers_go_on_without_a_gap_from_order_to_order(desk: Desk, lucy: SignedIn) -> None:
    numbers = [an_order(desk, lucy, po_number=f"PO-{n}").contracts[0].number for n in range(3)]
    assert numbers == [81766, 81767, 81768]


def test_a_refused_order_uses_up_no_contract_number(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    findings_of(place_order, desk, lucy, OrderForm())
    order = place_order(desk, lucy, order_form(desk, lucy))
    assert order.contracts[0].number == FIRST_CONTRACT


def test_an_order_goes_to_the_chosen_location_and_contact(desk: Desk, lucy: SignedIn) -> None:
    added = add_end_user(
        desk,
        lucy,
        replace(
            FORM,
            locations=(*FORM.locations, LocationForm("大阪支社", "5300001", "梅田1-1")),
            contacts=(*FORM.contacts, ContactForm("大阪花子", "0612345678", "osaka@example.com")),
        ),
    )
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = OrderForm(lucy.person_id, added.number, added.locations[1].id, added.contacts[1].id, "PO-1", "EU-7")
    order = place_order(desk, lucy, form)
    assert (order.location, order.contact) == (added.locations[1], added.contacts[1])
    assert order.end_user_order_number == "EU-7"


def test_a_contact_that_was_added_for_the_order_can_be_chosen(desk: Desk, lucy: SignedIn) -> None:
    changed = add_contact(desk, lucy, CUSTOMER, ContactForm("新人花子", "0312345678", "new@company.com"))
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    order = place_order(desk, lucy, replace(order_form(desk, lucy), contact_id=changed.contacts[1].id))
    assert order.contact.name == "新人花子"


def test_a_colleague_can_be_the_reseller_contact(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    order = place_order(desk, lucy, replace(order_form(desk, lucy), reseller_contact_id=hanako.person_id))
    assert order.reseller_contact.name == hanako.name


def test_an_empty_order_page_names_every_required_field_at_once(desk: Desk, lucy: SignedIn) -> None:
    found = findings_of(place_order, desk, lucy, OrderForm())
    assert [(one.field, one.reason) for one in found] == [
        ("reseller_contact", Reason.REQUIRED),
        ("end_user", Reason.REQUIRED),
        ("po_number", Reason.REQUIRED),
        ("lines", Reason.EMPTY_CART),
    ]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"po_number": ""}, "po_number", Reason.REQUIRED),
        ({"po_number": " \u3000"}, "po_number", Reason.REQUIRED),
        ({"po_number": "x" * 41}, "po_number", Reason.TOO_LONG),
        ({"po_number": "PO\x1b[2J"}, "po_number", Reason.CONTROL_CHARACTER),
        ({"po_number": "PO\u202e1"}, "po_number", Reason.CONTROL_CHARACTER),
        ({"po_number": "PO\x00"}, "po_number", Reason.CONTROL_CHARACTER),
        ({"end_user_order_number": "x" * 201}, "end_user_order_number", Reason.TOO_LONG),
        ({"end_user_order_number": "\x07"}, "end_user_order_number", Reason.CONTROL_CHARACTER),
        ({"end_user_number": None}, "end_user", Reason.REQUIRED),
        ({"reseller_contact_id": None}, "reseller_contact", Reason.REQUIRED),
    ],
)
def test_a_refused_order_leaves_cart_and_book_as_they_were(
    desk: Desk, lucy: SignedIn, change: dict[str, str | None], field: str, reason: Reason
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    before = everything(desk)
    form = OrderForm(**{**asdict(order_form(desk, lucy)), **change})
    refusal = refusal_of(place_order, desk, lucy, form)
    assert (refusal.field, refusal.reason) == (field, reason)
    assert everything(desk) == before


def test_a_po_number_has_up_to_40_characters_of_any_kind(desk: Desk, lucy: SignedIn) -> None:
    assert an_order(desk, lucy, po_number="𠮷" * 40).po_number == "𠮷" * 40
    assert an_order(desk, lucy, po_number=" [/x]発注 ").po_number == "[/x]発注"


def test_a_po_number_used_before_is_warned_of_with_the_earlier_order_and_taken(desk: Desk, lucy: SignedIn) -> None:
    assert warnings_on_po_number(desk, lucy, "sourcenexttest") == ()
    earlier = an_order(desk, lucy)
    turn_to(desk, "2024-03-12")
    (warning,) = warnings_on_po_number(desk, lucy, " sourcenexttest")
    assert (warning.reason, warning.field) == (Reason.PO_NUMBER_USED, "po_number")
    assert warning.facts["created_on"] == date(2024, 3, 11)
    assert warning.facts["order_id"] == earlier.id
    assert an_order(desk, lucy).id != earlier.id


@pytest.mark.parametrize("typed", ["", "\x00", "\ud800", "x" * 5_000, "SOURCENEXTTEST", "sourcenext%"])
def test_another_po_number_is_not_warned_of(desk: Desk, lucy: SignedIn, typed: str) -> None:
    an_order(desk, lucy)
    assert warnings_on_po_number(desk, lucy, typed) == ()


def test_the_price_is_that_of_the_day_of_the_order_and_stays(desk: Desk, lucy: SignedIn) -> None:
    desk = with_prices(desk, Price(date(2024, 1, 1), 24_710), Price(date(2024, 4, 1), 27_000))
    turn_to(desk, "2024-03-31")
    before = an_order(desk, lucy, 2, po_number="before")
    put_in_cart(desk, lucy, [Choice(ANNUAL, 2)])
    assert read_cart(desk, lucy).total == 49_420
    turn_to(desk, "2024-04-01")
    assert read_cart(desk, lucy).total == 54_000
    after = place_order(desk, lucy, order_form(desk, lucy, po_number="after"))
    assert (before.total, after.total) == (49_420, 54_000)
    assert send_provisioning(desk, lucy, before.id, DETAILS).total == 49_420
    assert read_order(desk, lucy, before.id).contracts[0].unit_price == 24_710


# 送信


def waiting(desk: Desk, by: SignedIn) -> list[int | None]:
    """The orders that wait under 必要なアクション."""
    return [one.order_id for one in actions_needed(desk, by).rows]


def test_sending_completes_the_order(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    sent = send_provisioning(desk, lucy, order.id, DETAILS)
    (contract,) = sent.contracts
    assert contract.status is Status.PROVISIONING
    assert (contract.sent_on, contract.delivered_on) == (date(2024, 3, 11), date(2024, 3, 20))
    assert not sent.is_waiting
    assert sent.details == DETAILS
    assert read_order(desk, lucy, order.id) == sent
    assert waiting(desk, lucy) == []


@pytest.mark.parametrize(
    ("sent_on", "delivered_on"),
    [
        ("2024-05-15", date(2024, 5, 20)),
        ("2024-05-16", date(2024, 6, 20)),
        ("2024-12-16", date(2025, 1, 20)),
        ("2025-02-15", date(2025, 2, 20)),
        ("2024-06-30", date(2024, 7, 20)),
    ],
)
def test_the_day_of_sending_is_the_one_that_counts(
    desk: Desk, lucy: SignedIn, sent_on: str, delivered_on: date
) -> None:
    order = an_order(desk, lucy)
    turn_to(desk, sent_on)
    sent = send_provisioning(desk, lucy, order.id, DETAILS)
    assert sent.created_on == date(2024, 3, 11)
    assert [(one.sent_on, one.delivered_on) for one in sent.contracts] == [(date.fromisoformat(sent_on), delivered_on)]


def test_a_po_of_the_15th_sent_on_the_16th_is_delivered_next_month_and_the_preview_said_so(
    desk: Desk, lucy: SignedIn
) -> None:
    turn_to(desk, "2024-05-15")
    order = an_order(desk, lucy)
    today = preview(desk, lucy, order.id)
    assert (today.sent_on, today.missed_cutoff) == (date(2024, 5, 15), None)
    assert today.dates[0].delivered_on == date(2024, 5, 20)

    turn_to(desk, "2024-05-16")
    late = preview(desk, lucy, order.id)
    (dates,) = late.dates
    assert late.missed_cutoff is not None
    assert late.missed_cutoff.reason is Reason.MISSED_CUTOFF
    assert late.missed_cutoff.facts["created_on"] == date(2024, 5, 15)
    assert late.missed_cutoff.facts["cutoff_on"] == date(2024, 5, 15)
    assert (dates.delivered_on, dates.billing_starts_on) == (date(2024, 6, 20), date(2024, 7, 1))
    assert (dates.free_from, dates.free_until) == (date(2024, 6, 21), date(2024, 6, 30))

    (contract,) = send_provisioning(desk, lucy, order.id, DETAILS).contracts
    assert (contract.sent_on, contract.delivered_on) == (date(2024, 5, 16), date(2024, 6, 20))


def test_a_po_of_the_16th_has_missed_nothing_until_the_next_15th_is_over(desk: Desk, lucy: SignedIn) -> None:
    turn_to(desk, "2024-05-16")
    order = an_order(desk, lucy)
    for day in ("2024-05-16", "2024-05-31", "2024-06-15"):
        turn_to(desk, day)
        assert preview(desk, lucy, order.id).missed_cutoff is None
    turn_to(desk, "2024-06-16")
    missed = preview(desk, lucy, order.id).missed_cutoff
    assert missed is not None
    assert missed.facts["cutoff_on"] == date(2024, 6, 15)


def test_a_preview_has_the_dates_of_each_plan_and_changes_nothing(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 1)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    before = everything(desk)
    dates = preview(desk, lucy, order.id).dates
    assert dates == dates_if_sent(date(2024, 3, 11), [Plan.ANNUAL, Plan.MONTHLY])
    assert [(one.plan, one.term_ends_on) for one in dates] == [
        (Plan.ANNUAL, date(2025, 3, 20)),
        (Plan.MONTHLY, date(2024, 4, 30)),
    ]
    assert everything(desk) == before


def test_an_order_sent_back_waits_again_and_the_new_sending_counts(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    send_back(desk, lucy, order.contracts[0].number, "担当部署名")
    turn_to(desk, "2024-03-16")
    assert waiting(desk, lucy) == [order.id]
    (contract,) = send_provisioning(desk, lucy, order.id, replace(DETAILS, department="総務部")).contracts
    assert contract.status is Status.PROVISIONING
    assert (contract.sent_on, contract.delivered_on) == (date(2024, 3, 16), date(2024, 4, 20))
    assert sent_events(desk) == {contract.number: 2}
    assert subscription(desk, lucy, contract.number).lots[0].next_invoice_on == date(2024, 5, 1)


def test_an_order_says_why_it_was_sent_back_until_it_is_sent_again(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 1)])
    order = place_order(desk, lucy, order_form(desk, lucy))

    def reasons() -> list[str]:
        return [one.sent_back_for for one in read_order(desk, lucy, order.id).contracts]

    assert reasons() == ["", ""]
    for reason in ("電話番号がありません", "[red]部署名[/x]もありません"):
        send_provisioning(desk, lucy, order.id, DETAILS)
        assert reasons() == ["", ""]
        send_back(desk, lucy, order.contracts[1].number, reason)
        assert reasons() == ["", reason]
        assert subscription(desk, lucy, order.contracts[1].number).history[-1].facts["reason"] == reason


@pytest.mark.parametrize(
    "typed",
    [
        Details("テスト", "", "not yet", "03", "部" * 300),
        Details("\x1b[31m", "\x00", "\u202e", "\ud800", "[/x]"),
        Details("", "", "", "", ""),
        DETAILS,
    ],
)
def test_what_was_typed_in_the_wizard_stays_with_the_po_right_or_not(
    desk: Desk, lucy: SignedIn, hanako: SignedIn, typed: Details
) -> None:
    order = an_order(desk, lucy)
    keep_details(desk, lucy, order.id, typed)
    kept = read_order(desk, hanako, order.id)
    assert kept.details == typed
    assert kept == replace(order, details=typed)


def test_the_step_of_the_wizard_stays_with_the_po_until_it_is_sent(
    desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    order = an_order(desk, lucy)
    assert order.passed == 0
    keep_details(desk, lucy, order.id, DETAILS, 2)
    assert read_order(desk, hanako, order.id) == replace(order, details=DETAILS, passed=2)
    assert send_provisioning(desk, lucy, order.id, DETAILS).passed == 0


@pytest.mark.parametrize("kept", [-1, "2", None, [2]])
def test_a_step_that_no_wizard_has_kept_is_passed_over(desk: Desk, lucy: SignedIn, kept: object) -> None:
    order = an_order(desk, lucy)
    with desk.store.writing() as session:
        session.execute(update(PurchaseOrder).values(details=asdict(DETAILS) | {PASSED: kept}))
    assert read_order(desk, lucy, order.id) == replace(order, details=DETAILS)


def test_the_wizard_begins_with_the_contact_of_the_order(desk: Desk, lucy: SignedIn) -> None:
    details = an_order(desk, lucy).details
    assert (details.email, details.phone) == ("test@company.com", "03123456798")
    assert "テスト太郎" in details.given_name + details.family_name


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"given_name": ""}, "given_name", Reason.REQUIRED),
        ({"family_name": " "}, "family_name", Reason.REQUIRED),
        ({"email": ""}, "email", Reason.REQUIRED),
        ({"email": "x"}, "email", Reason.NOT_AN_EMAIL),
        ({"phone": ""}, "phone", Reason.REQUIRED),
        ({"phone": "031234567"}, "phone", Reason.NOT_A_PHONE_NUMBER),
        ({"department": "\x1b[31m"}, "department", Reason.CONTROL_CHARACTER),
        ({"given_name": "x" * 101}, "given_name", Reason.TOO_LONG),
        ({"department": "x" * 201}, "department", Reason.TOO_LONG),
    ],
)
def test_details_that_lack_something_are_refused_and_the_po_waits_on(
    desk: Desk, lucy: SignedIn, change: dict[str, str], field: str, reason: Reason
) -> None:
    order = an_order(desk, lucy)
    before = everything(desk)
    refusal = refusal_of(send_provisioning, desk, lucy, order.id, replace(DETAILS, **change))
    assert (refusal.field, refusal.reason) == (field, reason)
    assert everything(desk) == before


def test_empty_details_name_every_required_field_at_once(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    found = findings_of(send_provisioning, desk, lucy, order.id, Details())
    assert [one.field for one in found] == ["given_name", "family_name", "email", "phone"]


def test_a_policy_can_do_without_the_given_name(desk: Desk, lucy: SignedIn) -> None:
    lenient = replace(desk, policy=Policy(given_name=Requirement.OPTIONAL))
    order = an_order(desk, lucy)
    sent = send_provisioning(lenient, lucy, order.id, replace(DETAILS, given_name=""))
    assert sent.details.given_name == ""


def test_sending_twice_is_one_order(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    sent = send_provisioning(desk, lucy, order.id, DETAILS)
    before = everything(desk)
    turn_to(desk, "2024-03-16")
    again = send_provisioning(desk, lucy, order.id, replace(DETAILS, department="別の部署"))
    assert again == sent
    assert {**everything(desk), "book": before["book"]} == before


def test_details_of_a_sent_order_stay_as_they_were_sent(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    keep_details(desk, lucy, order.id, Details("あとから"))
    assert read_order(desk, lucy, order.id).details == DETAILS


def test_a_discarded_po_no_longer_waits_and_cannot_be_sent(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    discarded = discard_order(desk, lucy, order.id)
    assert [one.status for one in discarded.contracts] == [Status.DISCARDED]
    assert not discarded.is_waiting
    assert waiting(desk, lucy) == []
    assert orders_of(desk, lucy, CUSTOMER) == ()
    before = everything(desk)
    for refusal in (
        refusal_of(send_provisioning, desk, lucy, order.id, DETAILS),
        refusal_of(discard_order, desk, lucy, order.id),
    ):
        assert refusal.reason is Reason.STATUS_FORBIDS
    assert everything(desk) == before


def test_a_sent_order_cannot_be_discarded(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    before = everything(desk)
    assert refusal_of(discard_order, desk, lucy, order.id).reason is Reason.STATUS_FORBIDS
    assert everything(desk) == before


def test_orders_of_an_end_user_come_newest_first(desk: Desk, lucy: SignedIn) -> None:
    other = another_end_user(desk, lucy, "別会社")
    first = an_order(desk, lucy, po_number="first")
    an_order(desk, lucy, customer=other, po_number="other")
    second = a_sent_order(desk, lucy, po_number="second")
    assert orders_of(desk, lucy, CUSTOMER) == (second, first)


# at the same moment


def test_two_presses_of_send_at_once_are_one_order(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    answers = at_once(
        *[partial(send_provisioning, desk, lucy, order.id, DETAILS)] * 3,
        *[partial(send_provisioning, desk, hanako, order.id, replace(DETAILS, department="総務部"))] * 3,
    )
    assert answers == [read_order(desk, lucy, order.id)] * 6
    assert sent_events(desk) == {one.number: 1 for one in order.contracts}


def test_one_cart_ordered_twice_at_once_is_one_order(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 2)])
    form = order_form(desk, lucy)
    answers = at_once(*[partial(place_order, desk, lucy, form)] * 5)
    orders = [answer for answer in answers if isinstance(answer, Order)]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(orders) == 1
    assert [reasons(one) for one in refused] == [[Reason.EMPTY_CART]] * 4
    assert read_cart(desk, lucy) == Cart()
    counts = row_counts(desk)
    assert (counts["purchase_order"], counts["contract"], counts["contract_event"]) == (1, 2, 2)
    assert [one.number for one in orders[0].contracts] == [81766, 81767]


def test_a_cart_filled_while_it_is_ordered_loses_nothing(desk: Desk, lucy: SignedIn) -> None:
    form = order_form(desk, lucy)
    for _ in range(5):
        put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
        ordered, filled = at_once(
            partial(place_order, desk, lucy, form),
            partial(put_in_cart, desk, lucy, [Choice(ANNUAL, 5), Choice(MONTHLY, 2)]),
        )
        assert isinstance(ordered, Order)
        assert isinstance(filled, Cart)
        in_order = {one.sku: one.seats for one in ordered.contracts}
        in_cart = {line.product.sku: line.seats for line in read_cart(desk, lucy).lines}
        assert (in_order, in_cart) in (
            ({ANNUAL: 1}, {ANNUAL: 5, MONTHLY: 2}),
            ({ANNUAL: 5, MONTHLY: 2}, {}),
        )
        for sku in in_cart:
            take_from_cart(desk, lucy, sku)


def test_orders_of_many_people_at_once_have_contract_numbers_of_their_own(desk: Desk, lucy: SignedIn) -> None:
    people = [lucy, *(add_colleague(desk, f"clerk{n}") for n in range(5))]
    for person in people:
        put_in_cart(desk, person, [Choice(ANNUAL, 1), Choice(MONTHLY, 1)])
    form = order_form(desk, lucy)
    orders = at_once(*[partial(place_order, desk, person, form) for person in people])
    numbers = sorted(contract.number for order in orders if isinstance(order, Order) for contract in order.contracts)
    assert numbers == list(range(81766, 81766 + 12))


def test_an_order_sent_and_discarded_at_once_ends_as_one_of_both(desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 1)])
    order = place_order(desk, lucy, order_form(desk, lucy))
    answers = at_once(
        partial(send_provisioning, desk, lucy, order.id, DETAILS), partial(discard_order, desk, lucy, order.id)
    )
    (done,) = [answer for answer in answers if isinstance(answer, Order)]
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert reasons(refused) == [Reason.STATUS_FORBIDS]
    assert read_order(desk, lucy, order.id) == done
    assert len({one.status for one in done.contracts}) == 1
    assert row_counts(desk)["contract_event"] == 4

"""What belongs to another billing account is out of reach, whichever way it is asked for."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, update

import stellr_tui.desk
from stellr_tui.desk.actions import actions_needed
from stellr_tui.desk.approval import approval_queue, approve, send_back
from stellr_tui.desk.cart import Cart, Choice, put_in_cart, read_cart, save_selection, saved_selections, take_from_cart
from stellr_tui.desk.changes import (
    ChangeForm,
    Kind,
    apply_change,
    foresee_change,
    foresee_withdrawal,
    waiting_changes,
    withdraw_change,
)
from stellr_tui.desk.dates_file import dates_ahead, save_dates
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.drafts import list_drafts, save_draft, take_up_draft, throw_away_draft
from stellr_tui.desk.eml import eml_of, save_eml, suggested_file
from stellr_tui.desk.end_user_changes import (
    EndUserEdit,
    add_contact,
    change_end_user,
    changed_since,
    end_user_history,
)
from stellr_tui.desk.end_users import (
    ContactForm,
    add_end_user,
    end_user,
    search_end_users,
    set_storefront_access,
)
from stellr_tui.desk.export import export_sheet, subscriptions_sheet
from stellr_tui.desk.figures import figures_by_month
from stellr_tui.desk.finder import find
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.identity import Account, SignedIn
from stellr_tui.desk.invoices import invoice_heads, invoice_lines, invoice_of_month
from stellr_tui.desk.invoicing import foresee_invoice, invoices_of, list_invoices, parked_lots, read_invoice
from stellr_tui.desk.order_import import check_orders, import_orders
from stellr_tui.desk.order_sheet import OrderRow
from stellr_tui.desk.orders import (
    OrderForm,
    discard_order,
    list_orders,
    orders_of,
    place_order,
    read_order,
)
from stellr_tui.desk.outbox import list_mail, mail_in_trouble, read_mail, send_again
from stellr_tui.desk.people import reseller_contacts
from stellr_tui.desk.po_proposals import propose_po_number
from stellr_tui.desk.provisioning import keep_details, preview, send_provisioning
from stellr_tui.desk.quick_order import QuickOrder, foresee_quick_order, place_quick_order, same_again
from stellr_tui.desk.remarks import (
    remarks_on_edit,
    remarks_on_end_user,
    remarks_on_order,
    warnings_on_end_user,
    warnings_on_po_number,
)
from stellr_tui.desk.renewals import renewals_near
from stellr_tui.desk.storefront import read_markup, set_markup, storefront_of
from stellr_tui.desk.submission import submit_order, submit_written, warnings_on_document
from stellr_tui.desk.subscriptions import list_subscriptions, subscription, sum_subscriptions
from stellr_tui.desk.training import ACCOUNT, CUSTOMER, FIRST_CONTRACT
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.store.tables import Membership, Person
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    DOCUMENT,
    FORM,
    a_sent_order,
    an_order,
    another_end_user,
    everything,
    order_form,
    turn_to,
)
from tests.rules.refusals import findings_of, refusal_of

UseCase = Callable[[Desk, SignedIn], object]

WRITTEN = {"po_number": "PO-1", "customer": CUSTOMER, "lines": [{"sku": ANNUAL, "seats": 1}]}

EDIT = EndUserEdit(1, FORM, (1,), (1,))

ROW = OrderRow(2, {"po_number": "PO-1", "sku": ANNUAL, "seats": "1", "customer_number": str(CUSTOMER)})


def refuse(findings: Iterable[Finding]) -> None:
    """What answers with its findings instead of refusing."""
    raise Refused(*findings)


USE_CASES: dict[str, UseCase] = {
    "read_cart": read_cart,
    "list_mail": list_mail,
    "read_mail": lambda desk, by: read_mail(desk, by, 1),
    "eml_of": lambda desk, by: eml_of(desk, by, 1),
    "save_eml": lambda desk, by: save_eml(desk, by, 1, "never.eml"),
    "suggested_file": lambda desk, by: suggested_file(desk, by, 1),
    "draft_forward": lambda desk, by: draft_forward(desk, by, 1),
    "mail_in_trouble": mail_in_trouble,
    "send_again": lambda desk, by: send_again(desk, by, 1),
    "list_drafts": list_drafts,
    "save_draft": lambda desk, by: save_draft(desk, by, Cart(), {"order": {"po_number": "PO-1"}}),
    "take_up_draft": lambda desk, by: take_up_draft(desk, by, 1),
    "throw_away_draft": lambda desk, by: throw_away_draft(desk, by, 1),
    "put_in_cart": lambda desk, by: put_in_cart(desk, by, [Choice(ANNUAL, 1)]),
    "take_from_cart": lambda desk, by: take_from_cart(desk, by, ANNUAL),
    "save_selection": lambda desk, by: save_selection(desk, by, "いつもの", [Choice(ANNUAL, 1)]),
    "saved_selections": saved_selections,
    "add_end_user": lambda desk, by: add_end_user(desk, by, FORM),
    "add_contact": lambda desk, by: add_contact(desk, by, CUSTOMER, FORM.contacts[0]),
    "change_end_user": lambda desk, by: change_end_user(desk, by, CUSTOMER, EDIT),
    "changed_since": lambda desk, by: changed_since(desk, by, CUSTOMER, 1),
    "end_user_history": lambda desk, by: end_user_history(desk, by, CUSTOMER),
    "read_markup": read_markup,
    "set_markup": lambda desk, by: set_markup(desk, by, "20"),
    "storefront_of": lambda desk, by: storefront_of(desk, by, CUSTOMER),
    "set_storefront_access": lambda desk, by: set_storefront_access(desk, by, CUSTOMER, allowed=True),
    "end_user": lambda desk, by: end_user(desk, by, CUSTOMER),
    "find": lambda desk, by: find(desk, by, "テスト", ()),
    "search_end_users": search_end_users,
    "remarks_on_end_user": lambda desk, by: remarks_on_end_user(desk, by, FORM),
    "remarks_on_edit": lambda desk, by: remarks_on_edit(desk, by, CUSTOMER, EDIT),
    "remarks_on_order": lambda desk, by: remarks_on_order(desk, by, OrderForm(po_number="sourcenexttest")),
    "warnings_on_end_user": lambda desk, by: warnings_on_end_user(desk, by, FORM),
    "warnings_on_po_number": lambda desk, by: warnings_on_po_number(desk, by, "sourcenexttest"),
    "place_order": lambda desk, by: place_order(desk, by, OrderForm(by.person_id, CUSTOMER, 1, 1, "sourcenexttest")),
    "read_order": lambda desk, by: read_order(desk, by, 1),
    "orders_of": lambda desk, by: orders_of(desk, by, CUSTOMER),
    "actions_needed": actions_needed,
    "preview": lambda desk, by: preview(desk, by, 1),
    "keep_details": lambda desk, by: keep_details(desk, by, 1, DETAILS),
    "send_provisioning": lambda desk, by: send_provisioning(desk, by, 1, DETAILS),
    "discard_order": lambda desk, by: discard_order(desk, by, 1),
    "reseller_contacts": reseller_contacts,
    "submit_order": lambda desk, by: submit_order(desk, by, DOCUMENT),
    "submit_written": lambda desk, by: submit_written(desk, by, WRITTEN),
    "list_subscriptions": list_subscriptions,
    "sum_subscriptions": sum_subscriptions,
    "subscription": lambda desk, by: subscription(desk, by, FIRST_CONTRACT),
    "foresee_change": lambda desk, by: foresee_change(desk, by, FIRST_CONTRACT, ChangeForm(Kind.ADD, 1)),
    "apply_change": lambda desk, by: apply_change(desk, by, FIRST_CONTRACT, ChangeForm(Kind.CANCEL)),
    "foresee_withdrawal": lambda desk, by: foresee_withdrawal(desk, by, FIRST_CONTRACT),
    "withdraw_change": lambda desk, by: withdraw_change(desk, by, FIRST_CONTRACT),
    "waiting_changes": waiting_changes,
    "approval_queue": approval_queue,
    "approve": lambda desk, by: approve(desk, by, FIRST_CONTRACT),
    "send_back": lambda desk, by: send_back(desk, by, FIRST_CONTRACT, "不足"),
    "list_invoices": list_invoices,
    "read_invoice": lambda desk, by: read_invoice(desk, by, 1),
    "invoices_of": lambda desk, by: invoices_of(desk, by, FIRST_CONTRACT),
    "invoice_heads": invoice_heads,
    "invoice_of_month": invoice_of_month,
    "invoice_lines": lambda desk, by: invoice_lines(desk, by, 1),
    "foresee_invoice": lambda desk, by: foresee_invoice(desk, by, date(2030, 1, 1)),
    "parked_lots": parked_lots,
    "renewals_near": renewals_near,
    "figures_by_month": figures_by_month,
    "list_orders": list_orders,
    "warnings_on_document": lambda desk, by: warnings_on_document(desk, by, DOCUMENT),
    "export_sheet": lambda desk, by: export_sheet(desk, by, subscriptions_sheet(), "never.csv"),
    "dates_ahead": dates_ahead,
    "save_dates": lambda desk, by: save_dates(desk, by, "never.ics"),
    "import_orders": lambda desk, by: import_orders(desk, by, [ROW]),
    "check_orders": lambda desk, by: refuse(check_orders(desk, by, [ROW]).findings),
    "propose_po_number": lambda desk, by: propose_po_number(desk, by, "PO-{NNN}"),
    "foresee_quick_order": lambda desk, by: foresee_quick_order(desk, by, ""),
    "place_quick_order": lambda desk, by: place_quick_order(
        desk, by, QuickOrder(OrderForm(by.person_id, CUSTOMER, 1, 1, "PO-quick"), (Choice(ANNUAL, 1),), None)
    ),
    "same_again": lambda desk, by: same_again(desk, by, FIRST_CONTRACT),
}

# What asks for one thing by its number, and what it says when there is no such thing.
END_USER_CASES: dict[str, Callable[[Desk, SignedIn, int], object]] = {
    "end_user": end_user,
    "add_contact": lambda desk, by, number: add_contact(desk, by, number, FORM.contacts[0]),
    "change_end_user": lambda desk, by, number: change_end_user(desk, by, number, EDIT),
    "changed_since": lambda desk, by, number: changed_since(desk, by, number, 1),
    "end_user_history": end_user_history,
    "storefront_of": storefront_of,
    "storefront": lambda desk, by, number: set_storefront_access(desk, by, number, allowed=True),
    "orders_of": orders_of,
    "submit_order": lambda desk, by, number: submit_order(
        desk, by, replace(DOCUMENT, new_customer=None, customer_number=number)
    ),
}
ORDER_CASES: dict[str, Callable[[Desk, SignedIn, int], object]] = {
    "read_order": read_order,
    "foresee_quick_order": lambda desk, by, number: foresee_quick_order(desk, by, str(CUSTOMER), like=number),
    "preview": preview,
    "keep_details": lambda desk, by, number: keep_details(desk, by, number, DETAILS),
    "send_provisioning": lambda desk, by, number: send_provisioning(desk, by, number, DETAILS),
    "discard_order": discard_order,
}

CONTRACT_CASES: dict[str, Callable[[Desk, SignedIn, int], object]] = {
    "subscription": subscription,
    "same_again": same_again,
    "foresee_change": lambda desk, by, number: foresee_change(desk, by, number, ChangeForm(Kind.ADD, 1)),
    "apply_change": lambda desk, by, number: apply_change(desk, by, number, ChangeForm(Kind.CANCEL)),
    "foresee_withdrawal": foresee_withdrawal,
    "withdraw_change": withdraw_change,
    "waiting_changes": waiting_changes,
    "approve": approve,
    "send_back": lambda desk, by, number: send_back(desk, by, number, "不足"),
    "invoices_of": invoices_of,
}

MAIL_CASES: dict[str, Callable[[Desk, SignedIn, int], object]] = {
    "read_mail": read_mail,
    "eml_of": eml_of,
    "save_eml": lambda desk, by, number: save_eml(desk, by, number, "never.eml"),
    "suggested_file": suggested_file,
    "draft_forward": draft_forward,
    "send_again": send_again,
}

BEYOND_ANY_COLUMN = [0, -1, 2**31, 2**63, 10**12, -(10**12), 10**30]


def test_every_use_case_that_asks_who_acts_is_tried_here() -> None:
    asking = set()
    for module in pkgutil.iter_modules(stellr_tui.desk.__path__, "stellr_tui.desk."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            who = list(inspect.signature(function).parameters)[:2]
            if function.__module__ == module.name and who == ["desk", "by"] and not name.startswith("_"):
                asking.add(name)
    assert asking == set(USE_CASES)


@pytest.mark.parametrize("name", USE_CASES)
def test_a_forged_sign_in_reaches_nothing(desk: Desk, lucy: SignedIn, rival: SignedIn, name: str) -> None:
    an_order(desk, lucy)
    before = everything(desk)
    for forged in (
        replace(rival, account=lucy.account),
        replace(lucy, account=rival.account),
        replace(lucy, account=Account("999999", lucy.account.reseller)),
        replace(lucy, account=Account("", "")),
        replace(lucy, person_id=10**12),
        replace(lucy, person_id=-1),
    ):
        assert refusal_of(USE_CASES[name], desk, forged).reason is Reason.NOT_YOUR_ACCOUNT
    assert everything(desk) == before


@pytest.mark.parametrize("name", USE_CASES)
def test_someone_who_no_longer_belongs_to_the_account_reaches_nothing(desk: Desk, lucy: SignedIn, name: str) -> None:
    with desk.store.writing() as session:
        session.execute(delete(Membership))
    assert refusal_of(USE_CASES[name], desk, lucy).reason is Reason.NOT_YOUR_ACCOUNT


@pytest.mark.parametrize("name", END_USER_CASES)
def test_an_end_user_of_another_account_is_unknown(desk: Desk, rival: SignedIn, name: str) -> None:
    refusal = refusal_of(END_USER_CASES[name], desk, rival, CUSTOMER)
    assert refusal.reason is Reason.UNKNOWN_CUSTOMER
    assert refusal.given == str(CUSTOMER)


@pytest.mark.parametrize("name", END_USER_CASES)
def test_a_customer_number_beyond_any_column_is_unknown(desk: Desk, lucy: SignedIn, name: str) -> None:
    for number in BEYOND_ANY_COLUMN:
        assert refusal_of(END_USER_CASES[name], desk, lucy, number).reason is Reason.UNKNOWN_CUSTOMER


@pytest.mark.parametrize("name", ORDER_CASES)
def test_an_order_of_another_account_is_unknown(desk: Desk, lucy: SignedIn, rival: SignedIn, name: str) -> None:
    order = an_order(desk, lucy)
    assert refusal_of(ORDER_CASES[name], desk, rival, order.id).reason is Reason.UNKNOWN_ORDER
    assert read_order(desk, lucy, order.id) == order


@pytest.mark.parametrize("name", ORDER_CASES)
def test_an_order_number_beyond_any_column_is_unknown(desk: Desk, lucy: SignedIn, name: str) -> None:
    for number in BEYOND_ANY_COLUMN:
        assert refusal_of(ORDER_CASES[name], desk, lucy, number).reason is Reason.UNKNOWN_ORDER


@pytest.mark.parametrize("name", CONTRACT_CASES)
def test_a_contract_of_another_account_or_beyond_any_column_is_unknown(
    desk: Desk, lucy: SignedIn, rival: SignedIn, name: str
) -> None:
    (contract,) = a_sent_order(desk, lucy).contracts
    before = everything(desk)
    assert refusal_of(CONTRACT_CASES[name], desk, rival, contract.number).reason is Reason.UNKNOWN_CONTRACT
    for number in (contract.number + 1, *BEYOND_ANY_COLUMN):
        assert refusal_of(CONTRACT_CASES[name], desk, lucy, number).reason is Reason.UNKNOWN_CONTRACT
    assert everything(desk) == before


@pytest.mark.parametrize("name", MAIL_CASES)
def test_a_mail_of_another_account_or_beyond_any_column_is_unknown(
    desk: Desk, lucy: SignedIn, rival: SignedIn, name: str
) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    before = everything(desk)
    assert refusal_of(MAIL_CASES[name], desk, rival, letter.id).reason is Reason.UNKNOWN_MAIL
    for number in (letter.id + 1, *BEYOND_ANY_COLUMN):
        assert refusal_of(MAIL_CASES[name], desk, lucy, number).reason is Reason.UNKNOWN_MAIL
    assert everything(desk) == before
    assert list_mail(desk, rival).rows == ()


def test_another_accounts_lists_hold_nothing_of_ours(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    a_sent_order(desk, lucy)
    an_order(desk, lucy, po_number="later")
    save_selection(desk, lucy, "いつもの", [Choice(ANNUAL, 1)])
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    assert search_end_users(desk, rival).rows == ()
    assert search_end_users(desk, rival, str(CUSTOMER)).rows == ()
    assert list_subscriptions(desk, rival).rows == ()
    assert list_subscriptions(desk, rival, searched=str(FIRST_CONTRACT)).rows == ()
    assert actions_needed(desk, rival).total == 0
    assert warnings_on_po_number(desk, rival, "sourcenexttest") == ()
    assert warnings_on_end_user(desk, rival, FORM) == ()
    assert saved_selections(desk, rival) == {}
    assert read_cart(desk, rival).lines == ()
    assert list_drafts(desk, rival) == ()
    assert [contact.name for contact in reseller_contacts(desk, rival)] == [rival.name]


def test_contracts_of_another_accounts_end_user_are_neither_listed_nor_counted(
    desk: Desk, lucy: SignedIn, rival: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    assert list_subscriptions(desk, rival, customer=CUSTOMER).rows == ()
    assert sum_subscriptions(desk, rival, customer=CUSTOMER).contracts == 0


@pytest.mark.parametrize("number", BEYOND_ANY_COLUMN)
def test_lists_for_a_number_beyond_any_column_are_empty(desk: Desk, lucy: SignedIn, number: int) -> None:
    a_sent_order(desk, lucy)
    assert list_subscriptions(desk, lucy, customer=number).rows == ()
    assert sum_subscriptions(desk, lucy, customer=number).contracts == 0
    everyone = 1 if number <= 0 else 0
    assert len(search_end_users(desk, lucy, after=number).rows) == everyone
    assert len(list_subscriptions(desk, lucy, after=number).rows) == everyone


@pytest.mark.parametrize("number", [1, *BEYOND_ANY_COLUMN])
def test_an_order_names_only_what_is_there(desk: Desk, lucy: SignedIn, number: int) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = order_form(desk, lucy)
    before = everything(desk)
    assert refusal_of(place_order, desk, lucy, replace(form, end_user_number=number)).reason is Reason.UNKNOWN_CUSTOMER
    if number != 1:
        for change, reason in (
            (replace(form, reseller_contact_id=number), Reason.UNKNOWN_RESELLER_CONTACT),
            (replace(form, location_id=number), Reason.UNKNOWN_LOCATION),
            (replace(form, contact_id=number), Reason.UNKNOWN_CONTACT),
        ):
            assert refusal_of(place_order, desk, lucy, change).reason is reason
    assert everything(desk) == before


def test_an_order_names_only_people_and_places_of_its_own_end_user_and_account(
    desk: Desk, lucy: SignedIn, rival: SignedIn
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = order_form(desk, lucy)
    neighbour = end_user(desk, lucy, another_end_user(desk, lucy, "隣の会社"))
    theirs = end_user(desk, rival, another_end_user(desk, rival, "よその会社"))
    before = everything(desk)
    for change, reason, field in (
        (replace(form, reseller_contact_id=rival.person_id), Reason.UNKNOWN_RESELLER_CONTACT, "reseller_contact"),
        (replace(form, end_user_number=theirs.number), Reason.UNKNOWN_CUSTOMER, "end_user"),
        (replace(form, location_id=neighbour.locations[0].id), Reason.UNKNOWN_LOCATION, "end_user"),
        (replace(form, location_id=theirs.locations[0].id), Reason.UNKNOWN_LOCATION, "end_user"),
        (replace(form, contact_id=neighbour.contacts[0].id), Reason.UNKNOWN_CONTACT, "end_user"),
        (replace(form, contact_id=theirs.contacts[0].id), Reason.UNKNOWN_CONTACT, "end_user"),
    ):
        refusal = refusal_of(place_order, desk, lucy, change)
        assert (refusal.reason, refusal.field) == (reason, field)
    assert everything(desk) == before


def test_a_reseller_contact_needs_a_stellr_account(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    with desk.store.writing() as session:
        session.execute(update(Person).where(Person.id == hanako.person_id).values(has_stellr=False))
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = replace(order_form(desk, lucy), reseller_contact_id=hanako.person_id)
    assert refusal_of(place_order, desk, lucy, form).reason is Reason.UNKNOWN_RESELLER_CONTACT


def test_a_colleague_of_the_account_can_finish_what_lucy_began(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    order = an_order(desk, lucy)
    assert [waiting.order_id for waiting in actions_needed(desk, hanako).rows] == [order.id]
    sent = send_provisioning(desk, hanako, order.id, DETAILS)
    assert sent.reseller_contact.name == "Lucy Jin"
    history = subscription(desk, lucy, sent.contracts[0].number).history
    assert [event.person_name for event in history] == ["Lucy Jin", hanako.name]


def test_whoever_works_for_two_accounts_works_for_one_at_a_time(desk: Desk, lucy: SignedIn, rival: SignedIn) -> None:
    with desk.store.writing() as session:
        session.add(Membership(person_id=lucy.person_id, account_number=rival.account.number))
    put_in_cart(desk, lucy, [Choice(ANNUAL, 3)])
    elsewhere = replace(lucy, account=rival.account)
    assert read_cart(desk, elsewhere).lines == ()
    assert refusal_of(end_user, desk, elsewhere, CUSTOMER).reason is Reason.UNKNOWN_CUSTOMER
    assert read_cart(desk, lucy).lines[0].seats == 3
    assert lucy.account.number == ACCOUNT


def test_a_contact_is_never_added_to_another_accounts_end_user(desk: Desk, rival: SignedIn) -> None:
    before = everything(desk)
    findings_of(add_contact, desk, rival, CUSTOMER, ContactForm("侵入者", "0312345678", "x@example.com"))
    assert everything(desk) == before

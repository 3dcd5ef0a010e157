"""承認 and 差戻し are the operator's, where the policy knows one: whoever else asks is refused, and nothing changes."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from stellr_tui.desk.approval import approve, send_back
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.people import at_the_command_line, choose_account, reseller_contacts, sign_in
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.desk.training import LOGIN, OPERATOR, PASSWORD, DemoLogin, demo_login
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.status import Event, Status
from stellr_tui.store.tables import Person
from tests.desk.life.steps import under
from tests.desk.office import RIVALS_ACCOUNT, a_sent_order, an_operator, everything
from tests.rules.refusals import refusal_of

ANSWERS: dict[Event, Callable[[Desk, SignedIn, int], object]] = {
    Event.APPROVE: approve,
    Event.SEND_BACK: lambda desk, by, number: send_back(desk, by, number, "担当部署名がありません"),
}


@pytest.fixture
def operated(desk: Desk) -> Desk:
    """The same order book where an operator approves."""
    return under(desk, approval="operator")


@pytest.mark.parametrize("event", ANSWERS)
def test_a_resellers_clerk_is_refused_and_told_who_may(
    operated: Desk, lucy: SignedIn, hanako: SignedIn, event: Event
) -> None:
    a_sent_order(operated, lucy)
    before = everything(operated)
    for clerk in (lucy, hanako):
        refused = refusal_of(ANSWERS[event], operated, clerk, 81766)
        assert (refused.reason, refused.given) == (Reason.OPERATORS_ONLY, clerk.name)
        assert (refused.facts["event"], refused.facts["allowed"]) == (event, OPERATOR)
    assert everything(operated) == before


def test_the_operator_approves_one_and_sends_another_back_under_the_own_name(
    operated: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    for po_number in ("first", "second"):
        a_sent_order(operated, lucy, po_number=po_number)
    approve(operated, operator, 81766)
    send_back(operated, operator, 81767, "担当部署名がありません")
    for number, kind in ((81766, "approved"), (81767, "sent-back")):
        last = subscription(operated, lucy, number).history[-1]
        assert (last.kind, last.person_name) == (kind, "Stellr Operator")


@pytest.mark.parametrize("event", ANSWERS)
def test_without_an_operator_everyone_of_the_account_may_take_the_part(
    desk: Desk, lucy: SignedIn, event: Event
) -> None:
    a_sent_order(desk, lucy)
    ANSWERS[event](desk, lucy, 81766)
    assert subscription(desk, lucy, 81766).history[-1].person_name == lucy.name


def test_the_role_counts_that_the_book_has_now_and_not_the_one_at_the_sign_in(
    operated: Desk, lucy: SignedIn, operator: SignedIn
) -> None:
    a_sent_order(operated, lucy)
    with operated.store.writing() as session:
        session.execute(update(Person).values(role="clerk"))
    refused = refusal_of(approve, operated, operator, 81766)
    assert (refused.reason, refused.facts["allowed"]) == (Reason.OPERATORS_ONLY, None)
    with operated.store.writing() as session:
        session.execute(update(Person).where(Person.id == lucy.person_id).values(role="operator"))
    assert refusal_of(approve, operated, operator, 81766).facts["allowed"] == "lucy"
    approve(operated, lucy, 81766)


def test_an_operator_of_one_billing_account_answers_nothing_of_another(
    operated: Desk, lucy: SignedIn, rival: SignedIn
) -> None:
    a_sent_order(operated, lucy)
    elsewhere = an_operator(operated, RIVALS_ACCOUNT)
    for answer in ANSWERS.values():
        assert refusal_of(answer, operated, elsewhere, 81766).reason is Reason.UNKNOWN_CONTRACT
    assert subscription(operated, lucy, 81766).subscription.status is Status.PROVISIONING


@pytest.mark.parametrize(("login", "may"), [("lucy", False), ("operator", True)])
def test_who_has_signed_in_knows_whether_to_be_offered_the_answers(operated: Desk, login: str, may: bool) -> None:
    assert choose_account(sign_in(operated, login, PASSWORD)).may_answer is may
    assert at_the_command_line(operated, login=login).may_answer is may


def test_without_an_operator_everyone_is_offered_them(desk: Desk, lucy: SignedIn) -> None:
    assert lucy.may_answer
    assert choose_account(sign_in(desk, "lucy", PASSWORD)).may_answer


def test_a_command_acts_as_the_reseller_unless_somebody_else_is_named(desk: Desk) -> None:
    assert at_the_command_line(desk).name == "Lucy Jin"
    assert at_the_command_line(desk, login="OPERATOR@example.com").name == "Stellr Operator"
    unknown = refusal_of(at_the_command_line, desk, None, "nobody")
    assert (unknown.reason, unknown.field, unknown.given) == (Reason.NOT_A_CHOICE, "--as", "nobody")
    assert unknown.facts["allowed"] == "lucy, operator"


def test_the_operator_is_no_contact_of_an_order(desk: Desk, lucy: SignedIn, operator: SignedIn) -> None:
    assert [one.name for one in reseller_contacts(desk, lucy)] == ["Lucy Jin"]


def test_a_training_database_shows_the_operators_login_where_one_approves(desk: Desk, operated: Desk) -> None:
    assert demo_login(desk) == DemoLogin(LOGIN, PASSWORD)
    assert demo_login(operated) == DemoLogin(LOGIN, PASSWORD, OPERATOR)
    with desk.store.writing() as session:
        session.execute(update(Person).where(Person.login == OPERATOR).values(password_hash="none"))
    assert demo_login(operated) == DemoLogin(LOGIN, PASSWORD)

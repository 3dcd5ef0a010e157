"""What may happen to a contract, and where (rule 6), and until when a change can be withdrawn (rule 4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stellr_tui.rules.calendar import cancellation_dates, reduction_dates
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.status import Event, Status, after, check_withdrawal, needs_action
from tests.rules.refusals import refusal_of

ALLOWED = {
    (Status.PO_CREATED, Event.SEND): Status.PROVISIONING,
    (Status.PO_CREATED, Event.DISCARD): Status.DISCARDED,
    (Status.PROVISIONING, Event.APPROVE): Status.ACTIVE,
    (Status.PROVISIONING, Event.SEND_BACK): Status.SENT_BACK,
    (Status.SENT_BACK, Event.SEND): Status.PROVISIONING,
    (Status.ACTIVE, Event.ADD): Status.ACTIVE,
    (Status.ACTIVE, Event.REDUCE): Status.ACTIVE,
    (Status.ACTIVE, Event.WITHDRAW_CHANGE): Status.ACTIVE,
    (Status.ACTIVE, Event.CANCEL): Status.ENDING,
    (Status.ENDING, Event.WITHDRAW_CANCELLATION): Status.ACTIVE,
    (Status.ENDING, Event.END): Status.ENDED,
}
EVERY_OTHER = [(status, event) for status in Status for event in Event if (status, event) not in ALLOWED]


@pytest.mark.parametrize(
    ("status", "event", "following"),
    [(*pair, following) for pair, following in ALLOWED.items()],
    ids=lambda value: str(value),
)
def test_what_the_status_table_allows_leads_on(status: Status, event: Event, following: Status) -> None:
    assert after(status, event) is following


@pytest.mark.parametrize(("status", "event"), EVERY_OTHER, ids=lambda value: str(value))
def test_every_other_event_is_refused_and_the_refusal_says_where_and_what(status: Status, event: Event) -> None:
    finding = refusal_of(after, status, event)
    assert finding.reason is Reason.STATUS_FORBIDS
    assert finding.facts["status"] is status
    assert finding.facts["event"] is event


@pytest.mark.parametrize("event", [Event.ADD, Event.REDUCE, Event.CANCEL])
def test_after_a_cancellation_no_further_change_is_accepted(event: Event) -> None:
    ending = after(Status.ACTIVE, Event.CANCEL)
    assert refusal_of(after, ending, event).reason is Reason.STATUS_FORBIDS


def test_a_withdrawn_cancellation_lets_changes_through_again() -> None:
    status = after(after(Status.ACTIVE, Event.CANCEL), Event.WITHDRAW_CANCELLATION)
    assert after(status, Event.ADD) is Status.ACTIVE


@pytest.mark.parametrize("status", [Status.ENDED, Status.DISCARDED])
def test_nothing_leaves_an_end(status: Status) -> None:
    for event in Event:
        assert refusal_of(after, status, event).reason is Reason.STATUS_FORBIDS


def test_an_order_that_was_sent_back_and_sent_again_reaches_its_end() -> None:
    status = Status.PO_CREATED
    for event in [Event.SEND, Event.SEND_BACK, Event.SEND, Event.APPROVE, Event.CANCEL, Event.END]:
        status = after(status, event)
    assert status is Status.ENDED


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_only_an_order_that_waits_for_its_sending_needs_the_reseller(status: Status) -> None:
    assert needs_action(status) is (status in {Status.PO_CREATED, Status.SENT_BACK})


def test_a_change_can_be_withdrawn_before_and_on_its_deadline() -> None:
    check_withdrawal(date(2024, 6, 9), date(2024, 6, 10))
    check_withdrawal(date(2024, 6, 10), date(2024, 6, 10))


@pytest.mark.parametrize("today", [date(2024, 6, 11), date(2024, 7, 1), date(2025, 6, 10)])
def test_a_change_cannot_be_withdrawn_after_its_deadline(today: date) -> None:
    assert refusal_of(check_withdrawal, today, date(2024, 6, 10)).reason is Reason.PAST_DEADLINE


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.integers(-400, 400))
def test_a_change_can_be_withdrawn_exactly_until_its_deadline(applied: date, days: int) -> None:
    for deadline in (reduction_dates(applied).deadline, cancellation_dates(applied).deadline):
        today = deadline + timedelta(days=days)
        if days <= 0:
            check_withdrawal(today, deadline)
        else:
            assert refusal_of(check_withdrawal, today, deadline).reason is Reason.PAST_DEADLINE


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_change_can_always_be_withdrawn_on_the_day_it_was_applied_for(applied: date) -> None:
    check_withdrawal(applied, reduction_dates(applied).deadline)
    check_withdrawal(applied, cancellation_dates(applied).deadline)

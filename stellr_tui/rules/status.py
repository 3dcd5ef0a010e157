"""What a contract goes through, and what may happen to it where (オーダー⑥)."""

from datetime import date
from enum import StrEnum

from stellr_tui.rules.findings import Finding, Reason, Refused


class Status(StrEnum):
    """Where a contract stands."""

    PO_CREATED = "po-created"
    PROVISIONING = "provisioning"
    SENT_BACK = "sent-back"
    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"
    DISCARDED = "discarded"


class Event(StrEnum):
    """What can happen to a contract. ADD, REDUCE and WITHDRAW_CHANGE leave the status as it is."""

    SEND = "send"
    DISCARD = "discard"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    ADD = "add"
    REDUCE = "reduce"
    CANCEL = "cancel"
    WITHDRAW_CHANGE = "withdraw-change"
    WITHDRAW_CANCELLATION = "withdraw-cancellation"
    END = "end"


_LEADS_TO: dict[tuple[Status, Event], Status] = {
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


def after(status: Status, event: Event) -> Status:
    """The status that follows, or Refused (STATUS_FORBIDS, facts: status, event)."""
    try:
        return _LEADS_TO[status, event]
    except KeyError:
        raise Refused(Finding(Reason.STATUS_FORBIDS, "", event, {"status": status, "event": event})) from None


def check_withdrawal(today: date, deadline: date) -> None:
    """A change that waits can be withdrawn up to and including its deadline; else Refused (PAST_DEADLINE)."""
    if today > deadline:
        raise Refused(Finding(Reason.PAST_DEADLINE, "", today.isoformat(), {"deadline": deadline}))


def needs_action(status: Status) -> bool:
    """Whether the reseller must do something before the order goes on (必要なアクション)."""
    return status in (Status.PO_CREATED, Status.SENT_BACK)

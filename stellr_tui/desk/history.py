"""The history of a contract: who did what, when and why. It is only ever added to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, insert, literal, select
from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.rules.status import Status
from stellr_tui.store.tables import Contract, ContractEvent, UtcDateTime

NOBODY = ""
"""The name under which the history keeps what happens by itself."""


def record(contract: Contract, desk: Desk, by: SignedIn, kind: str, today: date, **facts: Any) -> None:
    """Add to the history of a contract what has just been done, by whom and when."""
    contract.events.append(
        ContractEvent(
            kind=kind,
            status=contract.status,
            happened_on=today,
            happened_at=desk.now(),
            person_name=by.name,
            facts=facts,
        )
    )


def record_where(
    session: Session,
    desk: Desk,
    which: Sequence[ColumnElement[bool]],
    kind: str,
    status: Status | None,
    day: date,
    **facts: Any,
) -> None:
    """Write the same happening into the history of every contract that is meant, in one statement.

    status is what it led to; None where the status stays as it is.
    """
    led_to = Contract.status if status is None else literal(status.value)
    happening = select(
        Contract.number,
        literal(kind),
        led_to,
        literal(day),
        literal(desk.now(), UtcDateTime()),
        literal(NOBODY),
        literal(facts, JSON()),
    ).where(*which)
    columns = ["contract_number", "kind", "status", "happened_on", "happened_at", "person_name", "facts"]
    session.execute(insert(ContractEvent).from_select(columns, happening))


def record_for_each(
    session: Session,
    desk: Desk,
    which: Sequence[ColumnElement[bool]],
    kind: str,
    day: date,
    facts: Mapping[int, Mapping[str, Any]],
) -> None:
    """Write a happening into the history of every contract that is meant, with the facts of its own, in two statements.

    Facts of other contracts are left alone.
    """
    statuses = session.execute(select(Contract.number, Contract.status).where(*which)).all()
    happening = [(number, status) for number, status in statuses if number in facts]
    if not happening:
        return
    session.execute(
        insert(ContractEvent),
        [
            {
                "contract_number": number,
                "kind": kind,
                "status": status,
                "happened_on": day,
                "happened_at": desk.now(),
                "person_name": NOBODY,
                "facts": dict(facts[number]),
            }
            for number, status in happening
        ],
    )

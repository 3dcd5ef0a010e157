"""What follows from sending an order or applying for a change, in the manual's words (納品及び請求ルール)."""

from __future__ import annotations

from collections.abc import Iterable

from stellr_tui.reference.labels import plan_label
from stellr_tui.reference.texts import _
from stellr_tui.rules.calendar import CancellationDates, OrderDates, ReductionDates


def order_dates_facts(dates: Iterable[OrderDates]) -> list[tuple[str, str]]:
    """The dates of each plan as facts; what all plans share is said once."""
    facts: list[tuple[str, str]] = []
    for number, one in enumerate(dates):
        if number == 0:
            facts += [
                (_("送信日"), one.sent_on.isoformat()),
                (_("納品"), _("{day} (この日から使用できます)").format(day=one.delivered_on)),
                (_("無償期間"), f"{one.free_from} ~ {one.free_until}"),
                (_("課金開始"), one.billing_starts_on.isoformat()),
                (_("最初の請求書"), one.first_invoice_on.isoformat()),
            ]
        facts.append(
            (
                _("契約期間"),
                _("{plan}: {first} ~ {last}").format(
                    plan=plan_label(one.plan), first=one.term_starts_on, last=one.term_ends_on
                ),
            )
        )
    return facts


def reduction_dates_facts(dates: ReductionDates) -> list[tuple[str, str]]:
    """The dates of a reduction as facts."""
    return [
        (_("申請日"), dates.applied_on.isoformat()),
        (_("減数前の数量の最終日"), dates.last_day_in_force.isoformat()),
        (_("減数の適用"), dates.takes_effect_on.isoformat()),
        (_("受付期限"), dates.deadline.isoformat()),
    ]


def cancellation_dates_facts(dates: CancellationDates) -> list[tuple[str, str]]:
    """The dates of the end of a contract as facts."""
    return [
        (_("申請日"), dates.applied_on.isoformat()),
        (_("契約の最終日"), dates.ends_on.isoformat()),
        (_("受付期限"), dates.deadline.isoformat()),
    ]

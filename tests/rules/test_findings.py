"""How refusals are carried: all of a form at once, with what was typed."""

import pytest

from stellr_tui.rules.fields import name, po_number, quantity
from stellr_tui.rules.findings import Finding, Gathering, Reason, Refused


def test_a_refusal_carries_every_finding_in_its_order() -> None:
    one, other = Finding(Reason.REQUIRED, "company"), Finding(Reason.NOT_A_QUANTITY, "seats", "0")
    assert tuple(Refused(one, other).findings) == (one, other)


def test_a_finding_can_be_placed_in_its_line_and_keeps_everything_else() -> None:
    finding = Finding(Reason.NOT_A_QUANTITY, "seats", "0", {"limit": 9_999})
    assert finding.at("lines.2.seats") == Finding(Reason.NOT_A_QUANTITY, "lines.2.seats", "0", {"limit": 9_999})
    assert finding.field == "seats"


def test_a_form_hands_on_what_its_checks_make_of_the_input() -> None:
    form = Gathering()
    assert form.keep(quantity, "１２", "seats") == 12
    assert form.keep(name, " 株式会社 ", "company", required=True) == "株式会社"
    form.settle()


def test_a_form_reports_everything_that_was_refused_in_the_order_of_the_form() -> None:
    form = Gathering()
    assert form.keep(po_number, "") is None
    assert form.keep(quantity, "3", "seats") == 3
    assert form.keep(quantity, "0", "lines.2.seats") is None
    form.add([Finding(Reason.UNKNOWN_CUSTOMER, "customer", "1")])
    with pytest.raises(Refused) as caught:
        form.settle()
    assert [(finding.field, finding.given) for finding in caught.value.findings] == [
        ("po_number", ""),
        ("lines.2.seats", "0"),
        ("customer", "1"),
    ]


def test_a_form_does_not_swallow_what_is_no_refusal() -> None:
    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Gathering().keep(broken)


def test_a_form_in_which_nothing_was_refused_settles() -> None:
    form = Gathering()
    form.add([])
    form.settle()

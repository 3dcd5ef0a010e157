"""The clerk of the journeys: notices a key that does nothing, and goes on where the page scrolls below the cursor."""

import sys

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.conftest import OpenTerminal, SitDown
from tests.journeys.test_terminal import ECHO_APP

FIELDS = ["会社名カナ", "Security Contact Name", "場所名", "〒", "住所1", "担当者名", "電話番号", "Eメール"]


def test_a_tab_that_does_nothing_is_noticed(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal(sys.executable, ECHO_APP, rows=12, columns=60, env={"TEXTUAL_DISABLE_KITTY_KEY": "1"})
    terminal.await_text("入力欄")
    with pytest.raises(AssertionError, match="tab leads on from"):
        Clerk(terminal).press_on("tab", within=1.0)


@pytest.mark.parametrize("rows", [24, 25, 26])
def test_tab_leads_to_every_field_wherever_the_page_scrolls(sit_down: SitDown, rows: int) -> None:
    """In a window of 25 rows the cursor comes to stand in the same cell for 電話番号 and Eメール."""
    clerk = sit_down((rows, 80))
    clerk.sign_in()
    clerk.put_in_cart()
    clerk.open_end_user_form()
    for label in FIELDS:
        clerk.go_to(label)

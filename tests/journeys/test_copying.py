"""What is copied reaches the terminal's clipboard (OSC 52)."""

import base64

from tests.journeys.clerk import said
from tests.journeys.conftest import SitDown


def test_a_row_reaches_the_clipboard_of_a_real_terminal(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.terminal.press("f4")
    clerk.sees("159813", "テスト太郎")
    clerk.comes_to("顧客番号")
    clerk.terminal.press("ctrl+c")
    row = f"159813\tテスト株式会社\tテスト太郎\ttest@company.com\t{said('なし')}"
    copied = b"\x1b]52;c;" + base64.b64encode(row.encode()) + b"\a"
    clerk.sees("コピーしました: 159813")
    clerk.terminal.await_that(lambda: copied in clerk.terminal.written, "the row is handed to the terminal")

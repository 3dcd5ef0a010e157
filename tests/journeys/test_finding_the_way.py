"""Keys that a real terminal sends for the way back and forward, and for a letter on everything one can go to."""

from tests.journeys.conftest import SitDown


def test_alt_with_an_arrow_leads_back_and_forward_and_a_letter_leads_into_the_field(sit_down: SitDown) -> None:
    clerk = sit_down()
    clerk.sign_in()
    clerk.open_stellr()
    clerk.terminal.press("f4")
    clerk.sees("顧客番号", "テスト株式会社")
    clerk.terminal.press("alt+left")
    clerk.sees("ベンダーを選んでください。")
    clerk.terminal.press("alt+right")
    clerk.sees("顧客番号", "テスト株式会社")
    for key in ("ctrl+right_square_bracket", "ctrl+circumflex_accent"):
        clerk.terminal.press(key)
        # The field for searching is the sixth target, behind the pages.
        clerk.sees("gF6 Storefront")
        clerk.terminal.type("h9")
        clerk.sees_no_longer("gF6 Storefront")
    clerk.terminal.await_that(lambda: "99" in clerk.line, "both letters led into the field")

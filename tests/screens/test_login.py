"""ECNex: who comes in, for which billing account, and what the screen never tells."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from textual.events import Key

from screens.login import ChooseAccount
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.training import ACCOUNT
from stellr_tui.store.tables import Membership
from stellr_tui.widgets import places
from tests.desk.office import RIVALS_ACCOUNT, add_account, go_live
from tests.screens.clerk import Clerk, Open


async def signs_in(clerk: Clerk, login: str, password: str) -> None:
    await clerk.types("login", login)
    await clerk.types("password", password)
    await clerk.presses("enter")


async def is_refused(clerk: Clerk) -> None:
    """Wait until the refusal can be read, and the cursor is where the password is typed anew."""
    await clerk.until(lambda: clerk.finding("login") and clerk.control("password").has_focus, "refused")


@pytest.mark.parametrize("login", ["lucyj@synnex.com", "lucy", "LucyJ@Synnex.com"])
async def test_an_address_or_a_login_id_opens_the_portal(login_screen: Open, login: str) -> None:
    async with login_screen() as clerk:
        await signs_in(clerk, login, "stellr-demo")
        await clerk.arrives(places.Portal())
        assert clerk.app.user.account.number == ACCOUNT
        assert clerk.sees("Lucy Jin")


async def test_a_wrong_login_and_a_wrong_password_read_the_same(login_screen: Open) -> None:
    async with login_screen() as clerk:
        said = []
        for login, password in (("lucy", "wrong"), ("nobody", "stellr-demo"), ("nobody", "wrong")):
            await signs_in(clerk, login, password)
            await is_refused(clerk)
            await clerk.settles()
            said.append(clerk.finding("login"))
        assert said[0]
        assert len(set(said)) == 1


async def test_the_password_is_never_shown(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.types("login", "lucy")
        await clerk.types("password", "Secret77")
        assert not clerk.sees("Secret77")
        assert "Secret77" not in clerk.app.export_screenshot()
        await clerk.presses("enter")
        await is_refused(clerk)
        assert not clerk.sees("Secret77")
        assert "Secret77" not in clerk.notices()
        assert clerk.value("password") == ""


async def test_after_a_wrong_password_the_next_one_is_typed_unseen_and_lets_in(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await signs_in(clerk, "lucy", "Secret77")
        await is_refused(clerk)
        assert clerk.value("password") == ""
        await clerk.presses(*"stellr", "minus", *"demo")
        assert clerk.value("login") == "lucy"
        assert clerk.finding("login")
        await clerk.presses("enter")
        await clerk.arrives(places.Portal())


async def test_a_login_that_was_left_empty_is_typed_first(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await signs_in(clerk, "", "stellr-demo")
        await clerk.refused_at("login", "")


async def test_of_several_billing_accounts_one_is_chosen_after_the_login(
    login_screen: Open, desk: Desk, lucy: SignedIn
) -> None:
    add_account(desk, reseller="[red]販売店[/x]")
    with desk.store.writing() as session:
        session.add(Membership(person_id=lucy.person_id, account_number=RIVALS_ACCOUNT))
    async with login_screen() as clerk:
        await signs_in(clerk, "lucy", "stellr-demo")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChooseAccount) and clerk.one("#accounts").has_focus)
        for words in ("目的の請求先口座番号を使用してください", f"{RIVALS_ACCOUNT}  [red]販売店[/x]", ACCOUNT):
            assert clerk.sees(words)
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.app.screen.query("#login-form"))
        assert clerk.app.signed_in is None
        await clerk.clicks("#sign-in")
        await clerk.until(lambda: isinstance(clerk.app.screen, ChooseAccount) and clerk.one("#accounts").has_focus)
        await clerk.presses("home", "down", "enter")
        await clerk.arrives(places.Portal())
        assert clerk.app.user.account.number == RIVALS_ACCOUNT
        assert clerk.sees(f"請求先口座番号 {RIVALS_ACCOUNT}")


async def test_a_training_database_shows_its_login(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.sees("lucyj@synnex.com") and clerk.sees("stellr-demo"))


async def test_a_live_database_shows_no_login(login_screen: Open, desk: Desk) -> None:
    go_live(desk, datetime(2024, 3, 11, tzinfo=ZoneInfo("Asia/Tokyo")))
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.until(lambda: clerk.app._desk is not None)
        await clerk.settles()
        assert clerk.said("#demo-login") == ""
        assert not re.search("stellr-demo|lucyj", clerk.painted())


async def test_who_helps_with_a_forgotten_password_is_said(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        await clerk.clicks("#contact")
        await clerk.until(lambda: clerk.app.screen.query("#contact-address"))
        assert clerk.sees("cloudsw@tdsynnex.com")
        assert clerk.sees("データベースを管理している担当者が再設定できます")
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.app.screen.query("#login-form"))


async def test_signing_out_leads_back_to_the_login(portal: Open) -> None:
    async with portal(places.Portal()) as clerk:
        await clerk.presses("ctrl+l")
        await clerk.until(lambda: clerk.one("#login").has_focus)
        assert clerk.app.signed_in is None
        await signs_in(clerk, "lucy", "stellr-demo")
        await clerk.arrives(places.Portal())


async def test_a_key_that_comes_while_the_program_ends_does_nothing(login_screen: Open) -> None:
    """All screens are gone by then."""
    async with login_screen() as clerk:
        stack = clerk.app._screen_stack
        gone = stack[:]
        stack.clear()
        try:
            await clerk.app.on_event(Key("enter", None))
        finally:
            stack.extend(gone)
        assert clerk.one("#login")

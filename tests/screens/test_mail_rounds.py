"""While the app is open, mail leaves by itself; a mail server that is slow holds up neither a key nor anything else."""

from asyncio import sleep
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import update

from stellr_tui.app import StellrApp
from stellr_tui.desk.delivery import Delivered
from stellr_tui.desk.desk import Desk, system_now
from stellr_tui.desk.identity import SignedIn
from stellr_tui.store.tables import Book
from stellr_tui.widgets import places
from stellr_tui.widgets.mail_rounds import MailRounds
from tests.desk.mail.posting import mails, post
from tests.desk.mail.server import Office, open_office
from tests.screens.clerk import Open

MAIL = places.Results("tab-mail")
SIZE = (120, 36)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, settings: Path) -> Iterator[Office]:
    """A mail server that the user's settings lead to, and rounds without long pauses."""
    monkeypatch.setattr(StellrApp, "ROUND_EVERY", 0.1)
    with open_office() as opened:
        set_up(settings, opened)
        yield opened


def set_up(settings: Path, office: Office) -> None:
    (settings / "mail.toml").write_text(
        f'from = "stellr@example.jp"\n[smtp]\nhost = "localhost"\nport = {office.port}\nsecurity = "none"\n',
        encoding="utf-8",
    )


@pytest.fixture
def live(desk: Desk, office: Office) -> None:
    """The book for real work. After the settings, which are read when a desk is opened."""
    with desk.store.writing() as session:
        session.execute(update(Book).values(mode="live", today=None, closed_through=date(2999, 1, 1)))


@pytest.mark.usefixtures("live")
async def test_what_waits_is_sent_while_the_app_is_open_and_the_list_shows_it(
    portal: Open, desk: Desk, lucy: SignedIn, office: Office
) -> None:
    async with portal(MAIL, size=SIZE) as clerk:
        assert clerk.sees(f"localhost:{office.port}")
        post(desk, lucy, "一通目", "二通目", written_at=system_now())
        await clerk.until(lambda: [one.status.value for one in mails(desk)] == ["sent", "sent"], "both sent")
        await clerk.until(lambda: clerk.rows("#mail").keys == ("2", "1"))
        await clerk.until(lambda: "送信済" in clerk.cells("#mail", "1") and "送信済" in clerk.cells("#mail", "2"))
    arrived = [message_from_bytes(one.content, policy=policy.default)["Subject"] for one in office.accepted]
    assert arrived == ["一通目", "二通目"]


@pytest.mark.usefixtures("live")
async def test_a_failure_is_said_and_shown(portal: Open, desk: Desk, lucy: SignedIn, office: Office) -> None:
    office.says["RCPT"] = ["550 5.1.1 [red]No such user[/x]"]
    async with portal(MAIL, size=SIZE) as clerk:
        post(desk, lucy, "一通目", written_at=system_now())
        await clerk.until(lambda: "送信できなかった通知: 1件" in clerk.notices())
        await clerk.until(lambda: clerk.sees("550 5.1.1 [red]No such user[/x]"))
        del office.says["RCPT"]
        assert not clerk.one("#no-mail").display
        clerk.one("#mail").focus()
        await clerk.until(lambda: clerk.one("#mail").has_focus)
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: "送信済" in clerk.cells("#mail", "1"))
        assert not clerk.one("#mail-trouble").display


@pytest.mark.usefixtures("live")
async def test_what_keeps_everything_from_being_sent_is_said_once(
    portal: Open, desk: Desk, lucy: SignedIn, office: Office
) -> None:
    office.says["MAIL"] = ["553 5.7.1 Sender rejected"]
    async with portal(MAIL, size=SIZE) as clerk:
        for number in range(3):
            post(desk, lucy, f"{number}通目", written_at=system_now())
            await clerk.until(lambda number=number: len([one for one in mails(desk) if one.trouble]) == number + 1)  # type: ignore[misc]
            await clerk.until(lambda: "差出人のアドレスを受け付けません" in clerk.notices())
        assert clerk.notices().count("差出人のアドレスを受け付けません") == 1
        await clerk.until(lambda: clerk.rows("#mail").keys == ("3", "2", "1"))
        await clerk.until(lambda: "再送信待ち" in clerk.cells("#mail", "3"))


@pytest.mark.usefixtures("live")
async def test_a_server_that_says_nothing_holds_up_nobody(
    login_screen: Open, desk: Desk, lucy: SignedIn, office: Office
) -> None:
    office.says["EHLO"] = ["keep silent"]
    post(desk, lucy, "一通目", written_at=system_now())
    async with login_screen(SIZE) as clerk:
        await clerk.is_let_in(lucy)
        await clerk.until(lambda: office.seen == ["EHLO"])
        await clerk.presses("enter")
        await clerk.until(lambda: clerk.one("#vendor-pocketalk"))
        await clerk.presses("f5")
        await clerk.until(lambda: clerk.sees("必要なアクション"))
        await clerk.presses("f7")
        await clerk.until(lambda: clerk.rows("#mail").keys == ("1",))
        assert "未送信" in clerk.cells("#mail", "1")
        assert [one.status.value for one in mails(desk)] == ["waiting"]


async def test_mail_that_is_sent_while_the_page_of_mails_comes_and_goes_does_no_harm(portal: Open) -> None:
    async with portal(places.Home()) as clerk:
        for place in (MAIL, places.Home()):
            left = clerk.app.screen
            clerk.app.go(place)
            while left.is_attached or not clerk.app.screen.is_mounted:
                clerk.app._show_mail(MailRounds.MailMoved(Delivered(sent=1)))
                await sleep(0)
            await clerk.arrives(place)


async def test_a_training_database_sends_nothing(portal: Open, desk: Desk, lucy: SignedIn, office: Office) -> None:
    post(desk, lucy, "一通目", written_at=system_now())
    async with portal(MAIL, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("訓練用のメールは送信されません。"))
        before = len(clerk.app.workers)
        for _round in range(3):
            clerk.app.deliver_mail()
            await clerk.settles()
        assert len(clerk.app.workers) <= before + 1
    assert office.connections == 0
    assert [one.status.value for one in mails(desk)] == ["waiting"]


@pytest.mark.usefixtures("live")
async def test_before_somebody_has_signed_in_nothing_is_sent(
    login_screen: Open, desk: Desk, lucy: SignedIn, office: Office
) -> None:
    post(desk, lucy, "一通目", written_at=system_now())
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        for _round in range(3):
            clerk.app.deliver_mail()
            await clerk.settles()
        assert office.connections == 0
        await clerk.is_let_in(lucy)
        await clerk.until(lambda: len(office.accepted) == 1)

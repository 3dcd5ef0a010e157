"""A mail server that keeps silent does not keep anybody from leaving the program."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from stellr_tui.desk.training import LOGIN, PASSWORD
from tests.desk.mail.server import open_office
from tests.journeys.conftest import SitDown

AT_ONCE = 10.0  # seconds; the server would be waited for three times as long


def test_one_leaves_at_once_while_a_mail_is_on_its_way(sit_down: SitDown, order_book: Path, home: Path) -> None:
    with closing(sqlite3.connect(order_book)) as book, book:
        book.execute("UPDATE book SET mode = 'live', today = NULL, closed_through = '2999-01-01'")
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        book.execute(
            "INSERT INTO mail (account_number, kind, message_id, sender_name, sender, recipient_name, recipient, "
            "subject, body, written_on, written_at, status, tries, claimed_by, trouble_kind, trouble) VALUES "
            "('700100', 'completed', 'x@stellr.invalid', '', '', 'Lucy', 'lucyj@synnex.com', '件名', '本文', "
            "'2024-03-20', ?, 'waiting', 0, '', '', '')",
            [now],
        )
    settings = home / ".config" / "stellr-tui"
    settings.mkdir(parents=True)
    with open_office() as office:
        office.says["EHLO"] = ["keep silent"]
        (settings / "mail.toml").write_text(
            f'from = "stellr@example.jp"\n[smtp]\nhost = "localhost"\nport = {office.port}\nsecurity = "none"\n'
        )
        clerk = sit_down()
        clerk.comes_to("ログインID")
        clerk.terminal.type(LOGIN)
        clerk.terminal.press("enter")
        clerk.comes_to("パスワード")
        clerk.terminal.type(PASSWORD)
        clerk.terminal.press("enter")
        clerk.comes_to("StreamOne Stellr")
        clerk.terminal.await_that(lambda: "EHLO" in office.seen, "the mail is on its way")
        began = time.monotonic()
        clerk.terminal.press("ctrl+q")
        assert clerk.terminal.wait_closed() == 0
        assert time.monotonic() - began < AT_ONCE

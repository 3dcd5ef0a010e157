"""What waits in the outbox reaches a real mail server, once; what that says is kept; nothing goes to an end user."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from stellr_tui.desk.changes import Kind
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.delivery import deliver_mail, is_mail_due
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.eml import eml_of
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.outbox import list_mail, read_mail
from stellr_tui.reference.mail_settings import Encoding, MailSettings, Security
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import FRESH, MailKind, MailStatus, Trouble, pause_after
from stellr_tui.store.tables import Book, EndUser, Mail
from tests.desk.life.steps import change, sent
from tests.desk.mail.conftest import Certificate
from tests.desk.mail.letters import address, read, text_of
from tests.desk.mail.posting import SENDER, later, mails, post, served, statuses
from tests.desk.mail.programs import start
from tests.desk.mail.server import PASSWORD, USER, Office, open_office
from tests.desk.office import ANNUAL, NOON, everything, go_live
from tests.desk.programs import at_the_same_moment
from tests.rules.refusals import refusal_of

Certify = Callable[[str], Certificate]


def test_what_waits_arrives_as_it_was_written_and_is_sent_once(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目", "二通目", "三通目")
    desk = served(live, office.server())
    done = deliver_mail(desk)
    assert (done.sent, done.put_off, done.failed, done.trouble) == (3, 0, 0, None)
    assert office.connections == 1
    assert [read(one.content)["Subject"] for one in office.accepted] == ["一通目", "二通目", "三通目"]
    for accepted, letter in zip(office.accepted, mails(desk), strict=True):
        assert (accepted.sender, accepted.recipients) == (SENDER, ("lucyj@synnex.com",))
        message = read(accepted.content)
        assert address(message, "From") == ("StreamOne Stellr", SENDER)
        assert address(message, "To") == ("Lucy Jin", "lucyj@synnex.com")
        assert message["Message-ID"] == f"<{letter.message_id}>"
        assert text_of(message) == letter.body
        assert (letter.status, letter.sent_at, letter.tries, letter.trouble) == (MailStatus.SENT, NOON, 1, None)
    before = everything(desk)
    assert deliver_mail(desk).sent == 0
    assert len(office.accepted) == 3
    assert everything(desk) == before


def test_what_was_sent_is_handed_out_byte_for_byte_whatever_the_settings_are_by_then(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目")
    deliver_mail(served(live, office.server()))
    (letter,) = mails(live)
    otherwise = replace(live, mail=MailSettings(encoding=Encoding.ISO_2022_JP, sender_name="別の名前", sender="x@y.jp"))
    assert eml_of(otherwise, lucy, letter.id).content == office.accepted[0].content
    assert read_mail(otherwise, lucy, letter.id).sender == SENDER


def test_iso_2022_jp_arrives_in_iso_2022_jp(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "ご注文〜完了", "㈱①")
    desk = replace(live, mail=MailSettings(encoding=Encoding.ISO_2022_JP, sender=SENDER, server=office.server()))
    assert deliver_mail(desk).sent == 2
    messages = [read(one.content) for one in office.accepted]
    assert [one.get_content_charset() for one in messages] == ["iso-2022-jp", "utf-8"]
    assert [one["Subject"] for one in messages] == ["ご注文〜完了", "㈱①"]
    assert [text_of(one) for one in messages] == [one.body for one in mails(desk)]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_the_way_is_encrypted_and_the_server_known(
    live: Desk, lucy: SignedIn, certified: Certify, security: Security
) -> None:
    post(live, lucy, "一通目")
    with open_office(certified("localhost"), security) as office:
        desk = served(live, office.server(security, ca_file=certified("localhost")[0]))
        assert deliver_mail(desk).sent == 1
    assert [one.encrypted for one in office.accepted] == [True]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("known", ["nobody", "another host"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    live: Desk, lucy: SignedIn, certified: Certify, security: Security, known: str
) -> None:
    post(live, lucy, "一通目")
    host = "localhost" if known == "nobody" else "mail.example.jp"
    with open_office(certified(host), security) as office:
        ca_file = certified(host)[0] if known == "another host" else None
        done = deliver_mail(served(live, office.server(security, ca_file=ca_file)))
    assert (done.sent, done.trouble, done.put_off) == (0, Trouble.INSECURE, 1)
    assert "certificate verify failed" in done.detail
    assert office.accepted == []
    assert "MAIL" not in office.seen
    (letter,) = mails(live)
    assert (letter.status, letter.trouble) == (MailStatus.WAITING, Trouble.INSECURE)


def test_without_starttls_nothing_is_sent_in_the_clear(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目")
    done = deliver_mail(served(live, office.server(Security.STARTTLS)))
    assert (done.sent, done.trouble) == (0, Trouble.INSECURE)
    assert "STARTTLS" in done.detail
    assert "MAIL" not in office.seen


def test_a_login_with_the_password_of_the_environment(
    live: Desk, lucy: SignedIn, certified: Certify, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(live, lucy, "一通目")
    with open_office(certified("localhost"), Security.STARTTLS, asks_for_login=True) as office:
        desk = served(live, office.server(Security.STARTTLS, user=USER, ca_file=certified("localhost")[0]))
        done = deliver_mail(desk)
        assert (done.sent, done.trouble) == (0, Trouble.NO_PASSWORD)
        assert office.connections == 0
        monkeypatch.setenv("STELLR_SMTP_PASSWORD", "wrong")
        done = deliver_mail(later(desk, minutes=1))
        assert (done.sent, done.put_off, done.trouble) == (0, 1, Trouble.LOGIN)
        assert done.detail.startswith("535 ")
        monkeypatch.setenv("STELLR_SMTP_PASSWORD", PASSWORD)
        assert deliver_mail(later(desk, minutes=3)).sent == 1
    assert [(one.user, one.encrypted) for one in office.accepted] == [(USER, True)]
    (letter,) = mails(live)
    assert (letter.status, letter.tries, letter.trouble, letter.detail) == (MailStatus.SENT, 3, None, "")


@pytest.mark.parametrize("password", ["パスワード", "wrong"])
def test_no_password_ever_stands_in_what_is_kept(
    live: Desk, lucy: SignedIn, certified: Certify, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    post(live, lucy, "一通目")
    monkeypatch.setenv("STELLR_SMTP_PASSWORD", password)
    with open_office(certified("localhost"), Security.STARTTLS, asks_for_login=True) as office:
        desk = served(live, office.server(Security.STARTTLS, user=USER, ca_file=certified("localhost")[0]))
        assert deliver_mail(desk).trouble is Trouble.LOGIN
    assert password not in repr(everything(live))


def test_451_then_250_is_sent_at_the_second_try(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目")
    office.says["DATA"] = ["451 4.3.0 Try again later", "as usual"]
    desk = served(live, office.server())
    done = deliver_mail(desk)
    assert (done.sent, done.put_off, done.failed, done.trouble) == (0, 1, 0, None)
    (letter,) = mails(desk)
    assert (letter.status, letter.tries, letter.try_after) == (MailStatus.WAITING, 1, NOON + timedelta(minutes=1))
    assert (letter.trouble, letter.detail) == (Trouble.MESSAGE, "451 4.3.0 Try again later")
    assert deliver_mail(later(desk, seconds=59)).sent == 0
    assert deliver_mail(later(desk, seconds=60)).sent == 1
    (accepted,) = office.accepted
    assert read(accepted.content)["Message-ID"] == f"<{letter.message_id}>"
    assert statuses(desk) == ["sent"]


@pytest.mark.parametrize(
    ("command", "answer", "trouble"),
    [
        ("RCPT", "550 5.1.1 No such user here", Trouble.RECIPIENT),
        ("RCPT", "554 5.7.1 Relay access denied", Trouble.RECIPIENT),
        ("DATA", "554 5.7.1 Spam", Trouble.MESSAGE),
        ("MAIL", "552 5.3.4 Message too big", Trouble.MESSAGE),
    ],
)
def test_what_is_refused_for_good_has_failed_and_does_not_hold_up_the_next(
    live: Desk, lucy: SignedIn, office: Office, command: str, answer: str, trouble: Trouble
) -> None:
    post(live, lucy, "一通目", "二通目")
    office.says[command] = [answer, "as usual"]
    desk = served(live, office.server())
    done = deliver_mail(desk)
    assert (done.sent, done.put_off, done.failed) == (1, 0, 1)
    failed, other = mails(desk)
    assert (failed.status, failed.trouble, failed.detail) == (MailStatus.FAILED, trouble, answer)
    assert other.status is MailStatus.SENT
    assert [read(one.content)["Subject"] for one in office.accepted] == ["二通目"]
    assert not is_mail_due(later(desk, days=30))
    assert deliver_mail(later(desk, days=4)).sent == 0


@pytest.mark.parametrize("command", ["RCPT", "MAIL"])
def test_what_is_refused_for_now_does_not_hold_up_the_next(
    live: Desk, lucy: SignedIn, office: Office, command: str
) -> None:
    post(live, lucy, "一通目", "二通目")
    office.says[command] = ["450 4.2.1 Greylisted", "as usual"]
    done = deliver_mail(served(live, office.server()))
    assert (done.sent, done.put_off, done.failed) == (1, 1, 0)
    assert statuses(live) == ["waiting", "sent"]


def test_a_server_that_dies_in_the_middle_of_a_message_gets_it_again(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目")
    office.says["middle of DATA"] = ["hang up"]
    desk = served(live, office.server())
    done = deliver_mail(desk)
    assert (done.sent, done.put_off, office.accepted) == (0, 1, [])
    (letter,) = mails(desk)
    assert (letter.status, letter.trouble) == (MailStatus.WAITING, Trouble.BROKEN_OFF)
    del office.says["middle of DATA"]
    assert deliver_mail(later(desk, minutes=1)).sent == 1
    assert [read(one.content)["Message-ID"] for one in office.accepted] == [f"<{letter.message_id}>"]


def test_a_server_that_takes_a_message_and_dies_before_it_says_so_may_get_it_twice_under_one_name(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目")
    office.says["takes it and hangs up"] = ["hang up", "as usual"]
    desk = served(live, office.server())
    assert deliver_mail(desk).put_off == 1
    assert deliver_mail(later(desk, minutes=1)).sent == 1
    first, second = office.accepted
    assert first.content == second.content
    assert statuses(desk) == ["sent"]


def test_the_next_mail_takes_a_new_connection_where_the_last_one_was_lost(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目", "二通目", "三通目")
    office.says["DATA"] = ["as usual", "hang up", "as usual"]
    done = deliver_mail(served(live, office.server()))
    assert (done.sent, done.put_off) == (2, 1)
    assert statuses(live) == ["sent", "waiting", "sent"]
    assert office.connections == 2


def test_a_server_that_hangs_up_between_two_mails_is_called_again(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目", "二通目", "三通目")
    office.says["MAIL"] = ["as usual", "hang up", "as usual", "421 4.7.0 Too many messages", "as usual"]
    done = deliver_mail(served(live, office.server()))
    assert (done.sent, done.put_off, done.failed) == (3, 0, 0)
    assert office.connections == 3
    assert len(office.accepted) == 3


def test_while_the_server_cannot_be_reached_everything_waits_and_then_everything_goes(
    live: Desk, lucy: SignedIn
) -> None:
    post(live, lucy, "一通目", "二通目", "三通目")
    with open_office() as gone:
        pass
    desk = served(live, gone.server())
    done = deliver_mail(desk)
    assert (done.sent, done.put_off, done.failed, done.trouble) == (0, 3, 0, Trouble.UNREACHABLE)
    assert [(one.status, one.trouble, one.try_after) for one in mails(desk)] == [
        (MailStatus.WAITING, Trouble.UNREACHABLE, NOON + timedelta(minutes=1))
    ] * 3
    assert not is_mail_due(later(desk, seconds=59))
    for _try in range(60):
        desk = later(desk, hours=1)
        assert deliver_mail(desk).trouble is Trouble.UNREACHABLE
    assert statuses(desk) == ["waiting"] * 3
    post(desk, lucy, "四通目", written_at=desk.now())
    with open_office() as back:
        assert deliver_mail(served(later(desk, minutes=1), back.server())).sent == 4
        assert len(back.accepted) == 4
    assert statuses(desk) == ["sent"] * 4


def test_a_sender_that_the_server_does_not_accept_is_the_settings_fault_and_no_mails(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目", "二通目")
    office.says["MAIL"] = ["553 5.7.1 Sender address rejected"]
    desk = served(live, office.server())
    done = deliver_mail(desk)
    assert (done.trouble, done.detail, done.failed) == (Trouble.SENDER, "553 5.7.1 Sender address rejected", 0)
    assert statuses(desk) == ["waiting", "waiting"]
    del office.says["MAIL"]
    assert deliver_mail(later(desk, hours=1)).sent == 2


def test_a_server_that_says_nothing_is_not_waited_for(
    live: Desk, lucy: SignedIn, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stellr_tui.desk.postman.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("stellr_tui.desk.postman.LAST_ANSWER_SECONDS", 0.3)
    post(live, lucy, "一通目")
    office.says["EHLO"] = ["keep silent"]
    desk = served(live, office.server())
    assert deliver_mail(desk).put_off == 1
    assert "timed out" in mails(desk)[0].detail
    office.says = {"DATA": ["keep silent"]}
    assert deliver_mail(later(desk, hours=1)).put_off == 1
    assert mails(desk)[0].trouble is Trouble.BROKEN_OFF
    office.says.clear()
    assert deliver_mail(later(desk, hours=2)).sent == 1


def test_the_pauses_grow_until_it_has_failed_after_days(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目")
    office.says["DATA"] = ["451 4.3.0 Try again later"]
    desk = served(live, office.server())
    pauses = []
    while mails(desk)[0].status is MailStatus.WAITING:
        due = mails(desk)[0].try_after
        desk = later(desk, seconds=(due - desk.now()).total_seconds() if due else 0)
        deliver_mail(desk)
        after = mails(desk)[0].try_after
        pauses.append(after - desk.now() if after else None)
    minutes = [pause.total_seconds() / 60 for pause in pauses[:-1] if pause]
    assert minutes[:6] == [1, 2, 4, 8, 16, 32]
    assert minutes == sorted(minutes)
    assert max(minutes) == 6 * 60
    assert pauses[-1] is None
    assert timedelta(days=4) < desk.now() - NOON < timedelta(days=6)
    (letter,) = mails(desk)
    assert (letter.status, letter.trouble) == (MailStatus.FAILED, Trouble.MESSAGE)


def test_the_servers_own_trouble_is_looked_at_again_every_hour_for_ever() -> None:
    for trouble in Trouble:
        if trouble.is_the_servers:
            assert [pause_after(tries, trouble) for tries in (1, 2, 10, 10_000)] == [
                timedelta(minutes=1),
                timedelta(minutes=2),
                timedelta(hours=1),
                timedelta(hours=1),
            ]


def test_an_address_that_is_none_has_failed_at_once(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目", recipient="lucyj@synnex.com\r\nRCPT TO:<victim@example.com>")
    post(live, lucy, "二通目")
    done = deliver_mail(served(live, office.server()))
    assert (done.sent, done.failed) == (1, 1)
    assert [one.recipients for one in office.accepted] == [("lucyj@synnex.com",)]
    assert (mails(live)[0].status, mails(live)[0].trouble) == (MailStatus.FAILED, Trouble.RECIPIENT)


def test_what_a_server_says_is_kept_on_one_line_and_harmless(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目")
    office.says["RCPT"] = ["550-first \x1b[2J\r\n550 second \x07" + "x" * 900]
    deliver_mail(served(live, office.server()))
    detail = mails(live)[0].detail
    assert detail.startswith("550 first [2J second")
    assert len(detail) <= 300
    assert not any(one in detail for one in "\x1b\r\n\x07")


def test_a_training_database_never_delivers_whatever_is_set_up(desk: Desk, lucy: SignedIn, office: Office) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    set_clock(desk, NOON.date() + timedelta(days=30))
    change(desk, lucy, contract, Kind.REDUCE, 1)
    desk = served(desk, office.server())
    assert len(mails(desk)) == 3
    before = everything(desk)
    assert not is_mail_due(desk)
    assert refusal_of(deliver_mail, desk).reason is Reason.MAIL_IN_TRAINING
    assert office.connections == 0
    assert everything(desk) == before


def test_a_book_that_becomes_a_training_database_while_a_round_begins_delivers_nothing(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "一通目", "二通目")
    asked = iter([False])

    def stop() -> bool:
        with live.store.writing() as session:
            session.execute(update(Book).values(mode="training", today=NOON.date()))
        return next(asked)

    assert deliver_mail(served(live, office.server()), stop=stop).sent == 0
    assert office.connections == 0


def test_without_a_server_nothing_is_delivered_and_it_says_where_to_name_one(live: Desk, lucy: SignedIn) -> None:
    post(live, lucy, "一通目")
    finding = refusal_of(deliver_mail, served(live, None))
    assert finding.reason is Reason.NO_MAIL_SERVER
    assert Path(str(finding.facts["settings"])).name == "mail.toml"
    assert statuses(live) == ["waiting"]


def test_who_sets_up_a_server_does_not_send_what_has_lain_there_for_long(
    live: Desk, lucy: SignedIn, office: Office
) -> None:
    post(live, lucy, "古い通知", written_at=NOON - FRESH)
    post(live, lucy, "新しい通知", written_at=NOON - FRESH + timedelta(seconds=1))
    desk = served(live, office.server())
    assert deliver_mail(desk).sent == 1
    assert [read(one.content)["Subject"] for one in office.accepted] == ["新しい通知"]
    assert statuses(desk) == ["waiting", "sent"]


def test_one_account_alone_can_be_delivered(live: Desk, lucy: SignedIn, rival: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目")
    post(live, rival, "よその一通")
    desk = served(live, office.server())
    assert deliver_mail(desk, account=rival.account.number).sent == 1
    assert statuses(desk) == ["waiting", "sent"]
    assert deliver_mail(desk).sent == 1


def test_a_round_stops_between_two_mails_when_it_is_told_to(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "一通目", "二通目", "三通目")
    told = iter([False, False, True])
    assert deliver_mail(served(live, office.server()), stop=lambda: next(told)).sent == 2
    assert statuses(live) == ["sent", "sent", "waiting"]


# The end user never receives mail from the system.


def test_nothing_reaches_an_end_user_in_a_year_of_notices_drafts_and_deliveries(
    desk: Desk, lucy: SignedIn, office: Office
) -> None:
    contract = sent(desk, lucy, "2024-03-11", 5, ANNUAL)
    set_clock(desk, NOON.date() + timedelta(days=30))
    change(desk, lucy, contract, Kind.ADD, 2)
    change(desk, lucy, contract, Kind.REDUCE, 1)
    set_clock(desk, NOON.date() + timedelta(days=400))
    notices = list_mail(desk, lucy).rows
    drafts = [draft_forward(desk, lucy, one.id) for one in notices if one.kind is not MailKind.INVOICED]
    assert len(drafts) == 3
    with desk.store.reading() as session:
        theirs = {one.email for customer in session.query(EndUser) for one in customer.contacts}
    assert theirs == {one.recipient for one in drafts} == {"test@company.com"}
    desk = served(go_live(desk, NOON), office.server())
    for _round in range(3):
        deliver_mail(desk)
        desk = later(desk, days=1)
    assert {one.recipients for one in office.accepted} == {("lucyj@synnex.com",)}
    assert len(office.accepted) == len(notices)
    for accepted in office.accepted:
        message = read(accepted.content)
        assert {name for name in ("Cc", "Bcc", "Resent-To") if message[name]} == set()
    assert [one.status for one in mails(desk) if one.kind is MailKind.FORWARD] == [MailStatus.DRAFT] * 3


def test_a_draft_alone_in_the_outbox_is_never_due(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "下書き")
    with live.store.writing() as session:
        session.execute(update(Mail).values(kind="forward", status="draft", try_after=NOON, tries=3))
    desk = served(live, office.server())
    for days in (0, 1, 100):
        assert not is_mail_due(later(desk, days=days))
        assert deliver_mail(later(desk, days=days)).sent == 0
    assert office.connections == 0


# Several programs, and programs that die.


def test_three_programs_at_once_deliver_each_mail_once(
    live: Desk, lucy: SignedIn, office: Office, database_url: str
) -> None:
    subjects = [f"{number}通目" for number in range(60)]
    post(live, lucy, *subjects)
    programs = [start("deliver", database_url, office.port) for _ in range(3)]
    done = at_the_same_moment(*programs)
    assert sum(one["sent"] for one in done) == 60
    assert [one["put_off"] + one["failed"] for one in done] == [0, 0, 0]
    arrived = [read(one.content)["Subject"] for one in office.accepted]
    assert sorted(arrived) == sorted(subjects)
    assert statuses(live) == ["sent"] * 60


def test_two_programs_meet_a_dead_server_without_getting_into_each_others_way(
    live: Desk, lucy: SignedIn, database_url: str
) -> None:
    post(live, lucy, *(f"{number}通目" for number in range(40)))
    with open_office() as gone:
        pass
    done = at_the_same_moment(*[start("deliver", database_url, gone.port) for _ in range(2)])
    assert sum(one["sent"] + one["failed"] for one in done) == 0
    assert statuses(live) == ["waiting"] * 40
    assert {one.trouble for one in mails(live)} == {Trouble.UNREACHABLE}


def test_what_a_killed_program_had_claimed_is_delivered_once_its_claim_runs_out(
    live: Desk, lucy: SignedIn, office: Office, database_url: str
) -> None:
    post(live, lucy, "一通目")
    program = start("die-before-it-is-sent", database_url, office.port)
    program.communicate(timeout=60)
    assert program.returncode == -9
    assert office.accepted == []
    desk = served(live, office.server())
    assert deliver_mail(later(desk, minutes=14)).sent == 0
    assert deliver_mail(later(desk, minutes=15)).sent == 1
    assert len(office.accepted) == 1
    assert mails(desk)[0].tries == 2


def test_what_was_taken_from_a_program_that_died_before_it_noted_it_arrives_again_under_the_same_name(
    live: Desk, lucy: SignedIn, office: Office, database_url: str
) -> None:
    """As far as SMTP allows: the server said 250 and nobody was there any more to hear it."""
    post(live, lucy, "一通目")
    program = start("die-when-it-is-taken", database_url, office.port)
    program.communicate(timeout=60)
    assert program.returncode == -9
    assert len(office.accepted) == 1
    assert statuses(live) == ["waiting"]
    desk = served(live, office.server())
    assert deliver_mail(later(desk, minutes=14)).sent == 0
    assert deliver_mail(later(desk, minutes=15)).sent == 1
    first, second = office.accepted
    assert read(first.content)["Message-ID"] == read(second.content)["Message-ID"]
    assert first.content == second.content
    assert statuses(desk) == ["sent"]

"""A failure is seen, mended, and sent again; what was sent or drafted is not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from stellr_tui.desk.delivery import deliver_mail
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.outbox import list_mail, mail_in_trouble, send_again
from stellr_tui.rules.findings import Reason
from stellr_tui.rules.mail import FRESH, MailStatus, Trouble
from stellr_tui.store.tables import Person
from tests.desk.mail.letters import read
from tests.desk.mail.posting import later, mails, post, served, statuses
from tests.desk.mail.server import Office, open_office
from tests.desk.office import NOON, a_sent_order, everything, turn_to
from tests.rules.refusals import refusal_of


@pytest.fixture
def failed(live: Desk, lucy: SignedIn, office: Office) -> Desk:
    """A desk with one mail that failed and one that was sent."""
    post(live, lucy, "一通目", "二通目")
    office.says["RCPT"] = ["550 5.1.1 No such user here", "as usual"]
    desk = served(live, office.server())
    deliver_mail(desk)
    assert statuses(desk) == ["failed", "sent"]
    return desk


def test_what_failed_is_seen_until_it_is_sent(
    failed: Desk, lucy: SignedIn, hanako: SignedIn, rival: SignedIn, office: Office
) -> None:
    for by in (lucy, hanako):
        trouble = mail_in_trouble(failed, by)
        assert trouble.count == 1
        (letter,) = trouble.letters
        assert (letter.subject, letter.status, letter.trouble) == ("一通目", MailStatus.FAILED, Trouble.RECIPIENT)
        assert letter.detail == "550 5.1.1 No such user here"
    assert mail_in_trouble(failed, rival).count == 0
    again = send_again(failed, lucy, letter.id)
    assert (again.status, again.tries, again.trouble, again.detail) == (MailStatus.WAITING, 0, None, "")
    assert mail_in_trouble(failed, lucy).count == 0
    assert deliver_mail(failed).sent == 1
    assert [read(one.content)["Subject"] for one in office.accepted] == ["二通目", "一通目"]
    assert statuses(failed) == ["sent", "sent"]


def test_it_goes_to_the_address_that_the_person_has_by_then(failed: Desk, lucy: SignedIn, office: Office) -> None:
    with failed.store.writing() as session:
        session.execute(update(Person).where(Person.id == lucy.person_id).values(email="lucy@right.example"))
    again = send_again(failed, lucy, mails(failed)[0].id)
    assert again.recipient == "lucy@right.example"
    deliver_mail(failed)
    assert office.accepted[-1].recipients == ("lucy@right.example",)


def test_what_waits_for_its_next_try_is_seen_and_can_be_tried_at_once(live: Desk, lucy: SignedIn) -> None:
    post(live, lucy, *(f"{number}通目" for number in range(5)))
    assert mail_in_trouble(live, lucy).count == 0
    with open_office() as gone:
        pass
    desk = served(live, gone.server())
    deliver_mail(desk)
    trouble = mail_in_trouble(desk, lucy, limit=2)
    assert (trouble.count, [one.subject for one in trouble.letters]) == (5, ["4通目", "3通目"])
    assert trouble.letters[0].trouble is Trouble.UNREACHABLE
    with open_office() as back:
        desk = served(desk, back.server())
        assert deliver_mail(desk).sent == 0
        send_again(desk, lucy, trouble.letters[0].id)
        # The first that goes through shows that the server is well: the others follow.
        assert deliver_mail(desk).sent == 5


def test_what_lay_there_for_long_goes_out_when_someone_asks_for_it(live: Desk, lucy: SignedIn, office: Office) -> None:
    post(live, lucy, "古い通知", written_at=NOON - FRESH - timedelta(days=300))
    desk = served(live, office.server())
    assert deliver_mail(desk).sent == 0
    send_again(desk, lucy, mails(desk)[0].id)
    assert deliver_mail(desk).sent == 1


def test_an_old_failure_is_no_action_any_more_and_stays_in_the_list(failed: Desk, lucy: SignedIn) -> None:
    assert mail_in_trouble(later(failed, days=29), lucy).count == 1
    assert mail_in_trouble(later(failed, days=30), lucy).count == 0
    assert [one.status for one in list_mail(later(failed, days=30), lucy).rows] == [MailStatus.SENT, MailStatus.FAILED]


def test_what_was_sent_is_not_sent_again(failed: Desk, lucy: SignedIn) -> None:
    sent = mails(failed)[1]
    before = everything(failed)
    finding = refusal_of(send_again, failed, lucy, sent.id)
    assert (finding.reason, finding.given) == (Reason.NOTHING_TO_SEND_AGAIN, str(sent.id))
    assert finding.facts["sent_at"] == "2024-03-11 12:00"
    assert everything(failed) == before


def test_in_training_and_of_a_draft_there_is_nothing_to_send_again(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    draft = draft_forward(desk, lucy, letter.id)
    before = everything(desk)
    assert refusal_of(send_again, desk, lucy, letter.id).reason is Reason.MAIL_IN_TRAINING
    assert refusal_of(send_again, desk, lucy, draft.id).reason is Reason.A_FORWARD_ALREADY
    assert everything(desk) == before

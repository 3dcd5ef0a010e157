"""The forward of a notice to the end user: a draft for the reseller to send with a mail program of their own.

エンドユーザー様には配信されませんので、必要に応じてリセラー様より転送をお願い致します (オーダー⑥).
The program never sends it: the outbox gives out only what waits, and the database lets a forward be only a draft.
"""

from sqlalchemy import select

from stellr_tui.desk.clock import clock_in
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.notices import new_message_id
from stellr_tui.desk.outbox import OpenedLetter, find_mail, opened
from stellr_tui.desk.people import permit
from stellr_tui.desk.subscriptions import find_contract
from stellr_tui.reference.mail_texts import mail_text
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.mail import MailKind, MailStatus
from stellr_tui.store.tables import Mail, Person


def draft_forward(desk: Desk, by: SignedIn, number: int) -> OpenedLetter:
    """A draft to the contact of the order, with a covering note from who makes it and the notice quoted below.

    The same draft made again is the one that is there. Refused: UNKNOWN_MAIL, A_FORWARD_ALREADY, and
    NO_FORWARD_OF_AN_INVOICE, which would show the end user what the reseller pays.
    """
    with desk.store.writing() as session:
        permit(session, by)
        original = find_mail(session, by, number, to_change=True)
        if original.kind == MailKind.FORWARD:
            raise Refused(Finding(Reason.A_FORWARD_ALREADY, "mail", str(number)))
        if original.contract_number is None:
            raise Refused(Finding(Reason.NO_FORWARD_OF_AN_INVOICE, "mail", str(number)))
        order = find_contract(session, by, original.contract_number).order
        person = session.get_one(Person, by.person_id)
        letter = opened(original, desk.mail)
        text = mail_text(
            MailKind.FORWARD,
            desk.mail,
            {
                "company": order.end_user.company,
                "contact": order.contact.name,
                "reseller": by.account.reseller,
                "person": person.name,
                "phone": person.phone,
                "email": person.email,
                "from": f"{letter.sender_name} <{letter.sender}>",
                "date": letter.written_on,
                "to": f"{letter.recipient_name} <{letter.recipient}>",
                "subject": letter.subject,
                "body": letter.body.rstrip("\n"),
            },
        )
        draft = Mail(
            account_number=original.account_number,
            kind=MailKind.FORWARD,
            status=MailStatus.DRAFT,
            message_id=new_message_id(),
            sender_name=person.name,
            sender=person.email,
            recipient_name=order.contact.name,
            recipient=order.contact.email,
            subject=text.subject[:300],
            body=text.body,
            written_on=clock_in(session, desk).today,
            written_at=desk.now(),
            contract_number=original.contract_number,
            forward_of=original.id,
        )
        drafts = session.scalars(select(Mail).where(Mail.forward_of == original.id).order_by(Mail.id))
        same = next((one for one in drafts if _is_same(one, draft)), None)
        if same is None:
            session.add(draft)
            session.flush()
        return opened(same or draft, desk.mail)


def _is_same(one: Mail, other: Mail) -> bool:
    return (one.sender, one.recipient, one.subject, one.body) == (
        other.sender,
        other.recipient,
        other.subject,
        other.body,
    )

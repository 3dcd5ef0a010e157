"""What the reseller is told, written into the outbox in the transaction of what it tells (オーダー⑦⑧).

The end user never receives mail from the system.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.sent_for import sent_for
from stellr_tui.reference.labels import event_label
from stellr_tui.reference.mail_texts import MailText, mail_text
from stellr_tui.rules import money
from stellr_tui.rules.mail import MailKind, MailStatus
from stellr_tui.store.tables import (
    BillingAccount,
    Change,
    Contract,
    Invoice,
    InvoiceLine,
    Mail,
    Membership,
    Person,
    PurchaseOrder,
    SeatLot,
)

_MANY = 500  # contracts a query; databases limit how many values one may name

# Behind the @ of every Message-ID. Nobody's, so that the identity of a mail hangs on no setting and is nobody else's.
MESSAGE_ID_DOMAIN = "stellr.invalid"


def completed(session: Session, desk: Desk, contracts: Sequence[int], day: date) -> None:
    """プロビジョニングが問題なく完了しますと、完了通知メールがリセラー様へ配信されます: one for each contract."""
    for start in range(0, len(contracts), _MANY):
        _completed(session, desk, contracts[start : start + _MANY], day)


def _completed(session: Session, desk: Desk, contracts: Sequence[int], day: date) -> None:
    rows = session.execute(
        select(Contract, BillingAccount, Person, SeatLot)
        .join(PurchaseOrder, PurchaseOrder.id == Contract.order_id)
        .join(BillingAccount, BillingAccount.number == Contract.account_number)
        .join(Person, Person.id == PurchaseOrder.reseller_contact_id)
        .join(SeatLot, (SeatLot.contract_number == Contract.number) & (SeatLot.number == 1))
        .where(Contract.number.in_(contracts))
        .order_by(Contract.number)
    )
    mails = []
    for contract, account, person, lot in rows:
        for_whom = sent_for(contract)
        if for_whom is None:
            raise AssertionError("what is delivered was sent for somebody")
        text = mail_text(
            MailKind.COMPLETED,
            desk.mail,
            {
                "vendor": contract.vendor_name,
                "contract_number": contract.number,
                "reseller": account.reseller,
                "reseller_contact": person.name,
                "reseller_address": account.address,
                "reseller_city": account.city,
                "reseller_prefecture": account.prefecture_code,
                "reseller_postal_code": account.postal_code,
                "reseller_phone": person.phone,
                "reseller_email": person.email,
                "company": for_whom.company,
                "contact": for_whom.contact,
                "address": " ".join(part for part in (for_whom.address1, for_whom.address2) if part),
                "city": for_whom.city,
                "prefecture": for_whom.prefecture_code,
                "postal_code": for_whom.postal_code,
                "phone": for_whom.phone,
                "email": for_whom.email,
                "service": contract.product_name,
                "manufacturer_part_number": contract.manufacturer_part_number,
                "sku": contract.sku,
                "seats": lot.seats,
            },
        )
        mails.append(_mail(desk, day, MailKind.COMPLETED, account.number, person, text, contract=contract.number))
    if mails:
        session.execute(insert(Mail), mails)


def changed(session: Session, desk: Desk, by: SignedIn, contract: Contract, change: Change, day: date) -> None:
    """変更手続きを送信いただきますと、変更通知のメールが届きます: what, how many, from when; or taken back."""
    withdrawn = change.status == "withdrawn"
    text = mail_text(
        MailKind.CHANGED,
        desk.mail,
        {
            "contract_number": contract.number,
            "customer_number": contract.end_user_number,
            "company": contract.end_user.company,
            "service": contract.product_name,
            "what": event_label("change-withdrawn" if withdrawn else change.kind, desk.mail.language),
            "seats": change.seats,
            "effective_on": change.effective_on,
            "deadline": change.deadline,
            "applied_on": change.applied_on,
            "person": by.name,
        },
    )
    person = contract.order.reseller_contact
    session.execute(
        insert(Mail),
        [_mail(desk, day, MailKind.CHANGED, contract.account_number, person, text, contract=contract.number)],
    )


def invoiced(session: Session, desk: Desk, invoices: Iterable[int], day: date) -> None:
    """処理完了の翌月初にリセラー様へ請求書発行: one mail for each invoice, to the account's first contact."""
    mails = []
    for invoice in session.scalars(select(Invoice).where(Invoice.id.in_(list(invoices))).order_by(Invoice.id)):
        person = session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.account_number == invoice.account_number, Person.has_stellr)
            .order_by(Person.id)
            .limit(1)
        ).first()
        if person is None:
            continue
        lines = session.scalars(
            select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id).order_by(InvoiceLine.position)
        )
        text = mail_text(
            MailKind.INVOICED,
            desk.mail,
            {
                "month": f"{invoice.month:%Y-%m}",
                "number": invoice.number,
                "account_number": invoice.account_number,
                "issued_on": invoice.issued_on,
                "lines": "\n".join(
                    f"{one.contract_number} | {one.product_name} | {one.po_number} | {one.first_day} ~ {one.last_day} "
                    f"| {one.seats} x {money.yen(one.unit_price)} | {money.yen(one.amount)}"
                    for one in lines
                ),
                "subtotal": money.yen(invoice.subtotal),
                "tax_percent": invoice.tax_percent,
                "tax": money.yen(invoice.tax),
                "total": money.yen(invoice.total),
            },
        )
        mails.append(_mail(desk, day, MailKind.INVOICED, invoice.account_number, person, text, invoice=invoice.id))
    if mails:
        session.execute(insert(Mail), mails)


def new_message_id() -> str:
    """What a mail is known by wherever it goes, and however often it has to be handed over: its Message-ID."""
    return f"{uuid4().hex}@{MESSAGE_ID_DOMAIN}"


def _mail(
    desk: Desk,
    day: date,
    kind: MailKind,
    account: str,
    person: Person,
    text: MailText,
    *,
    contract: int | None = None,
    invoice: int | None = None,
) -> dict[str, object]:
    return {
        "account_number": account,
        "kind": kind,
        "message_id": new_message_id(),
        "recipient_id": person.id,
        "recipient_name": person.name,
        "recipient": person.email,
        "subject": text.subject[:300],
        "body": text.body,
        "written_on": day,
        "written_at": desk.now(),
        "status": MailStatus.WAITING,
        "contract_number": contract,
        "invoice_id": invoice,
    }

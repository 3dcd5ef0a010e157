"""What a new training database holds: the manual's own reseller, end user and numbers, and a login for everyone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from stellr_tui.desk.clock import read_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import index_for_search
from stellr_tui.desk.passwords import hashed
from stellr_tui.desk.people import sign_in
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.policy import Approval
from stellr_tui.rules.roles import Role
from stellr_tui.store.tables import BillingAccount, Book, Contact, Counter, EndUser, Location, Membership, Person

# An order sent on this day is delivered on 2024-03-20 and runs 2024/03/21 ~ 2025/03/20, as オーダー⑥ shows it.
FIRST_DAY = date(2024, 3, 11)
ACCOUNT = "700100"
LOGIN = "lucyj@synnex.com"
OPERATOR = "operator"
PASSWORD = "stellr-demo"  # shown to everyone: a training database has nothing to protect
CUSTOMER = 159813
FIRST_CONTRACT = 81766


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """The login that a training database shows to everyone.

    operator: the login of the one who approves, with the same password; empty where nobody has to.
    """

    login: str
    password: str
    operator: str = ""


def furnish(session: Session, moment: datetime) -> None:
    """Fill an empty order book for training; `moment` is when it is made."""
    session.add(Book(id=1, mode="training", today=FIRST_DAY, closed_through=FIRST_DAY, created_at=moment))
    session.add(Counter(name="contract", next=FIRST_CONTRACT))
    session.add(Counter(name="customer", next=CUSTOMER + 1))
    account = BillingAccount(
        number=ACCOUNT,
        reseller="SYNNEX DEMO ACCT",
        postal_code="1358559",
        prefecture_code="13",
        city="江東区",
        address="東京都江東区東陽 SYNNEX DEMO ACCT *** DO NOT SHIP ***",
    )
    password = hashed(PASSWORD)
    lucy = Person(
        login="lucy", email=LOGIN, name="Lucy Jin", phone="01-2345-2345", password_hash=password, role=Role.CLERK
    )
    # Of the portal's own side: no リセラー担当者 of an order.
    operator = Person(
        login=OPERATOR,
        email="operator@example.com",
        name="Stellr Operator",
        phone="0312345678",
        password_hash=password,
        role=Role.OPERATOR,
        has_stellr=False,
    )
    session.add(account)
    for person in (lucy, operator):
        session.add(person)
        session.flush()
        session.add(Membership(person_id=person.id, account_number=ACCOUNT))
    end_user = EndUser(
        number=CUSTOMER,
        account_number=ACCOUNT,
        company="テスト株式会社",
        company_kana="テストカブシキガイシャ",
        created_at=moment,
        locations=[
            Location(name="テスト株式会社", postal_code="1350001", prefecture_code="13", city="江東区", address1="毛利")
        ],
        contacts=[Contact(name="テスト太郎", phone="03123456798", email="test@company.com")],
    )
    index_for_search(end_user)
    session.add(end_user)


def demo_login(desk: Desk) -> DemoLogin | None:
    """The login to show on the first screen: only in a training database, and only while it still works."""
    if not read_clock(desk).is_training or not _opens(desk, LOGIN):
        return None
    has_operator = desk.policy.approval is Approval.OPERATOR and _opens(desk, OPERATOR)
    return DemoLogin(LOGIN, PASSWORD, OPERATOR if has_operator else "")


def _opens(desk: Desk, login: str) -> bool:
    try:
        sign_in(desk, login, PASSWORD)
    except Refused:
        return False
    return True

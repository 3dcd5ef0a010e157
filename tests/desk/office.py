"""The people of the desk's tests, the manual's form, and the steps of an order that most tests only pass through."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from typing import TypeVar

from sqlalchemy import func, select, update

from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.document import DocumentLine, OrderDocument
from stellr_tui.desk.end_users import ContactForm, EndUserForm, LocationForm, add_end_user, end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import Details, Order, OrderForm, place_order
from stellr_tui.desk.people import at_the_command_line
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.training import ACCOUNT, CUSTOMER, OPERATOR
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.store.tables import BillingAccount, Book, Membership, Person, Table

Answer = TypeVar("Answer")

NOON = datetime(2024, 3, 11, 3, 0, tzinfo=UTC)
ANNUAL = "6900990"
MONTHLY = "9900990"
RIVALS_ACCOUNT = "700200"

# The manual's own, オーダー③.
FORM = EndUserForm(
    company="テスト株式会社",
    company_kana="テストカブシキガイシャ",
    locations=(LocationForm(location="テスト株式会社", postal_code="1350001", address1="123 BLDG"),),
    contacts=(ContactForm("テスト太郎", "0312345678", "test@yourcompany.com"),),
    security_contact=ContactForm("テスト太郎", "0312345678", "test@yourcompany.com"),
)

# The manual's own, オーダー⑥.
DETAILS = Details("テスト太郎", "太郎", "test@company.com", "03123456789", "営業部")

# A company that is not there yet; the manual's own is, in every training database.
SAMPLE = replace(FORM, company="サンプル株式会社")

DOCUMENT = OrderDocument(
    po_number="PO-2024-001",
    lines=(DocumentLine(ANNUAL, 1),),
    new_customer=SAMPLE,
    end_user_order_number="EU-7",
    department="営業部",
)


def add_colleague(desk: Desk, login: str = "hanako", account: str = ACCOUNT) -> SignedIn:
    """A person of a billing account, with a password that nothing fits."""
    with desk.store.writing() as session:
        person = Person(
            login=login, email=f"{login}@example.com", name=f"山田 {login}", phone="0312345678", password_hash="none"
        )
        session.add(person)
        session.flush()
        session.add(Membership(person_id=person.id, account_number=account))
    return at_the_command_line(desk, account, login)


def add_account(desk: Desk, number: str = RIVALS_ACCOUNT, reseller: str = "株式会社ほかの販売店") -> None:
    with desk.store.writing() as session:
        session.add(
            BillingAccount(
                number=number,
                reseller=reseller,
                postal_code="1350001",
                prefecture_code="13",
                city="江東区",
                address="毛利 1",
            )
        )


def an_operator(desk: Desk, account: str = ACCOUNT) -> SignedIn:
    """The operator of the training database, who works for this billing account, too."""
    with desk.store.writing() as session:
        person = session.execute(select(Person.id).where(Person.login == OPERATOR)).scalar_one()
        session.merge(Membership(person_id=person, account_number=account))
    return at_the_command_line(desk, account, OPERATOR)


def add_rival(desk: Desk) -> SignedIn:
    add_account(desk)
    return add_colleague(desk, "rival", RIVALS_ACCOUNT)


def go_live(desk: Desk, moment: datetime) -> Desk:
    """The same order book for real work, at a moment."""
    with desk.store.writing() as session:
        session.execute(update(Book).values(mode="live", today=None))
    return replace(desk, now=lambda: moment)


def order_form(desk: Desk, by: SignedIn, customer: int = CUSTOMER, po_number: str = "sourcenexttest") -> OrderForm:
    """The order page filled in for an end user's first location and contact."""
    chosen = end_user(desk, by, customer)
    return OrderForm(by.person_id, customer, chosen.locations[0].id, chosen.contacts[0].id, po_number)


def an_order(
    desk: Desk,
    by: SignedIn,
    seats: int = 1,
    *,
    sku: str = ANNUAL,
    customer: int = CUSTOMER,
    po_number: str = "sourcenexttest",
) -> Order:
    """発注する with one product: a PO that is not sent yet."""
    put_in_cart(desk, by, [Choice(sku, seats)])
    return place_order(desk, by, order_form(desk, by, customer, po_number))


def a_sent_order(
    desk: Desk,
    by: SignedIn,
    seats: int = 1,
    *,
    sku: str = ANNUAL,
    customer: int = CUSTOMER,
    po_number: str = "sourcenexttest",
) -> Order:
    order = an_order(desk, by, seats, sku=sku, customer=customer, po_number=po_number)
    return send_provisioning(desk, by, order.id, DETAILS)


def another_end_user(desk: Desk, by: SignedIn, company: str, **more: str) -> int:
    """The number of a new end user with this name; `company_kana`, `name`, `phone` and `email` as wished."""
    form = replace(
        FORM,
        company=company,
        company_kana=more.get("company_kana", "カイシャ"),
        locations=(replace(FORM.locations[0], location="本社"),),
        contacts=(ContactForm(more.get("name", "佐藤"), more.get("phone", "0312345678"), more.get("email", "a@b.co")),),
        security_contact=ContactForm(),
    )
    return add_end_user(desk, by, form).number


def turn_to(desk: Desk, day: str) -> None:
    """Let it be a later day, written YYYY-MM-DD."""
    set_clock(desk, date.fromisoformat(day))


def row_counts(desk: Desk) -> Mapping[str, int]:
    """How many rows every table has."""
    with desk.store.reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Table.metadata.sorted_tables
        }


def everything(desk: Desk) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of every table, the counters included."""
    with desk.store.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Table.metadata.sorted_tables
        }


def all_but_drafts(desk: Desk) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row but those of orders half entered, which a screen keeps as they are typed."""
    return {name: rows for name, rows in everything(desk).items() if name != "order_draft"}


def at_once(*tasks: Callable[[], Answer]) -> list[Answer | Refused]:
    """What each task answers, all begun at the same moment in threads of their own; a refusal is an answer."""
    ready = Barrier(len(tasks))

    def run(task: Callable[[], Answer]) -> Answer | Refused:
        ready.wait()
        try:
            return task()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(tasks)) as threads:
        return [begun.result() for begun in [threads.submit(run, task) for task in tasks]]


def reasons(refused: Refused) -> list[Reason]:
    return [one.reason for one in refused.findings]

"""Who works at the desk: signing in, billing accounts, and the contacts an order can name."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import Account, KnownPerson, SignedIn
from stellr_tui.desk.pages import is_key, storable
from stellr_tui.desk.passwords import fits
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.roles import Role, may_answer
from stellr_tui.rules.status import Event
from stellr_tui.store.tables import BillingAccount, Membership, Person


@dataclass(frozen=True, slots=True)
class ResellerContact:
    """リセラー担当者: someone with a Stellr account."""

    id: int
    name: str
    phone: str
    email: str

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}, {self.email}"


def sign_in(desk: Desk, login: str, password: str) -> KnownPerson:
    """ECNex login with an e-mail address or a login ID.

    Refused: WRONG_LOGIN, which reads the same for an unknown login, a wrong password and a person without account.
    """
    with desk.store.reading() as session:
        stored = session.scalar(select(Person.password_hash).where(_is_login(login)))
    if not fits(password, stored):
        raise Refused(Finding(Reason.WRONG_LOGIN, "login"))
    return known_as(desk, login)


def known_as(desk: Desk, login: str) -> KnownPerson:
    """Who has this e-mail address or login ID, for a caller who has no password to ask for.

    Refused: WRONG_LOGIN, also for a person without account.
    """
    with desk.store.reading() as session:
        person = session.scalar(select(Person).where(_is_login(login)))
        accounts = _accounts(session, person.id) if person else ()
    if person is None or not accounts:
        raise Refused(Finding(Reason.WRONG_LOGIN, "login"))
    return KnownPerson(person.id, person.name, accounts, may_answer(person.role, desk.policy.approval))


def choose_account(person: KnownPerson, number: str | None = None) -> SignedIn:
    """Work for one of the person's billing accounts (目的の請求先口座番号を使用してください).

    Refused: ACCOUNT_NEEDED if there are several and none is named, NOT_YOUR_ACCOUNT (facts of both: allowed).
    """
    numbers = {"allowed": ", ".join(account.number for account in person.accounts)}
    if number is None:
        if len(person.accounts) > 1:
            raise Refused(Finding(Reason.ACCOUNT_NEEDED, "account", "", numbers))
        return SignedIn(person.id, person.name, person.accounts[0], person.may_answer)
    for account in person.accounts:
        if account.number == number:
            return SignedIn(person.id, person.name, account, person.may_answer)
    raise Refused(Finding(Reason.NOT_YOUR_ACCOUNT, "account", number, numbers))


def at_the_command_line(desk: Desk, number: str | None = None, login: str | None = None) -> SignedIn:
    """Who acts in a command: whoever can open the database works for any of its accounts, as its first person.

    With a login ID or e-mail address, as that person. Refused: NOT_A_CHOICE (`--as`), ACCOUNT_NEEDED, NOT_YOUR_ACCOUNT.
    """
    meant = Person.has_stellr if login is None else _is_login(login)
    with desk.store.reading() as session:
        rows = session.execute(
            select(BillingAccount, Person)
            .join(Membership, Membership.account_number == BillingAccount.number)
            .join(Person, Person.id == Membership.person_id)
            .where(meant)
            .order_by(BillingAccount.number, Person.id)
        ).all()
        if login is not None and not rows:
            allowed = session.scalars(select(Person.login).join(Membership).distinct().order_by(Person.login)).all()
            raise Refused(Finding(Reason.NOT_A_CHOICE, "--as", login, {"allowed": ", ".join(allowed)}))
    first: dict[str, tuple[Account, Person]] = {}
    for account, person in rows:
        first.setdefault(account.number, (Account(account.number, account.reseller), person))
    everyone = KnownPerson(0, "", tuple(account for account, _person in first.values()))
    chosen = choose_account(everyone, number).account
    acting = first[chosen.number][1]
    return SignedIn(acting.id, acting.name, chosen, may_answer(acting.role, desk.policy.approval))


def reseller_contacts(desk: Desk, by: SignedIn) -> tuple[ResellerContact, ...]:
    """リセラー担当者 to choose from: everyone of this billing account who has a Stellr account, by name."""
    with desk.store.reading() as session:
        permit(session, by)
        rows = session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.account_number == by.account.number, Person.has_stellr)
            .order_by(Person.name, Person.id)
        )
        return tuple(ResellerContact(one.id, one.name, one.phone, one.email) for one in rows)


def permit(session: Session, by: SignedIn, *, one_at_a_time: bool = False) -> None:
    """Refused (NOT_YOUR_ACCOUNT) unless the person may still work for the billing account.

    `one_at_a_time` lets a second transaction of the same person and account wait here for the first one's end.
    """
    key = (by.person_id, by.account.number)
    lock = True if one_at_a_time else None
    if not is_key(by.person_id) or session.get(Membership, key, with_for_update=lock) is None:
        raise Refused(Finding(Reason.NOT_YOUR_ACCOUNT, "account", by.account.number))


def permit_answer(session: Session, desk: Desk, by: SignedIn, event: Event) -> None:
    """Refused (OPERATORS_ONLY, facts: event, allowed) unless 承認 and 差戻し are for the person's role."""
    if may_answer(session.get_one(Person, by.person_id).role, desk.policy.approval):
        return
    operators = session.scalars(
        select(Person.login)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.account_number == by.account.number, Person.role == Role.OPERATOR)
        .order_by(Person.login)
    ).all()
    facts = {"event": event, "allowed": ", ".join(operators) or None}
    raise Refused(Finding(Reason.OPERATORS_ONLY, "", by.name, facts))


def _is_login(given: str) -> ColumnElement[bool]:
    """Whether somebody is meant by a login ID or an e-mail address, in any case."""
    typed = storable(given.strip())
    wanted = typed.lower()
    # As typed, too: SQLite's lower() knows no letters but ASCII's.
    return or_(func.lower(Person.login) == wanted, func.lower(Person.email) == wanted, Person.login == typed)


def _accounts(session: Session, person_id: int) -> tuple[Account, ...]:
    rows = session.scalars(
        select(BillingAccount)
        .join(Membership, Membership.account_number == BillingAccount.number)
        .where(Membership.person_id == person_id)
        .order_by(BillingAccount.number)
    )
    return tuple(Account(one.number, one.reseller) for one in rows)

"""Signing in, and choosing the billing account to work for."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import extract_parameters
from sqlalchemy import delete, update

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import Account, SignedIn
from stellr_tui.desk.passwords import fits, hashed
from stellr_tui.desk.people import at_the_command_line, choose_account, known_as, reseller_contacts, sign_in
from stellr_tui.desk.training import ACCOUNT, PASSWORD, DemoLogin, demo_login
from stellr_tui.rules.findings import Reason, Refused
from stellr_tui.store.tables import Membership, Person
from tests.desk.office import NOON, RIVALS_ACCOUNT, add_account, add_colleague, go_live
from tests.rules.refusals import refusal_of

ROOT = Path(__file__).parents[2]


def join(desk: Desk, person_id: int, account: str) -> None:
    with desk.store.writing() as session:
        session.add(Membership(person_id=person_id, account_number=account))


@pytest.mark.parametrize(
    "login", ["lucy", "lucyj@synnex.com", "Lucy", "LUCY", "LucyJ@Synnex.COM", " lucy ", "lucyj@synnex.com\n"]
)
def test_a_login_id_and_an_e_mail_address_open_the_door_in_any_case(desk: Desk, login: str) -> None:
    person = sign_in(desk, login, PASSWORD)
    assert person.name == "Lucy Jin"
    assert person.accounts == (Account(ACCOUNT, "SYNNEX DEMO ACCT"),)


def test_a_login_stored_with_capitals_is_found_in_any_case(desk: Desk) -> None:
    taro = add_colleague(desk, "Taro.Y")
    with desk.store.writing() as session:
        session.execute(update(Person).where(Person.id == taro.person_id).values(password_hash=hashed("taros")))
    assert sign_in(desk, "taro.y", "taros").id == taro.person_id
    assert sign_in(desk, "TARO.Y@EXAMPLE.COM", "taros").id == taro.person_id


def test_a_login_in_full_width_letters_is_found_as_it_was_made(desk: Desk) -> None:
    taro = add_colleague(desk, "Ｔａｒｏ")
    with desk.store.writing() as session:
        session.execute(update(Person).where(Person.id == taro.person_id).values(password_hash=hashed("taros")))
    assert sign_in(desk, "Ｔａｒｏ", "taros").id == taro.person_id


def test_an_unknown_login_a_wrong_password_and_someone_without_account_read_the_same(desk: Desk) -> None:
    unknown = refusal_of(sign_in, desk, "nobody", PASSWORD)
    wrong = refusal_of(sign_in, desk, "lucy", "stellr-dem0")
    with desk.store.writing() as session:
        session.execute(delete(Membership))
    without_account = refusal_of(sign_in, desk, "lucy", PASSWORD)
    assert unknown == replace(wrong, given=unknown.given) == replace(without_account, given=unknown.given)
    assert unknown.reason is Reason.WRONG_LOGIN


@pytest.mark.parametrize(
    "password", ["", " ", "STELLR-DEMO", "stellr-demo ", "stellr-dem", "\x00", "p" * 100_000, "\ud800"]
)
def test_no_other_password_fits(desk: Desk, password: str) -> None:
    assert refusal_of(sign_in, desk, "lucy", password).reason is Reason.WRONG_LOGIN


@pytest.mark.parametrize("login", ["", " ", "%", "l_cy", "lucy\x00", "l" * 5_000, "\ud800", "' OR 1=1 --", "lucyj"])
def test_nothing_typed_as_a_login_opens_the_door_or_breaks_it(desk: Desk, login: str) -> None:
    assert refusal_of(sign_in, desk, login, PASSWORD).reason is Reason.WRONG_LOGIN


def test_a_refusal_never_repeats_the_password(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        sign_in(desk, "lucy", "my secret")
    assert "my secret" not in repr(caught.value.findings) + str(caught.value)


def test_a_password_is_kept_as_a_salted_argon2_hash(desk: Desk) -> None:
    with desk.store.reading() as session:
        stored = session.query(Person).where(Person.login == "lucy").one().password_hash
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
    assert hashed(PASSWORD) != hashed(PASSWORD)
    assert fits(PASSWORD, stored)
    assert not fits(PASSWORD, None)


def test_guessing_a_stored_password_is_slow() -> None:
    # In a program of its own: the tests make their own hashes quicker.
    made = "from stellr_tui.desk.passwords import hashed; print(hashed('a password'))"
    stored = subprocess.run([sys.executable, "-c", made], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    cost = extract_parameters(stored.strip())
    assert cost.memory_cost >= 64 * 1024  # KiB
    assert cost.time_cost >= 3


def test_somebody_can_be_known_without_a_password_but_not_without_an_account(desk: Desk) -> None:
    assert known_as(desk, "lucyj@synnex.com") == sign_in(desk, "lucy", PASSWORD)
    assert refusal_of(known_as, desk, "nobody").reason is Reason.WRONG_LOGIN
    with desk.store.writing() as session:
        session.execute(delete(Membership))
    assert refusal_of(known_as, desk, "lucy").reason is Reason.WRONG_LOGIN


def test_the_only_account_is_chosen_by_itself(desk: Desk) -> None:
    signed_in = choose_account(sign_in(desk, "lucy", PASSWORD))
    assert signed_in.account.number == ACCOUNT
    assert signed_in.name == "Lucy Jin"


def test_of_several_accounts_one_must_be_named(desk: Desk, lucy: SignedIn) -> None:
    add_account(desk)
    join(desk, lucy.person_id, RIVALS_ACCOUNT)
    person = sign_in(desk, "lucy", PASSWORD)
    assert [account.number for account in person.accounts] == [ACCOUNT, RIVALS_ACCOUNT]
    refusal = refusal_of(choose_account, person)
    assert refusal.reason is Reason.ACCOUNT_NEEDED
    assert ACCOUNT in str(refusal.facts["allowed"])
    assert RIVALS_ACCOUNT in str(refusal.facts["allowed"])
    assert choose_account(person, RIVALS_ACCOUNT).account == Account(RIVALS_ACCOUNT, "株式会社ほかの販売店")


@pytest.mark.parametrize("number", [RIVALS_ACCOUNT, "999999", "7001", ""])
def test_an_account_of_someone_else_cannot_be_chosen(desk: Desk, number: str) -> None:
    add_account(desk)
    refusal = refusal_of(choose_account, sign_in(desk, "lucy", PASSWORD), number)
    assert refusal.reason is Reason.NOT_YOUR_ACCOUNT
    assert refusal.given == number
    assert RIVALS_ACCOUNT not in str(refusal.facts["allowed"])


def test_the_command_line_works_for_any_account_of_the_database(desk: Desk) -> None:
    assert at_the_command_line(desk).account.number == ACCOUNT
    add_account(desk)
    rival = add_colleague(desk, "rival", RIVALS_ACCOUNT)
    assert refusal_of(at_the_command_line, desk).reason is Reason.ACCOUNT_NEEDED
    assert at_the_command_line(desk, RIVALS_ACCOUNT) == rival
    assert refusal_of(at_the_command_line, desk, "999999").reason is Reason.NOT_YOUR_ACCOUNT


def test_the_command_line_acts_as_the_first_person_of_an_account(desk: Desk, lucy: SignedIn) -> None:
    add_colleague(desk, "aaron")
    assert at_the_command_line(desk) == lucy


def test_only_those_of_the_account_with_a_stellr_account_can_be_reseller_contact(desk: Desk, lucy: SignedIn) -> None:
    without_stellr = add_colleague(desk, "without")
    with desk.store.writing() as session:
        session.execute(update(Person).where(Person.id == without_stellr.person_id).values(has_stellr=False))
    add_account(desk)
    add_colleague(desk, "rival", RIVALS_ACCOUNT)
    (contact,) = reseller_contacts(desk, lucy)
    assert (contact.name, contact.phone, contact.email) == ("Lucy Jin", "01-2345-2345", "lucyj@synnex.com")


def test_a_training_database_shows_its_login(desk: Desk) -> None:
    shown = demo_login(desk)
    assert shown == DemoLogin("lucyj@synnex.com", "stellr-demo")
    assert sign_in(desk, shown.login, shown.password).name == "Lucy Jin"


def test_a_training_database_shows_no_login_that_no_longer_works(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.execute(update(Person).values(password_hash=hashed("another")))
    assert demo_login(desk) is None


def test_a_live_database_never_shows_a_login(desk: Desk) -> None:
    assert demo_login(go_live(desk, NOON)) is None

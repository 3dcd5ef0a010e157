"""An end user is changed: what is kept, who is told when two do so, and what never changes with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from stellr_tui.desk.approval import send_back
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import (
    EndUserEdit,
    add_contact,
    change_end_user,
    changed_since,
    edit_from,
    edit_of,
    end_user_history,
    record_of,
)
from stellr_tui.desk.end_user_history import Happening, PastChange
from stellr_tui.desk.end_users import (
    ContactForm,
    LocationForm,
    end_user,
    search_end_users,
    set_storefront_access,
)
from stellr_tui.desk.forwarding import draft_forward
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import OrderForm, place_order, read_order
from stellr_tui.desk.outbox import list_mail, read_mail
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.remarks import remarks_on_edit
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.rules.findings import Finding, Reason, Refused
from stellr_tui.rules.merging import collisions, merged
from tests.desk.office import (
    ANNUAL,
    DETAILS,
    a_sent_order,
    an_order,
    another_end_user,
    at_once,
    everything,
    turn_to,
)
from tests.rules.refusals import findings_of, refusal_of

TOYO = LocationForm("東陽支店", "1350016", "東陽1-1", "", "江東区", "東京都")
SATO = ContactForm("佐藤花子", "0398765432", "sato@company.com")


def edit(desk: Desk, by: SignedIn, number: int = CUSTOMER) -> EndUserEdit:
    """The form as it is filled when it is opened now."""
    return edit_of(end_user(desk, by, number))


def company(one: EndUserEdit, company: str | None = None, company_kana: str | None = None) -> EndUserEdit:
    form = one.form
    kana = form.company_kana if company_kana is None else company_kana
    return replace(one, form=replace(form, company=form.company if company is None else company, company_kana=kana))


def place(one: EndUserEdit, **changes: str) -> EndUserEdit:
    locations = (replace(one.form.locations[0], **changes), *one.form.locations[1:])
    return replace(one, form=replace(one.form, locations=locations))


def person(one: EndUserEdit, **changes: str) -> EndUserEdit:
    contacts = (replace(one.form.contacts[0], **changes), *one.form.contacts[1:])
    return replace(one, form=replace(one.form, contacts=contacts))


def with_more(one: EndUserEdit, location: LocationForm = TOYO, contact: ContactForm = SATO) -> EndUserEdit:
    form = replace(one.form, locations=(*one.form.locations, location), contacts=(*one.form.contacts, contact))
    return replace(one, form=form, locations=(*one.locations, -1), contacts=(*one.contacts, -2))


def without_first(one: EndUserEdit) -> EndUserEdit:
    form = replace(one.form, locations=one.form.locations[1:], contacts=one.form.contacts[1:])
    return replace(one, form=form, locations=one.locations[1:], contacts=one.contacts[1:])


def history(desk: Desk, by: SignedIn, number: int = CUSTOMER) -> list[PastChange]:
    """What happened to an end user, the oldest first."""
    return list(reversed(end_user_history(desk, by, number).rows))


def told(changes: list[PastChange]) -> list[tuple[str, str, str, str, str]]:
    return [(one.person_name, one.kind, one.field, one.before, one.after) for one in changes]


def test_what_is_typed_is_kept_and_found_and_stands_in_the_history(desk: Desk, lucy: SignedIn) -> None:
    typed = person(
        place(company(edit(desk, lucy), company="改名株式会社", company_kana="かいめい"), address1="毛利 2-2"),
        phone="０３-９８７６-５４３２",
    )
    changed = change_end_user(desk, lucy, CUSTOMER, replace(typed, microsoft_id="kaimei.onmicrosoft.com"))
    assert changed == end_user(desk, lucy, CUSTOMER)
    assert (changed.company, changed.company_kana, changed.version) == ("改名株式会社", "カイメイ", 2)
    assert changed.contacts[0].phone == "03-9876-5432"
    for searched in ("改名", "0398765432", "KAIMEI.onmicrosoft"):
        assert [one.number for one in search_end_users(desk, lucy, searched).rows] == [CUSTOMER]
    assert search_end_users(desk, lucy, "テスト株式会社").rows == ()
    assert told(history(desk, lucy)) == [
        (lucy.name, "changed", "company", "テスト株式会社", "改名株式会社"),
        (lucy.name, "changed", "company_kana", "テストカブシキガイシャ", "カイメイ"),
        (lucy.name, "changed", "microsoft_id", "", "kaimei.onmicrosoft.com"),
        (lucy.name, "changed", "address1", "毛利", "毛利 2-2"),
        (lucy.name, "changed", "phone", "03123456798", "03-9876-5432"),
    ]


def test_a_form_that_was_only_opened_and_saved_changes_nothing(desk: Desk, lucy: SignedIn) -> None:
    before = everything(desk)
    assert change_end_user(desk, lucy, CUSTOMER, edit(desk, lucy)).version == 1
    assert everything(desk) == before


def test_a_form_is_the_same_through_its_record_and_back(desk: Desk, lucy: SignedIn) -> None:
    filled = with_more(replace(edit(desk, lucy), microsoft_id="a.onmicrosoft.com"))
    assert edit_from(record_of(filled), filled.seen) == filled


WRONG: list[tuple[Callable[[EndUserEdit], EndUserEdit], str, Reason]] = [
    (lambda one: company(one, company=""), "company", Reason.REQUIRED),
    (lambda one: company(one, company_kana="漢字"), "company_kana", Reason.NOT_KATAKANA),
    (lambda one: place(one, postal_code="135"), "postal_code", Reason.NOT_A_POSTAL_CODE),
    (lambda one: place(one, prefecture="東京"), "prefecture", Reason.NOT_A_PREFECTURE),
    (lambda one: person(one, phone="12"), "contact.phone", Reason.NOT_A_PHONE_NUMBER),
    (lambda one: person(one, email="test@"), "contact.email", Reason.NOT_AN_EMAIL),
    (lambda one: replace(one, microsoft_id="\x1b[31m"), "microsoft_id", Reason.CONTROL_CHARACTER),
    (lambda one: with_more(one, location=LocationForm()), "locations.2.location", Reason.REQUIRED),
    (lambda one: with_more(one, contact=replace(SATO, email="x")), "contacts.2.email", Reason.NOT_AN_EMAIL),
    (without_first, "location", Reason.REQUIRED),
    (lambda one: replace(one, locations=(999,)), "location", Reason.UNKNOWN_LOCATION),
    (lambda one: replace(one, contacts=(999,)), "contact.name", Reason.UNKNOWN_CONTACT),
]


@pytest.mark.parametrize(("wrong", "field", "reason"), WRONG)
def test_what_a_new_end_user_may_not_have_a_changed_one_may_not_either(
    desk: Desk, lucy: SignedIn, wrong: Callable[[EndUserEdit], EndUserEdit], field: str, reason: Reason
) -> None:
    before = everything(desk)
    found = findings_of(change_end_user, desk, lucy, CUSTOMER, wrong(edit(desk, lucy)))
    assert (found[0].field, found[0].reason) == (field, reason)
    assert everything(desk) == before


def test_every_mistake_is_named_at_once(desk: Desk, lucy: SignedIn) -> None:
    wrong = replace(person(company(edit(desk, lucy), company=""), email=""), microsoft_id="\x00")
    fields = [one.field for one in findings_of(change_end_user, desk, lucy, CUSTOMER, wrong)]
    assert fields == ["company", "contact.email", "microsoft_id"]


def test_locations_and_contacts_are_added_retired_and_taken_up_again(desk: Desk, lucy: SignedIn) -> None:
    first = edit(desk, lucy)
    more = change_end_user(desk, lucy, CUSTOMER, with_more(first))
    assert [one.name for one in more.locations] == ["テスト株式会社", "東陽支店"]
    assert [one.name for one in more.contacts] == ["テスト太郎", "佐藤花子"]
    fewer = change_end_user(desk, lucy, CUSTOMER, without_first(edit_of(more)))
    assert [one.name for one in fewer.locations] == ["東陽支店"]
    assert [one.name for one in fewer.contacts] == ["佐藤花子"]
    assert search_end_users(desk, lucy, "テスト太郎").rows == ()
    again = change_end_user(desk, lucy, CUSTOMER, replace(edit_of(more), seen=fewer.version))
    assert again.locations == more.locations
    assert again.contacts == more.contacts
    kinds = [(one.kind, one.part[0], one.before, one.after) for one in history(desk, lucy)]
    office, taro = "テスト株式会社, 1350001, 毛利, 江東区, 東京都", "テスト太郎, 03123456798, test@company.com"
    toyo, sato = "東陽支店, 1350016, 東陽1-1, 江東区, 東京都", "佐藤花子, 0398765432, sato@company.com"
    assert kinds == [
        (Happening.ADDED, "location", "", toyo),
        (Happening.ADDED, "contact", "", sato),
        (Happening.RETIRED, "location", office, ""),
        (Happening.RETIRED, "contact", taro, ""),
        (Happening.RESTORED, "location", "", office),
        (Happening.RESTORED, "contact", "", taro),
    ]


def test_a_new_order_cannot_name_what_is_retired(desk: Desk, lucy: SignedIn) -> None:
    before = end_user(desk, lucy, CUSTOMER)
    more = change_end_user(desk, lucy, CUSTOMER, with_more(edit_of(before)))
    change_end_user(desk, lucy, CUSTOMER, without_first(edit_of(more)))
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    form = OrderForm(lucy.person_id, CUSTOMER, po_number="PO-1")
    for one, reason in (
        (replace(form, location_id=before.locations[0].id), Reason.UNKNOWN_LOCATION),
        (replace(form, contact_id=before.contacts[0].id), Reason.UNKNOWN_CONTACT),
    ):
        assert refusal_of(place_order, desk, lucy, one).reason is reason
    order = place_order(desk, lucy, form)
    assert (order.location.name, order.contact.name) == ("東陽支店", "佐藤花子")


# Two clerks


def test_the_second_to_save_is_told_who_was_first_and_nothing_is_stored(
    desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    lucys, hanakos = edit(desk, lucy), edit(desk, hanako)
    change_end_user(desk, hanako, CUSTOMER, company(hanakos, company="花子の会社"))
    before = everything(desk)
    refusal = refusal_of(change_end_user, desk, lucy, CUSTOMER, place(lucys, address1="毛利 9"))
    assert refusal.reason is Reason.CHANGED_MEANWHILE
    assert refusal.facts == {"person": hanako.name, "changed_at": "2024-03-11 12:00"}
    assert everything(desk) == before
    meanwhile = changed_since(desk, lucy, CUSTOMER, lucys.seen)
    assert meanwhile.end_user.company == "花子の会社"
    assert told(list(meanwhile.changes)) == [(hanako.name, "changed", "company", "テスト株式会社", "花子の会社")]


def test_what_both_typed_is_brought_together_and_then_saved(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    seen = edit(desk, lucy)
    ours = place(company(seen, company="ルーシーの会社"), address1="毛利 9")
    now = change_end_user(desk, hanako, CUSTOMER, with_more(company(seen, company="花子の会社", company_kana="ハナコ")))
    theirs = record_of(edit_of(now))
    found = collisions(record_of(seen), record_of(ours), theirs)
    assert [(one.field, one.ours, one.theirs) for one in found[:2]] == [
        ("company", "ルーシーの会社", "花子の会社"),
        ("company_kana", "テストカブシキガイシャ", "ハナコ"),
    ]
    assert [one.part[0] for one in found[2:]] == ["location", "contact"]
    both = edit_from(merged(record_of(ours), theirs, found[1:]), now.version)
    saved = change_end_user(desk, lucy, CUSTOMER, both)
    assert (saved.company, saved.company_kana) == ("ルーシーの会社", "ハナコ")
    assert saved.locations[0].address1 == "毛利 9"
    assert [one.name for one in saved.contacts] == ["テスト太郎", "佐藤花子"]


def test_what_is_overwritten_stays_in_the_history(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    ours = company(edit(desk, lucy), company="ルーシーの会社")
    now = change_end_user(desk, hanako, CUSTOMER, company(edit(desk, hanako), company="花子の会社"))
    change_end_user(desk, lucy, CUSTOMER, replace(ours, seen=now.version))
    assert told(history(desk, lucy))[-1] == (lucy.name, "changed", "company", "花子の会社", "ルーシーの会社")


def test_of_many_who_save_at_once_one_is_first_and_the_others_are_told(
    desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    typed = [company(edit(desk, lucy), company=f"会社{number}") for number in range(4)]
    answers = at_once(*(lambda one=one: change_end_user(desk, hanako, CUSTOMER, one) for one in typed))
    refused = [one for one in answers if isinstance(one, Refused)]
    assert len(refused) == 3
    assert {one.findings[0].reason for one in refused} == {Reason.CHANGED_MEANWHILE}
    assert end_user(desk, lucy, CUSTOMER).version == 2
    assert len(history(desk, lucy)) == 1


def test_a_contact_added_from_an_order_is_a_change_like_any_other(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    typed = company(edit(desk, lucy), company="ルーシーの会社")
    add_contact(desk, hanako, CUSTOMER, SATO)
    assert refusal_of(change_end_user, desk, lucy, CUSTOMER, typed).facts["person"] == hanako.name
    (change,) = history(desk, lucy)
    assert (change.kind, change.after) == (Happening.ADDED, "佐藤花子, 0398765432, sato@company.com")


def test_storefront_access_is_in_the_history_and_in_nobodys_way(desk: Desk, lucy: SignedIn, hanako: SignedIn) -> None:
    typed = company(edit(desk, lucy), company="ルーシーの会社")
    for allowed in (True, True, False):
        set_storefront_access(desk, hanako, CUSTOMER, allowed=allowed)
    change_end_user(desk, lucy, CUSTOMER, typed)
    assert told(history(desk, lucy))[:2] == [
        (hanako.name, "changed", "storefront_access", "no", "yes"),
        (hanako.name, "changed", "storefront_access", "yes", "no"),
    ]


def test_the_history_begins_with_who_added_the_end_user_and_is_read_in_pages(
    desk: Desk, lucy: SignedIn, hanako: SignedIn
) -> None:
    number = another_end_user(desk, hanako, "会社0")
    for count in range(1, 5):
        turn_to(desk, f"2024-03-{11 + count}")
        change_end_user(desk, lucy, number, company(edit(desk, lucy, number), company=f"会社{count}"))
    first = end_user_history(desk, lucy, number, limit=3)
    assert [one.after for one in first.rows] == ["会社4", "会社3", "会社2"]
    assert first.rows[0].happened_on == date(2024, 3, 15)
    rest = end_user_history(desk, lucy, number, after=first.next, limit=3)
    assert told(list(rest.rows))[-1] == (hanako.name, "added", "", "", "会社0")
    assert rest.next is None


# What stays as it was


def change_everything(desk: Desk, by: SignedIn) -> None:
    one = company(edit(desk, by), company="改名株式会社", company_kana="カイメイ")
    one = place(one, location="新本社", postal_code="5300001", address1="梅田", city="大阪市北区", prefecture="大阪府")
    change_end_user(desk, by, CUSTOMER, person(one, name="新任", phone="0699999999", email="new@company.com"))


def test_an_order_that_waits_follows_its_end_user_until_it_is_sent(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    change_everything(desk, lucy)
    assert read_order(desk, lucy, order.id).location.address1 == "梅田"
    send_provisioning(desk, lucy, order.id, DETAILS)
    sent_for = subscription(desk, lucy, order.contracts[0].number).sent_for
    assert sent_for is not None
    assert (sent_for.company, sent_for.contact) == ("改名株式会社", "新任")
    assert sent_for.address == "5300001 大阪府 大阪市北区 梅田"


def test_a_sent_contract_and_its_notice_keep_the_end_user_as_it_was(desk: Desk, lucy: SignedIn) -> None:
    (contract,) = a_sent_order(desk, lucy).contracts
    before = subscription(desk, lucy, contract.number).sent_for
    assert before is not None
    assert (before.company, before.location, before.address1) == ("テスト株式会社", "テスト株式会社", "毛利")
    change_everything(desk, lucy)
    assert subscription(desk, lucy, contract.number).sent_for == before
    turn_to(desk, "2024-03-20")
    (letter,) = list_mail(desk, lucy).rows
    body = read_mail(desk, lucy, letter.id).body
    assert all(words in body for words in ("テスト株式会社", "毛利", "1350001", "テスト太郎", "03123456798"))
    assert not any(words in body for words in ("改名", "梅田", "新任"))


def test_a_forward_goes_to_the_contact_as_it_is_now(desk: Desk, lucy: SignedIn) -> None:
    a_sent_order(desk, lucy)
    turn_to(desk, "2024-03-20")
    change_everything(desk, lucy)
    (letter,) = list_mail(desk, lucy).rows
    assert draft_forward(desk, lucy, letter.id).recipient == "new@company.com"


def test_an_order_sent_again_is_sent_for_the_end_user_as_it_then_is(desk: Desk, lucy: SignedIn) -> None:
    order = a_sent_order(desk, lucy)
    number = order.contracts[0].number
    send_back(desk, lucy, number, "住所が違います")
    change_everything(desk, lucy)
    send_provisioning(desk, lucy, order.id, DETAILS)
    sent_for = subscription(desk, lucy, number).sent_for
    assert sent_for is not None
    assert sent_for.address1 == "梅田"


def test_nothing_is_sent_for_anybody_before_it_is_sent(desk: Desk, lucy: SignedIn) -> None:
    order = an_order(desk, lucy)
    assert subscription(desk, lucy, order.contracts[0].number).sent_for is None


# What is unusual


def test_a_twin_is_named_while_an_end_user_is_changed_and_never_the_end_user_itself(desk: Desk, lucy: SignedIn) -> None:
    number = another_end_user(desk, lucy, "隣の会社")
    mine = edit(desk, lucy, number)
    assert not twins(remarks_on_edit(desk, lucy, number, mine).unusual)
    (twin,) = twins(remarks_on_edit(desk, lucy, number, company(mine, company="テスト 株式会社")).unusual)
    assert twin.facts["customer_number"] == CUSTOMER
    assert not twins(remarks_on_edit(desk, lucy, CUSTOMER, edit(desk, lucy)).unusual)


def test_what_would_be_refused_is_said_while_it_is_typed(desk: Desk, lucy: SignedIn) -> None:
    wrong = replace(person(edit(desk, lucy), email="x"), microsoft_id="\x00")
    assert [one.field for one in remarks_on_edit(desk, lucy, CUSTOMER, wrong).refused] == [
        "contact.email",
        "microsoft_id",
    ]


def twins(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if one.reason is Reason.LIKELY_KNOWN]

"""Every refusal of a field stands at that field; what was typed stays, and nothing is stored."""

from collections.abc import Mapping

import pytest

from stellr_tui.desk.cart import Choice, put_in_cart, saved_selections
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import field_at
from stellr_tui.desk.identity import SignedIn
from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import DEFAULT_LANGUAGE, LANGUAGES
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from tests.desk.office import ANNUAL, MONTHLY, add_colleague, all_but_drafts, an_order
from tests.screens.clerk import POCKETALK, Open
from tests.screens.filled import CONTACT, END_USER, FURTHER, fill_end_user, fill_order

ESCAPE = "赤\x1b[31m字"
OVERRIDE = "右\u202e左"
HIDDEN = (ESCAPE, OVERRIDE)

NAMES = ("長" * 101, *HIDDEN)
TEXTS = ("長" * 201, *HIDDEN)
KANA = ("", "Test Inc.", "試験株式会社", "カナ1", "ア" * 101, *HIDDEN)
POSTAL_CODES = ("", "135000", "13500011", "1350-0010", "江東区毛利", *HIDDEN)
PREFECTURES = ("東京", "Tokyo", "東京都江東区", *HIDDEN)
PHONES = ("", "031234567", "031234567890", "電話なし", "+81312345678", *HIDDEN)
EMAILS = ("", "test", "test@", "@yourcompany.com", "a b@yourcompany.com", "te@st@yourcompany.com", "試@例.jp", *HIDDEN)
QUANTITIES = (
    *("0", "-1", "+1", "1.5", "１．５", "10000", "１００００", "1,000", "二", "one", "1e2", "²"),
    *("\u202e1", "1\x1b"),
)
LONGEST_FIELD = 200

Values = tuple[str, ...]


def each_field(values: Mapping[str, Values]) -> pytest.MarkDecorator:
    """A test for each field, which types every value that must be refused there; in another language every second one.

    What is refused is the same in each language, and the sentences are few.
    """
    return pytest.mark.parametrize(
        ("spoken", "name", "values"),
        [
            pytest.param(spoken, name, bad[:: 1 if spoken == DEFAULT_LANGUAGE else 2], id=f"{spoken}-{name}")
            for spoken in LANGUAGES
            for name, bad in values.items()
        ],
    )


def is_harmless(painted: str) -> bool:
    """Whether nothing is sent to the terminal that it would obey."""
    return not any(one in painted for one in ("\x1b", "\u202e"))


# オーダー①


async def test_a_quantity_that_is_no_whole_number_of_1_to_9999_is_refused_at_its_field(
    portal: Open, desk: Desk
) -> None:
    name = f"quantity.{ANNUAL}"
    async with portal(POCKETALK) as clerk:
        before = all_but_drafts(desk)
        for bad in QUANTITIES:
            await clerk.types(name, bad)
            clerk.one("#plan-annual").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, "数量")
            assert is_harmless(clerk.painted())
            assert clerk.typed() == {name: bad, f"quantity.{MONTHLY}": ""}
        await clerk.settles()
        assert all_but_drafts(desk) == before
        assert clerk.app._places[-1] == POCKETALK


async def test_the_first_of_two_wrong_quantities_gets_the_focus(portal: Open, desk: Desk) -> None:
    async with portal(POCKETALK) as clerk:
        before = all_but_drafts(desk)
        clerk.one("#plan-monthly").focus()
        await clerk.presses("space")
        await clerk.types(f"quantity.{MONTHLY}", "-3")
        await clerk.types(f"quantity.{ANNUAL}", "0")
        clerk.control(f"quantity.{MONTHLY}").focus()
        await clerk.presses("ctrl+s")
        await clerk.refused_at(f"quantity.{ANNUAL}", "「0」")
        assert "「-3」" in clerk.finding(f"quantity.{MONTHLY}")
        assert all_but_drafts(desk) == before


async def test_nothing_chosen_is_refused_in_a_sentence(portal: Open) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: "商品と数量を選んで" in clerk.notices())
        assert clerk.app._places[-1] == POCKETALK


async def test_a_name_for_a_selection_that_is_none_is_refused_in_its_dialog(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    async with portal(POCKETALK) as clerk:
        await clerk.types(f"quantity.{ANNUAL}", "3")
        await clerk.presses("ctrl+g")
        await clerk.until(lambda: clerk.control("selection_name").has_focus)
        for bad in ("", "   ", *NAMES):
            await clerk.types("selection_name", bad)
            await clerk.presses("enter")
            await clerk.refused_at("selection_name", "構成名")
            assert is_harmless(clerk.painted())
            assert clerk.value("selection_name") == bad
        assert saved_selections(desk, lucy) == {}
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#throw-away"))
        await clerk.clicks("#throw-away")
        await clerk.until(lambda: clerk.value(f"quantity.{ANNUAL}") == "3")


# オーダー②④


@each_field({"po_number": ("", "   ", "P" * 41, *HIDDEN), "end_user_order_number": TEXTS})
async def test_a_field_of_the_order_page_that_is_refused_says_why(
    portal: Open, desk: Desk, lucy: SignedIn, name: str, values: Values
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        before = all_but_drafts(desk)
        await fill_order(clerk, {"po_number": "PO-1", "end_user_order_number": "EU-1"})
        for bad in values:
            await clerk.types(name, bad)
            typed = clerk.typed()
            clerk.one("#place-order").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, field_label(name))
            assert is_harmless(clerk.painted())
            assert clerk.typed() == typed
            assert typed[name] == bad
        assert all_but_drafts(desk) == before


async def test_an_order_without_an_end_user_is_refused_at_that_field(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        before = all_but_drafts(desk)
        await clerk.fills({"po_number": "PO-1", "end_user_order_number": "EU-1"})
        clerk.one("#place-order").focus()
        await clerk.presses("ctrl+s")
        await clerk.refused_at("end_user", "エンドユーザー情報")
        assert (clerk.value("po_number"), clerk.value("end_user_order_number")) == ("PO-1", "EU-1")
        assert all_but_drafts(desk) == before


async def test_with_two_reseller_contacts_one_must_be_chosen(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    add_colleague(desk)
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        before = all_but_drafts(desk)
        assert clerk.value("reseller_contact") == ""
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+s")
        await clerk.refused_at("reseller_contact", "リセラー担当者")
        assert clerk.value("po_number") == "PO-1"
        assert all_but_drafts(desk) == before


async def test_an_empty_order_page_names_every_missing_field_and_focuses_the_first(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    add_colleague(desk)
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        await clerk.presses("ctrl+s")
        await clerk.refused_at("reseller_contact", "リセラー担当者")
        assert clerk.refused() == ["reseller_contact", "end_user", "po_number"]


async def test_an_order_of_nothing_is_refused_in_a_sentence(portal: Open, desk: Desk) -> None:
    async with portal(places.NewOrder()) as clerk:
        before = all_but_drafts(desk)
        await fill_order(clerk, {"po_number": "PO-1"})
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: "カートに商品がありません" in clerk.notices())
        assert clerk.value("po_number") == "PO-1"
        assert all_but_drafts(desk) == before


@each_field({"contact.name": NAMES, "contact.phone": PHONES, "contact.email": EMAILS})
async def test_a_new_contact_for_an_order_is_checked_in_its_dialog(
    portal: Open, desk: Desk, lucy: SignedIn, name: str, values: Values
) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder()) as clerk:
        before = all_but_drafts(desk)
        await fill_order(clerk, {})
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.value("chosen_contact"))
        await clerk.fills({f"contact.{name}": good for name, good in CONTACT.items()})
        for bad in values:
            await clerk.types(name, bad)
            typed = clerk.typed()
            await clerk.clicks("#change")
            await clerk.refused_at(name, field_label(name))
            assert clerk.typed() == typed
        assert all_but_drafts(desk) == before


# オーダー③

BAD_PLACE = {
    "location": ("", *NAMES),
    "postal_code": POSTAL_CODES,
    "prefecture": PREFECTURES,
    "city": TEXTS,
    "address1": ("", *TEXTS),
    "address2": TEXTS,
}
BAD_CONTACT = {"name": ("", *NAMES), "phone": PHONES, "email": EMAILS}


@each_field(
    {
        "company": ("", *NAMES),
        "company_kana": KANA,
        "security_contact.name": NAMES,
        "security_contact.phone": PHONES[1:],
        "security_contact.email": EMAILS[1:],
        **BAD_PLACE,
        **{f"contact.{name}": bad for name, bad in BAD_CONTACT.items()},
    }
)
async def test_a_field_of_a_new_end_user_that_is_refused_says_why(
    portal: Open, desk: Desk, name: str, values: Values
) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        before = all_but_drafts(desk)
        await fill_end_user(clerk, END_USER)
        for bad in values:
            await clerk.types(name, bad)
            await clerk.settles()
            typed = clerk.typed()
            clerk.one("#save").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, field_label(name))
            assert clerk.refused() == [name]
            assert is_harmless(clerk.painted())
            await clerk.settles()
            assert clerk.typed() == typed
            assert typed[name] == bad
        assert all_but_drafts(desk) == before


async def test_a_field_of_a_second_contact_or_location_is_refused_at_its_own_place(portal: Open, desk: Desk) -> None:
    bad_fields = {
        **{field_at("locations", 1, name): bad[0] for name, bad in BAD_PLACE.items()},
        **{field_at("contacts", 1, name): bad[0] for name, bad in BAD_CONTACT.items()},
    }
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        before = all_but_drafts(desk)
        await clerk.presses("ctrl+l", "ctrl+n")
        await clerk.until(lambda: clerk.control("contacts.2.name").has_focus)
        await fill_end_user(clerk, END_USER | FURTHER)
        for name, bad in bad_fields.items():
            good = clerk.value(name)
            await clerk.types(name, bad)
            await clerk.settles()
            typed = clerk.typed()
            clerk.one("#save").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, field_label(name))
            assert clerk.refused() == [name]
            assert clerk.typed() == typed
            await clerk.types(name, good)
            await clerk.settles()
        assert all_but_drafts(desk) == before


async def test_an_empty_form_names_every_required_field_and_focuses_the_first(portal: Open, desk: Desk) -> None:
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        before = all_but_drafts(desk)
        await clerk.presses("ctrl+s")
        await clerk.refused_at("company", "会社名を入力してください")
        assert clerk.refused() == [
            "company",
            "company_kana",
            "location",
            "postal_code",
            "prefecture",
            "city",
            "address1",
            "contact.name",
            "contact.phone",
            "contact.email",
        ]
        assert all_but_drafts(desk) == before


@pytest.mark.parametrize("height", [24, 30, 40])
async def test_the_sentence_is_in_sight_wherever_the_field_stands(portal: Open, height: int) -> None:
    async with portal(places.Customers(), size=(80, height)) as clerk:
        await clerk.opens_new_end_user()
        await fill_end_user(clerk, END_USER)
        for name in ("contact.email", "address2", "postal_code", "company_kana", "contact.name"):
            good = clerk.value(name)
            await clerk.types(name, ESCAPE)
            clerk.one("#save").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, field_label(name))
            await clerk.types(name, good)


# オーダー⑥


@each_field(
    {
        "given_name": ("", *NAMES),
        "family_name": ("", *NAMES),
        "email": EMAILS,
        "phone": PHONES,
        "department": NAMES,
    }
)
async def test_a_field_of_the_wizards_first_step_that_is_refused_says_why(
    portal: Open, desk: Desk, lucy: SignedIn, name: str, values: Values
) -> None:
    order = an_order(desk, lucy)
    async with portal(places.Home()) as clerk:
        await clerk.opens_wizard(order.id)
        await clerk.fills({"family_name": "太郎", "department": "営業部"})
        for bad in values:
            await clerk.types(name, bad)
            typed = clerk.typed()
            clerk.one("#forward").focus()
            await clerk.presses("ctrl+s")
            await clerk.refused_at(name, field_label(name))
            assert is_harmless(clerk.painted())
            assert clerk.refused() == [name]
            assert clerk.typed() == typed
            assert clerk.current_step() == "step-1"
    assert order_status(desk, lucy, order.id) == Status.PO_CREATED


def order_status(desk: Desk, by: SignedIn, order_id: int) -> Status:
    from stellr_tui.desk.orders import read_order

    return read_order(desk, by, order_id).contracts[0].status


# ECNex


async def test_a_login_that_is_refused_says_so_and_keeps_the_login(login_screen: Open) -> None:
    tried = [
        ("", ""),
        ("lucy", ""),
        ("lucy", "wrong"),
        ("nobody", "stellr-demo"),
        (ESCAPE, "x"),
        ("x" * 300, "y" * 300),
    ]
    async with login_screen() as clerk:
        await clerk.until(lambda: "stellr-demo" in clerk.said("#demo-login"))
        for login, password in tried:
            await clerk.fills({"login": login, "password": password})
            await clerk.clicks("#sign-in")
            await clerk.until(lambda: "ログインID" in clerk.finding("login"), f"{login!r} refused")
            assert clerk.control("password" if login else "login").has_focus
            assert is_harmless(clerk.painted())
            assert clerk.value("login") == login
            assert clerk.app.signed_in is None

"""F1 explains the field that has the focus, in the manual's words and with the rule behind it; else it is as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select

from screens.change import ChangeWizard
from screens.change_contact import ChangeContact
from screens.clock import MoveClock
from screens.edit_end_user import EditEndUserScreen
from screens.explanation import FieldExplanation
from screens.keys import KeysDialog
from screens.login import ContactDialog
from screens.markup import AskMarkup
from screens.new_end_user import NewEndUserScreen
from screens.one_line import OneLine
from screens.palette import PaletteDialog
from screens.provisioning import ProvisioningWizard
from screens.quick_order import QuickOrderDialog
from screens.rules import RulesDialog
from screens.save_file import SaveList
from screens.settings import SettingsScreen
from screens.terms import TermsDialog
from stellr_tui.desk.cart import Choice, put_in_cart
from stellr_tui.desk.changes import Kind
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_users import end_user
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.subscriptions import subscription
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.settings import Settings
from stellr_tui.reference.texts import language, use_language
from stellr_tui.rules import fields
from stellr_tui.widgets import places
from stellr_tui.widgets.asking import AskingScreen
from stellr_tui.widgets.page import Page
from tests.desk.office import ANNUAL, a_sent_order, an_order, turn_to
from tests.screens.clerk import POCKETALK, Clerk, Open
from tests.screens.pages import EVERY_PAGE

ROOT = Path(__file__).parents[2]
QUANTITY = f"quantity.{ANNUAL}"
SIZE = (120, 50)


# Every field has one.


def fields_of(screen: AskingScreen[Any]) -> list[Widget]:
    """What takes typing or choosing, also where it is not shown yet."""
    return [one for one in screen.query("Input, Select, Checkbox") if not isinstance(one.parent, Select)]


def assert_all_explained(screen: AskingScreen[Any], met: set[str]) -> None:
    """Each field has a name and an explanation, and the key leads there; met: the modules of what was seen."""
    controls = fields_of(screen)
    for control in controls:
        explained = screen.explained(control)
        assert explained is not None, f"{control} of {screen}"
        assert explained[0].strip(), f"the name of {control} of {screen}"
        assert any(node._bindings.key_to_bindings.get("f1") for node in ways(control)), f"F1 at {control} of {screen}"
    for one in (screen, *screen.walk_children()):
        met.update(kind.__module__ for kind in type(one).__mro__)


def ways(control: Widget) -> list[Widget]:
    """The control and what it stands in, without the screen."""
    return [one for one in control.ancestors_with_self if isinstance(one, Widget) and not one.is_modal][:-1]


def modules_with_fields(package: str) -> set[str]:
    """The modules that make a field."""
    made = re.compile(r"\b(TextField|ChoiceField|FilterChoice|OneOf|OneLine|Entry|Tick|Checkbox|Select|Input)\(")
    paths = [path for path in (ROOT / package).rglob("*.py") if made.search(path.read_text(encoding="utf-8"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}


def asked_for_in_one_line() -> set[str]:
    """The names of what is asked for in a dialog of one line, as the screens have them."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "screens").rglob("*.py"))
    return {name for text in texts for name in re.findall(r"\bOneLine\(.*?, \"(\w+)\"", text)}


class SomeList(SaveList):
    """A list to be saved."""

    def __init__(self) -> None:
        super().__init__("顧客管理", "customers.xlsx")


async def test_every_field_of_every_screen_is_explained(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    waiting = an_order(desk, lucy)
    sent = a_sent_order(desk, lucy, po_number="second").contracts[0].number
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    contract = subscription(desk, lucy, sent).subscription
    dialogs: list[AskingScreen[Any]] = [
        EditEndUserScreen(CUSTOMER),
        ChangeContact(end_user(desk, lucy, CUSTOMER)),
        ProvisioningWizard(waiting.id),
        *(ChangeWizard(contract, kind) for kind in Kind),
        *(OneLine(name, name, fields.text, yes="yes") for name in sorted(asked_for_in_one_line())),
        SomeList(),
        MoveClock("2024-03-11"),
        SettingsScreen(may_speak=True),
        AskMarkup(),
        KeysDialog([]),
        PaletteDialog((), None),
        QuickOrderDialog(),
    ]
    met: set[str] = set()
    async with portal(places.Portal()) as clerk:
        for place in [*EVERY_PAGE, places.Results("tab-subscriptions"), places.Results("tab-invoices")]:
            await clerk.goes(place)
            assert_all_explained(on_top(clerk), met)
        await clerk.goes(places.Customers())
        await clerk.opens_new_end_user()
        assert isinstance(clerk.app.screen, NewEndUserScreen)
        await clerk.presses("ctrl+n", "ctrl+l")
        await clerk.until(lambda: clerk.control("locations.2.location").has_focus)
        assert_all_explained(on_top(clerk), met)
        for dialog in dialogs:
            await clerk.app.push_screen(dialog)
            await clerk.settles()
            assert fields_of(dialog), f"a field of {dialog}"
            assert_all_explained(dialog, met)
            await dialog.dismiss(None)
        assert {"reason", "as_of", "keys", "selection_name"} <= asked_for_in_one_line()
    met.add("screens.login")  # as the next test has it
    assert modules_with_fields("screens") - met == set()


async def test_every_field_of_the_login_is_explained(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        assert_all_explained(on_top(clerk), set())
        await clerk.presses("f1")
        await clerk.until(lambda: clerk.sees("メールアドレスもしくはログインIDでログインしてください。"))
        assert clerk.sees("マニュアル「ECNex」")


def on_top(clerk: Clerk) -> AskingScreen[Any]:
    screen = clerk.app.screen
    assert isinstance(screen, AskingScreen)
    return screen


# What is said.


async def opens(clerk: Clerk) -> None:
    """The explanation of the field that has the focus, with its dates."""
    await clerk.presses("f1")
    await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation) and clerk.said("#explanation-words"))
    await clerk.settles()


async def test_a_quantity_is_explained_with_what_is_allowed_the_manuals_words_and_todays_dates(
    portal: Open, desk: Desk
) -> None:
    turn_to(desk, "2024-05-16")
    async with portal(POCKETALK, size=SIZE) as clerk:
        await opens(clerk)
        for words in (
            "欄の説明: 数量",
            "1～9,999の整数",
            "マニュアル「オーダー1 製品選択」",
            "購入する商品の数量を入力し、「カートに入れる」をクリックして下さい",
            "マニュアル「納品及び請求ルール」",
            "16日オーダー分は翌月20日納品となるため御注意ください",
            "2024-06-20",
            "2024-06-21 ~ 2024-06-30",
            "2024-07-01",
        ):
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.ADD, ("追加購入時も同様のルールです", "2024-06-20", "2024-07-01")),
        (
            Kind.REDUCE,
            ("減数時は20日前が受付期限(返金無し)", "2024-06-30", "2024-07-01", "2024-06-10", "reduction_rule"),
        ),
        (Kind.CANCEL, ("途中解約は20日前が受付期限（返金無し）", "2024-06-30", "2024-06-10")),
    ],
)
async def test_each_change_is_explained_by_the_rule_of_its_kind(
    portal: Open, desk: Desk, lucy: SignedIn, kind: Kind, said: tuple[str, ...]
) -> None:
    number = a_sent_order(desk, lucy, 5).contracts[0].number
    turn_to(desk, "2024-06-03" if kind is not Kind.ADD else "2024-05-20")
    contract = subscription(desk, lucy, number).subscription
    async with portal(places.SubscriptionPage(number), size=SIZE) as clerk:
        await clerk.app.push_screen(ChangeWizard(contract, kind))
        clerk.one("#wish").focus()
        await clerk.until(lambda: clerk.one("#wish").has_focus)
        await opens(clerk)
        for words in said:
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once
        assert ("reduction_rule" in said) == clerk.sees("reduction_rule")


async def test_a_field_with_a_star_is_said_to_be_required_and_one_without_is_not(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        await clerk.opens_new_end_user()
        await opens(clerk)
        assert clerk.sees("欄の説明: 会社名") and "必須" in clerk.said("#explanation-allowed")
        await clerk.presses("escape")
        clerk.control("address2").focus()
        await clerk.until(lambda: clerk.control("address2").has_focus)
        await opens(clerk)
        assert clerk.sees("欄の説明: 住所2") and "必須" not in clerk.said("#explanation-allowed")


async def test_on_an_english_screen_it_speaks_english(portal: Open) -> None:
    use_language("en")
    async with portal(POCKETALK, size=SIZE) as clerk:
        await opens(clerk)
        await clerk.until(lambda: clerk.sees("About this field: Qty"))
        assert clerk.sees("The manual, Delivery and billing rules")
        await clerk.until(lambda: not re.search(r"[ぁ-んァ-ヶ一-龠]", clerk.painted()))


# Where it leads, and back.


async def test_escape_leads_back_to_the_very_field_where_one_types_on(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(places.NewOrder(), size=SIZE) as clerk:
        clerk.control("po_number").focus()
        await clerk.presses(*"PO-2", "left")
        await opens(clerk)
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, Page) and clerk.control("po_number").has_focus)
        assert clerk.value("po_number") == "PO-2"
        await clerk.presses("1")
        await clerk.until(lambda: clerk.value("po_number") == "PO-12")


async def test_what_is_typed_around_it_as_fast_as_keys_come_is_all_there(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.control(QUANTITY).has_focus)
        clerk.presses_at_once("7", "f1")
        await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation))
        clerk.presses_at_once("escape", "2")
        await clerk.until(lambda: clerk.value(QUANTITY) == "72")
        assert clerk.control(QUANTITY).has_focus


async def test_f1_once_more_goes_on_to_the_rules_and_from_there_one_comes_back_step_by_step(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.control(QUANTITY).has_focus)
        clerk.presses_at_once("f1", "f1", "f1")
        await clerk.until(lambda: isinstance(clerk.app.screen, RulesDialog) and clerk.sees("2024-03-20"))
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation))
        await clerk.clicks("#all-rules")
        await clerk.until(lambda: isinstance(clerk.app.screen, RulesDialog))
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation))
        await clerk.presses("escape")
        await clerk.until(lambda: isinstance(clerk.app.screen, Page) and clerk.control(QUANTITY).has_focus)


async def test_of_what_the_manual_does_not_speak_no_way_leads_to_its_rules(portal: Open) -> None:
    async with portal(places.Home(), size=SIZE) as clerk:
        await clerk.presses("f11")
        await clerk.until(lambda: isinstance(clerk.app.screen, SettingsScreen) and clerk.one("#language").has_focus)
        await opens(clerk)
        assert not clerk.app.screen.query("#all-rules")
        await clerk.presses("f1")
        await clerk.settles()
        assert isinstance(clerk.app.screen, FieldExplanation)


# Where no field has the focus, it does what the page does with the key.


async def test_at_a_button_f1_is_the_pages_own(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    put_in_cart(desk, lucy, [Choice(ANNUAL, 1)])
    async with portal(POCKETALK, size=SIZE) as clerk:
        for place, button, dialog in (
            (POCKETALK, "#put-in-cart", RulesDialog),
            (places.NewOrder(), "#place-order", TermsDialog),
        ):
            await clerk.goes(place)
            clerk.one(button).focus()
            await clerk.presses("f1")
            await clerk.until(lambda dialog=dialog: isinstance(clerk.app.screen, dialog))  # type: ignore[misc]  # bound at once
            await clerk.presses("escape")


async def test_where_there_is_no_field_f1_shows_the_rules_on_every_page(
    portal: Open, desk: Desk, lucy: SignedIn
) -> None:
    a_sent_order(desk, lucy)
    async with portal(places.Portal(), size=SIZE) as clerk:
        for place in EVERY_PAGE:
            # At the order the key is that of the terms.
            if place == places.NewOrder():
                continue
            await clerk.goes(place)
            clerk.app.screen.set_focus(None)
            clerk.presses_at_once("f1", "f1")
            await clerk.until(lambda: isinstance(clerk.app.screen, RulesDialog), str(place))
            await clerk.settles()
            await clerk.presses("escape")
            await clerk.arrives(place)


async def test_at_the_buttons_of_the_login_f1_says_whom_to_ask(login_screen: Open) -> None:
    async with login_screen() as clerk:
        await clerk.until(lambda: clerk.one("#login").has_focus)
        clerk.one("#sign-in").focus()
        await clerk.presses("f1")
        await clerk.until(lambda: isinstance(clerk.app.screen, ContactDialog))


async def test_the_foot_of_a_page_names_what_f1_does_now(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("f1 欄の説明"))
        clerk.one("#put-in-cart").focus()
        await clerk.until(lambda: clerk.sees("f1 ルール"))


async def test_who_gives_explanations_another_key_has_the_pages_own_at_once(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        clerk.app.use(Settings(keys={"field.explain": "alt+h"}))
        await clerk.presses("f1")
        await clerk.until(lambda: isinstance(clerk.app.screen, RulesDialog))
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.control(QUANTITY).has_focus)
        await clerk.presses("alt+h")
        await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation))


async def test_a_box_to_tick_and_a_list_to_choose_from_are_explained_as_well(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        for selector, words in (("#plan-annual", "年契約の商品"), ("#plan-monthly", "月契約の商品")):
            box = clerk.app.screen.query_one(selector, Checkbox)
            box.focus()
            await opens(clerk)
            await clerk.until(lambda words=words: clerk.sees(words), words)  # type: ignore[misc]  # bound at once
            await clerk.presses("escape")
            await clerk.until(lambda: isinstance(clerk.app.screen, Page))
        await clerk.goes(places.Results("tab-subscriptions"))
        clerk.one("#status").focus()
        await opens(clerk)
        assert clerk.sees("このステータスの契約だけを表示します。")


async def test_a_search_that_stands_in_no_form_is_explained(portal: Open) -> None:
    async with portal(places.Customers(), size=SIZE) as clerk:
        search = clerk.app.screen.query_one("#search", Input)
        search.focus()
        await clerk.presses(*"tes")
        await opens(clerk)
        assert clerk.sees("欄の説明: 検索")
        await clerk.presses("escape")
        await clerk.until(lambda: search.has_focus)
        assert search.value == "tes"


async def test_the_command_palette_explains_the_field_one_came_from(portal: Open) -> None:
    async with portal(POCKETALK, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.control(QUANTITY).has_focus)
        await clerk.presses("ctrl+p", *("setumei" if language() == "ja" else "about"), "enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, FieldExplanation) and clerk.sees("欄の説明: 数量"))

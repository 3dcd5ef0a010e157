"""The main states of each screen, as what the order book holds and what is then done: for snapshots and pictures."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import update
from textual.pilot import Pilot
from textual.widgets import Checkbox, ContentSwitcher, Input, OptionList, Select, TabbedContent, Tabs

from screens.clock import CatchUp, MoveClock
from stellr_tui.app import StellrApp
from stellr_tui.desk.approval import send_back
from stellr_tui.desk.cart import Choice, put_in_cart, save_selection
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.closing import set_clock
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.end_user_changes import change_end_user, edit_of
from stellr_tui.desk.end_users import (
    ContactForm,
    EndUserForm,
    LocationForm,
    add_end_user,
    end_user,
    set_storefront_access,
)
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.opening import open_desk
from stellr_tui.desk.orders import Order, OrderForm, place_order
from stellr_tui.desk.people import at_the_command_line, choose_account, sign_in
from stellr_tui.desk.provisioning import send_provisioning
from stellr_tui.desk.storefront import set_markup
from stellr_tui.desk.training import CUSTOMER, LOGIN, OPERATOR, PASSWORD
from stellr_tui.reference.settings import Read, Settings
from stellr_tui.store.tables import Mail
from stellr_tui.widgets.facts import Facts
from stellr_tui.widgets.places import (
    Customers,
    EndUserPage,
    Home,
    ImportOrders,
    InvoiceOfMonth,
    NewOrder,
    OrderCreated,
    Place,
    Portal,
    Results,
    Storefront,
    SubscriptionPage,
    Subscriptions,
    VendorCatalog,
    VendorPage,
)
from stellr_tui.widgets.rows import Rows
from stellr_tui.widgets.words import Words
from tests import keyboard
from tests.waiting import rests, until

NOW = datetime(2024, 3, 11, 1, 30, tzinfo=UTC)
ANNUAL, MONTHLY = "6900990", "9900990"
LONG_NAME = "超長期間継続型多言語同時通訳支援株式会社" * 5


@dataclass(frozen=True, slots=True)
class Stage:
    """An order book on the manual's day, and the one who works with it."""

    desk: Desk
    lucy: SignedIn


Prepare = Callable[[Stage], Place | None]
Act = Callable[[Pilot[None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class State:
    """A screen in a state: `prepare` fills the order book and says where to go (None: login), `act` does the rest."""

    prepare: Prepare
    act: Act


def open_stage(template: Path, folder: Path) -> Stage:
    """A fresh copy of the training database in a folder."""
    database = folder / "stellr.db"
    shutil.copy(template, database)
    desk = open_desk(str(database), lambda: NOW)
    return Stage(desk, choose_account(sign_in(desk, LOGIN, PASSWORD)))


def app_for(stage: Stage, settings: Settings | None = None) -> StellrApp:
    """The app on that order book, with nothing that moves by itself."""
    app = StellrApp(str(stage.desk.store.path), lambda: NOW, Read(settings or Settings()))
    app.animation_level = "none"
    return app


async def show(pilot: Pilot[None], stage: Stage, state: State) -> None:
    """Bring the app into the state."""
    app = pilot.app
    if not isinstance(app, StellrApp):
        raise TypeError("the states are those of the Stellr app")
    place = state.prepare(stage)
    await until(lambda: "stellr-demo" in str(app.screen.query_one("#demo-login", Words).render()), pilot)
    if place is not None:
        app.begin_at(stage.lucy, place)
    await state.act(pilot)
    for control in app.screen.query(Input):
        control.cursor_blink = False
    await rests(pilot)


async def half_way(pilot: Pilot[None]) -> None:
    """The dialog that moves the clock has come so far."""
    pilot.app.screen.post_message(MoveClock.Worked(date(2024, 3, 20), date(2026, 3, 11)))
    pilot.app.screen.post_message(MoveClock.Worked(date(2025, 1, 1), date(2026, 3, 11)))
    await until(lambda: "2025-01-01" in str(pilot.app.screen.query_one("#way-words", Words).render()), pilot)


async def catch_up(pilot: Pilot[None]) -> None:
    """The days of a year in which nobody was there are being worked."""
    app = pilot.app
    if not isinstance(app, StellrApp):
        raise TypeError("the states are those of the Stellr app")
    # Not before the app's own first look at the clock is over.
    app.look_at_the_date()
    await until(app.rested.is_set, pilot)
    app.is_catching_up = True
    app.push_screen(CatchUp())
    for day in (date(2024, 3, 20), date(2024, 11, 1)):
        app.way = (day, date(2025, 3, 11))
        await until(lambda day=day: str(day) in str(app.screen.query_one("#way-words", Words).render()), pilot)  # type: ignore[misc]  # bound at once


# What the order book holds


def nothing(place: Place | None) -> Prepare:
    """The order book as it is at first."""
    return lambda stage: place


def cart(stage: Stage) -> Place:
    """Both products in the cart."""
    put_in_cart(stage.desk, stage.lucy, [Choice(ANNUAL, 1), Choice(MONTHLY, 3)])
    return NewOrder()


def _order(stage: Stage, po_number: str = "sourcenexttest", customer: int = CUSTOMER, seats: int = 1) -> Order:
    put_in_cart(stage.desk, stage.lucy, [Choice(ANNUAL, seats)])
    return place_order(stage.desk, stage.lucy, OrderForm(stage.lucy.person_id, customer, po_number=po_number))


def ordered(stage: Stage) -> Place:
    """The manual's PO, created and not sent."""
    return OrderCreated(_order(stage).id)


def ordered_too_late(stage: Stage) -> Place:
    """A PO of the 15th, on the 16th."""
    set_clock(stage.desk, date(2024, 3, 15))
    order = _order(stage)
    set_clock(stage.desk, date(2024, 3, 16))
    return OrderCreated(order.id)


def waiting(place: Place) -> Prepare:
    """The manual's PO waits."""

    def prepare(stage: Stage) -> Place:
        _order(stage)
        return place

    return prepare


def sent(place: Place) -> Prepare:
    """The manual's PO is sent."""

    def prepare(stage: Stage) -> Place:
        order = _order(stage)
        details = replace(order.details, given_name="テスト", family_name="太郎", department="営業部")
        send_provisioning(stage.desk, stage.lucy, order.id, details)
        return place

    return prepare


def _sent(stage: Stage, po_number: str, sku: str, seats: int) -> None:
    put_in_cart(stage.desk, stage.lucy, [Choice(sku, seats)])
    order = place_order(stage.desk, stage.lucy, OrderForm(stage.lucy.person_id, CUSTOMER, po_number=po_number))
    send_provisioning(stage.desk, stage.lucy, order.id, replace(order.details, family_name="太郎"))


def a_month_later(place: Place) -> Prepare:
    """Five seats, delivered and billed."""

    def prepare(stage: Stage) -> Place:
        order = _order(stage, seats=5)
        send_provisioning(stage.desk, stage.lucy, order.id, replace(order.details, family_name="太郎"))
        set_clock(stage.desk, date(2024, 4, 2))
        return place

    return prepare


def sent_back(stage: Stage) -> Place:
    """The manual's PO, sent back by the operator."""
    sent(Home())(stage)
    operator = at_the_command_line(stage.desk, login=OPERATOR)
    send_back(stage.desk, operator, 81766, "担当部署名が違います。エンドユーザー様の窓口となる部署を確認してください。")
    return OrderCreated(1)


def everything_waits(stage: Stage) -> Place:
    """A PO, one sent back, changes that wait, and a renewal near its deadline."""
    _sent(stage, "PO-annual", ANNUAL, 5)
    _sent(stage, "PO-monthly", MONTHLY, 12)
    set_clock(stage.desk, date(2025, 2, 25))
    _sent(stage, "PO-back", ANNUAL, 2)
    send_back(
        stage.desk, stage.lucy, 81768, "担当部署名が必要です。エンドユーザー様の窓口となる部署を確認してください。"
    )
    apply_change(stage.desk, stage.lucy, 81767, ChangeForm(Kind.REDUCE, 4))
    apply_change(stage.desk, stage.lucy, 81767, ChangeForm(Kind.ADD, 1))
    _order(stage, "PO-waiting", seats=2)
    return Results()


def a_busy_year(stage: Stage) -> Place:
    """Orders in most months of more than a year, additions, and ends."""
    for month in range(15):
        set_clock(stage.desk, date(2024 + (2 + month) // 12, (2 + month) % 12 + 1, 12))
        for number in range(month * 5 % 4):
            _sent(stage, f"PO-{month}-{number}", MONTHLY, 3 + month * 7 % 11)
        if month in (6, 9):
            apply_change(stage.desk, stage.lucy, 81766 + month, ChangeForm(Kind.CANCEL))
    return Results()


def mail_that_failed(place: Place) -> Prepare:
    """The same, with a notice that the mail server refused."""

    def prepare(stage: Stage) -> Place:
        a_month_later(place)(stage)
        with stage.desk.store.writing() as session:
            refused = {"status": "failed", "trouble_kind": "recipient", "trouble": "550 5.1.1 No such user here"}
            session.execute(update(Mail).where(Mail.kind == "invoiced").values(**refused))
        return place

    return prepare


def many_contracts_on(place: Place) -> Prepare:
    """The same, at another place."""

    def prepare(stage: Stage) -> Place:
        many_contracts(stage)
        return place

    return prepare


def many_contracts(stage: Stage) -> Place:
    """Contracts of two plans and of every status but discarded, some of them with a change that waits."""
    for number, (seats, sku) in enumerate([(5, ANNUAL), (12, MONTHLY), (3, MONTHLY), (1, ANNUAL), (40, MONTHLY)]):
        _sent(stage, f"PO-2024-{number + 1:03}", sku, seats)
    send_back(stage.desk, stage.lucy, 81769, "担当部署名が必要です")
    set_clock(stage.desk, date(2024, 3, 21))
    apply_change(stage.desk, stage.lucy, 81768, ChangeForm(Kind.CANCEL))
    set_clock(stage.desk, date(2024, 6, 3))
    apply_change(stage.desk, stage.lucy, 81767, ChangeForm(Kind.REDUCE, 4))
    apply_change(stage.desk, stage.lucy, 81770, ChangeForm(Kind.CANCEL))
    _sent(stage, "PO-2024-006", MONTHLY, 7)
    _order(stage, "PO-2024-007", seats=2)
    return Results()


def _order_with_long_names(stage: Stage) -> Order:
    """An end user whose every field is as long as it may be, and brackets where people type them."""
    form = EndUserForm(
        LONG_NAME[:100],
        "チョウ" * 33,
        (LocationForm("[/x]本社[red]", "1350001", "毛利" * 100),),
        (ContactForm("[bold]山田 太郎[/]", "0312345678", "taro.yamada@example.com"),),
    )
    added = add_end_user(stage.desk, stage.lucy, form)
    return _order(stage, "発注番号" * 10, added.number)


def long_names_ordered(stage: Stage) -> Place:
    """The PO of that end user."""
    return OrderCreated(_order_with_long_names(stage).id)


def long_names(stage: Stage) -> Subscriptions:
    """The same, sent."""
    order = _order_with_long_names(stage)
    details = replace(order.details, family_name="山田", given_name="太郎")
    send_provisioning(stage.desk, stage.lucy, order.id, details)
    return Subscriptions(order.end_user.number)


def changed_twice(stage: Stage) -> Place:
    """An end user with a further location and contact, whose first contact was replaced."""
    desk, lucy = stage.desk, stage.lucy
    first = edit_of(end_user(desk, lucy, CUSTOMER))
    place = LocationForm("東陽支店", "1350016", "東陽1-1 東陽ビル 3F", "", "江東区", "東京都")
    form = replace(
        first.form,
        company="テストホールディングス株式会社",
        company_kana="テストホールディングスカブシキガイシャ",
        locations=(*first.form.locations, place),
        contacts=(*first.form.contacts, ContactForm("佐藤花子", "03-9876-5432", "sato@company.com")),
    )
    more = replace(first, form=form, locations=(*first.locations, -1), contacts=(*first.contacts, -2))
    now = edit_of(change_end_user(desk, lucy, CUSTOMER, more))
    set_clock(desk, date(2024, 4, 2))
    form = replace(now.form, contacts=now.form.contacts[1:])
    change_end_user(desk, lucy, CUSTOMER, replace(now, form=form, contacts=now.contacts[1:]))
    return EndUserPage(CUSTOMER)


def a_storefront(stage: Stage) -> Place:
    """Contracts of an end user with access, and a markup."""
    many_contracts(stage)
    set_markup(stage.desk, stage.lucy, "20")
    set_storefront_access(stage.desk, stage.lucy, CUSTOMER, allowed=True)
    return Storefront()


async def somebody_was_quicker(pilot: Pilot[None]) -> None:
    """The same end user is changed while its form is open here."""
    app = pilot.app
    if not isinstance(app, StellrApp):
        raise TypeError("the states are those of the Stellr app")
    desk, by = app.desk(), replace(app.user, name="山田 花子")
    seen = edit_of(end_user(desk, by, CUSTOMER))
    form = replace(seen.form, company="花子の会社", contacts=(replace(seen.form.contacts[0], phone="0398765432"),))
    change_end_user(desk, by, CUSTOMER, replace(seen, form=form))


def selections(stage: Stage) -> Place:
    """Two selections kept under names."""
    save_selection(stage.desk, stage.lucy, "いつもの構成", [Choice(ANNUAL, 10)])
    save_selection(stage.desk, stage.lucy, "[red]月額と年額[/x]", [Choice(ANNUAL, 1), Choice(MONTHLY, 5)])
    return VendorPage("pocketalk")


# What is then done


def _words(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Words).render())


def arrive(selector: str) -> Act:
    """Wait for a widget to be there and in sight."""

    async def act(pilot: Pilot[None]) -> None:
        await until(lambda: pilot.app.screen.query_one(selector).display, pilot)
        await settled(pilot)

    return act


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the desk has been asked everything and has answered."""
    await until(lambda: not any(worker.is_running for worker in pilot.app.workers if worker.group != "default"), pilot)
    await pilot.pause()


def then(*steps: Act) -> Act:
    """One after the other."""

    async def act(pilot: Pilot[None]) -> None:
        for step in steps:
            await step(pilot)

    return act


def press(*keys: str) -> Act:
    """Press keys, and wait for what the desk has to say."""

    async def act(pilot: Pilot[None]) -> None:
        await keyboard.press(pilot, *keys)
        await settled(pilot)

    return act


def fill(**values: str) -> Act:
    """Type into inputs by id; `_` stands for `-`."""

    async def act(pilot: Pilot[None]) -> None:
        for name, value in values.items():
            pilot.app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = value
            await settled(pilot)

    return act


def choose(**values: str) -> Act:
    """Choose in fields by id."""

    async def act(pilot: Pilot[None]) -> None:
        for name, value in values.items():
            pilot.app.screen.query_one(f"#{name}", Select).value = value
            await settled(pilot)

    return act


def focus(selector: str) -> Act:
    """Put the focus on a widget."""

    async def act(pilot: Pilot[None]) -> None:
        pilot.app.screen.query_one(selector).focus()
        await settled(pilot)

    return act


def begin_at(selector: str) -> Act:
    """Scroll the page so far that this stands on top, or to the end of the page."""

    async def act(pilot: Pilot[None]) -> None:
        await settled(pilot)
        screen = pilot.app.screen
        screen.query_one("#page").scroll_to_widget(screen.query_one(selector), top=True, animate=False, immediate=True)
        await settled(pilot)

    return act


def await_rows(selector: str) -> Act:
    """Wait for a table to have rows."""

    async def act(pilot: Pilot[None]) -> None:
        await until(lambda: pilot.app.screen.query_one(selector, Rows).row_count > 0, pilot)
        await settled(pilot)

    return act


def tab(name: str) -> Act:
    """Open a tab."""

    async def act(pilot: Pilot[None]) -> None:
        tabs = pilot.app.screen.query_one(TabbedContent)
        tabs.query_one(Tabs).focus()
        tabs.active = name
        await until(lambda: pilot.app.screen.query_one(f"#{name}").display, pilot)
        await settled(pilot)

    return act


def sheet(name: str) -> Act:
    """Read a sheet of orders, and wait until it has been checked."""
    return then(
        arrive("#import-words"),
        fill(file=f"tests/screens/sheets/{name}"),
        press("enter"),
        await_rows("#import-rows"),
    )


def export_to(name: str) -> Act:
    """Name the file to save a list in."""
    return then(arrive("#save-file-form"), fill(file=name))


async def await_wizard(pilot: Pilot[None]) -> None:
    """Wait for the wizard to know its order."""
    await until(lambda: pilot.app.screen.query_one("#given-name", Input).value != "", pilot)
    await settled(pilot)


def step(number: int) -> Act:
    """Go on to a step of the wizard."""

    async def act(pilot: Pilot[None]) -> None:
        await keyboard.press(pilot, "ctrl+s")
        await until(lambda: pilot.app.screen.query_one(ContentSwitcher).current == f"step-{number}", pilot)
        await settled(pilot)

    return act


async def monthly_too(pilot: Pilot[None]) -> None:
    """Show the monthly plan as well."""
    pilot.app.screen.query_one("#plan-monthly", Checkbox).value = True
    await settled(pilot)


async def await_company(pilot: Pilot[None]) -> None:
    """Wait for the form of an end user to be filled."""
    await until(lambda: pilot.app.screen.query_one("#company", Input).value != "", pilot)
    await settled(pilot)


async def await_matches(pilot: Pilot[None]) -> None:
    """Wait for the end users that were found."""
    await until(lambda: pilot.app.screen.query_one("#end-user-matches", OptionList).option_count > 0, pilot)
    await settled(pilot)


def await_dates(selector: str) -> Act:
    """Wait for today's case to be worked out."""

    async def act(pilot: Pilot[None]) -> None:
        await until(lambda: pilot.app.screen.query_one(selector, Facts).size.height > 3, pilot)
        await settled(pilot)

    return act


MAIL = Results("tab-mail")
VENDOR = nothing(VendorPage("pocketalk"))
PRODUCTS = arrive("#quantity-6900990")
WIZARD = then(arrive("#provision"), press("ctrl+s"), await_wizard)
NAMES = fill(given_name="テスト", family_name="太郎", department="営業部")
SETTINGS = then(arrive("#vendor-pocketalk"), press("f11"), arrive("#settings-form"))
SETTINGS_TYPED = then(SETTINGS, fill(po_pattern="PO-{yyyy}-{nnn}"), arrive("#po-example"))
EDIT_FORM = then(await_rows("#contacts"), press("ctrl+e"), arrive("#edit-end-user-form"), await_company)
END_USER_FORM = then(arrive("#order-form"), press("ctrl+n"), arrive("#company"))
MANUALS_END_USER = fill(
    company="テスト株式会社",
    security_contact_name="テスト太郎",
    security_contact_phone="0312345678",
    security_contact_email="test@yourcompany.com",
    location="テスト株式会社",
    postal_code="1350001",
    address1="毛利 123 BLDG",
    contact_name="テスト太郎",
    contact_phone="0312345678",
    contact_email="test@yourcompany.com",
)


def palette(words: str) -> Act:
    """The command palette with some words, and what they find."""

    async def found(pilot: Pilot[None]) -> None:
        await until(lambda: getattr(pilot.app.screen, "_found_for", None) == words, pilot)

    return then(settled, press("ctrl+p"), arrive("#palette-searched"), press(*words), found, settled)


def quick(line: str) -> Act:
    """The quick order with a line, and what it means."""

    async def foreseen(pilot: Pilot[None]) -> None:
        await until(lambda: getattr(pilot.app.screen, "_foreseen_for", None) == line or not line, pilot)

    return then(
        arrive("#vendor-pocketalk"), press("ctrl+k"), arrive("#quick-line"), fill(quick_line=line), foreseen, settled
    )


STATES: dict[str, State] = {
    "login": State(nothing(None), focus("#login")),
    "login-refused": State(nothing(None), then(fill(login="lucy", password="x"), focus("#password"), press("enter"))),
    "portal": State(nothing(Portal()), arrive("#tile-stellr")),
    "home": State(nothing(Home()), arrive("#vendor-pocketalk")),
    "home-waiting": State(waiting(Home()), then(arrive("#vendor-pocketalk"), arrive("#waiting"))),
    "catalog": State(nothing(VendorCatalog()), await_rows("#vendors")),
    "vendor": State(VENDOR, PRODUCTS),
    "vendor-without-products": State(nothing(VendorPage("chatwork")), arrive("#no-products")),
    "vendor-filled": State(VENDOR, then(PRODUCTS, monthly_too, fill(quantity_6900990="1", quantity_9900990="３"))),
    "vendor-refused": State(VENDOR, then(PRODUCTS, fill(quantity_6900990="1.5"), press("ctrl+s"))),
    "vendor-selections": State(selections, then(PRODUCTS, press("ctrl+o"), arrive("#selections"))),
    "rules": State(VENDOR, then(PRODUCTS, focus("#rules"), press("enter"), await_dates("#rules-today"))),
    "explanation": State(
        a_month_later(SubscriptionPage(81766)),
        then(
            await_rows("#history"),
            press("minus"),
            arrive("#seats"),
            press("2"),
            press("f1"),
            arrive("#explanation-dates"),
            await_dates("#explanation-dates"),
        ),
    ),
    "order-empty": State(nothing(NewOrder()), then(arrive("#items .warning"))),
    "order": State(cart, arrive("#items-0")),
    "order-searching": State(cart, then(arrive("#items-0"), focus("#end-user"), press("1", "5"), await_matches)),
    "order-filled": State(
        cart,
        then(
            arrive("#items-0"),
            focus("#end-user"),
            press("1", "5"),
            await_matches,
            press("enter"),
            fill(po_number="sourcenexttest"),
            focus("#po-number"),
        ),
    ),
    "order-refused": State(cart, then(arrive("#items-0"), press("ctrl+s"))),
    "new-end-user": State(cart, END_USER_FORM),
    "new-end-user-filled": State(cart, then(END_USER_FORM, MANUALS_END_USER)),
    "new-end-user-refused": State(cart, then(END_USER_FORM, fill(company_kana="漢字"), press("ctrl+s"))),
    "import-empty": State(nothing(ImportOrders()), arrive("#import-words")),
    "import-bad": State(nothing(ImportOrders()), sheet("bad.csv")),
    "import-mending": State(
        nothing(ImportOrders()), then(sheet("bad.csv"), press("down", "down", "enter"), begin_at("#mend-row"))
    ),
    "import-ready": State(nothing(ImportOrders()), sheet("good.csv")),
    "import-sent": State(
        nothing(ImportOrders()),
        then(sheet("good.csv"), press("ctrl+x"), arrive("#confirm"), focus("#confirm"), press("enter")),
    ),
    "export": State(nothing(Customers()), then(await_rows("#end-users"), press("ctrl+e"), export_to("customers.xlsx"))),
    "order-created": State(ordered, then(arrive("#provision"), await_rows("#contracts"))),
    "order-created-late": State(ordered_too_late, then(arrive("#provision"), await_rows("#contracts"))),
    "order-created-sent-back": State(sent_back, then(arrive("#provision"), await_rows("#contracts"))),
    "provisioning-1": State(ordered, WIZARD),
    "provisioning-1-sent-back": State(sent_back, then(WIZARD, arrive("#sent-back"))),
    "provisioning-1-refused": State(ordered, then(WIZARD, fill(phone="12"), press("ctrl+s"))),
    "provisioning-2": State(ordered, then(WIZARD, NAMES, step(2))),
    "provisioning-3": State(ordered, then(WIZARD, NAMES, step(2), step(3))),
    "provisioning-3-late": State(ordered_too_late, then(WIZARD, NAMES, step(2), step(3))),
    "provisioning-3-long-names": State(long_names_ordered, then(WIZARD, NAMES, step(2), step(3))),
    "subscriptions-empty": State(nothing(Subscriptions(CUSTOMER)), then(arrive("#subscriptions"), settled)),
    "subscriptions": State(sent(Subscriptions(CUSTOMER)), await_rows("#subscriptions")),
    "subscriptions-long-names": State(long_names, await_rows("#subscriptions")),
    "subscriptions-numbers": State(sent(Subscriptions(CUSTOMER)), then(await_rows("#orders"), tab("tab-numbers"))),
    "subscriptions-services": State(sent(Subscriptions(CUSTOMER)), then(await_rows("#services"), tab("tab-services"))),
    "subscriptions-terms": State(sent(Subscriptions(CUSTOMER)), then(await_rows("#orders"), tab("tab-terms"))),
    "subscriptions-storefront": State(
        sent(Subscriptions(CUSTOMER)), then(await_rows("#orders"), tab("tab-storefront"))
    ),
    "subscription": State(sent(SubscriptionPage(81766)), await_rows("#history")),
    "end-user": State(many_contracts_on(EndUserPage(CUSTOMER)), await_rows("#subscriptions")),
    "end-user-empty": State(nothing(EndUserPage(CUSTOMER)), then(await_rows("#contacts"), arrive("#no-contracts"))),
    "end-user-long-names": State(
        lambda stage: EndUserPage(long_names(stage).customer),
        then(await_rows("#contacts"), await_rows("#subscriptions")),
    ),
    "end-user-history": State(changed_twice, then(await_rows("#end-user-history"), focus("#end-user-history"))),
    "edit-end-user": State(nothing(EndUserPage(CUSTOMER)), EDIT_FORM),
    "edit-end-user-filled": State(changed_twice, then(EDIT_FORM, focus("#drop-locations-2"))),
    "edit-end-user-refused": State(
        nothing(EndUserPage(CUSTOMER)), then(EDIT_FORM, fill(company="", contact_email="test@"), press("ctrl+s"))
    ),
    "edit-end-user-conflict": State(
        nothing(EndUserPage(CUSTOMER)),
        then(
            EDIT_FORM,
            fill(company="ルーシーの会社", address1="毛利 9"),
            somebody_was_quicker,
            press("ctrl+s"),
            await_rows("#collisions"),
        ),
    ),
    "customers": State(nothing(Customers()), await_rows("#end-users")),
    "subscription-as-of": State(many_contracts_on(SubscriptionPage(81767, date(2024, 5, 31))), await_rows("#history")),
    "results-empty": State(nothing(Results()), arrive("#waiting-words")),
    "results": State(waiting(Results()), await_rows("#waiting")),
    "results-all-kinds": State(everything_waits, await_rows("#waiting")),
    "home-all-kinds": State(
        lambda stage: everything_waits(stage) and Home(), then(arrive("#vendor-pocketalk"), arrive("#waiting"))
    ),
    "results-subscriptions": State(
        many_contracts,
        then(
            arrive("#waiting-words"),
            tab("tab-subscriptions"),
            await_rows("#all-subscriptions"),
            focus("#all-subscriptions"),
        ),
    ),
    "results-subscriptions-as-of": State(
        many_contracts,
        then(
            arrive("#waiting-words"),
            tab("tab-subscriptions"),
            await_rows("#all-subscriptions"),
            fill(as_of="2024-04-30", searched="PO-2024"),
            choose(plan="monthly"),
            focus("#all-subscriptions"),
        ),
    ),
    "results-subscriptions-refused": State(
        many_contracts,
        then(
            arrive("#waiting-words"),
            tab("tab-subscriptions"),
            await_rows("#all-subscriptions"),
            focus("#as-of"),
            fill(as_of="昨日"),
        ),
    ),
    "results-invoices": State(
        a_month_later(Results()),
        then(arrive("#waiting-words"), tab("tab-invoices"), await_rows("#invoices"), focus("#invoices")),
    ),
    "invoice": State(many_contracts_on(InvoiceOfMonth(date(2024, 4, 1))), await_rows("#invoice-lines")),
    "invoice-foreseen": State(many_contracts_on(InvoiceOfMonth()), await_rows("#invoice-lines")),
    "invoice-nothing-due": State(
        nothing(InvoiceOfMonth(date(2024, 6, 1))), then(arrive("#invoice-facts"), arrive("#foreseen"))
    ),
    "results-figures": State(
        a_busy_year,
        then(arrive("#waiting-words"), tab("tab-figures"), await_rows("#figures-table"), arrive("#chart-seats")),
    ),
    "results-figures-empty": State(
        nothing(Results()), then(arrive("#waiting-words"), tab("tab-figures"), arrive("#figures-words"))
    ),
    "results-queue": State(
        sent(Results()), then(arrive("#waiting-words"), tab("tab-queue"), await_rows("#queue"), focus("#queue"))
    ),
    "results-mail": State(a_month_later(MAIL), then(await_rows("#mail"), arrive("#mail-actions"))),
    "results-mail-empty": State(nothing(MAIL), arrive("#no-mail")),
    "results-mail-failed": State(mail_that_failed(MAIL), then(await_rows("#mail"), arrive("#mail-trouble"))),
    "results-mail-refused": State(
        a_month_later(MAIL), then(await_rows("#mail"), press("ctrl+t"), arrive("#mail-words"))
    ),
    "results-mail-in-trouble": State(mail_that_failed(Results()), await_rows("#waiting")),
    "mail": State(a_month_later(MAIL), then(await_rows("#mail"), press("down", "enter"), arrive("#mail-body"))),
    "mail-draft": State(a_month_later(MAIL), then(await_rows("#mail"), press("down", "ctrl+t"), arrive("#mail-draft"))),
    "change-reduce": State(
        a_month_later(SubscriptionPage(81766)),
        then(await_rows("#history"), press("minus"), arrive("#seats"), press("2")),
    ),
    "change-cancel": State(
        a_month_later(SubscriptionPage(81766)),
        then(await_rows("#history"), press("ctrl+d"), arrive("#change-effect")),
    ),
    "move-clock": State(nothing(Home()), then(arrive("#vendor-pocketalk"), press("f9"), arrive("#date"))),
    "move-clock-on-the-way": State(
        nothing(Home()), then(arrive("#vendor-pocketalk"), press("f9"), arrive("#date"), half_way)
    ),
    "catch-up": State(nothing(Home()), then(arrive("#vendor-pocketalk"), catch_up)),
    "palette": State(VENDOR, palette("")),
    "palette-found": State(sent(Home()), palette("tesuto")),
    "palette-nothing": State(nothing(Home()), palette("誰も")),
    "quick-order": State(sent(Home()), quick("159813 6900990 x5 PO-2024-001")),
    "quick-order-empty": State(nothing(Home()), quick("")),
    "quick-order-several": State(sent(Home()), quick("159813 ポケットーク x5 sourcenexttest")),
    "quick-order-refused": State(nothing(Home()), then(quick("誰も 6900999"), press("enter"))),
    "settings": State(nothing(Home()), SETTINGS),
    "settings-filled": State(nothing(Home()), SETTINGS_TYPED),
    "unsaved": State(nothing(Home()), then(SETTINGS_TYPED, press("escape"), arrive("#throw-away"))),
    "jump": State(
        cart,
        then(
            arrive("#items-0"),
            focus("#new-end-user"),
            rests,  # the letters stay where the page stood when the key was pressed
            press("ctrl+right_square_bracket"),
            arrive(".letter"),
        ),
    ),
    "keys": State(
        nothing(Home()),
        then(arrive("#vendor-pocketalk"), press("f10"), await_rows("#keys"), fill(keys_searched="visit")),
    ),
    "storefront-view": State(a_storefront, then(await_rows("#end-users"), press("ctrl+o"), await_rows("#offered"))),
    "storefront-markup-refused": State(
        nothing(Storefront()),
        then(await_rows("#end-users"), press("ctrl+t"), arrive("#markup"), fill(markup="0"), press("enter")),
    ),
    "storefront": State(nothing(Storefront()), await_rows("#end-users")),
}
